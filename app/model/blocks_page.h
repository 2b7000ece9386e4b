// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/freeze_plan.h"
#include "core/values/train_state.h"

#include <QElapsedTimer>
#include <QWidget>

#include <vector>

class QAction;
class QActionGroup;
class QLabel;
class QUndoStack;

namespace thaw {

class BlockTree;
class Selection;

/// The network with its freeze boxes. Every change goes through the undo stack; the plan that holds is announced by
/// planChanged, whether it came from a click, a preset, undo or redo. The page owns the actions of finding a block and of the
/// freeze presets.
class BlocksPage : public QWidget {
    Q_OBJECT
public:
    BlocksPage(Selection& selection, QUndoStack& undo, QWidget* parent = nullptr);

    /// Shows a model and keeps the plan where it still matches something, else freezes nothing.
    void setModel(const ModelSummary& model);
    bool hasModel() const;
    const FreezePlan& plan() const { return plan_; }
    /// Takes a plan as it is, without undo: the plan of a run that is continued.
    void adoptPlan(const FreezePlan& plan);
    void setLocked(bool locked);
    /// The newest step's gradient norms, a few times a second.
    void showGradients(const std::vector<StepMetrics>& steps);
    void clearGradients();
    /// Shows these instead of the newest, until there are none.
    void holdGradients(const std::vector<BlockGradient>& gradients);
    BlockTree* tree() const { return tree_; }
    QAction* findAction() const { return find_; }
    QActionGroup* presets() const { return presets_; }  ///< data: preset key; the one that the plan is, is checked

public Q_SLOTS:
    /// The user asks for this plan, in the tree, the toolbar or a menu.
    void changePlan(const thaw::FreezePlan& plan);

Q_SIGNALS:
    void planChanged(const thaw::FreezePlan& plan);

private:
    void makeActions();

    Selection& selection_;
    QUndoStack& undo_;
    FreezePlan plan_;
    BlockTree* tree_;
    QLabel* lastChange_;
    QAction* find_;
    QActionGroup* presets_;
    QElapsedTimer sinceGradients_;
    bool held_ = false;
};

}  // namespace thaw
