// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thaw {

/// Python pickles as data. Nothing is ever imported, called or executed: a global stays a pair of names, a call stays the
/// record (callable, arguments, state), and what they mean is for the reader of the record to decide.
/// Format: https://docs.python.org/3/library/pickletools.html, protocols 0 to 5 without out-of-band buffers.
namespace pickle {

using Ref = std::uint32_t;  ///< index of a node
constexpr Ref kNothing = 0xffffffffu;

enum class Kind : std::uint8_t {
    None,
    Bool,
    Int,
    Float,
    String,
    Bytes,
    List,
    Tuple,
    Dict,
    Set,
    Global,
    Object,
    Persistent
};

/// One value. Strings and bytes are views into the source; big byte strings are thus never copied.
struct Node {
    Kind kind = Kind::None;
    std::int64_t integer = 0;  ///< Bool, Int; for integers beyond 64 bits only `text` (little-endian bytes) is exact
    double real = 0;           ///< Float
    std::string_view text;     ///< String, Bytes; Global: the module
    std::string_view name;     ///< Global: the name in the module
    Ref callable = kNothing;   ///< Object: what would be called, or the class
    Ref arguments = kNothing;  ///< Object: its arguments (a tuple); Persistent: the identifier
    Ref state = kNothing;      ///< Object: what BUILD set
    std::vector<Ref>
        items;  ///< List, Tuple, Set: elements; Dict, Object: keys and values in turns; Object: appended elements
};

struct Document {
    std::deque<Node> nodes;
    std::deque<std::string> owned;  ///< texts that are not in the source as they are
    Ref root = kNothing;
    std::size_t end = 0;  ///< bytes used, STOP included

    const Node& operator[](Ref ref) const { return nodes[ref]; }
    bool isGlobal(Ref ref, std::string_view module, std::string_view name) const;
    /// Key-value pairs of a dict, of an OrderedDict, or of an object of a dict's subclass.
    std::vector<std::pair<Ref, Ref>> pairs(Ref ref) const;
    /// The value of a string key in `pairs`, kNothing when absent.
    Ref find(Ref ref, std::string_view key) const;
    /// Elements of a tuple or list; empty for anything else.
    const std::vector<Ref>& elements(Ref ref) const;
};

/// Reads one pickle from the start of `source`, which must outlive the document. Throws std::runtime_error with a short
/// reason ("unknown opcode 0x9a at byte 17") on anything malformed, and on sizes no checkpoint has: more than 4 million
/// operations, 200,000 values (the largest published network needs 40,000) or 2 million references. Time and memory are
/// linear in what is read, and bounded by these.
Document parse(std::string_view source);

}  // namespace pickle
}  // namespace thaw
