// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/figure_recipe.h"
#include "core/values/measurement_job.h"
#include "core/values/model_choice.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace thaw {

// What kinds of panels there are, and what has to be measured for each. The window, figures that are made again and the
// command line ask the same questions of this one table, so that they show the same numbers. A new kind is one value of
// PanelKind, one entry here and one picture in app/figure/panel_figure.cpp. Running the measurements is core/lab's.

/// The log of a run folder.
struct RunLogRequest {
    std::string folder;

    bool operator==(const RunLogRequest&) const = default;
};

/// A chart of the report in a study's folder.
struct StudyChartRequest {
    std::string folder, chart;

    bool operator==(const StudyChartRequest&) const = default;
};

/// One thing that has to be known for a panel.
struct PanelPart {
    using Request = std::variant<MeasurementJob, SampleRequest, RunLogRequest, StudyChartRequest>;
    Request request;
    PanelSide side = PanelSide::A;  ///< whose numbers they are
    std::size_t place = 0;          ///< in PanelRecipe::columns or PanelRecipe::runs
    /// The same at every noise level. Once a sweep of these is measured it answers this request too; a difference's q values
    /// are adjusted over all cells of its table, so those of all levels are others.
    std::optional<MeasurementJob> allLevels{};

    /// Null where it is no measurement.
    const MeasurementJob* job() const { return std::get_if<MeasurementJob>(&request); }
};

/// One kind of panel. `against` is B; a part that needs it is left out where there is none.
struct PanelKindEntry {
    enum class Subject { Network, Images, Runs, Study };
    enum class Blocks { None, One, OneOrWhole, All };
    enum class Levels { None, One, Several };

    PanelKind kind;
    const char* word;  ///< in recipes
    Subject subject;   ///< what is looked at: responses of a network, the columns' images, logs of runs, or a study
    /// One: PanelRecipe::block names a response; OneOrWhole: empty, it means the whole denoiser; All: of every block.
    Blocks blocks;
    Levels levels;        ///< One: at PanelRecipe::sigma; Several: at PanelRecipe::sigmas
    bool hasSides;        ///< A or B can be chosen to be shown
    bool hasDifference;   ///< ... and their difference
    bool comparesAlways;  ///< there is nothing to show without B
    bool realDataBeside;  ///< of `output`: PanelRecipe::realData adds real images
    bool isOnFrequencyPage;
    std::vector<PanelSide> (*sides)(const PanelRecipe& panel, bool hasAgainst);
    std::vector<PanelPart> (*parts)(const PanelRecipe& panel, const std::optional<ModelChoice>& against);
};

/// In the order of PanelKind.
const std::vector<PanelKindEntry>& panelKinds();
const PanelKindEntry& entryOf(PanelKind kind);

/// Word of the JSON, e.g. `blocks`; and back, nothing for other words.
const char* wordOf(PanelKind kind);
std::optional<PanelKind> panelKindOf(const std::string& word);

/// Everything that has to be known for a panel, in the order in which it is measured.
std::vector<PanelPart> panelParts(const PanelRecipe& panel, const std::optional<ModelChoice>& against);

/// A number that no other part of any panel has beside this one, whichever networks they look into: a newer request of the
/// same number takes the older one's place. What is quick has lower ones.
int slotOf(const PanelPart& part);

/// Sides of which a panel of a network shows something: both for profiles and transfer functions, whenever there are two.
std::vector<PanelSide> sidesOf(const PanelRecipe& panel, bool hasAgainst);

/// Real images are drawn beside what the panel shows of the network.
bool showsRealDataBeside(const PanelRecipe& panel);

}  // namespace thaw
