// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/samples/sample_pictures.h"

#include "widgets/base/theme.h"

#include <QVariantAnimation>
#include <QWidget>

#include <algorithm>

namespace thaw {
namespace {

constexpr int kFadeMs = 120;

}  // namespace

bool SamplePictures::Block::empty() const {
    return shown >= 1 && std::all_of(now.begin(), now.end(), [](const QImage& image) { return image.isNull(); });
}

SamplePictures::SamplePictures(QWidget* widget) : QObject(widget), widget_(*widget) {}

void SamplePictures::setCount(int blocks) {
    const auto count = std::size_t(std::max(blocks, 0));
    for (std::size_t b = count; b < blocks_.size(); ++b) delete blocks_[b].fade;
    blocks_.resize(count);
}

void SamplePictures::rebuild(const SampleBoard& board) {
    differences_.clear();
    for (int b = 0; b < board.count(); ++b) blocks_[std::size_t(b)].now = imagesByPlace(board[b], board.places());
}

void SamplePictures::fade(int block, std::vector<QImage> before) {
    Block& pictures = blocks_[std::size_t(block)];
    if (before.empty() || !widget_.isVisible() || !animationsWanted(&widget_)) {
        if (pictures.fade) pictures.fade->stop();
        pictures.shown = 1;
        pictures.before.clear();
        return;
    }
    pictures.before = std::move(before);
    if (!pictures.fade) {
        pictures.fade = new QVariantAnimation(this);
        pictures.fade->setDuration(kFadeMs);
        pictures.fade->setStartValue(0.0);
        pictures.fade->setEndValue(1.0);
        connect(pictures.fade, &QVariantAnimation::valueChanged, this, [this, block](const QVariant& value) {
            if (block >= int(blocks_.size())) return;
            blocks_[std::size_t(block)].shown = value.toDouble();
            Q_EMIT changed(block);
        });
    }
    pictures.fade->stop();
    pictures.shown = 0;
    pictures.fade->start();
}

const QImage& SamplePictures::difference(const SampleBoard& board, int block, int place) {
    differences_.resize(std::size_t(board.count()));
    auto& made = differences_[std::size_t(block)];
    made.resize(board.places().size());
    QImage& difference = made[std::size_t(place)];
    if (!difference.isNull()) return difference;
    const int reference = board.referenceOf(block);
    const Image* own = board.imageAt(block, place);
    const Image* other = reference >= 0 ? board.imageAt(reference, place) : nullptr;
    if (own && other) difference = differenceImage(*own, *other);
    return difference;
}

}  // namespace thaw
