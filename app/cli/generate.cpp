// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/generate.h"

#include "core/diffusion/noise.h"

#include <torch/torch.h>

#include <chrono>
#include <map>
#include <sstream>

namespace thaw::cli {
namespace {

const std::map<std::string, SamplerKind> kSamplers{{"one-step", SamplerKind::OneStep},
                                                   {"multi-step", SamplerKind::MultiStep},
                                                   {"heun", SamplerKind::Heun},
                                                   {"euler", SamplerKind::Euler},
                                                   {"ablation", SamplerKind::Ablation}};
const std::map<std::string, Discretization> kDiscretizations{{"edm", Discretization::Edm},
                                                             {"vp", Discretization::Vp},
                                                             {"ve", Discretization::Ve},
                                                             {"iddpm", Discretization::Iddpm}};
const std::map<std::string, Schedule> kSchedules{
    {"linear", Schedule::Linear}, {"vp", Schedule::Vp}, {"ve", Schedule::Ve}};
const std::map<std::string, Scaling> kScalings{{"none", Scaling::None}, {"vp", Scaling::Vp}};
const std::map<std::string, AblationConfig::Solver> kSolvers{{"euler", AblationConfig::Solver::Euler},
                                                             {"heun", AblationConfig::Solver::Heun}};

template <class Value>
std::string nameOf(const std::map<std::string, Value>& names, Value value) {
    for (const auto& [name, meaning] : names)
        if (meaning == value) return name;
    return {};
}

template <class Value>
void addChoice(CLI::App& verb, const std::string& option, Value& value, const std::map<std::string, Value>& names,
               const std::string& meaning) {
    verb.add_option(option, value, meaning)->transform(oneOf(names))->default_str(nameOf(names, value));
}

// int64 [1] or [count]; undefined for random classes and models without classes.
torch::Tensor listedClasses(const std::string& labels, std::int64_t count, int labelDim) {
    if (labels.empty() || labels == "random") return {};
    if (labelDim == 0)
        throw Error(ErrorCode::Configuration, "--labels is '" + labels + "', but this model has no classes.",
                    "Leave --labels out.");
    std::vector<std::int64_t> classes;
    for (const double label : parseNumbers(labels, "--labels")) {
        if (!(label >= 0 && label < labelDim) || label != double(std::int64_t(label))) {
            std::ostringstream text;
            text << "--labels has " << label << "; the classes are 0 to " << labelDim - 1 << ".";
            throw Error(ErrorCode::Configuration, text.str(), "Correct --labels, or use --labels random.");
        }
        classes.push_back(std::int64_t(label));
    }
    if (classes.size() != 1 && std::int64_t(classes.size()) != count)
        throw Error(
            ErrorCode::Configuration,
            "--labels names " + std::to_string(classes.size()) + " classes for " + std::to_string(count) + " images.",
            "Give one class, one per image, or random.");
    return torch::tensor(classes, torch::kLong);
}

}  // namespace

std::string SamplerOptions::name() const {
    if (config.kind == SamplerKind::OneStep) return "one-step";
    std::ostringstream text;
    const auto& ablation = config.ablation;
    if (config.kind == SamplerKind::Ablation)
        text << "ablation (" << nameOf(kDiscretizations, ablation.discretization) << ", "
             << nameOf(kSchedules, ablation.schedule) << ", " << nameOf(kScalings, ablation.scaling) << ", "
             << nameOf(kSolvers, ablation.solver) << "), ";
    else text << nameOf(kSamplers, config.kind) << ", ";
    text << config.steps << " steps";
    if (config.churn.amount > 0) text << ", churn " << config.churn.amount;
    return text.str();
}

void SamplerOptions::requireSane() const {
    std::string text;
    for (const auto& problem : samplerProblems(config)) text += (text.empty() ? "" : "; ") + problem;
    if (!text.empty())
        throw Error(ErrorCode::Configuration, "The sampler cannot run: " + text + ".",
                    "Correct these options, for example --steps 18.");
}

void addSamplerOptions(CLI::App& verb, SamplerOptions& options) {
    auto& config = options.config;
    auto& ablation = config.ablation;
    addChoice(verb, "--sampler", config.kind, kSamplers, "one-step, multi-step, heun, euler or ablation");
    verb.add_option("--steps", config.steps, "steps of all samplers but one-step")->capture_default_str();
    verb.add_option("--sigma-min", config.sigmaMin, "last noise level before 0")->check(CLI::PositiveNumber);
    verb.add_option("--sigma-max", config.sigmaMax, "first noise level, and that of one-step")
        ->check(CLI::PositiveNumber);
    verb.add_option("--sigma-mid", config.sigmaMid, "multi-step with two steps: the level in between")
        ->capture_default_str();
    verb.add_option("--rho", config.rho, "how closely the low noise levels lie (EDM, eq. 5)")->capture_default_str();
    verb.add_option("--s-churn", config.churn.amount, "noise added back during sampling, 0 = none")
        ->capture_default_str();
    verb.add_option("--s-min", config.churn.sMin, "no churn below this noise level")->capture_default_str();
    verb.add_option("--s-max", config.churn.sMax, "no churn above this noise level")->capture_default_str();
    verb.add_option("--s-noise", config.churn.sNoise, "standard deviation of the noise added back")
        ->capture_default_str();
    addChoice(verb, "--solver", ablation.solver, kSolvers, "ablation: euler or heun");
    addChoice(verb, "--discretization", ablation.discretization, kDiscretizations, "ablation: edm, vp, ve or iddpm");
    addChoice(verb, "--schedule", ablation.schedule, kSchedules, "ablation: linear, vp or ve");
    addChoice(verb, "--scaling", ablation.scaling, kScalings, "ablation: none or vp");
    verb.add_option("--alpha", ablation.alpha, "ablation: second stage of heun, 1 Heun, 0.5 midpoint")
        ->capture_default_str();
    verb.add_option("--epsilon-s", ablation.epsilonS, "ablation: smallest time of vp")->capture_default_str();
    verb.add_option("--labels", options.labels, "classes of a conditional model: random, one, or one per image")
        ->capture_default_str();
    verb.add_option("--batch", options.batch, "images a forward pass")
        ->check(CLI::Range(1, 65536))
        ->capture_default_str();
}

double generate(Denoiser& denoiser, const Context& context, const ComputeDevice& compute, const SamplerOptions& options,
                const SampleSource& source, const std::function<void(const torch::Tensor&)>& use) {
    denoiser->to(compute.device);
    const auto& network = denoiser->config();
    const bool given = source.latents.defined();
    const auto count = given ? source.latents.size(0) : std::int64_t(source.seeds.size());
    const auto classes = listedClasses(options.labels, count, network.labelDim);
    SampleContext sampling;
    sampling.mode = {context.compute.precision == Precision::BFloat16 ? torch::kBFloat16 : torch::kFloat, false};
    sampling.callback = [](double) { return !interrupted(); };

    ProgressBar bar(context, options.name(), double(count), "img");
    const auto started = std::chrono::steady_clock::now();
    for (std::int64_t first = 0; first < count; first += options.batch) {
        const auto last = std::min<std::int64_t>(first + options.batch, count);
        SeedStreams streams({source.seeds.begin() + first, source.seeds.begin() + last});
        // Always drawn: the class and the churn noise follow the latents in each stream, and the noise the class.
        auto z = streams.latents(network.imgChannels, network.imgResolution);
        if (given) z = source.latents.slice(0, first, last);
        if (network.labelDim > 0) {
            auto batch = streams.classes(network.labelDim);
            if (classes.defined())
                batch = classes.numel() == 1 ? classes.expand({last - first}) : classes.slice(0, first, last);
            sampling.conditioning.classLabels = oneHot(batch, network.labelDim).to(compute.device);
        }
        sampling.noise = [&](const torch::Tensor& x) { return streams.randnLike(x); };
        use(sample(denoiser, z.to(compute.device), options.config, sampling).cpu());
        bar.update(double(last));
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

}  // namespace thaw::cli
