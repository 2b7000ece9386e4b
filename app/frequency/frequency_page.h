// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/frequency/frequency_head.h"
#include "app/frequency/frequency_picture.h"
#include "core/values/freeze_plan.h"
#include "core/values/model_choice.h"
#include "core/values/model_summary.h"
#include "core/values/panel_kinds.h"
#include "core/values/response_info.h"
#include "widgets/figure/figure_sheet.h"

#include <QWidget>

#include <optional>
#include <vector>

class QTimer;

namespace thaw {

class ComputeThread;
class CurvePlot;
class ExportButton;
class FigureSources;
class FrequencyActions;
class FrequencyLab;
class HeatmapView;
class MeasureMenu;
class Selection;
class Settings;
class StaleVeil;

/// How the network answers, by spatial frequency: of the open model (A), of a second one (B, at first the tuned generator),
/// or the difference of both on the same inputs. One panel at a time; the panel is a value that can be kept in a figure.
class FrequencyPage : public QWidget {
    Q_OBJECT
public:
    using Source = FrequencyHead::Model;
    static constexpr Source Original = FrequencyHead::A, Tuned = FrequencyHead::B,
                            Difference = FrequencyHead::Difference;
    FrequencyPage(ComputeThread& compute, Selection& selection, Settings& settings, QWidget* parent = nullptr);

    /// What the page can show, in the order of its list.
    static std::vector<PanelKind> views();
    static QString viewName(PanelKind view);
    void setView(PanelKind view);
    PanelKind view() const;
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
    /// Where what is shown was measured from: panels carry it as their recipe.
    void setSources(const FigureSources* sources) { figureSources_ = sources; }
    /// Measures the tuned generator again where the view shows it.
    void refreshTuned();
    bool isUpToDate() const;
    /// What is drawn is not what would be asked for now (another block, noise level, model, weights): the word that is said
    /// of it; empty: it is.
    QString staleWord() const;

    /// The panel on screen, and back to one. What the selection holds (block, noise level, seeds) goes there.
    PanelRecipe panel() const;
    void showPanel(const PanelRecipe& panel);
    /// What is drawn of it; nothing before the first answer.
    PanelFigure drawn() const;
    /// The panel for a figure on paper, with its recipe.
    SheetPanel sheetPanel() const;
    /// Through all noise levels, the highest first, as sampling goes.
    void setPlaying(bool playing);
    bool isPlaying() const;

    HeatmapView* heatmap() const { return picture_->heatmap(); }
    CurvePlot* curves() const { return picture_->curves(); }
    ExportButton* exportButton() const { return export_; }
    FrequencyActions& actions() const { return *actions_; }

Q_SIGNALS:
    void hovered(const QString& readout);
    void viewChanged(thaw::PanelKind view);
    void sourceChanged(thaw::FrequencyHead::Model source);
    void upToDate();
    void addToFigureRequested();
    void againstWanted();  ///< the user wants to choose another model for B

protected:
    void showEvent(QShowEvent* event) override;

private:
    void connectParts();
    void offerParts();
    void showModels();

    void settingsChanged();
    void request();
    void draw();
    PanelFigure figureOf(const PanelRecipe& panel) const;
    void showProgress();
    void showFreshness(bool answered);
    void settle();
    void cellClicked(int row);
    void playOn();

    const PanelKindEntry& kind() const { return entryOf(view()); }
    bool isBlockView() const;
    const ResponseInfo* response() const;
    QString emptyText() const;
    QString nameOf(Source source) const;

    Selection& selection_;
    const FigureSources* figureSources_ = nullptr;
    FrequencyLab* lab_;
    ModelSummary model_;
    std::vector<ResponseInfo> responses_;
    FreezePlan plan_;
    QString against_;
    bool hasModel_ = false;
    bool tunedAvailable_ = false;

    MeasureMenu* measure_;
    FrequencyPicture* picture_;
    ExportButton* export_;
    FrequencyHead* head_;
    FrequencyActions* actions_ = nullptr;
    // What a picture answers: a panel without its look, and what the panel does not say.
    struct Asked {
        PanelRecipe panel;
        std::optional<ModelChoice> against;
        int model = 0, data = 0, run = 0;

        bool operator==(const Asked&) const = default;
    };
    Asked wanted() const;
    std::optional<Asked> shown_;
    StaleVeil* veil_;
    QTimer* settle_;  // a dragged slider asks when it rests
    QTimer* playing_;
};

}  // namespace thaw
