// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

struct zip;

namespace thaw {

/// A file inside a zip. Both sizes are claims of the archive's directory until it is read.
struct ZipEntry {
    std::string name;
    std::uint64_t bytes = 0;   ///< unpacked
    std::uint64_t packed = 0;  ///< in the archive
};

/// Reads entries of a zip (stored or deflated, zip64 too) one at a time, in any order. Not for two threads at once.
class ZipReader {
public:
    /// Throws FileMissing, WrongKind (no zip), FileDamaged.
    explicit ZipReader(const std::string& path);

    const std::string& path() const { return path_; }
    const std::vector<ZipEntry>& entries() const { return entries_; }
    /// The unpacked bytes, their checksum verified; the claimed size is held against the size of the file, and against
    /// `limit`, before memory is asked for. Throws FileDamaged, WrongKind (encrypted).
    std::string read(std::size_t index, std::uint64_t limit = UINT64_MAX) const;

private:
    std::string path_;
    std::uint64_t fileBytes_ = 0;
    std::unique_ptr<zip, void (*)(zip*)> archive_;
    std::vector<ZipEntry> entries_;
};

}  // namespace thaw
