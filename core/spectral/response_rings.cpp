// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/response_rings.h"

#include <torch/torch.h>

#include <algorithm>

namespace thaw {

ResponseRings::ResponseRings(std::vector<std::string> names, const RingOptions& options)
    : names_(std::move(names)), options_(options), rows_(names_.size()) {}

ResponseHook ResponseRings::hook() {
    return [this](const std::string& name, const torch::Tensor& response) {
        const auto found = std::find(names_.begin(), names_.end(), name);
        if (found == names_.end()) return;
        const std::pair size(int(response.size(2)), int(response.size(3)));
        auto plan = plans_.find(size);
        if (plan == plans_.end()) plan = plans_.emplace(size, RingPower(size.first, size.second, options_)).first;
        auto& row = rows_[std::size_t(found - names_.begin())];
        row = {&plan->second, size.first, int(response.size(1)), response.size(0), {}, {}};
        row.energies = plan->second.perImage(response, &row.logAmplitude);
    };
}

RingOptions ringOptions(const LayerSweepRequest& request) {
    return {request.removeMean, request.hannWindow ? WindowKind::Hann : WindowKind::None};
}

}  // namespace thaw
