// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/samples/sample_grid.h"

#include "widgets/base/number_text.h"
#include "widgets/base/theme.h"

#include <QEvent>
#include <QPainter>
#include <QVariantAnimation>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace thaw {
namespace {

constexpr int kFadeMs = 120;
constexpr int kDefaultPlaces = 16;
const SampleBlock kNoBlock;

}  // namespace

SampleGrid::SampleGrid(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("sampleGrid"));
    setAccessibleName(tr("Samples"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    describe();
}

void SampleGrid::setBlockCount(int count) {
    for (int b = count; b < blockCount(); ++b) delete pictures_[std::size_t(b)].fade;
    blocks_.resize(std::size_t(std::max(count, 0)));
    pictures_.resize(blocks_.size());
    rebuild();
}

void SampleGrid::setSeeds(const std::vector<std::uint64_t>& seeds) {
    if (seeds == seeds_) return;
    seeds_ = seeds;
    rebuild();
}

int SampleGrid::blockCount() const { return int(blocks_.size()); }

void SampleGrid::setHeading(int block, const QString& title, const QString& caption) {
    if (block < 0 || block >= blockCount()) return;
    blocks_[std::size_t(block)].title = title;
    blocks_[std::size_t(block)].caption = caption;
    layOut();
    describe();
    update();
}

void SampleGrid::setEmptyHint(int block, const QString& hint) {
    if (block < 0 || block >= blockCount()) return;
    blocks_[std::size_t(block)].emptyHint = hint;
    update();
}

void SampleGrid::setSamples(int block, const SampleColumn& samples) {
    if (block < 0 || block >= blockCount()) return;
    Pictures& pictures = pictures_[std::size_t(block)];
    std::vector<QImage> before = pictures.now;
    const auto places = places_;
    blocks_[std::size_t(block)].samples = samples;
    rebuild();
    // Only a picture of the same seed may fade into the new one.
    pictures.before = places == places_ ? std::move(before) : std::vector<QImage>();
    startFade(block);
}

void SampleGrid::clearSamples(int block) { setSamples(block, {}); }

void SampleGrid::setBusy(int block, const QString& text) {
    if (block < 0 || block >= blockCount()) return;
    blocks_[std::size_t(block)].busyText = text;
    update();
}

const SampleBlock& SampleGrid::block(int index) const {
    return index >= 0 && index < blockCount() ? blocks_[std::size_t(index)] : kNoBlock;
}

void SampleGrid::setSelectedSeed(std::optional<std::uint64_t> seed) {
    selected_ = seed;
    describe();
    update();
}

std::optional<std::uint64_t> SampleGrid::selectedSeed() const { return selected_; }
int SampleGrid::zoom() const { return int(layout_.zoom); }

QRect SampleGrid::cellRect(int block, int place) const {
    if (block < 0 || block >= int(layout_.grids.size()) || place < 0 || place >= int(places_.size())) return {};
    return seenCell(block, place).toRect();
}

SampleFigure SampleGrid::figure() const {
    SampleFigure figure;
    figure.blocks = blocks_;
    QStringList seeds;
    for (const auto seed : places_) seeds << QString::number(seed);
    if (!seeds.isEmpty()) {
        figure.caption = tr("Seeds %1 in the same places")
                             .arg(seeds.size() > 8 ? QStringLiteral("%1 … %2").arg(seeds.first(), seeds.last())
                                                   : seeds.join(QStringLiteral(", ")));
        figure.provenance.emplace_back("seeds", seeds.join(QLatin1Char(' ')));
    }
    return figure;
}

QImage SampleGrid::saveImage(int zoom) const {
    const FigureStyle style = paperStyle(font().family(), 9, 96.0 / 72);
    const double margin = 12;
    const SampleParts parts{.wholeZoom = true, .zoom = double(std::max(zoom, 1)), .perRow = layout_.perRow};
    // A first pass in a roomy area tells how much is needed.
    SampleLayout layout = layOutSamples(blocks_, layout_.places, QRectF(0, 0, 1e5, 1e5), style, parts);
    if (layout.grids.empty()) return {};
    const QSizeF size(layout.headings.back().right() - layout.headings.front().left(),
                      layout.bottom() - layout.headings.front().top());
    layout = layOutSamples(blocks_, layout_.places, QRectF(QPointF(margin, margin), size), style, parts);
    QImage image((size + 2 * QSizeF(margin, margin)).toSize(), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    drawSamples(painter, figure(), layout, style);
    return image;
}

void SampleGrid::rebuild() {
    places_ = seeds_.empty() ? placesOf(blocks_) : seeds_;
    sortPlaces();
    differences_.clear();
    for (std::size_t b = 0; b < blocks_.size(); ++b) pictures_[b].now = imagesByPlace(blocks_[b], places_);
    layOut();
    describe();
    update();
}

void SampleGrid::sortPlaces() {
    if (metric_ == SampleMetric::Seed) return;
    int judged = -1;
    for (int b = 0; b < blockCount(); ++b)
        if (!blocks_[std::size_t(b)].samples.images.empty()) judged = b;
    if (judged < 0) return;
    std::map<std::uint64_t, double> score;
    for (int place = 0; place < int(places_.size()); ++place) {
        const Image* own = imageAt(judged, place);
        const int reference = referenceOf(judged);
        const auto value =
            own ? measure(metric_, *own, reference >= 0 ? imageAt(reference, place) : nullptr) : std::nullopt;
        score[places_[std::size_t(place)]] = value.value_or(-std::numeric_limits<double>::infinity());
    }
    std::stable_sort(places_.begin(), places_.end(), [&](auto a, auto b) { return score[a] > score[b]; });
}

void SampleGrid::setSort(SampleMetric metric) {
    metric_ = metric;
    rebuild();
}

void SampleGrid::setMode(CompareMode mode) {
    mode_ = mode;
    update();
}

void SampleGrid::setReference(int block) {
    reference_ = block < blockCount() ? block : -1;
    rebuild();
}

int SampleGrid::referenceOf(int block) const {
    if (blockCount() < 2) return -1;
    if (reference_ >= 0 && reference_ != block && reference_ < blockCount()) return reference_;
    return block > 0 ? block - 1 : blockCount() - 1;
}

const Image* SampleGrid::imageAt(int block, int place) const {
    const auto& samples = blocks_[std::size_t(block)].samples;
    const auto known = std::min(samples.seeds.size(), samples.images.size());
    const auto end = samples.seeds.begin() + std::ptrdiff_t(known);
    const auto found = std::find(samples.seeds.begin(), end, places_[std::size_t(place)]);
    return found == end ? nullptr : &samples.images[std::size_t(found - samples.seeds.begin())];
}

QImage SampleGrid::imageOf(int block, std::uint64_t seed) const {
    const auto place = std::find(places_.begin(), places_.end(), seed);
    if (block < 0 || block >= blockCount() || place == places_.end()) return {};
    const Image* image = imageAt(block, int(place - places_.begin()));
    if (!image) return {};
    const SampleBlock& source = blocks_[std::size_t(block)];
    QImage picture = toQImage(*image);
    picture.setText(QStringLiteral("Software"), QStringLiteral("Thaw"));
    picture.setText(QStringLiteral("Seed"), QString::number(seed));
    picture.setText(QStringLiteral("Generator"),
                    source.title + (source.caption.isEmpty() ? QString() : QStringLiteral(", ") + source.caption));
    picture.setText(QStringLiteral("Steps"), QString::number(source.samples.steps));
    if (source.samples.kimg > 0) picture.setText(QStringLiteral("kimg"), QString::number(source.samples.kimg));
    if (source.samples.shift != LatentShift())
        picture.setText(QStringLiteral("LatentShift"),
                        QStringLiteral("%1 %2").arg(source.samples.shift.x).arg(source.samples.shift.y));
    return picture;
}

void SampleGrid::resetView() {
    view_ = {};
    update();
}

void SampleGrid::layOut() {
    const int places = places_.empty() ? kDefaultPlaces : int(places_.size());
    const QRectF area = QRectF(rect()).adjusted(kGrid + 4, kGrid, -kGrid - 4, -kGrid);
    layout_ = layOutSamples(blocks_, places, area, screenStyle(*this), {.wholeZoom = true});
}

void SampleGrid::startFade(int block) {
    Pictures& pictures = pictures_[std::size_t(block)];
    if (pictures.before.empty() || !isVisible() || !animationsWanted(this)) {
        if (pictures.fade) pictures.fade->stop();
        pictures.shown = 1;
        pictures.before.clear();
        return;
    }
    if (!pictures.fade) {
        pictures.fade = new QVariantAnimation(this);
        pictures.fade->setDuration(kFadeMs);
        pictures.fade->setStartValue(0.0);
        pictures.fade->setEndValue(1.0);
        connect(pictures.fade, &QVariantAnimation::valueChanged, this, [this, block](const QVariant& value) {
            if (block >= blockCount()) return;
            pictures_[std::size_t(block)].shown = value.toDouble();
            update(layout_.grids[std::size_t(block)].toAlignedRect());
        });
    }
    pictures.fade->stop();
    pictures.shown = 0;
    pictures.fade->start();
}

void SampleGrid::describe() {
    QStringList parts;
    for (const auto& block : blocks_)
        parts << tr("%1: %2").arg(
            block.title, block.samples.images.empty() ? tr("empty") : tr("images %1").arg(block.samples.images.size()));
    if (selected_) parts << tr("seed %1 is selected").arg(*selected_);
    setAccessibleDescription(parts.isEmpty() ? tr("No samples yet") : parts.join(QStringLiteral("; ")));
}

void SampleGrid::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    layOut();
}

void SampleGrid::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layOut();
}

void SampleGrid::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) layOut();
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) update();
}

QSize SampleGrid::sizeHint() const { return {720, 320}; }

QSize SampleGrid::minimumSizeHint() const {
    // Room for every block at zoom 1 with the places in a square.
    const int places = places_.empty() ? kDefaultPlaces : int(places_.size());
    const int perRow = std::max(1, int(std::ceil(std::sqrt(double(places)))));
    const QSize image = layout_.image.isEmpty() ? QSize(28, 28) : layout_.image;
    const int rows = (places + perRow - 1) / perRow, blocks = std::max(blockCount(), 1);
    return {std::min(900, blocks * (perRow * (image.width() + 2) + 20) + 3 * kGrid),
            std::min(600, rows * (image.height() + 2) + int(headingHeight(screenStyle(*this))) + 3 * kGrid)};
}

}  // namespace thaw
