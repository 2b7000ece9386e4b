// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/idx_dataset.h"

#include "core/values/error.h"

#include <torch/torch.h>
#include <zlib.h>

#include <cstdlib>
#include <filesystem>
#include <memory>

namespace thaw {
namespace {

namespace fs = std::filesystem;

// zlib reads plain files too, so one path serves both.
class GzipReader {
public:
    explicit GzipReader(const std::string& path) : path_(path), file_(gzopen(path.c_str(), "rb"), gzclose) {
        if (!file_)
            throw Error(ErrorCode::FileMissing, "'" + path + "' cannot be opened.",
                        "Check the path and its permissions.");
    }
    void read(void* target, std::size_t bytes) {
        auto* cursor = static_cast<unsigned char*>(target);
        while (bytes > 0) {
            const int got = gzread(file_.get(), cursor, unsigned(std::min<std::size_t>(bytes, 1u << 20)));
            if (got <= 0)
                throw Error(ErrorCode::FileDamaged, "'" + path_ + "' is damaged: it ends too early.",
                            "Copy or download the file again.");
            cursor += got;
            bytes -= std::size_t(got);
        }
    }
    std::uint32_t bigEndian() {
        unsigned char b[4];
        read(b, 4);
        return std::uint32_t(b[0]) << 24 | std::uint32_t(b[1]) << 16 | std::uint32_t(b[2]) << 8 | b[3];
    }

private:
    std::string path_;
    std::unique_ptr<gzFile_s, int (*)(gzFile)> file_;
};

torch::Tensor readImages(const std::string& path) {
    GzipReader reader(path);
    const auto magic = reader.bigEndian();
    if (magic != 0x803)
        throw Error(ErrorCode::WrongKind,
                    "'" + path + "' is not an IDX image file (its first four bytes are not 0x00000803).",
                    "Name a file like train-images-idx3-ubyte.gz.");
    const std::int64_t count = reader.bigEndian(), rows = reader.bigEndian(), columns = reader.bigEndian();
    // gzip expands at most about 1030-fold, so a false count is caught before memory is asked for.
    const auto limit = std::int64_t(fs::file_size(path)) * 1100 + 1024;
    if (rows < 1 || columns < 1 || rows > 4096 || columns > 4096 || count < 1 || count > limit / (rows * columns))
        throw Error(ErrorCode::FileDamaged,
                    "'" + path + "' is damaged: it claims " + std::to_string(count) + " images of " +
                        std::to_string(rows) + "×" + std::to_string(columns) + ".",
                    "Copy or download the file again.");
    if (rows != columns)
        throw Error(ErrorCode::WrongKind,
                    "'" + path + "' holds images of " + std::to_string(rows) + "×" + std::to_string(columns) +
                        "; square images are needed.",
                    "Crop or pad the images to a square.");
    auto images = torch::empty({count, 1, rows, columns}, torch::kByte);
    reader.read(images.data_ptr(), images.nbytes());
    return images;
}

torch::Tensor readLabels(const std::string& path, std::int64_t count) {
    GzipReader reader(path);
    if (reader.bigEndian() != 0x801)
        throw Error(ErrorCode::WrongKind, "'" + path + "' is not an IDX label file.",
                    "Name a file like train-labels-idx1-ubyte.gz.");
    if (std::int64_t(reader.bigEndian()) != count)
        throw Error(ErrorCode::FileDamaged, "'" + path + "' has another number of labels than there are images.",
                    "Take both files from the same data set.");
    auto labels = torch::empty({count}, torch::kByte);
    reader.read(labels.data_ptr(), std::size_t(count));
    return labels.to(torch::kLong);
}

std::string imageFileIn(const fs::path& folder, const std::string& part) {
    for (const char* suffix : {"-images-idx3-ubyte.gz", "-images-idx3-ubyte", "-images.idx3-ubyte"})
        if (const auto file = folder / (part + suffix); fs::exists(file)) return file.string();
    return {};
}

}  // namespace

bool isIdxFolder(const std::string& path) {
    return !imageFileIn(path, "train").empty() || !imageFileIn(path, "t10k").empty();
}

Dataset readIdx(const std::string& path, const std::string& part) {
    std::error_code error;
    if (!fs::exists(path, error))
        throw Error(ErrorCode::FileMissing, "There is no data set '" + path + "'.",
                    "Check the path, or use 'builtin' for Fashion-MNIST.");
    std::string file = path;
    if (fs::is_directory(path)) {
        file = imageFileIn(path, part);
        if (file.empty())
            throw Error(ErrorCode::WrongKind, "The folder '" + path + "' holds no " + part + "-images-idx3-ubyte[.gz].",
                        "Name an IDX file, or a folder that holds one.");
    }
    Dataset data;
    data.images = readImages(file);
    data.path = path;
    data.title = fileTitle(path);
    if (const auto at = file.find("images-idx3"); at != std::string::npos) {
        auto labels = file;
        labels.replace(at, 11, "labels-idx1");
        if (fs::exists(labels)) data.labels = readLabels(labels, data.count());
    }
    return data;
}

Dataset readBuiltinData(const std::string& part) {
    std::vector<fs::path> folders;
    if (const char* chosen = std::getenv("THAW_FASHION_MNIST")) folders.emplace_back(chosen);
    else folders = {"/usr/share/datasets/fashion-mnist", "/usr/local/share/datasets/fashion-mnist"};
    for (const auto& folder : folders)
        if (!imageFileIn(folder, part).empty()) {
            auto data = readIdx(folder.string(), part);
            data.path = "builtin";
            data.title = "Fashion-MNIST " + std::string(part == "t10k" ? "test" : part);
            data.classNames = {"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
                               "Sandal",      "Shirt",   "Sneaker",  "Bag",   "Ankle boot"};
            return data;
        }
    throw Error(ErrorCode::FileMissing, "Fashion-MNIST is not in '" + folders.front().string() + "'.",
                "Install the Debian package dataset-fashion-mnist, or put " + part + "-images-idx3-ubyte.gz and " +
                    part + "-labels-idx1-ubyte.gz into a folder and set THAW_FASHION_MNIST to it.");
}

}  // namespace thaw
