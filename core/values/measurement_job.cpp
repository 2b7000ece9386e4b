// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/measurement_job.h"

namespace thaw {
namespace {

bool isTuned(const ModelChoice& model) { return model.kind == ModelChoice::Kind::Tuned; }

struct NeedsTuned {
    bool operator()(const SpectrumJob& job) const { return isTuned(job.model); }
    bool operator()(const SweepJob& job) const { return isTuned(job.model); }
    bool operator()(const DifferenceJob& job) const { return isTuned(job.a) || isTuned(job.b); }
    bool operator()(const ChannelsJob& job) const { return isTuned(job.model); }
    bool operator()(const TransferJob& job) const { return isTuned(job.model); }
    bool operator()(const ProbeJob& job) const { return isTuned(job.model); }
    bool operator()(const SwapJob& job) const { return isTuned(job.tuned) || isTuned(job.pretrained); }
    bool operator()(const ImagesJob& job) const { return job.request.images.source == SampleSource::TunedOneStep; }
};

}  // namespace

bool needsTuned(const MeasurementJob& job) { return std::visit(NeedsTuned{}, job); }

}  // namespace thaw
