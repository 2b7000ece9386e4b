// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/progress.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace thaw {

/// No image of a data set is larger as a file.
inline constexpr std::uint64_t kMaxImageFileBytes = 256u << 20;

/// The files of a zip, or of a folder and its subfolders, by relative name with '/', in lexicographic order of the names'
/// bytes: the order of the published data code. Links to files and folders are followed; a folder is read once, under its own
/// name where it lies below, so that links that lead back neither go on for ever nor count images twice.
class FileSet {
public:
    virtual ~FileSet() = default;
    const std::vector<std::string>& names() const { return names_; }
    /// Sentences on links and folders that are left out.
    const std::vector<std::string>& notes() const { return notes_; }
    std::optional<std::size_t> find(const std::string& name) const;
    /// The whole file. Not for two threads at once. Throws FileMissing, FileDamaged (also: larger than `limit` bytes).
    virtual std::string read(std::size_t index, std::uint64_t limit) const = 0;
    /// The same files for another thread.
    virtual std::unique_ptr<FileSet> reopened() const = 0;
    /// What to call a file in a message.
    virtual std::string title(std::size_t index) const = 0;

protected:
    std::vector<std::string> names_, notes_;
};

/// A folder, or the zip that the path names. Throws FileMissing, FileDamaged, WrongKind; Interrupted by `progress`.
std::unique_ptr<FileSet> openFileSet(const std::string& path, const Progress& progress = {});

}  // namespace thaw
