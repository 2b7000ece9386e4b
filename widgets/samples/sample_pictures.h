// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/samples/sample_board.h"

#include <QObject>

class QVariantAnimation;
class QWidget;

namespace thaw {

/// The images of a board ready to be painted, by block and place; new ones cross-fade in 120 ms unless the desktop asks for
/// no animation.
class SamplePictures : public QObject {
    Q_OBJECT
public:
    /// One block's pictures, null where it has none.
    struct Block {
        std::vector<QImage> now;
        std::vector<QImage> before;  ///< what fades out
        double shown = 1;            ///< share of `now`
        QVariantAnimation* fade = nullptr;

        bool empty() const;  ///< neither now nor fading out
    };

    explicit SamplePictures(QWidget* widget);

    void setCount(int blocks);
    /// Takes the images of the board as they are and forgets the differences.
    void rebuild(const SampleBoard& board);
    /// Shows `before` fading into the pictures of now; an empty list shows them at once.
    void fade(int block, std::vector<QImage> before);
    const Block& operator[](int block) const { return blocks_[std::size_t(block)]; }
    /// Image of a place minus its reference's; made when first seen, null when either is missing.
    const QImage& difference(const SampleBoard& board, int block, int place);

Q_SIGNALS:
    void changed(int block);  ///< while it fades

private:
    QWidget& widget_;
    std::vector<Block> blocks_;
    std::vector<std::vector<QImage>> differences_;  // by block and place
};

}  // namespace thaw
