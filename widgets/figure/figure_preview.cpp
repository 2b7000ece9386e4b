// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_preview.h"

#include "widgets/base/empty_state.h"
#include "widgets/base/focus_ring.h"
#include "widgets/base/theme.h"
#include "widgets/figure/figure_file.h"

#include <QEvent>
#include <QPainter>
#include <QScreen>
#include <QTimer>

#include <algorithm>

namespace thaw {
namespace {

constexpr int kRedrawDelayMs = 60;
constexpr int kMargin = 3 * kGrid;  // of ground around the paper

}  // namespace

class FigurePreview::Paper : public QWidget {
public:
    explicit Paper(FigurePreview* preview) : QWidget(preview), preview_(*preview) {}

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const QImage& picture = preview_.picture_;
        if (picture.isNull()) return drawEmptyState(painter, rect(), preview_.emptyText_, screenStyle(*this));
        const QSizeF size = QSizeF(picture.size()) / picture.devicePixelRatio();
        const QPointF corner((width() - size.width()) / 2, (height() - size.height()) / 2);
        painter.setPen(lineColour(palette()));
        painter.drawRect(QRectF(corner, size).adjusted(-0.5, -0.5, 0.5, 0.5));
        painter.drawImage(corner.toPoint(), picture);
    }

private:
    FigurePreview& preview_;
};

FigurePreview::FigurePreview(QWidget* parent)
    : QScrollArea(parent), redraw_(new QTimer(this)), paper_(new Paper(this)) {
    setFrameShape(QFrame::NoFrame);
    setWidget(paper_);
    setWidgetResizable(true);
    setAlignment(Qt::AlignCenter);
    setAccessibleName(tr("Preview of the figure"));
    setFocusPolicy(Qt::StrongFocus);
    new FocusRing(this);
    redraw_->setSingleShot(true);
    redraw_->setInterval(kRedrawDelayMs);
    connect(redraw_, &QTimer::timeout, this, &FigurePreview::draw);
}

void FigurePreview::setFigure(const FigureSheet& sheet, const FigureOptions& options) {
    sheet_ = sheet;
    options_ = options;
    redraw_->start();
}

void FigurePreview::setZoom(Zoom zoom) {
    zoom_ = zoom;
    draw();
}

double FigurePreview::pixelsPerMm() const {
    const double trueSize = physicalDpiX() / kMmPerInch;
    if (zoom_ == Zoom::TrueSize) return trueSize;
    if (zoom_ == Zoom::Double) return 2 * trueSize;
    if (mm_.isEmpty()) return trueSize;
    const QSize room = viewport()->size() - QSize(2 * kMargin, 2 * kMargin);
    return std::clamp(std::min(room.width() / mm_.width(), room.height() / mm_.height()), 0.2, 4 * trueSize);
}

void FigurePreview::draw() {
    picture_ = {};
    mm_ = {};
    if (!sheet_.panels.empty()) {
        mm_ = pageSize(sheet_, options_);
        FigureOptions screen = options_;
        const double ratio = devicePixelRatioF();
        // What is drawn at the screen's resolution is what fits it; the file has its own.
        screen.dpi = std::clamp(qRound(pixelsPerMm() * kMmPerInch * ratio), 36, 2400);
        picture_ = renderFigure(sheet_, screen);
        picture_.setDevicePixelRatio(ratio);
    }
    const QSize size = picture_.isNull() ? QSize()
                                         : (QSizeF(picture_.size()) / picture_.devicePixelRatio()).toSize() +
                                               QSize(2 * kMargin, 2 * kMargin);
    paper_->setMinimumSize(zoom_ == Zoom::Fit || size.isEmpty() ? QSize(0, 0) : size);
    paper_->update();
    Q_EMIT drawn();
}

void FigurePreview::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    if (zoom_ == Zoom::Fit) redraw_->start();
}

void FigurePreview::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) paper_->update();
    QScrollArea::changeEvent(event);
}

}  // namespace thaw
