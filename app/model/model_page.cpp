// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model/model_page.h"

#include "app/shared/make_action.h"
#include "app/shared/settings.h"
#include "core/values/model_name.h"
#include "widgets/base/theme.h"
#include "widgets/model/model_card_file.h"
#include "widgets/model/model_card_view.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSaveFile>
#include <QVBoxLayout>

namespace thaw {

ModelPage::ModelPage(Settings& settings, QWidget* parent)
    : QWidget(parent),
      settings_(settings),
      view_(new ModelCardView(this)),
      copy_(new QPushButton(tr("Copy"), this)),
      save_(new QPushButton(tr("Save card…"), this)),
      show_(makeAction(this, tr("Model &card"), tr("What the model is made of, where it comes from, its licence"),
                       Qt::CTRL | Qt::Key_I)) {
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kGrid);
    buttons->addWidget(copy_);
    buttons->addWidget(save_);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kGrid, 0, kGrid, kGrid);
    layout->setSpacing(kGrid);
    layout->addWidget(view_, 1);
    layout->addLayout(buttons);
    setMinimumWidth(int(32 * kGrid * textScale(this)));
    copy_->setToolTip(tr("Copy the card as Markdown"));
    save_->setToolTip(tr("Save the card as Markdown or JSON"));
    for (QPushButton* button : {copy_, save_}) button->setEnabled(false);
    connect(show_, &QAction::triggered, this, [this] { showDockOf(*this); });
    connect(view_, &ModelCardView::precondChosen, this, [this](const QString& word) {
        const auto& path = view_->content().model.path;
        Q_EMIT openRequested(QString::fromStdString(withPrecond(path, word.toStdString())));
    });
    connect(copy_, &QPushButton::clicked, this, &ModelPage::copy);
    connect(save_, &QPushButton::clicked, this, &ModelPage::askWhereToSave);
}

void ModelPage::setCard(const ModelCard& card) { card_ = card; }

void ModelPage::setModel(const ModelSummary& model) {
    view_->setContent({model, card_, view_->content().plan, {}});
    for (QPushButton* button : {copy_, save_}) button->setEnabled(true);
}

void ModelPage::setPlan(const FreezePlan& plan) { view_->setPlan(plan); }

void ModelPage::setChecksum(const QString& file, const QString& sha256) {
    if (file.toStdString() == view_->content().card.file) view_->setChecksum(sha256);
}

void ModelPage::copy() const { QApplication::clipboard()->setText(cardMarkdown(view_->content())); }

void ModelPage::askWhereToSave() {
    auto* dialog = new QFileDialog(this, tr("Save model card"), settings_.exportFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Markdown (*.md)"), tr("JSON (*.json)")});
    dialog->setDefaultSuffix(QStringLiteral("md"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("json")) ? QStringLiteral("json")
                                                                        : QStringLiteral("md"));
    });
    dialog->selectFile(QStringLiteral("%1.card").arg(QFileInfo(QString::fromStdString(card_.file)).completeBaseName()));
    connect(dialog, &QFileDialog::fileSelected, this, &ModelPage::save);
    dialog->open();
}

void ModelPage::save(const QString& path) {
    const bool json = QFileInfo(path).suffix().toLower() == QLatin1String("json");
    const QByteArray text = json ? cardJson(view_->content()) : cardMarkdown(view_->content()).toUtf8();
    QSaveFile file(path);
    const bool saved = file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
    if (!saved) {
        Q_EMIT saveFailed(path, file.errorString());
        return;
    }
    settings_.setExportFolder(QFileInfo(path).absolutePath());
    Q_EMIT savedTo(path);
}

}  // namespace thaw
