// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/zip_reader.h"

#include "core/values/error.h"

#include <zip.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

namespace thaw {
namespace {

Error damagedArchive(const std::string& path, const std::string& why) {
    return Error(ErrorCode::FileDamaged, "'" + path + "' is damaged: " + why + ".", "Copy or write it again.");
}

void requireZip(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error))
        throw Error(ErrorCode::FileMissing, "There is no file '" + path + "'.", "Check the path.");
    std::ifstream stream(path, std::ios::binary);
    if (!stream) throw Error(ErrorCode::FileMissing, "'" + path + "' cannot be opened.", "Check its permissions.");
    char signature[2] = {};
    stream.read(signature, 2);
    if (stream.gcount() == 0) throw damagedArchive(path, "it is empty");
    if (signature[0] != 'P' || signature[1] != 'K')
        throw Error(ErrorCode::WrongKind, "'" + path + "' is not a zip archive.",
                    "Check that it was downloaded whole.");
}

}  // namespace

ZipReader::ZipReader(const std::string& path) : path_(path), archive_(nullptr, &zip_discard) {
    requireZip(path);
    std::error_code error;
    fileBytes_ = std::filesystem::file_size(path, error);
    int fault = 0;
    archive_.reset(zip_open(path.c_str(), ZIP_RDONLY, &fault));
    if (!archive_) {
        zip_error_t reason;
        zip_error_init_with_code(&reason, fault);
        const std::string why = zip_error_strerror(&reason);
        zip_error_fini(&reason);
        throw damagedArchive(path, why);
    }
    const auto count = zip_get_num_entries(archive_.get(), 0);
    entries_.reserve(std::size_t(count));
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t stat;
        if (zip_stat_index(archive_.get(), zip_uint64_t(i), 0, &stat) != 0)
            throw damagedArchive(path, zip_error_strerror(zip_get_error(archive_.get())));
        entries_.push_back({stat.name, stat.size, stat.comp_size});
    }
}

std::string ZipReader::read(std::size_t index, std::uint64_t limit) const {
    const auto& entry = entries_.at(index);
    zip_stat_t stat;
    if (zip_stat_index(archive_.get(), index, 0, &stat) != 0)
        throw damagedArchive(path_, zip_error_strerror(zip_get_error(archive_.get())));
    if (stat.encryption_method != ZIP_EM_NONE)
        throw Error(ErrorCode::WrongKind, "'" + path_ + "' is encrypted.", "Write it without a password.");
    // Deflate shrinks at most 1032-fold.
    if (entry.packed > fileBytes_ || entry.bytes / 1032 > entry.packed || entry.bytes > limit)
        throw damagedArchive(path_, "the entry '" + entry.name + "' claims " + std::to_string(entry.bytes) +
                                        " bytes, packed into " + std::to_string(entry.packed) + " of a file of " +
                                        std::to_string(fileBytes_));
    std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(zip_fopen_index(archive_.get(), index, 0), &zip_fclose);
    if (!file)
        throw damagedArchive(path_, "'" + entry.name + "': " + zip_error_strerror(zip_get_error(archive_.get())));
    std::string bytes(entry.bytes, '\0');
    const auto got = zip_fread(file.get(), bytes.data(), bytes.size());
    if (got < 0)
        throw damagedArchive(path_, "'" + entry.name + "': " + zip_error_strerror(zip_file_get_error(file.get())));
    const auto checksum = crc32_z(crc32_z(0, nullptr, 0), reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
    if (std::size_t(got) != bytes.size() || checksum != stat.crc)
        throw damagedArchive(path_, "the entry '" + entry.name + "' does not match its checksum");
    return bytes;
}

}  // namespace thaw
