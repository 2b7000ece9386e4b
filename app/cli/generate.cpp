// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/generate.h"

#include <torch/torch.h>

#include <chrono>

namespace thaw::cli {

std::string SamplerOptions::name() const {
    if (config.kind == SamplerKind::OneStep) return "one-step";
    return (config.kind == SamplerKind::Heun ? "heun, " : "euler, ") + std::to_string(config.steps) + " steps";
}

void addSamplerOptions(CLI::App& verb, SamplerOptions& options) {
    static const std::map<std::string, SamplerKind> kinds{
        {"one-step", SamplerKind::OneStep}, {"heun", SamplerKind::Heun}, {"euler", SamplerKind::Euler}};
    verb.add_option("--sampler", options.config.kind, "one-step, heun or euler")->transform(CLI::CheckedTransformer(kinds));
    verb.add_option("--steps", options.config.steps, "steps of heun and euler")->capture_default_str();
    verb.add_option("--sigma-max", options.config.sigmaMax, "first noise level, and that of one-step")->check(CLI::PositiveNumber);
    verb.add_option("--batch", options.batch, "images a forward pass")->check(CLI::Range(1, 65536));
}

double generate(Denoiser& denoiser, const Context& context, const Compute& compute, const SamplerOptions& options,
                std::int64_t count, const std::function<torch::Tensor(std::int64_t, std::int64_t)>& latents,
                const std::function<void(const torch::Tensor&)>& use) {
    denoiser->to(compute.device);
    const ForwardMode mode{context.compute.precision == Precision::BFloat16 ? torch::kBFloat16 : torch::kFloat, false};
    ProgressBar bar(context, options.name(), double(count), "img");
    const auto started = std::chrono::steady_clock::now();
    for (std::int64_t first = 0; first < count; first += options.batch) {
        const auto last = std::min<std::int64_t>(first + options.batch, count);
        use(sample(denoiser, latents(first, last).to(compute.device), options.config, {{}, mode, [](double) { return !interrupted(); }, {}}).cpu());
        bar.update(double(last));
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

}  // namespace thaw::cli
