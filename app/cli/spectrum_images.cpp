// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/spectrum_kinds.h"

#include "app/cli/data_options.h"
#include "core/lab/image_set.h"

namespace thaw::cli {

using Json = nlohmann::ordered_json;

void runImages(const SpectrumOptions& options, const Context& context) {
    requireImages(options);
    const Stopwatch watch;
    ImageSetRequest request;
    request.model = options.model;
    request.images = options.images;
    request.data = options.data;
    request.limit = options.num.value_or(1000);
    if (!options.model.empty()) request.seeds = imageSeeds(options);
    ModelSampling sampling{options.sampler.samplerFor({}), 0, {}};
    if (!options.model.empty()) sampling = samplingOf(options.model, options.sampler, context);
    request.sampler = sampling.sampler;
    request.labels = options.sampler.classes();
    request.classes = options.sampler.classChoice().value_or(ClassChoice());
    request.batch = options.sampler.batch;
    request.styleGan3 = options.styleGan3;
    request.compute = context.compute;
    const auto bar = barProgress(context, samplerTitle(request.sampler),
                                 double(std::max<std::size_t>(request.seeds.size(), 1)), "img");
    const bool samples = !request.model.empty();
    const auto measured = measureImageSet(request, dataProgress(context),
                                          [&](double share) { return samples ? bar(share) : !interrupted(); });
    sayNotes(context, measured.notes);
    const auto& table = measured.table;
    if (!samples && options.num && table.images < *options.num)
        throw Error(
            ErrorCode::Configuration,
            "--num is " + std::to_string(*options.num) + ", but there are " + std::to_string(table.images) + " images.",
            "Choose fewer, or leave --num out.");
    const double seconds = watch.seconds();
    writeNumbers(options.out, table);
    reportSpectrum(context, options, {}, {}, table.profile.frequency, table.spectrum.maps, seconds,
                   {{"slope", table.slope},
                    {"centroid", table.centroid},
                    {"sampler", samples ? Json(samplerTitle(request.sampler)) : Json()},
                    {"labels", sampling.labels}});
}

}  // namespace thaw::cli
