// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/denoiser_features.h"
#include "core/gan/gan_loss.h"
#include "core/train/ema.h"
#include "core/train/finetuner.h"
#include "core/train/freeze.h"
#include "core/train/student.h"
#include "core/values/error.h"
#include "core/values/number_text.h"

#include <torch/torch.h>

#include <chrono>

namespace thaw {
namespace {

// `model.enc.28x28_block0.conv0.weight` belongs to the block `enc.28x28_block0`, `map_layer0.bias` to `map_layer0`.
std::string blockOf(const std::string& parameter) {
    const bool nested = parameter.rfind("enc.", 0) == 0 || parameter.rfind("dec.", 0) == 0;
    const auto end = parameter.find('.', nested ? 4 : 0);
    return parameter.substr(0, end);
}

// The parts of a batch add up to its value; a value that no part has stays absent.
void addTo(std::optional<double>& value, double part) { value = value.value_or(0) + part; }

}  // namespace

Finetuner::Slices Finetuner::slices() const {
    Slices all;
    const int size = config_.microBatch > 0 ? config_.microBatch : config_.batch;
    for (std::int64_t first = 0; first < config_.batch; first += size) all.emplace_back(first, first + size);
    return all;
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
    return torch::randn({config_.batch, network.imgChannels, network.imgResolution, network.imgResolution},
                        stepGenerator(config_.seed, step_, purpose))
        .to(compute_.device);
}

// How G runs while it learns, and when D learns from it: with the run's dropout.
ForwardMode Finetuner::learning(Purpose dropout) const {
    auto mode = compute_.training();
    if (config_.dropout > 0 || config_.labelDropout > 0) mode.random = stepGenerator(config_.seed, step_, dropout);
    return mode;
}

double Finetuner::checked(const torch::Tensor& loss, const char* name) const {
    const double value = loss.item<double>();
    if (!std::isfinite(value))
        throw Error(ErrorCode::Diverged,
                    std::string(name) + " became " + shortNumber(value) + " at step " + std::to_string(step_ + 1) + ".",
                    "Lower the learning rates or raise R1 gamma, and start again or resume from the last snapshot.");
    return value;
}

double Finetuner::update(Adam& optimiser, double learningRate, StepMetrics& metrics,
                         std::vector<BlockGradient>* blocks) {
    const auto update = optimiser.step(learningRate);
    metrics.sanitisedGradients += update.replaced;
    // Replacing hides a blown-up network behind weights that look alive; half of a gradient is no accident.
    if (2 * update.replaced > update.entries && update.entries > 0)
        throw Error(ErrorCode::Diverged,
                    std::to_string(update.replaced) + " of " + std::to_string(update.entries) +
                        " gradient entries were not finite at step " + std::to_string(step_ + 1) + ".",
                    "Lower the learning rates or use fp32, and start again or resume from the last snapshot.");
    if (blocks) {
        blocks->clear();
        const auto& parameters = optimiser.parameters();
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            const auto block = blockOf(parameters[i].first);
            if (blocks->empty() || blocks->back().block != block) blocks->push_back({block, 0});
            blocks->back().norm = std::hypot(blocks->back().norm, update.norms[i]);
        }
    }
    return update.norm();
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

StepPieces Finetuner::generatorStep(const torch::Tensor& real, StepMetrics& metrics) {
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
            addTo(metrics.gLoss, checked(total, "The generator's loss"));
            co_yield kPieceDone;
        }
        if (config_.distill.kind != Distillation::None) {
            const auto imitation = imitationLoss(real, first, last, learning) * part;
            addTo(metrics.distillLoss, checked(imitation, "The imitation loss"));
            const auto weighted = imitation * config_.distill.weight;
            total = total.defined() ? total + weighted : weighted;
            co_yield kPieceDone;
        }
        total.backward();
        co_yield kPieceDone;
    }
    if (critic_) requireGrad(*critic_->heads, true);
    metrics.gradG = update(*adamG_, rate * config_.generator.learningRate, metrics, &metrics.blockGradients);
    if (!fixed_.is_empty() && !inStages()) updateEma(*fixed_, *net_, config_.distill.targetDecay);
}

StepPieces Finetuner::discriminatorStep(const torch::Tensor& real, StepMetrics& metrics) {
    const auto mode = compute_.training(), learning = this->learning(Purpose::DropoutForD);
    const auto z = latents(Purpose::LatentsForD);
    const auto generator = stepGenerator(config_.seed, step_, Purpose::FeaturesForD);
    const auto fakeLook = critic_->draw(z, generator), realLook = critic_->draw(z, generator);
    const Slices all = slices();
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
        addTo(metrics.fakeSign, meanSign(fake) * part);
        addTo(metrics.realSign, meanSign(genuine) * part);
        addTo(metrics.fakeLogit, meanLogit(fake) * part);
        addTo(metrics.realLogit, meanLogit(genuine) * part);
        addTo(metrics.dLoss, checked(loss, "The discriminator's loss"));
        loss.backward();
        co_yield kPieceDone;
    }
    metrics.gradD = update(*adamD_, discriminatorAdam(config_).learningRate, metrics);
    critic_->augment.observe(*metrics.realSign);
}

StepPieces Finetuner::penaltyStep(const torch::Tensor& real, StepMetrics& metrics) {
    const auto look = critic_->draw(real, stepGenerator(config_.seed, step_, Purpose::Penalty), /*augment=*/false);
    const Slices all = slices();
    for (const auto& slice : all) {
        const auto first = slice.first, last = slice.second;
        const auto images = real.slice(0, first, last).detach().clone().requires_grad_(true);
        const auto logits =
            critic_->logits(images, look.slice(first, last), labels(slice), ComputeDevice::penalty(), first == 0);
        const auto penalty = r1Penalty(logits, images) * share(slice);
        addTo(metrics.r1, checked(penalty, "R1"));
        (penalty * r1Gain(config_.r1)).backward();
        co_yield kPieceDone;
    }
    update(*adamD_, discriminatorAdam(config_).learningRate, metrics);
}

StepPieces Finetuner::wholeStep(StepMetrics& metrics) {
    const auto real = batches_.batch(step_).to(compute_.device);
    labels_ = batches_.labels(step_, net_->config().labelDim);
    if (labels_.defined()) labels_ = labels_.to(compute_.device);
    const bool penalise =
        config_.r1.interval > 0 && config_.r1.gamma > 0 && step_ % config_.r1.interval == config_.r1.interval - 1;
    const bool ofG = metrics.part != StepPart::Discriminator, ofD = critic_ && metrics.part != StepPart::Generator;
    if (ofG)
        for (auto pieces = generatorStep(real, metrics); pieces.advance();) co_yield kPieceDone;
    if (ofD) {
        if (ofG) co_yield kPieceDone;
        for (auto pieces = discriminatorStep(real, metrics); pieces.advance();) co_yield kPieceDone;
    }
    if (ofD && penalise) {
        co_yield kPieceDone;
        for (auto pieces = penaltyStep(real, metrics); pieces.advance();) co_yield kPieceDone;
    }
    // Last, so that what is sampled between two pieces is what the last whole step left.
    if (ofG) updateEma(*ema_, *net_, emaBeta(config_.ema, config_.batch, double(images())));
    // Curves show per-sample means whatever the reduction, so that runs compare.
    if (critic_ && config_.reduction == LossReduction::Sum) {
        const double samples = double(critic_->logitGroups()) * config_.batch;
        for (auto* loss : {&metrics.gLoss, &metrics.dLoss})
            if (*loss) **loss /= samples;
    }
    if (critic_) metrics.augmentP = critic_->augment.p();
    ++step_;
    metrics.step = step_;
    metrics.kimg = double(images()) / 1000;
}

std::optional<StepMetrics> Finetuner::advance(StepPart part) {
    const auto started = std::chrono::steady_clock::now();
    const auto before = callsSoFar();
    if (!inStep()) {
        metrics_ = {};
        metrics_.part = part;
        pieces_ = wholeStep(metrics_);
    }
    const bool more = pieces_.advance();
    metrics_.calls = metrics_.calls + (callsSoFar() - before);
    metrics_.secondsPerStep += std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    if (more) return {};
    pieces_ = {};
    return metrics_;
}

StepMetrics Finetuner::step(StepPart part) {
    for (;;)
        if (auto metrics = advance(part)) return *metrics;
}

}  // namespace thaw
