// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/figure/figure_sheet.h"

#include <QScrollArea>

class QTimer;

namespace thaw {

/// The figure on white paper, as it will be printed: at true size (the screen's own millimetres), fitted, or twice as large.
/// Drawn anew a moment after the last change.
class FigurePreview : public QScrollArea {
    Q_OBJECT
public:
    enum class Zoom { TrueSize, Fit, Double };

    explicit FigurePreview(QWidget* parent = nullptr);

    void setFigure(const FigureSheet& sheet, const FigureOptions& options);
    void setZoom(Zoom zoom);
    Zoom zoom() const { return zoom_; }
    void setEmptyText(const QString& text) { emptyText_ = text; }
    const QImage& picture() const { return picture_; }
    QSizeF pageMm() const { return mm_; }
    /// Screen pixels a millimetre, at the present zoom.
    double pixelsPerMm() const;

Q_SIGNALS:
    void drawn();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    class Paper;
    void draw();

    FigureSheet sheet_;
    FigureOptions options_;
    QSizeF mm_;
    QImage picture_;
    QString emptyText_;
    Zoom zoom_ = Zoom::Fit;
    QTimer* redraw_;
    Paper* paper_;
};

}  // namespace thaw
