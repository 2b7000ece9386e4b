// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_kinds.h"
#include "core/study/tuning_trials.h"
#include "core/values/number_text.h"

#include <cmath>

namespace thaw {
namespace {

SamplerConfig heun18() { return {}; }

// One row an objective; beside them the GAN loss with all weights free and on random weights, and with each imitation.
std::vector<StudyRow> allRows(const StudyState& state) {
    std::vector<StudyRow> rows;
    for (const auto& objective : objectiveWords()) {
        const auto best = state.request.tune ? bestTrial(state, objective) : std::nullopt;
        rows.emplace_back(objective, best ? best->second : comparedSettings(objective));
    }
    if (!state.request.further) return rows;
    const auto single = rows;
    auto freed = single.front().second;
    freed.freeze = parseFreezePlan("none");
    rows.emplace_back("gan-free", freed);
    freed.randomStart = true;
    rows.emplace_back("gan-random", freed);
    for (auto [name, config] : single) {
        if (config.distill.kind == Distillation::None) continue;
        config.gan = true;
        rows.emplace_back(name + "+gan", config);
    }
    return rows;
}

std::vector<std::string> rowNames(const StudyRequest& request) {
    std::vector<std::string> names;
    for (const auto& row : allRows({request, {}, {}})) names.push_back(row.first);
    return names;
}

// Settings are known where nothing is looked for, and where the search of the objective has ended.
bool isSearched(const StudyState& state) {
    if (!state.request.tune) return true;
    for (const auto& job : tuningJobs(state))
        if (!state.results.count(job.name)) return false;
    return true;
}

std::vector<StudyJob> objectivesJobs(const StudyState& state) {
    const auto& [request, model, results] = state;
    std::vector<StudyJob> jobs{{kOriginalOneStep, DistanceJob{{}, {}, request.scale.images}},
                               {kOriginalManySteps, DistanceJob{{{}, heun18()}, {}, request.scale.images}}};
    if (request.tune)
        for (auto& job : tuningJobs(state)) jobs.push_back(std::move(job));
    if (!isSearched(state)) return jobs;
    for (int seed = 1; seed <= request.scale.seeds; ++seed)
        for (const auto& [name, config] : allRows(state))
            if (request.wants(name))
                jobs.push_back({seedName(name, seed), jobOfLength(config, request.scale, seed, request.precision)});
    return jobs;
}

std::vector<std::string> costCells(const StudyState& state, const std::string& row) {
    std::vector<std::vector<double>> costs(6);
    for (int seed = 1; seed <= state.request.scale.seeds; ++seed)
        if (const auto* r = resultOf<TrainingResult>(state.results, seedName(row, seed))) {
            const double values[] = {r->images, r->seconds, r->student, r->teacher, r->discriminator, r->features};
            for (std::size_t i = 0; i < costs.size(); ++i) costs[i].push_back(values[i]);
        }
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < costs.size(); ++i) {
        const auto spread = spreadOf(costs[i]);
        cells.push_back(spread.count ? fixedNumber(spread.mean, i < 2 ? 0 : 1) : "–");
    }
    return cells;
}

std::string qualityCell(const StudyState& state, const std::string& row, std::optional<double> TrainingResult::*value) {
    std::vector<double> values;
    for (int seed = 1; seed <= state.request.scale.seeds; ++seed)
        if (const auto* r = resultOf<TrainingResult>(state.results, seedName(row, seed)); r && r->*value)
            values.push_back(*(r->*value));
    return shownSpread({spreadOf(values).mean, 0, values.empty() ? 0 : 1});
}

ReportTable objectivesTable(const StudyState& state) {
    ReportTable table{"objectives",
                      "One-step distance after " + shortNumber(state.request.scale.kimg) + " kimg",
                      {"objective", "learning rate, optimiser", "image distance", "N", "frozen"},
                      {}};
    for (int seed = 1; seed <= state.request.scale.seeds; ++seed)
        table.columns.push_back("seed " + std::to_string(seed));
    for (const char* column :
         {"mean ± std", "precision", "recall", "images", "seconds", "student", "teacher", "D", "features"})
        table.columns.emplace_back(column);
    for (const auto& [name, config] : allRows(state)) {
        const auto distances = distancesOf(state, name);
        const auto spread = spreadOf(distances);
        if (spread.isEmpty()) continue;
        std::vector<std::string> row{name, optimiserText(config), imageDistanceText(config),
                                     hasLevels(config) ? std::to_string(config.distill.timesteps) : "–",
                                     toText(config.freeze)};
        for (const double d : distances) row.push_back(shownSpread(spreadOf({d})));
        row.push_back(shownSpread(spread));
        row.push_back(qualityCell(state, name, &TrainingResult::precision));
        row.push_back(qualityCell(state, name, &TrainingResult::recall));
        for (auto& cell : costCells(state, name)) row.push_back(std::move(cell));
        table.add(std::move(row), runsOf(state, name));
    }
    return table;
}

// Objectives are equal in images; this is what they cost for it.
ReportChart objectivesChart(const StudyState& state) {
    ReportChart chart{"by-seconds", "Distance against seconds of training", "seconds", "distance", false, true, {}};
    chart.lines = manyStepsLine(state.results);
    for (const auto& [name, config] : allRows(state)) {
        const auto spread = spreadOf(distancesOf(state, name));
        std::vector<double> seconds;
        for (int seed = 1; seed <= state.request.scale.seeds; ++seed)
            if (const auto* run = resultOf<TrainingResult>(state.results, seedName(name, seed)))
                seconds.push_back(run->seconds);
        if (spread.count > 0)
            chart.series.push_back(
                {name, {spreadOf(seconds).mean}, {spread.mean}, {spread.deviation}, runsOf(state, name)});
    }
    return chart;
}

int imitationCount() { return int(objectiveWords().size()) - 1; }

std::vector<StudyClaim> objectivesClaims(const StudyState& state) {
    const auto gan = spreadOf(distancesOf(state, "gan"));
    int agree = 0, disagree = 0, imitations = 0;
    std::string numbers;
    for (const auto& objective : objectiveWords()) {
        if (objective == "gan") continue;
        ++imitations;
        const auto spread = spreadOf(distancesOf(state, objective));
        if (spread.isEmpty()) continue;
        // Against all at once needs no correction, against any of them does.
        agree += lowerVerdict(gan, spread) == Verdict::Agrees;
        disagree += lowerVerdict(gan, spread, imitationCount()) == Verdict::Disagrees;
        numbers += (numbers.empty() ? "" : " ") + comparedText("gan", gan, objective, spread);
    }
    std::vector<StudyClaim> claims;
    claims.push_back(
        {"A GAN objective alone reaches a better one-step generator than each imitation of the teacher, at "
         "equal images.",
         disagree > 0          ? Verdict::Disagrees
         : agree == imitations ? Verdict::Agrees
                               : Verdict::CannotTell,
         numbers.empty() ? "No imitation was run." : numbers});
    const auto free = spreadOf(distancesOf(state, "gan-free")), random = spreadOf(distancesOf(state, "gan-random"));
    const bool further = free.count > 0 && random.count > 0;
    claims.push_back(
        {"The GAN objective does better on the pre-trained weights than on random ones, at equal images of fine-tuning "
         "(those "
         "of pre-training are not counted).",
         further ? lowerVerdict(free, random) : Verdict::CannotTell,
         further ? comparedText("pre-trained, all free,", free, "random weights,", random)
                 : "Not run: it needs the rows gan-free and gan-random (--further)."});
    return claims;
}

StudyReport objectivesReport(const StudyState& state) {
    StudyReport report;
    report.title = "One-step distance by objective";
    const auto original = spreadOf({distanceNamed(state.results, kOriginalOneStep)});
    const auto teacher = spreadOf({distanceNamed(state.results, kOriginalManySteps)});
    report.paragraphs = {"After " + shortNumber(state.request.scale.kimg) +
                             " kimg. Before, one step of the original: " + shownSpread(original) +
                             "; its 18 Heun steps: " + shownSpread(teacher) + ". " + measureSentence(state.results),
                         state.request.tune
                             ? "Settings were chosen by runs of " + shortNumber(state.request.tuning.kimg) +
                                   " kimg of other seeds and by their distance to the training images (tuning.csv)."
                             : "Settings are not tuned for this model; --tune looks for them."};
    report.claims = objectivesClaims(state);
    report.tables.push_back(objectivesTable(state));
    report.charts.push_back(objectivesChart(state));
    if (state.request.tune) report.tables.push_back(tuningTable(state));
    report.notes = {
        "Student, teacher, D, features: forward passes of each network for every image seen; passes of backward "
        "and measurements are not counted. Objectives are equal in images seen, not in seconds: the table has both.",
        "pd, cd, ctm and rcd are PD-style and so on: Help > Objectives says how they differ from their papers."};
    return report;
}

}  // namespace

StudyKind objectivesStudy() {
    return {"objectives",    "one-step distance of every objective at equal images seen",
            {2, 1, 1000},    {20, 3, 5000},
            rowNames,        objectivesJobs,
            objectivesReport};
}

}  // namespace thaw
