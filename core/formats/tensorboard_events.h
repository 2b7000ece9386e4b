// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace thaw {

/// The bytes of TensorBoard's event files, without Protocol Buffers or TensorFlow: a sequence of records, each
///
///     uint64 length | uint32 masked CRC of those 8 bytes | payload | uint32 masked CRC of the payload
///
/// (little-endian; TFRecord, tensorflow.org/tutorials/load_data/tfrecord), whose payload is one message Event of
/// tensorboard/compat/proto/event.proto in the wire format of protobuf.dev/programming-guides/encoding:
///
///     Event    1 double wall_time (seconds since 1970), 2 int64 step, and one of
///              3 string file_version ("brain.Event:2", the first record of a file), 5 Summary, 7 SessionLog
///     Summary  1 repeated Value: 1 string tag, 2 float simple_value, or 8 TensorProto with 9 SummaryMetadata
///     SessionLog  1 status; START = 1
///
/// From the second SessionLog START of a folder on, one of step N makes TensorBoard forget what came before it of step N and
/// later.

/// CRC-32C (Castagnoli; RFC 3720, appendix B.4): reflected polynomial 0x82F63B78, begun and ended with all bits turned.
std::uint32_t crc32c(std::string_view bytes);
/// As records hold it: ((crc >> 15) | (crc << 17)) + 0xa282ead8, so that a CRC of bytes that hold CRCs is none of theirs.
std::uint32_t maskedCrc(std::uint32_t crc);

/// One record around a payload.
std::string eventRecord(std::string_view payload);

/// One number under a name, whose part before the first slash groups the charts: `Loss/G`.
struct EventScalar {
    std::string tag;
    double value = 0;  ///< written as a float
    bool operator==(const EventScalar&) const = default;
};

/// Payloads. A step of 0 is not written, as is usual for a default.
std::string versionEvent(double wallTime);
std::string sessionEvent(double wallTime, std::int64_t step);
std::string scalarsEvent(double wallTime, std::int64_t step, const std::vector<EventScalar>& scalars);
/// A line for the page of texts: a tensor of one string with the plugin `text`.
std::string textEvent(double wallTime, std::int64_t step, std::string_view tag, std::string_view text);

}  // namespace thaw
