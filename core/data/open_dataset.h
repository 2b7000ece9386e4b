// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/data/idx_dataset.h"
#include "core/values/progress.h"

namespace thaw {

/// Opens a data set by what it holds, not by its name:
///   `builtin`                     Fashion-MNIST
///   zip or folder of images       PNG or JPEG, with EDM's dataset.json or without labels
///   IDX file or folder            MNIST and its kin, plain or gzipped
///   CIFAR-10, CIFAR-100           binary version, file or folder
///   .npy, .npz                    uint8 images, labels beside them
/// Of a folder the first that fits in this order: dataset.json, IDX, CIFAR, images. EDM's `--xflip` doubles the data set
/// with mirrored copies; here BatchStream mirrors at random, which shows the same images equally often and costs no
/// memory. Throws FileMissing, FileDamaged, WrongKind, OutOfMemory; Interrupted by `progress`.
Dataset openDataset(const std::string& path, const DatasetOptions& options, const Progress& progress = {});
Dataset openDataset(const std::string& path, const std::string& part = "train");

}  // namespace thaw
