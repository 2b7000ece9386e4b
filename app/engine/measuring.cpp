// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/measuring.h"

#include <optional>
#include <utility>

namespace thaw {
namespace {

template <class Value>
class Pieces : public RunningJob {
public:
    explicit Pieces(std::unique_ptr<Measurement<Value>> measurement) : measurement_(std::move(measurement)) {}
    bool advance(const Progress&) override { return more_ = measurement_->advance(); }
    Measured value() const override { return {measurement_->value(), measurement_->progress(), !more_}; }

private:
    std::unique_ptr<Measurement<Value>> measurement_;
    bool more_ = true;
};

// Channels come in one call.
class Channels : public RunningJob {
public:
    Channels(Session& session, ChannelsJob job) : session_(session), job_(std::move(job)) {}
    bool advance(const Progress& progress) override {
        profiles_ = session_.channelProfiles(job_.block, job_.sigma, job_.request, job_.model, progress);
        return false;
    }
    Measured value() const override { return {*profiles_, 1, true}; }

private:
    Session& session_;
    ChannelsJob job_;
    std::optional<ChannelProfiles> profiles_;
};

template <class Value>
std::unique_ptr<RunningJob> pieces(std::unique_ptr<Measurement<Value>> measurement) {
    return std::make_unique<Pieces<Value>>(std::move(measurement));
}

struct Begin {
    Session& session;
    using Job = std::unique_ptr<RunningJob>;
    Job operator()(const SweepJob& job) const { return pieces(session.layerSweep(job.request, job.model)); }
    Job operator()(const DifferenceJob& job) const {
        return pieces(session.layerDifference(job.request, job.a, job.b));
    }
    Job operator()(const TransferJob& job) const { return pieces(session.transferFunction(job.request, job.model)); }
    Job operator()(const SwapJob& job) const { return pieces(session.blockSwap(job.request, job.tuned)); }
    Job operator()(const ImagesJob& job) const { return pieces(session.imageSpectrum(job.request)); }
    Job operator()(const ChannelsJob& job) const { return std::make_unique<Channels>(session, job); }
};

bool isTuned(const ModelChoice& model) { return model.kind == ModelChoice::Kind::Tuned; }

struct NeedsTuned {
    bool operator()(const SweepJob& job) const { return isTuned(job.model); }
    bool operator()(const DifferenceJob& job) const { return isTuned(job.a) || isTuned(job.b); }
    bool operator()(const TransferJob& job) const { return isTuned(job.model); }
    bool operator()(const SwapJob& job) const { return isTuned(job.tuned); }
    bool operator()(const ImagesJob& job) const { return job.request.images.source == SampleSource::TunedOneStep; }
    bool operator()(const ChannelsJob& job) const { return isTuned(job.model); }
};

}  // namespace

std::unique_ptr<RunningJob> beginJob(Session& session, const MeasurementJob& job) {
    return std::visit(Begin{session}, job);
}

bool needsTuned(const MeasurementJob& job) { return std::visit(NeedsTuned{}, job); }

}  // namespace thaw
