// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/label_file.h"

#include "core/formats/json_text.h"
#include "core/values/error.h"

#include <torch/torch.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <unordered_map>

namespace thaw {
namespace {

using Json = nlohmann::json;

Error damaged(const std::string& source, const std::string& why) {
    return Error(ErrorCode::FileDamaged, "'" + source + "' is damaged: " + why + ".",
                 "It needs {\"labels\": [[\"name.png\", 3], ...]} or {\"labels\": null}.");
}

std::string shortened(const Json& value) {
    const auto text = jsonText(value);
    return text.size() <= 60 ? text : text.substr(0, 57) + "...";
}

bool isVector(const Json& value) {
    return value.is_array() && !value.empty() &&
           std::all_of(value.begin(), value.end(), [](const Json& x) { return x.is_number(); });
}

Json parse(std::string_view text, const std::string& source) {
    try {
        auto root = Json::parse(text);
        if (!root.is_object()) throw damaged(source, "it holds no JSON object");
        return root;
    } catch (const Json::exception&) {
        throw damaged(source, "it is not valid JSON");
    }
}

using Labels = std::unordered_map<std::string, const Json*>;

Labels byName(const Json& list, const std::string& source) {
    Labels labels;
    for (const auto& item : list) {
        if (!item.is_array() || item.size() != 2 || !item[0].is_string())
            throw damaged(source, "its labels have the item " + shortened(item));
        labels[item[0].get<std::string>()] = &item[1];
    }
    return labels;
}

}  // namespace

torch::Tensor parseLabels(std::string_view text, const std::vector<std::string>& images, const std::string& source) {
    const auto root = parse(text, source);
    const auto list = root.find("labels");
    if (list == root.end() || list->is_null()) return {};
    if (!list->is_array()) throw damaged(source, "its labels are " + shortened(*list));
    const auto labels = byName(*list, source);
    if (labels.empty() || images.empty()) return {};

    torch::Tensor result;
    std::int64_t length = -1;  // of the vectors; 0 for classes
    for (std::size_t i = 0; i < images.size(); ++i) {
        const auto found = labels.find(images[i]);
        if (found == labels.end()) throw damaged(source, "it has no label for '" + images[i] + "'");
        const auto& label = *found->second;
        if (!label.is_number_integer() && !isVector(label))
            throw damaged(source, "the label of '" + images[i] + "' is " + shortened(label));
        const std::int64_t size = label.is_array() ? std::int64_t(label.size()) : 0;
        if (length < 0) {
            length = size;
            result = size ? torch::empty({std::int64_t(images.size()), size})
                          : torch::empty({std::int64_t(images.size())}, torch::kLong);
        }
        if (size != length)
            throw damaged(source, "the label of '" + images[i] + "', " + shortened(label) +
                                      ", is of another kind than the first");
        if (size == 0) result.data_ptr<std::int64_t>()[i] = label.get<std::int64_t>();
        else
            for (std::int64_t k = 0; k < size; ++k)
                result.data_ptr<float>()[std::int64_t(i) * size + k] = label[std::size_t(k)].get<float>();
    }
    return result;
}

}  // namespace thaw
