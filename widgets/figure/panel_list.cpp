// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/panel_list.h"

#include "widgets/base/focus_ring.h"

#include <QDropEvent>
#include <QKeyEvent>
#include <QSignalBlocker>
#include <QStyledItemDelegate>

#include <algorithm>

namespace thaw {
namespace {

// A letter stands before the title but is no part of it: while it is renamed, only the title is there.
class TitleDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
        QStyledItemDelegate::initStyleOption(option, index);
        const QString letter = index.data(Qt::UserRole).toString();
        if (!letter.isEmpty()) option->text = letter + QLatin1Char(' ') + option->text;
    }
};

QString letterOf(int row) { return QStringLiteral("(%1)").arg(QChar(u'a' + row % 26)); }

}  // namespace

PanelList::PanelList(QWidget* parent) : QListWidget(parent) {
    new FocusRing(this);
    setItemDelegate(new TitleDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setSpacing(2);
    setDragDropMode(InternalMove);
    setDefaultDropAction(Qt::MoveAction);
    setEditTriggers(EditKeyPressed | DoubleClicked);
    setTextElideMode(Qt::ElideRight);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Panels of the figure"));
    setToolTip(tr("Panels in reading order. Drag or Alt+Up and Alt+Down move one, Delete removes it, F2 renames it."));
    connect(this, &QListWidget::itemChanged, this, [this](const QListWidgetItem* item) {
        // Once the editor is gone: who answers fills the list anew.
        QMetaObject::invokeMethod(
            this, [this, at = row(item), title = item->text().trimmed()] { Q_EMIT renameRequested(at, title); },
            Qt::QueuedConnection);
    });
}

void PanelList::setPanels(const QStringList& titles, bool letters) {
    const QSignalBlocker quiet(this);
    const int current = currentRow();
    clear();
    for (int i = 0; i < int(titles.size()); ++i) {
        auto* item = new QListWidgetItem(titles[i], this);
        item->setFlags(item->flags() | Qt::ItemIsEditable);
        item->setToolTip(titles[i]);
        if (letters && titles.size() > 1) item->setData(Qt::UserRole, letterOf(i));
    }
    setCurrentRow(std::clamp(current, titles.isEmpty() ? -1 : 0, int(titles.size()) - 1));
}

void PanelList::moveUp() {
    if (currentRow() > 0) Q_EMIT moveRequested(currentRow(), currentRow() - 1);
}

void PanelList::moveDown() {
    if (currentRow() >= 0 && currentRow() + 1 < count()) Q_EMIT moveRequested(currentRow(), currentRow() + 1);
}

void PanelList::removeCurrent() {
    if (currentRow() >= 0) Q_EMIT removeRequested(currentRow());
}

void PanelList::keyPressEvent(QKeyEvent* event) {
    const bool alt = event->modifiers() == Qt::AltModifier;
    if (alt && event->key() == Qt::Key_Up) return moveUp();
    if (alt && event->key() == Qt::Key_Down) return moveDown();
    if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) return removeCurrent();
    QListWidget::keyPressEvent(event);
}

void PanelList::dropEvent(QDropEvent* event) {
    const int from = currentRow();
    const QModelIndex under = indexAt(event->position().toPoint());
    int to = under.isValid() ? under.row() : count() - 1;
    if (under.isValid() && dropIndicatorPosition() == BelowItem) ++to;
    if (to > from && dropIndicatorPosition() != OnItem && under.isValid()) --to;
    event->setDropAction(Qt::CopyAction);  // the owner moves it; the view must not
    event->accept();
    if (from >= 0 && to != from) Q_EMIT moveRequested(from, std::clamp(to, 0, count() - 1));
}

}  // namespace thaw
