// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/network_config.h"
#include "core/values/model_summary.h"

#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

enum class Resampling { None, Up, Down };

/// How fresh weights are drawn.
enum class Initialisation {
    Xavier,      ///< weight xavier uniform × scale, bias 0 (SongUNet)
    Kaiming,     ///< weight and bias kaiming uniform × sqrt(1/3) (DhariwalUNet)
    Zero,        ///< weight and bias 0 (DhariwalUNet's residual branches)
    UnitNormal,  ///< weight N(0, 1) (DhariwalUNet's label embedding)
};

/// What a U-Net block is made of.
struct UNetBlockConfig {
    std::int64_t in = 0, out = 0;  ///< channels
    std::int64_t embedding = 0;    ///< width of the noise embedding
    Resampling resampling = Resampling::None;
    std::int64_t heads = 0;  ///< attention heads; 0 = no attention
    double dropout = 0;
    double skipScale = 1;        ///< factor after every residual sum
    double epsilon = 1e-5;       ///< of the norms
    bool adaptiveScale = false;  ///< the embedding gives scale and shift after norm1, not a shift before it
    bool projectSkip = false;    ///< resampling skips are 1×1 convolutions even where the channels agree
    std::vector<int> filter{1, 1};
    Initialisation initialisation = Initialisation::Xavier;

    bool skipHasWeights() const { return in != out || (projectSkip && resampling != Resampling::None); }
};

enum class StageKind {
    Conv,         ///< 3×3 convolution
    AuxResidual,  ///< x = (x + conv(aux))/sqrt(2) with the filtered, halved input pyramid (NCSN++)
    Block,        ///< UNetBlock
    Norm,         ///< GroupNorm and SiLU before the last convolution
};

/// One top-level module of the network. Blocks use all of `block`; the others its in, out, epsilon and filter.
struct StageSpec {
    std::string name;  ///< module path below the network: `enc.32x32_block0`, `out_conv`
    StageKind kind = StageKind::Conv;
    int resolution = 0;  ///< pixels per side of its output
    UNetBlockConfig block;
};

/// The whole network as data, in forward order. The networks are built from this, and a file's tensors are checked
/// against it before anything is allocated.
struct UNetPlan {
    std::vector<StageSpec> encoder, decoder;
};
UNetPlan planOf(const NetworkConfig& config);

/// Groups of a norm over that many channels: min(32, C/4).
std::int64_t groupCount(std::int64_t channels);

/// All parameters with their shapes, in state-dict order (mapping, enc, dec, out); names without `model.`.
std::vector<ParameterInfo> expectedParameters(const NetworkConfig& config);

/// The top-level modules in forward order (mapping first) with their parameters: what people look at.
std::vector<BlockInfo> blocksOf(const NetworkConfig& config);

}  // namespace thaw
