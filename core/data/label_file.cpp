// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/label_file.h"

#include "core/data/file_names.h"
#include "core/formats/json_text.h"
#include "core/values/error.h"

#include <torch/torch.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

namespace thaw {
namespace {

using Json = nlohmann::json;

Error damaged(const std::string& source, const std::string& why) {
    return Error(
        ErrorCode::FileDamaged, "'" + source + "' is damaged: " + why + ".",
        "It needs {\"labels\": [[\"name.png\", 3], ...]}, {\"labels\": {\"name.png\": 3, ...}} or {\"labels\": null}.");
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

// The class that a number means: 3, or 3.0 as programs write it that keep all numbers as floats.
std::optional<std::int64_t> classOf(const Json& label) {
    if (label.is_number_integer()) return label.get<std::int64_t>();
    if (!label.is_number_float()) return {};
    const double value = label.get<double>();
    if (value != std::floor(value) || std::abs(value) > 1e15) return {};
    return std::int64_t(value);
}

// By name as it stands, and by one spelling of it.
class Labels {
public:
    Labels(const Json& list, const std::string& source) : source_(source) {
        if (list.is_object())
            for (const auto& [name, label] : list.items()) exact_[name] = &label;
        else
            for (const auto& item : list) {
                if (!item.is_array() || item.size() != 2 || !item[0].is_string())
                    throw damaged(source, "its labels have the item " + shortened(item));
                exact_[item[0].get<std::string>()] = &item[1];
            }
    }

    bool empty() const { return exact_.empty(); }

    const Json& of(const std::string& image) {
        if (const auto found = exact_.find(image); found != exact_.end()) return *found->second;
        if (spelt_.empty())
            for (const auto& [name, label] : exact_) {
                const auto [other, added] = spelt_.emplace(comparableName(name), label);
                if (!added && other->second && *other->second != *label) other->second = nullptr;
            }
        const auto found = spelt_.find(comparableName(image));
        if (found == spelt_.end()) throw damaged(source_, "it has no label for '" + image + "'");
        if (!found->second)
            throw damaged(source_, "it has two labels for '" + image + "', in two spellings of the name");
        return *found->second;
    }

private:
    const std::string& source_;
    std::unordered_map<std::string, const Json*> exact_, spelt_;
};

}  // namespace

torch::Tensor parseLabels(std::string_view text, const std::vector<std::string>& images, const std::string& source) {
    const auto root = parse(text, source);
    const auto list = root.find("labels");
    if (list == root.end() || list->is_null()) return {};
    if (!list->is_array() && !list->is_object()) throw damaged(source, "its labels are " + shortened(*list));
    Labels labels(*list, source);
    if (labels.empty() || images.empty()) return {};

    torch::Tensor result;
    std::int64_t length = -1;  // of the vectors; 0 for classes
    for (std::size_t i = 0; i < images.size(); ++i) {
        const auto& label = labels.of(images[i]);
        const auto number = classOf(label);
        if (!number && !isVector(label))
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
        if (number) result.data_ptr<std::int64_t>()[i] = *number;
        for (std::int64_t k = 0; k < size; ++k)
            result.data_ptr<float>()[std::int64_t(i) * size + k] = label[std::size_t(k)].get<float>();
    }
    return result;
}

}  // namespace thaw
