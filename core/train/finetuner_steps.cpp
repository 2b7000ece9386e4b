// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/noise.h"
#include "core/gan/denoiser_features.h"
#include "core/gan/gan_loss.h"
#include "core/train/ema.h"
#include "core/train/finetuner.h"
#include "core/train/freeze.h"
#include "core/train/shared_training.h"
#include "core/train/student.h"
#include "core/values/error.h"
#include "core/values/torch_fault.h"

#include <torch/torch.h>

#include <chrono>

namespace thaw {
namespace {

constexpr int kLeastPenaltyPart = 8;  // images; smaller parts cost time and save little

Error memoryFault(const FinetuneConfig& config, const ComputeDevice& compute) {
    const int present = config.microBatch > 0 ? config.microBatch : config.batch;
    std::string hint = "Halve the batch, or free what previews and other programs hold of it.";
    const int least = config.gan && config.discriminatorKind == DiscriminatorKind::Projected ? 16 : 2;
    if (present % 2 == 0 && present >= least)
        hint = "Take micro-batches of " + std::to_string(present / 2) +
               " images, which make the same step in less memory; halve the batch; or free what previews and other "
               "programs hold of it.";
    return Error(ErrorCode::OutOfMemory,
                 "There is not enough memory on " + compute.device.str() + " for a training step of " +
                     std::to_string(present) + " images at a time.",
                 hint);
}

}  // namespace

Finetuner::Slices Finetuner::slices(int size) const {
    Slices all;
    for (auto first = own_.first; first < own_.last; first += size)
        all.push_back({first, std::min<std::int64_t>(first + size, own_.last)});
    return all;
}

Finetuner::Slices Finetuner::slices() const {
    return slices(config_.microBatch > 0 ? config_.microBatch : config_.batch);
}

// R1 in float, differentiated twice, would take more memory than all else of a step. It is a sum over images, so it is made
// of smaller parts; not under BatchNorm, where a part is normalised by itself.
Finetuner::Slices Finetuner::penaltySlices() const {
    const int size = config_.microBatch > 0 ? config_.microBatch : config_.batch;
    if (config_.discriminatorKind == DiscriminatorKind::Projected) return slices(size);
    return slices(std::max(std::min(size, kLeastPenaltyPart), size / 4));
}

// What a slice's mean contributes to the batch's; sums just add up.
double Finetuner::share(const Rows& slice) const { return double(slice.count()) / config_.batch; }

// Rows of what this process has of a batch; slices count in the whole of it.
torch::Tensor Finetuner::rows(const torch::Tensor& own, const Rows& slice) const {
    return own.defined() ? own.slice(0, slice.first - own_.first, slice.last - own_.first) : own;
}

// Something that looks like the whole batch, for what is drawn for all of it.
torch::Tensor Finetuner::ofWholeBatch(const torch::Tensor& real) const {
    return real[0].expand({config_.batch, -1, -1, -1});
}

torch::Tensor Finetuner::labels(const Rows& slice) const { return rows(labels_, slice); }

torch::Tensor Finetuner::latents(Purpose purpose) const {
    const auto& network = net_->config();
    const auto z = torch::randn({config_.batch, network.imgChannels, network.imgResolution, network.imgResolution},
                                stepGenerator(config_.seed, step_, purpose));
    return uploaded(z.slice(0, own_.first, own_.last), compute_.device);
}

// How G runs while it learns, and when D learns from it: with the run's dropout.
ForwardMode Finetuner::learning(Purpose dropout, const Rows& slice) const {
    auto mode = compute_.training();
    if (config_.dropout > 0 || config_.labelDropout > 0)
        mode.random = imageGenerators(config_.seed, step_, dropout, slice);
    return mode;
}

torch::Tensor Finetuner::imitationLoss(const torch::Tensor& real, const Rows& slice, const ForwardMode& mode) {
    const auto first = slice.first, last = slice.last;
    if (distiller_)
        return distiller_->loss(net_, rows(real, slice), labels(slice), draw_->slice(first, last), mode, fixed_);
    const auto pair = pairs_->batch(step_ * config_.batch + first, slice.count());
    const auto made = studentImages(net_, pair.z, config_, pair.classLabels, mode);
    const auto generator = stepGenerator(config_.seed, step_, Purpose::Distillation);
    const auto noise = DenoiserFeatures::drawNoise(ofWholeBatch(real), generator);
    return (*distance_)(made, pair.image, noise.slice(first, last), compute_.training(), pair.classLabels);
}

bool Finetuner::inStages() const {
    return config_.distill.kind == Distillation::Progressive && config_.distill.recipe == DistillRecipe::Paper;
}

NetworkCalls Finetuner::callsSoFar() const {
    NetworkCalls calls;
    calls.student = net_->evaluations() + retiredCalls_ + (fixed_.is_empty() ? 0 : fixed_->evaluations());
    calls.teacher = frozen_->evaluations();
    if (critic_) calls.discriminator = critic_->looks();
    if (distiller_) calls.features = distiller_->featureLooks();
    if (distance_) calls.features = distance_->looks();
    return calls;
}

void Finetuner::makeFixed() {
    if (!fixed_.is_empty()) retiredCalls_ += fixed_->evaluations();
    fixed_ = cloneDenoiser(net_, net_->kind());
    fixed_->to(compute_.device);
    fixed_->eval();
    requireGrad(*fixed_, false);
}

// The student at the end of a stage is the next one's teacher. Returns the factor on the learning rate. A run that was
// made longer never goes back a stage.
double Finetuner::beginStage() {
    if (!inStages()) return 1;
    const auto steps = std::int64_t(std::ceil(config_.kimg * 1000 / config_.batch));
    const auto place = progressiveStage(config_.distill.timesteps, step_, steps);
    if (place.stage > stage_) {
        makeFixed();
        stage_ = place.stage;
    }
    return place.rate;
}

StepPieces Finetuner::generatorStep(const torch::Tensor& real) {
    const auto mode = compute_.training();
    const auto z = latents(Purpose::Latents);
    const double rate = beginStage();
    std::optional<Critic::Draw> look;
    // D is only looked through here: no gradient for its weights.
    if (critic_) {
        look = critic_->draw(ofWholeBatch(z), stepGenerator(config_.seed, step_, Purpose::Features));
        requireGrad(*critic_->heads, false);
    }
    if (distiller_)
        draw_ = distiller_->draw(ofWholeBatch(real), stepGenerator(config_.seed, step_, Purpose::Distillation), stage_);
    const Slices all = slices();
    for (const auto& slice : all) {
        const auto first = slice.first, last = slice.last;
        const double part = share(slice);
        const auto learning = this->learning(Purpose::Dropout, slice);
        torch::Tensor total;
        if (critic_) {
            const auto fake = studentImages(net_, rows(z, slice), config_, labels(slice), learning);
            co_yield kPieceDone;
            const auto logits = critic_->logits(fake, look->slice(first, last), labels(slice), mode, isFirst(slice));
            total = generatorLoss(logits, config_.loss, config_.reduction);
            if (config_.reduction == LossReduction::Mean) total = total * part;
            open_.values.add(&StepMetrics::gLoss, total);
            co_yield kPieceDone;
        }
        if (config_.distill.kind != Distillation::None) {
            const auto imitation = imitationLoss(real, slice, learning) * part;
            open_.values.add(&StepMetrics::distillLoss, imitation);
            const auto weighted = imitation * config_.distill.weight;
            total = total.defined() ? total + weighted : weighted;
            co_yield kPieceDone;
        }
        backward(total, isLast(slice) ? sumG_.get() : nullptr);
        co_yield kPieceDone;
    }
    if (critic_) requireGrad(*critic_->heads, true);
    open_.changed = true;
    const auto update = adamG_->stepLate(rate * config_.generator.learningRate);
    open_.values.add(update, &StepMetrics::gradG, /*blocks=*/true, adamG_->parameters());
    if (!fixed_.is_empty() && !inStages()) updateEma(*fixed_, *net_, config_.distill.targetDecay);
}

StepPieces Finetuner::discriminatorStep(const torch::Tensor& real) {
    const auto mode = compute_.training();
    const auto z = latents(Purpose::LatentsForD);
    const auto generator = stepGenerator(config_.seed, step_, Purpose::FeaturesForD);
    const auto whole = ofWholeBatch(z);
    const auto fakeLook = critic_->draw(whole, generator), realLook = critic_->draw(whole, generator);
    const Slices all = slices();
    torch::Tensor realSign;
    for (const auto& slice : all) {
        const auto first = slice.first, last = slice.last;
        const double part = share(slice);
        const auto learning = this->learning(Purpose::DropoutForD, slice);
        std::vector<std::vector<torch::Tensor>> fakeMaps, realMaps;
        {
            const torch::NoGradGuard guard;  // G learns nothing here
            const auto made = studentImages(net_, rows(z, slice), config_, labels(slice), learning);
            fakeMaps = critic_->features(made, fakeLook.slice(first, last), mode, labels(slice));
        }
        co_yield kPieceDone;
        {
            const torch::NoGradGuard guard;
            realMaps = critic_->features(rows(real, slice), realLook.slice(first, last), mode, labels(slice));
        }
        const auto fake = critic_->heads->forward(fakeMaps, labels(slice), isFirst(slice));
        const auto genuine = critic_->heads->forward(realMaps, labels(slice), isFirst(slice));
        auto loss = discriminatorLoss(fake, genuine, config_.loss, config_.reduction);
        if (config_.reduction == LossReduction::Mean) loss = loss * part;
        auto& values = open_.values;
        const auto sign = meanSign(genuine) * part;
        realSign = realSign.defined() ? realSign + sign : sign;
        values.add(&StepMetrics::fakeSign, meanSign(fake) * part);
        values.add(&StepMetrics::realSign, sign);
        values.add(&StepMetrics::fakeLogit, meanLogit(fake) * part);
        values.add(&StepMetrics::realLogit, meanLogit(genuine) * part);
        values.add(&StepMetrics::dLoss, loss);
        backward(loss, isLast(slice) ? sumD_.get() : nullptr);
        co_yield kPieceDone;
    }
    open_.changed = true;
    const auto update = adamD_->stepLate(discriminatorAdam(config_).learningRate);
    open_.values.add(update, &StepMetrics::gradD, /*blocks=*/false, adamD_->parameters());
    if (compute_.processes && config_.augment.on()) {
        realSign = realSign.clone();  // of one slice it is the tensor that the metrics hold, and add up themselves
        compute_.processes->sum(realSign);
    }
    critic_->augment.observe(realSign);
}

StepPieces Finetuner::penaltyStep(const torch::Tensor& real) {
    const auto look = critic_->draw(ofWholeBatch(real), stepGenerator(config_.seed, step_, Purpose::Penalty),
                                    /*augment=*/false);
    const Slices all = penaltySlices();
    for (const auto& slice : all) {
        const auto first = slice.first, last = slice.last;
        const auto images = rows(real, slice).detach().clone().requires_grad_(true);
        const auto logits =
            critic_->logits(images, look.slice(first, last), labels(slice), ComputeDevice::penalty(), isFirst(slice));
        const auto penalty = r1Penalty(logits, images) * share(slice);
        open_.values.add(&StepMetrics::r1, penalty);
        backward(penalty * r1Gain(config_.r1), isLast(slice) ? sumD_.get() : nullptr);
        co_yield kPieceDone;
    }
    open_.changed = true;
    const auto update = adamD_->stepLate(discriminatorAdam(config_).learningRate);
    open_.values.add(update, nullptr, /*blocks=*/false, adamD_->parameters());
}

StepPieces Finetuner::wholeStep(StepPart part) {
    const auto real = uploaded(batches_.batch(step_, own_), compute_.device);
    labels_ = uploaded(batches_.labels(step_, net_->config().labelDim, own_), compute_.device);
    const bool penalise =
        config_.r1.interval > 0 && config_.r1.gamma > 0 && step_ % config_.r1.interval == config_.r1.interval - 1;
    const bool ofG = part != StepPart::Discriminator, ofD = critic_ && part != StepPart::Generator;
    if (ofG)
        for (auto pieces = generatorStep(real); pieces.advance();) co_yield kPieceDone;
    if (ofD) {
        if (ofG) co_yield kPieceDone;
        for (auto pieces = discriminatorStep(real); pieces.advance();) co_yield kPieceDone;
    }
    if (ofD && penalise) {
        co_yield kPieceDone;
        for (auto pieces = penaltyStep(real); pieces.advance();) co_yield kPieceDone;
    }
    auto& metrics = open_.metrics;
    metrics.step = step_ + 1;
    metrics.kimg = double(images() + config_.batch) / 1000;
    if (critic_) metrics.augmentP = critic_->augment.p();
    open_.values.send(callsSoFar() - open_.before, compute_.processes);
    if (compute_.device.is_cpu()) open_.values.readInto(metrics);  // the average never sees a step that diverged
    // Last, so that what is sampled between two pieces is what the last whole step left.
    if (ofG) updateEma(*ema_, *net_, emaBeta(config_.ema, config_.batch, double(images())));
    ++step_;
}

// Curves show per-sample means whatever the reduction, so that runs compare.
void Finetuner::settle() {
    for (; !onTheWay_.empty(); onTheWay_.pop_front()) {
        auto& metrics = onTheWay_.front().metrics;
        onTheWay_.front().values.readInto(metrics);
        if (critic_ && config_.reduction == LossReduction::Sum) {
            const double samples = double(critic_->logitGroups()) * config_.batch;
            for (auto* loss : {&metrics.gLoss, &metrics.dLoss})
                if (*loss) **loss /= samples;
        }
        arrived_.push_back(metrics);
    }
}

// Of the open step nothing is left; its random numbers are functions of its number, so the next one draws them again.
void Finetuner::leaveStep() {
    whole_ = whole_ && !open_.changed;
    pieces_ = {};
    open_ = {};
    draw_.reset();
    labels_ = torch::Tensor();
    for (auto& parameter : net_->parameters()) parameter.mutable_grad() = torch::Tensor();
    if (!critic_) return;
    for (auto& parameter : critic_->heads->parameters()) parameter.mutable_grad() = torch::Tensor();
    requireGrad(*critic_->heads, true);
}

bool Finetuner::advance(StepPart part) {
    const auto started = std::chrono::steady_clock::now();
    if (!inStep()) {
        open_ = {};
        open_.metrics.part = part;
        open_.before = callsSoFar();
        pieces_ = wholeStep(part);
    }
    bool more = false;
    try {
        more = pieces_.advance();
    } catch (const std::exception& fault) {
        const auto* own = dynamic_cast<const Error*>(&fault);
        const bool lost = own && own->code() == ErrorCode::ProcessLost;
        if (!lost && (own ? own->code() != ErrorCode::OutOfMemory : !meansOutOfMemory(fault.what()))) throw;
        leaveStep();
        if (lost) throw;
        throw memoryFault(config_, compute_);
    }
    if (!more) settle();  // of the step before: here the host waits for a GPU to keep up
    open_.metrics.secondsPerStep += std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    if (more) return false;
    pieces_ = {};
    onTheWay_.push_back(std::exchange(open_, {}));
    if (compute_.device.is_cpu()) settle();
    return true;
}

StepMetrics Finetuner::step(StepPart part) {
    while (!advance(part)) {
    }
    settle();
    return takeMetrics().back();
}

}  // namespace thaw
