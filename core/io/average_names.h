// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/network_names.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace thaw {

/// One of the networks of a file: which tensors are its own.
struct NetworkInFile {
    std::string owner;                                         ///< what stands before its names
    std::vector<std::pair<std::size_t, std::string>> tensors;  ///< place in the file, published name
    int rank = 0;                                              ///< the lowest is taken first
};

/// Averages of `trained` among `places` whose tensors do not carry a network's names:
/// - names without dots (`model_ema.map_layer0weight`), as LitEma of latent diffusion keeps them;
/// - a list in the order of the parameters (`ema.shadow_params.0`), as ExponentialMovingAverage of torch_ema keeps it.
/// Both hold weights alone; the buffers are the trained network's. Only whole ones are returned, without a rank.
std::vector<NetworkInFile> averagesWithoutNames(const NetworkInFile& trained, const std::vector<TensorPlace>& places);

}  // namespace thaw
