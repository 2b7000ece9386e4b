// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/model_name.h"

namespace thaw {

std::string_view classOfPrecond(std::string_view word) {
    for (const auto& [known, name] : kPrecondWords)
        if (known == word) return name;
    return {};
}

ModelName modelName(const std::string& name) {
    const auto mark = name.rfind('#');
    if (mark == std::string::npos || classOfPrecond(std::string_view(name).substr(mark + 1)).empty()) return {name, {}};
    return {name.substr(0, mark), name.substr(mark + 1)};
}

std::string withPrecond(const std::string& path, const std::string& precond) {
    const auto plain = modelName(path).path;
    return precond.empty() ? plain : plain + "#" + precond;
}

}  // namespace thaw
