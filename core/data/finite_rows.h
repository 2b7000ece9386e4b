// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <string>

namespace thaw {

/// Rows along dimension 0 (images, labels, vectors) that hold a value that is not finite, or another fault.
struct FaultyRows {
    std::int64_t count = 0;
    std::int64_t first = -1;  ///< index of the first, counted from 0
    std::int64_t rows = 0;    ///< of how many

    explicit operator bool() const { return count > 0; }
    /// Takes the rows that follow.
    void add(const FaultyRows& next);
    /// "3 of 20 images, the first image 4 (counted from 0)", with `unit` for "image".
    std::string text(const std::string& unit = "image") const;
};

/// Of a mask, bool [N]: the rows that are true.
FaultyRows faultyRows(const torch::Tensor& mask);
/// The rows of any tensor of at least one dimension that are not finite throughout.
FaultyRows rowsNotFinite(const torch::Tensor& values);

/// Throws WrongKind where there are faults in what the model `model` made; an image of them would be black, as if it were
/// a result.
void requireFiniteImages(const FaultyRows& made, const std::string& model);

}  // namespace thaw
