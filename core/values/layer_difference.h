// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/significance.h"

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

/// Effect-size floor: with enough images any difference becomes significant, so smaller ones are not called a change.
inline constexpr double kSmallestDifferenceDb = 0.5;

/// Two networks on the same inputs (our own definition): per image d = 10·log10(R_A[k]) - 10·log10(R_B[k]) of a
/// response's radial profile; then over images its mean, standard error, and a paired t-test of "the mean is 0". [B][S][K]
/// row-major; NaN where a resolution has no such frequency, where a response has no power, and below two images.
///
/// The replicate is the image (its noise, and below sigma 80 its picture) under two fixed networks: a significant cell says
/// that these two differ on such images, and nothing of networks trained with other seeds. The test is made once, when all
/// images that were asked for are in; tests on the way would find differences by being asked often.
struct LayerDifferenceTable {
    std::string model, against;       ///< titles of A and B
    std::vector<std::string> blocks;  ///< responses that both networks have
    std::vector<double> sigmas;
    std::vector<double> frequencies;  ///< [K] cycles per image
    std::vector<double> difference;   ///< [B][S][K] mean of d, dB: above 0 where A is stronger; known from one image on
    std::vector<double> standardError;
    std::vector<double> t;  ///< t, p and q are NaN until `complete`
    std::vector<double> p;  ///< two-sided
    std::vector<double> q;  ///< p adjusted over all cells (Benjamini-Hochberg): q <= 0.05 keeps 5 % false finds
    std::vector<std::int64_t> images;  ///< [S] so far
    std::int64_t imagesAsked = 0;      ///< N of the test
    bool complete = false;             ///< all of them are in
    std::uint64_t firstSeed = 0;

    /// Whether a cell is called a change: complete, q <= kSignificanceLevel and at least kSmallestDifferenceDb.
    bool significant(std::size_t cell) const {
        return complete && q[cell] <= kSignificanceLevel && std::abs(difference[cell]) >= kSmallestDifferenceDb;
    }

    std::size_t cell(std::size_t block, std::size_t sigma, std::size_t frequency) const {
        return (block * sigmas.size() + sigma) * frequencies.size() + frequency;
    }
};

}  // namespace thaw
