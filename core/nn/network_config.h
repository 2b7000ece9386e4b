// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/data_fit.h"
#include "core/values/enum_words.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thaw {

/// The two U-Nets of Karras et al. 2022 (EDM).
enum class Architecture {
    SongUNet,      ///< Song et al. 2021: DDPM++ and NCSN++
    DhariwalUNet,  ///< Dhariwal & Nichol 2021: ADM
};
/// How SongUNet embeds the noise level.
enum class EmbeddingType { Positional, Fourier };
/// How SongUNet feeds its input to the lower levels: not at all, or through `aux_residual` convolutions.
enum class EncoderType { Standard, Residual };

/// The published words of model_type, embedding_type and encoder_type.
template <>
struct EnumWords<Architecture> {
    static constexpr std::array<std::pair<Architecture, const char*>, 2> all{
        {{Architecture::SongUNet, "SongUNet"}, {Architecture::DhariwalUNet, "DhariwalUNet"}}};
};
template <>
struct EnumWords<EmbeddingType> {
    static constexpr std::array<std::pair<EmbeddingType, const char*>, 2> all{
        {{EmbeddingType::Positional, "positional"}, {EmbeddingType::Fourier, "fourier"}}};
};
template <>
struct EnumWords<EncoderType> {
    static constexpr std::array<std::pair<EncoderType, const char*>, 2> all{
        {{EncoderType::Standard, "standard"}, {EncoderType::Residual, "residual"}}};
};
/// The only decoder_type that networks were published with.
inline constexpr const char* kDecoderType = "standard";

/// The published constructor arguments of the wrapper and its network; the `config` of a model file.
struct NetworkConfig {
    Architecture architecture = Architecture::SongUNet;
    int imgResolution = 32;
    int imgChannels = 3;
    int outChannels = 0;  ///< channels of the raw output F; 0 = imgChannels (iDDPM: twice as many)
    int labelDim = 0;     ///< classes; 0 = unconditional
    int augmentDim = 0;   ///< augmentation labels; 0 = none
    int modelChannels = 128;
    std::vector<int> channelMult{1, 2, 2, 2};
    int channelMultEmb = 4;    ///< embedding width in units of modelChannels
    int channelMultNoise = 1;  ///< noise embedding width in units of modelChannels (SongUNet)
    int numBlocks = 4;         ///< blocks per level
    std::vector<int> attnResolutions{16};
    double dropout = 0.1;     ///< share of activations set to zero while training
    double labelDropout = 0;  ///< share of class labels replaced by zeros while training
    EmbeddingType embeddingType = EmbeddingType::Positional;
    EncoderType encoderType = EncoderType::Standard;
    std::vector<int> resampleFilter{1, 1};  ///< separable; [1,1] box, [1,3,3,1] (NCSN++)
    bool twoTime = false;  ///< ours: the noise level at which a jump ends is an input too (few-step students)

    // Constants of the preconditioning; see core/diffusion/preconditioning.h.
    double sigmaData = 0.5;                    ///< EDM, D2O
    double epsilon = 0.002;                    ///< D2O: boundary shift
    double betaD = 19.9;                       ///< VP
    double betaMin = 0.1;                      ///< VP
    double epsilonT = 1e-5;                    ///< VP: smallest time
    int timesteps = 1000;                      ///< M of VP and iDDPM
    double c1 = 0.001;                         ///< C_1 of iDDPM
    double c2 = 0.008;                         ///< C_2 of iDDPM
    std::optional<double> sigmaMin, sigmaMax;  ///< the network's noise levels; absent = the wrapper's own

    bool operator==(const NetworkConfig&) const = default;

    int rawChannels() const { return outChannels > 0 ? outChannels : imgChannels; }
    /// Width of the noise embedding before the mapping layers, and after them.
    std::int64_t noiseChannels() const {
        return std::int64_t(modelChannels) * (architecture == Architecture::SongUNet ? channelMultNoise : 1);
    }
    std::int64_t embeddingChannels() const { return std::int64_t(modelChannels) * channelMultEmb; }
    bool attentionAt(int resolution) const;
};

/// What decides whether data fit (fitOf).
ModelShape shapeOf(const NetworkConfig& config);

/// What to call it: "DDPM++", "NCSN++", "ADM", or "SongUNet" for another mixture of its parts.
std::string familyName(const NetworkConfig& config);

/// Reads the JSON of a model file whose wrapper is `wrapperClass` (it decides some defaults: EDMPrecond, D2OPrecond and
/// iDDPMPrecond wrap a DhariwalUNet unless the file says otherwise, VPPrecond and VEPrecond a SongUNet). Unknown fields are
/// ignored; Python's `Infinity` is accepted. Throws WrongKind for an architecture this program has no network for and
/// Configuration, naming every bad field, for values no network can have. `origin` is named in the message.
NetworkConfig parseNetworkConfig(const std::string& json, const std::string& origin,
                                 const std::string& wrapperClass = "EDMPrecond");
/// JSON as Python writes it, with its bare `Infinity` turned into null.
std::string withoutInfinity(const std::string& json);
/// The JSON of a model file: published argument names.
std::string toJson(const NetworkConfig& config);

/// The small DDPM++ network that pre-training uses for data of this size unless the user names another: 32 channels, two
/// halvings where the size allows, attention at the lowest resolution.
NetworkConfig defaultNetwork(int imgResolution, int imgChannels);

}  // namespace thaw
