// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/frequency/measure_menu.h"

#include <QActionGroup>
#include <QFileInfo>
#include <QSignalBlocker>

#include <utility>

namespace thaw {
namespace {
constexpr int kCounts[] = {16, 64, 256, 1024};
}

MeasureMenu::MeasureMenu(std::function<ColourMap()> shownMap, QWidget* parent)
    : QMenu(parent), shownMap_(std::move(shownMap)) {
    setToolTipsVisible(true);
    addCounts();
    addSwitches();
    addColours();
    addModels();
}

void MeasureMenu::setAgainst(const QString& against, bool tunedAvailable) {
    against_ = against;
    tunedAvailable_ = tunedAvailable;
}

void MeasureMenu::addCounts() {
    addSection(tr("Images"));
    auto* counts = new QActionGroup(this);
    for (const int count : kCounts) {
        QAction* action = addAction(tr("%n images", nullptr, count));
        action->setCheckable(true);
        action->setData(count);
        counts->addAction(action);
    }
    connect(counts, &QActionGroup::triggered, this, [this](const QAction* action) {
        settings_.images = action->data().toInt();
        Q_EMIT settingsChanged();
    });
    connect(this, &QMenu::aboutToShow, counts, [this, counts] {
        for (QAction* action : counts->actions()) action->setChecked(action->data().toInt() == settings_.images);
    });
}

void MeasureMenu::addSwitches() {
    addSection(tr("Spectrum"));
    const auto addSwitch = [this](const QString& text, const QString& toolTip, bool MeasureSettings::*value) {
        QAction* action = addAction(text);
        action->setCheckable(true);
        action->setToolTip(toolTip);
        connect(action, &QAction::toggled, this, [this, value](bool on) {
            settings_.*value = on;
            Q_EMIT settingsChanged();
        });
        connect(this, &QMenu::aboutToShow, action, [this, action, value] {
            const QSignalBlocker quiet(action);
            action->setChecked(settings_.*value);
        });
    };
    addSwitch(tr("Hann window"), tr("Takes away the cross that the zero padding of convolutions leaves"),
              &MeasureSettings::hannWindow);
    addSwitch(tr("Without each map's mean"), tr("Leaves only what varies inside a map"), &MeasureSettings::removeMean);
    addSwitch(tr("Samples as in StyleGAN3"),
              tr("Whitened with the data's mean and deviation, Kaiser window (β = 8), zero-padded four times"),
              &MeasureSettings::styleGan3);
}

void MeasureMenu::addColours() {
    addSection(tr("Colours"));
    auto* maps = new QActionGroup(this);
    for (const ColourMap map : allColourMaps()) {
        if (map == ColourMap::Diverging) continue;
        QAction* action = addAction(colourMapName(map));
        action->setCheckable(true);
        action->setData(int(map));
        maps->addAction(action);
    }
    connect(maps, &QActionGroup::triggered, this,
            [this](const QAction* action) { Q_EMIT colourMapChosen(ColourMap(action->data().toInt())); });
    connect(this, &QMenu::aboutToShow, maps, [this, maps] {
        for (QAction* action : maps->actions()) action->setChecked(action->data().toInt() == int(shownMap_()));
    });
}

void MeasureMenu::addModels() {
    addSection(tr("Compare with"));
    auto* tuned = addAction(tr("Tuned generator"), this, &MeasureMenu::tunedChosen);
    auto* other = addAction(tr("Another model…"), this, &MeasureMenu::otherModelWanted);
    for (QAction* action : {tuned, other}) action->setCheckable(true);
    connect(this, &QMenu::aboutToShow, tuned, [this, tuned, other] {
        tuned->setChecked(against_.isEmpty() && tunedAvailable_);
        tuned->setEnabled(tunedAvailable_);
        other->setChecked(!against_.isEmpty());
        other->setText(against_.isEmpty() ? tr("Another model…")
                                          : tr("Another model: %1…").arg(QFileInfo(against_).fileName()));
    });
}

}  // namespace thaw
