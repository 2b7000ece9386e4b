// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/qcustomplot.h"
#include "widgets/figure/figure_sheet_layout.h"

#include <cmath>

namespace thaw {
namespace {

void drawSheet(QCPPainter& painter, const SheetPlan& plan, const QRectF& area, const FigureStyle& style) {
    const SheetLayout layout = layOutSheet(plan, area, style);
    const auto lines = [&](const QRectF& box, const QStringList& texts, const QFont& font, const QColor& colour) {
        const double line = lineHeight(font);
        for (qsizetype i = 0; i < texts.size(); ++i)
            drawLine(painter, QRectF(box.left(), box.top() + double(i) * line, box.width(), line), Qt::AlignLeft,
                     texts[i], font, colour);
    };
    for (std::size_t i = 0; i < layout.places.size(); ++i) {
        const auto& place = layout.places[i];
        lines(place.title, place.titleLines, style.bold(), style.text);
        plan.parts[i].draw(painter, place.body, place.room, style);
    }
    lines(layout.caption, layout.captionLines, style.small(), style.muted);
}

}  // namespace

FigurePage pageOf(const SheetPlan& plan, const FigureOptions& options) {
    const FigureStyle style = layoutStyle(options);
    const double width = layoutWidth(options);
    double mm = options.heightMm;
    if (mm <= 0) mm = std::ceil(sheetHeight(plan, width, style) / width * options.widthMm * 10) / 10;
    FigurePage page;
    page.mm = QSizeF(options.widthMm, mm);
    page.dpi = options.dpi;
    page.family = style.font.family();
    return page;
}

DrawFigure drawingOf(const SheetPlan& plan, const FigureOptions& options) {
    return [plan, options](QPaintDevice& device, const QSizeF& size, double unitsPerPoint) {
        QCPPainter painter;
        if (!painter.begin(&device)) return;
        painter.setModes(QCPPainter::pmVectorized | QCPPainter::pmNoCaching | QCPPainter::pmNonCosmetic);
        // Without the last a PDF gets pictures as JPEG.
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::LosslessImageRendering);
        drawSheet(painter, plan, QRectF(QPointF(), size), styleOf(options, unitsPerPoint));
        painter.end();
    };
}

}  // namespace thaw
