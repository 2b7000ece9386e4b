// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/file_codec.h"

#include "core/wire/file_fields.h"
#include "core/wire/record_reader.h"
#include "core/wire/record_writer.h"

namespace thaw::wire {

std::string payloadOf(const FileAsk& ask) { return bytesOf(ask); }

std::string payloadOf(const FileReply& reply) { return bytesOf(reply); }

FileAsk askOf(std::string_view payload, const std::string& peer) {
    return valueOf<FileAsk>(payload, UnknownFields::Refuse, peer);
}

FileReply replyOf(std::string_view payload, const std::string& peer) {
    return valueOf<FileReply>(payload, UnknownFields::Skip, peer);
}

}  // namespace thaw::wire
