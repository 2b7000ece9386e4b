// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/block_tree_model.h"

#include "widgets/base/icons.h"
#include "widgets/base/number_text.h"

#include <QFont>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <limits>

namespace thaw {

struct BlockTreeModel::Node {
    enum class Level { Root, Group, Block, Tensor };

    Level level = Level::Root;
    Node* parent = nullptr;
    int row = 0;
    QString name;            // as shown: without what the parent row already says
    QString path;            // module path or tensor name; empty for root and groups
    int block = -1;          // index into ModelSummary::blocks
    std::size_t tensor = 0;  // index into the mask
    std::int64_t frozen = 0;
    std::int64_t total = 0;
    std::vector<std::unique_ptr<Node>> children;

    Node* add(Level childLevel, const QString& childName) {
        auto child = std::make_unique<Node>();
        child->level = childLevel;
        child->parent = this;
        child->row = int(children.size());
        child->name = childName;
        children.push_back(std::move(child));
        return children.back().get();
    }

    void recount(const std::vector<bool>& mask) {
        if (level == Level::Tensor) {
            frozen = mask[tensor] ? total : 0;
            return;
        }
        frozen = 0;
        total = 0;
        for (const auto& child : children) {
            child->recount(mask);
            frozen += child->frozen;
            total += child->total;
        }
    }

    Qt::CheckState state(const std::vector<bool>& mask) const {
        // By tensors, not by scalars: an empty tensor still has a box of its own.
        if (level == Level::Tensor) return mask[tensor] ? Qt::Checked : Qt::Unchecked;
        bool any = false, all = !children.empty();
        for (const auto& child : children) {
            const Qt::CheckState childState = child->state(mask);
            any = any || childState != Qt::Unchecked;
            all = all && childState == Qt::Checked;
        }
        return all ? Qt::Checked : any ? Qt::PartiallyChecked : Qt::Unchecked;
    }

    void mark(std::vector<bool>& mask, bool value) const {
        if (level == Level::Tensor) mask[tensor] = value;
        for (const auto& child : children) child->mark(mask, value);
    }
};

namespace {

QString shapeText(const std::vector<std::int64_t>& shape) {
    QStringList sides;
    for (const auto side : shape) sides << QString::number(side);
    return sides.isEmpty() ? QString() : sides.join(QStringLiteral(" × "));
}

QString groupName(const std::string& block) {
    if (block.starts_with("enc.")) return BlockTreeModel::tr("Encoder");
    if (block.starts_with("dec.")) return BlockTreeModel::tr("Decoder");
    if (block.starts_with("map")) return BlockTreeModel::tr("Mapping");
    return BlockTreeModel::tr("Output");
}

}  // namespace

BlockTreeModel::BlockTreeModel(QObject* parent) : QAbstractItemModel(parent), root_(std::make_unique<Node>()) {}
BlockTreeModel::~BlockTreeModel() = default;

void BlockTreeModel::setModel(const ModelSummary& model) {
    beginResetModel();
    model_ = model;
    parameters_ = model_.allParameters();
    mask_ = frozenMask(plan_, parameters_);
    gradients_.assign(model_.blocks.size(), std::numeric_limits<double>::quiet_NaN());
    root_ = std::make_unique<Node>();
    std::size_t tensor = 0;
    for (std::size_t b = 0; b < model_.blocks.size(); ++b) {
        const BlockInfo& block = model_.blocks[b];
        const QString group = groupName(block.name);
        const auto known = std::find_if(root_->children.begin(), root_->children.end(),
                                        [&](const auto& node) { return node->name == group; });
        Node* groupNode = known == root_->children.end() ? root_->add(Node::Level::Group, group) : known->get();
        const bool prefixed = block.name.starts_with("enc.") || block.name.starts_with("dec.");
        Node* blockNode =
            groupNode->add(Node::Level::Block, QString::fromStdString(block.name.substr(prefixed ? 4 : 0)));
        blockNode->path = QString::fromStdString(block.name);
        blockNode->block = int(b);
        for (const ParameterInfo& parameter : block.parameters) {
            const bool inside = parameter.name.starts_with(block.name + ".");
            Node* node = blockNode->add(
                Node::Level::Tensor, QString::fromStdString(parameter.name.substr(inside ? block.name.size() + 1 : 0)));
            node->path = QString::fromStdString(parameter.name);
            node->block = int(b);
            node->tensor = tensor++;
            node->total = parameter.count;
        }
    }
    root_->recount(mask_);
    endResetModel();
}

void BlockTreeModel::setPlan(const FreezePlan& plan) {
    plan_ = plan;
    applyMask(frozenMask(plan_, parameters_));
}

void BlockTreeModel::applyMask(std::vector<bool> mask) {
    mask_ = std::move(mask);
    root_->recount(mask_);
    announce({}, {Qt::CheckStateRole, Qt::DisplayRole, Qt::DecorationRole, FrozenCountRole});
}

void BlockTreeModel::announce(const QModelIndex& parent, const QList<int>& roles) {
    const int rows = rowCount(parent);
    if (rows == 0) return;
    Q_EMIT dataChanged(index(0, 0, parent), index(rows - 1, ColumnCount - 1, parent), roles);
    for (int row = 0; row < rows; ++row) announce(index(row, 0, parent), roles);
}

void BlockTreeModel::setFrozen(const QModelIndexList& rows, bool frozen) {
    if (!editable_) return;
    std::vector<bool> mask = mask_;
    for (const QModelIndex& row : rows) nodeOf(row)->mark(mask, frozen);
    if (mask == mask_) return;
    plan_ = planForMask(model_, mask);
    applyMask(std::move(mask));
    Q_EMIT planEdited(plan_);
}

void BlockTreeModel::toggle(const QModelIndexList& rows) {
    const bool allFrozen = std::all_of(
        rows.begin(), rows.end(), [&](const QModelIndex& row) { return nodeOf(row)->state(mask_) == Qt::Checked; });
    setFrozen(rows, !allFrozen);
}

void BlockTreeModel::setGradients(const std::vector<BlockGradient>& gradients) {
    gradients_.assign(model_.blocks.size(), std::numeric_limits<double>::quiet_NaN());
    for (const BlockGradient& gradient : gradients)
        for (std::size_t b = 0; b < model_.blocks.size(); ++b)
            if (model_.blocks[b].name == gradient.block) gradients_[b] = gradient.norm;
    for (int group = 0; group < rowCount(); ++group) {
        const QModelIndex parent = index(group, 0);
        if (const int rows = rowCount(parent))
            Q_EMIT dataChanged(index(0, Gradient, parent), index(rows - 1, Gradient, parent), {Qt::DisplayRole});
    }
}

void BlockTreeModel::setEditable(bool editable) {
    editable_ = editable;
    announce({}, {});
}

void BlockTreeModel::setTints(const QColor& frozen, const QColor& thawed, const QColor& muted) {
    frozenIcon_ = glyphIcon(Glyph::Frozen, frozen);
    thawedIcon_ = glyphIcon(Glyph::Thawed, thawed);
    partIcon_ = glyphIcon(Glyph::PartlyFrozen, thawed);
    muted_ = muted;
    announce({}, {Qt::DecorationRole, Qt::ForegroundRole});
}

QModelIndex BlockTreeModel::indexOfBlock(const QString& path) const {
    for (const auto& group : root_->children)
        for (const auto& block : group->children)
            if (block->path == path) return createIndex(block->row, 0, block.get());
    return {};
}

BlockTreeModel::Node* BlockTreeModel::nodeOf(const QModelIndex& index) const {
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : root_.get();
}

QModelIndex BlockTreeModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent)) return {};
    return createIndex(row, column, nodeOf(parent)->children[std::size_t(row)].get());
}

QModelIndex BlockTreeModel::parent(const QModelIndex& child) const {
    if (!child.isValid()) return {};
    Node* up = nodeOf(child)->parent;
    return up && up != root_.get() ? createIndex(up->row, 0, up) : QModelIndex();
}

int BlockTreeModel::rowCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : int(nodeOf(parent)->children.size());
}

int BlockTreeModel::columnCount(const QModelIndex&) const { return ColumnCount; }

QString BlockTreeModel::text(const Node& node, int column) const {
    const BlockInfo* block = node.block >= 0 ? &model_.blocks[std::size_t(node.block)] : nullptr;
    switch (column) {
    case Name: return node.name;
    case Kind:
        if (node.level == Node::Level::Block) return QString::fromStdString(block->kind);
        if (node.level == Node::Level::Tensor) return shapeText(parameters_[node.tensor].shape);
        return {};
    case Resolution:
        if (node.level != Node::Level::Block || block->resolution <= 0) return {};
        return QStringLiteral("%1×%1").arg(block->resolution);
    case Parameters: return formatCount(node.total);
    case Gradient: {
        if (node.level != Node::Level::Block) return {};
        const double norm = gradients_[std::size_t(node.block)];
        return std::isnan(norm) ? QString() : formatNumber(norm, 2);
    }
    case FrozenShare:
        if (node.level == Node::Level::Tensor) return mask_[node.tensor] ? tr("frozen") : tr("thawed");
        return formatPercent(node.total ? 100.0 * double(node.frozen) / double(node.total) : 0.0);
    }
    return {};
}

QString BlockTreeModel::tip(const Node& node, int column) const {
    const QLocale locale;
    if (column == Parameters) return tr("%1 parameters").arg(locale.toString(qlonglong(node.total)));
    if (column == FrozenShare)
        return tr("%1 of %2 parameters frozen")
            .arg(locale.toString(qlonglong(node.frozen)), locale.toString(qlonglong(node.total)));
    if (node.level == Node::Level::Block) {
        const BlockInfo& block = model_.blocks[std::size_t(node.block)];
        if (block.inChannels > 0)
            return tr("%1 · %2, %3 → %4 channels")
                .arg(node.path, QString::fromStdString(block.kind))
                .arg(block.inChannels)
                .arg(block.outChannels);
    }
    return node.path.isEmpty() ? node.name : node.path;
}

QVariant BlockTreeModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Node& node = *nodeOf(index);
    switch (role) {
    case Qt::DisplayRole: return text(node, index.column());
    case Qt::ToolTipRole: return tip(node, index.column());
    case Qt::CheckStateRole: return index.column() == Name ? QVariant(node.state(mask_)) : QVariant();
    case Qt::DecorationRole: {
        if (index.column() != Name) return {};
        const Qt::CheckState state = node.state(mask_);
        return state == Qt::Checked ? frozenIcon_ : state == Qt::Unchecked ? thawedIcon_ : partIcon_;
    }
    case Qt::ForegroundRole:
        if ((index.column() == Kind || index.column() == Resolution) && muted_.isValid()) return muted_;
        return {};
    case Qt::FontRole: {
        if (node.level != Node::Level::Group) return {};
        QFont font;
        font.setWeight(QFont::DemiBold);
        return font;
    }
    case Qt::TextAlignmentRole:
        if (index.column() == Parameters || index.column() == Gradient)
            return QVariant(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    case Qt::AccessibleTextRole:
        if (index.column() != Name) return text(node, index.column());
        switch (node.state(mask_)) {
        case Qt::Checked: return tr("%1, frozen").arg(node.name);
        case Qt::Unchecked: return tr("%1, thawed").arg(node.name);
        default: return tr("%1, partly frozen").arg(node.name);
        }
    case PathRole: return node.path;
    case FrozenCountRole: return qlonglong(node.frozen);
    case TotalCountRole: return qlonglong(node.total);
    case BlockRole:
        return node.block >= 0 ? QString::fromStdString(model_.blocks[std::size_t(node.block)].name) : QString();
    case TensorRole: return node.level == Node::Level::Tensor;
    default: return {};
    }
}

bool BlockTreeModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (!index.isValid() || role != Qt::CheckStateRole || index.column() != Name || !editable_) return false;
    setFrozen({index}, value.toInt() == Qt::Checked);
    return true;
}

Qt::ItemFlags BlockTreeModel::flags(const QModelIndex& index) const {
    if (!index.isValid()) return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (index.column() == Name && editable_) flags |= Qt::ItemIsUserCheckable;
    if (nodeOf(index)->level == Node::Level::Tensor) flags |= Qt::ItemNeverHasChildren;
    return flags;
}

QVariant BlockTreeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == Parameters ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::DisplayRole) {
        switch (section) {
        case Name: return tr("Block");
        case Kind: return tr("Kind");
        case Resolution: return tr("Pixels");
        case Parameters: return tr("Parameters");
        case Gradient: return tr("Gradient");
        case FrozenShare: return tr("Frozen");
        }
    }
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case Name: return tr("Checked = frozen: these weights keep their pre-trained values");
        case Kind: return tr("What the block is; for a tensor its shape");
        case Resolution: return tr("Size of the block's output in pixels");
        case Parameters: return tr("Number of scalars");
        case Gradient:
            return tr(
                "Norm of the loss's gradient over the block's thawed weights, at the latest step or the one picked on "
                "the curves");
        case FrozenShare: return tr("Share of the scalars that is frozen");
        }
    }
    return {};
}

}  // namespace thaw
