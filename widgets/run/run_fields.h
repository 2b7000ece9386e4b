// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/train_config.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace thaw {

/// The place of one setting inside a configuration.
using SettingPlace = std::variant<double*, int*, std::uint64_t*, bool*, std::string*, std::vector<std::string>*,
                                  GanLossKind*, LossReduction*, Precision*, Distillation*, ImageDistance*,
                                  DiscriminatorKind*, RethawState*, DistillRecipe*>;

/// One line of the run form.
struct RunField {
    QString key;  ///< ConfigProblem::field
    QString label;
    QString unit;  ///< may be empty
    QString tip;   ///< what it means, with the paper's symbol
    bool advanced;
    QString section;  ///< heading above the line; empty = same section as the line before
    SettingPlace (*place)(FinetuneConfig& config);
    QStringList choices = {};                                 ///< names of an enumeration's values, in order
    bool (*applies)(const FinetuneConfig& config) = nullptr;  ///< whether the objective uses it; null = always
};

/// All of them in the order of the form.
std::vector<RunField> runFields();

/// Name and a word of advice of one of finetunePresets(), in the language of the window.
QString presetTitle(const FinetunePreset& preset);
QString presetNote(const FinetunePreset& preset);

}  // namespace thaw
