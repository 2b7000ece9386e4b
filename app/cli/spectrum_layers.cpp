// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/spectrum_kinds.h"

#include "core/values/freeze_plan.h"

namespace thaw::cli {
namespace {

LayerSweepRequest sweepRequest(const SpectrumOptions& options, const std::vector<double>& sigmas) {
    LayerSweepRequest request;
    request.blocks = chosenResponses(options);
    request.sigmas = sigmas;
    const auto seeds = seedRange(options, 16);
    request.firstSeed = seeds.first;
    request.images = seeds.count;
    request.removeMean = options.removeMean;
    request.hannWindow = options.hann;
    request.classes = networkClasses(options);
    return request;
}

template <class Table>
struct MeasuredTable {
    Table table;
    double firstPicture = -1;  // seconds until every noise level had been measured once
    double seconds = 0;
};

template <class Table>
MeasuredTable<Table> measureTable(Session& session, const MeasurementJob& job, const LayerSweepRequest& request,
                                  const Context& context) {
    const Stopwatch watch;
    MeasuredTable<Table> measured;
    const auto running = beginJob(session, job);
    {
        const double total = double(request.sigmas.size()) * request.images;
        ProgressBar bar(context, "spectrum", total, "img");
        std::size_t pieces = 0;
        measureWithBar(*running, bar, 0, total, [&] {
            if (++pieces == request.sigmas.size()) measured.firstPicture = watch.seconds();
        });
    }
    measured.table = std::get<Table>(running->value().value);
    measured.seconds = watch.seconds();
    return measured;
}

void runChannels(const SpectrumOptions& options, const Context& context, Session& session,
                 const LayerSweepRequest& request) {
    requireOneMap(request.blocks, request.sigmas);
    const ChannelsJob job{request.blocks.front(), request.sigmas.front(), request, {}};
    const auto measured = measureTable<ChannelProfiles>(session, job, request, context);
    writeNumbers(options.out, measured.table);
    reportSpectrum(context, options, request.blocks, request.sigmas, measured.table.frequencies, measured.table.images,
                   measured.seconds, {{"channels", measured.table.power.size()}});
}

}  // namespace

void runLayers(const SpectrumOptions& options, const Context& context) {
    const bool bands = options.kind == "bands";
    const auto sigmas = chosenSigmas(options);
    Session session(context.compute);
    openSubject(session, options, context, sigmas);
    const auto request = sweepRequest(options, sigmas);
    if (options.channels) return runChannels(options, context, session, request);
    const auto plan = chosenPlan(options, session.files().model());
    const auto measured = measureTable<LayerSweepTable>(session, SweepJob{request, {}}, request, context);
    const auto& table = measured.table;
    if (!options.responses.empty()) writeResponses(session, options, request.blocks, sigmas);
    if (!options.freeze.empty()) {
        const auto profiles = frozenAgainstTrainable(table, plan, session.files().model());
        writeNumbers(options.out, profiles);
        return reportSpectrum(context, options, table.blocks, sigmas, table.frequencies, request.images,
                              measured.seconds,
                              {{"frozen_rows", profiles.frozenRows}, {"trainable_rows", profiles.trainableRows}});
    }
    if (bands && endingOf(options.out) == ".csv") writeText(options.out, bandsCsvOf(table));
    else writeNumbers(options.out, table);
    nlohmann::ordered_json more{{"first_picture_seconds", measured.firstPicture}};
    if (bands) more["band_edges"] = table.bandEdges;
    reportSpectrum(context, options, table.blocks, sigmas, table.frequencies, request.images, measured.seconds, more);
}

void runDifference(const SpectrumOptions& options, const Context& context) {
    const auto sigmas = chosenSigmas(options);
    Session session(context.compute);
    openSubject(session, options, context, sigmas);
    auto request = sweepRequest(options, sigmas);
    if (options.blocks.empty() && !options.operations) request.blocks.clear();  // what both have
    const DifferenceJob job{request, {}, {ModelChoice::Kind::File, options.against}};
    const auto measured = measureTable<LayerDifferenceTable>(session, job, request, context);
    const auto& table = measured.table;
    writeNumbers(options.out, table);
    std::size_t significant = 0;
    for (std::size_t cell = 0; cell < table.q.size(); ++cell) significant += table.significant(cell);
    reportSpectrum(context, options, table.blocks, sigmas, table.frequencies, request.images, measured.seconds,
                   {{"first_picture_seconds", measured.firstPicture},
                    {"against", options.against},
                    {"significant_cells", significant},
                    {"significant_q", kSignificanceLevel},
                    {"smallest_difference_db", kSmallestDifferenceDb}});
}

}  // namespace thaw::cli
