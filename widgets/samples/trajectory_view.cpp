// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/samples/trajectory_view.h"

#include "widgets/base/empty_state.h"
#include "widgets/base/icons.h"
#include "widgets/base/number_text.h"
#include "widgets/base/stale_veil.h"
#include "widgets/base/theme.h"
#include "widgets/samples/sample_figure.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QSlider>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr int kPlayMs = 120;
constexpr int kPictureHeight = 116;

}  // namespace

TrajectoryView::TrajectoryView(QWidget* parent)
    : QWidget(parent),
      play_(new QToolButton(this)),
      slider_(new QSlider(Qt::Horizontal, this)),
      value_(new QLabel(this)),
      timer_(new QTimer(this)),
      veil_(new StaleVeil(this)) {
    setObjectName(QStringLiteral("trajectoryView"));
    setAccessibleName(tr("Trajectory"));
    play_->setObjectName(QStringLiteral("trajectoryPlay"));
    play_->setCheckable(true);
    play_->setAutoRaise(true);
    play_->setIconSize({16, 16});
    play_->setToolTip(tr("Play the way from noise to image"));
    play_->setAccessibleName(play_->toolTip());
    slider_->setObjectName(QStringLiteral("trajectoryStep"));
    slider_->setToolTip(tr("Steps of the sampler, from pure noise on the left to the image on the right"));
    slider_->setAccessibleName(tr("Step of the sampler"));
    value_->setFont(tabularFont(font()));
    value_->setMinimumWidth(value_->fontMetrics().horizontalAdvance(
                                tr("step %1 of %2, σ %3").arg(18).arg(18).arg(QStringLiteral("0.0025"))) +
                            kGrid);
    makeMuted(value_);
    auto* controls = new QHBoxLayout;
    controls->setSpacing(kGrid);
    controls->addWidget(play_);
    controls->addWidget(slider_, 1);
    controls->addWidget(value_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kGrid, kGrid / 2, kGrid, 0);
    layout->addStretch(1);
    layout->addLayout(controls);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    timer_->setInterval(kPlayMs);
    connect(slider_, &QSlider::valueChanged, this, &TrajectoryView::showStep);
    connect(play_, &QToolButton::toggled, this, &TrajectoryView::setPlaying);
    connect(timer_, &QTimer::timeout, this, [this] {
        if (slider_->value() < slider_->maximum()) slider_->setValue(slider_->value() + 1);
        else slider_->setValue(0);
    });
    setFocusProxy(slider_);
    clear();
    retint();
}

void TrajectoryView::setTrajectory(const Trajectory& trajectory) {
    const bool same = trajectory.sigmas.size() == trajectory_.sigmas.size();
    trajectory_ = trajectory;
    noisy_.clear();
    denoised_.clear();
    for (const Image& image : trajectory.noisy) noisy_.push_back(toQImage(image));
    for (const Image& image : trajectory.denoised) denoised_.push_back(toQImage(image));
    const int last = int(trajectory.sigmas.size()) - 1;
    slider_->setEnabled(last > 0);
    play_->setEnabled(last > 0);
    slider_->setRange(0, std::max(last, 0));
    // A new trajectory is first shown at its end, where it can be compared with the one-step images.
    if (!same) slider_->setValue(std::max(last, 0));
    busy_ = false;
    showStep();
}

void TrajectoryView::setModel(const QString& title) {
    model_ = title;
    showStep();
}

void TrajectoryView::setStills(const std::vector<Still>& stills) {
    stills_ = stills;
    showStep();
}

void TrajectoryView::setBusy(bool busy) {
    busy_ = busy;
    update();
}

void TrajectoryView::setStale(const QString& word) { veil_->setWord(word); }
QString TrajectoryView::staleWord() const { return veil_->word(); }

void TrajectoryView::clear() {
    setPlaying(false);
    setTrajectory({});
}

int TrajectoryView::step() const { return trajectory_.sigmas.empty() ? -1 : slider_->value(); }
void TrajectoryView::setStep(int step) { slider_->setValue(step); }
bool TrajectoryView::isPlaying() const { return timer_->isActive(); }

void TrajectoryView::setPlaying(bool on) {
    play_->setChecked(on);
    if (on) timer_->start();
    else timer_->stop();
    retint();
}

void TrajectoryView::showStep() {
    update();
    if (step() < 0) {
        value_->clear();
        setAccessibleDescription(tr("No trajectory yet"));
        return;
    }
    const double sigma = trajectory_.sigmas[std::size_t(step())];
    value_->setText(
        tr("step %1 of %2, σ %3").arg(step()).arg(trajectory_.sigmas.size() - 1).arg(formatNumber(sigma, 3)));
    // Whose pictures they are is said too.
    QStringList parts{tr("Seed %1, %2").arg(trajectory_.seed).arg(value_->text())};
    if (!model_.isEmpty()) parts << model_;
    for (const Still& still : stills_)
        parts << (still.caption.isEmpty() ? still.title : QStringLiteral("%1 (%2)").arg(still.title, still.caption));
    setAccessibleDescription(parts.join(QStringLiteral("; ")));
}

void TrajectoryView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const FigureStyle style = screenStyle(*this);
    const QRectF area(kGrid, kGrid / 2.0, width() - 2.0 * kGrid, slider_->geometry().top() - kGrid);
    if (step() < 0)
        return drawEmptyState(painter, area,
                              busy_ ? tr("sampling…") : tr("Click an image to follow its way from noise."), style);
    const auto at = std::size_t(step());
    std::vector<Still> pictures{{tr("x, scaled"), model_, noisy_[at]}, {tr("D(x; σ)"), model_, denoised_[at]}};
    pictures.insert(pictures.end(), stills_.begin(), stills_.end());
    const double line = lineHeight(style.small()), gap = 2 * kGrid;
    const QSize image = noisy_[at].size();
    const double slot = (area.width() - gap * double(pictures.size() - 1)) / double(pictures.size());
    // Names stand whole: in one line where there is room for it, else in several.
    struct Heading {
        QStringList title, caption;
        double width = 72;
    };
    std::vector<Heading> headings;
    int rows = 2;
    for (const Still& picture : pictures) {
        Heading heading{brokenLines(picture.title, style.small(), slot),
                        brokenLines(picture.caption, style.small(), slot)};
        for (const QString& text : heading.title + heading.caption)
            heading.width = std::max(heading.width, textWidth(style.small(), text));
        rows = std::max(rows, int(heading.title.size() + heading.caption.size()));
        headings.push_back(std::move(heading));
    }
    double zoom = std::min((area.height() - rows * line) / image.height(), slot / image.width());
    // Steps of a quarter, as in the grid, so that small pictures fill their room too.
    if (zoom >= 1) zoom = zoom >= 4 ? std::floor(zoom) : std::floor(zoom * 4) / 4;
    const QSizeF size = QSizeF(image) * std::max(zoom, 0.05);
    double total = -gap;
    for (Heading& heading : headings) {
        heading.width = std::min(slot, std::ceil(std::max(size.width(), heading.width)));
        total += heading.width + gap;
    }
    double x = std::floor(area.left() + std::max(0.0, (area.width() - total) / 2));
    for (std::size_t p = 0; p < pictures.size(); ++p) {
        const Still& picture = pictures[p];
        QRectF place(x, area.top(), headings[p].width + 1, line);
        const auto write = [&](const QStringList& lines, const QColor& colour) {
            for (const QString& text : lines) {
                drawLine(painter, place, Qt::AlignLeft, text, style.small(), colour);
                place.translate(0, line);
            }
        };
        write(headings[p].title, style.text);
        write(headings[p].caption, style.muted);
        const QRectF box(x, std::ceil(area.top() + rows * line), size.width(), size.height());
        if (!picture.image.isNull()) drawPixels(painter, box, picture.image);
        else painter.fillRect(box, QColor(128, 128, 128, 24));
        x += headings[p].width + gap;
    }
    drawBadge(painter, area, busy_ ? tr("sampling…") : QString(), style);
}

void TrajectoryView::retint() {
    play_->setIcon(glyphIcon(isPlaying() ? Glyph::Pause : Glyph::Play, palette().color(QPalette::ButtonText)));
}

void TrajectoryView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) retint();
}

QSize TrajectoryView::sizeHint() const { return {480, kPictureHeight + slider_->sizeHint().height() + 3 * kGrid}; }
QSize TrajectoryView::minimumSizeHint() const { return {240, 96}; }

}  // namespace thaw
