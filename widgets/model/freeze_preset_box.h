// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/freeze_plan.h"
#include "core/values/model_summary.h"

#include <QComboBox>

#include <optional>
#include <string>
#include <vector>

namespace thaw {

/// A freeze preset's name for people: `d2o-f` is "D2O-F"; an unknown key stands for itself.
QString freezePresetTitle(const std::string& key);

/// The presets, and "Custom", which names what the boxes of the tree say and cannot be chosen.
class FreezePresetBox : public QComboBox {
    Q_OBJECT
public:
    explicit FreezePresetBox(QWidget* parent = nullptr);

    /// The plan of a row; none for "Custom".
    std::optional<FreezePlan> planAt(int row) const;
    /// Shows the preset that freezes what `mask` says of the model's parameters, or "Custom".
    void showPlan(const FreezePlan& plan, const ModelSummary& model, const std::vector<bool>& mask);
};

}  // namespace thaw
