// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/block_tree.h"

#include "widgets/base/focus_ring.h"
#include "widgets/base/icons.h"
#include "widgets/base/number_text.h"
#include "widgets/base/share_bar.h"
#include "widgets/base/theme.h"
#include "widgets/model/block_filter.h"
#include "widgets/model/block_tree_delegates.h"
#include "widgets/model/block_tree_model.h"

#include <QAbstractItemView>
#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace thaw {
BlockTree::BlockTree(QWidget* parent)
    : QWidget(parent),
      model_(new BlockTreeModel(this)),
      filter_(new BlockFilter(this)),
      preset_(new FreezePresetBox),
      filterLine_(new QLineEdit),
      matches_(new QLabel),
      view_(new QTreeView),
      count_(new QLabel),
      bar_(new ShareBar) {
    setObjectName(QStringLiteral("blockTree"));
    filter_->setSourceModel(model_);

    filterLine_->setObjectName(QStringLiteral("blockFilter"));
    filterLine_->setPlaceholderText(tr("Filter, e.g. enc or *.conv0"));
    filterLine_->setToolTip(
        tr("Part of a name, a glob with * and ?, or a regular expression between slashes: /conv[01]/. Return selects "
           "what matches."));
    filterLine_->setAccessibleName(tr("Filter blocks"));
    filterLine_->setClearButtonEnabled(true);
    matches_->setObjectName(QStringLiteral("blockMatches"));
    makeMuted(matches_);
    matches_->hide();

    count_->setObjectName(QStringLiteral("frozenCount"));
    count_->setFont(tabularFont(count_->font()));
    count_->setToolTip(tr("Frozen parameters keep their pre-trained values; the rest is fine-tuned"));
    bar_->setObjectName(QStringLiteral("frozenBar"));
    bar_->setAccessibleName(tr("Share of frozen parameters"));

    buildView();

    auto* filterRow = new QHBoxLayout;
    filterRow->setSpacing(kGrid);
    filterRow->addWidget(filterLine_, 1);
    filterRow->addWidget(matches_);
    auto* presetLabel = new QLabel(tr("Preset"));
    makeMuted(presetLabel);
    presetLabel->setBuddy(preset_);
    auto* presetRow = new QHBoxLayout;
    presetRow->setSpacing(kGrid);
    presetRow->addWidget(presetLabel);
    presetRow->addWidget(preset_, 1);
    auto* countColumn = new QVBoxLayout;
    countColumn->setContentsMargins(kGrid, 0, kGrid, kGrid);
    countColumn->setSpacing(kGrid / 2 + 2);
    countColumn->addWidget(count_);
    countColumn->addWidget(bar_);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(kGrid, kGrid, kGrid, 0);
    top->setSpacing(kGrid);
    top->addLayout(presetRow);
    top->addLayout(filterRow);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGrid);
    column->addLayout(top);
    column->addWidget(view_, 1);
    column->addLayout(countColumn);

    connect(filterLine_, &QLineEdit::textChanged, this, &BlockTree::applyFilter);
    connect(filterLine_, &QLineEdit::returnPressed, this, &BlockTree::selectMatches);
    connect(preset_, &QComboBox::activated, this, &BlockTree::choosePreset);
    connect(preset_, &QComboBox::highlighted, this, &BlockTree::previewPreset);
    preset_->view()->installEventFilter(this);
    connect(model_, &BlockTreeModel::planEdited, this, [this](const FreezePlan& plan) {
        showCount();
        showPreset();
        Q_EMIT planChanged(plan);
    });
    retint();
    showCount();
    showPreset();
}

void BlockTree::buildView() {
    new FocusRing(view_);
    view_->setObjectName(QStringLiteral("blockView"));
    view_->setAccessibleName(tr("Blocks of the network"));
    view_->setModel(filter_);
    view_->setUniformRowHeights(true);
    view_->setAllColumnsShowFocus(true);
    view_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view_->setSelectionBehavior(QAbstractItemView::SelectRows);
    view_->setFrameShape(QFrame::NoFrame);
    view_->setIndentation(14);
    view_->setTextElideMode(Qt::ElideMiddle);
    view_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view_->setItemDelegate(new RowDelegate(view_));
    view_->setItemDelegateForColumn(BlockTreeModel::FrozenShare, new ShareDelegate(view_));
    view_->installEventFilter(this);
    view_->viewport()->installEventFilter(this);
    QHeaderView* header = view_->header();
    header->setStretchLastSection(false);
    header->setMinimumSectionSize(32);
    header->setSectionsMovable(false);
    header->setHighlightSections(false);
    for (int column = 0; column < BlockTreeModel::ColumnCount; ++column)
        header->setSectionResizeMode(
            column, column == BlockTreeModel::Name ? QHeaderView::Stretch : QHeaderView::ResizeToContents);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, &BlockTree::chooseColumns);
    connect(view_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        const QString block = current.data(BlockTreeModel::BlockRole).toString();
        if (selecting_ || block.isEmpty() || block == selected_) return;
        selected_ = block;
        Q_EMIT blockSelected(block);
    });
}

void BlockTree::setModel(const ModelSummary& model) {
    selecting_ = true;
    model_->setModel(model);
    selected_.clear();
    filterLine_->clear();
    view_->expandToDepth(0);
    selecting_ = false;
    fitColumns();
    showCount();
    showPreset();
}

const ModelSummary& BlockTree::model() const { return model_->model(); }

void BlockTree::setPlan(const FreezePlan& plan) {
    model_->setPlan(plan);
    showCount();
    showPreset();
}

void BlockTree::setGradients(const std::vector<BlockGradient>& gradients) {
    model_->setGradients(gradients);
    if (hasGradients_ == !gradients.empty()) return;
    hasGradients_ = !gradients.empty();
    fitColumns();
}

FreezePlan BlockTree::plan() const { return model_->plan(); }

void BlockTree::selectBlock(const QString& path) {
    selecting_ = true;
    const QModelIndex source = model_->indexOfBlock(path);
    if (source.isValid() && !filter_->mapFromSource(source).isValid()) filterLine_->clear();
    const QModelIndex index = filter_->mapFromSource(source);
    selected_ = index.isValid() ? path : QString();
    if (index.isValid()) {
        view_->setCurrentIndex(index);
        view_->scrollTo(index);
    } else {
        view_->setCurrentIndex({});
        view_->clearSelection();
    }
    selecting_ = false;
}

QString BlockTree::selectedBlock() const { return selected_; }

void BlockTree::setLocked(bool locked) {
    model_->setEditable(!locked);
    preset_->setEnabled(!locked);
}

void BlockTree::setFilter(const QString& text) { filterLine_->setText(text); }
int BlockTree::matchCount() const { return int(filter_->matches().size()); }

void BlockTree::applyFilter(const QString& text) {
    filter_->setText(text);
    const bool filtering = !filter_->text().isEmpty();
    showMatches();
    if (filtering) view_->expandAll();
    else {
        view_->collapseAll();
        view_->expandToDepth(0);
        if (!selected_.isEmpty()) view_->scrollTo(view_->currentIndex());
    }
}

void BlockTree::showMatches() {
    const bool filtering = !filter_->text().isEmpty();
    const int count = filtering ? matchCount() : 0;
    const bool nothing = filtering && count == 0;
    matches_->setVisible(filtering);
    matches_->setText(!filter_->problem().isEmpty() ? tr("no expression")
                      : nothing                     ? tr("no match")
                                                    : tr("%1 matching").arg(count));
    matches_->setToolTip(filter_->problem());
    if (nothing) makeProblem(matches_);
    else makeMuted(matches_);
    QPalette colours = palette();
    if (nothing) colours.setColor(QPalette::Text, errorColour(palette()));
    filterLine_->setPalette(colours);
    filterLine_->setAccessibleDescription(filtering ? matches_->text() : QString());
}

void BlockTree::selectMatches() {
    if (filter_->text().isEmpty()) return;
    QItemSelection selection;
    for (const QModelIndex& match : filter_->matches()) {
        const QModelIndex index = filter_->mapFromSource(match);
        selection.select(index, index);
    }
    if (selection.isEmpty()) return;
    view_->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    view_->selectionModel()->setCurrentIndex(selection.indexes().first(), QItemSelectionModel::NoUpdate);
    view_->setFocus(Qt::ShortcutFocusReason);
}

void BlockTree::choosePreset(int row) {
    const auto plan = preset_->planAt(row);
    if (!plan) return showPreset();
    if (*plan == model_->plan()) return;
    setPlan(*plan);
    Q_EMIT planChanged(*plan);
}

void BlockTree::previewPreset(int row) {
    const auto plan = preset_->planAt(row);
    if (!plan || model().blocks.empty()) return showCount();
    const FreezeCount count = countFrozen(*plan, model());
    const auto mask = frozenMask(*plan, model().allParameters());
    int changed = 0;
    for (std::size_t i = 0; i < mask.size(); ++i) changed += mask[i] != model_->mask()[i];
    //: before a preset is chosen: "would freeze 1.04 M (82.4 %), changes 12 tensors"
    count_->setText(changed == 0 ? tr("what is frozen now (%1)").arg(formatPercent(count.percent()))
                                 : tr("would freeze %1 (%2), changes %3 tensors")
                                       .arg(formatCount(count.frozen), formatPercent(count.percent()))
                                       .arg(changed));
    bar_->setShare(count.total ? double(count.frozen) / double(count.total) : 0);
}

void BlockTree::showPreset() { preset_->showPlan(model_->plan(), model_->model(), model_->mask()); }

void BlockTree::showCount() {
    const FreezeCount count = countFrozen(model_->plan(), model_->model());
    if (count.total == 0) {
        count_->setText(tr("No model is open"));
    } else {
        //: 1.04 M of 1.26 M frozen (82.4 %)
        count_->setText(tr("%1 of %2 frozen (%3)")
                            .arg(formatCount(count.frozen), formatCount(count.total), formatPercent(count.percent())));
    }
    bar_->setVisible(count.total > 0);
    bar_->setShare(count.total ? double(count.frozen) / double(count.total) : 0);
    bar_->setAccessibleDescription(count_->text());
}

void BlockTree::toggleSelected() {
    QModelIndexList rows;
    for (const QModelIndex& index : view_->selectionModel()->selectedRows()) rows << filter_->mapToSource(index);
    if (rows.isEmpty() && view_->currentIndex().isValid())
        rows << filter_->mapToSource(view_->currentIndex().siblingAtColumn(BlockTreeModel::Name));
    model_->toggle(rows);
}

void BlockTree::chooseColumns(QPoint position) {
    QMenu menu(this);
    for (int column = BlockTreeModel::Kind; column < BlockTreeModel::ColumnCount; ++column) {
        QAction* action = menu.addAction(model_->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!view_->isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            columnsChosen_ = true;
            view_->setColumnHidden(column, !shown);
        });
    }
    menu.exec(view_->header()->mapToGlobal(position));
}

// Of the groups and their blocks, with box, sign and indentation.
int BlockTree::widestName() const {
    QStyleOptionViewItem option;
    option.initFrom(view_);
    option.decorationSize = view_->iconSize().isValid() ? view_->iconSize() : QSize(16, 16);
    int widest = 0;
    const auto measure = [&](const QModelIndex& index, int depth) {
        option.font = index.data(Qt::FontRole).isValid() ? index.data(Qt::FontRole).value<QFont>() : view_->font();
        const int hint = view_->itemDelegate()->sizeHint(option, index).width();
        widest = std::max(widest, hint + depth * view_->indentation());
    };
    const QAbstractItemModel& rows = *view_->model();
    for (int g = 0; g < rows.rowCount(); ++g) {
        const QModelIndex group = rows.index(g, 0);
        measure(group, 1);
        for (int b = 0; b < rows.rowCount(group); ++b) measure(rows.index(b, 0, group), 2);
    }
    return widest;
}

void BlockTree::fitColumns() {
    if (columnsChosen_) return;
    // Names are never cut for the sake of a column that the tooltips repeat.
    const auto needs = [this](int column) {
        view_->setColumnHidden(column, false);
        const QAbstractItemView& cells = *view_;
        return std::max(view_->header()->sectionSizeHint(column), cells.sizeHintForColumn(column));
    };
    int room = view_->viewport()->width() - widestName() - needs(BlockTreeModel::FrozenShare);
    for (const int column :
         {BlockTreeModel::Gradient, BlockTreeModel::Parameters, BlockTreeModel::Resolution, BlockTreeModel::Kind}) {
        const bool known = column != BlockTreeModel::Gradient || hasGradients_;
        if (known) room -= needs(column);
        view_->setColumnHidden(column, !known || room < 0);
    }
}

void BlockTree::retint() {
    model_->setTints(frozenColour(palette()), thawedColour(palette()), mutedColour(palette()));
    showMatches();
}

void BlockTree::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) retint();
}

bool BlockTree::eventFilter(QObject* watched, QEvent* event) {
    if (watched == view_ && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier) {
            toggleSelected();
            return true;
        }
    }
    if (watched == view_->viewport() && event->type() == QEvent::Resize) fitColumns();
    if (watched == preset_->view() && event->type() == QEvent::Hide) showCount();
    return QWidget::eventFilter(watched, event);
}

}  // namespace thaw
