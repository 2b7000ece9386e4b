// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/frequency/frequency_head.h"

#include "app/figure/panel_figure.h"
#include "app/figure/panel_text.h"
#include "app/shared/action_icons.h"
#include "app/shared/segments.h"
#include "widgets/base/flow_layout.h"
#include "widgets/base/icons.h"
#include "widgets/base/theme.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

namespace thaw {
namespace {

constexpr int kWidestName = 20 * kGrid;  // of a model: a file's name may be of any length

QToolButton* addTool(QLayout* row, QWidget* parent, const QString& text, const QString& toolTip) {
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setToolTip(toolTip);
    button->setAccessibleDescription(toolTip);
    row->addWidget(button);
    return button;
}

QComboBox* addList(QLayout* row, QWidget* parent, const QString& name, const QString& toolTip) {
    auto* list = new QComboBox(parent);
    list->setAccessibleName(name);
    list->setToolTip(toolTip);
    list->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    list->setMaxVisibleItems(24);
    row->addWidget(list);
    return list;
}

}  // namespace

FrequencyHead::FrequencyHead(const std::vector<PanelKind>& views, QMenu* measure, QWidget* classes,
                             QWidget* exportButton, QWidget* parent)
    : QWidget(parent) {
    auto* row = new FlowLayout(this, kGrid / 2);
    addMeasured(*row, views, measure);
    addModels(*row, classes, exportButton);
    connect(views_, &QComboBox::activated, this, [this] { Q_EMIT viewChosen(view()); });
    connect(parts_, &QComboBox::activated, this, &FrequencyHead::partChosen);
    connect(models_, &QButtonGroup::idClicked, this, [this](int id) { Q_EMIT modelChosen(Model(id)); });
    connect(play_, &QToolButton::toggled, this, &FrequencyHead::playToggled);
    connect(add_, &QToolButton::clicked, this, &FrequencyHead::addRequested);
}

void FrequencyHead::addMeasured(FlowLayout& row, const std::vector<PanelKind>& views, QMenu* measure) {
    views_ = addList(&row, this, tr("View of the frequencies"), tr("What is measured and how it is drawn"));
    for (const PanelKind view : views) {
        const PanelPicture& picture = pictureOf(view);
        views_->addItem(PanelText::tr(picture.name), int(view));
        views_->setItemData(views_->count() - 1, PanelText::tr(picture.detail), Qt::ToolTipRole);
    }
    parts_ = addList(&row, this, tr("Part of the block"),
                     tr("The whole block or an operation in it: conv0, conv1, norm, qkv, proj, skip"));
    play_ = addTool(&row, this, tr("Play"), tr("Goes through the noise levels σ from 80 to 0.002, as sampling does"));
    play_->setCheckable(true);
    play_->setAccessibleName(tr("Play through the noise levels"));
    measure_ = addTool(&row, this, tr("Measure"),
                       tr("How it is measured: number of images, window, colours, and what to compare with"));
    measure_->setProperty("thawRole", "menu");
    measure_->setPopupMode(QToolButton::InstantPopup);
    measure_->setMenu(measure);
}

void FrequencyHead::addModels(FlowLayout& row, QWidget* classes, QWidget* exportButton) {
    models_ = addSegments(&row, this,
                          {{tr("Before"), tr("A: the original, pre-trained model")},
                           {tr("After"), tr("B: the tuned generator (EMA weights)")},
                           {tr("Change"), tr("B − A in dB, on the same inputs")}});
    row.addWidget(classes);
    progress_ = new QLabel(this);
    makeMuted(progress_);
    row.addWidget(progress_);
    row.addGap();
    add_ = addTool(&row, this, tr("Add to figure"), tr("Adds this panel to the figure of several panels"));
    row.addWidget(exportButton);
}

PanelKind FrequencyHead::view() const { return PanelKind(views_->currentData().toInt()); }

void FrequencyHead::setView(PanelKind view) {
    const QSignalBlocker quiet(views_);
    views_->setCurrentIndex(views_->findData(int(view)));
}

void FrequencyHead::setParts(const std::vector<std::pair<QString, QString>>& parts) {
    const QSignalBlocker quiet(parts_);
    const QString before = parts_->currentText();
    parts_->clear();
    for (const auto& [text, value] : parts) parts_->addItem(text, value);
    parts_->setCurrentIndex(std::max(0, parts_->findText(before)));
}

QString FrequencyHead::part() const { return parts_->currentData().toString(); }

void FrequencyHead::setPart(const QString& part) { parts_->setCurrentIndex(std::max(0, parts_->findData(part))); }

FrequencyHead::Model FrequencyHead::model() const { return Model(models_->checkedId()); }

void FrequencyHead::setModel(Model model) { models_->button(model)->setChecked(true); }

bool FrequencyHead::canShow(Model model) const { return models_->button(model)->isEnabled(); }

void FrequencyHead::setModels(const PanelKindEntry& kind, bool two, const QStringList& names, const QString& tipOfB) {
    parts_->setVisible(parts_->count() > 0);
    parts_->setEnabled(parts_->count() > 1);
    for (const Model model : {A, B, Difference}) {
        const bool exists = kind.hasSides && (model != Difference || kind.hasDifference);
        models_->button(model)->setEnabled(exists && (model == A || two));
        const QString name = names.at(model);
        models_->button(model)->setText(
            fontMetrics().elidedText(name, Qt::ElideMiddle, int(kWidestName * textScale(this))));
    }
    models_->button(B)->setToolTip(tipOfB);
    play_->setEnabled(kind.levels == PanelKindEntry::Levels::One);
    retint();
}

void FrequencyHead::setPlaying(bool playing) {
    const QSignalBlocker quiet(play_);
    play_->setChecked(playing);
    retint();
}

// It keeps the width it once needed, so that nothing moves when a measurement ends.
void FrequencyHead::setProgress(const QString& text) {
    progress_->setText(text);
    progress_->setMinimumWidth(std::max(progress_->minimumWidth(), progress_->sizeHint().width()));
}

void FrequencyHead::retint() {
    const QColor colour = palette().color(QPalette::WindowText);
    play_->setIcon(actionIcon(play_->isChecked() ? QStringLiteral("pause") : QStringLiteral("start"), colour));
    measure_->setIcon(actionIcon(QStringLiteral("settings"), colour));
    add_->setIcon(glyphIcon(Glyph::Add, colour));
    for (QToolButton* button : {play_, measure_, add_}) button->setToolButtonStyle(Qt::ToolButtonIconOnly);
}

void FrequencyHead::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) retint();
    QWidget::changeEvent(event);
}

}  // namespace thaw
