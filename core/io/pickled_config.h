// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/pickle.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thaw {

/// Gathers the constructor arguments of a pickled network as the JSON of a model file. What is added later wins. Values
/// that JSON cannot hold (infinities, tensors, objects) are left out.
class PickledConfig {
public:
    using Pairs = std::vector<std::pair<pickle::Ref, pickle::Ref>>;
    explicit PickledConfig(const pickle::Document& document) : d_(document) {}

    void addKeywords(const Pairs& pairs);
    /// Only those attributes that are arguments of the published wrappers.
    void addAttributes(const Pairs& pairs);
    /// Positional arguments of the wrapper class, in its published order.
    void addPositional(std::string_view className, const std::vector<pickle::Ref>& values);
    /// `model_type`, from the class of the inner network.
    void setType(const std::string& networkClass);

    /// {"img_resolution": 32, ...}; empty when no resolution is known.
    std::string json() const;

private:
    void add(const std::string& key, pickle::Ref value);
    const pickle::Document& d_;
    std::map<std::string, std::string> values_;  // JSON text by key
};

}  // namespace thaw
