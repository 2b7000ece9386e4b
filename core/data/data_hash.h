// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/io/content_hash.h"
#include "core/values/progress.h"
#include "core/values/run_record.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace thaw {

/// The checksum of an open data set, a few megabytes a call, computed once and kept:
///   `builtin`   shape, labels and pixels, imagesHash
///   a file      SHA-256 of the file; its labels, which may lie in another, have labelsHash
///   a folder    SHA-256 over `name NUL size NUL contents` of its files in the order of their names: the images and
///               dataset.json, or the IDX or CIFAR files, whichever openDataset reads there
class DataHash {
public:
    DataHash() = default;
    /// Nothing is opened before the first piece; `data` was read from its path.
    explicit DataHash(const Dataset& data);

    DataHashKind kind() const { return kind_; }
    bool isPending() const { return pending_; }
    /// Reads one piece. Of files that cannot be read nothing comes.
    void advance();
    /// Empty until the end is reached, and of files that cannot be read.
    const std::string& hex() const { return hex_; }
    /// All that is left at once, or what is known already. Throws FileMissing; Interrupted by `progress`.
    std::string whole(const Progress& progress = {});

private:
    void list();
    void finish();

    Dataset data_;
    DataHashKind kind_ = DataHashKind::Images;
    bool pending_ = false, listed_ = false, failed_ = false;
    std::vector<std::string> names_;  // of a folder's files
    std::size_t next_ = 0;            // of the names
    std::unique_ptr<std::istream> stream_;
    std::shared_ptr<ContentHash> hash_;
    std::string hex_;
};

/// SHA-256 of shape, labels and pixels; of more than 100,000 images of evenly spaced ones.
std::string imagesHash(const Dataset& data);
/// SHA-256 of the labels; empty without.
std::string labelsHash(const Dataset& data);

}  // namespace thaw
