// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/cifar_dataset.h"

#include "core/values/error.h"

#include <torch/torch.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace thaw {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kPixels = std::int64_t(3) * 32 * 32;

std::int64_t labelBytes(CifarKind kind) { return kind == CifarKind::Ten ? 1 : 2; }
std::int64_t recordBytes(CifarKind kind) { return labelBytes(kind) + kPixels; }

bool classesFit(const std::string& path, CifarKind kind, std::int64_t count) {
    std::ifstream stream(path, std::ios::binary);
    for (std::int64_t i = 0; i < count; ++i) {
        char label[2] = {};
        stream.seekg(i * recordBytes(kind));
        stream.read(label, labelBytes(kind));
        if (!stream) return false;
        const bool fits = kind == CifarKind::Ten ? std::uint8_t(label[0]) < 10
                                                 : std::uint8_t(label[0]) < 20 && std::uint8_t(label[1]) < 100;
        if (!fits) return false;
    }
    return true;
}

struct Part {
    CifarKind kind;
    std::vector<std::string> files;
};

// The folder's files of that part; none when it has other parts only.
std::optional<Part> filesIn(const fs::path& folder, const std::string& part) {
    const bool train = part == "train";
    std::vector<std::string> ten;
    if (train)
        for (int i = 1; i <= 5; ++i)
            if (const auto file = folder / ("data_batch_" + std::to_string(i) + ".bin"); fs::exists(file))
                ten.push_back(file.string());
    if (const auto file = folder / "test_batch.bin"; !train && fs::exists(file)) ten.push_back(file.string());
    if (!ten.empty()) return Part{CifarKind::Ten, ten};
    if (const auto file = folder / (train ? "train.bin" : "test.bin"); fs::exists(file))
        return Part{CifarKind::Hundred, {file.string()}};
    return {};
}

// The names that lie beside the binary files: one a line, all of them or none.
std::vector<std::string> namesIn(const fs::path& folder, CifarKind kind) {
    std::ifstream stream(folder / (kind == CifarKind::Ten ? "batches.meta.txt" : "fine_label_names.txt"));
    std::vector<std::string> names;
    for (std::string line; names.size() <= 100 && std::getline(stream, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (!line.empty()) names.push_back(line.substr(0, 80));
    }
    if (names.size() != (kind == CifarKind::Ten ? 10u : 100u)) names.clear();
    return names;
}

// Appends a file's records at `row`; the sizes are known by now.
void readRecords(const std::string& path, CifarKind kind, std::int64_t row, std::int64_t count, Dataset& data) {
    std::ifstream stream(path, std::ios::binary);
    std::vector<char> record(std::size_t(recordBytes(kind)));
    for (std::int64_t i = row; i < row + count; ++i) {
        stream.read(record.data(), std::streamsize(record.size()));
        if (!stream)
            throw Error(ErrorCode::FileMissing, "'" + path + "' cannot be read to its end.", "Check the disk.");
        data.labels.data_ptr<std::int64_t>()[i] = std::uint8_t(record[std::size_t(labelBytes(kind)) - 1]);
        std::memcpy(data.images.data_ptr<std::uint8_t>() + i * kPixels, record.data() + labelBytes(kind),
                    std::size_t(kPixels));
    }
}

}  // namespace

std::optional<CifarKind> cifarKindOf(const std::string& path) {
    std::error_code error;
    const auto size = std::int64_t(fs::file_size(path, error));
    if (error || size <= 0) return {};
    for (const auto kind : {CifarKind::Ten, CifarKind::Hundred})
        if (size % recordBytes(kind) == 0 && classesFit(path, kind, size / recordBytes(kind))) return kind;
    return {};
}

bool isCifarFolder(const std::string& path) { return filesIn(path, "train") || filesIn(path, "t10k"); }

Dataset readCifar(const std::string& path, const std::string& part) {
    std::optional<Part> found;
    if (fs::is_directory(path)) {
        found = filesIn(path, part);
        if (!found)
            throw Error(
                ErrorCode::WrongKind,
                "The folder '" + path + "' holds no " + (part == "train" ? "training" : "test") + " images of CIFAR.",
                part == "train" ? "It needs data_batch_1.bin to data_batch_5.bin, or train.bin."
                                : "It needs test_batch.bin, or test.bin.");
    } else if (const auto kind = cifarKindOf(path)) {
        found = Part{*kind, {path}};
    } else {
        throw Error(ErrorCode::WrongKind, "'" + path + "' holds no CIFAR records.",
                    "Take the binary version of the data set.");
    }

    std::vector<std::int64_t> counts;
    std::int64_t total = 0;
    for (const auto& file : found->files) {
        const auto size = std::int64_t(fs::file_size(file));
        if (size == 0 || cifarKindOf(file) != found->kind)
            throw Error(ErrorCode::FileDamaged,
                        "'" + file + "' is damaged: its " + std::to_string(size) +
                            " bytes are no whole number of records of " + std::to_string(recordBytes(found->kind)) +
                            " bytes, or a class is out of range.",
                        "Download it again.");
        counts.push_back(size / recordBytes(found->kind));
        total += counts.back();
    }
    requireMemory(path, total, 3, 32);
    Dataset data;
    data.path = path;
    data.title = fileTitle(path);
    data.classNames = namesIn(fs::path(found->files.front()).parent_path(), found->kind);
    data.images = torch::empty({total, 3, 32, 32}, torch::kByte);
    data.labels = torch::empty({total}, torch::kLong);
    std::int64_t row = 0;
    for (std::size_t i = 0; i < counts.size(); row += counts[i++])
        readRecords(found->files[i], found->kind, row, counts[i], data);
    if (found->files.size() > 1 && found->files.size() < 5)
        data.notes.push_back("'" + path + "' holds " + std::to_string(found->files.size()) +
                             " of CIFAR-10's 5 training files.");
    return data;
}

}  // namespace thaw
