// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lab/measuring.h"

#include "core/io/open_model.h"
#include "core/nn/responses.h"
#include "core/session/open_files_impl.h"
#include "core/spectral/block_swap.h"
#include "core/spectral/image_spectrum.h"
#include "core/spectral/layer_difference.h"
#include "core/spectral/layer_response.h"
#include "core/spectral/layer_sweep.h"
#include "core/spectral/transfer_measurement.h"

#include <torch/torch.h>

#include <optional>
#include <utility>

namespace thaw {
namespace {

using Running = std::unique_ptr<RunningJob>;

template <class Measuring>
class Pieces : public RunningJob {
public:
    template <class... Arguments>
    explicit Pieces(Arguments&&... arguments) : measurement_(std::forward<Arguments>(arguments)...) {}
    bool advance(const Progress&) override { return more_ = measurement_.advance(); }
    double share() const override { return measurement_.progress(); }
    Measured value() const override { return {measurement_.value(), share(), !more_}; }

private:
    Measuring measurement_;
    bool more_ = true;
};

template <class Measuring, class... Arguments>
Running pieces(Arguments&&... arguments) {
    return std::make_unique<Pieces<Measuring>>(std::forward<Arguments>(arguments)...);
}

// All channels come in one piece.
class Channels : public RunningJob {
public:
    Channels(Denoiser denoiser, Dataset data, ChannelsJob job)
        : denoiser_(std::move(denoiser)), data_(std::move(data)), job_(std::move(job)) {}
    bool advance(const Progress& progress) override {
        if (!profiles_) profiles_ = channelProfiles(denoiser_, data_, job_.block, job_.sigma, job_.request, progress);
        return false;
    }
    double share() const override { return profiles_ ? 1 : 0; }
    Measured value() const override {
        return profiles_ ? Measured{*profiles_, 1, true} : Measured{ChannelProfiles(), 0, false};
    }

private:
    Denoiser denoiser_;
    Dataset data_;
    ChannelsJob job_;
    std::optional<ChannelProfiles> profiles_;
};

struct Begin {
    OpenFiles::Impl& open;
    const Progress& progress;

    Running operator()(const SpectrumJob& job) const {
        LayerResponseRequest request;
        request.blocks = {job.block};
        request.sigma = job.sigma;
        request.images = job.images;
        request.firstSeed = job.firstSeed;
        request.classes = job.classes;
        const auto chosen = open.chosen(job.model, progress);
        // The value has a mark of its own for the tuned generator, beside the title of the open model.
        const bool own = job.model.kind == ModelChoice::Kind::Tuned;
        return pieces<ResponseSpectrum>(chosen.denoiser, open.data, request,
                                        own ? open.modelSummary.title : chosen.title, own);
    }
    Running operator()(const SweepJob& job) const {
        const auto chosen = open.chosen(job.model, progress);
        return pieces<LayerSweep>(chosen.denoiser, open.data, job.request, chosen.title);
    }
    Running operator()(const DifferenceJob& job) const {
        const auto a = open.chosen(job.a, progress), b = open.chosen(job.b, progress);
        return pieces<LayerDifference>(a.denoiser, b.denoiser, open.data, job.request, a.title, b.title);
    }
    Running operator()(const ChannelsJob& job) const {
        return std::make_unique<Channels>(open.chosen(job.model, progress).denoiser, open.data, job);
    }
    Running operator()(const TransferJob& job) const {
        const auto chosen = open.chosen(job.model, progress);
        return pieces<TransferMeasurement>(networkPart(chosen.denoiser, open.data, job.request), job.request,
                                           chosen.title);
    }
    Running operator()(const ProbeJob& job) const {
        const auto chosen = open.chosen(job.model, progress);
        return pieces<FourierProbe>(networkPart(chosen.denoiser, open.data, job.request), job.request, chosen.title);
    }
    Running operator()(const SwapJob& job) const {
        auto tuned = open.chosen(job.tuned, progress);
        const auto pretrained = open.chosen(job.pretrained, progress);
        // The open model is never written to, not even for a moment.
        if (job.tuned.kind == ModelChoice::Kind::Original)
            tuned.denoiser = cloneDenoiser(tuned.denoiser, tuned.denoiser->kind());
        return pieces<BlockSwap>(tuned.denoiser, pretrained.denoiser, open.data, job.request, tuned.title,
                                 pretrained.title);
    }
    Running operator()(const ImagesJob& job) const {
        const auto source = open.imageSource(job.request.images, true, progress);
        ImageSpectrumOptions options;
        options.styleGan3 = job.request.styleGan3;
        options.chunk = job.request.chunk;
        if (options.styleGan3) {
            open.requireData();  // whitening is theirs
            const auto whitening = datasetWhitening(open.data);
            options.mean = whitening.mean;
            options.std = whitening.std;
        }
        const auto stream = [source, seeds = job.request.images.seeds](const ImageRange& range) {
            return source({seeds.begin() + range.first, seeds.begin() + range.last}, {});
        };
        return pieces<ImageSpectrum>(stream, int(job.request.images.seeds.size()), options,
                                     titleOf(job.request.images));
    }

private:
    std::string titleOf(const SampleRequest& images) const {
        switch (images.source) {
        case SampleSource::RealData: return open.dataSummary.title;
        case SampleSource::OtherModel: return open.other(images.path).title;
        case SampleSource::TunedOneStep: return open.tunedTitle();
        case SampleSource::OriginalMultiStep:
        case SampleSource::OriginalOneStep: break;
        }
        return open.modelSummary.title;
    }
};

}  // namespace

std::unique_ptr<RunningJob> beginJob(Session& session, const MeasurementJob& job, const Progress& progress) {
    return std::visit(Begin{session.files().impl(), progress}, job);
}

MeasuredValue measureJob(Session& session, const MeasurementJob& job, const Progress& progress) {
    // How far a file is read is no share of the measurement.
    const auto running = beginJob(session, job, [&](double) { return !progress || progress(0); });
    for (bool more = true; more;) {
        more = running->advance(progress);
        if (progress && !progress(running->share()))
            throw Error(ErrorCode::Interrupted, "The measurement was interrupted.");
    }
    return running->value().value;
}

std::vector<ResponseInfo> responsesOf(const Session& session) {
    session.files().impl().requireModel();
    return responsesOf(session.files().impl().original.denoiser->config());
}

}  // namespace thaw
