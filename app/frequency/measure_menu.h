// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/base/colour_map.h"

#include <QMenu>

#include <functional>

namespace thaw {

/// How the frequency page measures.
struct MeasureSettings {
    int images = 64;
    bool hannWindow = false, removeMean = false, styleGan3 = false;
};

/// The menu "Measure": how many images, how their spectra are taken, the colours of maps, and what to compare with.
class MeasureMenu : public QMenu {
    Q_OBJECT
public:
    /// `shownMap`: the colour map that maps have now.
    explicit MeasureMenu(std::function<ColourMap()> shownMap, QWidget* parent = nullptr);

    const MeasureSettings& settings() const { return settings_; }
    void setSettings(const MeasureSettings& settings) { settings_ = settings; }
    /// B is the file `against`, or the tuned generator where that is empty.
    void setAgainst(const QString& against, bool tunedAvailable);

Q_SIGNALS:
    void settingsChanged();
    void colourMapChosen(thaw::ColourMap map);
    void tunedChosen();
    void otherModelWanted();

private:
    void addCounts();
    void addSwitches();
    void addColours();
    void addModels();

    std::function<ColourMap()> shownMap_;
    MeasureSettings settings_;
    QString against_;
    bool tunedAvailable_ = false;
};

}  // namespace thaw
