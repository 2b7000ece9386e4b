// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace thaw {

/// True where flock on this file is known to one machine alone: over sshfs and its like, over NFS mounted with `nolock` or
/// `local_lock`, over CIFS with `nobrl`. A lock that another machine holds looks free there. `descriptor`: of an open file.
bool lockStaysHere(int descriptor);

/// The same by a line of /proc/self/mountinfo (proc(5)).
bool locksStayHere(const std::string& mountLine);

}  // namespace thaw
