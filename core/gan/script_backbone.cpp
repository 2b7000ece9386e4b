// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/script_backbone.h"

#include "core/metrics/feature_sidecar.h"
#include "core/metrics/script_module.h"
#include "core/values/error.h"
#include "core/values/torch_fault.h"

#include <torch/torch.h>

#include <filesystem>

namespace thaw {
namespace {

class ScriptBackbone : public Backbone {
public:
    ScriptBackbone(const std::string& path, int resolution, torch::Device device)
        : path_(path), device_(device), module_(loadScript(path, device)) {
        const auto description = std::filesystem::path(path).replace_extension(".json").string();
        sidecar_ = readFeatureSidecar(description);
        if (sidecar_.range == FeatureSidecar::Range::Bytes)
            throw wrong("takes \"range\": \"uint8\", through which no gradient flows",
                        "Export it for 0..1 or mean and std.");
        const torch::NoGradGuard guard;
        // Once: an upload in every pass would make the host wait for the device.
        const auto perChannel = [&](const std::vector<double>& values) {
            return torch::tensor(values, torch::kFloat).reshape({1, -1, 1, 1}).to(device);
        };
        mean_ = perChannel(sidecar_.mean);
        std_ = perChannel(sidecar_.std);
        for (const auto& map : maps(torch::zeros({2, sidecar_.channels, resolution, resolution}, device), {}, {})) {
            if (map.dim() != 4 || map.size(0) != 2 || map.size(2) != map.size(3))
                throw wrong("gives an output that is no square map [N, C, H, H]",
                            "Export it with packaging/export_features.py --maps.");
            levels_.push_back({int(map.size(1)), int(map.size(2))});
            if (levels_.size() > 1 && levels_.back().resolution > levels_[levels_.size() - 2].resolution)
                throw wrong("gives maps that grow, where each must be at most as large as the one before",
                            "Reverse their order.");
        }
        if (levels_.empty()) throw wrong("gives no feature map", "Export it with packaging/export_features.py --maps.");
    }

    std::vector<torch::Tensor> maps(const torch::Tensor& images, const FeatureNoise&, const ForwardMode&,
                                    const torch::Tensor& = {}) override {
        c10::IValue output;
        const auto x = prepared(images);
        try {
            output = module_.forward({x});
        } catch (const std::exception& fault) {
            if (meansOutOfMemory(fault.what()))
                throw Error(ErrorCode::OutOfMemory, "There is not enough memory to run '" + path_ + "'.",
                            "Use a smaller micro-batch.");
            throw wrong("cannot process a batch of images: " + scriptFault(fault),
                        "Correct its description, the .json beside it.");
        }
        std::vector<torch::Tensor> all;
        const auto add = [&](const c10::IValue& value) {
            if (!value.isTensor())
                throw wrong("gives an output that is no list of tensors",
                            "Export it with packaging/export_features.py --maps.");
            all.push_back(value.toTensor());
        };
        if (output.isTuple())
            for (const auto& value : output.toTupleRef().elements()) add(value);
        else if (output.isList())
            for (const auto& value : output.toListRef()) add(value);
        else add(output);
        return all;
    }
    const std::vector<Level>& levels() const override { return levels_; }

private:
    Error wrong(const std::string& what, const std::string& action) const {
        return Error(ErrorCode::WrongKind, "The backbone '" + path_ + "' " + what + ".", action);
    }
    torch::Tensor prepared(const torch::Tensor& images) const {
        using Range = FeatureSidecar::Range;
        auto x = images.to(torch::kFloat);
        if (x.size(1) != sidecar_.channels) {
            if (x.size(1) != 1)
                throw wrong("takes " + std::to_string(sidecar_.channels) + " channels, the images have " +
                                std::to_string(x.size(1)),
                            "Choose another backbone.");
            x = x.expand({-1, sidecar_.channels, -1, -1});
        }
        if (sidecar_.size && (x.size(2) != *sidecar_.size || x.size(3) != *sidecar_.size))
            x = torch::upsample_bilinear2d(x, {*sidecar_.size, *sidecar_.size}, /*align_corners=*/false);
        switch (sidecar_.range) {
        case Range::MinusOne: return x;
        case Range::ZeroOne: return (x + 1) / 2;
        case Range::MeanStd: return ((x + 1) / 2 - mean_) / std_;
        case Range::Bytes:
        case Range::To255: break;
        }
        return (x + 1) * 127.5;
    }

    std::string path_;
    torch::Device device_;
    torch::jit::Module module_;
    FeatureSidecar sidecar_;
    torch::Tensor mean_, std_;  // [1, C, 1, 1]
    std::vector<Level> levels_;
};

}  // namespace

std::unique_ptr<Backbone> openScriptBackbone(const std::string& path, int resolution, torch::Device device) {
    return std::make_unique<ScriptBackbone>(path, resolution, device);
}

}  // namespace thaw
