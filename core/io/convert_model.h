// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace thaw {

/// What was written.
struct ConvertedModel {
    std::int64_t parameters = 0;
    std::size_t tensors = 0;  ///< parameters and buffers
    std::string className;    ///< `EDMPrecond`, ...
    std::string format;       ///< of the file that was read
    std::string assumed;      ///< what that file does not say of its configuration; empty where it says all
};

/// Reads any checkpoint that `openModelFile` knows and writes it as a model file (`.safetensors`), with `half` in float16.
/// Then reads it back, one tensor at a time, because a second network in memory would double the peak: a copy that differs
/// is worthless. Replaces `out`. Throws what openModelFile throws, and FileDamaged where `out` does not read back.
ConvertedModel convertModel(const std::string& in, const std::string& out, bool half = false);

}  // namespace thaw
