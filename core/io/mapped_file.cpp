// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/mapped_file.h"

#include "core/values/error.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>

namespace thaw {

MappedFile::MappedFile(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        throw errno == ENOENT
            ? Error(ErrorCode::FileMissing, "There is no file '" + path + "'.", "Check the path.")
            : Error(ErrorCode::FileMissing, "'" + path + "' cannot be opened: " + std::strerror(errno) + ".",
                    "Check its permissions.");
    struct stat status {};
    const bool known = ::fstat(descriptor, &status) == 0;
    const bool regular = known && S_ISREG(status.st_mode);
    if (regular) {
        size_ = std::size_t(status.st_size);
        if (size_ > 0) data_ = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
    }
    ::close(descriptor);
    if (!regular)
        throw Error(
            ErrorCode::WrongKind,
            "'" + path + (known && S_ISDIR(status.st_mode) ? "' is a folder, not a file." : "' is not a plain file."),
            "Name the file in it.");
    if (data_ == MAP_FAILED) {
        data_ = nullptr;
        throw Error(ErrorCode::FileMissing, "'" + path + "' cannot be read: " + std::strerror(errno) + ".",
                    "Copy it to a local disk.");
    }
}

MappedFile::~MappedFile() {
    if (data_) ::munmap(data_, size_);
}

}  // namespace thaw
