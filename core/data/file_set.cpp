// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/file_set.h"

#include "core/data/folder_walk.h"
#include "core/io/file_bytes.h"
#include "core/io/zip_reader.h"
#include "core/values/error.h"

#include <algorithm>
#include <filesystem>

namespace thaw {
namespace {

namespace fs = std::filesystem;

class FolderFiles final : public FileSet {
public:
    FolderFiles(std::string root, FolderListing listing) : root_(std::move(root)) {
        names_ = std::move(listing.names);
        notes_ = std::move(listing.notes);
    }

    std::string read(std::size_t index, std::uint64_t limit) const override {
        const auto path = title(index);
        std::error_code error;
        const auto size = fs::file_size(path, error);
        if (!error && size > limit)
            throw Error(ErrorCode::FileDamaged, "'" + path + "' is too large: " + std::to_string(size) + " bytes.",
                        "Check the file.");
        return readFileBytes(path);
    }
    std::unique_ptr<FileSet> reopened() const override {
        return std::make_unique<FolderFiles>(root_, FolderListing{names_, {}});
    }
    std::string title(std::size_t index) const override { return (fs::path(root_) / names_[index]).string(); }

private:
    std::string root_;
};

class ZipFiles final : public FileSet {
public:
    explicit ZipFiles(const std::string& path) : zip_(path) {
        const auto& entries = zip_.entries();
        for (std::size_t i = 0; i < entries.size(); ++i)
            if (!entries[i].name.ends_with('/')) order_.push_back(i);
        std::sort(order_.begin(), order_.end(),
                  [&](std::size_t a, std::size_t b) { return entries[a].name < entries[b].name; });
        for (const auto i : order_) names_.push_back(entries[i].name);
    }
    std::string read(std::size_t index, std::uint64_t limit) const override { return zip_.read(order_[index], limit); }
    std::unique_ptr<FileSet> reopened() const override { return std::make_unique<ZipFiles>(zip_.path()); }
    std::string title(std::size_t index) const override { return zip_.path() + ":" + names_[index]; }

private:
    ZipReader zip_;
    std::vector<std::size_t> order_;  // of the entries, by name
};

}  // namespace

std::optional<std::size_t> FileSet::find(const std::string& name) const {
    const auto it = std::lower_bound(names_.begin(), names_.end(), name);
    if (it == names_.end() || *it != name) return {};
    return std::size_t(it - names_.begin());
}

std::unique_ptr<FileSet> openFileSet(const std::string& path, const Progress& progress) {
    std::error_code error;
    if (fs::is_directory(path, error)) return std::make_unique<FolderFiles>(path, filesBelow(path, progress));
    return std::make_unique<ZipFiles>(path);
}

}  // namespace thaw
