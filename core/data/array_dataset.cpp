// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/array_dataset.h"

#include "core/io/npy_tensor.h"
#include "core/io/zip_reader.h"
#include "core/values/error.h"
#include "core/values/shape_text.h"

#include <torch/torch.h>

#include <array>
#include <optional>

namespace thaw {
namespace {

// Integers of other sizes are widened when they are read, so their own type is no longer known.
std::string arrayText(const NpyArray& array) {
    const bool wide =
        array.type == NumberType::Int64 || array.type == NumberType::Int32 || array.type == NumberType::Int16;
    return (wide ? "integers of more than 8 bits" : std::string(namesOf(array.type).torchDtype)) + " " +
           shapeText(array.shape);
}

// The first of the names that is an entry of the zip.
template <std::size_t N>
std::optional<std::size_t> entryNamed(const ZipReader& zip, const std::array<const char*, N>& names) {
    for (const char* name : names)
        for (std::size_t i = 0; i < zip.entries().size(); ++i)
            if (zip.entries()[i].name == std::string(name) + ".npy") return i;
    return {};
}

NpyArray readEntry(const ZipReader& zip, std::size_t index) {
    const auto bytes = zip.read(index);
    return parseNpy(bytes, zip.path() + ":" + zip.entries()[index].name);
}

torch::Tensor toLabels(const NpyArray& stored, const std::string& source) {
    const auto array = toTensor(stored);
    // Programs that keep all numbers as floats write the class 3 as 3.0.
    const bool whole = !array.is_floating_point() ||
                       (array.dim() == 1 && array.isfinite().all().item<bool>() && array.equal(array.floor()));
    if (whole && (array.dim() == 1 || (array.dim() == 2 && array.size(1) == 1)))
        return array.flatten().to(torch::kLong);
    if (array.dim() == 2 && array.size(1) > 0) return array.to(torch::kFloat).contiguous();
    throw Error(ErrorCode::WrongKind, "'" + source + "' holds " + arrayText(stored) + ", which are no labels.",
                "It needs integer classes [N] or vectors [N, L].");
}

// uint8 [N, C, H, W].
torch::Tensor imagesOfArray(const NpyArray& stored, const std::string& source) {
    const auto isChannels = [](std::int64_t n) { return n == 1 || n == 3; };
    const auto wrong = [&](const std::string& hint) {
        return Error(ErrorCode::WrongKind, "'" + source + "' holds " + arrayText(stored) + ", which are no images.",
                     hint);
    };
    if (stored.type != NumberType::UInt8) throw wrong("Save the images as uint8, 0 to 255.");
    const auto array = toTensor(stored);
    if (array.numel() == 0) throw wrong("It needs at least one image.");
    torch::Tensor images;
    if (array.dim() == 3) images = array.unsqueeze(1);
    else if (array.dim() == 4 && isChannels(array.size(3)) &&
             (array.size(1) == array.size(2) || !isChannels(array.size(1))))
        images = array.permute({0, 3, 1, 2});
    else if (array.dim() == 4 && isChannels(array.size(1))) images = array;
    else if (array.dim() == 4 && (array.size(1) == 4 || array.size(3) == 4)) throw wrong("Drop the alpha channel.");
    else throw wrong("It needs [N, H, W, C], [N, C, H, W] or [N, H, W] with 1 or 3 channels.");
    requireImageShape(source, images.size(1), images.size(2), images.size(3));
    return images.contiguous();
}

}  // namespace

Dataset readNpyImages(const std::string& path) {
    Dataset data;
    data.path = path;
    data.title = fileTitle(path);
    data.images = imagesOfArray(readNpy(path), path);
    return data;
}

Dataset readNpzImages(const std::string& path) {
    const ZipReader zip(path);
    const auto images = entryNamed(zip, std::array{"arr_0", "images", "x", "data"});
    if (!images) {
        std::string names;
        for (const auto& entry : zip.entries()) names += (names.empty() ? "" : ", ") + entry.name;
        throw Error(ErrorCode::WrongKind,
                    "'" + path + "' holds no images; its arrays are " + names.substr(0, 200) + ".",
                    "Name the array of images arr_0 or images, and the labels arr_1 or labels.");
    }
    Dataset data;
    data.path = path;
    data.title = fileTitle(path);
    data.images = imagesOfArray(readEntry(zip, *images), path + ":" + zip.entries()[*images].name);
    if (const auto labels = entryNamed(zip, std::array{"arr_1", "labels", "y"})) {
        data.labels = toLabels(readEntry(zip, *labels), path + ":" + zip.entries()[*labels].name);
        requireValidLabels(data);
    }
    return data;
}

}  // namespace thaw
