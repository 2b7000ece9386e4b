// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/main_toolbar.h"

#include "app/shared/action_icons.h"
#include "app/shared/selection.h"
#include "app/shared/sigma_slider.h"
#include "app/window/actions.h"
#include "widgets/base/theme.h"

#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSpinBox>

#include <limits>

namespace thaw {
namespace {

/// Takes what room is left and gives way first; the tooltip holds what has no room.
class DeviceLabel : public QLabel {
public:
    explicit DeviceLabel(QWidget* parent) : QLabel(parent) {
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
        setMinimumWidth(2 * kGrid);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setPen(mutedColour(palette()));
        const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, width());
        painter.drawText(rect(), Qt::AlignRight | Qt::AlignVCenter, shown);
    }
};

}  // namespace

MainToolBar::MainToolBar(Actions& actions, Selection& selection, QWidget* parent)
    : QToolBar(parent),
      actions_(actions),
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
    connect(start_, &QPushButton::clicked, actions.start, &QAction::trigger);
    const auto followStart = [this] {
        start_->setEnabled(actions_.start->isEnabled());
        start_->setToolTip(actions_.start->toolTip());
    };
    connect(actions.start, &QAction::changed, this, followStart);
    followStart();

    for (const QAction* preset : actions.presets->actions()) preset_->addItem(preset->text(), preset->data());
    preset_->addItem(tr("Custom"));
    preset_->setToolTip(tr("Freeze level: which weights keep their pre-trained values (default: D2O-F)"));
    preset_->setAccessibleName(tr("Freeze preset"));
    connect(preset_, &QComboBox::activated, this, [this](int row) {
        if (row < actions_.presets->actions().size()) actions_.presets->actions().at(row)->trigger();
    });
    connect(actions.presets->actions().front(), &QAction::enabledChanged, preset_, &QWidget::setEnabled);

    seed_->setRange(0, std::numeric_limits<int>::max());
    seed_->setKeyboardTracking(false);
    seed_->setToolTip(tr("First seed of the samples and spectra (default: 0)"));
    seed_->setAccessibleName(tr("First seed"));
    connect(seed_, &QSpinBox::valueChanged, &selection,
            [&selection](int seed) { selection.setFirstSeed(quint64(seed)); });
    connect(&selection, &Selection::firstSeedChanged, seed_, [this](quint64 seed) { seed_->setValue(int(seed)); });
    connect(sigma_, &SigmaSlider::sigmaChosen, &selection, &Selection::setSigma);
    connect(&selection, &Selection::sigmaChanged, sigma_, &SigmaSlider::setSigma);

    addAction(actions.openModel);
    addAction(actions.openData);
    addSeparator();
    addWidget(start_);
    addAction(actions.pause);
    addAction(actions.stop);
    addAction(actions.step);
    addAction(actions.stepG);
    addAction(actions.stepD);
    addSeparator();
    addField(tr("Freeze"), preset_);
    addField(tr("Seed"), seed_);
    sigma_->setMaximumWidth(30 * kGrid);
    addField(tr("σ"), sigma_);
    addWidget(device_);
    retint();
}

void MainToolBar::addField(const QString& label, QWidget* field) {
    auto* text = new QLabel(label, this);
    text->setContentsMargins(kGrid, 0, kGrid / 2, 0);
    text->setBuddy(field);
    makeMuted(text);
    addWidget(text);
    addWidget(field);
}

void MainToolBar::setPlan(const FreezePlan& plan) {
    const int row = preset_->findData(QString::fromStdString(toText(plan)));
    preset_->setCurrentIndex(row >= 0 ? row : preset_->count() - 1);
    for (QAction* action : actions_.presets->actions())
        action->setChecked(action->data().toString().toStdString() == toText(plan));
}

void MainToolBar::setDevice(const QString& title) {
    device_->setText(title);
    device_->setToolTip(title);
}

void MainToolBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) retint();
    QToolBar::changeEvent(event);
}

void MainToolBar::retint() {
    start_->setIcon(actionIcon(QStringLiteral("start"), palette().color(QPalette::HighlightedText)));
}

}  // namespace thaw
