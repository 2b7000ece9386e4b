// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/spectrum_figure.h"
#include "app/cli/spectrum_kinds.h"

#include "core/nn/responses.h"
#include "core/spectral/block_swap.h"
#include "core/spectral/transfer_measurement.h"

namespace thaw::cli {
namespace {

// One part after another at each noise level, with one bar for all.
template <class Measured, class Value>
std::vector<Value> measureParts(const SpectrumSubject& subject, const TransferRequest& wanted,
                                const std::vector<std::string>& blocks, const std::vector<double>& sigmas,
                                const Context& context) {
    const double total = double(blocks.size() * sigmas.size());
    ProgressBar bar(context, "spectrum", total, "parts");
    std::vector<Value> values;
    for (const auto& block : blocks)
        for (const double sigma : sigmas) {
            auto request = wanted;
            request.block = block;
            request.sigma = sigma;
            Measured measurement(networkPart(subject.denoiser, subject.data, request), request, subject.title());
            measureWithBar(measurement, bar, double(values.size()), 1);
            values.push_back(measurement.value());
        }
    return values;
}

// The mapping layers too: globs over all top-level modules.
std::vector<std::string> chosenModules(const Denoiser& denoiser, const std::string& globs) {
    if (globs.empty()) return {};
    std::vector<std::string> chosen;
    const auto plan = parseFreezePlan(globs == "all" ? "*" : globs);
    for (const auto& block : denoiser->model->blocks())
        if (isFrozen(plan, block.name)) chosen.push_back(block.name);
    if (chosen.empty())
        throw Error(ErrorCode::Configuration,
                    "the spectrum: blocks has '" + globs + "', which matches no block of this model.",
                    "'thaw-cli info' lists the blocks.");
    return chosen;
}

}  // namespace

void runTransfer(const SpectrumOptions& options, const Context& context, const ComputeDevice& compute) {
    const auto sigmas = parseSigmas(options.sigma.empty() ? "80" : options.sigma);
    const auto subject = openSubject(options, context, compute, sigmas);
    std::vector<std::string> blocks{""};
    if (!options.blocks.empty()) blocks = chooseResponses(subject.denoiser->config(), options.blocks);
    for (auto& block : blocks)
        if (block == "output") block.clear();
    TransferRequest request;
    const auto seeds = seedRange(options, options.probe ? 4 : 16);
    request.firstSeed = seeds.first;
    request.images = seeds.count;
    if (options.probe) request.chunk = 64;
    const Stopwatch watch;
    std::vector<double> frequencies;
    if (options.probe) {
        const auto maps = measureParts<FourierProbe, FourierGainMap>(subject, request, blocks, sigmas, context);
        const double seconds = watch.seconds();
        writeProbeFigure(options.out, maps);
        return reportSpectrum(context, options, blocks, sigmas, frequencies, request.images, seconds);
    }
    const auto transfers =
        measureParts<TransferMeasurement, TransferFunction>(subject, request, blocks, sigmas, context);
    const double seconds = watch.seconds();
    for (const auto& part : transfers)
        if (part.frequencies.size() > frequencies.size()) frequencies = part.frequencies;
    writeTransferFigure(options.out, transfers);
    reportSpectrum(context, options, blocks, sigmas, frequencies, request.images, seconds);
}

void runSwap(const SpectrumOptions& options, const Context& context, const ComputeDevice& compute) {
    const auto sigmas = parseSigmas(options.sigma.empty() ? "80" : options.sigma);
    const auto subject = openSubject(options, context, compute, sigmas);
    const auto pretrained = openOther(options.against.empty() ? "builtin" : options.against, compute);
    BlockSwapRequest request;
    request.blocks = chosenModules(subject.denoiser, options.blocks);
    request.sigmas = sigmas;
    const auto seeds = seedRange(options, 16);
    request.firstSeed = seeds.first;
    request.images = seeds.count;
    const Stopwatch watch;
    BlockSwap swap(subject.denoiser, pretrained.denoiser, subject.data, request, subject.title(), pretrained.title());
    {
        ProgressBar bar(context, "spectrum", 100, "%");
        measureWithBar(swap, bar, 0, 100);
    }
    const auto table = swap.value();
    const double seconds = watch.seconds();
    writeSwapFigure(options.out, table);
    reportSpectrum(context, options, table.blocks, sigmas, table.frequencies, request.images, seconds,
                   {{"against", pretrained.title()}});
}

}  // namespace thaw::cli
