// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/open_dataset.h"

#include "core/data/array_dataset.h"
#include "core/data/cifar_dataset.h"
#include "core/data/image_set.h"
#include "core/values/error.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace thaw {
namespace {

namespace fs = std::filesystem;

const char* const kAccepted =
    "Thaw opens a zip or folder of PNG or JPEG images, IDX and CIFAR binary files, .npy and .npz of uint8 images, and "
    "'builtin'.";

std::string firstBytes(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) throw Error(ErrorCode::FileMissing, "'" + path + "' cannot be opened.", "Check its permissions.");
    std::string bytes(16, '\0');
    stream.read(bytes.data(), std::streamsize(bytes.size()));
    bytes.resize(std::size_t(stream.gcount()));
    return bytes;
}

bool anyNameEndsWith(const FileSet& files, const std::string& suffix) {
    return std::any_of(files.names().begin(), files.names().end(),
                       [&](const std::string& name) { return name.ends_with(suffix); });
}

// Hidden images and links that lead nowhere may be why.
Error noImages(const std::string& what, const FileSet& files) {
    auto message = what + " holds no images.";
    for (const auto& note : files.notes()) message += " " + note;
    if (const auto hidden = hiddenImages(files); !hidden.empty()) message += " " + hidden;
    return Error(ErrorCode::WrongKind, message, kAccepted);
}

Dataset openZip(const std::string& path, const DatasetOptions& options, const Progress& progress) {
    const auto files = openFileSet(path);
    if (holdsImages(*files)) return readImageSet(*files, path, options, progress);
    if (anyNameEndsWith(*files, "data.pkl"))
        throw Error(ErrorCode::WrongKind, "'" + path + "' is a PyTorch checkpoint, not a data set.", kAccepted);
    if (anyNameEndsWith(*files, ".npy")) {
        auto data = readNpzImages(path);
        keepChosen(data, options);
        return data;
    }
    throw noImages("The zip '" + path + "'", *files);
}

Dataset openFolder(const std::string& path, const DatasetOptions& options, const Progress& progress) {
    const bool edm = fs::exists(fs::path(path) / "dataset.json");
    if (!edm && (isIdxFolder(path) || isCifarFolder(path))) {
        auto data = isIdxFolder(path) ? readIdx(path, options.part) : readCifar(path, options.part);
        keepChosen(data, options);
        return data;
    }
    const auto files = openFileSet(path, progress);
    if (!holdsImages(*files)) throw noImages("The folder '" + path + "'", *files);
    return readImageSet(*files, path, options, progress);
}

Dataset openFile(const std::string& path) {
    const auto head = firstBytes(path);
    const auto starts = [&](std::string_view signature) { return head.starts_with(signature); };
    if (head.empty())
        throw Error(ErrorCode::FileDamaged, "'" + path + "' is damaged: it is empty.", "Copy or download it again.");
    if (starts("\x93NUMPY")) return readNpyImages(path);
    if (cifarKindOf(path)) return readCifar(path);  // asked first: its records may begin with any bytes
    if (path.ends_with(".tar.gz") || path.ends_with(".tgz"))
        throw Error(ErrorCode::WrongKind, "'" + path + "' is a packed folder.", "Unpack it and name the folder.");
    if (starts({"\0\0\x08", 3}) || starts("\x1f\x8b")) return readIdx(path);
    if (starts("\x89PNG") || starts("\xff\xd8\xff"))
        throw Error(ErrorCode::WrongKind, "'" + path + "' is one image.", "Name the folder or zip it belongs to.");
    if (starts({"\x80\x02", 2}) || starts({"\x80\x03", 2}) || starts({"\x80\x04", 2}))
        throw Error(ErrorCode::WrongKind, "'" + path + "' is a Python pickle.",
                    "Of CIFAR take the binary version; " + std::string(kAccepted));
    throw Error(ErrorCode::WrongKind, "'" + path + "' is no data set.", kAccepted);
}

}  // namespace

Dataset openDataset(const std::string& path, const DatasetOptions& options, const Progress& progress) {
    std::error_code error;
    if (path != "builtin" && !fs::exists(path, error))
        throw Error(ErrorCode::FileMissing, "There is no data set '" + path + "'.",
                    "Check the path, or use 'builtin' for Fashion-MNIST.");
    if (path != "builtin" && fs::is_directory(path, error)) return openFolder(path, options, progress);
    if (path != "builtin" && firstBytes(path).starts_with("PK")) return openZip(path, options, progress);
    auto data = path == "builtin" ? readBuiltinData(options.part) : openFile(path);
    keepChosen(data, options);
    return data;
}

Dataset openDataset(const std::string& path, const std::string& part) {
    DatasetOptions options;
    options.part = part;
    return openDataset(path, options);
}

}  // namespace thaw
