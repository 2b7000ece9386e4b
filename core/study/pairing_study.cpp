// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_kinds.h"
#include "core/values/number_text.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace thaw {
namespace {

// Of the study's length, and how the rows' names end.
constexpr std::pair<const char*, double> kPairedLengths[] = {{"", 1.0}, {"-quarter", 0.25}, {"-tenth", 0.1}};

struct PairedRow {
    std::string name;
    FinetuneConfig config;
    double kimgShare;  // of the study's length
};

// Objectives at full length; the GAN under two plans also at a tenth and a quarter of it.
std::vector<PairedRow> pairedRows() {
    std::vector<PairedRow> rows;
    const auto add = [&](const std::string& name, const std::string& objective, const char* plan, double share) {
        auto config = comparedSettings(objective);
        config.freeze = parseFreezePlan(plan);
        rows.push_back({name, config, share});
    };
    for (const auto& [mark, share] : kPairedLengths) {
        add(std::string("gan-d2o-f") + mark, "gan", "d2o-f", share);
        add(std::string("gan-none") + mark, "gan", "none", share);
    }
    for (const char* objective : {"regression", "cd", "pd"}) add(objective, objective, "d2o-f", 1);
    auto random = comparedSettings("gan");
    random.freeze = parseFreezePlan("none");
    random.randomStart = true;
    rows.push_back({"gan-random", random, 1});
    return rows;
}

std::vector<std::string> pairedNames(const StudyRequest&) {
    std::vector<std::string> names;
    for (const auto& row : pairedRows()) names.push_back(row.name);
    return names;
}

std::vector<StudyJob> pairingJobs(const StudyState& state) {
    const auto& request = state.request;
    const int images = std::min(request.scale.images, 1000);
    const StudyGenerator teacher{{}, SamplerConfig{}};
    std::vector<StudyJob> jobs{{"pairing-original", PairingJob{{}, teacher, images}}};
    for (int seed = 1; seed <= request.scale.seeds; ++seed)
        for (const auto& row : pairedRows()) {
            if (!request.wants(row.name)) continue;
            auto scale = request.scale;
            scale.kimg *= row.kimgShare;
            const auto name = seedName(row.name, seed);
            jobs.push_back({name, jobOfLength(row.config, scale, seed, request.precision)});
            jobs.push_back({"pairing-" + name, PairingJob{{name}, teacher, images}});
        }
    return jobs;
}

struct RowPairs {
    Spread pixels, features, matched;
};

RowPairs pairsOf(const StudyState& state, const std::vector<std::string>& names) {
    std::vector<double> pixels, features, matched;
    for (const auto& name : names)
        if (const auto* result = resultOf<PairingResult>(state.results, name)) {
            pixels.push_back(result->pixels.ratio());
            const bool seen = !result->featureTitle.empty();
            features.push_back(seen ? result->features.ratio() : std::nan(""));
            matched.push_back(100 * (seen ? result->features.matched : result->pixels.matched));
        }
    return {spreadOf(pixels), spreadOf(features), spreadOf(matched)};
}

RowPairs rowPairs(const StudyState& state, const std::string& row) {
    std::vector<std::string> names;
    for (int seed = 1; seed <= state.request.scale.seeds; ++seed) names.push_back("pairing-" + seedName(row, seed));
    return pairsOf(state, names);
}

// How the pairing goes with the images seen, under both plans.
ReportChart pairingChart(const StudyState& state) {
    ReportChart chart{"by-images", "Same seed over other seeds, pixels", "kimg", "same over other seeds", false, false,
                      {}};
    for (const char* plan : {"gan-d2o-f", "gan-none"}) {
        ReportSeries series{plan, {}, {}, {}};
        for (const auto& [mark, share] : kPairedLengths) {
            const auto row = std::string(plan) + mark;
            const auto pixels = rowPairs(state, row).pixels;
            if (pixels.count == 0) continue;
            series.x.push_back(state.request.scale.kimg * share);
            series.mean.push_back(pixels.mean);
            series.deviation.push_back(pixels.deviation);
            for (const auto& run : runsOf(state, row)) series.runs.push_back(run);
        }
        chart.series.push_back(std::move(series));
    }
    return chart;
}

StudyReport pairingReport(const StudyState& state) {
    StudyReport report;
    report.title = "Do students keep their teacher's pairing of seed and image?";
    report.paragraphs = {
        "Distance between the student's and the teacher's (18 Heun steps) image of the same seed, over that between "
        "images of different "
        "seeds: 0 for the same images, 1 where the seed says nothing. Matched: share of seeds for which no other image "
        "of the teacher is "
        "nearer. Length " +
        shortNumber(state.request.scale.kimg) + " kimg, rows `-quarter` and `-tenth` of that. " +
        measureSentence(state.results)};
    ReportTable table{"pairing",
                      "Same seed over other seeds",
                      {"student", "frozen", "kimg", "pixels", "features", "matched, %", "distance"},
                      {}};
    const auto original = pairsOf(state, {"pairing-original"});
    if (original.pixels.count)
        table.rows.push_back({"original, one step", "–", "0", shownSpread(original.pixels, 3),
                              shownSpread(original.features, 3), shownSpread(original.matched, 1), "–"});
    for (const auto& row : pairedRows()) {
        const auto pairs = rowPairs(state, row.name);
        if (pairs.pixels.count == 0) continue;
        table.add({row.name, fixedNumber(countFrozen(row.config.freeze, state.model).percent(), 1) + " %",
                   shortNumber(state.request.scale.kimg * row.kimgShare), shownSpread(pairs.pixels, 3),
                   shownSpread(pairs.features, 3), shownSpread(pairs.matched, 1),
                   shownSpread(spreadOf(distancesOf(state, row.name)))},
                  runsOf(state, row.name));
    }
    report.tables.push_back(std::move(table));
    report.charts.push_back(pairingChart(state));
    const auto frozen = rowPairs(state, "gan-d2o-f"), free = rowPairs(state, "gan-none"),
               random = rowPairs(state, "gan-random");
    report.claims = {
        {"A student of the GAN objective alone is nearer to its teacher's image of the same seed than one that begins "
         "with "
         "random weights (that students keep the teacher's pairing is a finding of 2026, arXiv 2606.02237).",
         lowerVerdict(frozen.pixels, random.pixels),
         comparedText("d2o-f", frozen.pixels, "random weights", random.pixels)},
        {"Freezing strengthens the pairing: D2O-F keeps it better than D2O.", lowerVerdict(frozen.pixels, free.pixels),
         comparedText("d2o-f", frozen.pixels, "none", free.pixels)}};
    return report;
}

}  // namespace

StudyKind pairingStudy() {
    return {"pairing",    "does a student make its teacher's image of the same seed?",
            {1, 1, 200},  {10, 3, 5000},
            pairedNames,  pairingJobs,
            pairingReport};
}

}  // namespace thaw
