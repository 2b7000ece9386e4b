// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/frequency_statistics.h"
#include "core/study/frequency_study.h"
#include "core/values/decibel.h"
#include "core/values/layer_difference.h"
#include "core/values/not_a_number.h"
#include "core/values/number_text.h"
#include "core/values/profile_shape.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace thaw {
namespace {

// What is known of one row.
struct FrequencyRow {
    std::string name;
    FreezePlan plan;
    std::optional<ResponseChange> change;
    std::vector<const ImagePowerResult*> images;  // one a seed
    Spread gap, highGap, slope;                   // of those images
};

double slopeOf(const ImagePowerResult& images) { return logLogSlope({images.frequencies, images.power}); }

FrequencyRow measuredRow(const StudyState& state, const StudyRow& row, const ResponsesResult* before,
                         const ImagePowerResult* real) {
    FrequencyRow measured{row.first, row.second.freeze, {}, {}, {}, {}, {}};
    std::vector<const ResponsesResult*> after;
    std::vector<double> gaps, highGaps, slopes;
    for (int seed = 1; seed <= state.request.scale.seeds; ++seed) {
        const auto run = seedName(row.first, seed);
        if (const auto* responses = resultOf<ResponsesResult>(state.results, responsesOfRun(run)))
            after.push_back(responses);
        const auto* images = resultOf<ImagePowerResult>(state.results, powerOfRun(run));
        if (!images) continue;
        measured.images.push_back(images);
        slopes.push_back(slopeOf(*images));
        if (!real) continue;
        const auto gap = powerGap(*images, *real);
        gaps.push_back(gap.all);
        highGaps.push_back(gap.high);
    }
    if (before && !after.empty())
        measured.change = responseChange(*before, after, frozenShares(before->blocks, row.second.freeze, state.model));
    measured.gap = spreadOf(gaps);
    measured.highGap = spreadOf(highGaps);
    measured.slope = spreadOf(slopes);
    return measured;
}

Spread changeOfRow(const std::vector<FrequencyRow>& rows, const std::string& name) {
    for (const auto& row : rows)
        if (row.name == name && row.change) return row.change->all;
    return spreadOf({});
}

Spread gapOfRow(const std::vector<FrequencyRow>& rows, const std::string& name) {
    for (const auto& row : rows)
        if (row.name == name) return row.gap;
    return spreadOf({});
}

ReportTable responsesTable(const StudyState& state, const std::vector<FrequencyRow>& rows) {
    ReportTable table{
        "responses",
        "Change of the responses against the pre-trained network, root mean square over cells",
        {"row", "frozen", "cells changed", "change, dB", "frozen part, dB", "trainable part, dB", "distance"},
        {}};
    for (const auto& row : rows) {
        if (!row.change) continue;
        const auto& change = *row.change;
        table.add({row.name, fixedNumber(countFrozen(row.plan, state.model).percent(), 1) + " %",
                   std::isnan(change.changedShare) ? "–" : fixedNumber(100 * change.changedShare, 1) + " %",
                   shownSpread(change.all), shownSpread(change.frozen), shownSpread(change.trainable),
                   shownSpread(spreadOf(distancesOf(state, row.name)))},
                  runsOf(state, row.name));
    }
    return table;
}

ReportTable imagesTable(const StudyState& state, const std::vector<FrequencyRow>& rows, const ImagePowerResult* real) {
    ReportTable table{"images",
                      "Spectrum of images against that of real images, root mean square over frequencies",
                      {"images", "all frequencies, dB", "high frequencies, dB", "slope"},
                      {}};
    if (real) table.rows.push_back({"real images", "–", "–", shownSpread(spreadOf({slopeOf(*real)}))});
    for (const auto& [name, job] :
         {std::pair{"original, 18 steps", kManyStepsPower}, {"original, one step", kOneStepPower}})
        if (const auto* images = resultOf<ImagePowerResult>(state.results, job)) {
            const auto gap = real ? powerGap(*images, *real) : PowerGap{kNan, kNan};
            table.rows.push_back({name, shownSpread(spreadOf({gap.all})), shownSpread(spreadOf({gap.high})),
                                  shownSpread(spreadOf({slopeOf(*images)}))});
        }
    for (const auto& row : rows)
        if (!row.images.empty())
            table.add({row.name, shownSpread(row.gap), shownSpread(row.highGap), shownSpread(row.slope)},
                      runsOf(state, row.name));
    return table;
}

ReportTable blocksTable(const std::vector<FrequencyRow>& rows, const ResponsesResult& before) {
    ReportTable table{"change-by-block",
                      "Change by block, root mean square over noise levels and frequencies, dB",
                      {"number", "block"},
                      {}};
    for (const auto& row : rows)
        if (row.change) table.columns.push_back(row.name);
    for (std::size_t b = 0; b < before.blocks.size(); ++b) {
        std::vector<std::string> cells{std::to_string(b + 1), before.blocks[b]};
        for (const auto& row : rows)
            if (row.change) cells.push_back(shownSpread(row.change->byBlock[b]));
        table.rows.push_back(std::move(cells));
    }
    return table;
}

ReportTable centroidsTable(const std::vector<CentroidMove>& moves) {
    ReportTable table{"centroids",
                      "Spectral centroid of the pre-trained network's blocks, cycles per image",
                      {"block", "smallest sigma", "largest sigma", "move in deviations over images"},
                      {}};
    for (const auto& move : moves)
        table.rows.push_back({move.block, fixedNumber(move.atSmallest, 2), fixedNumber(move.atLargest, 2),
                              fixedNumber(move.deviations, 2)});
    return table;
}

ReportSeries seriesOf(const std::string& name, const std::vector<double>& x, const std::vector<Spread>& spreads) {
    ReportSeries series{name, {}, {}, {}};
    for (std::size_t i = 0; i < spreads.size(); ++i) {
        if (spreads[i].count == 0) continue;
        series.x.push_back(x[i]);
        series.mean.push_back(spreads[i].mean);
        series.deviation.push_back(spreads[i].deviation);
    }
    return series;
}

// Levels over frequency of one or several sets of images, the constant part left out.
ReportSeries levelsOf(const std::string& name, const std::vector<const ImagePowerResult*>& images) {
    std::vector<double> frequencies;
    std::vector<Spread> levels;
    for (std::size_t k = 0; k < images.front()->power.size(); ++k) {
        if (images.front()->frequencies[k] < 1) continue;
        std::vector<double> values;
        for (const auto* set : images)
            if (k < set->power.size() && set->power[k] > 0) values.push_back(decibel(set->power[k]));
        frequencies.push_back(images.front()->frequencies[k]);
        levels.push_back(spreadOf(values));
    }
    return seriesOf(name, frequencies, levels);
}

std::vector<ReportChart> frequencyCharts(const StudyState& state, const std::vector<FrequencyRow>& rows,
                                         const ResponsesResult* before, const ImagePowerResult* real) {
    ReportChart images{"images-spectrum", "Spectrum of images", "cycles per image", "mean power, dB", false, false, {}};
    ReportChart sigmas{
        "change-by-sigma", "Change of the responses by noise level", "sigma", "change, dB", true, false, {}};
    ReportChart blocks{"change-by-block",
                       "Change of the responses by block, in forward order",
                       "number of the block",
                       "change, dB",
                       false,
                       false,
                       {}};
    if (real) images.series.push_back(levelsOf("real images", {real}));
    for (const auto& [name, job] :
         {std::pair{"original, 18 steps", kManyStepsPower}, {"original, one step", kOneStepPower}})
        if (const auto* set = resultOf<ImagePowerResult>(state.results, job))
            images.series.push_back(levelsOf(name, {set}));
    std::vector<double> numbers;
    for (std::size_t b = 0; before && b < before->blocks.size(); ++b) numbers.push_back(double(b + 1));
    for (const auto& row : rows) {
        if (!row.images.empty()) images.series.push_back(levelsOf(row.name, row.images));
        if (!row.change) continue;
        sigmas.series.push_back(seriesOf(row.name, before->sigmas, row.change->bySigma));
        blocks.series.push_back(seriesOf(row.name, numbers, row.change->byBlock));
    }
    for (auto* chart : {&images, &sigmas, &blocks})
        for (auto& series : chart->series) series.runs = runsOf(state, series.name);
    return {images, sigmas, blocks};
}

// There is one pre-trained network, so no test: the numbers alone.
StudyClaim centroidClaim(const std::vector<CentroidMove>& moves) {
    StudyClaim claim{
        "Blocks respond to different frequencies at different noise levels (the first version of the paper: layers "
        "are activated differently at different time steps).",
        Verdict::CannotTell, "Not measured yet."};
    if (moves.empty()) return claim;
    std::vector<double> sizes;
    for (const auto& move : moves) sizes.push_back(std::abs(move.deviations));
    std::sort(sizes.begin(), sizes.end());
    const auto beyond = std::count_if(sizes.begin(), sizes.end(), [](double size) { return size > 1; });
    const double middle = (sizes[(sizes.size() - 1) / 2] + sizes[sizes.size() / 2]) / 2;
    const auto farthest = *std::max_element(moves.begin(), moves.end(), [](const auto& a, const auto& b) {
        return std::abs(a.deviations) < std::abs(b.deviations);
    });
    claim.number = "Between the smallest and the largest sigma the spectral centroid of " + std::to_string(beyond) +
                   " of " + std::to_string(moves.size()) +
                   " blocks moves by more than one deviation over images, median " + fixedNumber(middle, 2) +
                   ", farthest " + farthest.block + " from " + fixedNumber(farthest.atSmallest, 2) + " to " +
                   fixedNumber(farthest.atLargest, 2) +
                   " cycles per image. A test would need several pre-trained networks; there is one.";
    return claim;
}

std::vector<std::string> frequencyParagraphs(const StudyState& state, const ResponsesResult* before,
                                             const ImagePowerResult* real) {
    std::string responses = "After " + shortNumber(state.request.scale.kimg) +
                            " kimg. The paper's own quantity is not public, so all of this is defined by Thaw. A "
                            "response is the mean power of a "
                            "whole block's output, or of the denoised image, at one noise level and one radial "
                            "frequency; its change is its level in "
                            "dB less that of the pre-trained network on the same noise and the same images.";
    if (before) {
        responses += " Noise levels:";
        for (const double sigma : before->sigmas) responses += " " + shortNumber(sigma);
        responses += ", " + countedImages(before->images) + " at each.";
    }
    std::string images = "Spectra of images are means of power over samples, then over rings of one frequency.";
    if (real)
        images += " Real images: " + real->title + ", " + countedImages(real->images) +
                  "; two such sets differ by about " + shownSpread(spreadOf({chanceGap(*real)})) + " dB by chance.";
    const std::string test =
        state.request.scale.seeds > 1
            ? "The replicate is the seed of training. A cell (block, noise level, frequency) is changed where the mean "
              "over the "
              "seeds differs from 0 (Student's t, adjusted over the cells of the row for 5 % false finds, "
              "Benjamini-Hochberg) "
              "and is at least " +
                  shortNumber(kSmallestDifferenceDb) + " dB."
            : "The replicate is the seed of training. With one seed nothing is tested; take two or more (--seeds 3).";
    return {responses, images, test, measureSentence(state.results)};
}

std::vector<std::string> frequencyNotes() {
    return {
        "A share of cells that changed is also a matter of how many seeds there are: more of them find smaller "
        "changes. A "
        "cell that is not called changed need not be unchanged. Each row is tested for itself.",
        "That a response changes does not say that the images change by it, nor that it had to: norms and later blocks "
        "may "
        "undo it. Frozen convolutions change their output where what they are given, or the norms between them, "
        "changed. "
        "Frozen and trainable part are the same cells, weighted with the share of each block's weights.",
        "One-step students are trained to be called at the largest sigma (cd and pd also at those of their ladder). "
        "What "
        "they respond at others is a side effect of that.",
        "The input of a block has another spectrum at another noise level, white at the largest, so the centroid of a "
        "block "
        "that only passes it on moves too.",
        "Spectra know nothing of phase: images can be far from real ones at the same spectrum. The distance stands "
        "beside.",
        "Seeds vary the training alone: nothing here speaks of another pre-trained network or other data. Runs that "
        "diverged "
        "count in the distance alone."};
}

}  // namespace

StudyReport frequencyReport(const StudyState& state) {
    const auto* before = resultOf<ResponsesResult>(state.results, kOriginalResponses);
    const auto* real = resultOf<ImagePowerResult>(state.results, kRealPower);
    std::vector<FrequencyRow> rows;
    for (const auto& row : frequencyRows()) rows.push_back(measuredRow(state, row, before, real));
    const auto moves = before ? centroidMoves(*before) : std::vector<CentroidMove>();

    StudyReport report;
    report.title = "Responses and images by frequency";
    report.paragraphs = frequencyParagraphs(state, before, real);
    report.tables = {responsesTable(state, rows), imagesTable(state, rows, real)};
    if (before) report.tables.push_back(blocksTable(rows, *before));
    if (!moves.empty()) report.tables.push_back(centroidsTable(moves));
    report.charts = frequencyCharts(state, rows, before, real);
    const auto frozen = gapOfRow(rows, "d2o-f"), distilled = gapOfRow(rows, "regression");
    const auto less = changeOfRow(rows, "d2o-f"), more = changeOfRow(rows, "d2o");
    report.claims = {
        {"The one-step images of D2O-F have a power spectrum nearer to that of real images than those of the "
         "distilled student (regression).",
         lowerVerdict(frozen, distilled),
         "Difference to real images in dB: " + comparedText("d2o-f", frozen, "regression", distilled)},
        {"D2O-F changes what the layers respond less than D2O does.", lowerVerdict(less, more),
         "Change over all cells in dB: " + comparedText("d2o-f", less, "d2o", more)},
        centroidClaim(moves)};
    report.notes = frequencyNotes();
    return report;
}

}  // namespace thaw
