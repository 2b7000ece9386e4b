// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace thaw {

/// A thin two-tone bar: the frozen share in ice blue from the left, the thawed rest warm.
class ShareBar : public QWidget {
    Q_OBJECT
public:
    explicit ShareBar(QWidget* parent = nullptr);

    void setShare(double share);  ///< [0, 1]
    double share() const { return share_; }

    QSize sizeHint() const override { return {120, 4}; }
    QSize minimumSizeHint() const override { return {16, 4}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double share_ = 0;
};

/// The bar's drawing, for places without a widget (table cells).
void drawShare(QPainter& painter, const QRectF& box, double share, const QPalette& palette);

}  // namespace thaw
