// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/file_question.h"

#include <string>
#include <string_view>

namespace thaw::wire {

/// What a side says in its greeting that asks and answers about files: frames Ask and Answer.
inline constexpr const char* kFilesFeature = "files";
/// The same of who asks runs for something, too: question::Steer. Others take it for no question at all.
inline constexpr const char* kSteeringFeature = "steering";

// The payloads of the frames Ask and Answer; unknown fields of a question are refused, of an answer skipped.

std::string payloadOf(const FileAsk& ask);
std::string payloadOf(const FileReply& reply);

/// Throws what Reader throws. `peer` names the other end.
FileAsk askOf(std::string_view payload, const std::string& peer);
FileReply replyOf(std::string_view payload, const std::string& peer);

}  // namespace thaw::wire
