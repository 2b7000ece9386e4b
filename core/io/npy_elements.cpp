// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npy_elements.h"

#include "core/io/pickle.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace thaw {
namespace {

constexpr const char* kNumbersNeeded =
    "Convert it in Python with array.astype('float32'), or to float64, uint8 or int64.";

struct NumpyKind {
    std::string_view name;
    NumberType type;
    bool widened;
};
constexpr NumpyKind kNumpyKinds[] = {
    {"f2", NumberType::Float16, false}, {"f4", NumberType::Float32, false}, {"f8", NumberType::Float64, false},
    {"i1", NumberType::Int8, false},    {"i2", NumberType::Int16, false},   {"i4", NumberType::Int32, false},
    {"i8", NumberType::Int64, false},   {"u1", NumberType::UInt8, false},   {"u2", NumberType::Int32, true},
    {"u4", NumberType::Int64, true},    {"u8", NumberType::Int64, true},    {"b1", NumberType::Bool, false},
};

std::string kindInWords(char letter) {
    switch (letter) {
    case 'U':
    case 'S': return "texts";
    case 'c': return "complex numbers";
    case 'M':
    case 'm': return "dates or times";
    case 'V': return "records";
    }
    return {};
}

// The value inside an array of one object: np.save of a dictionary is such an array. Its state is
// (version, shape, dtype, order, [values]).
pickle::Ref onlyValue(const pickle::Document& document) {
    const auto& root = document[document.root];
    if (root.kind != pickle::Kind::Object || root.state == pickle::kNothing) return pickle::kNothing;
    const auto& state = document.elements(root.state);
    if (state.size() < 5) return pickle::kNothing;
    const auto& values = document.elements(state[4]);
    return values.size() == 1 ? values[0] : pickle::kNothing;
}

std::string keysOf(const pickle::Document& document, pickle::Ref dictionary) {
    constexpr std::size_t kKeys = 8;
    std::string keys;
    const auto pairs = document.pairs(dictionary);
    for (std::size_t i = 0; i < std::min(pairs.size(), kKeys); ++i) {
        const auto& key = document[pairs[i].first];
        const auto word = key.kind == pickle::Kind::String ? std::string(key.text.substr(0, 40))
                          : key.kind == pickle::Kind::Int  ? std::to_string(key.integer)
                                                           : "...";
        keys += (i ? ", " : "") + word;
    }
    return keys + (pairs.size() > kKeys ? ", ..." : "");
}

}  // namespace

NpyElements npyElements(std::string_view descr, const std::string& source) {
    const auto order = descr.empty() ? '\0' : descr.front();
    if (order == '<' || order == '>' || order == '|' || order == '=')
        for (const auto& kind : kNumpyKinds)
            if (kind.name == descr.substr(1))
                return {kind.type, std::size_t(kind.name[1] - '0'), order == '>', kind.widened};
    const auto words = kindInWords(descr.size() > 1 ? descr[1] : '\0');
    throw Error(ErrorCode::WrongKind,
                "'" + source + "' holds " + (words.empty() ? "elements" : words) + " of type '" + std::string(descr) +
                    "', not numbers that can be read.",
                kNumbersNeeded);
}

std::string convertedElements(std::string data, const NpyElements& elements, const std::string& source) {
    if (elements.bigEndian && elements.bytes > 1)
        for (std::size_t at = 0; at + elements.bytes <= data.size(); at += elements.bytes)
            std::reverse(data.begin() + std::ptrdiff_t(at), data.begin() + std::ptrdiff_t(at + elements.bytes));
    if (elements.type == NumberType::Bool)
        for (auto& element : data) element = element != 0;
    if (!elements.widened) return data;
    const auto count = data.size() / elements.bytes, wide = bytesOf(elements.type);
    std::string out(count * wide, '\0');
    for (std::size_t i = 0; i < count; ++i) {
        std::uint64_t value = 0;  // little endian, as the machines we run on
        std::memcpy(&value, data.data() + i * elements.bytes, elements.bytes);
        if (value > std::uint64_t(INT64_MAX))
            throw Error(ErrorCode::WrongKind,
                        "'" + source + "' holds " + std::to_string(value) + ", which is beyond 64-bit integers.",
                        kNumbersNeeded);
        std::memcpy(out.data() + i * wide, &value, wide);
    }
    return out;
}

Error refusedObjects(std::string_view pickled, const std::string& source) {
    std::string what = "Python objects";
    const char* hint =
        "Save numbers of one type: in Python, numpy.save('FILE.npy', numpy.asarray(VALUES, dtype='float32')).";
    try {
        const auto document = pickle::parse(pickled);
        const auto value = onlyValue(document);
        if (value != pickle::kNothing) {
            const auto kind = document[value].kind;
            if (kind == pickle::Kind::Dict || !document.pairs(value).empty()) {
                what = "a Python dictionary (" + keysOf(document, value) + ")";
                hint =
                    "Save the arrays inside: in Python, numpy.savez('FILE.npz', **numpy.load('FILE.npy', "
                    "allow_pickle=True).item()).";
            } else if (kind == pickle::Kind::List) what = "a Python list";
            else what = "a Python object";
        }
    } catch (const std::runtime_error&) {
        // It is refused all the same.
    }
    return Error(ErrorCode::WrongKind, "'" + source + "' holds " + what + " in a pickle, not an array of numbers.",
                 hint);
}

}  // namespace thaw
