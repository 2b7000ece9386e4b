// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/block_filter.h"

#include "core/values/freeze_plan.h"
#include "widgets/model/block_tree_model.h"

namespace thaw {

BlockFilter::BlockFilter(QObject* parent) : QSortFilterProxyModel(parent) { setRecursiveFilteringEnabled(true); }

void BlockFilter::setText(const QString& text) {
    text_ = text.trimmed();
    expression_.reset();
    if (text_.size() > 1 && text_.startsWith(QLatin1Char('/'))) {
        const bool closed = text_.size() > 2 && text_.endsWith(QLatin1Char('/'));
        expression_.emplace(text_.mid(1, text_.size() - (closed ? 2 : 1)));
    }
    glob_ = text_.contains(QLatin1Char('*')) || text_.contains(QLatin1Char('?'));
    invalidateFilter();
}

bool BlockFilter::accepts(const QString& path) const {
    if (text_.isEmpty()) return true;
    if (expression_) return expression_->isValid() && expression_->match(path).hasMatch();
    if (!glob_) return path.contains(text_, Qt::CaseInsensitive);
    QString glob = text_;
    while (glob.startsWith(QLatin1Char('!'))) glob.remove(0, 1);
    return isFrozen(FreezePlan{{glob.toStdString()}}, path.toStdString());
}

bool BlockFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    // Blocks and groups come in through their tensors, so that every row on screen leads to a match.
    if (index.data(BlockTreeModel::TensorRole).toBool())
        return accepts(index.data(BlockTreeModel::PathRole).toString());
    return text_.isEmpty();
}

QModelIndexList BlockFilter::matches() const {
    QModelIndexList found;
    const QAbstractItemModel* source = sourceModel();
    for (int g = 0; g < source->rowCount(); ++g) {
        const QModelIndex group = source->index(g, 0);
        for (int b = 0; b < source->rowCount(group); ++b) {
            const QModelIndex block = source->index(b, 0, group);
            for (int t = 0; t < source->rowCount(block); ++t) {
                const QModelIndex tensor = source->index(t, 0, block);
                if (accepts(tensor.data(BlockTreeModel::PathRole).toString())) found << tensor;
            }
        }
    }
    return found;
}

}  // namespace thaw
