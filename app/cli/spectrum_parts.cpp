// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/spectrum_kinds.h"

namespace thaw::cli {
namespace {

// One part after another at each noise level, with one bar for all. `Job` is TransferJob or ProbeJob.
template <class Job, class Value>
std::vector<Value> measureParts(Session& session, const TransferRequest& wanted, const std::vector<std::string>& parts,
                                const std::vector<double>& sigmas, const Context& context) {
    ProgressBar bar(context, "spectrum", double(parts.size() * sigmas.size()), "parts");
    std::vector<Value> values;
    for (const auto& part : parts)
        for (const double sigma : sigmas) {
            auto request = wanted;
            request.block = part;
            request.sigma = sigma;
            const auto running = beginJob(session, Job{request, {}});
            measureWithBar(*running, bar, double(values.size()), 1);
            values.push_back(std::get<Value>(running->value().value));
        }
    return values;
}

}  // namespace

void runTransfer(const SpectrumOptions& options, const Context& context) {
    const auto sigmas = chosenSigmas(options);
    Session session(context.compute);
    openSubject(session, options, context, sigmas);
    const auto parts = chosenParts(options);
    TransferRequest request;
    const auto seeds = networkSeeds(options);
    request.firstSeed = seeds.first;
    request.images = seeds.count;
    request.classes = networkClasses(options);
    if (options.probe) request.chunk = 64;
    const Stopwatch watch;
    std::vector<double> frequencies;
    if (options.probe) {
        const auto maps = measureParts<ProbeJob, FourierGainMap>(session, request, parts, sigmas, context);
        const double seconds = watch.seconds();
        writeNumbers(options.out, maps);
        return reportSpectrum(context, options, parts, sigmas, frequencies, request.images, seconds);
    }
    const auto transfers = measureParts<TransferJob, TransferFunction>(session, request, parts, sigmas, context);
    const double seconds = watch.seconds();
    for (const auto& part : transfers)
        if (part.frequencies.size() > frequencies.size()) frequencies = part.frequencies;
    writeNumbers(options.out, transfers);
    reportSpectrum(context, options, parts, sigmas, frequencies, request.images, seconds);
}

void runSwap(const SpectrumOptions& options, const Context& context) {
    const auto sigmas = chosenSigmas(options);
    Session session(context.compute);
    openSubject(session, options, context, sigmas);
    BlockSwapRequest request;
    request.blocks = chosenModules(options);
    request.sigmas = sigmas;
    request.classes = networkClasses(options);
    const auto seeds = seedRange(options, 16);
    request.firstSeed = seeds.first;
    request.images = seeds.count;
    const Stopwatch watch;
    const ModelChoice pretrained{ModelChoice::Kind::File, options.against.empty() ? "builtin" : options.against};
    const auto running = beginJob(session, SwapJob{request, {}, pretrained});
    {
        ProgressBar bar(context, "spectrum", 100, "%");
        measureWithBar(*running, bar, 0, 100);
    }
    const auto table = std::get<BlockSwapTable>(running->value().value);
    const double seconds = watch.seconds();
    writeNumbers(options.out, table);
    reportSpectrum(context, options, table.blocks, sigmas, table.frequencies, request.images, seconds,
                   {{"against", table.against}});
}

}  // namespace thaw::cli
