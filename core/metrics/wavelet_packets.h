// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <cstdint>

namespace thaw {

/// Full wavelet packet transform with the orthonormal Haar wavelet. One level replaces neighbours a, b along an axis by
///
///     low = (a + b)/√2,   high = (a - b)/√2
///
/// along rows and columns; every band is split again at the next level, so that level l has 2^l × 2^l bands of
/// (H/2^l) × (W/2^l) coefficients. Bands stand in the order of rising frequency: band (i, j) has about i/2^(l+1) to
/// (i+1)/2^(l+1) cycles a pixel from row to row and likewise j from column to column (a high-passed and decimated band is
/// mirrored, which the order undoes by the Gray code). Orthonormal: sums of squares are kept, and a constant c lies in
/// band (0, 0) alone, as c·2^l.
///
/// images [N, C, H, W], any type; 2^level must divide H and W. -> double [4^level, N, C·(H/2^l)·(W/2^l)] on the device of
/// the images, band i·2^l + j first; vectors run over channels, rows, columns.
torch::Tensor waveletPackets(const torch::Tensor& images, int level);

/// The images again: packets as above, of `channels` channels and square bands -> double [N, C, R, R].
torch::Tensor imagesOfPackets(const torch::Tensor& packets, int level, std::int64_t channels);

}  // namespace thaw
