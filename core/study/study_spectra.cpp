// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_spectra.h"

#include "core/lab/image_set.h"
#include "core/lab/measuring.h"

#include <algorithm>
#include <memory>
#include <variant>

namespace thaw {
namespace {

ImagePowerResult powerFrom(const ImageSpectrumTable& table) {
    return {table.title, table.profile.frequency, table.profile.power, table.deviation, table.images};
}

}  // namespace

ResponsesResult measureResponses(Session& session, const std::string& run, const ResponsesJob& job,
                                 const Progress& progress) {
    SweepJob sweep;
    for (const auto& response : responsesOf(session))
        if (response.operation.empty()) sweep.request.blocks.push_back(response.name);
    sweep.request.sigmas = job.sigmas;
    sweep.request.images = job.images;
    if (!run.empty()) sweep.model = {ModelChoice::Kind::File, run};
    const auto table = std::get<LayerSweepTable>(measureJob(session, sweep, progress));
    return {table.blocks,
            table.sigmas,
            table.frequencies,
            table.power,
            table.centroid,
            table.centroidDeviation,
            std::int64_t(job.images)};
}

ImagePowerResult measureSamplePower(const SampledModel& model, const std::vector<std::uint64_t>& seeds,
                                    const ComputeOptions& compute, const Progress& progress) {
    ImageSetRequest request;
    request.model = model.model;
    request.sampler = model.sampler;
    request.seeds = seeds;
    request.compute = compute;
    return powerFrom(measureImageSet(request, {}, progress).table);
}

ImagePowerResult measureRealPower(Session& session, int images, const Progress& progress) {
    std::unique_ptr<Session> test;  // so that the data of the study stay open
    if (session.files().data().path == "builtin") {
        test = session.another();
        DatasetOptions options;
        options.part = "t10k";
        test->files().openData("builtin", options);
    }
    Session& source = test ? *test : session;
    const auto count = source.files().data().count;
    const auto chosen = std::min<std::int64_t>(images, count);
    ImagesJob job;
    job.request.images.source = SampleSource::RealData;
    for (std::int64_t i = 0; i < chosen; ++i) job.request.images.seeds.push_back(std::uint64_t(i * count / chosen));
    return powerFrom(std::get<ImageSpectrumTable>(measureJob(source, job, progress)));
}

}  // namespace thaw
