// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/script_features.h"

#include "core/metrics/feature_sidecar.h"
#include "core/metrics/image_resize.h"
#include "core/metrics/script_module.h"
#include "core/values/error.h"
#include "core/values/torch_fault.h"

#include <filesystem>
#include <sstream>

namespace thaw {
namespace {

// Images a forward pass: 64 of 299×299 keep Inception below 2 GB.
constexpr std::int64_t kScriptPiece = 64;
// A size that every network without one of its own should take.
constexpr int kTrialSize = 299;
// Of the layer that FID is defined with.
constexpr std::int64_t kInceptionFeatures = 2048;

class ScriptFeatures : public FeatureNetwork {
public:
    ScriptFeatures(const std::string& path, torch::Device device)
        : path_(path), device_(device), module_(loadScript(path, device)), checksum_(scriptChecksum(path)) {
        const auto description = std::filesystem::path(path).replace_extension(".json").string();
        if (std::filesystem::exists(description)) {
            sidecar_ = readFeatureSidecar(description);
        } else {
            assumed_ = true;
            sidecar_.dimensions = kInceptionFeatures;
            sidecar_.inception = takesReturnFeatures();
            sidecar_.title = sidecar_.inception ? "Inception (assumed)" : "undescribed network";
            notes_.push_back("There is no '" + description + "': '" + path +
                             "' is taken for a network that gets float images 0..255, resizes them itself and gives "
                             "2048 features, as NVIDIA's Inception does" +
                             (sidecar_.inception ? "." : "; without its return_features it is not called FID's."));
        }
        const int size = sidecar_.size.value_or(kTrialSize);
        // Two images: a network that mixes up the batch dimension shows it here.
        const auto trial = extract(torch::zeros({2, sidecar_.channels, size, size}, torch::kByte));
        dimensions_ = trial.features.size(1);
    }

    FeatureBatch extract(const torch::Tensor& images) override {
        TORCH_CHECK(images.scalar_type() == torch::kByte && images.dim() == 4,
                    "features are taken of 8-bit images [N, C, H, W]");
        requireFits(images.size(1), images.size(2), images.size(3), "one of the images");
        std::vector<torch::Tensor> features, logits;
        for (const auto& piece : images.split(kScriptPiece)) {
            const auto output = run(prepared(piece));
            features.push_back(vectors(output, sidecar_.features, "output.features", piece.size(0)));
            if (sidecar_.logits) logits.push_back(vectors(output, *sidecar_.logits, "output.logits", piece.size(0)));
        }
        const auto found = torch::cat(features);
        const auto expected = dimensions_ > 0 ? dimensions_ : sidecar_.dimensions.value_or(found.size(1));
        if (found.size(1) != expected)
            throw wrong("gives " + std::to_string(found.size(1)) + " features, not the " + std::to_string(expected) +
                        (assumed_ ? " of an Inception network" : " of \"dimensions\""));
        return {found, logits.empty() ? torch::Tensor() : torch::cat(logits)};
    }

    void requireFits(std::int64_t channels, std::int64_t height, std::int64_t width,
                     const std::string& origin) const override {
        const bool fitsChannels = channels == sidecar_.channels || channels == 1;
        const bool fitsSize = !sidecar_.size || sidecar_.resize != FeatureSidecar::Resize::None ||
                              (height == *sidecar_.size && width == *sidecar_.size);
        if (fitsChannels && fitsSize) return;
        throw Error(
            ErrorCode::Configuration,
            "The feature network " + sidecar_.title + " takes " + std::to_string(sidecar_.channels) +
                "-channel images" + (sidecar_.size ? " of " + std::to_string(*sidecar_.size) + " pixels" : "") + "; " +
                origin + " has " + std::to_string(channels) + " channels of " + std::to_string(height) + "x" +
                std::to_string(width) + ".",
            fitsChannels ? "Choose a \"resize\" in its description." : "Choose another feature network (--features).");
    }

    std::string title() const override {
        auto text =
            sidecar_.title + ", " + std::to_string(dimensions_) + "-d, " + checksum_ + ", " + rangeName(sidecar_);
        return resizing().empty() ? text : text + ", " + resizing();
    }
    std::string resizing() const override { return resizeName(sidecar_); }
    std::int64_t featureCount() const override { return dimensions_; }
    bool hasLogits() const override { return sidecar_.logits.has_value(); }
    MeasureKind kind() const override {
        return sidecar_.inception && dimensions_ == kInceptionFeatures ? MeasureKind::Inception : MeasureKind::Network;
    }
    std::vector<std::string> notes() const override { return notes_; }

private:
    Error wrong(const std::string& what) const {
        return Error(ErrorCode::WrongKind, "'" + path_ + "' " + what + ".",
                     assumed_ ? "Describe it in a .json beside it; packaging/export_features.py writes one."
                              : "Correct its description, the .json beside it.");
    }

    torch::Tensor prepared(const torch::Tensor& images) const {
        using Range = FeatureSidecar::Range;
        auto x = images.to(device_);
        if (x.size(1) != sidecar_.channels) x = x.expand({-1, sidecar_.channels, -1, -1});
        const bool resize = sidecar_.size && (x.size(2) != *sidecar_.size || x.size(3) != *sidecar_.size);
        if (sidecar_.range == Range::Bytes && !resize) return x.contiguous();
        x = x.to(torch::kFloat);
        if (resize) x = resized(x, *sidecar_.size, sidecar_.resize);
        switch (sidecar_.range) {
        case Range::Bytes: return x.round().clamp(0, 255).to(torch::kByte).contiguous();
        case Range::To255: break;
        case Range::ZeroOne: x = x / 255; break;
        case Range::MinusOne: x = x / 255 * 2 - 1; break;
        case Range::MeanStd: {
            const auto perChannel = [&](const std::vector<double>& values) {
                return torch::tensor(values, x.options()).reshape({1, -1, 1, 1});
            };
            x = (x / 255 - perChannel(sidecar_.mean)) / perChannel(sidecar_.std);
        }
        }
        return x.contiguous();
    }

    c10::IValue run(const torch::Tensor& x) {
        const torch::NoGradGuard noGrad;
        try {
            std::unordered_map<std::string, c10::IValue> named;
            if (takesReturnFeatures()) named["return_features"] = true;
            return module_.get_method("forward")({x}, named);
        } catch (const std::exception& fault) {
            if (meansOutOfMemory(fault.what()))
                throw Error(ErrorCode::OutOfMemory, "There is not enough memory to run '" + path_ + "'.",
                            "Use --device cpu.");
            std::ostringstream shape;
            shape << x.sizes();
            throw wrong("cannot process a batch of " + shape.str() + ": " + scriptFault(fault));
        }
    }

    // NVIDIA's Inception gives class probabilities unless asked.
    bool takesReturnFeatures() const {
        for (const auto& argument : module_.get_method("forward").function().getSchema().arguments())
            if (argument.name() == "return_features" && argument.type()->kind() == c10::TypeKind::BoolType) return true;
        return false;
    }

    // The tensor at a place of the output, as [N, D].
    torch::Tensor vectors(const c10::IValue& output, const FeatureSidecar::Place& place, const std::string& field,
                          std::int64_t count) const {
        auto found = lookUp(output, place);
        if (!found.isTensor())
            throw wrong("has no tensor at \"" + field + "\" of its output, which is a " + output.tagKind());
        auto x = found.toTensor();
        if (x.dim() == 4) x = x.mean({2, 3}, false, torch::kFloat);
        if (x.dim() != 2 || x.size(0) != count || x.size(1) == 0 || !x.is_floating_point()) {
            std::ostringstream shape;
            shape << x.sizes();
            throw wrong("gives \"" + field + "\" of the shape " + shape.str() + " for " + std::to_string(count) +
                        " images, not float [N, D]");
        }
        return x.detach().to(torch::kCPU, torch::kFloat).contiguous();
    }

    static c10::IValue lookUp(const c10::IValue& output, const FeatureSidecar::Place& place) {
        if (const auto* key = std::get_if<std::string>(&place)) {
            if (!output.isGenericDict()) return {};
            for (const auto& item : output.toGenericDict())
                if (item.key().isString() && item.key().toStringRef() == *key) return item.value();
            return {};
        }
        const auto index = std::size_t(std::holds_alternative<std::int64_t>(place) ? std::get<std::int64_t>(place) : 0);
        if (output.isTensor()) return index == 0 ? output : c10::IValue();
        if (output.isTuple())
            return index < output.toTupleRef().elements().size() ? output.toTupleRef().elements()[index]
                                                                 : c10::IValue();
        if (output.isList()) return index < output.toListRef().size() ? output.toListRef()[index] : c10::IValue();
        return {};
    }

    std::string path_;
    torch::Device device_;
    torch::jit::Module module_;
    std::string checksum_;
    FeatureSidecar sidecar_;
    bool assumed_ = false;
    std::vector<std::string> notes_;
    std::int64_t dimensions_ = 0;
};

}  // namespace

std::unique_ptr<FeatureNetwork> openScriptFeatures(const std::string& path, torch::Device device) {
    return std::make_unique<ScriptFeatures>(path, device);
}

}  // namespace thaw
