// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/convert_model.h"

#include "core/io/open_model.h"
#include "core/io/tensor_reader.h"
#include "core/values/error.h"
#include "core/values/model_name.h"

#include <torch/torch.h>

#include <filesystem>

namespace thaw {
namespace {

// A weight that is not a number is kept as such.
bool isSame(const torch::Tensor& a, const torch::Tensor& b) {
    return a.sizes() == b.sizes() && a.scalar_type() == b.scalar_type() &&
           a.eq(b).logical_or(a.isnan().logical_and(b.isnan())).all().item<bool>();
}

void requireSameTensors(const Denoiser& original, const std::string& out, bool half) {
    const auto copy = indexCheckpoint(out);
    TensorReader reader(copy);
    const auto check = [&](const std::string& name, const torch::Tensor& value, bool halved) {
        const auto* stored = copy.find(name);
        const auto wanted = halved ? value.to(torch::kHalf) : value;
        if (!stored || !isSame(wanted, reader.read(*stored)))
            throw Error(ErrorCode::FileDamaged, "'" + out + "' does not read back: '" + name + "' differs.",
                        "Check the disk.");
    };
    for (const auto& item : original->named_parameters()) check(item.key(), item.value(), half);
    for (const auto& item : original->named_buffers()) check(item.key(), item.value(), false);
    describeModelFile(out);  // and it is a model file
}

}  // namespace

ConvertedModel convertModel(const std::string& in, const std::string& out, bool half) {
    auto model = openModelFile(in);
    auto metadata = model.metadata;
    metadata["converted_from"] =
        std::filesystem::path(modelName(in).path).filename().string() + " (" + metadata["format"] + ")";
    // The new file has one network and nothing beside it.
    for (const char* key : {"format", "not_taken", "unused_tensors", "configuration_from"}) metadata.erase(key);
    writeModelFile(out, model.denoiser, metadata, half);
    requireSameTensors(model.denoiser, out, half);

    ConvertedModel result;
    for (const auto& parameter : model.denoiser->parameters()) result.parameters += parameter.numel();
    result.tensors = model.denoiser->named_parameters().size() + model.denoiser->named_buffers().size();
    result.className = className(model.denoiser->kind());
    result.format = model.metadata["format"];
    if (const auto assumed = model.metadata.find("assumed"); assumed != model.metadata.end())
        result.assumed = assumed->second;
    return result;
}

}  // namespace thaw
