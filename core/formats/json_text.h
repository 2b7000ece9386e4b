// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace thaw {

/// JSON as text, in one line, or indented by so many spaces a level. The one way to write it: a name that is not UTF-8 (of
/// a file, a tensor or a class; a file system allows any bytes) gets U+FFFD in place of what cannot be read, where dump()
/// alone would throw. What is not finite becomes null. `Json` is nlohmann::json or nlohmann::ordered_json.
template <class Json>
std::string jsonText(const Json& value, int indent = -1) {
    return value.dump(indent, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
}

}  // namespace thaw
