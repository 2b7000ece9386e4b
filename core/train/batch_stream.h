// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/device/compute_device.h"
#include "core/values/process_place.h"

namespace thaw {

/// A generator for one purpose of one step. Random numbers are a function of (seed, step, purpose), so a resumed run
/// draws exactly what the uninterrupted one would have drawn and no generator state needs saving.
enum class Purpose : std::uint64_t {
    Data = 1,
    Noise = 2,
    Latents = 3,
    LatentsForD = 4,
    Features = 5,
    FeaturesForD = 6,
    Penalty = 7,
    Distillation = 8,
    Dropout = 9,
    DropoutForD = 10,
    Augmentation = 11
};
torch::Generator stepGenerator(std::uint64_t seed, std::int64_t step, Purpose purpose);
/// ..., one for each image of these rows of its batch, whatever the batch's size and whoever works on which rows.
std::shared_ptr<const ImageGenerators> imageGenerators(std::uint64_t seed, std::int64_t step, Purpose purpose,
                                                       Rows rows);

/// Batches over shuffled epochs: the images at positions step·batch ... of an endless sequence of permutations. With
/// `mirror` every image is shown mirrored half of the time, as a data set doubled by mirrored copies would show it.
class BatchStream {
public:
    BatchStream(const Dataset& data, std::uint64_t seed, int batch, bool mirror);
    /// float [batch, C, R, R] in [-1, 1] for that step (0-based); half of the images mirrored when asked.
    torch::Tensor batch(std::int64_t step) { return batch(step, {0, batch_}); }
    /// These rows of it alone.
    torch::Tensor batch(std::int64_t step, Rows rows);
    /// The labels of the same images, float [batch, labelDim]; see labelBatch. Undefined when labelDim is 0.
    torch::Tensor labels(std::int64_t step, int labelDim) { return labels(step, labelDim, {0, batch_}); }
    torch::Tensor labels(std::int64_t step, int labelDim, Rows rows);
    /// Which images a step shows, int64 [batch].
    torch::Tensor indices(std::int64_t step) { return indices(step, {0, batch_}); }
    torch::Tensor indices(std::int64_t step, Rows rows);

private:
    std::int64_t indexAt(std::int64_t position);

    const Dataset& data_;
    std::uint64_t seed_;
    int batch_;
    bool mirror_;
    std::int64_t epoch_ = -1;
    torch::Tensor order_;
};

}  // namespace thaw
