// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/panel_jobs.h"

namespace thaw {
namespace {

LayerSweepRequest sweepOf(const PanelRecipe& panel, bool all) {
    LayerSweepRequest request;
    request.sigmas = all ? panel.sigmas : std::vector<double>{panel.sigma};
    if (all && panel.sigmas.empty()) request.sigmas = logSpacedSigmas();
    request.images = panel.images;
    request.firstSeed = panel.firstSeed;
    request.removeMean = panel.removeMean;
    request.hannWindow = panel.hannWindow;
    request.blocks = panel.responses;
    return request;
}

}  // namespace

std::optional<MeasurementJob> panelJob(const PanelRecipe& panel, PanelSide side,
                                       const std::optional<ModelChoice>& against) {
    if (side != PanelSide::A && !against) return {};
    const ModelChoice model = side == PanelSide::A ? ModelChoice() : *against;
    switch (panel.kind) {
    case PanelKind::Blocks:
    case PanelKind::Profile:
    case PanelKind::Frozen:
    case PanelKind::Sigmas: {
        const LayerSweepRequest request = sweepOf(panel, panel.kind == PanelKind::Sigmas);
        if (side == PanelSide::Difference) return DifferenceJob{request, *against, {}};
        return SweepJob{request, model};
    }
    case PanelKind::Channels:
        if (panel.block.empty()) return {};
        return ChannelsJob{panel.block, panel.sigma, sweepOf(panel, false), model};
    case PanelKind::Transfer: {
        TransferRequest request;
        request.block = panel.block;
        request.sigma = panel.sigma;
        request.images = panel.images;
        request.firstSeed = panel.firstSeed;
        return TransferJob{request, model};
    }
    case PanelKind::Swap: {
        if (!against) return {};
        BlockSwapRequest request;
        request.sigmas = {panel.sigma};
        request.images = panel.images;
        request.firstSeed = panel.firstSeed;
        return SwapJob{request, *against};
    }
    default: return {};
    }
}

std::optional<SpectrumRequest> panelSpectrum(const PanelRecipe& panel, PanelSide side,
                                             const std::optional<ModelChoice>& against) {
    if (panel.block.empty() || (side == PanelSide::B && !against)) return {};
    SpectrumRequest request;
    request.block = panel.block;
    request.sigma = panel.sigma;
    request.images = panel.images;
    request.firstSeed = panel.firstSeed;
    if (side == PanelSide::B) {
        request.tuned = against->kind == ModelChoice::Kind::Tuned;
        request.other = against->path;
    }
    return request;
}

std::optional<SampleRequest> panelSamples(const PanelRecipe& panel, SampleSource source, int steps,
                                          const std::optional<ModelChoice>& against) {
    SampleRequest request;
    request.source = source;
    request.steps = steps;
    request.surgery = source == SampleSource::RealData ? std::vector<BandFilter>() : panel.surgery;
    for (int k = 0; k < panel.images; ++k) request.seeds.push_back(panel.firstSeed + std::uint64_t(k));
    if (source == SampleSource::TunedOneStep) {
        if (!against) return {};
        if (against->kind == ModelChoice::Kind::File) {
            request.source = SampleSource::OtherModel;
            request.path = against->path;
        }
    }
    return request;
}

std::optional<ImagesJob> panelImages(const PanelRecipe& panel, SampleSource source, int steps,
                                     const std::optional<ModelChoice>& against) {
    const auto samples = panelSamples(panel, source, steps, against);
    if (!samples) return {};
    ImagesJob job;
    job.request.images = *samples;
    job.request.images.surgery.clear();
    job.request.styleGan3 = panel.styleGan3;
    // A few at a time where each takes many steps, so that pieces stay short.
    job.request.chunk = steps > 1 ? 8 : 64;
    return job;
}

std::vector<PanelSide> sidesOf(const PanelRecipe& panel, bool hasAgainst) {
    switch (panel.kind) {
    case PanelKind::Profile:
    case PanelKind::Transfer:
        if (panel.kind == PanelKind::Profile && panel.side == PanelSide::Difference) break;
        return hasAgainst ? std::vector{PanelSide::A, PanelSide::B} : std::vector{PanelSide::A};
    case PanelKind::Spectrum:
        if (panel.side == PanelSide::Difference) return {PanelSide::A, PanelSide::B};
        break;
    case PanelKind::Swap: return {PanelSide::B};
    case PanelKind::Channels:
    case PanelKind::Frozen:
        if (panel.side == PanelSide::Difference) return {PanelSide::B};
        break;
    case PanelKind::Images:
    case PanelKind::ImagePlane:
    case PanelKind::Samples:
    case PanelKind::Curves: return {};
    case PanelKind::Blocks:
    case PanelKind::Sigmas: break;
    }
    return {panel.side};
}

}  // namespace thaw
