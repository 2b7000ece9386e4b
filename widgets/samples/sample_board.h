// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/image.h"
#include "widgets/samples/sample_compare.h"
#include "widgets/samples/sample_figure.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace thaw {

/// What a grid of samples holds, as plain data: blocks of images, the place of each seed, which is the same in every block,
/// and which block each is compared with. Blocks are counted from 0; a number that names none is ignored.
class SampleBoard {
public:
    void setCount(int blocks);
    int count() const { return int(blocks_.size()); }
    bool has(int block) const { return block >= 0 && block < count(); }
    const std::vector<SampleBlock>& blocks() const { return blocks_; }
    const SampleBlock& operator[](int block) const;  ///< an empty one where there is none

    void setHeading(int block, const QString& title, const QString& caption);
    void setEmptyHint(int block, const QString& hint);
    void setBusy(int block, const QString& text);
    void setSamples(int block, const SampleColumn& samples);

    /// Which seeds have a place; none = those of the first block that has some.
    void setSeeds(const std::vector<std::uint64_t>& seeds);
    const std::vector<std::uint64_t>& seeds() const { return seeds_; }
    /// Seeds by place.
    const std::vector<std::uint64_t>& places() const { return places_; }
    int placeOf(std::uint64_t seed) const;  ///< -1: it has none
    /// Largest first, by the last block that has images; what cannot be measured comes last. SampleMetric::Seed keeps the
    /// order of the seeds.
    void setSort(SampleMetric metric);
    SampleMetric sort() const { return metric_; }
    /// How they are sorted, in words; empty for the order of the seeds.
    QString orderText() const;
    /// While held, images that come keep every seed in its place; setSort() sorts all the same.
    void setOrderHeld(bool held);

    void setReference(int block);  ///< -1: each block's left neighbour
    int reference() const { return reference_; }
    /// The block that `block` is compared with: the reference, or its left neighbour (the first has the last); -1 when it is
    /// the only one.
    int referenceOf(int block) const;

    /// Null when the block has no image of that place's seed.
    const Image* imageAt(int block, int place) const;
    /// The image of a seed as it is, with its provenance as text (PNG keeps it); null when there is none.
    QImage imageOf(int block, std::uint64_t seed) const;
    SampleFigure figure() const;

private:
    void arrange();
    void sortPlaces();
    int judgedBlock() const;  ///< whose images are sorted by; -1: none has any

    std::vector<SampleBlock> blocks_;
    std::vector<std::uint64_t> seeds_;
    std::vector<std::uint64_t> places_;
    SampleMetric metric_ = SampleMetric::Seed;
    bool held_ = false;
    int reference_ = -1;
};

}  // namespace thaw
