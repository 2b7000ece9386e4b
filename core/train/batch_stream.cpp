// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/batch_stream.h"

#include "core/diffusion/noise.h"

#include <torch/torch.h>

namespace thaw {

torch::Generator stepGenerator(std::uint64_t seed, std::int64_t step, Purpose purpose) {
    // splitmix64: neighbouring steps get unrelated seeds.
    std::uint64_t z = seed * 0x9e3779b97f4a7c15ull + std::uint64_t(step) * 0xd1b54a32d192ed03ull +
                      std::uint64_t(purpose) * 0x8cb92ba72f3d8dd7ull;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return seededGenerator((z ^ (z >> 31)) >> 16);
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

torch::Tensor BatchStream::indices(std::int64_t step) {
    auto indices = torch::empty({batch_}, torch::kLong);
    for (int i = 0; i < batch_; ++i) indices.data_ptr<std::int64_t>()[i] = indexAt(step * batch_ + i);
    return indices;
}

torch::Tensor BatchStream::batch(std::int64_t step) {
    torch::Tensor mirrored;
    if (mirror_) mirrored = torch::rand({batch_}, stepGenerator(seed_, step, Purpose::Data)) < 0.5;
    return imageBatch(data_, indices(step), mirrored);
}

torch::Tensor BatchStream::labels(std::int64_t step, int labelDim) {
    return labelDim == 0 ? torch::Tensor() : labelBatch(data_, indices(step), labelDim);
}

}  // namespace thaw
