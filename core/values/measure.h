// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/enum_words.h"

#include <array>
#include <cstdint>
#include <string>
#include <utility>

namespace thaw {

/// What the vectors are that a Fréchet distance compares.
enum class MeasureKind {
    Network,    ///< features of some network: the built-in classifier, a trained one, a TorchScript module
    Inception,  ///< the 2048 features of the Inception network that FID is defined with
    Wavelets,   ///< wavelet packets, see core/metrics/wavelet_packets.h; needs no network
};

template <>
struct EnumWords<MeasureKind> {
    static constexpr std::array<std::pair<MeasureKind, const char*>, 3> all{{{MeasureKind::Network, "network"},
                                                                             {MeasureKind::Inception, "inception"},
                                                                             {MeasureKind::Wavelets, "wavelets"}}};
};

/// One distance and all that a reader must know to compare it.
struct Measure {
    MeasureKind kind = MeasureKind::Network;
    std::string features;              ///< title of the extractor
    std::int64_t images = 0;           ///< generated ones
    std::string reference;             ///< what they are compared with, in words
    std::int64_t referenceImages = 0;  ///< 0 where the reference does not say
    /// The weights were chosen by this very distance (the best snapshot of a run), so it flatters them.
    bool selection = false;

    bool operator==(const Measure&) const = default;
};

/// From so many images on a distance in Inception's features is called FID.
inline constexpr std::int64_t kFidImages = 10'000;

/// The only place that names a distance: `FID` with FID's own Inception features and at least 10,000 images on either
/// side (a reference that does not say its number is taken at its word), `FWD` for the Fréchet wavelet distance, `FD`
/// for everything else.
std::string measureName(const Measure& measure);
/// `KID` with FID's own features, else `kernel distance`. Its estimate is unbiased, so the number of images is no matter.
std::string kernelDistanceName(MeasureKind kind);
/// "FD (Fashion-MNIST classifier, 128-d; 5000 images against Fashion-MNIST test; selection criterion)"
std::string measureTitle(const Measure& measure);

/// What a run measures its images with, and against.
struct MeasureChoice {
    /// `auto`; `builtin`, the classifier of the embedded data; `fwd`, the Fréchet wavelet distance; `none`; a TorchScript
    /// network with its description beside it; or a classifier of `thaw-cli train-features`.
    std::string features = "auto";
    /// Empty: images of the open data, of the embedded data its test part. Else a file of statistics (`.npz`).
    std::string reference;

    bool operator==(const MeasureChoice&) const = default;
};

inline constexpr const char* kAutoFeatures = "auto";
inline constexpr const char* kBuiltinFeatures = "builtin";
inline constexpr const char* kWaveletFeatures = "fwd";
inline constexpr const char* kNoFeatures = "none";

/// What a choice of features depends on.
struct MeasuredImages {
    int channels = 0;
    int resolution = 0;
    bool builtin = false;  ///< they belong to the embedded data
};

/// What `auto` stands for: `builtin` for the embedded data, `fwd` for all others that have a wavelet level, `none` for
/// the rest. Everything else stands for itself.
std::string chosenFeatures(const std::string& features, const MeasuredImages& images);
/// Why these images have no measure, in a sentence; empty where they have one.
std::string missingMeasure(const std::string& features, const MeasuredImages& images);

/// Levels of the wavelet packet transform: at most 4, as published, so few that 2^level divides the resolution and a
/// packet keeps at least 2×2 coefficients. That is min(4, log2 R - 1) for powers of two. 0 = none (odd resolutions, 2).
int waveletLevel(int resolution);

}  // namespace thaw
