// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <string>

namespace thaw {

/// Images in memory.
struct Dataset {
    torch::Tensor images;  ///< uint8 [N, C, R, R]
    torch::Tensor labels;  ///< int64 [N]; undefined when the source has none
    std::string title;     ///< e.g. "Fashion-MNIST train"
    std::string path;

    std::int64_t count() const { return images.size(0); }
};

/// Reads `*-images-idx3-ubyte[.gz]` (with the labels file beside it, when there) or a folder of them, where `part`
/// (`train` or `t10k`) chooses the file. http://yann.lecun.com/exdb/mnist format: big-endian magic 0x00000803, count,
/// rows, columns, bytes. Throws FileMissing, FileDamaged, WrongKind.
Dataset readIdx(const std::string& path, const std::string& part = "train");

/// Fashion-MNIST where the Debian package `dataset-fashion-mnist` puts it, below $THAW_FASHION_MNIST, or beside the
/// embedded model. Throws FileMissing saying which package or files to get.
Dataset readBuiltinData(const std::string& part = "train");

/// A batch in [-1, 1]: uint8/127.5 - 1. `indices` int64 [n]; `mirror` bool [n] or undefined.
torch::Tensor imageBatch(const Dataset& data, const torch::Tensor& indices, const torch::Tensor& mirror = {});

}  // namespace thaw
