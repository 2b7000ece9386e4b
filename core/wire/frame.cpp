// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/frame.h"

#include "core/values/error.h"
#include "core/wire/byte_order.h"
#include "core/wire/deflate.h"

#include <algorithm>

namespace thaw::wire {

namespace {

constexpr std::uint8_t kDeflatedBit = 0x80;
constexpr std::size_t kCheckedBytes = 5;
constexpr std::size_t kShownText = 200;
// Below this deflate's own bytes outweigh what it saves, and beats are many.
constexpr std::size_t kShortPayload = 128;

// CRC-16/CCITT-FALSE: x^16 + x^12 + x^5 + 1, from 0xffff. Finds every fault within 16 neighbouring bits.
std::uint16_t headerCheck(std::string_view bytes) {
    unsigned crc = 0xffff;
    for (const char byte : bytes) {
        crc ^= unsigned(static_cast<unsigned char>(byte)) << 8;
        for (int bit = 0; bit < 8; ++bit) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
    }
    return std::uint16_t(crc);
}

bool isFrameKind(std::uint8_t kind) {
    return kind >= std::uint8_t(FrameKind::Greeting) && kind <= std::uint8_t(FrameKind::Answer);
}

std::string mebibytes(std::size_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

// What a terminal would show of it: no control characters, no white space around it.
std::string shownText(std::string_view text) {
    std::string shown;
    for (const char c : text) {
        const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
        if (!control) shown += c;
        else if (!shown.empty() && shown.back() != ' ') shown += ' ';
    }
    shown.erase(0, std::min(shown.find_first_not_of(' '), shown.size()));
    while (!shown.empty() && shown.back() == ' ') shown.pop_back();
    return shown;
}

// The last of a long text, where shells and programs say why they ended; begins with a whole character of UTF-8.
std::string endOf(std::string text) {
    if (text.size() <= kShownText) return text;
    text.erase(0, text.size() - kShownText);
    while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xc0) == 0x80) text.erase(0, 1);
    return "..." + text;
}

}  // namespace

std::string frameBytes(FrameKind kind, std::string_view payload) {
    if (payload.size() > kLargestMessage)
        throw Error(ErrorCode::Configuration,
                    "A message of " + mebibytes(payload.size()) + " is longer than " + mebibytes(kLargestMessage) +
                        ", the most that goes to another machine.",
                    "Ask for fewer images, blocks or noise levels at once.");
    std::string packed;
    if (payload.size() >= kShortPayload) packed = deflated(payload);
    const bool isDeflated = !packed.empty() && packed.size() < payload.size();
    const std::string_view sent = isDeflated ? std::string_view(packed) : payload;
    std::string bytes;
    bytes.reserve(kFrameHeader + sent.size());
    putNumber(bytes, sent.size(), 4);
    putNumber(bytes, std::uint8_t(kind) | (isDeflated ? kDeflatedBit : 0), 1);
    putNumber(bytes, headerCheck(bytes), 2);
    bytes += sent;
    return bytes;
}

void FrameReader::feed(std::string_view bytes) {
    if (begin_ > buffer_.size() / 2) {
        buffer_.erase(0, begin_);
        begin_ = 0;
    }
    buffer_ += bytes;
}

bool FrameReader::findMarker() {
    const std::size_t from = preamble_.size() < kMarker.size() ? 0 : preamble_.size() - (kMarker.size() - 1);
    preamble_ += buffer_;
    buffer_.clear();
    const std::size_t at = preamble_.find(kMarker, from);
    const std::size_t before = at != std::string::npos             ? at
                               : preamble_.size() < kMarker.size() ? 0
                                                                   : preamble_.size() - kMarker.size();
    if (before > kLongestPreamble)
        throw Error(ErrorCode::WrongKind,
                    "'" + peer_ + "' answers with something else than Thaw: " + endOf(shownText(preamble_)),
                    "Let the login shell there print nothing when no terminal is attached, and connect again.");
    if (at == std::string::npos) return false;
    buffer_ = preamble_.substr(at + kMarker.size());
    preamble_.erase(at);
    return marked_ = true;
}

std::string FrameReader::preamble() const { return shownText(preamble_); }

void FrameReader::requireEnd() const {
    if (marked_ && begin_ == buffer_.size()) return;
    if (marked_)
        throw Error(ErrorCode::FileDamaged, "The line to '" + peer_ + "' broke in the middle of a message.",
                    "Connect again.");
    const std::string said = endOf(shownText(preamble_ + buffer_));
    throw Error(ErrorCode::WrongKind,
                "'" + peer_ + "' ended without an answer of Thaw" + (said.empty() ? "." : "; it said: " + said),
                "Try 'ssh " + peer_ + " thaw-cli --version' in a terminal.");
}

std::optional<Frame> FrameReader::next() {
    if (fault_) throw Error(*fault_);
    try {
        return nextFrame();
    } catch (const Error& error) {
        fault_ = error;
        throw;
    }
}

std::optional<Frame> FrameReader::nextFrame() {
    if (!marked_ && !findMarker()) return {};
    const std::string_view rest = std::string_view(buffer_).substr(begin_);
    if (rest.size() < kFrameHeader) return {};
    const auto damaged = [&](const std::string& why) {
        return Error(ErrorCode::FileDamaged, "'" + peer_ + "' sends what is no message of Thaw: " + why + ".",
                     "Connect again.");
    };
    const std::size_t length = numberAt(rest, 0, 4);
    const auto kindByte = std::uint8_t(numberAt(rest, 4, 1));
    if (numberAt(rest, kCheckedBytes, 2) != headerCheck(rest.substr(0, kCheckedBytes)))
        throw damaged("'" + shownText(rest.substr(0, kShownText)) + "'");
    const auto kind = std::uint8_t(kindByte & ~kDeflatedBit);
    if (!isFrameKind(kind))
        throw Error(ErrorCode::WrongKind,
                    "'" + peer_ + "' sends a message of kind " + std::to_string(kind) + ", which is unknown here.",
                    "Install the same version of Thaw on both machines.");
    if (length > kLargestMessage)
        throw damaged("it would be " + mebibytes(length) + " long, and " + mebibytes(kLargestMessage) + " is the most");
    if (kind == std::uint8_t(FrameKind::Greeting) && greeted_)
        throw Error(ErrorCode::WrongKind, "'" + peer_ + "' greets a second time.", "Connect again.");
    if (kind != std::uint8_t(FrameKind::Greeting) && !greeted_)
        throw Error(ErrorCode::WrongKind, "'" + peer_ + "' does not begin with a greeting.",
                    "Install the same version of Thaw on both machines.");
    if (rest.size() - kFrameHeader < length) return {};
    Frame frame{FrameKind(kind)};
    const std::string_view sent = rest.substr(kFrameHeader, length);
    if ((kindByte & kDeflatedBit) == 0) {
        frame.payload = sent;
    } else {
        auto plain = inflated(sent, kLargestMessage);
        if (!plain) throw damaged("it cannot be inflated");
        frame.payload = std::move(*plain);
    }
    greeted_ = true;
    begin_ += kFrameHeader + length;
    return frame;
}

}  // namespace thaw::wire
