// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model/blocks_page.h"

#include "app/shared/commands.h"
#include "app/shared/make_action.h"
#include "app/shared/selection.h"
#include "core/values/train_config.h"
#include "widgets/base/theme.h"
#include "widgets/model/block_tree.h"

#include <QAction>
#include <QActionGroup>
#include <QLabel>
#include <QLineEdit>
#include <QUndoStack>
#include <QVBoxLayout>

#include <algorithm>

namespace thaw {
namespace {
constexpr qint64 kGradientsMs = 200;  // numbers that change faster cannot be read
}

BlocksPage::BlocksPage(Selection& selection, QUndoStack& undo, QWidget* parent)
    : QWidget(parent),
      selection_(selection),
      undo_(undo),
      plan_(parseFreezePlan("d2o-f")),
      tree_(new BlockTree(this)),
      lastChange_(new QLabel(this)),
      find_(makeAction(this, tr("&Find block"), tr("Filter the tree of blocks"), QKeySequence::Find)),
      presets_(new QActionGroup(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kGrid, 0, kGrid, kGrid);
    layout->setSpacing(kGrid);
    layout->addWidget(tree_, 1);
    layout->addWidget(lastChange_);
    makeMuted(lastChange_);
    lastChange_->setWordWrap(true);
    setMinimumWidth(int(45 * kGrid * textScale(this)));

    connect(tree_, &BlockTree::planChanged, this, &BlocksPage::changePlan);
    connect(tree_, &BlockTree::blockSelected, &selection_, &Selection::setBlock);
    connect(&selection_, &Selection::blockChanged, tree_, &BlockTree::selectBlock);
    const auto showLastChange = [this] {
        const QString text = undo_.undoText();
        lastChange_->setText(text.isEmpty() ? QString() : tr("Undo: %1").arg(text));
        lastChange_->setVisible(!text.isEmpty());
    };
    connect(&undo_, &QUndoStack::undoTextChanged, this, showLastChange);
    showLastChange();
    makeActions();
}

void BlocksPage::makeActions() {
    connect(find_, &QAction::triggered, this, [this] {
        showDockOf(*this);
        if (auto* line = tree_->findChild<QLineEdit*>()) line->setFocus(Qt::ShortcutFocusReason);
    });
    for (const auto& preset : freezePresets()) {
        QAction* action = makeAction(presets_, freezePresetTitle(preset.key));
        action->setData(QString::fromStdString(preset.key));
        action->setCheckable(true);
        presets_->addAction(action);
    }
    connect(presets_, &QActionGroup::triggered, this,
            [this](const QAction* action) { changePlan(parseFreezePlan(action->data().toString().toStdString())); });
}

void BlocksPage::setModel(const ModelSummary& model) {
    undo_.clear();
    tree_->setModel(model);
    if (unmatchedPatterns(plan_, model.allParameters()).size() == plan_.patterns.size()) plan_ = {};
    adoptPlan(plan_);
    // The first U-Net block is a good first look: image-sized, and frozen in part under D2O-F.
    const auto known = [&](const BlockInfo& block) { return block.name == selection_.block().toStdString(); };
    if (std::none_of(model.blocks.begin(), model.blocks.end(), known)) {
        const auto isUnetBlock = [](const BlockInfo& block) { return block.hasResponse && block.kind == "block"; };
        const auto hasResponse = [](const BlockInfo& block) { return block.hasResponse; };
        auto first = std::find_if(model.blocks.begin(), model.blocks.end(), isUnetBlock);
        if (first == model.blocks.end()) first = std::find_if(model.blocks.begin(), model.blocks.end(), hasResponse);
        selection_.setBlock(first == model.blocks.end() ? QString() : QString::fromStdString(first->name));
    }
    tree_->selectBlock(selection_.block());
}

bool BlocksPage::hasModel() const { return !tree_->model().blocks.empty(); }

void BlocksPage::adoptPlan(const FreezePlan& plan) {
    plan_ = plan;
    tree_->setPlan(plan);
    checkAction(*presets_, QString::fromStdString(toText(plan)));
    Q_EMIT planChanged(plan);
}

void BlocksPage::setLocked(bool locked) {
    tree_->setLocked(locked);
    presets_->setEnabled(!locked);
}

void BlocksPage::showGradients(const std::vector<StepMetrics>& steps) {
    const auto newest = std::find_if(steps.rbegin(), steps.rend(),
                                     [](const StepMetrics& step) { return !step.blockGradients.empty(); });
    if (held_ || newest == steps.rend() || (sinceGradients_.isValid() && sinceGradients_.elapsed() < kGradientsMs))
        return;
    sinceGradients_.start();
    tree_->setGradients(newest->blockGradients);
}

void BlocksPage::holdGradients(const std::vector<BlockGradient>& gradients) {
    held_ = !gradients.empty();
    if (held_) tree_->setGradients(gradients);
}

void BlocksPage::clearGradients() {
    held_ = false;
    sinceGradients_.invalidate();
    tree_->setGradients({});
}

void BlocksPage::changePlan(const FreezePlan& plan) {
    if (plan == plan_) return;
    undo_.push(new FreezeCommand(tree_->model(), plan_, plan, [this](const FreezePlan& wanted) { adoptPlan(wanted); }));
}

}  // namespace thaw
