// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/data_hash.h"

#include "core/data/file_set.h"
#include "core/data/image_decode.h"
#include "core/values/error.h"

#include <torch/torch.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace thaw {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kHashedImages = 100'000;
constexpr std::size_t kHashPiece = 4 << 20;

void addTensor(ContentHash& hash, const torch::Tensor& tensor) {
    const auto values = tensor.contiguous();
    hash.add(values.data_ptr(), std::size_t(values.nbytes()));
}

// IDX and CIFAR files lie in the folder itself; where they and a dataset.json are not, the images count.
bool isRecordFile(const std::string& name) {
    return name.find('/') == std::string::npos && (name.find("-ubyte") != std::string::npos || name.ends_with(".bin"));
}
bool isImageSetFile(const std::string& name) { return name == "dataset.json" || isImageName(name); }

}  // namespace

std::string imagesHash(const Dataset& data) {
    ContentHash hash;
    std::ostringstream shape;
    shape << data.images.sizes();
    hash.add(shape.str());
    if (data.labels.defined()) addTensor(hash, data.labels);
    const auto stride = std::max<std::int64_t>(1, data.count() / kHashedImages);
    for (std::int64_t i = 0; i < data.count(); i += stride) addTensor(hash, data.images[i]);
    return hash.hex();
}

std::string labelsHash(const Dataset& data) {
    if (!data.labels.defined()) return {};
    ContentHash hash;
    addTensor(hash, data.labels);
    return hash.hex();
}

DataHash::DataHash(const Dataset& data) : data_(data), pending_(true) {
    std::error_code error;
    if (data.path != "builtin") kind_ = fs::is_directory(data.path, error) ? DataHashKind::Files : DataHashKind::File;
}

void DataHash::list() {
    listed_ = true;
    hash_ = std::make_shared<ContentHash>();
    if (kind_ == DataHashKind::File) {
        names_ = {""};
        return;
    }
    names_ = openFileSet(data_.path)->names();
    const bool records = !std::binary_search(names_.begin(), names_.end(), std::string("dataset.json")) &&
                         std::any_of(names_.begin(), names_.end(), isRecordFile);
    std::erase_if(names_,
                  [&](const std::string& name) { return !(records ? isRecordFile(name) : isImageSetFile(name)); });
}

void DataHash::finish() {
    pending_ = false;
    if (!failed_) hex_ = hash_->hex();
    hash_.reset();
    stream_.reset();
    names_.clear();
    data_ = {};  // its pixels are not kept alive
}

void DataHash::advance() {
    if (!pending_) return;
    if (kind_ == DataHashKind::Images) {
        hex_ = imagesHash(data_);
        pending_ = false;
        data_ = {};
        return;
    }
    try {
        if (!listed_) list();
    } catch (const Error&) {
        failed_ = true;
        return finish();
    }
    // Small files are read several a piece.
    std::vector<char> piece(kHashPiece);
    for (std::size_t read = 0; read < kHashPiece && next_ < names_.size();) {
        if (!stream_) {
            const auto path = kind_ == DataHashKind::File ? fs::path(data_.path) : fs::path(data_.path) / names_[next_];
            std::error_code error;
            const auto size = fs::file_size(path, error);
            stream_ = std::make_unique<std::ifstream>(path, std::ios::binary);
            if (kind_ == DataHashKind::Files) {
                hash_->add(names_[next_] + '\0' + std::to_string(error ? 0 : size) + '\0');
                read += names_[next_].size();
            }
        }
        stream_->read(piece.data(), std::streamsize(piece.size() - std::min(read, piece.size() - 1)));
        hash_->add(piece.data(), std::size_t(stream_->gcount()));
        read += std::size_t(stream_->gcount());
        if (*stream_) continue;
        // The end of the file is no failure; everything else is, a missing file among it.
        failed_ = failed_ || !stream_->eof() || stream_->bad();
        stream_.reset();
        ++next_;
    }
    if (next_ >= names_.size()) finish();
}

std::string DataHash::whole(const Progress& progress) {
    const auto path = data_.path;
    while (pending_) {
        advance();
        if (progress && pending_ && !progress(double(next_) / double(std::max<std::size_t>(1, names_.size()))))
            throw Error(ErrorCode::Interrupted, "Reading '" + path + "' was cancelled.");
    }
    if (hex_.empty())
        throw Error(ErrorCode::FileMissing, "The data '" + path + "' cannot be read for its checksum.",
                    "Open the data set again.");
    return hex_;
}

}  // namespace thaw
