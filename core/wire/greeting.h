// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace thaw::wire {

/// The number of what is said over a line. It rises when a message or a field changes its meaning or goes; what is
/// added is a feature.
inline constexpr int kProtocol = 1;

/// The first message of each side: who it is. JSON, which every version can read: {"program": "thaw-cli", "version":
/// "0.1.0", "protocol": 1, "features": [...]}; fields that are unknown are ignored here, and nowhere else where
/// something is asked for.
struct Greeting {
    std::string program;  ///< `thaw` or `thaw-cli`
    std::string version;
    int protocol = kProtocol;
    std::vector<std::string> features{};  ///< what it can beside the messages that the protocol has from its beginning

    bool has(const std::string& feature) const;
    bool operator==(const Greeting&) const = default;
};

/// Marker and frame: the first bytes of a side.
std::string greetingBytes(const Greeting& greeting);

/// The greeting in a payload. Throws FileDamaged where it is none; `peer` names the other end.
Greeting greetingOf(std::string_view payload, const std::string& peer);

/// Throws WrongKind, with both versions and what to do, where the protocols differ.
void requireSameProtocol(const Greeting& ours, const Greeting& theirs, const std::string& peer);

}  // namespace thaw::wire
