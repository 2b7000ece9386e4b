// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/freeze_plan.h"

#include <QCoreApplication>
#include <QUndoCommand>

#include <functional>

namespace thaw {

/// A change of the freeze plan that can be undone; says in its text what it does ("freeze 12 tensors",
/// "preset D2O-F").
class FreezeCommand : public QUndoCommand {
    Q_DECLARE_TR_FUNCTIONS(thaw::FreezeCommand)
public:
    FreezeCommand(const ModelSummary& model, FreezePlan before, FreezePlan after,
                  std::function<void(const FreezePlan&)> apply);

    void undo() override { apply_(before_); }
    void redo() override { apply_(after_); }

private:
    FreezePlan before_;
    FreezePlan after_;
    std::function<void(const FreezePlan&)> apply_;
};

}  // namespace thaw
