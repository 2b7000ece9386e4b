// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/network_names.h"
#include "core/io/torch_pickle.h"

#include <cstring>
#include <set>
#include <stdexcept>

namespace thaw {
namespace {

using pickle::Document;
using pickle::Kind;
using pickle::Ref;

[[noreturn]] void noStream(const std::string& why) { throw std::runtime_error(why); }

}  // namespace

StorageRecord storageRecord(const Document& d, Ref identifier) {
    const auto& parts = d.elements(identifier);
    if (parts.size() < 5 || d[parts[0]].kind != Kind::String || d[parts[0]].text != "storage" ||
        d[parts[1]].kind != Kind::Global || d[parts[2]].kind != Kind::String || d[parts[4]].kind != Kind::Int ||
        d[parts[4]].integer < 0)
        noStream("a storage is described in an unknown way");
    StorageRecord record;
    record.key = std::string(d[parts[2]].text);
    record.elements = std::uint64_t(d[parts[4]].integer);
    const auto name = d[parts[1]].name;
    if (name == "UntypedStorage") {
        record.untyped = true;
        return record;
    }
    if (const auto type = numberType(&NumberTypeNames::torchStorage, name)) {
        record.type = *type;
        return record;
    }
    throw UnsupportedContent("numbers of the type " + std::string(name.substr(0, 40)));
}

bool isLegacyStream(std::string_view source) {
    // PROTO 2, then LONG1 with the ten bytes of torch's magic number.
    static constexpr char kStart[] = "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19";
    return source.size() > 14 && source.substr(0, 14) == std::string_view(kStart, 14);
}

LegacyStream parseLegacyStream(std::string_view source) {
    if (!isLegacyStream(source)) noStream("a storage does not begin like one of torch");
    LegacyStream stream;
    std::size_t at = 0;
    for (int i = 0; i < 3; ++i) at += pickle::parse(source.substr(at)).end;  // magic, protocol, system
    stream.objectAt = at;
    stream.object = pickle::parse(source.substr(at));
    at += stream.object.end;
    const auto keys = pickle::parse(source.substr(at));
    at += keys.end;
    std::map<std::string, NumberType> types;
    std::set<std::string> untyped;
    for (const auto& node : stream.object.nodes)
        if (node.kind == Kind::Persistent) {
            const auto record = storageRecord(stream.object, node.arguments);
            types[record.key] = record.type;
            if (record.untyped) untyped.insert(record.key);
        }
    for (const Ref ref : keys.elements(keys.root)) {
        if (keys[ref].kind != Kind::String) noStream("a storage has no name");
        const std::string key(keys[ref].text);
        if (source.size() - at < 8) noStream("it ends before the storage '" + key + "'");
        std::int64_t elements = 0;
        std::memcpy(&elements, source.data() + at, 8);
        at += 8;
        const auto type = types.find(key);
        if (type == types.end()) noStream("the storage '" + key + "' belongs to nothing");
        const std::uint64_t size = untyped.count(key) ? 1 : bytesOf(type->second);
        if (elements < 0 || std::uint64_t(elements) > (source.size() - at) / size)
            noStream("the storage '" + key + "' is cut short");
        stream.offsets[key] = {at, std::uint64_t(elements)};
        at += std::size_t(elements) * size;
    }
    return stream;
}

}  // namespace thaw
