// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/panel_kinds.h"

#include <utility>

namespace thaw {
namespace {

using Sides = std::vector<PanelSide>;
using Parts = std::vector<PanelPart>;
using Against = std::optional<ModelChoice>;

Sides noSides(const PanelRecipe&, bool) { return {}; }
Sides chosenSide(const PanelRecipe& panel, bool) { return {panel.side}; }
Sides sideB(const PanelRecipe&, bool) { return {PanelSide::B}; }
Sides bothSides(const PanelRecipe&, bool hasAgainst) {
    return hasAgainst ? Sides{PanelSide::A, PanelSide::B} : Sides{PanelSide::A};
}
// A difference in dB is measured on the same inputs, as one thing.
Sides bothOrDifference(const PanelRecipe& panel, bool hasAgainst) {
    return panel.side == PanelSide::Difference ? Sides{PanelSide::Difference} : bothSides(panel, hasAgainst);
}
// The difference of two spectra is that of two measurements.
Sides oneOrBoth(const PanelRecipe& panel, bool) {
    return panel.side == PanelSide::Difference ? Sides{PanelSide::A, PanelSide::B} : Sides{panel.side};
}
// There is no difference of it: B is shown instead.
Sides oneSide(const PanelRecipe& panel, bool) { return {panel.side == PanelSide::A ? PanelSide::A : PanelSide::B}; }

// What asks for a side of the network; a part for every side that there is a model for.
template <class JobOf>
Parts partsOfSides(const PanelRecipe& panel, const Against& against, JobOf&& jobOf) {
    Parts parts;
    for (const PanelSide side : sidesOf(panel, bool(against))) {
        if (side != PanelSide::A && !against) continue;
        const ModelChoice model = side == PanelSide::A ? ModelChoice() : *against;
        parts.push_back({jobOf(side, model), side});
    }
    return parts;
}

LayerSweepRequest sweepAt(const PanelRecipe& panel, std::vector<double> sigmas) {
    LayerSweepRequest request;
    request.sigmas = std::move(sigmas);
    request.images = panel.images;
    request.firstSeed = panel.firstSeed;
    request.removeMean = panel.removeMean;
    request.hannWindow = panel.hannWindow;
    request.classes = panel.classes;
    request.blocks = panel.responses;
    return request;
}
LayerSweepRequest sweepAtItsLevel(const PanelRecipe& panel) { return sweepAt(panel, {panel.sigma}); }
LayerSweepRequest sweepAtAllLevels(const PanelRecipe& panel) {
    return sweepAt(panel, panel.sigmas.empty() ? logSpacedSigmas() : panel.sigmas);
}

MeasurementJob sweepJob(const LayerSweepRequest& request, PanelSide side, const ModelChoice& model) {
    if (side == PanelSide::Difference) return DifferenceJob{request, model, {}};
    return SweepJob{request, model};
}

Parts allLevelsOf(const PanelRecipe& panel, const Against& against) {
    return partsOfSides(panel, against, [&](PanelSide side, const ModelChoice& model) {
        return sweepJob(sweepAtAllLevels(panel), side, model);
    });
}

std::optional<SampleRequest> samplesOf(const PanelRecipe& panel, SampleSource source, int steps,
                                       const Against& against) {
    SampleRequest request;
    request.source = source;
    request.steps = steps;
    request.classes = panel.classes;
    request.surgery = source == SampleSource::RealData ? std::vector<BandFilter>() : panel.surgery;
    for (int k = 0; k < panel.images; ++k) request.seeds.push_back(panel.firstSeed + std::uint64_t(k));
    if (source == SampleSource::TunedOneStep) {
        if (!against) return {};
        if (against->kind == ModelChoice::Kind::File) {
            request.source = SampleSource::OtherModel;
            request.path = against->path;
            request.steps = kGeneratorSteps;
        }
    }
    return request;
}

std::optional<MeasurementJob> imagesJob(const PanelRecipe& panel, SampleSource source, int steps,
                                        const Against& against) {
    auto samples = samplesOf(panel, source, steps, against);
    if (!samples) return {};
    samples->surgery.clear();
    // A few at a time where each takes many steps, so that pieces stay short.
    return ImagesJob{{*samples, panel.styleGan3, steps != 1 ? 8 : 64}};
}

Parts oneLevelOf(const PanelRecipe& panel, const Against& against) {
    Parts parts = partsOfSides(panel, against, [&](PanelSide side, const ModelChoice& model) {
        return sweepJob(sweepAtItsLevel(panel), side, model);
    });
    for (PanelPart& part : parts) {
        const ModelChoice model = part.side == PanelSide::A ? ModelChoice() : *against;
        part.allLevels = sweepJob(sweepAtAllLevels(panel), part.side, model);
    }
    if (showsRealDataBeside(panel) && panel.side != PanelSide::Difference)
        if (const auto job = imagesJob(panel, SampleSource::RealData, 1, against)) parts.push_back({*job});
    return parts;
}

Parts spectraOf(const PanelRecipe& panel, const Against& against) {
    if (panel.block.empty()) return {};
    return partsOfSides(panel, against, [&](PanelSide, const ModelChoice& model) -> MeasurementJob {
        return SpectrumJob{panel.block, panel.sigma, panel.images, panel.firstSeed, model, panel.classes};
    });
}

Parts channelsOf(const PanelRecipe& panel, const Against& against) {
    if (panel.block.empty()) return {};
    return partsOfSides(panel, against, [&](PanelSide, const ModelChoice& model) -> MeasurementJob {
        return ChannelsJob{panel.block, panel.sigma, sweepAtItsLevel(panel), model};
    });
}

TransferRequest transferRequestOf(const PanelRecipe& panel) {
    TransferRequest request;
    request.block = panel.block;
    request.classes = panel.classes;
    request.sigma = panel.sigma;
    request.images = panel.images;
    request.firstSeed = panel.firstSeed;
    return request;
}

Parts transfersOf(const PanelRecipe& panel, const Against& against) {
    const TransferRequest request = transferRequestOf(panel);
    return partsOfSides(panel, against, [&](PanelSide, const ModelChoice& model) -> MeasurementJob {
        return TransferJob{request, model};
    });
}

// One batch of basis images after another, as `thaw-cli spectrum` takes them.
Parts probesOf(const PanelRecipe& panel, const Against& against) {
    TransferRequest request = transferRequestOf(panel);
    request.chunk = 64;
    return partsOfSides(panel, against, [&](PanelSide, const ModelChoice& model) -> MeasurementJob {
        return ProbeJob{request, model};
    });
}

Parts swapsOf(const PanelRecipe& panel, const Against& against) {
    BlockSwapRequest request;
    request.blocks = panel.responses;
    request.sigmas = {panel.sigma};
    request.classes = panel.classes;
    request.images = panel.images;
    request.firstSeed = panel.firstSeed;
    return partsOfSides(panel, against, [&](PanelSide, const ModelChoice& model) -> MeasurementJob {
        return SwapJob{request, model, {}};
    });
}

Parts imageSpectraOf(const PanelRecipe& panel, const Against& against) {
    Parts parts;
    for (std::size_t i = 0; i < panel.columns.size(); ++i)
        if (const auto job = imagesJob(panel, panel.columns[i].first, panel.columns[i].second, against))
            parts.push_back({*job, PanelSide::A, i});
    return parts;
}

Parts sampleColumnsOf(const PanelRecipe& panel, const Against& against) {
    Parts parts;
    for (std::size_t i = 0; i < panel.columns.size(); ++i)
        if (const auto request = samplesOf(panel, panel.columns[i].first, panel.columns[i].second, against))
            parts.push_back({*request, PanelSide::A, i});
    return parts;
}

Parts runLogsOf(const PanelRecipe& panel, const Against&) {
    Parts parts;
    for (std::size_t i = 0; i < panel.runs.size(); ++i)
        parts.push_back({RunLogRequest{panel.runs[i]}, PanelSide::A, i});
    return parts;
}

Parts studyChartsOf(const PanelRecipe& panel, const Against&) {
    Parts parts;
    for (const auto& folder : panel.runs)
        parts.push_back({StudyChartRequest{folder, panel.curve}, PanelSide::A, parts.size()});
    return parts;
}

using Subject = PanelKindEntry::Subject;
using Blocks = PanelKindEntry::Blocks;
using Levels = PanelKindEntry::Levels;

}  // namespace

// clang-format off
const std::vector<PanelKindEntry>& panelKinds() {
    static const std::vector<PanelKindEntry> kinds{
        // kind, word, subject, blocks, levels, sides, difference, always compares, real data beside, on the page, sides, parts
        {PanelKind::Blocks, "blocks", Subject::Network, Blocks::All, Levels::One,
         true, true, false, false, true, chosenSide, oneLevelOf},
        {PanelKind::Sigmas, "sigmas", Subject::Network, Blocks::One, Levels::Several,
         true, true, false, false, true, chosenSide, allLevelsOf},
        {PanelKind::Spectrum, "spectrum", Subject::Network, Blocks::One, Levels::One,
         true, true, false, false, true, oneOrBoth, spectraOf},
        {PanelKind::Profile, "profile", Subject::Network, Blocks::One, Levels::One,
         true, true, false, true, true, bothOrDifference, oneLevelOf},
        {PanelKind::Channels, "channels", Subject::Network, Blocks::One, Levels::One,
         true, false, false, false, true, oneSide, channelsOf},
        {PanelKind::Frozen, "frozen", Subject::Network, Blocks::None, Levels::One,
         true, false, false, false, true, oneSide, oneLevelOf},
        {PanelKind::Transfer, "transfer", Subject::Network, Blocks::OneOrWhole, Levels::One,
         false, false, false, false, true, bothSides, transfersOf},
        {PanelKind::Swap, "swap", Subject::Network, Blocks::None, Levels::One,
         false, false, true, false, true, sideB, swapsOf},
        {PanelKind::Bands, "bands", Subject::Network, Blocks::All, Levels::One,
         true, false, false, false, false, oneSide, oneLevelOf},
        {PanelKind::Probe, "probe", Subject::Network, Blocks::OneOrWhole, Levels::One,
         true, false, false, false, false, oneSide, probesOf},
        {PanelKind::Images, "images", Subject::Images, Blocks::None, Levels::None,
         false, false, false, false, true, noSides, imageSpectraOf},
        {PanelKind::Samples, "samples", Subject::Images, Blocks::None, Levels::None,
         false, false, false, false, false, noSides, sampleColumnsOf},
        {PanelKind::Curves, "curves", Subject::Runs, Blocks::None, Levels::None,
         false, false, false, false, false, noSides, runLogsOf},
        {PanelKind::Study, "study", Subject::Study, Blocks::None, Levels::None,
         false, false, false, false, false, noSides, studyChartsOf}};
    return kinds;
}
// clang-format on

const PanelKindEntry& entryOf(PanelKind kind) { return panelKinds().at(std::size_t(kind)); }

const char* wordOf(PanelKind kind) { return entryOf(kind).word; }

std::optional<PanelKind> panelKindOf(const std::string& word) {
    for (const PanelKindEntry& entry : panelKinds())
        if (entry.word == word) return entry.kind;
    return {};
}

std::vector<PanelPart> panelParts(const PanelRecipe& panel, const std::optional<ModelChoice>& against) {
    return entryOf(panel.kind).parts(panel, against);
}

int slotOf(const PanelPart& part) {
    constexpr int kPlaces = 1000;  // more columns than a panel can show
    const MeasurementJob* job = part.job();
    const int kind = job ? int(job->index()) : int(std::variant_size_v<MeasurementJob>);
    return kind * kPlaces + int(part.side) + int(part.place % (kPlaces / 4)) * 4;
}

std::vector<PanelSide> sidesOf(const PanelRecipe& panel, bool hasAgainst) {
    return entryOf(panel.kind).sides(panel, hasAgainst);
}

bool showsRealDataBeside(const PanelRecipe& panel) {
    return entryOf(panel.kind).realDataBeside && panel.realData && panel.block == "output";
}

}  // namespace thaw
