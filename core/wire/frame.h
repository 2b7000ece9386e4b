// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/error.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace thaw::wire {

// What goes over a line between a window and `thaw-cli serve`, in either direction:
//
//     text of a shell, skipped | marker | frame | frame | ...
//     frame:  length   4 bytes, lowest first: of the payload as it is sent
//             kind     1 byte: FrameKind; its highest bit says that the payload is deflated (deflate.h)
//             check    2 bytes, lowest first: CRC-16/CCITT-FALSE of the five bytes before
//             payload  `length` bytes
//
// A message is a payload: a greeting (greeting.h), or a value as record.h writes it. The line itself (ssh) keeps bytes
// whole; the check is for other programs and libraries that write between two frames.

/// Begins each direction. Of the kind of PNG's: no text has its first byte, and a terminal that changes ends of lines
/// changes it.
inline constexpr std::string_view kMarker{"\x93THAW\r\n\x1a", 8};
/// So much text is skipped before the marker: what a shell says when it logs in.
inline constexpr std::size_t kLongestPreamble = 64 << 10;
/// A payload is at most so long, deflated and plain: 256 MiB.
inline constexpr std::size_t kLargestMessage = std::size_t(256) << 20;
inline constexpr std::size_t kFrameHeader = 7;

enum class FrameKind : std::uint8_t {
    Greeting = 1,  ///< the first one of each direction, and only that
    Command = 2,   ///< window to engine
    Fact = 3,      ///< engine to window
    Beat = 4,      ///< empty: the other end lives (heartbeat.h)
    Ask = 5,       ///< window to relay, about files (file_codec.h)
    Answer = 6,    ///< relay to window
};

struct Frame {
    FrameKind kind = FrameKind::Beat;
    std::string payload{};  ///< plain

    bool operator==(const Frame&) const = default;
};

/// The bytes of a frame; deflated where that makes it shorter. Throws Configuration for a payload above
/// kLargestMessage.
std::string frameBytes(FrameKind kind, std::string_view payload);

/// Takes frames out of what a line brings, in pieces of any size.
class FrameReader {
public:
    /// `peer`: the other end, for errors: the name of a machine.
    explicit FrameReader(std::string peer) : peer_(std::move(peer)) {}

    /// More bytes have come. Holds no more memory than has come, whatever a header claims.
    void feed(std::string_view bytes);

    /// The next whole frame; nothing where more bytes have to come first. Throws WrongKind where no marker comes within
    /// kLongestPreamble (the message shows the end of what came instead), where the first frame is no greeting or a
    /// later one is, and for a kind it does not know; FileDamaged for a header that is not one, a length above
    /// kLargestMessage, and a payload that cannot be inflated. After an error every call throws the same.
    std::optional<Frame> next();

    /// The line has ended: throws where that is in the middle of a frame (FileDamaged) or before the marker
    /// (WrongKind). To be asked after next() gave nothing.
    void requireEnd() const;

    /// What came before the marker, without control characters.
    std::string preamble() const;

private:
    bool findMarker();
    std::optional<Frame> nextFrame();

    std::string peer_;
    std::string preamble_;
    std::string buffer_;
    std::size_t begin_ = 0;  // of what was not taken yet, in the buffer
    bool marked_ = false, greeted_ = false;
    std::optional<Error> fault_;
};

}  // namespace thaw::wire
