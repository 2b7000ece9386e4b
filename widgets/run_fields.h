// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/train_config.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <variant>
#include <vector>

namespace thaw {

/// The place of one setting inside a configuration.
using SettingPlace = std::variant<double*, int*, std::uint64_t*, GanLossKind*, LossReduction*, Precision*>;

/// One line of the run form.
struct RunField {
    QString key;       ///< ConfigProblem::field
    QString label;
    QString unit;      ///< may be empty
    QString tip;       ///< what it means, with the paper's symbol
    bool advanced;
    QString section;   ///< heading above the line; empty = same section as the line before
    SettingPlace (*place)(FinetuneConfig& config);
    QStringList choices = {};  ///< names of an enumeration's values, in order
};

/// All of them in the order of the form.
std::vector<RunField> runFields();

}  // namespace thaw
