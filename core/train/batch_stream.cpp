// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/batch_stream.h"

#include "core/diffusion/noise.h"

#include <torch/torch.h>

namespace thaw {

namespace {

// splitmix64: neighbouring numbers get unrelated ones.
std::uint64_t scattered(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
}

std::uint64_t stepNumber(std::uint64_t seed, std::int64_t step, Purpose purpose) {
    return scattered(seed * 0x9e3779b97f4a7c15ull + std::uint64_t(step) * 0xd1b54a32d192ed03ull +
                     std::uint64_t(purpose) * 0x8cb92ba72f3d8dd7ull);
}

}  // namespace

torch::Generator stepGenerator(std::uint64_t seed, std::int64_t step, Purpose purpose) {
    return seededGenerator(stepNumber(seed, step, purpose) >> 16);
}

std::shared_ptr<const ImageGenerators> imageGenerators(std::uint64_t seed, std::int64_t step, Purpose purpose,
                                                       Rows rows) {
    const auto base = stepNumber(seed, step, purpose);
    auto all = std::make_shared<ImageGenerators>();
    for (auto k = rows.first; k < rows.last; ++k)
        all->push_back(seededGenerator(scattered(base + std::uint64_t(k + 1) * 0x9e3779b97f4a7c15ull) >> 16));
    return all;
}

BatchStream::BatchStream(const Dataset& data, std::uint64_t seed, int batch, bool mirror)
    : data_(data), seed_(seed), batch_(batch), mirror_(mirror) {}

std::int64_t BatchStream::indexAt(std::int64_t position) {
    const std::int64_t epoch = position / data_.count();
    if (epoch != epoch_) {
        // Epochs count downwards from -1 so that their generators never meet those of a step.
        order_ = torch::randperm(data_.count(), stepGenerator(seed_, -1 - epoch, Purpose::Data));
        epoch_ = epoch;
    }
    return order_.data_ptr<std::int64_t>()[position % data_.count()];
}

torch::Tensor BatchStream::indices(std::int64_t step, Rows rows) {
    auto indices = torch::empty({rows.count()}, torch::kLong);
    for (std::int64_t i = 0; i < rows.count(); ++i)
        indices.data_ptr<std::int64_t>()[i] = indexAt(step * batch_ + rows.first + i);
    return indices;
}

torch::Tensor BatchStream::batch(std::int64_t step, Rows rows) {
    torch::Tensor mirrored;
    if (mirror_) {
        const auto coins = torch::rand({batch_}, stepGenerator(seed_, step, Purpose::Data));
        mirrored = coins.slice(0, rows.first, rows.last) < 0.5;
    }
    return imageBatch(data_, indices(step, rows), mirrored);
}

torch::Tensor BatchStream::labels(std::int64_t step, int labelDim, Rows rows) {
    return labelDim == 0 ? torch::Tensor() : labelBatch(data_, indices(step, rows), labelDim);
}

}  // namespace thaw
