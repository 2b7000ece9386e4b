// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <functional>
#include <string>

namespace thaw {

/// Called during a forward pass with the response of a module and its path, in the order of computation; it may replace
/// the response by assignment (never in place: the memory may be shared) by one of the same shape and type, and the
/// network goes on with that.
///
///   `enc.28x28_block0.input`   what a top-level module gets, in the decoder joined with its skip connection
///   `enc.28x28_block0.conv0`   an inner operation of a U-Net block (see UNetBlock)
///   `enc.28x28_block0`         the output of a top-level module, [N, C, H, W]; it also feeds the skip connection
///   `output`                   the denoised image (only when a Denoiser runs)
///
/// Without a hook a forward pass does nothing extra.
using ResponseHook = std::function<void(const std::string& name, torch::Tensor& response)>;

/// The hook as one module sees it: names become `<module>.<operation>`.
class ResponseTap {
public:
    ResponseTap() = default;
    ResponseTap(const ResponseHook& hook, const std::string& module)
        : hook_(hook ? &hook : nullptr), module_(&module) {}

    /// The response, or what the hook made of it.
    torch::Tensor operator()(const char* operation, torch::Tensor response) const {
        if (hook_) (*hook_)(*module_ + '.' + operation, response);
        return response;
    }

private:
    const ResponseHook* hook_ = nullptr;
    const std::string* module_ = nullptr;
};

}  // namespace thaw
