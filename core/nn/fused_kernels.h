// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

/// bfloat16 as its 16 bits; only the kernels look inside.
struct Bf16 {
    std::uint16_t bits;
};

/// One sample of a channels-last map [HW, C] through u = gamma·(x + shift - mean)/sqrt(var + eps) + beta, then
/// silu(u) = u/(1 + exp(-u)) when asked. Statistics per group of C/groups neighbouring channels, in float.
struct GroupNormSample {
    int pixels = 0;    ///< H·W
    int channels = 0;  ///< C
    int groups = 0;
    float epsilon = 0;
    bool silu = false;
    const float* shift = nullptr;  ///< [C], added to x before the norm; null for none
    const float* gamma = nullptr;  ///< [C]
    const float* beta = nullptr;   ///< [C]
    float* mean = nullptr;         ///< [groups]: written forward, read backward
    float* rstd = nullptr;         ///< [groups]
};

/// Gradients that one sample contributes; each [C].
struct GroupNormGradients {
    float* gamma = nullptr;
    float* beta = nullptr;
    float* shift = nullptr;
    float* scratch = nullptr;  ///< [HW·C] working space
};

/// The instruction-set variants share one source.
struct FusedKernels {
    const char* name;
    void (*groupNormForwardF32)(const GroupNormSample&, const float* x, float* y);
    void (*groupNormForwardBf16)(const GroupNormSample&, const Bf16* x, Bf16* y);
    void (*groupNormBackwardF32)(const GroupNormSample&, const float* x, const float* dy, float* dx,
                                 const GroupNormGradients&);
    void (*groupNormBackwardBf16)(const GroupNormSample&, const Bf16* x, const Bf16* dy, Bf16* dx,
                                  const GroupNormGradients&);
    void (*scaledSumF32)(const float* a, const float* b, float scale, float* y, std::int64_t n);
    void (*scaledSumBf16)(const Bf16* a, const Bf16* b, float scale, Bf16* y, std::int64_t n);
    /// 2×2 box sum of one channels-last sample, times `scale`; H and W are the input's and even.
    void (*boxDownF32)(const float* x, int height, int width, int channels, float scale, float* y);
    void (*boxDownBf16)(const Bf16* x, int height, int width, int channels, float scale, Bf16* y);
    /// Every pixel repeated 2×2, times `scale`; H and W are the input's.
    void (*repeatUpF32)(const float* x, int height, int width, int channels, float scale, float* y);
    void (*repeatUpBf16)(const Bf16* x, int height, int width, int channels, float scale, Bf16* y);
};
/// The sets that this processor can run, the plainest first: base, avx2, avx512.
std::vector<const FusedKernels*> availableKernels();
/// One of them by its name, the best where it is empty. Throws Usage for one that is not there.
const FusedKernels& kernelsNamed(const std::string& name);
/// The set that everything uses: the one that the environment variable THAW_KERNELS names, else the best. Chosen once.
/// Results of different sets differ in rounding.
const FusedKernels& fusedKernels();

}  // namespace thaw
