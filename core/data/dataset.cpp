// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"

#include "core/data/finite_rows.h"
#include "core/diffusion/noise.h"
#include "core/values/error.h"
#include "core/values/number_text.h"

#include <torch/torch.h>

#include <unistd.h>
#include <algorithm>
#include <filesystem>

namespace thaw {
namespace {

constexpr std::int64_t kMaxClass = 1'000'000;

std::string gigabytes(double bytes) { return fixedNumber(bytes / 1e9, 1) + " GB"; }

}  // namespace

int Dataset::labelDim() const {
    if (!labels.defined() || labels.size(0) == 0) return 0;
    return hasLabelVectors() ? int(labels.size(1)) : int(labels.max().item<std::int64_t>()) + 1;
}

DataShape shapeOf(const Dataset& data) {
    return {data.count(), int(data.images.size(1)), int(data.images.size(2)), data.labelDim(), data.hasLabelVectors()};
}

DataSummary summarise(const Dataset& data) {
    const auto shape = shapeOf(data);
    return {data.title,     data.path,          shape.count, shape.resolution, shape.channels,
            shape.labelDim, shape.labelVectors, data.notes,  data.classNames};
}

torch::Tensor imageBatch(const Dataset& data, const torch::Tensor& indices, const torch::Tensor& mirror) {
    auto batch = data.images.index_select(0, indices).to(torch::kFloat) / 127.5 - 1;
    if (mirror.defined()) batch = torch::where(mirror.reshape({-1, 1, 1, 1}), batch.flip({3}), batch);
    return batch;
}

torch::Tensor labelBatch(const Dataset& data, const torch::Tensor& indices, int labelDim) {
    if (labelDim == 0) return {};
    if (!data.labels.defined())
        throw Error(ErrorCode::Configuration,
                    "'" + data.path + "' has no labels; the model needs " + std::to_string(labelDim) + ".",
                    "Add the labels, or use an unconditional model.");
    const auto chosen = data.labels.index_select(0, indices);
    if (data.hasLabelVectors()) {
        if (chosen.size(1) != labelDim)
            throw Error(ErrorCode::Configuration,
                        "The labels of '" + data.path + "' have " + std::to_string(chosen.size(1)) +
                            " numbers; the model takes " + std::to_string(labelDim) + ".",
                        "Open the data set the model was trained on.");
        return chosen.to(torch::kFloat);
    }
    auto batch = torch::zeros({chosen.size(0), labelDim});
    for (std::int64_t i = 0; i < chosen.size(0); ++i) {
        const auto label = chosen.data_ptr<std::int64_t>()[i];
        if (label < 0 || label >= labelDim)
            throw Error(ErrorCode::Configuration,
                        "'" + data.path + "' has the class " + std::to_string(label) + "; the model knows 0 to " +
                            std::to_string(labelDim - 1) + ".",
                        "Open the data set the model was trained on.");
        batch.data_ptr<float>()[i * labelDim + label] = 1;
    }
    return batch;
}

torch::Tensor chosenIndices(std::int64_t count, const DatasetOptions& options) {
    if (options.maxImages < 0)
        throw Error(ErrorCode::Configuration,
                    "The number of images is " + std::to_string(options.maxImages) + ", must be 0 or more.",
                    "0 takes all.");
    if (options.maxImages == 0 || options.maxImages >= count) return {};
    if (options.subset == Subset::First) return torch::arange(options.maxImages, torch::kLong);
    return std::get<0>(
        torch::randperm(count, seededGenerator(options.seed), torch::kLong).slice(0, 0, options.maxImages).sort());
}

void keepChosen(Dataset& data, const DatasetOptions& options) {
    const auto chosen = chosenIndices(data.count(), options);
    if (!chosen.defined()) return;
    data.images = data.images.index_select(0, chosen);
    if (data.labels.defined()) data.labels = data.labels.index_select(0, chosen);
}

void requireImageShape(const std::string& name, std::int64_t channels, std::int64_t height, std::int64_t width) {
    if (channels != 1 && channels != 3)
        throw Error(
            ErrorCode::WrongKind,
            "'" + name + "' has " + std::to_string(channels) + " channels; grey (1) or colour (3) is needed.",
            channels == 2 || channels == 4 ? "Save the images without an alpha channel." : "Convert the images.");
    if (height != width || height < 1)
        throw Error(ErrorCode::WrongKind,
                    "'" + name + "' is " + std::to_string(width) + "×" + std::to_string(height) +
                        " pixels (width×height); square images are needed.",
                    "Crop or pad the images to a square.");
}

void requireMemory(const std::string& path, std::int64_t count, std::int64_t channels, std::int64_t resolution) {
    const double bytes = double(count) * double(channels) * double(resolution) * double(resolution);
    const double memory = double(::sysconf(_SC_PHYS_PAGES)) * double(::sysconf(_SC_PAGE_SIZE));
    if (memory <= 0 || bytes <= memory) return;
    throw Error(ErrorCode::OutOfMemory,
                "'" + path + "' has " + std::to_string(count) + " images of " + std::to_string(resolution) + "×" +
                    std::to_string(resolution) + ", " + gigabytes(bytes) + "; this machine has " + gigabytes(memory) +
                    " of memory.",
                "Take fewer images (--max-images), or smaller ones.");
}

void requireValidLabels(const Dataset& data) {
    if (!data.labels.defined()) return;
    if (data.labels.size(0) != data.count())
        throw Error(ErrorCode::WrongKind,
                    "'" + data.path + "' has " + std::to_string(data.labels.size(0)) + " labels for " +
                        std::to_string(data.count()) + " images.",
                    "Every image needs one label.");
    if (const auto faults = rowsNotFinite(data.labels))
        throw Error(ErrorCode::FileDamaged,
                    "'" + data.path + "' has labels that are not finite: " + faults.text("label") + ".",
                    "Check the labels.");
    if (data.hasLabelVectors() || data.count() == 0) return;
    const auto low = data.labels.min().item<std::int64_t>(), high = data.labels.max().item<std::int64_t>();
    if (low < 0 || high >= kMaxClass)
        throw Error(ErrorCode::FileDamaged,
                    "'" + data.path + "' has the class " + std::to_string(low < 0 ? low : high) +
                        "; classes count from 0 to at most " + std::to_string(kMaxClass - 1) + ".",
                    "Check the labels.");
}

std::string fileTitle(const std::string& path) {
    auto clean = std::filesystem::path(path).lexically_normal();
    if (!clean.has_filename()) clean = clean.parent_path();
    return clean.has_filename() ? clean.filename().string() : path;
}

}  // namespace thaw
