// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which texts of a window are cut: each is asked for the room it needs and compared with what it was given.
#include <QAbstractButton>
#include <QAbstractSpinBox>
#include "widgets/base/figure_style.h"

#include <QApplication>
#include <QComboBox>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPixmap>
#include <QScrollArea>
#include <QStyle>
#include <QStyleOptionComboBox>
#include <QTabBar>
#include <QToolBar>
#include <QToolButton>
#include <QTreeView>

namespace thaw::test {

inline QString nameOf(const QWidget& widget) {
    QStringList parts;
    for (const QWidget* at = &widget; at && parts.size() < 4; at = at->parentWidget())
        parts.prepend(at->objectName().isEmpty() ? QString::fromLatin1(at->metaObject()->className())
                                                 : at->objectName());
    return parts.join(QLatin1Char('/'));
}

/// Collects every cut text below a widget, as sentences that name it.
class CutTexts {
public:
    explicit CutTexts(QString where) : where_(std::move(where)) {}

    void look(const QWidget& root) {
        for (const QWidget* widget : root.findChildren<QWidget*>())
            // What slides in has no height yet.
            if (!widget->visibleRegion().isEmpty() && isOnPage(*widget)) judge(*widget);
    }
    const QStringList& found() const { return found_; }

private:
    // The pages behind a tab lie outside of the window.
    static bool isOnPage(const QWidget& widget) {
        const QWidget* window = widget.window();
        return window->rect().intersects(QRect(widget.mapTo(window, QPoint()), widget.size()));
    }

    void cut(const QWidget& widget, const QString& text, QSize needs, QSize has) {
        found_ << QStringLiteral("%1: %2 \"%3\" needs %4x%5, has %6x%7")
                      .arg(where_, nameOf(widget), text)
                      .arg(needs.width())
                      .arg(needs.height())
                      .arg(has.width())
                      .arg(has.height());
    }

    void compare(const QWidget& widget, const QString& text, QSize needs) {
        if (text.isEmpty()) return;
        if (needs.width() > widget.width() || needs.height() > widget.height())
            return cut(widget, text, needs, widget.size());
        // A parent may show less of it than it has; what can be scrolled to is not cut.
        for (const QWidget *child = &widget, *parent = widget.parentWidget(); parent && !child->isWindow();
             child = parent, parent = parent->parentWidget()) {
            const int left = widget.mapTo(parent, QPoint()).x();
            if (left < 0 || left + widget.width() > parent->width())
                return cut(widget, text, needs, QSize(parent->width() - left, widget.height()));
        }
    }

    void judge(const QWidget& widget) {
        if (const auto* label = qobject_cast<const QLabel*>(&widget)) judgeLabel(*label);
        else if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) judgeButton(*button);
        else if (const auto* box = qobject_cast<const QComboBox*>(&widget)) judgeBox(*box);
        else if (const auto* spin = qobject_cast<const QAbstractSpinBox*>(&widget))
            compare(widget, spin->text(), spin->sizeHint());
        else if (const auto* tabs = qobject_cast<const QTabBar*>(&widget)) judgeTabs(*tabs);
        else if (const auto* header = qobject_cast<const QHeaderView*>(&widget)) judgeHeader(*header);
        else if (const auto* tree = qobject_cast<const QTreeView*>(&widget)) judgeTree(*tree);
        else if (const auto* group = qobject_cast<const QGroupBox*>(&widget))
            compare(widget, group->title(), group->minimumSizeHint());
        else if (const auto* line = qobject_cast<const QLineEdit*>(&widget)) judgeLine(*line);
        else if (QLatin1String(widget.metaObject()->className()).startsWith(QLatin1String("thaw::")))
            judgePainted(widget);
    }

    // What a widget paints itself, its children left out.
    void judgePainted(const QWidget& widget) {
        QStringList elided;
        setElisionListener([&elided](const QString& text) { elided << text; });
        QPixmap picture(widget.size());
        const_cast<QWidget&>(widget).render(&picture, {}, {}, QWidget::DrawWindowBackground);
        setElisionListener({});
        for (const QString& text : elided) cut(widget, text, {}, widget.size());
    }

    void judgeLabel(const QLabel& label) {
        if (label.text().isEmpty()) return;
        if (!label.wordWrap()) return compare(label, label.text(), label.sizeHint());
        // Words break between lines, never inside.
        compare(label, label.text(), {label.minimumSizeHint().width(), label.heightForWidth(label.width())});
    }

    void judgeButton(const QAbstractButton& button) {
        const auto* tool = qobject_cast<const QToolButton*>(&button);
        if (tool && tool->objectName() == QLatin1String("qt_toolbar_ext_button"))
            return cut(button, QStringLiteral("hidden parts of a toolbar"), {}, {});
        if (tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly && !tool->icon().isNull()) return;
        compare(button, button.text(), button.sizeHint());
    }

    // Whatever can be chosen has to be read.
    void judgeBox(const QComboBox& box) {
        QStyleOptionComboBox option;
        option.initFrom(&box);
        option.editable = box.isEditable();
        for (int i = 0; i < box.count(); ++i) {
            const QSize text(box.fontMetrics().horizontalAdvance(box.itemText(i)), box.fontMetrics().height());
            const QSize needs = box.style()->sizeFromContents(QStyle::CT_ComboBox, &option, text, &box);
            const QRect field =
                box.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &box);
            if (field.width() < text.width()) compare(box, box.itemText(i), needs.expandedTo({box.width() + 1, 0}));
            else compare(box, box.itemText(i), text);
        }
    }

    void judgeTabs(const QTabBar& tabs) {
        for (int i = 0; i < tabs.count(); ++i) {
            const int needs = tabs.fontMetrics().horizontalAdvance(tabs.tabText(i)) + 24;
            const QRect has = tabs.tabRect(i);
            if (needs > has.width() || has.right() >= tabs.width())
                cut(tabs, tabs.tabText(i), QSize(needs, 0), has.size());
        }
    }

    void judgeHeader(const QHeaderView& header) {
        for (int i = 0; i < header.count(); ++i)
            if (!header.isSectionHidden(i) && header.sectionSize(i) < header.sectionSizeHint(i))
                cut(header, header.model()->headerData(i, header.orientation()).toString(),
                    QSize(header.sectionSizeHint(i), 0), QSize(header.sectionSize(i), 0));
    }

    void judgeTree(const QTreeView& tree) {
        for (QModelIndex index = tree.indexAt({1, 1}); index.isValid(); index = tree.indexBelow(index))
            for (int column = 0; column < tree.model()->columnCount(index.parent()); ++column) {
                const QModelIndex cell = index.siblingAtColumn(column);
                const QString text = cell.data().toString();
                const QRect has = tree.visualRect(cell);
                if (text.isEmpty() || tree.isColumnHidden(column) || !tree.viewport()->rect().intersects(has)) continue;
                QStyleOptionViewItem option;
                option.initFrom(&tree);
                option.font = cell.data(Qt::FontRole).isValid() ? cell.data(Qt::FontRole).value<QFont>() : tree.font();
                option.decorationSize = tree.iconSize().isValid() ? tree.iconSize() : QSize(16, 16);
                const int needs = tree.itemDelegateForIndex(cell)->sizeHint(option, cell).width();
                if (needs > has.width()) cut(tree, text, QSize(needs, 0), has.size());
            }
    }

    void judgeLine(const QLineEdit& line) {
        if (qobject_cast<const QAbstractSpinBox*>(line.parentWidget())) return;
        const QString text = line.text().isEmpty() ? line.placeholderText() : line.text();
        const QSize needs(line.fontMetrics().horizontalAdvance(text) + 8, line.fontMetrics().height());
        compare(line, text, needs);
    }

    QString where_;
    QStringList found_;
};

}  // namespace thaw::test
