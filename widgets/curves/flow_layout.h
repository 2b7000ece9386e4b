// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>

namespace thaw {

/// Items from left to right, in as many rows as they need; the last one stands at the right edge of its row. An item that is
/// wider than a row gets the row's width. Hidden items take no room.
class FlowLayout : public QLayout {
    Q_OBJECT
public:
    explicit FlowLayout(QWidget* parent);
    ~FlowLayout() override;

    /// Before the last `fromEnd` items.
    void insertBefore(int fromEnd, QWidget* widget);

    void addItem(QLayoutItem* item) override;
    int count() const override { return int(items_.size()); }
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    void setGeometry(const QRect& rect) override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;

private:
    int arrange(const QRect& rect, bool place) const;

    QList<QLayoutItem*> items_;
};

}  // namespace thaw
