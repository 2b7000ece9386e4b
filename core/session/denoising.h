// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

/// One call of the preconditioned network, D(x; sigma), on images of a file.
struct DenoisingRequest {
    std::string model = "builtin";
    std::string input;           ///< `.npy` of x [N, C, R, R]
    std::vector<double> sigmas;  ///< one for all images, or one an image
    std::vector<double> labels;  ///< classes likewise; empty = none
    std::string augmentLabels;   ///< `.npy` of [N, augment_dim]; empty = none
    int batch = 64;              ///< images a forward pass
    std::string out;             ///< `.npy`, float32 [N, C, R, R]
    ComputeOptions compute;
};

struct DenoisingResult {
    std::int64_t images = 0;
    double seconds = 0;  ///< of the network alone
};

/// Throws Configuration for noise levels and classes that are impossible or not as many as the images, WrongKind for arrays
/// of another shape, and what openModel throws.
DenoisingResult denoiseImages(const DenoisingRequest& request);

}  // namespace thaw
