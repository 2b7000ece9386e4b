// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/torch_pickle.h"

#include "core/io/pickled_config.h"

#include <cstring>
#include <limits>
#include <optional>
#include <set>
#include <stdexcept>

namespace thaw {
namespace {

using pickle::Document;
using pickle::Kind;
using pickle::kNothing;
using pickle::Ref;

constexpr int kMaxDepth = 64;  // modules within modules
constexpr std::size_t kMaxTensors = 100'000;
constexpr std::size_t kMaxVisits = 4'000'000;  // entries looked at; shared parts are met again and again

[[noreturn]] void fail(const std::string& why) { throw std::runtime_error(why); }

class Collector {
public:
    Collector(const Document& document, std::string_view source, std::uint64_t base, const StorageLocator& locate,
              Checkpoint& checkpoint)
        : d_(document), source_(source), base_(base), locate_(locate), checkpoint_(checkpoint) {}

    void run() {
        Ref top = d_.root;
        std::string path;
        // At most a few wrappers deep: {'net': {'state_dict': ...}}.
        for (int depth = 0; depth < 4; ++depth) {
            if (isModule(top)) {
                checkpoint_.metadata["taken_from"] = path.empty() ? "the object itself" : path;
                return takeModule(top);
            }
            if (holdsTensors(top)) {
                if (!path.empty()) checkpoint_.metadata["taken_from"] = path;
                return takeStateDict(top);
            }
            const auto [key, inner] = best(top);
            if (inner == kNothing) break;
            path += (path.empty() ? "" : ".") + key;
            top = inner;
        }
        fail("it holds no network and no state dict (looked for ema, net, model, state_dict, ...)");
    }

private:
    void visit(std::size_t n = 1) {
        visits_ += n;
        if (visits_ > kMaxVisits) fail("its objects refer to each other without end");
    }
    std::vector<std::pair<Ref, Ref>> pairs(Ref ref) {
        auto all = d_.pairs(ref);
        visit(all.size() + 1);
        return all;
    }
    Ref find(Ref ref, std::string_view key) {
        Ref found = kNothing;
        for (const auto& [name, value] : pairs(ref))
            if (d_[name].kind == Kind::String && d_[name].text == key) found = value;
        return found;
    }
    std::string text(Ref ref) const {
        return ref != kNothing && d_[ref].kind == Kind::String ? std::string(d_[ref].text) : std::string();
    }

    std::pair<std::string, Ref> best(Ref top) {
        for (const char* key : {"ema", "g_ema", "G_ema", "model_ema", "ema_state_dict", "net", "model", "generator",
                                "state_dict", "model_state_dict", "params_ema", "params", "module"})
            if (const Ref inner = find(top, key); inner != kNothing && d_[inner].kind != Kind::None && !isTensor(inner))
                return {key, inner};
        return {"", kNothing};
    }

    // --- modules ---
    // The __dict__ of an object: of EDM's persistence records `state`, of others what BUILD set.
    Ref dictOf(Ref ref) {
        if (ref == kNothing || d_[ref].kind != Kind::Object) return kNothing;
        const auto& object = d_[ref];
        if (const Ref meta = persistentMeta(ref); meta != kNothing) return find(meta, "state");
        if (object.state == kNothing) return kNothing;
        // (dict, slots) where a class has slots.
        const auto& both = d_.elements(object.state);
        return both.size() == 2 ? both[0] : object.state;
    }
    Ref persistentMeta(Ref ref) const {
        const auto& object = d_[ref];
        if (object.callable == kNothing || d_[object.callable].kind != Kind::Global ||
            d_[object.callable].name != "_reconstruct_persistent_obj")
            return kNothing;
        const auto& arguments = d_.elements(object.arguments);
        return arguments.size() == 1 ? arguments[0] : kNothing;
    }
    std::string className(Ref ref) {
        if (const Ref meta = persistentMeta(ref); meta != kNothing) return text(find(meta, "class_name"));
        const auto& object = d_[ref];
        if (object.callable == kNothing) return {};
        if (d_[object.callable].kind == Kind::Global) {
            // copyreg._reconstructor(cls, object, None) of the older protocols.
            if (d_[object.callable].name == "_reconstructor" && !d_.elements(object.arguments).empty()) {
                const auto& cls = d_[d_.elements(object.arguments)[0]];
                return cls.kind == Kind::Global ? std::string(cls.name) : std::string();
            }
            return std::string(d_[object.callable].name);
        }
        return {};
    }
    bool isModule(Ref ref) {
        const Ref dict = dictOf(ref);
        return dict != kNothing && find(dict, "_parameters") != kNothing && find(dict, "_modules") != kNothing;
    }

    void takeModule(Ref ref) {
        checkpoint_.className = className(ref);
        const Ref dict = dictOf(ref);
        checkpoint_.configJson = configOf(ref, dict);
        walk(ref, "", 0);
        if (checkpoint_.tensors.empty()) fail("its network holds no tensors");
    }
    std::string configOf(Ref ref, Ref dict) {
        PickledConfig config(d_);
        // Plain attributes are the least said, the constructor's arguments the last word.
        config.addAttributes(pairs(dict));
        const Ref modules = find(dict, "_modules");
        if (const Ref inner = find(modules, "model"); inner != kNothing)
            if (const Ref innerDict = dictOf(inner); innerDict != kNothing) {
                config.addKeywords(pairs(find(innerDict, "_init_kwargs")));
                config.setType(className(inner));
            }
        config.addPositional(className(ref), d_.elements(find(dict, "_init_args")));
        config.addKeywords(pairs(find(dict, "_init_kwargs")));
        return config.json();
    }
    void walk(Ref ref, const std::string& prefix, int depth) {
        if (depth > kMaxDepth) fail("its modules are nested more than " + std::to_string(kMaxDepth) + " deep");
        const Ref dict = dictOf(ref);
        if (dict == kNothing) fail("the module '" + prefix + "' is of an unknown kind");
        for (const char* part : {"_parameters", "_buffers"})
            for (const auto& [key, value] : pairs(find(dict, part)))
                if (d_[value].kind != Kind::None) addTensor(prefix + text(key), value);
        for (const auto& [key, value] : pairs(find(dict, "_modules")))
            if (d_[value].kind != Kind::None) walk(value, prefix + text(key) + ".", depth + 1);
    }

    // --- state dicts ---
    bool isTensor(Ref ref) {
        if (ref == kNothing || d_[ref].kind != Kind::Object || d_[ref].callable == kNothing) return false;
        const auto& callable = d_[d_[ref].callable];
        return callable.kind == Kind::Global && callable.name.starts_with("_rebuild_");
    }
    bool holdsTensors(Ref ref) {
        for (const auto& [key, value] : pairs(ref))
            if (isTensor(value) && d_[key].kind == Kind::String) return true;
        return false;
    }
    void takeStateDict(Ref ref) {
        for (const auto& [key, value] : pairs(ref))
            if (isTensor(value) && d_[key].kind == Kind::String) addTensor(text(key), value);
    }

    // --- tensors ---
    void addTensor(const std::string& name, Ref ref) {
        if (checkpoint_.tensors.size() >= kMaxTensors)
            fail("it holds more than " + std::to_string(kMaxTensors) + " tensors");
        StoredTensor tensor;
        tensor.name = name;
        rebuild(ref, tensor, 0);
        checkpoint_.tensors.push_back(std::move(tensor));
    }
    void rebuild(Ref ref, StoredTensor& tensor, int depth) {
        visit();
        if (depth > 4 || !isTensor(ref)) fail("'" + tensor.name + "' is no plain tensor");
        const auto name = d_[d_[ref].callable].name;
        const auto& arguments = d_.elements(d_[ref].arguments);
        if ((name == "_rebuild_parameter" || name == "_rebuild_parameter_with_state") && !arguments.empty())
            return rebuild(arguments[0], tensor, depth + 1);
        if ((name != "_rebuild_tensor" && name != "_rebuild_tensor_v2" && name != "_rebuild_tensor_v3") ||
            arguments.size() < 4)
            fail("'" + tensor.name + "' was saved by " + std::string(name) + ", which this reader does not know");
        tensor.shape = integers(arguments[2], tensor.name);
        tensor.stride = integers(arguments[3], tensor.name);
        const auto offset = integer(arguments[1], tensor.name);
        if (tensor.shape.size() != tensor.stride.size() || offset < 0)
            fail("'" + tensor.name + "' has an impossible shape");
        tensor.first = std::uint64_t(offset);
        std::optional<NumberType> type;
        if (name == "_rebuild_tensor_v3" && arguments.size() > 6) type = dtype(arguments[6], tensor.name);
        storage(arguments[0], tensor, type);
        checkExtent(tensor);
    }
    NumberType dtype(Ref ref, const std::string& name) const {
        for (const auto& known : kNumberTypes)
            if (d_.isGlobal(ref, "torch", known.torchDtype)) return known.type;
        fail("'" + name + "' has a type that is not supported");
    }
    std::int64_t integer(Ref ref, const std::string& name) const {
        if (d_[ref].kind != Kind::Int || d_[ref].text.size() > 8) fail("'" + name + "' has an impossible shape");
        return d_[ref].integer;
    }
    std::vector<std::int64_t> integers(Ref ref, const std::string& name) {
        std::vector<std::int64_t> all;
        // torch.Size is pickled as a call with the tuple.
        if (d_[ref].kind == Kind::Object && !d_.elements(d_[ref].arguments).empty())
            ref = d_.elements(d_[ref].arguments)[0];
        for (const Ref element : d_.elements(ref)) all.push_back(integer(element, name));
        visit(all.size());
        if (all.size() > 16) fail("'" + name + "' has " + std::to_string(all.size()) + " dimensions");
        return all;
    }

    void storage(Ref ref, StoredTensor& tensor, std::optional<NumberType> type) {
        const auto& node = d_[ref];
        if (node.kind == Kind::Persistent) {
            const auto record = storageRecord(d_, node.arguments);
            tensor.type = type.value_or(record.type);
            locate_(record, tensor);
            return;
        }
        if (node.kind == Kind::Object && d_.isGlobal(node.callable, "torch.storage", "_load_from_bytes"))
            if (const auto& arguments = d_.elements(node.arguments); arguments.size() == 1)
                return nested(arguments[0], tensor, type);
        fail("'" + tensor.name + "' has no storage this reader knows");
    }
    // A storage pickled in place: its bytes are a legacy stream of their own.
    void nested(Ref ref, StoredTensor& tensor, std::optional<NumberType> type) {
        std::string_view bytes;
        const auto& node = d_[ref];
        if (node.kind == Kind::Bytes) bytes = node.text;
        else if (node.kind == Kind::Object && d_.isGlobal(node.callable, "_codecs", "encode"))
            bytes = *latin1(ref, tensor);
        else fail("'" + tensor.name + "' has a storage that is not bytes");
        const auto stream = parseLegacyStream(bytes);
        const auto& object = stream.object[stream.object.root];
        if (object.kind != Kind::Persistent) fail("'" + tensor.name + "' has a storage that is none");
        const auto record = storageRecord(stream.object, object.arguments);
        const auto place = stream.offsets.find(record.key);
        if (place == stream.offsets.end()) fail("'" + tensor.name + "' has a storage without numbers");
        tensor.type = type.value_or(record.type);
        tensor.storageOffset = place->second.first;
        tensor.storageBytes = place->second.second * (record.untyped ? 1 : bytesOf(record.type));
        if (tensor.storageBytes > bytes.size() - place->second.first)
            fail("the storage of '" + tensor.name + "' is cut short");
        if (!tensor.decoded) tensor.storageOffset += base_ + std::uint64_t(bytes.data() - source_.data());
    }
    // Protocol 2 writes bytes as text whose code points are the bytes.
    const std::string* latin1(Ref ref, StoredTensor& tensor) {
        auto& known = decoded_[ref];
        if (!known) {
            const auto& arguments = d_.elements(d_[ref].arguments);
            if (arguments.empty() || d_[arguments[0]].kind != Kind::String)
                fail("'" + tensor.name + "' has a storage that is not bytes");
            const auto utf8 = d_[arguments[0]].text;
            std::string out;
            out.reserve(utf8.size());
            for (std::size_t i = 0; i < utf8.size(); ++i) {
                const auto c = std::uint8_t(utf8[i]);
                if (c < 0x80) out += char(c);
                else if ((c == 0xc2 || c == 0xc3) && i + 1 < utf8.size())
                    out += char(((c & 3) << 6) | (std::uint8_t(utf8[++i]) & 0x3f));
                else fail("'" + tensor.name + "' has a storage that is not bytes");
            }
            known = std::make_shared<const std::string>(std::move(out));
        }
        tensor.decoded = known;
        return known.get();
    }

    // No element may lie outside the storage; a tensor may not claim more elements than anyone has.
    static void checkExtent(const StoredTensor& tensor) {
        const auto impossible = [&]() { fail("'" + tensor.name + "' claims numbers beyond its storage"); };
        std::uint64_t last = tensor.first, count = 1;
        for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
            const auto size = tensor.shape[i], stride = tensor.stride[i];
            if (size < 0 || stride < 0) impossible();
            if (size == 0) return;
            if (count > std::uint64_t(1) << 40 || std::uint64_t(size) > std::uint64_t(1) << 40) impossible();
            count *= std::uint64_t(size);
            const auto reach = static_cast<unsigned __int128>(size - 1) * static_cast<unsigned __int128>(stride) + last;
            if (reach > std::numeric_limits<std::uint64_t>::max() / 16) impossible();
            last = std::uint64_t(reach);
        }
        // Strides of 0 repeat numbers: without a bound a few bytes could claim terabytes.
        const auto stored = tensor.storageBytes / bytesOf(tensor.type);
        if (last >= stored || count > stored) impossible();
    }

    const Document& d_;
    std::string_view source_;
    std::uint64_t base_;
    const StorageLocator& locate_;
    Checkpoint& checkpoint_;
    std::size_t visits_ = 0;
    std::map<Ref, std::shared_ptr<const std::string>> decoded_;
};

}  // namespace

StorageRecord storageRecord(const Document& d, Ref identifier) {
    const auto& parts = d.elements(identifier);
    if (parts.size() < 5 || d[parts[0]].kind != Kind::String || d[parts[0]].text != "storage" ||
        d[parts[1]].kind != Kind::Global || d[parts[2]].kind != Kind::String || d[parts[4]].kind != Kind::Int ||
        d[parts[4]].integer < 0)
        fail("a storage is described in an unknown way");
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
    fail("numbers of the type " + std::string(name.substr(0, 40)) + " are not supported");
}

bool isLegacyStream(std::string_view source) {
    // PROTO 2, then LONG1 with the ten bytes of torch's magic number.
    static constexpr char kStart[] = "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19";
    return source.size() > 14 && source.substr(0, 14) == std::string_view(kStart, 14);
}

LegacyStream parseLegacyStream(std::string_view source) {
    if (!isLegacyStream(source)) fail("a storage does not begin like one of torch");
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
        if (keys[ref].kind != Kind::String) fail("a storage has no name");
        const std::string key(keys[ref].text);
        if (source.size() - at < 8) fail("it ends before the storage '" + key + "'");
        std::int64_t elements = 0;
        std::memcpy(&elements, source.data() + at, 8);
        at += 8;
        const auto type = types.find(key);
        if (type == types.end()) fail("the storage '" + key + "' belongs to nothing");
        const std::uint64_t size = untyped.count(key) ? 1 : bytesOf(type->second);
        if (elements < 0 || std::uint64_t(elements) > (source.size() - at) / size)
            fail("the storage '" + key + "' is cut short");
        stream.offsets[key] = {at, std::uint64_t(elements)};
        at += std::size_t(elements) * size;
    }
    return stream;
}

void collectTensors(const Document& document, std::string_view source, std::uint64_t base, const StorageLocator& locate,
                    Checkpoint& checkpoint) {
    Collector(document, source, base, locate, checkpoint).run();
}

}  // namespace thaw
