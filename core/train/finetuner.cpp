// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/finetuner.h"

#include "core/formats/config_json.h"
#include "core/io/model_file.h"
#include "core/io/model_sampler.h"
#include "core/io/run_folder.h"
#include "core/train/freeze.h"
#include "core/train/shared_training.h"
#include "core/train/student.h"
#include "core/train/training_state.h"
#include "core/values/config_problem.h"
#include "core/values/error.h"
#include "core/values/number_text.h"

#include <torch/torch.h>

#include <filesystem>

namespace thaw {
namespace {

Adam::Named named(const torch::nn::Module& module) {
    Adam::Named parameters;
    for (const auto& item : module.named_parameters()) parameters.emplace_back(item.key(), item.value());
    return parameters;
}

std::vector<ParameterInfo> parameterInfos(const Denoiser& denoiser) {
    std::vector<ParameterInfo> all;
    for (const auto& item : denoiser->model->named_parameters())
        all.push_back({item.key(), item.value().sizes().vec(), item.value().numel()});
    return all;
}

}  // namespace

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

std::vector<ConfigProblem> finetuneProblems(const FinetuneConfig& config, const Denoiser& original) {
    auto problems = validate(config);
    for (const auto& problem : freezeProblems(config.freeze, parameterInfos(original))) problems.push_back(problem);
    return problems;
}

Finetuner::Finetuner(const FinetuneConfig& config, const Denoiser& original, const Dataset& data,
                     const ComputeDevice& compute)
    : config_(config),
      compute_(compute),
      own_(rowsOf(compute.processes, config.batch)),
      batches_(data, config.seed, config.batch, config.xflip) {
    throwErrors(fitOf(shapeOf(original->config()), shapeOf(data)));
    throwProblems(finetuneProblems(config, original), "fine-tuning");
    throwProblems(sharingProblems(config, countOf(compute.processes)), "fine-tuning");
    net_ = makeStudent(original, config);
    if (config.randomStart) {
        net_->to(torch::kCPU);  // where random numbers are drawn
        net_->model->initialise(config.seed);
    }
    net_->to(compute.device);
    net_->train();
    ema_ = cloneDenoiser(net_, net_->kind());
    ema_->eval();
    requireGrad(*ema_, false);

    // The pre-trained network stays as the discriminator's frozen features and as the teacher.
    frozen_ = cloneDenoiser(original, original->kind());
    frozen_->to(compute.device);
    frozen_->eval();
    requireGrad(*frozen_, false);
    adamG_ = std::make_unique<Adam>(applyFreeze(net_, config.freeze), config.generator);
    sumG_ = gradientSum(compute.processes, adamG_->parameters());
    if (config.gan) {
        critic_ = std::make_unique<Critic>(config, frozen_, compute.device);
        if (config.syncBatchNorm) critic_->heads->shareNorms(compute.processes);
        adamD_ = std::make_unique<Adam>(named(*critic_->heads), discriminatorAdam(config));
        sumD_ = gradientSum(compute.processes, adamD_->parameters());
    }
    if (config.distill.kind == Distillation::Regression) {
        // Seeds far from those that samples and measurements use.
        pairs_ = std::make_unique<TeacherPairs>(frozen_, config.distill.teacherSteps, config.distill.pairs, 0x40000000u,
                                                compute.training());
        distance_ = std::make_unique<ImageDistanceMeasure>(config.distill, frozen_, compute.device);
    } else if (config.distill.kind != Distillation::None) {
        // Batches of every size: a search for the fastest kernel of each would cost more than it gains.
        if (compute.device.is_cuda()) at::globalContext().setBenchmarkCuDNN(false);
        distiller_ = std::make_unique<Distiller>(frozen_, config.distill, compute.device);
        const auto kind = config.distill.kind;
        const bool average = kind == Distillation::Consistency || kind == Distillation::Trajectory;
        if (average && config.distill.targetDecay > 0) makeFixed();
    }
}

void Finetuner::requireBetweenSteps() const {
    if (inStep()) throw Error(ErrorCode::Configuration, "A training step is in progress.", "Take it to its end first.");
}

void Finetuner::setFreeze(const FreezePlan& plan) {
    requireBetweenSteps();
    throwProblems(freezeProblems(plan, parameterInfos(net_)), "fine-tuning");
    config_.freeze = plan;
    adamG_->setParameters(applyFreeze(net_, plan), config_.rethaw);
    sumG_.reset();  // its hooks go before new ones come
    sumG_ = gradientSum(compute_.processes, adamG_->parameters());
}

void Finetuner::setRates(std::optional<double> g, std::optional<double> d) {
    requireBetweenSteps();
    if (d && !config_.gan)
        throw Error(ErrorCode::Configuration,
                    "The learning rate of D cannot be " + shortNumber(*d) + ": the objective " +
                        objectiveName(config_) + " has no discriminator.",
                    "Name the rate of G alone.");
    auto config = config_;
    if (g) config.generator.learningRate = *g;
    if (d) config.discriminator.learningRate = *d;
    throwProblems(validate(config), "fine-tuning");
    config_ = config;
}

std::map<std::string, std::string> Finetuner::provenance() const {
    auto words = samplerWords(studentSampler(config_));
    words.insert({{"kimg", fixedNumber(double(images()) / 1000, 6)},
                  {"objective", objectiveName(config_)},
                  {"freeze", toText(config_.freeze)},
                  {"seed", std::to_string(config_.seed)}});
    for (const auto& [name, value] : wordsOf(environmentOf(compute_))) words["made with " + name] = value;
    return words;
}

void Finetuner::saveBest(const std::string& runFolder, const FidPoint& point) const {
    auto words = provenance();
    words["distance"] = fixedNumber(point.fid, 6) + " = " + measureTitle(measureOf(point));
    words["chosen"] = "lowest distance of the run";
    words["chosen_by"] = point.features;
    writeModelFile((std::filesystem::path(runFolder) / kBestSnapshot).string(), ema_, words);
}

void Finetuner::save(const std::string& runFolder, const std::string& replaced) {
    namespace fs = std::filesystem;
    requireBetweenSteps();
    if (!whole_)
        throw Error(ErrorCode::Configuration, "A step ended half done; there is nothing whole to save.",
                    "Resume from the last snapshot.");
    settle();  // what diverged is not saved
    TrainingState state;
    state.step = step_;
    state.configJson = toJson(config_);
    state.add("net", net_->named_parameters());
    state.add("ema", ema_->named_parameters());
    state.add("adam_g", adamG_->state());
    if (!fixed_.is_empty()) state.add("target", fixed_->named_parameters());
    if (inStages()) state.add("distill", TrainingState::Named{{"stage", torch::tensor(stage_, torch::kLong)}});
    if (config_.gan) {
        state.add("d", critic_->heads->named_parameters());
        state.add("d_buffers", critic_->heads->named_buffers());
        state.add("adam_d", adamD_->state());
        state.add("augment", TrainingState::Named{{"control", critic_->augment.state()}});
    }
    writeTrainingState(runFolder, state);
    writeModelFile((fs::path(runFolder) / snapshotName(images())).string(), ema_, provenance());
    dropReplaced(runFolder, replaced, snapshotName(images()));
    rotateSnapshots(runFolder, 3);
}

void Finetuner::load(const std::string& runFolder) {
    const auto state = readTrainingState(runFolder);
    state.copyTo("net", net_->named_parameters());
    state.copyTo("ema", ema_->named_parameters());
    adamG_->loadState(state.part("adam_g"));
    for (const auto& [name, tensor] : state.part("distill")) stage_ = int(tensor.item<std::int64_t>());
    if (stage_ > 0) makeFixed();
    if (!fixed_.is_empty()) state.copyTo("target", fixed_->named_parameters());
    if (config_.gan) {
        state.copyTo("d", critic_->heads->named_parameters());
        state.copyTo("d_buffers", critic_->heads->named_buffers());
        adamD_->loadState(state.part("adam_d"));
        for (const auto& [name, tensor] : state.part("augment")) critic_->augment.load(tensor);
    }
    step_ = state.step;
}

}  // namespace thaw
