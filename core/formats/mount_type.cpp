// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/mount_type.h"

#include <sys/stat.h>
#include <fstream>
#include <sstream>

#ifdef __linux__
#include <sys/sysmacros.h>
#endif

namespace thaw {

std::string mountType(std::istream& mountinfo, const std::string& device) {
    for (std::string line; std::getline(mountinfo, line);) {
        std::istringstream words(line);
        std::string number, parent, here, word;
        if (!(words >> number >> parent >> here) || here != device) continue;
        // Root, place and options follow, and fields of any number that end with a dash.
        while (words >> word && word != "-") {
        }
        std::string type;
        if (words >> type) return type;
    }
    return {};
}

bool locksAreLocal(int descriptor) {
#ifdef __linux__
    struct stat file {};
    if (::fstat(descriptor, &file) != 0) return false;
    std::ifstream mounts("/proc/self/mountinfo");
    return mountType(mounts, std::to_string(major(file.st_dev)) + ':' + std::to_string(minor(file.st_dev))) ==
           "fuse.sshfs";
#else
    (void)descriptor;
    return false;
#endif
}

}  // namespace thaw
