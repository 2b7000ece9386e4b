// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace thaw {

/// What one training step measured. Losses are per-sample means whatever the reduction, so that curves compare.
struct StepMetrics {
    std::int64_t step = 0;        ///< 1 after the first step
    double kimg = 0;              ///< thousand images seen after this step
    double gLoss = 0;
    double dLoss = 0;
    double r1 = -1;               ///< penalty before gamma, -1 on steps without R1
    double realSign = 0;          ///< mean sign of D(real): near +1 means D has overpowered G
    double fakeSign = 0;          ///< mean sign of D(fake)
    double secondsPerStep = 0;    ///< wall time of this step
    std::int64_t sanitisedGradients = 0;  ///< gradient entries that were not finite and were replaced
};

/// One measurement of Fréchet distance, with its provenance.
struct FidPoint {
    double kimg = 0;
    double fid = 0;
    std::int64_t num = 0;        ///< generated images
    std::string features;        ///< extractor, e.g. "builtin Fashion-MNIST classifier, 128-d"
    std::string reference;       ///< e.g. "Fashion-MNIST test, 10,000 images"
};

enum class RunOutcome { Finished, Stopped, Failed, Diverged };

/// A freeze toggle, a pause, ...: drawn as a mark on the curves and logged in the run folder.
struct RunEvent {
    std::int64_t step = 0;
    double kimg = 0;
    std::string text;  ///< e.g. "freeze d2o-f"
};

}  // namespace thaw
