// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lab/array_file.h"

#include "core/io/npz.h"
#include "core/io/zip_reader.h"

#include <cstring>
#include <type_traits>

namespace thaw {
namespace {

template <class Number>
constexpr NumberType typeOf() {
    if constexpr (std::is_same_v<Number, double>) return NumberType::Float64;
    else if constexpr (std::is_same_v<Number, std::uint8_t>) return NumberType::UInt8;
    else return NumberType::Int64;
}

template <class Number>
std::string bytesOfValues(const std::vector<Number>& values) {
    std::string bytes(values.size() * sizeof(Number), '\0');
    if (!values.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
    return bytes;
}

}  // namespace

void writeArrays(const std::string& path, const NamedArrays& content) {
    NpzArchive archive;
    archive.texts = content.texts;
    for (const auto& [name, array] : content.arrays)
        archive.arrays[name] = std::visit(
            [&shape = array.shape]<class Number>(const std::vector<Number>& values) {
                return NpyArray{shape, typeOf<Number>(), bytesOfValues(values)};
            },
            array.values);
    writeNpz(path, archive);
}

std::optional<std::string> textInArrays(const std::string& path, const std::string& name) {
    constexpr std::uint64_t kLargest = 4 << 20;
    const ZipReader zip(path);
    for (std::size_t i = 0; i < zip.entries().size(); ++i)
        if (zip.entries()[i].name == name) return zip.read(i, kLargest);
    return {};
}

}  // namespace thaw
