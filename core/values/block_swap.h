// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/layer_sweep.h"

namespace thaw {

struct BlockSwapRequest {
    std::vector<std::string> blocks;  ///< top-level modules, the mapping layers too; empty = all
    std::vector<double> sigmas{80};
    int images = 64;
    std::uint64_t firstSeed = 0;
    int chunk = 16;         ///< images a forward pass
    ClassChoice classes{};  ///< what a conditional network is told

    bool operator==(const BlockSwapRequest&) const = default;
};

/// What the output of a fine-tuned network changes when one block gets its pre-trained weights back (our own definition):
/// R[k] of D_swapped(x) - D_tuned(x), on the same inputs. B blocks, S noise levels, K frequencies, row-major; NaN where
/// nothing is measured yet.
struct BlockSwapTable {
    std::string model, against;  ///< titles of the fine-tuned and the pre-trained network
    std::vector<std::string> blocks;
    std::vector<double> sigmas;
    std::vector<double> frequencies;   ///< [K] cycles per image
    std::vector<double> power;         ///< [B][S][K] radial profile of the change, power per pixel
    std::vector<double> deviation;     ///< [B][S][K] over images
    std::vector<double> energy;        ///< [B][S] mean square of the change per pixel
    std::vector<double> share;         ///< [B][S] of wholeEnergy; shares need not sum to 1, blocks work together
    std::vector<double> wholePower;    ///< [S][K] all common weights back at once: pre-trained minus fine-tuned output
    std::vector<double> wholeEnergy;   ///< [S]
    std::vector<std::int64_t> images;  ///< [B][S] so far
    std::uint64_t firstSeed = 0;

    std::size_t cell(std::size_t block, std::size_t sigma) const { return block * sigmas.size() + sigma; }
    std::size_t cell(std::size_t block, std::size_t sigma, std::size_t frequency) const {
        return cell(block, sigma) * frequencies.size() + frequency;
    }
};

}  // namespace thaw
