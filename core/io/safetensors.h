// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <map>
#include <string>
#include <vector>

namespace thaw {

/// Named tensors and text metadata: u64 little-endian header length, JSON header, raw little-endian data. No code is
/// ever executed. Format: https://github.com/huggingface/safetensors
struct SafeTensors {
    std::vector<std::pair<std::string, torch::Tensor>> tensors;  ///< in file order; CPU, contiguous
    std::map<std::string, std::string> metadata;

    /// The tensor of that name, undefined when absent.
    torch::Tensor find(const std::string& name) const;
    /// As find, but throws FileDamaged naming `path` when absent.
    torch::Tensor at(const std::string& name, const std::string& path) const;
};

/// Reads F64, F32, F16, BF16, I64, I32, I16, I8, U8 and BOOL tensors. The header is checked against the file's size
/// before anything is allocated. Throws FileMissing, FileDamaged (truncated, overlapping, wrong lengths), WrongKind.
SafeTensors readSafeTensors(const std::string& path);

/// Writes whole or not at all. Tensors are stored contiguous on the CPU under their own dtype.
void writeSafeTensors(const std::string& path, const SafeTensors& content);

}  // namespace thaw
