// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/spectrum.h"

#include <QWidget>

#include <array>
#include <optional>

class QBoxLayout;
class QButtonGroup;
class QStackedWidget;
class QTimer;

namespace thaw {

class Compute;
class ExportButton;
class HeatmapView;
class ProfilePlot;
class Selection;
class Settings;

/// How the network answers, by spatial frequency: the 2-D power spectrum of the selected block, all blocks at once, or
/// radial profiles; of the original model, the tuned generator, or the difference of both on the same inputs.
class FrequencyPage : public QWidget {
    Q_OBJECT
public:
    enum View { BlockSpectrum, Layers, Profile, ViewCount };
    enum Source { Original, Tuned, Difference, SourceCount };

    FrequencyPage(Compute& compute, Selection& selection, Settings& settings, QWidget* parent = nullptr);

    void setView(View view);
    View view() const;
    void setSource(Source source);
    Source source() const;

    /// Another model or data set: everything shown is out of date.
    void restart();
    void setTunedAvailable(bool available);
    /// The measurement under way ended with an error.
    void giveUp();
    /// Measures the tuned generator again where the view shows it.
    void refreshTuned();
    bool isUpToDate() const;

    HeatmapView* spectrumView() const { return spectrum_; }
    HeatmapView* layersView() const { return layers_; }
    ProfilePlot* profilePlot() const { return profile_; }
    ExportButton* exportButton() const { return export_; }

Q_SIGNALS:
    void hovered(const QString& readout);
    void viewChanged(thaw::FrequencyPage::View view);
    void sourceChanged(thaw::FrequencyPage::Source source);
    void upToDate();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// One measurement with its newest request.
    template <typename Result>
    struct Measured {
        quint64 generation = 0;
        bool awaited = false;
        std::optional<Result> result;
    };

    void request();
    void requestSpectrum(bool tuned);
    void requestLayers(bool tuned);
    void draw();
    template <typename Result>
    void drawHeatmap(HeatmapView* view, const std::array<Measured<Result>, 2>& measured);
    void drawProfile();
    void showBusy();
    bool needs(bool tuned) const;
    QWidget* buildHead();

    Compute& compute_;
    Selection& selection_;
    bool hasModel_ = false;
    bool tunedAvailable_ = false;
    std::array<Measured<LayerSpectrum>, 2> spectra_;  // [tuned]
    std::array<Measured<LayerTable>, 2> tables_;      // [tuned]
    QBoxLayout* head_ = nullptr;
    QButtonGroup* views_;
    QButtonGroup* sources_;
    QStackedWidget* stack_;
    HeatmapView* spectrum_;
    HeatmapView* layers_;
    ProfilePlot* profile_;
    ExportButton* export_;
    QTimer* settle_;  // a dragged slider asks when it rests
};

}  // namespace thaw
