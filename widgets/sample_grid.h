// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/image.h"
#include "widgets/sample_figure.h"

#include <QImage>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

class QVariantAnimation;

namespace thaw {

/// The same seeds side by side: every block shows the seeds in the same k × k places, pixelated at one integer zoom.
/// Hover names the seed, a click selects it in every block, holding Shift shows the previous block's image in place
/// (the first block shows the last one's). Arrow keys move the selection.
class SampleGrid : public QWidget {
    Q_OBJECT
public:
    explicit SampleGrid(QWidget* parent = nullptr);

    void setBlockCount(int count);
    int blockCount() const;
    void setHeading(int block, const QString& title, const QString& caption = {});
    void setEmptyHint(int block, const QString& hint);
    /// New images cross-fade in 120 ms unless the desktop asks for no animation.
    void setSamples(int block, const SampleColumn& samples);
    void clearSamples(int block);
    void setBusy(int block, const QString& text);  ///< empty text = at rest
    const SampleBlock& block(int index) const;

    void setSelectedSeed(std::optional<std::uint64_t> seed);  ///< does not emit
    std::optional<std::uint64_t> selectedSeed() const;
    bool flipping() const { return flipping_; }

    int zoom() const;  ///< screen pixels per image pixel
    /// Where the image of the `place`-th seed is in `block`; null when there is no such place.
    QRect cellRect(int block, int place) const;

    SampleFigure figure() const;
    /// All blocks with headings at `zoom` pixels per image pixel, on white, light theme.
    QImage saveImage(int zoom = 4) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void seedSelected(quint64 seed);
    void hovered(const QString& readout);  ///< "seed 5 · 1 step, after"; empty when the pointer leaves

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Cell {
        int block = -1;
        int place = -1;
        bool operator==(const Cell&) const = default;
    };
    struct Pictures {
        std::vector<QImage> now;
        std::vector<QImage> before;  // what fades out
        double shown = 1;            // share of `now`
        QVariantAnimation* fade = nullptr;
    };

    void rebuild();
    void layOut();
    void startFade(int block);
    Cell cellAt(QPointF position) const;
    int shownBlock(int block) const;
    void paintBlock(QPainter& painter, int block, const FigureInk& ink) const;
    void hover(Cell cell);
    void select(std::uint64_t seed);
    void setFlipping(bool on);
    void describe();
    QString readout() const;

    std::vector<SampleBlock> blocks_;
    std::vector<Pictures> pictures_;
    std::vector<std::uint64_t> places_;
    SampleLayout layout_;
    Cell hovered_;
    std::optional<std::uint64_t> selected_;
    bool flipping_ = false;
    bool keyboardFocus_ = false;  ///< the frame helps the keyboard and would only bother the mouse
};

}  // namespace thaw
