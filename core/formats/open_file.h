// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>

namespace thaw {

/// A file descriptor that is closed with this; below 0 where nothing could be opened.
struct OpenFile {
    int number;
    explicit OpenFile(int descriptor) : number(descriptor) {}
    ~OpenFile() {
        if (number >= 0) ::close(number);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
};

}  // namespace thaw
