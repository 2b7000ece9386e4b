// SPDX-License-Identifier: GPL-3.0-or-later

// The labelled lines of a CurveCanvas: marks along x, references along y, and where their labels have room.
#include "widgets/base/qcustomplot.h"
#include "widgets/curves/curve_canvas.h"

#include <QFontMetricsF>

#include <algorithm>

namespace thaw {
namespace {

constexpr double kMarksShare = 0.5;  // of the height, from the top, where labels of marks may stand

bool meetsAny(const QRectF& box, const std::vector<QRectF>& others) {
    return std::any_of(others.begin(), others.end(), [&](const QRectF& other) { return other.intersects(box); });
}

QVector<qreal> referenceDashes(std::size_t reference) {
    static const QVector<qreal> patterns[] = {{1.5, 2.5}, {7, 3}, {7, 2.5, 1.5, 2.5}};
    return patterns[reference % 3];
}

}  // namespace

CurveCanvas::Label CurveCanvas::addLabel(const QString& layer) {
    Label label{new QCPItemStraightLine(&plot_), new QCPItemText(&plot_), {}};
    for (QCPAbstractItem* item :
         {static_cast<QCPAbstractItem*>(label.line), static_cast<QCPAbstractItem*>(label.text)}) {
        item->setSelectable(false);
        item->setLayer(layer);
        item->setClipToAxisRect(true);
    }
    return label;
}

void CurveCanvas::removeAll(QCustomPlot& plot, std::vector<Label>& labels) {
    for (const Label& label : labels) {
        plot.removeItem(label.line);
        plot.removeItem(label.text);
    }
    labels.clear();
}

void CurveCanvas::setMarks(const std::vector<CurveMark>& marks) {
    removeAll(plot_, marks_);
    for (std::size_t i = 0; i < marks.size(); ++i) {
        Label label = addLabel(QStringLiteral("marks"));
        for (QCPItemPosition* end : {label.line->point1, label.line->point2})
            end->setTypeY(QCPItemPosition::ptAxisRectRatio);
        label.line->point1->setCoords(marks[i].x, 0);
        label.line->point2->setCoords(marks[i].x, 1);
        label.full = marks[i].text;
        label.text->position->setTypeX(QCPItemPosition::ptPlotCoords);
        label.text->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
        label.text->position->setCoords(marks[i].x, 0);
        applyStyle(label, true);
        marks_.push_back(label);
    }
}

void CurveCanvas::setReferences(const std::vector<CurveReference>& references) {
    removeAll(plot_, references_);
    for (const CurveReference& reference : references) {
        Label label = addLabel(QStringLiteral("references"));
        for (QCPItemPosition* end : {label.line->point1, label.line->point2})
            end->setTypeX(QCPItemPosition::ptAxisRectRatio);
        label.line->point1->setCoords(0, reference.y);
        label.line->point2->setCoords(1, reference.y);
        label.text->setText(reference.text);
        label.text->setPositionAlignment(Qt::AlignRight | Qt::AlignBottom);
        label.text->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
        label.text->position->setTypeY(QCPItemPosition::ptPlotCoords);
        label.text->position->setCoords(1, reference.y);
        applyStyle(label, false);
        if (paper_) {
            QPen pen = label.line->pen();
            pen.setDashPattern(referenceDashes(references_.size()));
            label.line->setPen(pen);
        }
        references_.push_back(label);
    }
}

void CurveCanvas::applyStyle(const Label& label, bool mark) const {
    QPen pen(mark ? style_.muted : style_.text, (paper_ ? 0.5 : 0.7) * style_.pt);
    pen.setCapStyle(Qt::FlatCap);
    if (mark) pen.setDashPattern({4, 3});
    else pen.setDashPattern({1.5, 2.5});
    label.line->setPen(pen);
    label.text->setFont(style_.small());
    label.text->setColor(mark ? style_.muted : style_.text);
    const int pad = int(1.5 * style_.pt);
    label.text->setPadding(mark ? QMargins(2 * pad, 0, 2 * pad, 0) : QMargins(pad, pad / 2, pad, pad / 2));
}

void CurveCanvas::placeLabels() {
    std::vector<QRectF> taken;
    const QRectF inside = plot_.axisRect()->rect();
    const double line = lineHeight(style_.small());
    for (const Label& reference : references_) {
        // Above its line, but under it where the plot ends or another label stands.
        const double y = reference.line->point1->pixelPosition().y();
        const QSizeF size(textWidth(style_.small(), reference.text->text()) + 3 * style_.pt, line + 1.5 * style_.pt);
        const QRectF above(QPointF(inside.right() - size.width(), y - size.height()), size),
            under = above.translated(0, size.height());
        const bool below = y - inside.top() < line + 2 * style_.pt || meetsAny(above, taken);
        reference.text->setPositionAlignment(Qt::AlignRight | (below ? Qt::AlignTop : Qt::AlignBottom));
        taken.push_back(below ? under : above);
    }
    placeMarks(std::move(taken));
}

// From left to right, each in the first row that has room beside its line; one that has room nowhere is left to the read-out.
void CurveCanvas::placeMarks(std::vector<QRectF> taken) {
    const QRectF inside = plot_.axisRect()->rect();
    const QFont font = style_.small();
    const double row = lineHeight(font) + style_.pt, pad = 4 * style_.pt;
    const int rows = std::max(1, int(kMarksShare * inside.height() / row));
    std::vector<std::pair<double, const Label*>> order;
    for (const Label& mark : marks_) order.emplace_back(mark.line->point1->pixelPosition().x(), &mark);
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [x, mark] : order) {
        mark->text->setVisible(false);
        if (x < inside.left() || x > inside.right()) continue;  // it would name a moment that is not shown
        const QString text = QFontMetricsF(font).elidedText(mark->full, Qt::ElideRight, inside.width() / 2);
        mark->text->setText(text);
        const QSizeF size(textWidth(font, text) + 2 * pad, row);
        for (int place = 0; place < 2 * rows && !mark->text->visible(); ++place) {
            const bool right = place < rows;
            const int number = place % rows;
            const QRectF box(QPointF(right ? x : x - size.width(), inside.top() + number * row), size);
            if (box.left() < inside.left() || box.right() > inside.right() || meetsAny(box, taken)) continue;
            mark->text->setPositionAlignment(Qt::AlignTop | (right ? Qt::AlignLeft : Qt::AlignRight));
            mark->text->position->setCoords(mark->line->point1->coords().x(), number * row / inside.height());
            mark->text->setVisible(true);
            taken.push_back(box);
        }
    }
}

}  // namespace thaw
