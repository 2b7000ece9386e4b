// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/engine_codec.h"

#include "core/wire/command_fields.h"
#include "core/wire/fact_fields.h"
#include "core/wire/record_reader.h"
#include "core/wire/record_writer.h"

namespace thaw::wire {

std::string payloadOf(const EngineCommand& command) { return bytesOf(command); }

std::string payloadOf(const EngineFact& fact) { return bytesOf(fact); }

EngineCommand commandOf(std::string_view payload, const std::string& peer) {
    return valueOf<EngineCommand>(payload, UnknownFields::Refuse, peer);
}

EngineFact factOf(std::string_view payload, const std::string& peer) {
    return valueOf<EngineFact>(payload, UnknownFields::Skip, peer);
}

}  // namespace thaw::wire
