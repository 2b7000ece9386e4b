// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/samples/sample_board.h"

#include "widgets/samples/sample_text.h"

#include <algorithm>
#include <limits>
#include <map>

namespace thaw {
namespace {

const SampleBlock kNoBlock;

}  // namespace

void SampleBoard::setCount(int blocks) {
    blocks_.resize(std::size_t(std::max(blocks, 0)));
    arrange();
}

const SampleBlock& SampleBoard::operator[](int block) const {
    return has(block) ? blocks_[std::size_t(block)] : kNoBlock;
}

void SampleBoard::setHeading(int block, const QString& title, const QString& caption) {
    if (!has(block)) return;
    blocks_[std::size_t(block)].title = title;
    blocks_[std::size_t(block)].caption = caption;
}

void SampleBoard::setEmptyHint(int block, const QString& hint) {
    if (has(block)) blocks_[std::size_t(block)].emptyHint = hint;
}

void SampleBoard::setBusy(int block, const QString& text) {
    if (has(block)) blocks_[std::size_t(block)].busyText = text;
}

void SampleBoard::setSamples(int block, const SampleColumn& samples) {
    if (!has(block)) return;
    blocks_[std::size_t(block)].samples = samples;
    arrange();
}

void SampleBoard::setSeeds(const std::vector<std::uint64_t>& seeds) {
    seeds_ = seeds;
    arrange();
}

int SampleBoard::placeOf(std::uint64_t seed) const {
    const auto found = std::find(places_.begin(), places_.end(), seed);
    return found == places_.end() ? -1 : int(found - places_.begin());
}

void SampleBoard::setSort(SampleMetric metric) {
    metric_ = metric;
    places_.clear();
    arrange();
}

void SampleBoard::setOrderHeld(bool held) {
    held_ = held;
    arrange();
}

void SampleBoard::setReference(int block) {
    reference_ = block < count() ? block : -1;
    arrange();
}

int SampleBoard::referenceOf(int block) const {
    if (count() < 2) return -1;
    if (reference_ >= 0 && reference_ != block && reference_ < count()) return reference_;
    return block > 0 ? block - 1 : count() - 1;
}

void SampleBoard::arrange() {
    const auto places = seeds_.empty() ? placesOf(blocks_) : seeds_;
    if (held_ && std::is_permutation(places.begin(), places.end(), places_.begin(), places_.end())) return;
    places_ = places;
    if (metric_ != SampleMetric::Seed) sortPlaces();
}

void SampleBoard::sortPlaces() {
    const int judged = judgedBlock();
    if (judged < 0) return;
    const int reference = referenceOf(judged);
    std::map<std::uint64_t, double> score;
    for (int place = 0; place < int(places_.size()); ++place) {
        const Image* own = imageAt(judged, place);
        const auto value =
            own ? measure(metric_, *own, reference >= 0 ? imageAt(reference, place) : nullptr) : std::nullopt;
        score[places_[std::size_t(place)]] = value.value_or(-std::numeric_limits<double>::infinity());
    }
    std::stable_sort(places_.begin(), places_.end(), [&](auto a, auto b) { return score[a] > score[b]; });
}

QString SampleBoard::orderText() const {
    const int judged = judgedBlock();
    switch (metric_) {
    case SampleMetric::Seed: return {};
    case SampleMetric::Psnr: {
        const int reference = referenceOf(judged);
        return reference < 0 ? SampleText::tr("by PSNR, largest first")
                             : SampleText::tr("by PSNR of %1 against %2, largest first")
                                   .arg((*this)[judged].title, (*this)[reference].title);
    }
    case SampleMetric::Sharpness: break;
    }
    return SampleText::tr("by sharpness of %1, largest first").arg((*this)[judged].title);
}

int SampleBoard::judgedBlock() const {
    for (int b = count() - 1; b >= 0; --b)
        if (!(*this)[b].samples.images.empty()) return b;
    return -1;
}

const Image* SampleBoard::imageAt(int block, int place) const {
    const SampleColumn& samples = (*this)[block].samples;
    const auto known = std::min(samples.seeds.size(), samples.images.size());
    const auto end = samples.seeds.begin() + std::ptrdiff_t(known);
    const auto found = std::find(samples.seeds.begin(), end, places_[std::size_t(place)]);
    return found == end ? nullptr : &samples.images[std::size_t(found - samples.seeds.begin())];
}

QImage SampleBoard::imageOf(int block, std::uint64_t seed) const {
    const int place = placeOf(seed);
    const Image* image = has(block) && place >= 0 ? imageAt(block, place) : nullptr;
    if (!image) return {};
    const SampleBlock& source = (*this)[block];
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

SampleFigure SampleBoard::figure() const {
    SampleFigure figure;
    figure.blocks = blocks_;
    QStringList seeds;
    for (const auto seed : places_) seeds << QString::number(seed);
    if (seeds.isEmpty()) return figure;
    figure.order = places_;
    // Sorted, the first and the last say nothing of those between them.
    const bool rows = metric_ == SampleMetric::Seed && seeds.size() > 8;
    const auto [least, most] = std::minmax_element(places_.begin(), places_.end());
    figure.caption = SampleText::tr("Seeds %1 in the same places")
                         .arg(rows               ? QStringLiteral("%1 … %2").arg(seeds.first(), seeds.last())
                              : seeds.size() > 8 ? QStringLiteral("%1 … %2").arg(*least).arg(*most)
                                                 : seeds.join(QStringLiteral(", ")));
    if (const QString order = orderText(); !order.isEmpty()) {
        figure.caption += QStringLiteral(" · ") + order;
        figure.provenance.emplace_back("order", order);
    }
    figure.provenance.emplace_back("seeds", seeds.join(QLatin1Char(' ')));
    return figure;
}

}  // namespace thaw
