// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>
#include <QList>

namespace thaw {

/// A row of controls that breaks into as many lines as the width wants, so that none of them is cut. What is added after
/// addGap() stands at the right end of its line. Items that can grow share what is left of their line.
class FlowLayout : public QLayout {
    Q_OBJECT
public:
    explicit FlowLayout(QWidget* parent, int spacing);
    ~FlowLayout() override;

    void addGap() { gap_ = count(); }
    /// Before the last `fromEnd` items.
    void insertBefore(int fromEnd, QWidget* widget);

    void addItem(QLayoutItem* item) override;
    int count() const override { return int(items_.size()); }
    QLayoutItem* itemAt(int index) const override { return items_.value(index); }
    QLayoutItem* takeAt(int index) override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;     ///< of one line
    QSize minimumSize() const override;  ///< of the widest item
    void setGeometry(const QRect& rect) override;

private:
    int place(const QRect& rect, bool apply) const;
    QSize withMargins(const QSize& size) const;

    QList<QLayoutItem*> items_;
    int gap_ = -1;
};

}  // namespace thaw
