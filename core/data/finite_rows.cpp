// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/finite_rows.h"

#include "core/values/error.h"

#include <torch/torch.h>

namespace thaw {

void FaultyRows::add(const FaultyRows& next) {
    if (first < 0 && next.first >= 0) first = rows + next.first;
    count += next.count;
    rows += next.rows;
}

std::string FaultyRows::text(const std::string& unit) const {
    return std::to_string(count) + " of " + std::to_string(rows) + " " + unit + (rows == 1 ? "" : "s") +
           ", the first " + unit + " " + std::to_string(first) + " (counted from 0)";
}

FaultyRows faultyRows(const torch::Tensor& mask) {
    const auto found = mask.nonzero();
    return {found.size(0), found.size(0) > 0 ? found[0][0].item<std::int64_t>() : -1, mask.size(0)};
}

FaultyRows rowsNotFinite(const torch::Tensor& values) {
    if (!values.is_floating_point() || values.numel() == 0) return {0, -1, values.size(0)};
    return faultyRows(values.isfinite().logical_not().flatten(1).any(1));
}

void requireFiniteImages(const FaultyRows& made, const std::string& model) {
    if (made)
        throw Error(ErrorCode::WrongKind,
                    "The model '" + model + "' makes images that are not finite: " + made.text() + ".",
                    "The weights may be damaged, or the run that wrote them diverged.");
}

}  // namespace thaw
