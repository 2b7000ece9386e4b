// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/record_reader.h"

#include "core/values/error.h"
#include "core/wire/image_prediction.h"

#include <algorithm>

namespace thaw::wire {

namespace {
// No struct has a quarter as many; a message that claims more only costs time.
constexpr std::size_t kMostFields = 256;
}  // namespace

std::string Reader::place() const {
    std::string text = outer_ ? outer_->place() : std::string();
    if (!name_.empty()) text += (text.empty() ? "" : ".") + std::string(name_);
    if (item_ != kNoItem) text += "[" + std::to_string(item_) + "]";
    return text;
}

void Reader::fail(const std::string& what) const {
    const std::string field = place();
    throw Error(
        ErrorCode::FileDamaged,
        "A message of '" + reading_.peer + "' cannot be read: " + (field.empty() ? "it" : field) + " " + what + ".",
        "Install the same version of Thaw on both machines.");
}

void Reader::failSize() const { fail("is a number that does not fit"); }

std::string_view Reader::take(std::size_t count) {
    if (count > bytes_.size() - at_) fail("ends too early");
    const auto taken = bytes_.substr(at_, count);
    at_ += count;
    return taken;
}

std::size_t Reader::takeCount(std::size_t smallest, std::size_t inMemory) {
    const std::size_t count = takeNumber(kLengthBytes);
    if (count > (bytes_.size() - at_) / smallest) fail("ends too early");
    if (count > reading_.room / inMemory) fail("would take too much memory");
    reading_.room -= count * inMemory;
    return count;
}

void Reader::read(bool& value) {
    const std::uint64_t byte = takeNumber(1);
    if (byte > 1) fail("is " + std::to_string(byte) + " and must be 0 or 1");
    value = byte == 1;
}

void Reader::read(Image& image) {
    Image head;
    read(head.width);
    read(head.height);
    read(head.channels);
    const std::string_view bytes = takeText();
    // Each side is at most the number of bytes, so that the product cannot overflow.
    const std::uint64_t width = std::uint64_t(std::max(head.width, 0)),
                        height = std::uint64_t(std::max(head.height, 0));
    const bool fits = head.width >= 0 && head.height >= 0 && (head.channels == 1 || head.channels == 3) &&
                      (width * height == 0 ? bytes.empty()
                                           : width * height == bytes.size() / std::uint64_t(head.channels) &&
                                                 bytes.size() % std::uint64_t(head.channels) == 0);
    if (!fits)
        fail("is an image of " + std::to_string(head.width) + "×" + std::to_string(head.height) + "×" +
             std::to_string(head.channels) + " with " + std::to_string(bytes.size()) + " bytes");
    unpredict(bytes, head);
    image = std::move(head);
}

std::vector<Reader::Field> Reader::takeFields() {
    std::vector<Field> fields;
    while (const std::size_t length = takeNumber(1)) {
        if (fields.size() == kMostFields) fail("has more than " + std::to_string(kMostFields) + " fields");
        Field field;
        field.name = take(length);
        field.content = takeText();
        const bool again =
            std::any_of(fields.begin(), fields.end(), [&](const Field& known) { return known.name == field.name; });
        if (again) fail("has '" + std::string(field.name) + "' twice");
        fields.push_back(field);
    }
    return fields;
}

std::pair<std::string_view, std::string_view> Reader::takeOnlyField() {
    const auto fields = takeFields();
    if (fields.size() != 1) fail("is of " + std::to_string(fields.size()) + " kinds");
    return {fields.front().name, fields.front().content};
}

void Reader::requireEnd() const {
    if (at_ != bytes_.size()) fail("has " + std::to_string(bytes_.size() - at_) + " bytes too many");
}

Reader::Field* Reader::FieldFinder::find(std::string_view name) {
    for (auto& field : fields_)
        if (field.name == name) {
            field.wasRead = true;
            return &field;
        }
    return nullptr;
}

void Reader::FieldFinder::finish() const {
    if (reader_.reading_.unknown == UnknownFields::Skip) return;
    for (const auto& field : fields_)
        if (!field.wasRead) {
            const std::string holder = reader_.place();
            throw Error(ErrorCode::WrongKind,
                        "'" + reader_.reading_.peer + "' asks for something that is unknown here: " +
                            (holder.empty() ? "" : holder + ".") + std::string(field.name) + ".",
                        "Install the same version of Thaw on both machines.");
        }
}

}  // namespace thaw::wire
