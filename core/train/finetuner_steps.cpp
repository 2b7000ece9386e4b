// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/noise.h"
#include "core/gan/denoiser_features.h"
#include "core/gan/gan_loss.h"
#include "core/train/ema.h"
#include "core/train/finetuner.h"
#include "core/train/freeze.h"
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
    for (std::int64_t first = 0; first < config_.batch; first += size)
        all.emplace_back(first, std::min<std::int64_t>(first + size, config_.batch));
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
double Finetuner::share(const std::pair<std::int64_t, std::int64_t>& slice) const {
    return double(slice.second - slice.first) / config_.batch;
}

torch::Tensor Finetuner::labels(const std::pair<std::int64_t, std::int64_t>& slice) const {
    return labels_.defined() ? labels_.slice(0, slice.first, slice.second) : labels_;
}

torch::Tensor Finetuner::latents(Purpose purpose) const {
    const auto& network = net_->config();
    return uploaded(torch::randn({config_.batch, network.imgChannels, network.imgResolution, network.imgResolution},
                                 stepGenerator(config_.seed, step_, purpose)),
                    compute_.device);
}

// How G runs while it learns, and when D learns from it: with the run's dropout.
ForwardMode Finetuner::learning(Purpose dropout) const {
    auto mode = compute_.training();
    if (config_.dropout > 0 || config_.labelDropout > 0) mode.random = stepGenerator(config_.seed, step_, dropout);
    return mode;
}

torch::Tensor Finetuner::imitationLoss(const torch::Tensor& real, std::int64_t first, std::int64_t last,
                                       const ForwardMode& mode) {
    if (distiller_)
        return distiller_->loss(net_, real.slice(0, first, last), labels({first, last}), draw_->slice(first, last),
                                mode, fixed_);
    const auto pair = pairs_->batch(step_ * config_.batch + first, last - first);
    const auto made = studentImages(net_, pair.z, config_, pair.classLabels, mode);
    const auto noise = DenoiserFeatures::drawNoise(real, stepGenerator(config_.seed, step_, Purpose::Distillation));
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
    const auto mode = compute_.training(), learning = this->learning(Purpose::Dropout);
    const auto z = latents(Purpose::Latents);
    const double rate = beginStage();
    std::optional<Critic::Draw> look;
    // D is only looked through here: no gradient for its weights.
    if (critic_) {
        look = critic_->draw(z, stepGenerator(config_.seed, step_, Purpose::Features));
        requireGrad(*critic_->heads, false);
    }
    if (distiller_) draw_ = distiller_->draw(real, stepGenerator(config_.seed, step_, Purpose::Distillation), stage_);
    const Slices all = slices();
    for (const auto& slice : all) {
        const auto first = slice.first, last = slice.second;
        const double part = share(slice);
        torch::Tensor total;
        if (critic_) {
            const auto fake = studentImages(net_, z.slice(0, first, last), config_, labels(slice), learning);
            co_yield kPieceDone;
            const auto logits = critic_->logits(fake, look->slice(first, last), labels(slice), mode, first == 0);
            total = generatorLoss(logits, config_.loss, config_.reduction);
            if (config_.reduction == LossReduction::Mean) total = total * part;
            open_.values.add(&StepMetrics::gLoss, total);
            co_yield kPieceDone;
        }
        if (config_.distill.kind != Distillation::None) {
            const auto imitation = imitationLoss(real, first, last, learning) * part;
            open_.values.add(&StepMetrics::distillLoss, imitation);
            const auto weighted = imitation * config_.distill.weight;
            total = total.defined() ? total + weighted : weighted;
            co_yield kPieceDone;
        }
        total.backward();
        co_yield kPieceDone;
    }
    if (critic_) requireGrad(*critic_->heads, true);
    open_.changed = true;
    const auto update = adamG_->stepLate(rate * config_.generator.learningRate);
    open_.values.add(update, &StepMetrics::gradG, /*blocks=*/true, adamG_->parameters());
    if (!fixed_.is_empty() && !inStages()) updateEma(*fixed_, *net_, config_.distill.targetDecay);
}

StepPieces Finetuner::discriminatorStep(const torch::Tensor& real) {
    const auto mode = compute_.training(), learning = this->learning(Purpose::DropoutForD);
    const auto z = latents(Purpose::LatentsForD);
    const auto generator = stepGenerator(config_.seed, step_, Purpose::FeaturesForD);
    const auto fakeLook = critic_->draw(z, generator), realLook = critic_->draw(z, generator);
    const Slices all = slices();
    torch::Tensor realSign;
    for (const auto& slice : all) {
        const auto first = slice.first, last = slice.second;
        const double part = share(slice);
        std::vector<std::vector<torch::Tensor>> fakeMaps, realMaps;
        {
            const torch::NoGradGuard guard;  // G learns nothing here
            const auto made = studentImages(net_, z.slice(0, first, last), config_, labels(slice), learning);
            fakeMaps = critic_->features(made, fakeLook.slice(first, last), mode, labels(slice));
        }
        co_yield kPieceDone;
        {
            const torch::NoGradGuard guard;
            realMaps = critic_->features(real.slice(0, first, last), realLook.slice(first, last), mode, labels(slice));
        }
        const auto fake = critic_->heads->forward(fakeMaps, labels(slice), first == 0);
        const auto genuine = critic_->heads->forward(realMaps, labels(slice), first == 0);
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
        loss.backward();
        co_yield kPieceDone;
    }
    open_.changed = true;
    const auto update = adamD_->stepLate(discriminatorAdam(config_).learningRate);
    open_.values.add(update, &StepMetrics::gradD, /*blocks=*/false, adamD_->parameters());
    critic_->augment.observe(realSign);
}

StepPieces Finetuner::penaltyStep(const torch::Tensor& real) {
    const auto look = critic_->draw(real, stepGenerator(config_.seed, step_, Purpose::Penalty), /*augment=*/false);
    const Slices all = penaltySlices();
    for (const auto& slice : all) {
        const auto first = slice.first, last = slice.second;
        const auto images = real.slice(0, first, last).detach().clone().requires_grad_(true);
        const auto logits =
            critic_->logits(images, look.slice(first, last), labels(slice), ComputeDevice::penalty(), first == 0);
        const auto penalty = r1Penalty(logits, images) * share(slice);
        open_.values.add(&StepMetrics::r1, penalty);
        (penalty * r1Gain(config_.r1)).backward();
        co_yield kPieceDone;
    }
    open_.changed = true;
    const auto update = adamD_->stepLate(discriminatorAdam(config_).learningRate);
    open_.values.add(update, nullptr, /*blocks=*/false, adamD_->parameters());
}

StepPieces Finetuner::wholeStep(StepPart part) {
    const auto real = uploaded(batches_.batch(step_), compute_.device);
    labels_ = uploaded(batches_.labels(step_, net_->config().labelDim), compute_.device);
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
    open_.values.send();
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
    const auto before = callsSoFar();
    if (!inStep()) {
        open_ = {};
        open_.metrics.part = part;
        pieces_ = wholeStep(part);
    }
    bool more = false;
    try {
        more = pieces_.advance();
    } catch (const std::exception& fault) {
        const auto* own = dynamic_cast<const Error*>(&fault);
        if (own ? own->code() != ErrorCode::OutOfMemory : !meansOutOfMemory(fault.what())) throw;
        leaveStep();
        throw memoryFault(config_, compute_);
    }
    open_.metrics.calls = open_.metrics.calls + (callsSoFar() - before);
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
