// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/pretrainer.h"

#include "core/diffusion/image_changes.h"
#include "core/diffusion/noise.h"
#include "core/formats/config_json.h"
#include "core/io/model_file.h"
#include "core/io/run_folder.h"
#include "core/train/ema.h"
#include "core/train/shared_training.h"
#include "core/train/training_state.h"
#include "core/values/config_problem.h"
#include "core/values/error.h"
#include "core/values/number_text.h"

#include <torch/torch.h>

#include <filesystem>

namespace thaw {
namespace {

constexpr const char* kSteered = "steered";  // the part of the state that holds what was changed during the run
constexpr const char* kRate = "learning_rate";

NetworkConfig networkToTrain(const PretrainConfig& config, const Dataset& data) {
    if (!config.network.empty()) return parseNetworkConfig(config.network, "network");
    auto network = defaultNetwork(int(data.images.size(2)), int(data.images.size(1)));
    if (config.conditional) network.labelDim = data.labelDim();
    if (config.augment > 0) network.augmentDim = kAugmentDim;
    return network;
}

// Whether the network takes what it is to be told.
std::vector<ConfigProblem> inputProblems(const PretrainConfig& config, const NetworkConfig& network, int classes) {
    std::vector<ConfigProblem> problems;
    if (config.conditional && network.labelDim == 0 && classes > 0)
        problems.push_back({"network.label_dim",
                            "is 0, must be " + std::to_string(classes) + " for conditional pre-training on this data"});
    if (config.augment > 0 && network.augmentDim != kAugmentDim)
        problems.push_back({"network.augment_dim", "is " + std::to_string(network.augmentDim) + ", must be " +
                                                       std::to_string(kAugmentDim) + " where augment is above 0"});
    return problems;
}

std::vector<FitProblem> dataProblems(const PretrainConfig& config, const NetworkConfig& network, const Dataset& data) {
    const bool unlabelled = config.conditional && data.labelDim() == 0;
    auto shape = shapeOf(network);
    // Trained without labels, whatever the network could take; and labels that are not there have no number to compare.
    if (!config.conditional || unlabelled) shape.labelDim = 0;
    auto problems = fitOf(shape, shapeOf(data));
    if (unlabelled)
        problems.push_back({FitSeverity::Error,
                            "'" + data.path + "' has no labels, which conditional pre-training needs.",
                            "Add the labels (dataset.json in a zip or folder of images), or leave out conditional."});
    return problems;
}

}  // namespace

Pretrainer::Pretrainer(const PretrainConfig& config, const Dataset& data, const ComputeDevice& compute)
    : config_(config),
      compute_(compute),
      batches_(data, config.seed, config.batch, config.xflip && config.augment == 0) {
    throwProblems(validate(config), "pre-training");
    throwProblems(sharingProblems(config.batch, countOf(compute.processes)), "pre-training");
    const auto network = networkToTrain(config, data);
    throwErrors(dataProblems(config, network, data));
    throwProblems(inputProblems(config, network, data.labelDim()), "pre-training");
    net_ = Denoiser(network, Preconditioning::Edm);
    net_->model->initialise(config.seed);
    net_->to(compute.device);
    ema_ = cloneDenoiser(net_, Preconditioning::Edm);
    Adam::Named parameters;
    for (const auto& item : net_->named_parameters()) parameters.emplace_back(item.key(), item.value());
    adam_ = std::make_unique<Adam>(parameters, config.adam);
    gradients_ = gradientSum(compute.processes, parameters);
}

double Pretrainer::learningRate() const {
    const double seen = double(images() + config_.batch), total = config_.kimg * 1000;
    double factor = 1;
    if (config_.warmUpKimg > 0) factor = std::min(factor, seen / (config_.warmUpKimg * 1000));
    if (config_.decayFraction > 0)
        factor = std::min(factor, (total - double(images())) / (total * config_.decayFraction));
    return config_.adam.learningRate * std::max(factor, 0.0);
}

void Pretrainer::setRate(double rate) {
    auto config = config_;
    config.adam.learningRate = rate;
    throwProblems(validate(config), "pre-training");
    config_ = config;
    hasOtherRate_ = true;
}

double Pretrainer::checked(LateValues& loss, std::int64_t step) {
    const double value = loss.read().front();
    if (!std::isfinite(value))
        throw Error(ErrorCode::Diverged,
                    "The loss became " + shortNumber(value) + " at step " + std::to_string(step) + ".",
                    "Resume from the last snapshot with a lower learning rate.");
    return value;
}

std::optional<double> Pretrainer::settle() {
    if (!loss_) return {};
    const double value = checked(*loss_, step_);
    loss_.reset();
    return value;
}

std::optional<double> Pretrainer::step() {
    net_->train();
    const auto own = rowsOf(compute_.processes, config_.batch);
    auto images = uploaded(batches_.batch(step_, own), compute_.device);
    Conditioning told{batches_.labels(step_, config_.conditional ? net_->config().labelDim : 0, own), {}, {}};
    if (config_.augment > 0) {
        const auto generator = stepGenerator(config_.seed, step_, Purpose::Augmentation);
        const auto changes =
            drawChanges(config_.augment, config_.xflip, config_.batch, generator).slice(own.first, own.last);
        images = changedImages(images, changes);
        told.augmentLabels = augmentLabels(changes);
    }
    auto mode = compute_.training();
    mode.random = imageGenerators(config_.seed, step_, Purpose::Dropout, own);
    auto sizes = images.sizes().vec();
    sizes[0] = config_.batch;
    const auto levels =
        drawLevels(sizes, {config_.pMean, config_.pStd}, stepGenerator(config_.seed, step_, Purpose::Noise));
    const auto loss =
        denoisingLosses(net_, images, levels.slice(own.first, own.last), mode, told).sum() / config_.batch;
    auto ofBatch = loss.detach().to(torch::kDouble).reshape({1});
    if (compute_.processes) compute_.processes->sum(ofBatch);
    LateValues late(ofBatch);
    const bool onCpu = compute_.device.is_cpu();
    if (onCpu) checked(late, step_ + 1);  // the weights never see a step that diverged
    backward(loss, gradients_.get());
    adam_->stepLate(learningRate());
    updateEma(*ema_, *net_, emaBeta(config_.ema, config_.batch, double(this->images())));
    const auto before = settle();
    loss_ = std::move(late);
    ++step_;
    return onCpu ? settle() : before;
}

void Pretrainer::save(const std::string& runFolder, const std::string& replaced) {
    if (loss_) checked(*loss_, step_);  // what diverged is not saved
    namespace fs = std::filesystem;
    std::map<std::string, std::string> words{{"kimg", fixedNumber(double(images()) / 1000, 6)},
                                             {"seed", std::to_string(config_.seed)}};
    for (const auto& [name, value] : wordsOf(environmentOf(compute_))) words["made with " + name] = value;
    writeModelFile((fs::path(runFolder) / snapshotName(images())).string(), ema_, words);
    TrainingState state;
    state.step = step_;
    state.configJson = toJson(config_);
    state.add("net", net_->named_parameters());
    state.add("ema", ema_->named_parameters());
    state.add("adam", adam_->state());
    // A pre-training goes on with the configuration it began with, so that what was changed since needs a place of its own.
    if (hasOtherRate_)
        state.add(kSteered, TrainingState::Named{{kRate, torch::tensor(config_.adam.learningRate, torch::kDouble)}});
    writeTrainingState(runFolder, state);
    dropReplaced(runFolder, replaced, snapshotName(images()));
    rotateSnapshots(runFolder, 3);
}

void Pretrainer::load(const std::string& runFolder) {
    const auto state = readTrainingState(runFolder);
    state.copyTo("net", net_->named_parameters());
    state.copyTo("ema", ema_->named_parameters());
    adam_->loadState(state.part("adam"));
    for (const auto& [name, tensor] : state.part(kSteered))
        if (name == kRate) setRate(tensor.item<double>());
    step_ = state.step;
}

}  // namespace thaw
