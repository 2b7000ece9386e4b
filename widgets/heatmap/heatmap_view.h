// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/heatmap/heatmap_data.h"
#include "widgets/heatmap/heatmap_paint.h"
#include "widgets/heatmap/heatmap_style.h"

#include <QImage>
#include <QPoint>
#include <QWidget>

#include <optional>
#include <utility>

namespace thaw {

/// A matrix of values as colours, one image pixel a cell, never interpolated, with axes, colour bar and read-out.
/// Hover reads a cell; a click pins the read-out; arrow keys move a cursor, Home/End jump in the row, Escape unpins.
class HeatmapView : public QWidget {
    Q_OBJECT
public:
    explicit HeatmapView(QWidget* parent = nullptr);

    void setData(const HeatmapData& data);
    void clear();
    const HeatmapData& data() const { return data_; }
    void setEmptyText(const QString& text);  ///< shown while there is no data
    void setBusyText(const QString& text);   ///< a badge over the picture, empty: none

    void setStyleOptions(const HeatmapStyle& options);
    const HeatmapStyle& styleOptions() const { return options_; }
    void setColourMap(ColourMap map);
    void setRange(std::optional<std::pair<double, double>> range);  ///< locks the scale, e.g. of A and B

    /// The cell under the pointer or, pinned or by keyboard, the cursor: (column, row).
    std::optional<QPoint> currentCell() const;
    QString readout() const;
    bool isPinned() const { return pinned_; }
    QRectF cellRect(int row, int col) const;        ///< on the widget
    const QImage& image() const { return image_; }  ///< cols × rows pixels

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void hovered(const QString& readout);  ///< empty when no cell is read
    void cellActivated(int row, int col);  ///< click or Return

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    void setCell(std::optional<QPoint> cell);
    std::optional<QPoint> cellAt(QPointF position) const;
    void layOut();
    void describe();
    QString shownText() const;

    HeatmapData data_;
    HeatmapStyle options_;
    QImage image_;
    HeatmapLayout layout_;
    QString emptyText_;
    QString busyText_;
    std::optional<QPoint> cell_;
    bool pinned_ = false;
    bool keyboardFocus_ = false;  ///< the frame helps the keyboard and would only bother the mouse
};

}  // namespace thaw
