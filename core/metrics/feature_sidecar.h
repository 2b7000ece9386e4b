// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace thaw {

/// How a TorchScript feature network wants its images and where its features are: `NAME.json` beside `NAME.pt`.
///
///     {"title": "Inception v3 (pytorch-fid)", "range": "-1..1", "size": 299, "resize": "bilinear", "channels": 3,
///      "output": {"features": 0, "logits": 1}, "dimensions": 2048, "licence": "Apache-2.0"}
struct FeatureSidecar {
    enum class Range {
        Bytes,     ///< "uint8": the bytes themselves
        To255,     ///< "0..255": the same as float
        ZeroOne,   ///< "0..1": x/255
        MinusOne,  ///< "-1..1": 2·x/255 - 1
        MeanStd,   ///< {"mean": [...], "std": [...]}: (x/255 - mean)/std, a value per channel
    };
    enum class Resize {
        None,               ///< "none": the network resizes itself, or `size` is required
        Bilinear,           ///< "bilinear": half-pixel centres, no antialiasing (pytorch-fid)
        BilinearAntialias,  ///< "bilinear-antialias": triangle filter as wide as the reduction
        BicubicAntialias,   ///< "bicubic-antialias": as CLIP and most vision transformers
        Tf1Bilinear,        ///< "tf1-bilinear": out pixel i looks at i·in/out, no half-pixel shift
    };
    /// Nothing: the output is the tensor itself. A number: of a tuple or list. A text: of a dictionary.
    using Place = std::variant<std::monostate, std::int64_t, std::string>;

    std::string title;
    Range range = Range::To255;
    std::vector<double> mean, std;
    std::optional<int> size;  ///< absent or null: images keep their own
    Resize resize = Resize::None;
    int channels = 3;  ///< grey images are repeated
    Place features;
    std::optional<Place> logits;  ///< absent: the network has no class scores
    std::optional<std::int64_t> dimensions;
    bool inception = false;  ///< "inception"; absent: whether the title names it
    std::string licence;
};

/// Reads a sidecar. Unknown fields are left alone. Throws FileMissing, FileDamaged (no JSON) and WrongKind naming the
/// field, its value and what it may be.
FeatureSidecar readFeatureSidecar(const std::string& path);

/// "Resized to 299 by bilinear" in words of the file; empty where the network takes images as they are.
std::string resizeName(const FeatureSidecar& sidecar);
/// The range in the words of the file, e.g. "-1..1".
std::string rangeName(const FeatureSidecar& sidecar);

}  // namespace thaw
