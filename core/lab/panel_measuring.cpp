// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lab/panel_measuring.h"

#include "core/formats/run_stats_file.h"
#include "core/formats/study_files.h"
#include "core/lab/figure_sources.h"
#include "core/lab/measuring.h"
#include "core/values/enum_words.h"
#include "core/values/error.h"
#include "core/values/figure_recipe_check.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace thaw {

struct PanelMeasurement::Impl {
    Session& session;
    PanelRecipe panel;
    std::vector<PanelPart> parts;
    PanelData data{};
    std::size_t next = 0;                   // of the parts
    std::unique_ptr<RunningJob> running{};  // the next part, when it is a measurement that has begun
    std::optional<SampleColumn> column{};   // ..., when it is a column of samples

    // True when the part is complete.
    bool advance(const MeasurementJob& job, const Progress& progress) {
        if (!running) running = beginJob(session, job, progress);
        if (running->advance(progress)) return false;
        data.keep(parts[next], running->value().value);
        running.reset();
        return true;
    }
    bool advance(const SampleRequest& request, const Progress& progress) {
        SampleColumn& grown = column ? *column : column.emplace();
        append(grown, session.files().sample(request.piece(grown.seeds.size()), progress));
        if (grown.seeds.size() < request.seeds.size()) return false;
        // A second model from a file is B as well.
        grown.source = panel.columns[parts[next].place].first;
        data.samples.push_back(std::move(grown));
        column.reset();
        return true;
    }
    bool advance(const RunLogRequest& request, const Progress&) {
        data.runs.push_back(readRunStats(request.folder));
        return true;
    }
    bool advance(const StudyChartRequest& request, const Progress&) {
        auto report = readStudyReport(request.folder);
        const auto found = std::find_if(report.charts.begin(), report.charts.end(),
                                        [&](const ReportChart& chart) { return chart.name == request.chart; });
        if (found == report.charts.end()) {
            std::vector<std::string> names;
            for (const auto& chart : report.charts) names.push_back(chart.name);
            throw Error(ErrorCode::Configuration,
                        "The study in '" + request.folder + "' has no chart '" + request.chart + "'.",
                        names.empty() ? "Run more of it." : "Name " + listed(names) + ".");
        }
        data.chart = std::move(*found);
        data.studyTitle = report.title;
        return true;
    }
    double shareOfNext() const {
        if (running) return running->share();
        const auto* request = next < parts.size() ? std::get_if<SampleRequest>(&parts[next].request) : nullptr;
        return column && request ? double(column->seeds.size()) / double(request->seeds.size()) : 0;
    }
};

PanelMeasurement::PanelMeasurement(Session& session, const PanelRecipe& panel,
                                   const std::optional<ModelChoice>& against)
    : impl_(new Impl{session, panel, panelParts(panel, against)}) {}
PanelMeasurement::~PanelMeasurement() = default;
PanelMeasurement::PanelMeasurement(PanelMeasurement&&) noexcept = default;

bool PanelMeasurement::advance(const Progress& progress) {
    Impl& now = *impl_;
    const Progress goOn = [this, &progress](double) { return !progress || progress(share()); };
    if (now.next < now.parts.size() &&
        std::visit([&](const auto& request) { return now.advance(request, goOn); }, now.parts[now.next].request))
        ++now.next;
    if (now.next < now.parts.size()) return true;
    if (needsModel(now.panel)) now.data.model = now.session.files().model();
    return false;
}

double PanelMeasurement::share() const {
    if (impl_->next >= impl_->parts.size()) return 1;
    return (double(impl_->next) + impl_->shareOfNext()) / double(impl_->parts.size());
}

const PanelData& PanelMeasurement::data() const { return impl_->data; }

PanelData measurePanel(Session& session, const PanelRecipe& panel, const std::optional<ModelChoice>& against,
                       const Progress& progress) {
    PanelMeasurement measurement(session, panel, against);
    for (bool more = true; more;) {
        more = measurement.advance(progress);
        if (progress && !progress(measurement.share()))
            throw Error(ErrorCode::Interrupted, "The measurement was interrupted.");
    }
    return measurement.data();
}

struct FigureMeasurement::Impl {
    std::unique_ptr<Session> session;
    FigureRecipe recipe;
    std::optional<ModelChoice> against{};
    std::vector<std::function<void(const Progress&)>> opening{};  // one piece each
    std::size_t opened = 0;
    std::optional<PanelMeasurement> panel{};  // the one that is measured now
    std::vector<PanelData> panels{};
    bool complete = false;

    bool any(bool (*needs)(const PanelRecipe&)) const {
        return std::any_of(recipe.panels.begin(), recipe.panels.end(), needs);
    }
    void listOpening() {
        const bool model = any(needsModel) || any(needsAgainst);
        if (model) {
            opening.emplace_back([this](const Progress&) { requireUnchangedModel(recipe.model); });
            opening.emplace_back(
                [this](const Progress& progress) { session->files().openModel(recipe.model.path, progress); });
        }
        if (any(needsData)) {
            opening.emplace_back([this](const Progress&) { requireUnchangedData(recipe.data); });
            opening.emplace_back(
                [this](const Progress& progress) { session->files().openData(recipe.data.path, {}, progress); });
        }
        if (!recipe.against || recipe.against->path.empty()) return;
        against = ModelChoice{ModelChoice::Kind::File, recipe.against->path};
        if (model) opening.emplace_back([this](const Progress&) { requireUnchangedModel(*recipe.against); });
    }
    void advancePanel(const Progress& progress) {
        if (!panel) panel.emplace(*session, recipe.panels[panels.size()], against);
        if (panel->advance(progress)) return;
        panels.push_back(panel->data());
        panels.back().nameA = recipe.model.title;
        if (recipe.against) panels.back().nameB = recipe.against->title;
        panel.reset();
    }
};

FigureMeasurement::FigureMeasurement(std::unique_ptr<Session> session, FigureRecipe recipe)
    : impl_(new Impl{std::move(session), std::move(recipe)}) {
    impl_->listOpening();
}
FigureMeasurement::~FigureMeasurement() = default;

bool FigureMeasurement::advance(const Progress& progress) {
    Impl& now = *impl_;
    if (now.complete) return false;
    const Progress goOn = [this, &progress](double) { return !progress || progress(share()); };
    if (now.opened < now.opening.size()) {
        now.opening[now.opened](goOn);
        ++now.opened;
    } else if (now.panels.size() < now.recipe.panels.size()) {
        now.advancePanel(goOn);
    } else {
        now.recipe = withChecksums(now.recipe);
        now.complete = true;
    }
    return !now.complete;
}

double FigureMeasurement::share() const {
    const double share = double(impl_->panels.size()) + (impl_->panel ? impl_->panel->share() : 0);
    return impl_->recipe.panels.empty() ? 1 : share / double(impl_->recipe.panels.size());
}

const std::vector<PanelData>& FigureMeasurement::panels() const { return impl_->panels; }
const FigureRecipe& FigureMeasurement::recipe() const { return impl_->recipe; }

}  // namespace thaw
