// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/shared_features.h"

#include <torch/torch.h>

namespace thaw {
namespace {

// Networks need not take an empty batch: what one image's features look like tells the shape of none.
FeatureBatch featuresOf(FeatureNetwork& network, const torch::Tensor& images) {
    if (images.size(0) > 0) return network.extract(images);
    auto sizes = images.sizes().vec();
    sizes[0] = 1;
    auto one = network.extract(torch::zeros(sizes, images.options()));
    one.features = one.features.narrow(one.features.dim() - 2, 0, 0);
    if (one.logits.defined()) one.logits = one.logits.narrow(0, 0, 0);
    return one;
}

}  // namespace

std::vector<FeatureBatch> sharedFeatures(FeatureNetwork& network, const ProcessesPtr& processes,
                                         const std::function<torch::Tensor()>& images) {
    FeatureBatch own;
    allOrNone(processes, [&] { own = featuresOf(network, images()); });
    if (!processes) return {own};
    const auto features = processes->gather(own.features, own.features.dim() - 2);
    const auto logits = own.logits.defined() ? processes->gather(own.logits) : std::vector<torch::Tensor>();
    std::vector<FeatureBatch> all;
    for (std::size_t i = 0; i < features.size(); ++i)
        if (features[i].size(-2) > 0)
            all.push_back({features[i].contiguous(), logits.empty() ? torch::Tensor() : logits[i].contiguous()});
    return all;
}

}  // namespace thaw
