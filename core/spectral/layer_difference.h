// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spectral/layer_sweep.h"
#include "core/values/layer_difference.h"

namespace thaw {

/// Two denoisers measured side by side; see LayerDifferenceTable. Pieces as in LayerSweep, two forward passes each.
class LayerDifference : public Measurement<LayerDifferenceTable> {
public:
    /// No blocks in the request: all whole blocks that both have. Throws as LayerSweep does, and WrongKind when the
    /// networks make other images, or have no block in common.
    LayerDifference(Denoiser a, Denoiser b, Dataset data, LayerSweepRequest request, std::string titleA = {},
                    std::string titleB = {});

    bool advance() override;
    double progress() const override;
    LayerDifferenceTable value() const override;

private:
    Denoiser a_, b_;
    Dataset data_;
    LayerSweepRequest request_;
    std::string titleA_, titleB_;
    std::vector<ImageRange> ranges_;
    std::size_t next_ = 0;
    ResponseRings ringsA_, ringsB_;
    std::vector<Moments> moments_;  // [B][S], of d[0 .. K-1]
};

}  // namespace thaw
