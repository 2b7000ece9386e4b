// SPDX-License-Identifier: GPL-3.0-or-later

// The row of controls over the frequency page.
#include "app/figure/export_button.h"
#include "app/figure/panel_figure.h"
#include "app/figure/panel_text.h"
#include "app/frequency/frequency_lab.h"
#include "app/frequency/frequency_page.h"
#include "app/shared/action_icons.h"
#include "app/shared/segments.h"
#include "app/shared/selection.h"
#include "widgets/base/colour_map.h"
#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/heatmap/heatmap_view.h"

#include <QActionGroup>
#include <QButtonGroup>
#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QResizeEvent>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

namespace thaw {
namespace {

constexpr int kNarrow = 820;  // pixels below which the head takes two rows
constexpr int kCounts[] = {16, 64, 256, 1024};

QToolButton* addTool(QHBoxLayout* row, QWidget* parent, const QString& text, const QString& toolTip) {
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setToolTip(toolTip);
    button->setAccessibleDescription(toolTip);
    row->addWidget(button);
    return button;
}

// A list takes the width of the window, not of its longest entry.
QComboBox* addList(QHBoxLayout* row, QWidget* parent, const QString& name, const QString& toolTip) {
    auto* list = new QComboBox(parent);
    list->setAccessibleName(name);
    list->setToolTip(toolTip);
    list->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    list->setMinimumContentsLength(6);
    list->setMaxVisibleItems(24);
    row->addWidget(list, 1);
    return list;
}

}  // namespace

QWidget* FrequencyPage::buildHead() {
    auto* head = new QWidget(this);
    head_ = new QBoxLayout(QBoxLayout::LeftToRight, head);
    head_->setContentsMargins(0, 0, 0, 0);
    head_->setSpacing(kGrid);
    auto* first = new QHBoxLayout;
    auto* second = new QHBoxLayout;
    for (QHBoxLayout* row : {first, second}) row->setSpacing(kGrid);
    head_->addLayout(first, 2);
    head_->addLayout(second, 3);

    views_ = addList(first, head, tr("View of the frequencies"), tr("What is measured and how it is drawn"));
    for (const PanelKind view : views()) {
        views_->addItem(viewName(view), int(view));
        views_->setItemData(views_->count() - 1, PanelText::tr(pictureOf(view).detail), Qt::ToolTipRole);
    }
    operations_ = addList(first, head, tr("Part of the block"),
                          tr("The whole block or an operation in it: conv0, conv1, norm, qkv, proj, skip"));

    play_ = addTool(first, head, tr("Play"), tr("Goes through the noise levels σ from 80 to 0.002, as sampling does"));
    play_->setCheckable(true);
    play_->setAccessibleName(tr("Play through the noise levels"));
    measureButton_ = addTool(first, head, tr("Measure"),
                             tr("How it is measured: number of images, window, colours, and what to compare with"));
    measureButton_->setProperty("thawRole", "menu");
    measureButton_->setPopupMode(QToolButton::InstantPopup);
    measureButton_->setMenu(measureMenu());

    sources_ = addSegments(second, head,
                           {{tr("Before"), tr("A: the original, pre-trained model")},
                            {tr("After"), tr("B: the tuned generator (EMA weights)")},
                            {tr("Change"), tr("B − A in dB, on the same inputs")}});
    progress_ = new QLabel(head);
    makeMuted(progress_);
    progress_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    second->addWidget(progress_, 1);
    add_ = addTool(second, head, tr("Add to figure"), tr("Adds this panel to the figure of several panels"));
    second->addWidget(export_);

    connect(views_, &QComboBox::activated, this, [this] { setView(view()); });
    connect(operations_, &QComboBox::activated, this, &FrequencyPage::settingsChanged);
    connect(sources_, &QButtonGroup::idClicked, this, [this](int id) { setSource(Source(id)); });
    connect(play_, &QToolButton::toggled, this, &FrequencyPage::setPlaying);
    connect(add_, &QToolButton::clicked, this, &FrequencyPage::addToFigureRequested);
    return head;
}

QMenu* FrequencyPage::measureMenu() {
    measure_ = new QMenu(this);
    measure_->setToolTipsVisible(true);
    measure_->addSection(tr("Images"));
    auto* counts = new QActionGroup(measure_);
    for (const int count : kCounts) {
        QAction* action = measure_->addAction(tr("%n images", nullptr, count));
        action->setCheckable(true);
        action->setData(count);
        counts->addAction(action);
    }
    connect(counts, &QActionGroup::triggered, this, [this](const QAction* action) {
        images_ = action->data().toInt();
        settingsChanged();
    });
    measure_->addSection(tr("Spectrum"));
    const auto addSwitch = [&](const QString& text, const QString& toolTip, bool FrequencyPage::*value) {
        QAction* action = measure_->addAction(text);
        action->setCheckable(true);
        action->setToolTip(toolTip);
        connect(action, &QAction::toggled, this, [this, value](bool on) {
            this->*value = on;
            settingsChanged();
        });
        connect(measure_, &QMenu::aboutToShow, action, [this, action, value] {
            const QSignalBlocker quiet(action);
            action->setChecked(this->*value);
        });
    };
    addSwitch(tr("Hann window"), tr("Takes away the cross that the zero padding of convolutions leaves"),
              &FrequencyPage::hann_);
    addSwitch(tr("Without each map's mean"), tr("Leaves only what varies inside a map"), &FrequencyPage::removeMean_);
    addSwitch(tr("Samples as in StyleGAN3"),
              tr("Whitened with the data's mean and deviation, Kaiser window (β = 8), zero-padded four times"),
              &FrequencyPage::styleGan3_);
    measure_->addSection(tr("Colours"));
    auto* maps = new QActionGroup(measure_);
    for (const ColourMap map : allColourMaps()) {
        if (map == ColourMap::Diverging) continue;
        QAction* action = measure_->addAction(colourMapName(map));
        action->setCheckable(true);
        action->setData(int(map));
        maps->addAction(action);
    }
    connect(maps, &QActionGroup::triggered, this,
            [this](const QAction* action) { heatmap_->setColourMap(ColourMap(action->data().toInt())); });
    measure_->addSection(tr("Compare with"));
    auto* tuned = measure_->addAction(tr("Tuned generator"), this, [this] { setAgainst({}); });
    auto* other = measure_->addAction(tr("Another model…"), this, &FrequencyPage::againstWanted);
    for (QAction* action : {tuned, other}) action->setCheckable(true);
    connect(measure_, &QMenu::aboutToShow, this, [this, counts, maps, tuned, other] {
        for (QAction* action : counts->actions()) action->setChecked(action->data().toInt() == images_);
        for (QAction* action : maps->actions())
            action->setChecked(action->data().toInt() == int(heatmap_->styleOptions().map));
        tuned->setChecked(against_.isEmpty() && tunedAvailable_);
        tuned->setEnabled(tunedAvailable_);
        other->setChecked(!against_.isEmpty());
        other->setText(against_.isEmpty() ? tr("Another model…")
                                          : tr("Another model: %1…").arg(QFileInfo(against_).fileName()));
    });
    return measure_;
}

// What can be chosen in the second list depends on the view and, for a block, on the block. The choice stays where it can.
void FrequencyPage::fillOperations() {
    const QSignalBlocker quiet(operations_);
    const QString before = operations_->currentText();
    operations_->clear();
    const auto blocks = kind().blocks;
    if (blocks == PanelKindEntry::Blocks::All) {
        operations_->addItem(tr("Whole blocks"), QString());
        QStringList operations;
        for (const auto& response : responses_)
            if (const auto operation = QString::fromStdString(response.operation);
                !operation.isEmpty() && !operations.contains(operation))
                operations << operation;
        for (const QString& operation : std::as_const(operations))
            operations_->addItem(tr("%1 of every block").arg(operation), operation);
    } else if (blocks == PanelKindEntry::Blocks::OneOrWhole) {
        operations_->addItem(tr("Selected block"), QString());
        operations_->addItem(tr("Whole denoiser"), QStringLiteral("*"));
    } else if (blocks == PanelKindEntry::Blocks::One) {
        operations_->addItem(tr("Whole block"), QString());
        for (const auto& response : responses_)
            if (response.block == selection_.block().toStdString() && !response.operation.empty())
                operations_->addItem(QString::fromStdString(response.operation), QString::fromStdString(response.name));
        operations_->addItem(tr("Denoised image"), QStringLiteral("output"));
    }
    operations_->setCurrentIndex(std::max(0, operations_->findText(before)));
    showControls();
}

void FrequencyPage::showControls() {
    operations_->setVisible(operations_->count() > 0);
    operations_->setEnabled(operations_->count() > 1);
    const bool pair = lab_->against().has_value();
    const bool onlyOne = kind().hasSides && !kind().hasDifference;  // A or B, and no difference of both
    for (const Source source : {Original, Tuned, Difference}) {
        const bool exists = kind().hasSides && !(source == Difference && onlyOne);
        sources_->button(source)->setEnabled(exists && (source == Original || pair));
        sources_->button(source)->setText(nameOf(source));
    }
    sources_->button(Tuned)->setToolTip(against_.isEmpty() ? tr("B: the tuned generator (EMA weights)")
                                                           : tr("B: %1").arg(against_));
    if (source() == Difference && onlyOne) {
        sources_->button(Original)->setChecked(true);
        Q_EMIT sourceChanged(Original);
    }
    play_->setEnabled(kind().levels == PanelKindEntry::Levels::One);
    retint();
    // The layout's own minimum would keep the two rows side by side.
    head_->parentWidget()->setMinimumWidth(
        std::max(head_->itemAt(0)->minimumSize().width(), head_->itemAt(1)->minimumSize().width()));
}

void FrequencyPage::retint() {
    const QColor ink = palette().color(QPalette::WindowText);
    play_->setIcon(actionIcon(isPlaying() ? QStringLiteral("pause") : QStringLiteral("start"), ink));
    measureButton_->setIcon(actionIcon(QStringLiteral("settings"), ink));
    add_->setIcon(glyphIcon(Glyph::Add, ink));
    for (QToolButton* button : {play_, measureButton_, add_}) button->setToolButtonStyle(Qt::ToolButtonIconOnly);
}

void FrequencyPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) retint();
    QWidget::changeEvent(event);
}

QString FrequencyPage::nameOf(Source source) const {
    if (against_.isEmpty()) return source == Original ? tr("Before") : source == Tuned ? tr("After") : tr("Change");
    return source == Original ? tr("A", "first model") : source == Tuned ? tr("B", "second model") : tr("B − A");
}

void FrequencyPage::resizeEvent(QResizeEvent* event) {
    head_->setDirection(event->size().width() < kNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

}  // namespace thaw
