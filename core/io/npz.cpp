// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npz.h"

#include "core/io/atomic_file.h"
#include "core/io/zip_reader.h"
#include "core/values/error.h"

#include <zip.h>

#include <memory>
#include <ostream>
#include <stdexcept>

namespace thaw {
namespace {

constexpr std::string_view kArraySuffix = ".npy";

using Archive = std::unique_ptr<zip_t, decltype(&zip_discard)>;

Archive openArchive(zip_source_t* source, int flags, zip_error_t& error) {
    return Archive(zip_open_from_source(source, flags, &error), &zip_discard);
}

}  // namespace

const NpyArray& NpzArchive::at(const std::string& name, const std::string& path) const {
    const auto found = arrays.find(name);
    if (found != arrays.end()) return found->second;
    std::string names;
    for (const auto& entry : arrays) names += (names.empty() ? "" : ", ") + entry.first;
    throw Error(ErrorCode::WrongKind,
                "'" + path + "' has no array '" + name + "'; it holds " + (names.empty() ? "none" : names) + ".",
                "Name another file.");
}

NpzArchive readNpz(const std::string& path) {
    const ZipReader zip(path);
    NpzArchive content;
    for (std::size_t i = 0; i < zip.entries().size(); ++i) {
        const auto& name = zip.entries()[i].name;
        std::string entry = zip.read(i);
        if (name.ends_with(kArraySuffix))
            content.arrays[name.substr(0, name.size() - kArraySuffix.size())] = parseNpy(entry, path + ":" + name);
        else content.texts[name] = std::move(entry);
    }
    return content;
}

void writeNpz(const std::string& path, const NpzArchive& content) {
    std::map<std::string, std::string> entries(content.texts.begin(), content.texts.end());
    for (const auto& [name, array] : content.arrays) entries[name + std::string(kArraySuffix)] = serialiseNpy(array);

    if (entries.empty()) throw std::invalid_argument("npz: nothing to write");
    zip_error_t error;
    zip_error_init(&error);
    // Kept alive past zip_close, which hands the finished archive to it.
    std::unique_ptr<zip_source_t, decltype(&zip_source_free)> target(zip_source_buffer_create(nullptr, 0, 0, &error),
                                                                     &zip_source_free);
    if (!target) throw std::bad_alloc();
    zip_source_keep(target.get());
    Archive archive = openArchive(target.get(), ZIP_CREATE | ZIP_TRUNCATE, error);
    if (!archive) throw std::logic_error(std::string("npz: ") + zip_error_strerror(&error));
    for (const auto& [name, bytes] : entries) {
        zip_source_t* entry = zip_source_buffer(archive.get(), bytes.data(), bytes.size(), 0);
        const auto index = zip_file_add(archive.get(), name.c_str(), entry, ZIP_FL_ENC_UTF_8);
        if (index < 0) throw std::logic_error(std::string("npz: ") + zip_strerror(archive.get()));
        zip_set_file_compression(archive.get(), zip_uint64_t(index), ZIP_CM_STORE, 0);
        zip_file_set_dostime(archive.get(), zip_uint64_t(index), 0, (1 << 5) | 1, 0);  // 1 January 1980
    }
    if (zip_close(archive.get()) != 0) throw std::logic_error(std::string("npz: ") + zip_strerror(archive.get()));
    archive.release();

    zip_stat_t stat;
    zip_source_stat(target.get(), &stat);
    std::string bytes(stat.size, '\0');
    zip_source_open(target.get());
    zip_source_read(target.get(), bytes.data(), bytes.size());
    zip_source_close(target.get());
    writeFileAtomically(path, [&](std::ostream& stream) { stream.write(bytes.data(), std::streamsize(bytes.size())); });
}

}  // namespace thaw
