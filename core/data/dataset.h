// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/data_fit.h"
#include "core/values/dataset_options.h"

#include <torch/types.h>

#include <string>
#include <vector>

namespace thaw {

/// Images in memory.
struct Dataset {
    torch::Tensor images;  ///< uint8 [N, C, R, R], C = 1 or 3
    torch::Tensor labels;  ///< int64 [N] classes, or float [N, L] vectors; undefined when the source has none
    std::string title;     ///< e.g. "Fashion-MNIST train"
    std::string path;
    std::vector<std::string> notes;  ///< sentences on what was left out or converted

    std::int64_t count() const { return images.defined() ? images.size(0) : 0; }
    std::vector<std::string> classNames{};  ///< name of class k, where the source gives them; else empty

    bool hasLabelVectors() const { return labels.defined() && labels.dim() == 2; }
    /// Largest class + 1, or the length of the label vectors; 0 without labels.
    int labelDim() const;
};

/// What the window shows, and what `fitOf` compares with a model.
DataSummary summarise(const Dataset& data);
DataShape shapeOf(const Dataset& data);

/// A batch in [-1, 1]: uint8/127.5 - 1. `indices` int64 [n]; `mirror` bool [n] or undefined.
torch::Tensor imageBatch(const Dataset& data, const torch::Tensor& indices, const torch::Tensor& mirror = {});

/// The labels of a batch as networks take them: float [n, labelDim], one-hot for classes, label vectors as they are.
/// `indices` int64 [n]. Throws Configuration when the data has no labels, when vectors have another length, or naming
/// the first class that is not below labelDim. Undefined when labelDim is 0 (an unconditional model).
torch::Tensor labelBatch(const Dataset& data, const torch::Tensor& indices, int labelDim);

/// The images that the options keep of `count`, int64, ascending; undefined when all are kept.
torch::Tensor chosenIndices(std::int64_t count, const DatasetOptions& options);
/// The same data set with those images alone.
void keepChosen(Dataset& data, const DatasetOptions& options);

/// Throws WrongKind unless the images are square with 1 or 3 channels; `name` is the file or entry in the message.
void requireImageShape(const std::string& name, std::int64_t channels, std::int64_t height, std::int64_t width);
/// Throws OutOfMemory when so many images are more than this machine's memory. Asked before anything is allocated.
void requireMemory(const std::string& path, std::int64_t count, std::int64_t channels, std::int64_t resolution);
/// Throws FileDamaged naming a class below 0 or beyond a million, or counting vectors that are not finite; WrongKind for another number of labels than images.
void requireValidLabels(const Dataset& data);

/// The last part of a path, also of one that ends in a slash.
std::string fileTitle(const std::string& path);

}  // namespace thaw
