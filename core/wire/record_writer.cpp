// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/record_writer.h"

#include "core/wire/image_prediction.h"

#include <limits>
#include <stdexcept>

namespace thaw::wire {

namespace {
void requireShort(std::size_t length) {
    if (length > std::numeric_limits<std::uint32_t>::max()) throw std::length_error("wire: a value of 4 GiB");
}
}  // namespace

void Writer::writeLength(std::size_t length) {
    requireShort(length);
    putNumber(bytes_, length, kLengthBytes);
}

std::size_t Writer::beginField(std::string_view name) {
    if (name.empty() || name.size() > 255) throw std::length_error("wire: a field's name");
    putNumber(bytes_, name.size(), 1);
    bytes_ += name;
    bytes_.append(kLengthBytes, '\0');
    return bytes_.size();
}

// The length of the field stands before its value and is known after it.
void Writer::endField(std::size_t begin) {
    const std::size_t length = bytes_.size() - begin;
    requireShort(length);
    std::string digits;
    putNumber(digits, length, kLengthBytes);
    bytes_.replace(begin - kLengthBytes, kLengthBytes, digits);
}

void Writer::write(const Image& image) {
    const bool isSane =
        image.width >= 0 && image.height >= 0 && (image.channels == 1 || image.channels == 3) &&
        image.pixels.size() == std::size_t(image.width) * std::size_t(image.height) * std::size_t(image.channels);
    if (!isSane) throw std::invalid_argument("wire: the pixels of an image do not match its size");
    write(image.width);
    write(image.height);
    write(image.channels);
    writeText(predicted(image));
}

}  // namespace thaw::wire
