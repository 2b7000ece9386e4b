// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/finetuner.h"

#include "core/gan/gan_loss.h"
#include "core/io/model_file.h"
#include "core/train/config_json.h"
#include "core/train/ema.h"
#include "core/train/freeze.h"
#include "core/train/run_folder.h"
#include "core/train/training_state.h"
#include "core/values/error.h"

#include <torch/torch.h>

#include <chrono>
#include <filesystem>

namespace thaw {
namespace {

// Lazy regularisation spreads one R1 step over `interval` others; Adam's time constants follow (Karras et al. 2020).
AdamConfig discriminatorAdam(const FinetuneConfig& config) {
    AdamConfig adam = config.discriminator;
    if (config.r1.interval > 0) {
        const double ratio = double(config.r1.interval) / (config.r1.interval + 1);
        adam.learningRate *= ratio;
        adam.beta1 = std::pow(adam.beta1, ratio);
        adam.beta2 = std::pow(adam.beta2, ratio);
    }
    return adam;
}

Adam::Named named(const torch::nn::Module& module) {
    Adam::Named parameters;
    for (const auto& item : module.named_parameters()) parameters.emplace_back(item.key(), item.value());
    return parameters;
}

void requireGrad(torch::nn::Module& module, bool on) {
    for (auto& parameter : module.parameters()) parameter.set_requires_grad(on);
}

// D2O's wrapper is EDM's but for the boundary shift. A network trained under another one would be asked for noise levels
// it never saw, so it keeps its own.
Preconditioning generatorKind(Preconditioning original) {
    return original == Preconditioning::Edm ? Preconditioning::D2o : original;
}

std::vector<ParameterInfo> parameterInfos(const Denoiser& denoiser) {
    std::vector<ParameterInfo> all;
    for (const auto& item : denoiser->model->named_parameters())
        all.push_back({item.key(), item.value().sizes().vec(), item.value().numel()});
    return all;
}

}  // namespace

std::vector<ConfigProblem> finetuneProblems(const FinetuneConfig& config, const Denoiser& original, const Dataset& data) {
    auto problems = validate(config);
    const auto parameters = parameterInfos(original);
    for (const auto& pattern : unmatchedPatterns(config.freeze, parameters))
        problems.push_back({"freeze", "has '" + pattern + "', which matches no parameter of this model"});
    const auto mask = frozenMask(config.freeze, parameters);
    if (std::find(mask.begin(), mask.end(), false) == mask.end())
        problems.push_back({"freeze", "is '" + toText(config.freeze) + "', which leaves nothing to train"});
    const auto& network = original->config();
    if (network.imgResolution != data.images.size(2) || network.imgChannels != data.images.size(1))
        problems.push_back({"data", "has " + std::to_string(data.images.size(1)) + " channels of " +
                                        std::to_string(data.images.size(2)) + " pixels, the model makes " +
                                        std::to_string(network.imgChannels) + " of " +
                                        std::to_string(network.imgResolution)});
    if (network.labelDim > 0)
        problems.push_back({"model", "is class-conditional (" + std::to_string(network.labelDim) +
                                         " classes), which fine-tuning does not support yet"});
    return problems;
}

Finetuner::Finetuner(const FinetuneConfig& config, const Denoiser& original, const Dataset& data, const Compute& compute)
    : config_(config), compute_(compute), batches_(data, config.seed, config.batch, false) {
    throwProblems(finetuneProblems(config, original, data), "fine-tuning");
    net_ = cloneDenoiser(original, generatorKind(original->kind()));
    net_->to(compute.device);
    net_->train();
    ema_ = cloneDenoiser(net_, net_->kind());
    ema_->eval();
    requireGrad(*ema_, false);

    auto eye = cloneDenoiser(original, original->kind());
    eye->to(compute.device);
    eye->eval();
    requireGrad(*eye, false);
    features_ = std::make_unique<DenoiserFeatures>(eye);
    discriminator_ = Discriminator(features_->levels());
    discriminator_->initialise(config.seed);
    discriminator_->to(compute.device);
    discriminator_->train();

    adamG_ = std::make_unique<Adam>(applyFreeze(net_, config.freeze), config.generator);
    adamD_ = std::make_unique<Adam>(named(*discriminator_), discriminatorAdam(config));
}

void Finetuner::setFreeze(const FreezePlan& plan) {
    auto changed = config_;
    changed.freeze = plan;
    std::vector<ConfigProblem> problems;
    const auto parameters = parameterInfos(net_);
    for (const auto& pattern : unmatchedPatterns(plan, parameters))
        problems.push_back({"freeze", "has '" + pattern + "', which matches no parameter of this model"});
    const auto mask = frozenMask(plan, parameters);
    if (std::find(mask.begin(), mask.end(), false) == mask.end())
        problems.push_back({"freeze", "is '" + toText(plan) + "', which leaves nothing to train"});
    throwProblems(problems, "fine-tuning");
    config_ = changed;
    adamG_->setParameters(applyFreeze(net_, plan));
}

torch::Tensor Finetuner::fakes(Purpose purpose) {
    const auto& network = net_->config();
    const auto z = torch::randn({config_.batch, network.imgChannels, network.imgResolution, network.imgResolution},
                                stepGenerator(config_.seed, step_, purpose))
                       .to(compute_.device);
    return net_->forward(z * config_.sigma, torch::full({1}, config_.sigma, z.options()), {}, compute_.training());
}

double Finetuner::checked(const torch::Tensor& loss, const char* name) const {
    const double value = loss.item<double>();
    if (!std::isfinite(value))
        throw Error(ErrorCode::Diverged,
                    std::string(name) + " became " + std::to_string(value) + " at step " + std::to_string(step_ + 1) + ".",
                    "Lower the learning rates or raise R1 gamma, and start again or resume from the last snapshot.");
    return value;
}

double Finetuner::generatorStep(StepMetrics& metrics) {
    // D is only looked through here: no gradient for its weights.
    requireGrad(*discriminator_, false);
    const auto features = (*features_)(fakes(Purpose::Latents), stepGenerator(config_.seed, step_, Purpose::Features),
                                       compute_.training());
    const auto logits = discriminator_->forward(features);
    const auto loss = generatorLoss(logits, config_.loss, config_.reduction);
    const double value = checked(loss, "The generator's loss");
    loss.backward();
    metrics.sanitisedGradients += adamG_->step();
    requireGrad(*discriminator_, true);
    return value;
}

double Finetuner::discriminatorStep(const torch::Tensor& real, StepMetrics& metrics) {
    std::vector<torch::Tensor> fakeFeatures, realFeatures;
    {
        torch::NoGradGuard guard;
        const auto generator = stepGenerator(config_.seed, step_, Purpose::FeaturesForD);
        fakeFeatures = (*features_)(fakes(Purpose::LatentsForD), generator, compute_.training());
        realFeatures = (*features_)(real, generator, compute_.training());
    }
    const auto fake = discriminator_->forward(fakeFeatures);
    const auto genuine = discriminator_->forward(realFeatures);
    const auto loss = discriminatorLoss(fake, genuine, config_.loss, config_.reduction);
    metrics.fakeSign = meanSign(fake);
    metrics.realSign = meanSign(genuine);
    const double value = checked(loss, "The discriminator's loss");
    loss.backward();
    metrics.sanitisedGradients += adamD_->step(discriminatorAdam(config_).learningRate);
    return value;
}

double Finetuner::penaltyStep(const torch::Tensor& real, StepMetrics& metrics) {
    const auto images = real.detach().clone().requires_grad_(true);
    const auto logits = discriminator_->forward(
        (*features_)(images, stepGenerator(config_.seed, step_, Purpose::Penalty), Compute::penalty()));
    const auto penalty = r1Penalty(logits, images);
    const double value = checked(penalty, "R1");
    (penalty * (config_.r1.gamma / 2 * config_.r1.interval)).backward();
    metrics.sanitisedGradients += adamD_->step(discriminatorAdam(config_).learningRate);
    return value;
}

StepMetrics Finetuner::step() {
    const auto started = std::chrono::steady_clock::now();
    StepMetrics metrics;
    // Curves show per-sample means whatever the reduction, so that runs compare.
    const double heads = double(features_->levels().size()) * config_.batch;
    const double scale = config_.reduction == LossReduction::Sum ? 1 / heads : 1;
    const auto real = batches_.batch(step_).to(compute_.device);
    metrics.gLoss = generatorStep(metrics) * scale;
    metrics.dLoss = discriminatorStep(real, metrics) * scale;
    if (config_.r1.interval > 0 && config_.r1.gamma > 0 && step_ % config_.r1.interval == config_.r1.interval - 1)
        metrics.r1 = penaltyStep(real, metrics);
    updateEma(*ema_, *net_, emaBeta(config_.ema, config_.batch, double(images())));
    ++step_;
    metrics.step = step_;
    metrics.kimg = double(images()) / 1000;
    metrics.secondsPerStep = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return metrics;
}

void Finetuner::save(const std::string& runFolder) const {
    namespace fs = std::filesystem;
    TrainingState state;
    state.step = step_;
    state.configJson = toJson(config_);
    state.add("net", net_->named_parameters());
    state.add("ema", ema_->named_parameters());
    state.add("d", discriminator_->named_parameters());
    state.add("d_buffers", discriminator_->named_buffers());
    state.add("adam_g", adamG_->state());
    state.add("adam_d", adamD_->state());
    writeTrainingState(runFolder, state);
    writeModelFile((fs::path(runFolder) / snapshotName(images())).string(), ema_,
                   {{"kimg", std::to_string(double(images()) / 1000)},
                    {"objective", "gan"},
                    {"freeze", toText(config_.freeze)},
                    {"seed", std::to_string(config_.seed)}});
    rotateSnapshots(runFolder, 3);
}

void Finetuner::load(const std::string& runFolder) {
    const auto state = readTrainingState(runFolder);
    state.copyTo("net", net_->named_parameters());
    state.copyTo("ema", ema_->named_parameters());
    state.copyTo("d", discriminator_->named_parameters());
    state.copyTo("d_buffers", discriminator_->named_buffers());
    adamG_->loadState(state.part("adam_g"));
    adamD_->loadState(state.part("adam_d"));
    step_ = state.step;
}

}  // namespace thaw
