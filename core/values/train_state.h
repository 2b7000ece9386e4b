// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace thaw {

/// What a step updates: both players as the method does, or one of them (for watching what each does).
enum class StepPart { Both, Generator, Discriminator };

/// Euclidean norm of the loss's gradient over one block's trainable weights.
struct BlockGradient {
    std::string block;  ///< as BlockInfo::name
    double norm = 0;
};

/// What one training step measured. Losses are per-sample means whatever the reduction, so that curves compare.
struct StepMetrics {
    std::int64_t step = 0;  ///< 1 after the first step
    double kimg = 0;        ///< thousand images seen after this step
    double gLoss = 0;
    double dLoss = 0;
    double distillLoss = -1;                    ///< imitation loss, -1 without one
    double r1 = -1;                             ///< penalty before gamma, -1 on steps without R1
    double realSign = 0;                        ///< mean sign of D(real): near +1 means D has overpowered G
    double fakeSign = 0;                        ///< mean sign of D(fake)
    double secondsPerStep = 0;                  ///< wall time of this step
    std::int64_t sanitisedGradients = 0;        ///< gradient entries that were not finite and were replaced
    double realLogit = 0;                       ///< mean D(real)
    double fakeLogit = 0;                       ///< mean D(fake)
    double augmentP = 0;                        ///< probability of augmentation after this step
    double gradG = -1;                          ///< norm of G's gradient, -1 on a step of D alone
    double gradD = -1;                          ///< norm of D's gradient, -1 without one
    std::vector<BlockGradient> blockGradients;  ///< of G; blocks with trainable weights, in the network's order
    StepPart part = StepPart::Both;
};

/// One measurement of Fréchet distance, with its provenance.
struct FidPoint {
    double kimg = 0;
    double fid = 0;
    std::int64_t num = 0;   ///< generated images
    std::string features;   ///< extractor, e.g. "builtin Fashion-MNIST classifier, 128-d"
    std::string reference;  ///< e.g. "Fashion-MNIST test, 10,000 images"
    /// Kernel distance, precision and recall (k = 3) of the same images against `num` real ones; NaN when not measured.
    double kid = std::numeric_limits<double>::quiet_NaN();
    double precision = std::numeric_limits<double>::quiet_NaN();
    double recall = std::numeric_limits<double>::quiet_NaN();
    bool best = false;  ///< the lowest distance of the run so far; its snapshot is kept
};

enum class RunOutcome { Finished, Stopped, Failed, Diverged };

/// A freeze toggle, a pause, ...: drawn as a mark on the curves and logged in the run folder.
struct RunEvent {
    std::int64_t step = 0;
    double kimg = 0;
    std::string text;       ///< e.g. "d2o-f"
    std::string kind = {};  ///< "freeze", "resume", ...
};

}  // namespace thaw
