// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/torch_tensor.h"

#include "core/io/network_names.h"

#include <limits>
#include <stdexcept>

namespace thaw {
namespace {

using pickle::Kind;
using pickle::kNothing;
using pickle::Ref;

// Strides of 0 repeat numbers: without a bound a few bytes could claim terabytes.
constexpr std::uint64_t kMaxRepeated = 1ull << 24;

[[noreturn]] void noTensor(const std::string& why) { throw std::runtime_error(why); }

}  // namespace

bool PickledTensors::isTensor(Ref ref) const {
    if (ref == kNothing || d_[ref].kind != Kind::Object || d_[ref].callable == kNothing) return false;
    const auto& callable = d_[d_[ref].callable];
    return callable.kind == Kind::Global && callable.name.starts_with("_rebuild_");
}

StoredTensor PickledTensors::read(const std::string& name, Ref ref) {
    StoredTensor tensor;
    tensor.name = name;
    rebuild(ref, tensor, 0);
    return tensor;
}

void PickledTensors::rebuild(Ref ref, StoredTensor& tensor, int depth) {
    if (depth > 4 || !isTensor(ref)) noTensor("'" + tensor.name + "' is no plain tensor");
    rebuild(d_[ref].callable, d_.elements(d_[ref].arguments), tensor, depth);
}

void PickledTensors::rebuild(Ref function, const std::vector<Ref>& arguments, StoredTensor& tensor, int depth) {
    const auto name = d_[function].name;
    if ((name == "_rebuild_parameter" || name == "_rebuild_parameter_with_state") && !arguments.empty())
        return rebuild(arguments[0], tensor, depth + 1);
    // A class derived from Tensor: (function, class, arguments, state).
    if (name == "_rebuild_from_type_v2" && arguments.size() >= 3 && d_[arguments[0]].kind == Kind::Global && depth < 4)
        return rebuild(arguments[0], d_.elements(arguments[2]), tensor, depth + 1);
    if ((name != "_rebuild_tensor" && name != "_rebuild_tensor_v2" && name != "_rebuild_tensor_v3") ||
        arguments.size() < 4)
        throw UnsupportedContent("'" + tensor.name + "' as " + std::string(name.substr(0, 40)) + " makes it");
    tensor.shape = integers(arguments[2], tensor.name);
    tensor.stride = integers(arguments[3], tensor.name);
    const auto offset = integer(arguments[1], tensor.name);
    if (tensor.shape.size() != tensor.stride.size() || offset < 0)
        noTensor("'" + tensor.name + "' has an impossible shape");
    tensor.first = std::uint64_t(offset);
    std::optional<NumberType> type;
    if (name == "_rebuild_tensor_v3" && arguments.size() > 6) type = dtype(arguments[6]);
    storage(arguments[0], tensor, type);
    checkExtent(tensor);
}

NumberType PickledTensors::dtype(Ref ref) const {
    for (const auto& known : kNumberTypes)
        if (d_.isGlobal(ref, "torch", known.torchDtype)) return known.type;
    throw UnsupportedContent("numbers of the type " + std::string(d_[ref].name.substr(0, 40)));
}

std::int64_t PickledTensors::integer(Ref ref, const std::string& name) const {
    if (d_[ref].kind != Kind::Int || d_[ref].text.size() > 8) noTensor("'" + name + "' has an impossible shape");
    return d_[ref].integer;
}

std::vector<std::int64_t> PickledTensors::integers(Ref ref, const std::string& name) const {
    std::vector<std::int64_t> all;
    // torch.Size is pickled as a call with the tuple.
    if (d_[ref].kind == Kind::Object && !d_.elements(d_[ref].arguments).empty())
        ref = d_.elements(d_[ref].arguments)[0];
    const auto& elements = d_.elements(ref);
    if (elements.size() > 16) noTensor("'" + name + "' has " + std::to_string(elements.size()) + " dimensions");
    for (const Ref element : elements) all.push_back(integer(element, name));
    return all;
}

void PickledTensors::storage(Ref ref, StoredTensor& tensor, std::optional<NumberType> type) {
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
    noTensor("'" + tensor.name + "' has no storage this reader knows");
}

// A storage pickled in place: its bytes are a legacy stream of their own.
void PickledTensors::nested(Ref ref, StoredTensor& tensor, std::optional<NumberType> type) {
    std::string_view bytes;
    const auto& node = d_[ref];
    if (node.kind == Kind::Bytes) bytes = node.text;
    else if (node.kind == Kind::Object && d_.isGlobal(node.callable, "_codecs", "encode")) bytes = *latin1(ref, tensor);
    else noTensor("'" + tensor.name + "' has a storage that is not bytes");
    const auto stream = parseLegacyStream(bytes);
    const auto& object = stream.object[stream.object.root];
    if (object.kind != Kind::Persistent) noTensor("'" + tensor.name + "' has a storage that is none");
    const auto record = storageRecord(stream.object, object.arguments);
    const auto place = stream.offsets.find(record.key);
    if (place == stream.offsets.end()) noTensor("'" + tensor.name + "' has a storage without numbers");
    tensor.type = type.value_or(record.type);
    tensor.storageOffset = place->second.first;
    tensor.storageBytes = place->second.second * (record.untyped ? 1 : bytesOf(record.type));
    if (tensor.storageBytes > bytes.size() - place->second.first)
        noTensor("the storage of '" + tensor.name + "' is cut short");
    if (!tensor.decoded) tensor.storageOffset += base_ + std::uint64_t(bytes.data() - source_.data());
}

// Protocol 2 writes bytes as text whose code points are the bytes.
const std::string* PickledTensors::latin1(Ref ref, StoredTensor& tensor) {
    auto& known = decoded_[ref];
    if (!known) {
        const auto& arguments = d_.elements(d_[ref].arguments);
        if (arguments.empty() || d_[arguments[0]].kind != Kind::String)
            noTensor("'" + tensor.name + "' has a storage that is not bytes");
        const auto utf8 = d_[arguments[0]].text;
        std::string out;
        out.reserve(utf8.size());
        for (std::size_t i = 0; i < utf8.size(); ++i) {
            const auto c = std::uint8_t(utf8[i]);
            if (c < 0x80) out += char(c);
            else if ((c == 0xc2 || c == 0xc3) && i + 1 < utf8.size())
                out += char(((c & 3) << 6) | (std::uint8_t(utf8[++i]) & 0x3f));
            else noTensor("'" + tensor.name + "' has a storage that is not bytes");
        }
        known = std::make_shared<const std::string>(std::move(out));
    }
    tensor.decoded = known;
    return known.get();
}

// No element may lie outside the storage; a tensor may not claim more elements than anyone has.
void PickledTensors::checkExtent(const StoredTensor& tensor) {
    const auto impossible = [&]() { noTensor("'" + tensor.name + "' claims numbers beyond its storage"); };
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
    const auto stored = tensor.storageBytes / bytesOf(tensor.type);
    if (count > stored) repeated_ += count - stored;
    if (last >= stored || repeated_ > kMaxRepeated) impossible();
}

}  // namespace thaw
