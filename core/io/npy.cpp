// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npy.h"

#include "core/io/atomic_file.h"
#include "core/io/file_bytes.h"
#include "core/io/npy_elements.h"
#include "core/values/error.h"

#include <charconv>
#include <cstring>
#include <ostream>
#include <stdexcept>

namespace thaw {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kMaxNpyDimensions = 32;  // NumPy's own limit

Error damagedArray(const std::string& source, const std::string& why) {
    return Error(ErrorCode::FileDamaged, "'" + source + "' is damaged: " + why + ".",
                 "Write it again with numpy.save and compare the size of the copy.");
}

// The text after `'key':` in the header's Python dict, without leading blanks; empty when absent.
std::string_view valueOf(std::string_view header, std::string_view key) {
    for (const char quote : {'\'', '"'}) {
        const std::string quoted = quote + std::string(key) + quote;
        auto at = header.find(quoted);
        if (at == std::string_view::npos) continue;
        at = header.find_first_not_of(" \t", at + quoted.size());
        if (at == std::string_view::npos || header[at] != ':') continue;
        at = header.find_first_not_of(" \t", at + 1);
        if (at != std::string_view::npos) return header.substr(at);
    }
    return {};
}

std::string_view parseDescr(std::string_view header, const std::string& source) {
    const auto value = valueOf(header, "descr");
    const auto end = value.size() > 1 ? value.find(value.front(), 1) : std::string_view::npos;
    if (value.empty() || (value.front() != '\'' && value.front() != '"') || end == std::string_view::npos)
        throw Error(ErrorCode::WrongKind, "'" + source + "' holds no plain array of numbers.",
                    "Save a float32, float64, uint8 or int64 array.");
    return value.substr(1, end - 1);
}

std::vector<std::int64_t> parseShape(std::string_view header, const std::string& source) {
    auto value = valueOf(header, "shape");
    const auto close = value.find(')');
    if (value.empty() || value.front() != '(' || close == std::string_view::npos)
        throw damagedArray(source, "its header names no shape");
    value = value.substr(1, close - 1);
    std::vector<std::int64_t> shape;
    while (true) {
        const auto start = value.find_first_not_of(" \t,");
        if (start == std::string_view::npos) return shape;
        std::int64_t size = 0;
        const auto [end, fault] = std::from_chars(value.data() + start, value.data() + value.size(), size);
        if (fault != std::errc() || size < 0 || shape.size() == kMaxNpyDimensions)
            throw damagedArray(source, "its shape is (" + std::string(value.substr(0, 80)) + ")");
        shape.push_back(size);
        value.remove_prefix(std::size_t(end - value.data()));
    }
}

bool parseFortranOrder(std::string_view header, const std::string& source) {
    const auto value = valueOf(header, "fortran_order");
    if (value.starts_with("True")) return true;
    if (value.starts_with("False")) return false;
    throw damagedArray(source, "its header names no order");
}

std::string toText(const std::vector<std::int64_t>& shape) {
    std::string text = "(";
    for (std::size_t d = 0; d < shape.size(); ++d) text += (d ? ", " : "") + std::to_string(shape[d]);
    return text + (shape.size() == 1 ? ",)" : ")");
}

// First dimension fastest to last dimension fastest.
std::string toCOrder(std::string_view data, const std::vector<std::int64_t>& shape, std::size_t bytes) {
    std::string ordered(data.size(), '\0');
    std::vector<std::int64_t> index(shape.size(), 0);
    for (std::size_t to = 0; to < data.size(); to += bytes) {
        std::size_t from = 0;
        for (std::size_t d = shape.size(); d-- > 0;) from = from * std::size_t(shape[d]) + std::size_t(index[d]);
        std::memcpy(ordered.data() + to, data.data() + from * bytes, bytes);
        for (std::size_t d = shape.size(); d-- > 0 && ++index[d] == shape[d];) index[d] = 0;
    }
    return ordered;
}

}  // namespace

std::int64_t NpyArray::count() const {
    std::int64_t product = 1;
    for (const auto size : shape) product *= size;
    return product;
}

NpyArray parseNpy(std::string_view bytes, const std::string& source) {
    if (bytes.empty()) throw damagedArray(source, "it is empty");
    const auto magic = kMagic.substr(0, bytes.size());
    if (!bytes.starts_with(magic))
        throw Error(ErrorCode::WrongKind, "'" + source + "' is not a .npy array.", "Write it with numpy.save.");
    if (bytes.size() < 10) throw damagedArray(source, "it ends after " + std::to_string(bytes.size()) + " bytes");
    const auto byte = [&](std::size_t at) { return std::size_t(std::uint8_t(bytes[at])); };
    const std::size_t version = byte(6);
    if (version < 1 || version > 3)
        throw Error(ErrorCode::WrongKind,
                    "'" + source + "' has the unknown .npy version " + std::to_string(version) + ".",
                    "Write it again with numpy.save.");
    const std::size_t start = version == 1 ? 10 : 12;
    if (bytes.size() < start) throw damagedArray(source, "it ends after " + std::to_string(bytes.size()) + " bytes");
    std::size_t headerBytes = byte(8) | byte(9) << 8;
    if (version > 1) headerBytes |= byte(10) << 16 | byte(11) << 24;
    if (headerBytes > bytes.size() - start)
        throw damagedArray(source, "its header of " + std::to_string(headerBytes) + " bytes does not fit in " +
                                       std::to_string(bytes.size()));

    const auto header = bytes.substr(start, headerBytes);
    NpyArray array;
    const auto descr = parseDescr(header, source);
    if (descr.ends_with('O')) throw refusedObjects(bytes.substr(start + headerBytes), source);
    const auto elements = npyElements(descr, source);
    array.type = elements.type;
    array.shape = parseShape(header, source);
    const bool fortranOrder = parseFortranOrder(header, source);

    const auto data = bytes.substr(start + headerBytes);
    bool empty = false;
    for (const auto size : array.shape) empty |= size == 0;
    std::size_t expected = elements.bytes;
    for (const auto size : array.shape) {
        if (!empty && expected > data.size() / std::size_t(size))
            throw damagedArray(source, "the shape " + toText(array.shape) + " needs more than the " +
                                           std::to_string(data.size()) + " bytes it holds");
        expected *= std::size_t(size);
    }
    if (empty) expected = 0;
    if (expected != data.size())
        throw damagedArray(source, "the shape " + toText(array.shape) + " needs " + std::to_string(expected) +
                                       " bytes, it holds " + std::to_string(data.size()));
    array.data = fortranOrder ? toCOrder(data, array.shape, elements.bytes) : std::string(data);
    array.data = convertedElements(std::move(array.data), elements, source);
    return array;
}

std::string serialiseNpy(const NpyArray& array) {
    if (array.data.size() != std::size_t(array.count()) * bytesOf(array.type))
        throw std::invalid_argument("npy: the data do not match the shape " + toText(array.shape));
    const auto descr = namesOf(array.type).numpy;
    if (descr.empty()) throw std::invalid_argument("npy: cannot write elements of this type");
    std::string header =
        "{'descr': '" + std::string(descr) + "', 'fortran_order': False, 'shape': " + toText(array.shape) + ", }";
    // The data start at a multiple of 64 bytes, as the format asks.
    header.append(63 - (10 + header.size()) % 64, ' ');
    header += '\n';
    std::string bytes(kMagic);
    bytes += {'\1', '\0', char(header.size() & 255), char(header.size() >> 8)};
    return bytes + header + array.data;
}

NpyArray readNpy(const std::string& path) { return parseNpy(readFileBytes(path), path); }

void writeNpy(const std::string& path, const NpyArray& array) {
    const std::string bytes = serialiseNpy(array);
    writeFileAtomically(path, [&](std::ostream& stream) { stream.write(bytes.data(), std::streamsize(bytes.size())); });
}

}  // namespace thaw
