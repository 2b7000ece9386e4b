// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/benchmark.h"

#include "core/device/device_memory.h"
#include "core/diffusion/seed_batches.h"
#include "core/io/open_model.h"
#include "core/metrics/frechet_distance.h"
#include "core/nn/convolutions.h"
#include "core/session/benchmark_work.h"
#include "core/spectral/layer_sweep.h"
#include "core/train/critic_work.h"
#include "core/train/finetuner.h"
#include "core/train/pretrainer.h"
#include "core/values/enum_words.h"
#include "core/values/error.h"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>

namespace thaw {
namespace {

struct BenchmarkShape {
    const char* name;
    Architecture architecture;
    bool ncsnpp;
    int resolution, labels, channels, blocks;
    std::vector<int> mult, attention;
};

const std::vector<BenchmarkShape>& publishedShapes() {
    static const std::vector<BenchmarkShape> all{
        {"cifar-ddpmpp", Architecture::SongUNet, false, 32, 0, 128, 4, {2, 2, 2}, {16}},
        {"cifar-ncsnpp", Architecture::SongUNet, true, 32, 0, 128, 4, {2, 2, 2}, {16}},
        {"ncsnpp-64", Architecture::SongUNet, true, 64, 0, 128, 4, {1, 2, 2, 2}, {16}},
        {"adm-64", Architecture::DhariwalUNet, false, 64, 1000, 192, 3, {1, 2, 3, 4}, {32, 16, 8}},
    };
    return all;
}

Denoiser withShape(const BenchmarkShape& shape) {
    NetworkConfig config;
    config.architecture = shape.architecture;
    config.imgResolution = shape.resolution;
    config.labelDim = shape.labels;
    config.modelChannels = shape.channels;
    config.numBlocks = shape.blocks;
    config.channelMult = shape.mult;
    config.attnResolutions = shape.attention;
    config.dropout = 0;
    if (shape.ncsnpp) {
        config.embeddingType = EmbeddingType::Fourier;
        config.encoderType = EncoderType::Residual;
        config.channelMultNoise = 2;
        config.resampleFilter = {1, 3, 3, 1};
    }
    Denoiser denoiser(config, Preconditioning::Edm);
    denoiser->model->initialise(0);
    return denoiser;
}

Denoiser modelOf(const std::string& name) {
    for (const auto& shape : publishedShapes())
        if (shape.name == name) return withShape(shape);
    return openModelFile(name).denoiser;
}

Dataset randomImages(const NetworkConfig& network, int batch) {
    Dataset data;
    const auto generator = at::detail::createCPUGenerator(1);
    const std::int64_t count = 4 * batch;
    data.images =
        torch::randint(0, 256, {count, network.imgChannels, network.imgResolution, network.imgResolution}, generator)
            .to(torch::kByte);
    if (network.labelDim > 0) data.labels = torch::arange(count).remainder(network.labelDim);
    data.title = "random images";
    return data;
}

double secondsOf(const std::function<void()>& work) {
    const auto started = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

// A unit of work (a step, a batch, a distance), how many of what is counted it holds, and what it costs in convolutions.
struct TimedWork {
    std::function<void()> once;
    std::function<void()> end;  // waits for what is still under way on a GPU
    double counted = 1;
    int period = 1;  // units after which the work repeats itself: R1 comes every 16th step
    ConvolutionWork convolutions;
};

TimedWork finetuneWork(Denoiser& denoiser, const Dataset& data, const BenchmarkRequest& request,
                       const ComputeDevice& compute) {
    FinetuneConfig config;
    config.batch = request.batch;
    config.microBatch = request.microBatch;
    config.freeze = parseFreezePlan("d2o-f");
    const auto trainer = std::make_shared<Finetuner>(config, denoiser, data, compute);
    const auto heads = criticConvolutions(config, denoiser, compute.device);
    return {[trainer] {
                while (!trainer->advance()) {
                }
                trainer->takeMetrics();
            },
            [trainer] { trainer->settle(); }, double(request.batch), config.r1.interval,
            finetuneConvolutions(denoiser->config(), config.freeze, config.r1.interval, heads)};
}

TimedWork pretrainWork(Denoiser& denoiser, const Dataset& data, const BenchmarkRequest& request,
                       const ComputeDevice& compute) {
    PretrainConfig config;
    config.batch = request.batch;
    config.network = toJson(denoiser->config());
    const auto trainer = std::make_shared<Pretrainer>(config, data, compute);
    return {[trainer] { trainer->step(); }, [trainer] { trainer->settle(); }, double(request.batch), 1,
            pretrainConvolutions(denoiser->config())};
}

TimedWork samplingWork(Denoiser& denoiser, const SamplerConfig& sampler, const BenchmarkRequest& request,
                       const ComputeDevice& compute) {
    SeedBatches how{sampler, {}, request.batch, request.compute.precision, {}};
    SeedsOrLatents source;
    for (int k = 0; k < request.batch; ++k) source.seeds.push_back(std::uint64_t(k));
    return {[=]() mutable { sampleBatches(denoiser, compute, how, source, [](const torch::Tensor&) {}); }, [] {},
            double(request.batch), 1, forwardConvolutions(denoiser->config(), networkEvaluations(sampler))};
}

TimedWork spectraWork(Denoiser& denoiser, const Dataset& data, const BenchmarkRequest& request) {
    LayerSweepRequest sweep;
    sweep.images = request.batch;
    const auto passes = int(sweep.sigmas.size());
    return {[=] {
                LayerSweep work(denoiser, data, sweep);
                while (work.advance()) {
                }
                work.value();
            },
            [] {}, double(request.batch), 1, forwardConvolutions(denoiser->config(), passes)};
}

FeatureMoments randomMoments(std::int64_t seed) {
    const auto generator = at::detail::createCPUGenerator(std::uint64_t(seed));
    FeatureStatistics statistics;
    statistics.add(torch::randn({4096, 2048}, generator, torch::kDouble));
    return statistics.moments();
}

TimedWork frechetWork() {
    const auto a = randomMoments(1), b = randomMoments(2);
    return {[=] { frechetDistance(a, b); }, [] {}, 1, 1, {}};
}

TimedWork workOf(const BenchmarkRequest& request, Denoiser& denoiser, const Dataset& data,
                 const ComputeDevice& compute) {
    const auto& name = request.workload;
    if (name == "finetune") return finetuneWork(denoiser, data, request, compute);
    if (name == "pretrain") return pretrainWork(denoiser, data, request, compute);
    if (name == "one-step") return samplingWork(denoiser, oneStepSampler(), request, compute);
    if (name == "multi-step") return samplingWork(denoiser, {}, request, compute);
    return spectraWork(denoiser, data, request);
}

// One before it counts; then as many units a repetition as take a second, whole periods.
int unitsOf(const TimedWork& work, int wanted, bool onGpu) {
    const auto timed = [&] {
        return secondsOf([&] {
            work.once();
            work.end();
        });
    };
    double first = timed(), second = timed();
    // On a GPU kernels are searched for when a shape is first seen, those of R1 too.
    for (int unit = 2; onGpu && unit < work.period; ++unit) second = std::min(second, timed());
    if (wanted > 0) return wanted;
    const int units = std::clamp(int(1.0 / std::max(std::min(first, second), 1e-6)), 1, 1000);
    return (units + work.period - 1) / work.period * work.period;
}

void requireKnown(const BenchmarkRequest& request) {
    std::vector<std::string> names;
    for (const auto& info : benchmarks()) names.push_back(info.name);
    if (std::find(names.begin(), names.end(), request.workload) == names.end())
        throw Error(ErrorCode::Usage, "There is no workload '" + request.workload + "'.", "Use " + listed(names) + ".");
    if (request.batch < 1 || request.batch > 4096)
        throw Error(ErrorCode::Configuration, "The batch is " + std::to_string(request.batch) + ", must be 1 to 4096.",
                    "Use 64.");
}

}  // namespace

std::vector<std::string> benchmarkShapes() {
    std::vector<std::string> names;
    for (const auto& shape : publishedShapes()) names.emplace_back(shape.name);
    return names;
}

BenchmarkResult runBenchmark(const BenchmarkRequest& request, const Progress& progress) {
    requireKnown(request);
    const auto compute = chooseCompute(request.compute.device, request.compute.precision, request.compute.threads);
    BenchmarkResult result;
    result.name = request.workload;
    result.batch = request.batch;
    result.repetitions = request.repetitions;
    // Steps run in the device's own type, samples in float unless bf16 is asked for, and what is measured always in float.
    const bool training = request.workload == "finetune" || request.workload == "pretrain";
    const bool sampling = request.workload == "one-step" || request.workload == "multi-step";
    const bool bfloat16 =
        training ? compute.trainType == torch::kBFloat16 : sampling && request.compute.precision == Precision::BFloat16;
    result.device = withPrecision(compute, bfloat16 ? Precision::BFloat16 : Precision::Float32).title();
    Denoiser denoiser{nullptr};
    Dataset data;
    TimedWork work;
    if (request.workload == "frechet") {
        work = frechetWork();
        result.batch = 0;
    } else {
        denoiser = modelOf(request.model);
        denoiser->to(compute.device);
        data = randomImages(denoiser->config(), request.batch);
        work = workOf(request, denoiser, data, compute);
        result.model = request.model;
    }
    const int units = unitsOf(work, request.steps, compute.device.is_cuda());
    // Now, because what measures the ceiling takes memory too.
    if (compute.device.is_cuda()) result.devicePeakMiB = peakDeviceMiB(compute.device.index());
    std::vector<double> rates, ceilings;
    for (int i = 0; i < request.repetitions; ++i) {
        if (progress && !progress(double(i) / request.repetitions))
            throw Error(ErrorCode::Interrupted, "The benchmark was stopped.");
        const double seconds = secondsOf([&] {
            for (int unit = 0; unit < units; ++unit) work.once();
            work.end();
        });
        rates.push_back(units * work.counted / seconds);
        if (!work.convolutions.shapes.empty())
            ceilings.push_back(1 / secondsPerImage(work.convolutions, request.batch, compute.device.str(), bfloat16));
    }
    std::sort(rates.begin(), rates.end());
    std::sort(ceilings.begin(), ceilings.end());
    result.value = rates[rates.size() / 2];
    result.low = rates.front();
    result.high = rates.back();
    if (!ceilings.empty()) result.ceiling = ceilings[ceilings.size() / 2];
    result.peakMiB = peakResidentMiB();
    return result;
}

}  // namespace thaw
