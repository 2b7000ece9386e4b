// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/benchmark_work.h"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <tuple>

namespace thaw {
namespace {

// D's features end with the first block of the encoder's lowest level.
std::size_t encoderEnd(const std::vector<ConvolutionShape>& shapes) {
    int lowest = shapes.front().resolution;
    for (const auto& shape : shapes)
        if (shape.name.rfind("enc.", 0) == 0) lowest = std::min(lowest, shape.resolution);
    const auto block = "enc." + std::to_string(lowest) + "x" + std::to_string(lowest) + "_block0.";
    std::size_t end = 0;
    for (std::size_t i = 0; i < shapes.size(); ++i)
        if (shapes[i].name.rfind(block, 0) == 0) end = i + 1;
    return end;
}

double timeOf(const ConvolutionShape& shape, int batch, const torch::TensorOptions& options) {
    const int input = shape.inputResolution();
    const auto x = torch::ones({batch, shape.in, input, input}, options).contiguous(torch::MemoryFormat::ChannelsLast);
    const auto w = torch::ones({shape.out, shape.in, shape.kernel, shape.kernel}, options)
                       .contiguous(torch::MemoryFormat::ChannelsLast);
    const auto now = [] { return std::chrono::steady_clock::now(); };
    // On a GPU several in a row, so that waiting for it does not count.
    const int inARow = options.device().is_cpu() ? 1 : 20;
    const auto once = [&] {
        torch::Tensor y;
        for (int i = 0; i < inARow; ++i) y = torch::conv2d(x, w, {}, shape.stride, shape.border());
        if (!options.device().is_cpu()) y.flatten()[0].item();
    };
    once();
    // The fastest of several: a ceiling is not lowered by what else the machine does.
    double best = 1e9;
    for (int i = 0; i < 3; ++i) {
        const auto started = now();
        once();
        best = std::min(best, std::chrono::duration<double>(now() - started).count() / inARow);
    }
    return best;
}

}  // namespace

ConvolutionWork forwardConvolutions(const NetworkConfig& network, double evaluations) {
    ConvolutionWork work{convolutionsOf(network), {}};
    work.passes.assign(work.shapes.size(), evaluations);
    return work;
}

ConvolutionWork pretrainConvolutions(const NetworkConfig& network) { return forwardConvolutions(network, 3); }

ConvolutionWork finetuneConvolutions(const NetworkConfig& network, const FreezePlan& freeze, int interval,
                                     const std::vector<ConvolutionShape>& heads) {
    auto work = forwardConvolutions(network, 3);  // G forward and back for itself, forward for D
    const std::size_t end = encoderEnd(work.shapes);
    const double penalty = interval > 0 ? 4.0 / interval : 0;
    for (std::size_t i = 0; i < work.shapes.size(); ++i) {
        if (!isFrozen(freeze, work.shapes[i].name + ".weight")) work.passes[i] += 1;
        if (i < end) work.passes[i] += 4 + penalty;
    }
    for (const auto& shape : heads) {
        work.shapes.push_back(shape);
        // D's features need no gradient in its own step.
        const bool first = shape.name.ends_with(".conv0");
        work.passes.push_back(2 + (first ? 4 : 6) + 1.5 * penalty);
    }
    return work;
}

double secondsPerImage(const ConvolutionWork& work, int batch, const std::string& device, bool bfloat16) {
    const auto options = torch::TensorOptions(torch::Device(device)).dtype(bfloat16 ? torch::kBFloat16 : torch::kFloat);
    const torch::NoGradGuard guard;
    std::map<std::tuple<std::int64_t, std::int64_t, int, int, int>, double> known;
    double seconds = 0;
    for (std::size_t i = 0; i < work.shapes.size(); ++i) {
        const auto& shape = work.shapes[i];
        auto [entry, fresh] = known.try_emplace({shape.in, shape.out, shape.kernel, shape.resolution, shape.stride}, 0);
        if (fresh) entry->second = timeOf(shape, batch, options);
        seconds += work.passes[i] * entry->second;
    }
    return seconds / batch;
}

}  // namespace thaw
