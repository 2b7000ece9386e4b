// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

namespace thaw {

/// Reads `*-images-idx3-ubyte[.gz]` (with the labels file beside it, when there) or a folder of them, where `part`
/// (`train` or `t10k`) chooses the file. http://yann.lecun.com/exdb/mnist format: big-endian magic 0x00000803, count,
/// rows, columns, bytes. Throws FileMissing, FileDamaged, WrongKind.
Dataset readIdx(const std::string& path, const std::string& part = "train");

/// Whether a folder holds IDX images of any part.
bool isIdxFolder(const std::string& path);

/// Fashion-MNIST where the Debian package `dataset-fashion-mnist` puts it, below $THAW_FASHION_MNIST, or beside the
/// embedded model. Throws FileMissing saying which package or files to get.
Dataset readBuiltinData(const std::string& part = "train");

}  // namespace thaw
