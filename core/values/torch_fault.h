// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace thaw {

/// LibTorch's exceptions carry a C++ stack trace below their sentence; people are shown the sentence.
std::string withoutStackTrace(const std::string& what);

/// Whether such a text says that memory ran out, on the CPU or a GPU.
bool meansOutOfMemory(const std::string& what);

}  // namespace thaw
