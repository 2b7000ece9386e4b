// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/freeze_plan.h"

#include <string>
#include <vector>

namespace thaw {

/// What a weight does in the network, by its published name; the groups in which papers speak of freezing.
enum class ParameterKind {
    Conv0,    ///< first 3×3 convolution of a U-Net block
    Conv1,    ///< second 3×3 convolution of a U-Net block
    Affine,   ///< noise embedding -> scale and shift (or shift alone)
    Skip,     ///< 1×1 convolution around a block
    Qkv,      ///< attention: queries, keys and values
    Proj,     ///< attention: projection back
    Norm,     ///< group norms
    Mapping,  ///< `map_*`: embedding of noise level, class and augmentation
    Aux,      ///< `*_aux_*`: output head, auxiliary skips and residuals
    InOut,    ///< first and last convolution where they are no aux module (`32x32_conv`, `out_conv`)
};

/// Of a parameter's full name, e.g. `enc.28x28_block0.conv0.weight`; a leading `model.` is ignored.
ParameterKind parameterKind(const std::string& parameterName);

/// One kind's share of a model.
struct KindShare {
    ParameterKind kind = ParameterKind::InOut;
    int tensors = 0;
    FreezeCount count;
    bool operator==(const KindShare&) const = default;
};

/// Every kind the model has, in the order of ParameterKind; the counts sum to countFrozen(plan, model).
std::vector<KindShare> sharesByKind(const FreezePlan& plan, const ModelSummary& model);

}  // namespace thaw
