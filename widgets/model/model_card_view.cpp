// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/model_card_view.h"

#include "core/values/model_name.h"
#include "widgets/base/focus_ring.h"
#include "widgets/base/number_text.h"
#include "widgets/base/share_bar.h"
#include "widgets/base/theme.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace thaw {
namespace {

/// As long as the kind's share of the model, two-tone by what is frozen of it.
class KindBar : public QWidget {
public:
    KindBar(double ofLargest, double frozen) : ofLargest_(ofLargest), frozen_(frozen) { setFixedHeight(4); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const double length = std::max(4.0, ofLargest_ * width());
        drawShare(painter, QRectF(0, 0, length, height()), frozen_, palette());
    }

private:
    double ofLargest_, frozen_;
};

QLabel* valueLabel(const QString& text, const QString& more) {
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setWordWrap(true);
    label->setToolTip(more);
    label->setFont(tabularFont(label->font()));
    return label;
}

QLabel* nameLabel(const QString& text, const QString& more) {
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setToolTip(more);
    makeMuted(label);
    return label;
}

}  // namespace

ModelCardView::ModelCardView(QWidget* parent) : QScrollArea(parent) {
    new FocusRing(this);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Model card"));
    viewport()->setAutoFillBackground(false);
    rebuild();
}

void ModelCardView::setContent(const ModelCardContent& content) {
    content_ = content;
    rebuild();
    verticalScrollBar()->setValue(0);
}

void ModelCardView::setPlan(const FreezePlan& plan) {
    content_.plan = plan;
    rebuild();
}

void ModelCardView::setChecksum(const QString& sha256) {
    content_.sha256 = sha256;
    rebuild();
}

void ModelCardView::rebuild() {
    const int scrolled = verticalScrollBar()->value();
    auto* page = new QWidget;
    page->setAutoFillBackground(false);
    grid_ = new QGridLayout(page);
    grid_->setContentsMargins(0, 0, kGrid, 0);
    grid_->setHorizontalSpacing(kGrid);
    grid_->setVerticalSpacing(kGrid / 2);
    grid_->setColumnStretch(0, 1);
    grid_->setColumnStretch(1, 1);
    row_ = 0;
    if (isEmpty()) {
        addText(tr("No model is open."));
    } else {
        addSection(modelSection(content_));
        if (offersPrecond()) addPrecond();
        addKinds();
        addSection(configurationSection(content_));
        addSection(provenanceSection(content_));
        addHeading(tr("Licence"));
        addText(licenceText(content_.card));
    }
    grid_->setRowStretch(row_, 1);
    setWidget(page);
    page->show();
    verticalScrollBar()->setValue(scrolled);
}

bool ModelCardView::offersPrecond() const {
    return !content_.card.assumedClass.empty() || !modelName(content_.model.path).precond.empty();
}

void ModelCardView::addPrecond() {
    auto* box = new QComboBox;
    box->setObjectName(QStringLiteral("precond"));
    box->setAccessibleName(tr("Class of the weights"));
    box->setToolTip(tr("The file does not say how its network is made a denoiser. Another choice opens it again."));
    for (const auto& [word, name] : kPrecondWords) {
        box->addItem(QString::fromUtf8(name.data(), qsizetype(name.size())),
                     QString::fromUtf8(word.data(), qsizetype(word.size())));
        if (content_.model.wrapperClass == name) box->setCurrentIndex(box->count() - 1);
    }
    // The choice is shown when the model has been opened so, not before.
    connect(box, &QComboBox::activated, this, [this, box, now = box->currentIndex()] {
        const auto word = box->currentData().toString();
        box->setCurrentIndex(now);
        Q_EMIT precondChosen(word);
    });
    grid_->addWidget(nameLabel(tr("Use the weights as"), box->toolTip()), row_, 0, Qt::AlignVCenter);
    grid_->addWidget(box, row_++, 1);
}

void ModelCardView::addHeading(const QString& title) {
    auto* heading = new QLabel(title);
    makeHeading(heading);
    heading->setContentsMargins(0, row_ > 0 ? 2 * kGrid : kGrid / 2, 0, kGrid / 2);
    grid_->addWidget(heading, row_++, 0, 1, 2);
}

void ModelCardView::addText(const QString& text) { grid_->addWidget(valueLabel(text, {}), row_++, 0, 1, 2); }

void ModelCardView::addSection(const CardSection& section) {
    addHeading(section.title);
    for (const CardRow& row : section.rows) {
        grid_->addWidget(nameLabel(row.name, row.more), row_, 0, Qt::AlignTop);
        grid_->addWidget(valueLabel(row.value, row.more), row_++, 1, Qt::AlignTop);
    }
}

void ModelCardView::addKinds() {
    addHeading(tr("Weights by kind"));
    const auto shares = sharesByKind(content_.plan, content_.model);
    std::int64_t largest = 1;
    for (const KindShare& share : shares) largest = std::max(largest, share.count.total);
    auto* table = new QGridLayout;
    table->setHorizontalSpacing(kGrid);
    table->setVerticalSpacing(3);
    table->setColumnStretch(0, 1);
    table->setColumnMinimumWidth(2, 11 * kGrid);
    grid_->addLayout(table, row_++, 0, 1, 2);
    int row = 0;
    for (const KindShare& share : shares) {
        const double percent = share.count.percent();
        const QString more =
            tr("%1: %2 in %n tensor(s), %3 of all; %4 frozen", nullptr, share.tensors)
                .arg(kindTitle(share.kind), QLocale().toString(qlonglong(share.count.total)),
                     formatPercent(100.0 * double(share.count.total) / double(content_.model.parameters)),
                     QLocale().toString(qlonglong(share.count.frozen)));
        auto* bar = new KindBar(double(share.count.total) / double(largest), percent / 100);
        bar->setToolTip(more);
        auto* count = valueLabel(formatCount(share.count.total), more);
        count->setAlignment(Qt::AlignRight);
        count->setWordWrap(false);
        auto* frozen =
            nameLabel(share.count.frozen > 0 ? tr("%1 frozen").arg(formatPercent(percent)) : tr("learns"), more);
        frozen->setAlignment(Qt::AlignRight);
        frozen->setWordWrap(false);
        frozen->setFont(tabularFont(frozen->font()));
        auto* name = valueLabel(kindKey(share.kind), more);
        name->setAccessibleDescription(more);
        if (row > 0) table->setRowMinimumHeight(row++, kGrid / 2);
        table->addWidget(name, row, 0);
        table->addWidget(count, row, 1);
        table->addWidget(frozen, row++, 2);
        table->addWidget(bar, row++, 0, 1, 3);
    }
}

}  // namespace thaw
