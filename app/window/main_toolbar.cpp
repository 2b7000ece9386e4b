// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/main_toolbar.h"

#include "app/model/blocks_page.h"
#include "app/shared/action_icons.h"
#include "app/shared/selection.h"
#include "app/shared/sigma_slider.h"
#include "app/shared/value_text.h"
#include "app/training/run_actions.h"
#include "app/window/actions.h"
#include "widgets/base/theme.h"

#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>
#include <limits>

namespace thaw {
namespace {

constexpr int kLeastDevice = 2 * kGrid;

}  // namespace

/// Takes the width that is left and is the first to shrink: "CPU, 1 thread, bf16" becomes "CPU, 1 thread", then "CPU". The
/// tooltip holds the whole text.
class DeviceLabel : public QLabel {
public:
    explicit DeviceLabel(QWidget* parent) : QLabel(parent) {
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
        setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        setMinimumWidth(kLeastDevice);
        makeMuted(this);
    }
    void setDevice(const QStringList& words) {
        words_ = words;
        setToolTip(words.join(QStringLiteral(", ")));
        showWhatFits();
    }

protected:
    void resizeEvent(QResizeEvent* event) override {
        QLabel::resizeEvent(event);
        showWhatFits();
    }

private:
    void showWhatFits() {
        QStringList parts = words_;
        const auto text = [&] { return parts.join(QStringLiteral(", ")); };
        while (!parts.isEmpty() && fontMetrics().horizontalAdvance(text()) + 2 > width()) parts.removeLast();
        if (text() != this->text()) setText(text());
    }

    QStringList words_;
};

MainToolBar::MainToolBar(const Actions& actions, const RunActions& run, const BlocksPage& blocks, Selection& selection,
                         QWidget* parent)
    : QToolBar(parent),
      start_(new QPushButton(this)),
      preset_(new QComboBox(this)),
      seed_(new QSpinBox(this)),
      sigma_(new SigmaSlider(this)),
      device_(new DeviceLabel(this)) {
    setObjectName(QStringLiteral("toolbar"));
    setWindowTitle(tr("Toolbar"));
    setMovable(false);
    setIconSize({16, 16});
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    toggleViewAction()->setEnabled(false);

    start_->setText(tr("Start"));
    makePrimary(start_);
    connect(start_, &QPushButton::clicked, run.start, &QAction::trigger);
    const auto followStart = [this, start = run.start] {
        start_->setEnabled(start->isEnabled());
        start_->setToolTip(start->toolTip());
    };
    connect(run.start, &QAction::changed, this, followStart);
    followStart();

    const QActionGroup* presets = blocks.presets();
    for (const QAction* preset : presets->actions()) preset_->addItem(preset->text(), preset->data());
    preset_->addItem(tr("Custom"));
    preset_->setToolTip(tr("Freeze level: which weights keep their pre-trained values (default: D2O-F)"));
    preset_->setAccessibleName(tr("Freeze preset"));
    connect(preset_, &QComboBox::activated, this, [presets](int row) {
        if (row < presets->actions().size()) presets->actions().at(row)->trigger();
    });
    connect(presets->actions().front(), &QAction::enabledChanged, preset_, &QWidget::setEnabled);
    preset_->setEnabled(presets->actions().front()->isEnabled());
    connect(&blocks, &BlocksPage::planChanged, this, &MainToolBar::showPlan);

    seed_->setRange(0, std::numeric_limits<int>::max());
    seed_->setKeyboardTracking(false);
    seed_->setToolTip(tr("First seed of the samples and spectra (default: 0)"));
    seed_->setAccessibleName(tr("First seed of the images"));
    connect(seed_, &QSpinBox::valueChanged, &selection,
            [&selection](int seed) { selection.setFirstSeed(quint64(seed)); });
    connect(&selection, &Selection::firstSeedChanged, seed_, [this](quint64 seed) { seed_->setValue(int(seed)); });
    connect(sigma_, &SigmaSlider::sigmaChosen, &selection, &Selection::setSigma);
    connect(&selection, &Selection::sigmaChanged, sigma_, &SigmaSlider::setSigma);

    addAction(actions.openModel);
    addAction(actions.openData);
    addSeparator();
    addWidget(start_);
    for (QAction* action : {run.pause, run.stop, run.step, run.stepG, run.stepD}) addAction(action);
    keepWidth(*run.pause);
    addSeparator();
    addField(tr("Freeze"), preset_);
    addField(tr("Image seed"), seed_);
    sigma_->setMaximumWidth(30 * kGrid);
    addField(tr("σ"), sigma_);
    addWidget(device_);
    retint();
}

// Pause and Resume take turns in one place; what stands beside them stays where it is.
void MainToolBar::keepWidth(QAction& pause) {
    QWidget* button = widgetForAction(&pause);
    const QString now = pause.text();
    int widest = 0;
    for (const QString& text : RunActions::pauseTexts()) {
        pause.setText(text);
        widest = std::max(widest, button->sizeHint().width());
    }
    pause.setText(now);
    button->setMinimumWidth(widest);
    pause_ = &pause;
    widestPause_ = widest;
}

void MainToolBar::addField(const QString& label, QWidget* field) {
    auto* text = new QLabel(label, this);
    text->setContentsMargins(kGrid, 0, kGrid / 2, 0);
    text->setBuddy(field);
    makeMuted(text);
    addWidget(text);
    addWidget(field);
}

void MainToolBar::showPlan(const FreezePlan& plan) {
    const int row = preset_->findData(QString::fromStdString(toText(plan)));
    preset_->setCurrentIndex(row >= 0 ? row : preset_->count() - 1);
}

void MainToolBar::setDevice(const RunEnvironment& computing) { device_->setDevice(computeWords(computing)); }

void MainToolBar::resizeEvent(QResizeEvent* event) {
    QToolBar::resizeEvent(event);
    showWhatFits();
}

// Where there is little room, signs say what words say else, and tooltips have the words.
void MainToolBar::showWhatFits() {
    if (toolButtonStyle() == Qt::ToolButtonTextBesideIcon)
        wide_ = sizeHint().width() - std::max(device_->sizeHint().width(), kLeastDevice) + kLeastDevice;
    const auto style = wide_ > width() ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon;
    if (style == toolButtonStyle()) return;
    setToolButtonStyle(style);
    widgetForAction(pause_)->setMinimumWidth(style == Qt::ToolButtonIconOnly ? 0 : widestPause_);
}

void MainToolBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) retint();
    QToolBar::changeEvent(event);
}

void MainToolBar::retint() {
    start_->setIcon(actionIcon(QStringLiteral("start"), palette().color(QPalette::HighlightedText)));
}

}  // namespace thaw
