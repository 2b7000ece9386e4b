// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gan/backbone.h"

namespace thaw {

/// Random, frozen mixing of a backbone's maps (Projected GAN, Sauer et al. 2021). With maps c_0 .. c_{L-1}, highest
/// resolution first, and base width w:
///   cross-channel   1×1 convolutions to w, 2w, 4w, ... channels
///   cross-scale     y_{L-1} = f(c_{L-1}), y_i = f(y_{i+1} + c_i), f = bilinear to the next map's size (the last one
///                   doubles; corners aligned) and a 1×1 convolution that halves the channels, the last one keeps w
/// No activations. Weights as PyTorch's default initialisation draws them, never trained, and saved with the run.
class ProjectionImpl : public torch::nn::Module {
public:
    ProjectionImpl(const std::vector<Backbone::Level>& levels, std::int64_t width);
    void initialise(torch::Generator generator);
    /// L maps -> L maps of `outputs()`, in float.
    std::vector<torch::Tensor> forward(const std::vector<torch::Tensor>& maps);
    const std::vector<Backbone::Level>& outputs() const { return outputs_; }

private:
    struct Conv1x1 {
        torch::Tensor weight, bias;  // buffers: nothing here is ever trained
        torch::Tensor operator()(const torch::Tensor& x) const { return torch::conv2d(x, weight, bias); }
    };
    Conv1x1 conv(const std::string& name, std::int64_t in, std::int64_t out);

    std::vector<Conv1x1> channel_, scale_;
    std::vector<Backbone::Level> outputs_;
};
TORCH_MODULE(Projection);

}  // namespace thaw
