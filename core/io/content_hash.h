// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <istream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace thaw {

/// SHA-256, as `sha256sum` prints it: what a run was made from, so that it can be made again.
class ContentHash {
public:
    ContentHash();
    ~ContentHash();
    ContentHash(const ContentHash&) = delete;
    ContentHash& operator=(const ContentHash&) = delete;

    void add(const void* bytes, std::size_t size);
    void add(const std::string& text) { add(text.data(), text.size()); }
    /// 64 hexadecimal digits; nothing may be added afterwards.
    std::string hex();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The hash of one file, or of several as if they were one, a few megabytes a call, for a thread that has other things to
/// do. A file that cannot be read gives none.
class FileHash {
public:
    FileHash() = default;
    /// Nothing is opened before the first piece.
    explicit FileHash(std::string path) : FileHash(std::vector<std::string>{std::move(path)}) {}
    explicit FileHash(std::vector<std::string> files)
        : path_(files.empty() ? std::string() : files.front()), files_(std::move(files)), pending_(!path_.empty()) {}

    /// The first of several.
    const std::string& path() const { return path_; }
    bool isPending() const { return pending_; }
    /// Reads one piece.
    void advance();
    /// Empty until the end is reached, and of a file that cannot be read.
    const std::string& hex() const { return hex_; }
    /// All that is left at once, or what is known already. Throws FileMissing.
    std::string whole();

private:
    std::string path_;
    std::vector<std::string> files_;
    std::size_t next_ = 0;  // file
    std::string hex_;
    bool pending_ = false;
    std::unique_ptr<std::istream> stream_;  // of the pieces so far, with their hash
    std::unique_ptr<ContentHash> hash_;
};

/// Of a file, or of several as if they were one. Throws FileMissing.
std::string fileHash(const std::string& path);
std::string fileHash(const std::vector<std::string>& files);

}  // namespace thaw
