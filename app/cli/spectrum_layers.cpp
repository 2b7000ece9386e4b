// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/spectrum_figure.h"
#include "app/cli/spectrum_kinds.h"

#include "core/io/npz.h"
#include "core/nn/responses.h"
#include "core/spectral/layer_difference.h"
#include "core/spectral/response_export.h"

#include <algorithm>

namespace thaw::cli {
namespace {

LayerSweepRequest requestOf(const SpectrumOptions& options, const Denoiser& denoiser,
                            const std::vector<double>& sigmas) {
    LayerSweepRequest request;
    request.blocks =
        chooseResponses(denoiser->config(), options.blocks.empty() ? "*" : options.blocks, options.operations);
    request.sigmas = sigmas;
    const auto seeds = seedRange(options, 16);
    request.firstSeed = seeds.first;
    request.images = seeds.count;
    request.removeMean = options.removeMean;
    request.hannWindow = options.hann;
    return request;
}

// Runs it, and notes when a picture of every noise level could first be drawn.
template <class Sweep>
double measureSweep(Sweep& sweep, const Context& context, const LayerSweepRequest& request, const Stopwatch& watch) {
    const double total = double(request.sigmas.size()) * request.images;
    ProgressBar bar(context, "spectrum", total, "img");
    double firstPicture = -1;
    std::size_t pieces = 0;
    measureWithBar(sweep, bar, 0, total, [&] {
        if (++pieces != request.sigmas.size()) return;
        sweep.value();
        firstPicture = watch.seconds();
    });
    return firstPicture;
}

void runChannels(const SpectrumOptions& options, const Context& context, const SpectrumSubject& subject,
                 const LayerSweepRequest& request) {
    if (request.blocks.size() != 1 || request.sigmas.size() != 1)
        throw Error(ErrorCode::Usage,
                    "--channels shows one block at one noise level, not " + std::to_string(request.blocks.size()) +
                        " at " + std::to_string(request.sigmas.size()) + ".",
                    "Name one with --blocks and --sigma.");
    const Stopwatch watch;
    auto denoiser = subject.denoiser;
    const auto profiles = channelProfiles(denoiser, subject.data, request.blocks.front(), request.sigmas.front(),
                                          request, [](double) { return !interrupted(); });
    const double seconds = watch.seconds();
    writeChannelFigure(options.out, profiles);
    reportSpectrum(context, options, request.blocks, request.sigmas, profiles.frequencies, profiles.images, seconds,
                   {{"channels", profiles.power.size()}});
}

}  // namespace

void runLayers(const SpectrumOptions& options, const Context& context, const ComputeDevice& compute) {
    const bool bands = options.kind == "bands";
    const auto sigmas =
        options.sigma.empty() ? (bands ? logSpacedSigmas() : std::vector<double>{80}) : parseSigmas(options.sigma);
    const auto subject = openSubject(options, context, compute, sigmas);
    const auto request = requestOf(options, subject.denoiser, sigmas);
    if (options.channels) return runChannels(options, context, subject, request);
    const auto plan = parseFreezePlan(options.freeze);
    for (const auto& pattern : unmatchedPatterns(plan, subject.summary.allParameters()))
        throw Error(ErrorCode::Configuration, "--freeze has '" + pattern + "', which matches no parameter.",
                    "'thaw-cli info' lists them.");
    const Stopwatch watch;
    LayerSweep sweep(subject.denoiser, subject.data, request, subject.title());
    const double firstPicture = measureSweep(sweep, context, request, watch);
    const auto table = sweep.value();
    const double seconds = watch.seconds();
    if (!options.responses.empty()) {
        auto denoiser = subject.denoiser;
        writeNpz(options.responses, exportResponses(denoiser, subject.data, request.blocks, sigmas.front(),
                                                    request.firstSeed, request.images));
    }
    if (!options.freeze.empty()) {
        const auto profiles = frozenAgainstTrainable(table, plan, subject.summary);
        writeFrozenFigure(options.out, profiles, subject.title());
        return reportSpectrum(context, options, table.blocks, sigmas, table.frequencies, request.images, seconds,
                              {{"frozen_rows", profiles.frozenRows}, {"trainable_rows", profiles.trainableRows}});
    }
    bands ? writeBandFigure(options.out, table) : writeLayerFigure(options.out, table);
    nlohmann::ordered_json more{{"first_picture_seconds", firstPicture}};
    if (bands) more["band_edges"] = table.bandEdges;
    reportSpectrum(context, options, table.blocks, sigmas, table.frequencies, request.images, seconds, more);
}

void runDifference(const SpectrumOptions& options, const Context& context, const ComputeDevice& compute) {
    const auto sigmas = parseSigmas(options.sigma.empty() ? "80" : options.sigma);
    const auto subject = openSubject(options, context, compute, sigmas);
    const auto other = openOther(options.against, compute);
    auto request = requestOf(options, subject.denoiser, sigmas);
    if (options.blocks.empty() && !options.operations) request.blocks.clear();  // what both have
    const Stopwatch watch;
    LayerDifference difference(subject.denoiser, other.denoiser, subject.data, request, subject.title(), other.title());
    const double firstPicture = measureSweep(difference, context, request, watch);
    const auto table = difference.value();
    const double seconds = watch.seconds();
    writeDifferenceFigure(options.out, table);
    const auto significant = std::count_if(table.q.begin(), table.q.end(), [](double q) { return q <= 0.05; });
    reportSpectrum(
        context, options, table.blocks, sigmas, table.frequencies, request.images, seconds,
        {{"first_picture_seconds", firstPicture}, {"against", options.against}, {"significant_cells", significant}});
}

}  // namespace thaw::cli
