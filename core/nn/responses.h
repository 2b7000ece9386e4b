// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/network_config.h"
#include "core/values/response_info.h"

#include <string>
#include <vector>

namespace thaw {

/// Everything a ResponseHook hears of a network with these settings, in the order of the forward pass (`.input` apart):
/// per U-Net block its operations, then the block itself; `output` last.
std::vector<ResponseInfo> responsesOf(const NetworkConfig& config);

/// The names of whole blocks alone.
std::vector<std::string> blockResponses(const NetworkConfig& config);

/// The responses that a comma list of globs chooses, in forward order; the rule of names is that of the freeze plans
/// (`enc` is all of the encoder, `!` takes out, the last match wins). A pattern means whole blocks; one that matches no
/// block is looked for among the inner operations and `output`: `*` are all blocks, `*.conv0` every conv0,
/// `enc.28x28_block0.*` the operations of one block. With `operations` every pattern means both.
/// Throws Configuration naming every pattern that matches nothing, or when nothing is chosen.
std::vector<std::string> chooseResponses(const NetworkConfig& config, const std::string& globs,
                                         bool operations = false);

/// Throws Usage naming the first of these that the network does not have.
void requireResponses(const NetworkConfig& config, const std::vector<std::string>& names);

}  // namespace thaw
