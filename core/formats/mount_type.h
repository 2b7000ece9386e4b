// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <string>

namespace thaw {

/// The type of the file system with that device number, `98:0`, from text in the form of Linux's /proc/self/mountinfo; empty
/// where it names none.
std::string mountType(std::istream& mountinfo, const std::string& device);

/// A lock on this open file is seen by this machine alone, although the file is another's: sshfs.
bool locksAreLocal(int descriptor);

}  // namespace thaw
