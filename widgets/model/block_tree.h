// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/freeze_plan.h"
#include "core/values/model_summary.h"
#include "widgets/model/block_tree_model.h"
#include "widgets/model/freeze_preset_box.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QTreeView;

namespace thaw {

class BlockFilter;
class ShareBar;

/// The network as a tree with freeze boxes: filter line, preset, tree and the live line "1.04 M of 1.26 M frozen
/// (82.4 %)". Space toggles the selected rows; Return in the filter line selects what matches. Only a user's change
/// emits planChanged.
class BlockTree : public QWidget {
    Q_OBJECT
public:
    explicit BlockTree(QWidget* parent = nullptr);

    void setModel(const ModelSummary& model);
    const ModelSummary& model() const;

    void setPlan(const FreezePlan& plan);  ///< does not emit planChanged
    FreezePlan plan() const;

    /// Makes that block current and visible; does not emit blockSelected. An unknown or empty path clears it.
    void selectBlock(const QString& path);
    QString selectedBlock() const;

    /// Gradient norms of the latest step.
    void setGradients(const std::vector<BlockGradient>& gradients);

    /// While locked the tree can be browsed but nothing toggled.
    void setLocked(bool locked);

    void setFilter(const QString& text);
    int matchCount() const;  ///< parameter tensors that match the filter; all of them without one

    QTreeView* view() const { return view_; }
    BlockTreeModel* treeModel() const { return model_; }
    QComboBox* presetBox() const { return preset_; }

Q_SIGNALS:
    void planChanged(const thaw::FreezePlan& plan);
    void blockSelected(const QString& path);  ///< module path, e.g. `enc.28x28_block0`

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildView();
    void showCount();
    void showMatches();
    void showPreset();
    void applyFilter(const QString& text);
    void choosePreset(int row);
    void previewPreset(int row);
    void toggleSelected();
    void selectMatches();
    int widestName() const;
    void fitColumns();
    void chooseColumns(QPoint position);
    void retint();

    BlockTreeModel* model_;
    BlockFilter* filter_;
    FreezePresetBox* preset_;
    QLineEdit* filterLine_;
    QLabel* matches_;
    QTreeView* view_;
    QLabel* count_;
    ShareBar* bar_;
    QString selected_;
    bool selecting_ = false;
    bool hasGradients_ = false;   ///< their column takes room only then
    bool columnsChosen_ = false;  ///< by the user, so that the width no longer decides
};

}  // namespace thaw
