// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/lock_reach.h"

#include <sys/stat.h>
#ifdef __linux__
#include <sys/sysmacros.h>
#endif
#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace thaw {
namespace {

constexpr std::array kFarTypes{"fuse.sshfs", "fuse.rclone",    "fuse.gvfsd-fuse", "fuse.s3fs",
                               "fuse.davfs", "fuse.curlftpfs", "fuse.smbnetfs"};

bool hasOption(const std::string& options, const std::string& wanted) {
    return ("," + options + ",").find("," + wanted + ",") != std::string::npos;
}

}  // namespace

// "36 35 0:52 / /mnt/runs rw,relatime shared:1 - fuse.sshfs host:/runs rw,user_id=1000"
bool locksStayHere(const std::string& mountLine) {
    const auto dash = mountLine.find(" - ");
    if (dash == std::string::npos) return false;
    std::istringstream words(mountLine.substr(dash + 3));
    std::string type, source, options;
    words >> type >> source >> options;
    if (std::find(kFarTypes.begin(), kFarTypes.end(), type) != kFarTypes.end()) return true;
    if (type.rfind("nfs", 0) == 0)
        return hasOption(options, "nolock") || hasOption(options, "local_lock=all") ||
               hasOption(options, "local_lock=flock");
    return (type == "cifs" || type == "smb3") && hasOption(options, "nobrl");
}

bool lockStaysHere(int descriptor) {
#ifdef __linux__
    struct stat info {};
    if (::fstat(descriptor, &info) != 0) return false;
    const auto device = " " + std::to_string(major(info.st_dev)) + ":" + std::to_string(minor(info.st_dev)) + " ";
    std::ifstream mounts("/proc/self/mountinfo");
    for (std::string line; std::getline(mounts, line);)
        if (line.find(device) != std::string::npos) return locksStayHere(line);
#else
    (void)descriptor;
#endif
    return false;
}

}  // namespace thaw
