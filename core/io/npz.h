// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/npy.h"
#include "core/io/zip_reader.h"

#include <map>
#include <string>
#include <vector>

namespace thaw {

/// Contents of a `.npz` archive, a zip of `.npy` files: array `mu` is the entry `mu.npy`. Entries of any other name are
/// texts, which numpy.load hands back as bytes.
struct NpzArchive {
    std::map<std::string, NpyArray> arrays;  ///< by name, without `.npy`
    std::map<std::string, std::string> texts;

    /// The array of that name; throws WrongKind naming `path` and what the file holds instead.
    const NpyArray& at(const std::string& name, const std::string& path) const;
};

/// A `.npz` of which only what is asked for is read: other arrays may hold texts, Python objects or damaged bytes.
class NpzReader {
public:
    /// Throws FileMissing, FileDamaged, WrongKind, also for a single `.npy` array.
    explicit NpzReader(const std::string& path);

    bool holds(const std::string& array) const;
    /// Throws WrongKind naming the file and what it holds instead; and what parseNpy throws.
    NpyArray array(const std::string& name) const;
    bool holdsText(const std::string& name) const;
    std::string text(const std::string& name) const;

private:
    const ZipEntry* entry(const std::string& name) const;

    ZipReader zip_;
};

/// Reads the whole archive: stored and deflated entries and verifies their checksums; claimed sizes are held against the size of the file
/// before memory is asked for. Throws FileMissing, FileDamaged, WrongKind.
NpzArchive readNpz(const std::string& path);

/// Writes stored (uncompressed) entries, whole or not at all. The bytes depend on the content alone.
void writeNpz(const std::string& path, const NpzArchive& content);

}  // namespace thaw
