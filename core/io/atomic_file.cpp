// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/atomic_file.h"

#include "core/values/error.h"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace thaw {
namespace {

void syncToDisk(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
}

}  // namespace

void writeFileAtomically(const std::string& named, const std::function<void(std::ostream&)>& write) {
    namespace fs = std::filesystem;
    // A link stays one: what it points to is replaced.
    std::error_code unknown;
    const std::string path = fs::is_symlink(named, unknown) ? fs::weakly_canonical(named).string() : named;
    // The process id keeps two programs that write the same target apart.
    const std::string temporary = path + ".part" + std::to_string(::getpid());
    const auto fail = [&](const std::string& why) {
        std::error_code ignored;
        fs::remove(temporary, ignored);
        throw Error(ErrorCode::FileMissing, "Cannot write '" + path + "': " + why + ".",
                    "Choose a folder you may write to, with enough free space.");
    };
    try {
        errno = 0;
        std::ofstream stream(temporary, std::ios::binary | std::ios::trunc);
        if (!stream) fail(std::strerror(errno ? errno : EIO));
        write(stream);
        stream.flush();
        if (!stream) fail(std::strerror(errno ? errno : ENOSPC));
    } catch (const Error&) {
        throw;
    } catch (...) {
        std::error_code ignored;
        fs::remove(temporary, ignored);
        throw;
    }
    syncToDisk(temporary);
    std::error_code error;
    fs::rename(temporary, path, error);
    if (error) fail(error.message());
    const auto folder = fs::path(path).parent_path();
    syncToDisk(folder.empty() ? "." : folder.string());
}

}  // namespace thaw
