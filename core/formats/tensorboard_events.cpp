// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/tensorboard_events.h"

#include <array>
#include <bit>

namespace thaw {
namespace {

constexpr std::uint32_t kCastagnoli = 0x82F63B78;

constexpr std::array<std::uint32_t, 256> crcTable() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
        std::uint32_t crc = byte;
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (crc & 1 ? kCastagnoli : 0);
        table[byte] = crc;
    }
    return table;
}

// Little-endian on every machine.
template <class Number>
std::string littleEndian(Number number) {
    std::string bytes;
    for (std::size_t i = 0; i < sizeof(Number); ++i) bytes += char((number >> (8 * i)) & 0xff);
    return bytes;
}

// The four kinds of fields that an event has.
enum class Wire : std::uint64_t { Varint = 0, Double = 1, Bytes = 2, Float = 5 };

std::string varint(std::uint64_t number) {
    std::string bytes;
    for (; number >= 0x80; number >>= 7) bytes += char(0x80 | (number & 0x7f));
    return bytes + char(number);
}

std::string fieldHead(std::uint64_t field, Wire wire) { return varint(field << 3 | std::uint64_t(wire)); }

std::string wholeField(std::uint64_t field, std::int64_t value) {
    return fieldHead(field, Wire::Varint) + varint(std::uint64_t(value));
}
std::string doubleField(std::uint64_t field, double value) {
    return fieldHead(field, Wire::Double) + littleEndian(std::bit_cast<std::uint64_t>(value));
}
std::string floatField(std::uint64_t field, float value) {
    return fieldHead(field, Wire::Float) + littleEndian(std::bit_cast<std::uint32_t>(value));
}
// A string or a message.
std::string bytesField(std::uint64_t field, std::string_view bytes) {
    return fieldHead(field, Wire::Bytes) + varint(bytes.size()) + std::string(bytes);
}

constexpr int kDataTypeString = 7;  // DT_STRING
constexpr int kSessionStart = 1;    // SessionLog.START

std::string eventHead(double wallTime, std::int64_t step) {
    return doubleField(1, wallTime) + (step == 0 ? std::string() : wholeField(2, step));
}

}  // namespace

std::uint32_t crc32c(std::string_view bytes) {
    static constexpr auto table = crcTable();
    std::uint32_t crc = ~std::uint32_t(0);
    for (const char c : bytes) crc = (crc >> 8) ^ table[(crc ^ std::uint8_t(c)) & 0xff];
    return ~crc;
}

std::uint32_t maskedCrc(std::uint32_t crc) { return ((crc >> 15) | (crc << 17)) + 0xa282ead8u; }

std::string eventRecord(std::string_view payload) {
    const auto length = littleEndian(std::uint64_t(payload.size()));
    return length + littleEndian(maskedCrc(crc32c(length))) + std::string(payload) +
           littleEndian(maskedCrc(crc32c(payload)));
}

std::string versionEvent(double wallTime) { return eventHead(wallTime, 0) + bytesField(3, "brain.Event:2"); }

std::string sessionEvent(double wallTime, std::int64_t step) {
    return eventHead(wallTime, step) + bytesField(7, wholeField(1, kSessionStart));
}

std::string scalarsEvent(double wallTime, std::int64_t step, const std::vector<EventScalar>& scalars) {
    std::string summary;
    for (const auto& scalar : scalars)
        summary += bytesField(1, bytesField(1, scalar.tag) + floatField(2, float(scalar.value)));
    return eventHead(wallTime, step) + bytesField(5, summary);
}

std::string textEvent(double wallTime, std::int64_t step, std::string_view tag, std::string_view text) {
    // TensorProto: 1 dtype, 2 shape ([1]: one dimension of that size), 8 the strings.
    const auto shape = bytesField(2, wholeField(1, 1));
    const auto tensor = wholeField(1, kDataTypeString) + bytesField(2, shape) + bytesField(8, text);
    const auto metadata = bytesField(1, bytesField(1, "text"));  // the plugin by name
    const auto value = bytesField(1, tag) + bytesField(8, tensor) + bytesField(9, metadata);
    return eventHead(wallTime, step) + bytesField(5, bytesField(1, value));
}

}  // namespace thaw
