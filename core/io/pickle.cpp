// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pickle.h"

#include "core/io/unsupported_content.h"
#include "core/values/number_text.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <stdexcept>

namespace thaw::pickle {
namespace {

constexpr std::size_t kMaxOperations = 4'000'000, kMaxNodes = 200'000, kMaxReferences = 2'000'000;

// The unpickling machine: a stack of references, marks into it, and the memo.
class Machine {
public:
    explicit Machine(std::string_view source) : source_(source) {}

    Document run() {
        for (std::size_t n = 0; n < kMaxOperations; ++n)
            if (step()) {
                document_.root = pop();
                document_.end = at_;
                return std::move(document_);
            }
        throw UnsupportedContent("a pickle of more than " + std::to_string(kMaxOperations) + " operations");
    }

private:
    [[noreturn]] void fail(const std::string& why) const {
        throw std::runtime_error(why + " at byte " + std::to_string(at_));
    }

    // --- reading the source ---
    std::string_view bytes(std::uint64_t count) {
        if (count > source_.size() - at_) fail("a length of " + std::to_string(count) + " beyond the end");
        const auto view = source_.substr(at_, std::size_t(count));
        at_ += std::size_t(count);
        return view;
    }
    template <class T>
    T little() {
        T value;
        std::memcpy(&value, bytes(sizeof(T)).data(), sizeof(T));
        return value;
    }
    std::string_view line() {
        const auto end = source_.find('\n', at_);
        if (end == std::string_view::npos) fail("an unfinished line");
        const auto view = source_.substr(at_, end - at_);
        at_ = end + 1;
        return view;
    }

    // --- the stack ---
    Ref make(Kind kind) {
        if (document_.nodes.size() >= kMaxNodes)
            throw UnsupportedContent("a pickle of more than " + std::to_string(kMaxNodes) + " values");
        document_.nodes.emplace_back().kind = kind;
        return Ref(document_.nodes.size() - 1);
    }
    void countReferences(std::size_t n) {
        references_ += n;
        if (references_ > kMaxReferences)
            throw UnsupportedContent("a pickle of more than " + std::to_string(kMaxReferences) + " references");
    }
    void push(Ref ref) {
        countReferences(1);
        stack_.push_back(ref);
    }
    Ref pop() {
        if (stack_.empty() || (!marks_.empty() && stack_.size() <= marks_.back())) fail("an empty stack");
        const Ref ref = stack_.back();
        stack_.pop_back();
        return ref;
    }
    Ref top() const {
        if (stack_.empty()) fail("an empty stack");
        return stack_.back();
    }
    std::vector<Ref> popToMark() {
        if (marks_.empty()) fail("no mark");
        const auto first = marks_.back();
        marks_.pop_back();
        std::vector<Ref> items(stack_.begin() + std::ptrdiff_t(first), stack_.end());
        stack_.resize(first);
        return items;
    }
    Node& node(Ref ref) { return document_.nodes[ref]; }

    void pushInteger(std::int64_t value) {
        const Ref ref = make(Kind::Int);
        node(ref).integer = value;
        push(ref);
    }
    void pushBool(bool value) {
        const Ref ref = make(Kind::Bool);
        node(ref).integer = value;
        push(ref);
    }
    void pushFloat(double value) {
        const Ref ref = make(Kind::Float);
        node(ref).real = value;
        push(ref);
    }
    void pushText(Kind kind, std::string_view text) {
        const Ref ref = make(kind);
        node(ref).text = text;
        push(ref);
    }
    void pushGlobal(std::string_view module, std::string_view name) {
        const Ref ref = make(Kind::Global);
        node(ref).text = module;
        node(ref).name = name;
        push(ref);
    }
    void pushItems(Kind kind, std::vector<Ref> items) {
        if (kind == Kind::Dict && items.size() % 2 != 0) fail("a dict with a key and no value");
        const Ref ref = make(kind);
        node(ref).items = std::move(items);
        push(ref);
    }
    void pushTuple(int count) {
        std::vector<Ref> items(static_cast<std::size_t>(count));
        for (int i = count - 1; i >= 0; --i) items[std::size_t(i)] = pop();
        pushItems(Kind::Tuple, std::move(items));
    }
    void pushObject(Ref callable, Ref arguments) {
        const Ref ref = make(Kind::Object);
        node(ref).callable = callable;
        node(ref).arguments = arguments;
        push(ref);
    }
    void pushLong(std::string_view digits) {
        const Ref ref = make(Kind::Int);
        node(ref).text = digits;
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < std::min<std::size_t>(digits.size(), 8); ++i)
            value |= std::uint64_t(std::uint8_t(digits[i])) << (8 * i);
        if (!digits.empty() && digits.size() < 8 && (digits.back() & 0x80))
            value |= ~std::uint64_t(0) << (8 * digits.size());
        node(ref).integer = std::int64_t(value);
        push(ref);
    }
    void pushDecimal(std::string_view text) {
        if (!text.empty() && text.back() == 'L') text.remove_suffix(1);
        std::int64_t value = 0;
        const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
        if (result.ec != std::errc() || result.ptr != text.data() + text.size())
            fail("the integer '" + std::string(text.substr(0, 40)) + "'");
        pushInteger(value);
    }
    // Protocol 0 writes strings with Python's escapes; only what a state dict's names can hold is undone.
    void pushQuoted(std::string_view text) {
        if (text.size() < 2 || text.front() != text.back()) fail("an unquoted string");
        text = text.substr(1, text.size() - 2);
        if (text.find('\\') != std::string_view::npos) fail("an escaped string, which this reader does not decode,");
        pushText(Kind::String, text);
    }

    // --- containers ---
    void extend(Ref target, const std::vector<Ref>& items, bool pairs) {
        auto& n = node(target);
        if (n.kind != Kind::List && n.kind != Kind::Dict && n.kind != Kind::Set && n.kind != Kind::Object)
            fail("items for something that holds none");
        if (pairs && items.size() % 2 != 0) fail("a key without a value");
        countReferences(items.size());
        n.items.insert(n.items.end(), items.begin(), items.end());
    }
    Ref belowMark() {
        if (marks_.empty() || marks_.back() == 0 || marks_.back() > stack_.size()) fail("no container below the mark");
        return stack_[marks_.back() - 1];
    }

    // --- the memo ---
    void put(std::uint64_t index) {
        if (index > kMaxNodes * 2) fail("memo entry " + std::to_string(index));
        if (memo_.size() <= index) memo_.resize(std::size_t(index) + 1, kNothing);
        memo_[std::size_t(index)] = top();
        memoised_ = std::max(memoised_, std::size_t(index) + 1);
    }
    void get(std::uint64_t index) {
        if (index >= memo_.size() || memo_[std::size_t(index)] == kNothing)
            fail("memo entry " + std::to_string(index) + ", which was never made,");
        push(memo_[std::size_t(index)]);
    }

    bool step();
    bool stepText(std::uint8_t op);
    bool stepContainer(std::uint8_t op);

    std::string_view source_;
    std::size_t at_ = 0, references_ = 0, memoised_ = 0;
    Document document_;
    std::vector<Ref> stack_, memo_;
    std::vector<std::size_t> marks_;
};

std::uint64_t decimalIndex(std::string_view text) {
    std::uint64_t value = ~std::uint64_t(0);
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// Values that stand for themselves. True when the opcode was one.
bool Machine::stepText(std::uint8_t op) {
    switch (op) {
    case 'N': push(make(Kind::None)); return true;
    case 0x88: pushBool(true); return true;
    case 0x89: pushBool(false); return true;
    case 'J': pushInteger(little<std::int32_t>()); return true;
    case 'K': pushInteger(little<std::uint8_t>()); return true;
    case 'M': pushInteger(little<std::uint16_t>()); return true;
    case 'I': {
        const auto text = line();
        if (text == "00" || text == "01") pushBool(text == "01");
        else pushDecimal(text);
        return true;
    }
    case 'L': pushDecimal(line()); return true;
    case 0x8a: pushLong(bytes(little<std::uint8_t>())); return true;
    case 0x8b: pushLong(bytes(little<std::uint32_t>())); return true;
    case 'G': {
        auto raw = little<std::uint64_t>();
        raw = __builtin_bswap64(raw);
        pushFloat(std::bit_cast<double>(raw));
        return true;
    }
    case 'F': {
        const std::string text(line());
        const auto value = numberOf(text);
        if (!value) fail("the number '" + text.substr(0, 40) + "'");
        pushFloat(*value);
        return true;
    }
    case 0x8c: pushText(Kind::String, bytes(little<std::uint8_t>())); return true;   // SHORT_BINUNICODE
    case 'X': pushText(Kind::String, bytes(little<std::uint32_t>())); return true;   // BINUNICODE
    case 0x8d: pushText(Kind::String, bytes(little<std::uint64_t>())); return true;  // BINUNICODE8
    case 'V': pushText(Kind::String, line()); return true;
    case 'S': pushQuoted(line()); return true;
    case 'U': pushText(Kind::String, bytes(little<std::uint8_t>())); return true;   // SHORT_BINSTRING
    case 'T': pushText(Kind::String, bytes(little<std::uint32_t>())); return true;  // BINSTRING
    case 'C': pushText(Kind::Bytes, bytes(little<std::uint8_t>())); return true;    // SHORT_BINBYTES
    case 'B': pushText(Kind::Bytes, bytes(little<std::uint32_t>())); return true;   // BINBYTES
    case 0x8e: pushText(Kind::Bytes, bytes(little<std::uint64_t>())); return true;  // BINBYTES8
    case 0x96: pushText(Kind::Bytes, bytes(little<std::uint64_t>())); return true;  // BYTEARRAY8
    case 'c': {
        const auto module = line();
        pushGlobal(module, line());
        return true;
    }
    case 0x93: {  // STACK_GLOBAL
        const Ref name = pop(), module = pop();
        if (node(name).kind != Kind::String || node(module).kind != Kind::String) fail("a global without a name");
        pushGlobal(node(module).text, node(name).text);
        return true;
    }
    default: return false;
    }
}

bool Machine::stepContainer(std::uint8_t op) {
    switch (op) {
    case '}': pushItems(Kind::Dict, {}); return true;
    case ']': pushItems(Kind::List, {}); return true;
    case ')': pushItems(Kind::Tuple, {}); return true;
    case 0x8f: pushItems(Kind::Set, {}); return true;
    case 'd': pushItems(Kind::Dict, popToMark()); return true;
    case 'l': pushItems(Kind::List, popToMark()); return true;
    case 't': pushItems(Kind::Tuple, popToMark()); return true;
    case 0x91: pushItems(Kind::Set, popToMark()); return true;  // FROZENSET
    case 0x85: pushTuple(1); return true;
    case 0x86: pushTuple(2); return true;
    case 0x87: pushTuple(3); return true;
    case 'a': {
        const Ref item = pop();
        extend(top(), {item}, false);
        return true;
    }
    case 's': {
        const Ref value = pop(), key = pop();
        extend(top(), {key, value}, true);
        return true;
    }
    case 'e':    // APPENDS
    case 0x90:   // ADDITEMS
    case 'u': {  // SETITEMS
        const Ref target = belowMark();
        extend(target, popToMark(), op == 'u');
        return true;
    }
    default: return false;
    }
}

// True at STOP.
bool Machine::step() {
    const auto op = little<std::uint8_t>();
    if (stepText(op) || stepContainer(op)) return false;
    switch (op) {
    case '.': return true;
    case 0x80:
        if (const auto protocol = little<std::uint8_t>(); protocol > 5)
            fail("pickle protocol " + std::to_string(protocol));
        return false;
    case 0x95: little<std::uint64_t>(); return false;  // FRAME: a hint for streams
    case '(':
        countReferences(1);
        marks_.push_back(stack_.size());
        return false;
    case '0':
        // POP of a mark drops the mark.
        if (!marks_.empty() && marks_.back() == stack_.size()) marks_.pop_back();
        else pop();
        return false;
    case '1': popToMark(); return false;
    case '2': push(top()); return false;
    case 0x94: put(memoised_); return false;  // MEMOIZE
    case 'q': put(little<std::uint8_t>()); return false;
    case 'r': put(little<std::uint32_t>()); return false;
    case 'p': put(decimalIndex(line())); return false;
    case 'h': get(little<std::uint8_t>()); return false;
    case 'j': get(little<std::uint32_t>()); return false;
    case 'g': get(decimalIndex(line())); return false;
    case 'R':     // REDUCE
    case 0x81: {  // NEWOBJ
        const Ref arguments = pop(), callable = pop();
        pushObject(callable, arguments);
        return false;
    }
    case 0x92: {  // NEWOBJ_EX: the keyword arguments say nothing that a checkpoint's reader needs
        pop();
        const Ref arguments = pop(), callable = pop();
        pushObject(callable, arguments);
        return false;
    }
    case 'b': {  // BUILD
        const Ref state = pop();
        auto& target = node(top());
        if (target.kind == Kind::Object) target.state = state;
        return false;
    }
    case 'Q': {  // BINPERSID
        const Ref id = pop(), ref = make(Kind::Persistent);
        node(ref).arguments = id;
        push(ref);
        return false;
    }
    case 'P': {
        pushText(Kind::String, line());
        const Ref id = pop(), ref = make(Kind::Persistent);
        node(ref).arguments = id;
        push(ref);
        return false;
    }
    default: break;
    }
    char text[40];
    std::snprintf(text, sizeof text, "unknown opcode 0x%02x", op);
    fail(text);
}

}  // namespace

bool Document::isGlobal(Ref ref, std::string_view module, std::string_view name) const {
    return ref != kNothing && nodes[ref].kind == Kind::Global && nodes[ref].text == module && nodes[ref].name == name;
}

const std::vector<Ref>& Document::elements(Ref ref) const {
    static const std::vector<Ref> none;
    if (ref == kNothing) return none;
    const auto& n = nodes[ref];
    return n.kind == Kind::Tuple || n.kind == Kind::List ? n.items : none;
}

std::vector<std::pair<Ref, Ref>> Document::pairs(Ref ref) const {
    std::vector<std::pair<Ref, Ref>> all;
    if (ref == kNothing) return all;
    const auto& n = nodes[ref];
    if (n.kind != Kind::Dict && n.kind != Kind::Object) return all;
    // OrderedDict([(key, value), ...]) as older pickles write it.
    if (n.kind == Kind::Object && isGlobal(n.callable, "collections", "OrderedDict"))
        if (const auto& arguments = elements(n.arguments); !arguments.empty())
            for (const Ref pair : elements(arguments[0]))
                if (const auto& both = elements(pair); both.size() == 2) all.emplace_back(both[0], both[1]);
    for (std::size_t i = 0; i + 1 < n.items.size(); i += 2) all.emplace_back(n.items[i], n.items[i + 1]);
    return all;
}

Ref Document::find(Ref ref, std::string_view key) const {
    Ref found = kNothing;
    for (const auto& [name, value] : pairs(ref))
        if (nodes[name].kind == Kind::String && nodes[name].text == key) found = value;
    return found;
}

Document parse(std::string_view source) { return Machine(source).run(); }

}  // namespace thaw::pickle
