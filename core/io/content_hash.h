// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>

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

/// Of a file. Throws FileMissing.
std::string fileHash(const std::string& path);

}  // namespace thaw
