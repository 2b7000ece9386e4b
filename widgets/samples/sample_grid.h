// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/samples/sample_scene.h"

#include <QWidget>

namespace thaw {

class SamplePictures;
class StaleVeil;

/// The same seeds side by side: every block shows the seeds in the same k × k places, pixelated at one zoom.
/// Hover names the seed, a click selects it in every block. Every block has a reference: the one that was chosen, else
/// the block to its left (the first has the last). Holding Shift shows the reference's image in place; wipe and
/// difference modes show both. The wheel magnifies all blocks together; large pixels say their values.
/// Keys: arrows move the selection, W wipes, D takes the difference, Escape leaves both, + - 0 zoom.
///
/// A SampleScene keeps what is seen and SamplePictures the images, drawScene draws them; this is the widget, its mouse and
/// its keys.
class SampleGrid : public QWidget {
    Q_OBJECT
public:
    explicit SampleGrid(QWidget* parent = nullptr);

    void setBlockCount(int count);
    int blockCount() const { return scene_.board.count(); }
    /// Which seeds have a place, from the first image on; nothing jumps while the others come.
    void setSeeds(const std::vector<std::uint64_t>& seeds);
    void setHeading(int block, const QString& title, const QString& caption = {});
    void setEmptyHint(int block, const QString& hint);
    /// New images cross-fade in 120 ms unless the desktop asks for no animation.
    void setSamples(int block, const SampleColumn& samples);
    void clearSamples(int block);
    void setBusy(int block, const QString& text);  ///< an empty text: not busy
    /// The images do not answer what the block would be asked for now: they are dimmed, with that word. Empty: they do.
    void setStale(int block, const QString& word);
    QString staleWord(int block) const;
    const SampleBlock& block(int index) const { return scene_.board[index]; }

    void setSelectedSeed(std::optional<std::uint64_t> seed);  ///< does not emit
    std::optional<std::uint64_t> selectedSeed() const { return scene_.selected; }
    bool flipping() const { return scene_.flipping; }

    void setMode(CompareMode mode);  ///< does not emit
    CompareMode mode() const { return scene_.mode; }
    void setReference(int block);  ///< -1: each block's left neighbour
    int reference() const { return scene_.board.reference(); }
    /// The block that `block` is compared with; -1 when it is the only one.
    int referenceOf(int block) const { return scene_.board.referenceOf(block); }
    /// Largest first, by the last block that has images; SampleMetric::Seed restores the order of the seeds.
    void setSort(SampleMetric metric);
    std::vector<std::uint64_t> order() const { return scene_.board.places(); }  ///< seeds by place

    const SampleView& view() const { return scene_.view; }
    void resetView();
    double wipe() const { return scene_.wipe; }  ///< the line's place in a cell, 0 left to 1 right
    /// The image of a seed as it is, with its provenance as text (PNG keeps it); null when there is none.
    QImage imageOf(int block, std::uint64_t seed) const { return scene_.board.imageOf(block, seed); }

    double zoom() const { return scene_.layout.zoom; }  ///< screen pixels per image pixel
    /// Where the image of the `place`-th seed is in `block`; null when there is no such place.
    QRect cellRect(int block, int place) const;

    SampleMetric sort() const { return scene_.board.sort(); }
    QString orderText() const { return scene_.board.orderText(); }  ///< how they are sorted, in words

    SampleFigure figure() const { return scene_.board.figure(); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void seedSelected(quint64 seed);
    void hovered(const QString& readout);  ///< "seed 5 · 1 step, after"; empty when the pointer leaves
    void modeChanged(thaw::CompareMode mode);
    /// The pointer drags the latents: so many seeds to the right and rows down since the last signal.
    void walked(double right, double down);
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
    void boardChanged();
    void layOut();
    void drag(const QMouseEvent& event);
    void zoomBy(double factor, QPointF about);
    void changeMode(CompareMode mode);
    bool pressViewKey(const QKeyEvent& event);
    void hover(SampleCell cell);
    void select(std::uint64_t seed);
    void setFlipping(bool on);
    void describe();

    SampleScene scene_;
    SamplePictures* pictures_;
    std::vector<StaleVeil*> veils_;   // one a block
    std::optional<QPointF> pressed_;  // where the left button went down
    bool dragged_ = false;
    bool keyboardFocus_ = false;  // the frame helps the keyboard and would only bother the mouse
};

}  // namespace thaw
