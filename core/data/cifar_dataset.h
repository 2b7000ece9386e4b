// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <optional>

namespace thaw {

enum class CifarKind { Ten, Hundred };

/// Whether a file holds CIFAR's binary records: its length is a whole number of them, and every class is one of theirs.
/// CIFAR-10: class, then 3072 bytes; CIFAR-100: coarse class, fine class, 3072 bytes. The pixels are the red, green and
/// blue planes of 32×32. https://www.cs.toronto.edu/~kriz/cifar.html
std::optional<CifarKind> cifarKindOf(const std::string& path);

/// Whether a folder holds such files under their published names (`data_batch_1.bin`, `test_batch.bin`, `train.bin`,
/// `test.bin`).
bool isCifarFolder(const std::string& path);

/// One such file, or a folder of them, where `part` chooses the training or the test images; labels are the (fine)
/// classes. Throws FileMissing, FileDamaged, WrongKind.
Dataset readCifar(const std::string& path, const std::string& part = "train");

}  // namespace thaw
