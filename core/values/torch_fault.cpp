// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/torch_fault.h"

namespace thaw {

std::string withoutStackTrace(const std::string& what) { return what.substr(0, what.find("\nException raised from")); }

bool meansOutOfMemory(const std::string& what) {
    return what.find("out of memory") != std::string::npos || what.find("allocate memory") != std::string::npos ||
           what.find("bad_alloc") != std::string::npos ||
           // cuBLAS without memory for itself, and cuDNN when none of its plans had any.
           what.find("ALLOC_FAILED") != std::string::npos ||
           what.find("unable to find an engine to execute") != std::string::npos;
}

}  // namespace thaw
