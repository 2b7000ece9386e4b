// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file_bytes.h"

#include "core/values/error.h"

#include <filesystem>
#include <fstream>

namespace thaw {

std::string readFileBytes(const std::string& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status))
        throw Error(ErrorCode::FileMissing, "There is no file '" + path + "'.", "Check the path.");
    if (std::filesystem::is_directory(status))
        throw Error(ErrorCode::WrongKind, "'" + path + "' is a folder, not a file.", "Name the file in it.");
    std::ifstream stream(path, std::ios::binary);
    const auto size = std::filesystem::file_size(path, error);
    if (!stream || error)
        throw Error(ErrorCode::FileMissing, "'" + path + "' cannot be opened.", "Check its permissions.");
    std::string bytes(size, '\0');
    stream.read(bytes.data(), std::streamsize(size));
    if (std::uint64_t(stream.gcount()) != size)
        throw Error(ErrorCode::FileMissing, "'" + path + "' cannot be read to its end.", "Check the disk.");
    return bytes;
}

}  // namespace thaw
