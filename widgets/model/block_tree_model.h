// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/freeze_plan.h"
#include "core/values/model_summary.h"
#include "core/values/train_state.h"

#include <QAbstractItemModel>
#include <QColor>
#include <QIcon>

#include <memory>
#include <vector>

namespace thaw {

/// A network as a tree of three levels: Mapping, Encoder, Decoder -> block -> parameter tensor. Checked means FROZEN;
/// a group or block is partially checked when some of its tensors are.
class BlockTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { Name, Kind, Resolution, Parameters, Gradient, FrozenShare, ColumnCount };
    enum Role {
        PathRole = Qt::UserRole,  ///< QString: module path of a block or full name of a tensor; empty for a group
        FrozenCountRole,          ///< qint64: frozen scalars below this row
        TotalCountRole,           ///< qint64: scalars below this row
        BlockRole,                ///< QString: the block this row is or belongs to; empty for a group
        TensorRole,               ///< bool: the row is a parameter tensor
    };

    explicit BlockTreeModel(QObject* parent = nullptr);
    ~BlockTreeModel() override;

    void setModel(const ModelSummary& model);
    const ModelSummary& model() const { return model_; }

    /// Shows a plan; emits dataChanged but never planEdited.
    void setPlan(const FreezePlan& plan);
    const FreezePlan& plan() const { return plan_; }
    const std::vector<bool>& mask() const { return mask_; }  ///< one per tensor, state-dict order

    /// Freezes or thaws whole rows (groups, blocks, tensors) in one change; planEdited follows when anything changed.
    void setFrozen(const QModelIndexList& rows, bool frozen);
    /// Thaws the rows when all of them are wholly frozen, else freezes them all.
    void toggle(const QModelIndexList& rows);

    /// Gradient norms of the latest step, shown per block; a block that is not named has none.
    void setGradients(const std::vector<BlockGradient>& gradients);

    /// While not editable, rows can be read but not checked.
    void setEditable(bool editable);
    /// Colours of the signs before the names.
    void setTints(const QColor& frozen, const QColor& thawed, const QColor& muted);

    QModelIndex indexOfBlock(const QString& path) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    /// The user changed the set; the plan is exact (planForMask).
    void planEdited(const thaw::FreezePlan& plan);

private:
    struct Node;

    Node* nodeOf(const QModelIndex& index) const;
    QString text(const Node& node, int column) const;
    QString tip(const Node& node, int column) const;
    void applyMask(std::vector<bool> mask);
    void announce(const QModelIndex& parent, const QList<int>& roles);

    ModelSummary model_;
    FreezePlan plan_;
    std::vector<bool> mask_;
    std::vector<ParameterInfo> parameters_;
    std::vector<double> gradients_;  // one per block, NaN = none
    std::unique_ptr<Node> root_;
    bool editable_ = true;
    QIcon frozenIcon_, thawedIcon_, partIcon_;
    QColor muted_;
};

}  // namespace thaw
