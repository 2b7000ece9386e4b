// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/torch_pickle.h"

#include "core/io/foreign_content.h"
#include "core/io/network_names.h"
#include "core/io/pickled_config.h"
#include "core/io/torch_tensor.h"

#include <stdexcept>

namespace thaw {
namespace {

using pickle::Document;
using pickle::Kind;
using pickle::kNothing;
using pickle::Ref;

constexpr int kMaxDepth = 64;  // modules, dicts and lists within one another
constexpr std::size_t kMaxTensors = 100'000;
constexpr std::size_t kMaxKeys = 100;
constexpr std::size_t kMaxVisits = 4'000'000;  // entries looked at; shared parts are met again and again

[[noreturn]] void fail(const std::string& why) { throw std::runtime_error(why); }

class Collector {
public:
    Collector(const Document& document, std::string_view source, std::uint64_t base, const StorageLocator& locate,
              Checkpoint& checkpoint)
        : d_(document), tensors_(document, source, base, locate), checkpoint_(checkpoint) {}

    void everything() {
        walk(d_.root, "", 0, 0);
        for (std::size_t i = 0; i < places_.size(); ++i) {
            try {
                checkpoint_.tensors.push_back(tensors_.read(places_[i].name, refs_[i]));
            } catch (const UnsupportedContent& what) {
                checkpoint_.tensors.emplace_back();
                checkpoint_.tensors.back().name = places_[i].name;
                checkpoint_.tensors.back().unsupported = what.what();
            }
        }
    }
    void network() {
        walk(d_.root, "", 0, 0);
        const auto owner = takeNetwork(checkpoint_, places_, [this](std::size_t place) {
            return tensors_.read(places_[place].name, refs_[place]);
        });
        if (!owner) refuseForeign(checkpoint_.path, {namesOf(places_), keys_});
        describe(*owner);
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
        if (ref == kNothing) return {};
        if (d_[ref].kind == Kind::Int) return std::to_string(d_[ref].integer);
        return d_[ref].kind == Kind::String ? std::string(d_[ref].text) : std::string();
    }

    // --- where tensors are: in dicts, lists, modules and other objects, however deep ---
    void walk(Ref ref, const std::string& path, std::size_t container, int depth) {
        visit();
        if (ref == kNothing || depth > kMaxDepth) return;
        if (tensors_.isTensor(ref)) return addPlace(path, ref, container);
        if (isModule(ref)) return walkModule(ref, path, ++containers_, depth);
        switch (d_[ref].kind) {
        case Kind::List:
        case Kind::Tuple: {
            const auto& elements = d_.elements(ref);
            for (std::size_t i = 0; i < elements.size(); ++i)
                walk(elements[i], joined(path, std::to_string(i)), container, depth + 1);
            return;
        }
        case Kind::Dict: return walkDict(ref, path, depth);
        case Kind::Object:
            walkDict(ref, path, depth);  // of a dict's subclass
            if (const Ref dict = dictOf(ref); dict != kNothing && dict != ref) walk(dict, path, container, depth + 1);
            return;
        case Kind::None:
        case Kind::Bool:
        case Kind::Int:
        case Kind::Float:
        case Kind::String:
        case Kind::Bytes:
        case Kind::Set:
        case Kind::Global:
        case Kind::Persistent: return;
        }
    }
    void walkDict(Ref ref, const std::string& path, int depth) {
        const auto all = pairs(ref);
        if (all.empty()) return;
        const auto container = ++containers_;
        for (const auto& [key, value] : all) {
            const auto name = text(key);
            if (depth == 0 && keys_.size() < kMaxKeys) keys_.push_back(name);
            if (!name.empty()) walk(value, joined(path, name), container, depth + 1);
        }
    }
    void walkModule(Ref ref, const std::string& path, std::size_t container, int depth) {
        if (depth > kMaxDepth) fail("its modules are nested more than " + std::to_string(kMaxDepth) + " deep");
        modules_[withoutWrapperWords(path)] = ref;  // the innermost where wrappers have no name of their own
        const Ref dict = dictOf(ref);
        for (const char* part : {"_parameters", "_buffers"})
            for (const auto& [key, value] : pairs(find(dict, part)))
                if (tensors_.isTensor(value)) addPlace(joined(path, text(key)), value, container);
        for (const auto& [key, value] : pairs(find(dict, "_modules")))
            if (isModule(value)) walkModule(value, joined(path, text(key)), container, depth + 1);
    }
    static std::string joined(const std::string& path, const std::string& key) {
        return path.empty() ? key : path + "." + key;
    }
    void addPlace(const std::string& name, Ref ref, std::size_t container) {
        if (places_.size() >= kMaxTensors) fail("it holds more than " + std::to_string(kMaxTensors) + " tensors");
        places_.push_back({name, container});
        refs_.push_back(ref);
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

    // Class and configuration of the chosen network, where it was pickled as an object: the wrapper calls it `model`.
    void describe(const std::string& owner) {
        const auto at = [&](const std::string& path) {
            const auto it = modules_.find(path);
            return it == modules_.end() ? kNothing : it->second;
        };
        const Ref network = at(owner);
        Ref wrapper = wrapperOf(owner) == owner && !owner.empty() ? kNothing : at(wrapperOf(owner));
        if (wrapper == network) wrapper = kNothing;
        if (wrapper != kNothing) checkpoint_.className = className(wrapper);
        if (wrapper != kNothing || network != kNothing) checkpoint_.configJson = configOf(wrapper, network);
    }
    // Plain attributes are the least said, the wrapper's arguments the last word.
    std::string configOf(Ref wrapper, Ref network) {
        PickledConfig config(d_);
        if (wrapper != kNothing) config.addAttributes(pairs(dictOf(wrapper)));
        if (network != kNothing) {
            config.addKeywords(pairs(find(dictOf(network), "_init_kwargs")));
            config.setType(className(network));
        }
        if (wrapper != kNothing) {
            const Ref dict = dictOf(wrapper);
            config.addPositional(className(wrapper), d_.elements(find(dict, "_init_args")));
            config.addKeywords(pairs(find(dict, "_init_kwargs")));
        }
        return config.json();
    }

    const Document& d_;
    PickledTensors tensors_;
    Checkpoint& checkpoint_;
    std::vector<TensorPlace> places_;
    std::vector<Ref> refs_;               // of the places
    std::map<std::string, Ref> modules_;  // by path
    std::vector<std::string> keys_;       // of the outermost dict
    std::size_t visits_ = 0, containers_ = 0;
};

}  // namespace

void collectTensors(const Document& document, std::string_view source, std::uint64_t base, const StorageLocator& locate,
                    Checkpoint& checkpoint, Collect collect) {
    Collector collector(document, source, base, locate, checkpoint);
    if (collect == Collect::Network) collector.network();
    else collector.everything();
}

}  // namespace thaw
