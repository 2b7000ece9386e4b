// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/image.h"
#include "widgets/samples/sample_compare.h"
#include "widgets/samples/sample_figure.h"
#include "widgets/samples/sample_view.h"

#include <QImage>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

class QVariantAnimation;

namespace thaw {

/// The same seeds side by side: every block shows the seeds in the same k × k places, pixelated at one integer zoom.
/// Hover names the seed, a click selects it in every block. Every block has a reference: the one that was chosen, else
/// the block to its left (the first has the last). Holding Shift shows the reference's image in place; wipe and
/// difference modes show both. The wheel magnifies all blocks together; large pixels say their values.
/// Keys: arrows move the selection, W wipes, D takes the difference, Escape leaves both, + - 0 zoom.
class SampleGrid : public QWidget {
    Q_OBJECT
public:
    explicit SampleGrid(QWidget* parent = nullptr);

    void setBlockCount(int count);
    int blockCount() const;
    /// Which seeds have a place, from the first image on; nothing jumps while the others come.
    void setSeeds(const std::vector<std::uint64_t>& seeds);
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

    void setMode(CompareMode mode);  ///< does not emit
    CompareMode mode() const { return mode_; }
    void setReference(int block);  ///< -1: each block's left neighbour
    int reference() const { return reference_; }
    /// The block that `block` is compared with; -1 when it is the only one.
    int referenceOf(int block) const;
    /// Largest first, by the last block that has images; SampleMetric::Seed restores the order of the seeds.
    void setSort(SampleMetric metric);
    SampleMetric sort() const { return metric_; }
    std::vector<std::uint64_t> order() const { return places_; }  ///< seeds by place

    const SampleView& view() const { return view_; }
    void resetView();
    double wipe() const { return wipe_; }  ///< the line's place in a cell, 0 left to 1 right
    /// The image of a seed as it is, with its provenance as text (PNG keeps it); null when there is none.
    QImage imageOf(int block, std::uint64_t seed) const;

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
    void modeChanged(thaw::CompareMode mode);
    /// The pointer drags the latents: so many seeds to the right and rows down since the last signal.
    void walked(double right, double down);
    void walkEnded();
    void homeRequested();  ///< a double click: back to where everything began
    void imageMenuRequested(int block, quint64 seed, const QPoint& at);
    void headingMenuRequested(int block, const QPoint& at);

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
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
    void sortPlaces();
    void layOut();
    void startFade(int block);
    Cell cellAt(QPointF position) const;
    QRectF seenCell(int block, int place) const;
    int gridAt(QPointF position) const;
    const Image* imageAt(int block, int place) const;
    void drag(QMouseEvent* event);
    void zoomBy(double factor, QPointF about);
    void changeMode(CompareMode mode);
    void paintCell(QPainter& painter, int block, int place) const;
    void paintValues(QPainter& painter, int block, int place, const QRectF& cell) const;
    void paintFrames(QPainter& painter, const FigureStyle& style) const;
    SampleBlock shownHeading(int block) const;
    int shownBlock(int block) const;
    void paintBlock(QPainter& painter, int block, const FigureStyle& style) const;
    void hover(Cell cell);
    void select(std::uint64_t seed);
    void setFlipping(bool on);
    void describe();
    QString readout() const;

    std::vector<SampleBlock> blocks_;
    std::vector<Pictures> pictures_;
    std::vector<std::uint64_t> seeds_;  // as set, empty = those of the first block that has some
    std::vector<std::uint64_t> places_;
    SampleLayout layout_;
    SampleView view_;
    CompareMode mode_ = CompareMode::Plain;
    SampleMetric metric_ = SampleMetric::Seed;
    int reference_ = -1;
    double wipe_ = 0.5;
    mutable std::vector<std::vector<QImage>> differences_;  // by block and place, made when first seen
    std::optional<QPointF> pressed_;                        // where the left button went down
    bool dragged_ = false;
    Cell hovered_;
    std::optional<std::uint64_t> selected_;
    bool flipping_ = false;
    bool keyboardFocus_ = false;  ///< the frame helps the keyboard and would only bother the mouse
};

}  // namespace thaw
