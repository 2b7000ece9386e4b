// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/figure_recipe.h"
#include "core/values/freeze_plan.h"
#include "core/values/model_choice.h"
#include "core/values/model_summary.h"
#include "core/values/response_info.h"
#include "widgets/curve_data.h"
#include "widgets/heatmap_data.h"
#include "widgets/heatmap_style.h"

#include <QWidget>

#include <functional>
#include <optional>
#include <variant>
#include <vector>

class QBoxLayout;
class QButtonGroup;
class QComboBox;
class QLabel;
class QMenu;
class QStackedWidget;
class QTimer;
class QToolButton;

namespace thaw {

class Compute;
class CurvePlot;
class ExportButton;
class FrequencyLab;
class HeatmapView;
class Selection;
class Settings;

/// How the network answers, by spatial frequency: of the open model (A), of a second one (B, at first the tuned generator),
/// or the difference of both on the same inputs. One panel at a time; the panel is a value that can be kept in a figure.
class FrequencyPage : public QWidget {
    Q_OBJECT
public:
    enum View { BlockSpectrum, Layers, Profile, Levels, Channels, Transfer, Images, Swap, Frozen, ViewCount };
    enum Source { Original, Tuned, Difference, SourceCount };
    using Drawn = std::variant<std::monostate, std::pair<HeatmapData, HeatmapStyle>, CurveFigure>;

    FrequencyPage(Compute& compute, Selection& selection, Settings& settings, QWidget* parent = nullptr);

    void setView(View view);
    View view() const;
    void setSource(Source source);
    Source source() const;

    /// Another model or data set: everything shown is out of date.
    void restart();
    void setModel(const ModelSummary& model) { model_ = model; }
    void setResponses(const std::vector<ResponseInfo>& responses);
    void setPlan(const FreezePlan& plan);
    void setTunedAvailable(bool available);
    /// B is another file instead of the tuned generator; empty = the tuned generator again.
    void setAgainst(const QString& path);
    const QString& against() const { return against_; }
    /// The measurement under way ended with an error.
    void giveUp();
    /// Measures the tuned generator again where the view shows it.
    void refreshTuned();
    bool isUpToDate() const;

    /// The panel on screen, and back to one. Settings that the selection holds (block, noise level, seeds) go there.
    PanelRecipe panel() const;
    void showPanel(const PanelRecipe& panel);
    /// What is drawn of it; nothing before the first answer.
    Drawn drawn() const;
    /// Through all noise levels, the highest first, as sampling goes.
    void setPlaying(bool playing);
    bool isPlaying() const;

    HeatmapView* heatmap() const { return heatmap_; }
    CurvePlot* curves() const { return curves_; }
    ExportButton* exportButton() const { return export_; }
    FrequencyLab& lab() { return *lab_; }

Q_SIGNALS:
    void hovered(const QString& readout);
    void viewChanged(thaw::FrequencyPage::View view);
    void sourceChanged(thaw::FrequencyPage::Source source);
    void upToDate();
    void addToFigureRequested();
    void againstWanted();  ///< a person wants to choose another model for B

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void request();
    void draw();
    void show(const HeatmapData& data, const std::optional<std::pair<double, double>>& range);
    void show(const CurveFigure& figure);
    void showNothing();
    void drawPlane();
    void drawTable();
    void drawProfile();
    void drawOthers();
    void showProgress();
    void showControls();
    void cellClicked(int row);
    void step();
    QString emptyText() const;
    QString nameOf(Source source) const;
    QWidget* buildHead();
    QMenu* measureMenu();
    void connectViews();

    Compute& compute_;
    Selection& selection_;
    FrequencyLab* lab_;
    ModelSummary model_;
    std::vector<ResponseInfo> responses_;
    FreezePlan plan_;
    QString against_;
    bool hasModel_ = false;
    bool tunedAvailable_ = false;
    int images_ = 64;
    bool hann_ = false, removeMean_ = false;
    QBoxLayout* head_ = nullptr;
    QComboBox* views_;
    QComboBox* operations_;  ///< of the selected block: the whole, conv0, ...
    QButtonGroup* sources_ = nullptr;
    QToolButton* play_;
    QToolButton* add_;
    QLabel* progress_;
    QStackedWidget* stack_;
    HeatmapView* heatmap_;
    CurvePlot* curves_;
    ExportButton* export_;
    QTimer* settle_;  // a dragged slider asks when it rests
    QTimer* playing_;
};

}  // namespace thaw
