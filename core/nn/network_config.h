// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

/// The published constructor arguments of the wrapper and its network; the `config` of a model file.
struct NetworkConfig {
    int imgResolution = 32;
    int imgChannels = 3;
    int labelDim = 0;            ///< classes; 0 = unconditional
    int augmentDim = 0;          ///< augmentation labels; 0 = none
    int modelChannels = 128;
    std::vector<int> channelMult{2, 2, 2};
    int channelMultEmb = 4;      ///< embedding width in units of modelChannels
    int channelMultNoise = 1;    ///< noise embedding width in units of modelChannels
    int numBlocks = 4;           ///< blocks per level
    std::vector<int> attnResolutions{16};
    double dropout = 0.1;
    double sigmaData = 0.5;
    bool operator==(const NetworkConfig&) const = default;
};

/// Reads the JSON of a model file. Throws WrongKind for an architecture this program has no network for and
/// Configuration, naming every bad field, for values no network can have. `origin` is named in the message.
NetworkConfig parseNetworkConfig(const std::string& json, const std::string& origin);
/// The JSON of a model file: published argument names, DDPM++.
std::string toJson(const NetworkConfig& config);

/// The small DDPM++ network that pre-training uses for data of this size unless told otherwise: 32 channels, two
/// halvings where the size allows, attention at the lowest resolution.
NetworkConfig defaultNetwork(int imgResolution, int imgChannels);

}  // namespace thaw
