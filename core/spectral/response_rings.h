// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/denoiser.h"
#include "core/spectral/ring_power.h"
#include "core/values/layer_sweep.h"

#include <map>
#include <string>
#include <vector>

namespace thaw {

/// Power on the rings of chosen responses, image by image, as one forward pass makes them; nothing else of a response is
/// kept. To be used for one pass after another: plans are kept, rows are those of the last pass.
class ResponseRings {
public:
    /// `names`: any of responsesOf.
    explicit ResponseRings(std::vector<std::string> names, const RingOptions& options = {});

    /// Valid while this object stays where it is.
    ResponseHook hook();

    /// What was heard of names()[row]; `rings` is null before the first pass.
    struct Row {
        const RingPower* rings = nullptr;
        int resolution = 0, channels = 0;
        std::int64_t images = 0;
        std::vector<double> energies;      ///< [images][rings->allRings()], mean over channels
        std::vector<double> logAmplitude;  ///< [images][rings->diagonal()], likewise
    };
    const Row& row(std::size_t row) const { return rows_[row]; }
    const std::vector<std::string>& names() const { return names_; }

private:
    std::vector<std::string> names_;
    RingOptions options_;
    std::map<std::pair<int, int>, RingPower> plans_;
    std::vector<Row> rows_;
};

/// The options that a request asks for.
RingOptions ringOptions(const LayerSweepRequest& request);

}  // namespace thaw
