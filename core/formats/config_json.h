// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/train_config.h"

#include <string>

namespace thaw {

/// JSON both ways; the keys are the field paths that `validate` uses (`generator.learning_rate`). Fields that are absent
/// keep the value they have in `base`. Unknown keys, wrong types and impossible values are all collected and thrown as
/// one Configuration error that names every bad field; text that is no JSON throws FileDamaged.
std::string toJson(const FinetuneConfig& config);
std::string toJson(const PretrainConfig& config);
FinetuneConfig finetuneConfigFromJson(const std::string& json, const FinetuneConfig& base, const std::string& origin);
PretrainConfig pretrainConfigFromJson(const std::string& json, const PretrainConfig& base, const std::string& origin);

}  // namespace thaw
