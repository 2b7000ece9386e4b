// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npz.h"

#include "core/io/atomic_file.h"
#include "core/values/error.h"

#include <zip.h>

#include <fstream>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <string_view>

namespace thaw {
namespace {

constexpr std::string_view kArraySuffix = ".npy";

using Archive = std::unique_ptr<zip_t, decltype(&zip_discard)>;

Archive openArchive(zip_source_t* source, int flags, zip_error_t& error) {
    return Archive(zip_open_from_source(source, flags, &error), &zip_discard);
}

std::string arrayNames(const std::vector<std::string>& names) {
    constexpr std::size_t kShown = 200;
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text.empty() ? "none" : text.size() <= kShown ? text : text.substr(0, kShown) + "...";
}

Error withoutArray(const std::string& path, const std::string& name, const std::vector<std::string>& names) {
    return Error(ErrorCode::WrongKind,
                 "'" + path + "' has no array '" + name + "'; it holds " + arrayNames(names) + ".",
                 "Name another file.");
}

// A .npy of a dictionary says so itself.
const std::string& requireArchive(const std::string& path) {
    char magic[6] = {};
    std::ifstream(path, std::ios::binary).read(magic, sizeof magic);
    if (std::string_view(magic, sizeof magic) != "\x93NUMPY") return path;
    readNpy(path);
    throw Error(ErrorCode::WrongKind,
                "'" + path + "' is a single .npy array; a .npz archive of named arrays is needed.",
                "Write it with numpy.savez.");
}

}  // namespace

const NpyArray& NpzArchive::at(const std::string& name, const std::string& path) const {
    const auto found = arrays.find(name);
    if (found != arrays.end()) return found->second;
    std::vector<std::string> names;
    for (const auto& entry : arrays) names.push_back(entry.first);
    throw withoutArray(path, name, names);
}

NpzReader::NpzReader(const std::string& path) : zip_(requireArchive(path)) {}

const ZipEntry* NpzReader::entry(const std::string& name) const {
    for (const auto& entry : zip_.entries())
        if (entry.name == name) return &entry;
    return nullptr;
}

bool NpzReader::holds(const std::string& array) const { return entry(array + std::string(kArraySuffix)); }
bool NpzReader::holdsText(const std::string& name) const { return entry(name); }

std::string NpzReader::text(const std::string& name) const {
    const auto* const found = entry(name);
    return found ? zip_.read(std::size_t(found - zip_.entries().data())) : std::string();
}

NpyArray NpzReader::array(const std::string& name) const {
    if (holds(name)) return parseNpy(text(name + std::string(kArraySuffix)), zip_.path() + ":" + name);
    std::vector<std::string> names;
    for (const auto& entry : zip_.entries())
        if (entry.name.ends_with(kArraySuffix))
            names.push_back(entry.name.substr(0, entry.name.size() - kArraySuffix.size()));
    throw withoutArray(zip_.path(), name, names);
}

NpzArchive readNpz(const std::string& path) {
    const ZipReader zip(requireArchive(path));
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
    (void)archive.release();  // closed

    zip_stat_t stat;
    zip_source_stat(target.get(), &stat);
    std::string bytes(stat.size, '\0');
    zip_source_open(target.get());
    zip_source_read(target.get(), bytes.data(), bytes.size());
    zip_source_close(target.get());
    writeFileAtomically(path, [&](std::ostream& stream) { stream.write(bytes.data(), std::streamsize(bytes.size())); });
}

}  // namespace thaw
