// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spectral/moments.h"
#include "core/spectral/probe_inputs.h"
#include "core/spectral/ring_power.h"
#include "core/values/block_swap.h"
#include "core/values/measurement.h"

#include <utility>
#include <vector>

namespace thaw {

/// While it lives, the named modules of `network` (paths below `model.`, e.g. `enc.28x28_block0`, with everything in them)
/// have the weights and buffers of `source`. At its end, by whatever way, they have their own again, bit for bit.
class SwappedWeights {
public:
    /// Throws WrongKind, before anything is changed, when a module is not in both networks or has other shapes.
    SwappedWeights(Denoiser& network, const Denoiser& source, const std::vector<std::string>& modules);
    ~SwappedWeights();
    SwappedWeights(const SwappedWeights&) = delete;
    SwappedWeights& operator=(const SwappedWeights&) = delete;

private:
    std::vector<std::pair<torch::Tensor, torch::Tensor>> kept_;  // the live tensor, a copy of what it was
};

/// Swaps every block of a fine-tuned network back to its pre-trained weights, one at a time; see BlockSwapTable. A piece
/// is one swapped block on one chunk of images. The fine-tuned network must not be used by others while a piece is
/// measured; between pieces it is as it was.
class BlockSwap : public Measurement<BlockSwapTable> {
public:
    /// Throws Usage (unknown block), Configuration, WrongKind (data or networks that do not fit).
    BlockSwap(Denoiser tuned, Denoiser pretrained, Dataset data, BlockSwapRequest request, std::string titleTuned = {},
              std::string titlePretrained = {});

    bool advance() override;
    double progress() const override;
    BlockSwapTable value() const override;

private:
    void addChange(Moments& moments, const torch::Tensor& output);

    Denoiser tuned_, pretrained_;
    Dataset data_;
    BlockSwapRequest request_;
    std::string titleTuned_, titlePretrained_;
    std::vector<std::string> common_;  // all modules that both have
    std::vector<ImageRange> ranges_;
    std::size_t next_ = 0;                    // (range · S + sigma) · (B + 1) + block, block B being all at once
    torch::Tensor inputs_, labels_, output_;  // of the present range and noise level
    RingPower rings_;
    std::vector<Moments> moments_;  // [B + 1][S], of {E[0 .. allRings-1]}
};

}  // namespace thaw
