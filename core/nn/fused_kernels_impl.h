// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled once per instruction set: define THAW_KERNELS (the namespace) and THAW_KERNELS_NAME before including.
// The loops are plain so that the vectoriser sees them whole; channels are the inner, contiguous dimension.
#include "core/nn/fused_kernels.h"

#include <bit>
#include <cmath>
#include <vector>

// NOLINTBEGIN(misc-definitions-in-headers): no header, but the text of three sources
namespace thaw::THAW_KERNELS {
namespace {

inline float load(float v) { return v; }
inline float load(Bf16 v) { return std::bit_cast<float>(std::uint32_t(v.bits) << 16); }
inline void store(float v, float& out) { out = v; }
inline void store(float v, Bf16& out) {
    // Round to nearest, ties to even.
    const auto bits = std::bit_cast<std::uint32_t>(v);
    out.bits = std::uint16_t((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

// exp by 2^n · polynomial on [-ln2/2, ln2/2] (Cephes' expf coefficients, relative error below 2e-7).
inline float fastExp(float x) {
    x = x < -87.0f ? -87.0f : (x > 88.0f ? 88.0f : x);
    const float n = __builtin_floorf(x * 1.44269504089f + 0.5f);
    const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    return p * std::bit_cast<float>((std::int32_t(n) + 127) << 23);
}

struct Affine {
    std::vector<float> scale, offset;  // u = x·scale + offset per channel
};

Affine channelAffine(const GroupNormSample& s) {
    Affine a{std::vector<float>(std::size_t(s.channels)), std::vector<float>(std::size_t(s.channels))};
    const int width = s.channels / s.groups;
    for (int c = 0; c < s.channels; ++c) {
        const float scale = s.rstd[c / width] * s.gamma[c];
        a.scale[std::size_t(c)] = scale;
        a.offset[std::size_t(c)] = s.beta[c] + ((s.shift ? s.shift[c] : 0.0f) - s.mean[c / width]) * scale;
    }
    return a;
}

// Two passes over cached data: the plain E[x²]-E[x]² loses digits when a map's mean is far from 0.
template <class T>
void statistics(const GroupNormSample& s, const T* x) {
    const int C = s.channels, width = C / s.groups;
    std::vector<float> sum(std::size_t(C), 0.0f), centre(std::size_t(C), 0.0f);
    float* __restrict total = sum.data();
    for (int p = 0; p < s.pixels; ++p) {
        const T* __restrict row = x + std::int64_t(p) * C;
        for (int c = 0; c < C; ++c) total[c] += load(row[c]);
    }
    const float count = float(s.pixels) * float(width);
    for (int g = 0; g < s.groups; ++g) {
        double mean = 0;
        for (int c = g * width; c < (g + 1) * width; ++c)
            mean += double(total[c]) + (s.shift ? double(s.shift[c]) * s.pixels : 0.0);
        s.mean[g] = float(mean / count);
        for (int c = g * width; c < (g + 1) * width; ++c)
            centre[std::size_t(c)] = s.mean[g] - (s.shift ? s.shift[c] : 0.0f);
    }
    for (int c = 0; c < C; ++c) total[c] = 0;
    const float* __restrict middle = centre.data();
    for (int p = 0; p < s.pixels; ++p) {
        const T* __restrict row = x + std::int64_t(p) * C;
        for (int c = 0; c < C; ++c) {
            const float d = load(row[c]) - middle[c];
            total[c] += d * d;
        }
    }
    for (int g = 0; g < s.groups; ++g) {
        double variance = 0;
        for (int c = g * width; c < (g + 1) * width; ++c) variance += total[c];
        s.rstd[g] = float(1.0 / std::sqrt(variance / count + s.epsilon));
    }
}

template <bool kSilu, class T>
void normalise(const GroupNormSample& s, const T* x, T* y) {
    const Affine affine = channelAffine(s);
    const float* __restrict scale = affine.scale.data();
    const float* __restrict offset = affine.offset.data();
    const int C = s.channels;
    for (int p = 0; p < s.pixels; ++p) {
        const T* __restrict in = x + std::int64_t(p) * C;
        T* __restrict out = y + std::int64_t(p) * C;
        for (int c = 0; c < C; ++c) {
            const float u = load(in[c]) * scale[c] + offset[c];
            store(kSilu ? u / (1.0f + fastExp(-u)) : u, out[c]);
        }
    }
}

template <class T>
void groupNormForward(const GroupNormSample& s, const T* x, T* y) {
    statistics(s, x);
    s.silu ? normalise<true>(s, x, y) : normalise<false>(s, x, y);
}

// du = dL/du into `du`, with its sums per channel. Kept in float: recomputing costs an exponential, rounding digits.
template <bool kSilu, class T>
void activationGradient(int pixels, int C, const float* __restrict scale, const float* __restrict offset, const T* x,
                        const T* dy, float* __restrict scratch, float* __restrict duX, float* __restrict du1) {
    for (int p = 0; p < pixels; ++p) {
        const T* __restrict in = x + std::int64_t(p) * C;
        const T* __restrict g = dy + std::int64_t(p) * C;
        float* __restrict du = scratch + std::int64_t(p) * C;
        for (int c = 0; c < C; ++c) {
            const float v = load(in[c]);
            float d = load(g[c]);
            if constexpr (kSilu) {
                const float u = v * scale[c] + offset[c];
                const float sigmoid = 1.0f / (1.0f + fastExp(-u));
                d *= sigmoid * (1.0f + u * (1.0f - sigmoid));
            }
            du[c] = d;
            duX[c] += d * v;
            du1[c] += d;
        }
    }
}

template <class T>
void groupNormBackward(const GroupNormSample& s, const T* x, const T* dy, T* dx, const GroupNormGradients& grad) {
    const Affine affine = channelAffine(s);
    const float* __restrict scale = affine.scale.data();
    const float* __restrict offset = affine.offset.data();
    const int C = s.channels, width = C / s.groups;
    std::vector<float> dot(std::size_t(C), 0.0f), sum(std::size_t(C), 0.0f);
    float* __restrict duX = dot.data();  // sum of du·x per channel
    float* __restrict du1 = sum.data();  // sum of du
    const auto gradient = s.silu ? activationGradient<true, T> : activationGradient<false, T>;
    gradient(s.pixels, C, scale, offset, x, dy, grad.scratch, duX, du1);
    // dx = rstd·(gamma·du - mean(gamma·du) - xhat·mean(gamma·du·xhat)) = a·du + b·x + k, per channel.
    std::vector<float> b(std::size_t(C), 0.0f), k(std::size_t(C), 0.0f);
    const double count = double(s.pixels) * width;
    for (int g = 0; g < s.groups; ++g) {
        double meanD = 0, meanDx = 0;
        const double rstd = s.rstd[g];
        for (int c = g * width; c < (g + 1) * width; ++c) {
            const double centre = (s.shift ? double(s.shift[c]) : 0.0) - s.mean[g];  // xhat = (x + centre)·rstd
            const double dXhat = (double(duX[c]) + centre * du1[c]) * rstd;
            grad.gamma[c] = float(dXhat);
            grad.beta[c] = du1[c];
            meanD += double(s.gamma[c]) * du1[c];
            meanDx += double(s.gamma[c]) * dXhat;
        }
        meanD /= count;
        meanDx /= count;
        for (int c = g * width; c < (g + 1) * width; ++c) {
            const double centre = (s.shift ? double(s.shift[c]) : 0.0) - s.mean[g];
            b[std::size_t(c)] = float(-rstd * rstd * meanDx);
            k[std::size_t(c)] = float(-rstd * meanD - rstd * rstd * centre * meanDx);
        }
    }
    const float* __restrict slope = b.data();
    const float* __restrict constant = k.data();
    float* __restrict dShift = grad.shift;
    for (int c = 0; c < C; ++c) dShift[c] = 0;
    for (int p = 0; p < s.pixels; ++p) {
        const T* __restrict in = x + std::int64_t(p) * C;
        const float* __restrict du = grad.scratch + std::int64_t(p) * C;
        T* __restrict out = dx + std::int64_t(p) * C;
        for (int c = 0; c < C; ++c) {
            const float d = scale[c] * du[c] + slope[c] * load(in[c]) + constant[c];
            dShift[c] += d;
            store(d, out[c]);
        }
    }
}

template <class T>
void scaledSum(const T* a, const T* b, float scale, T* y, std::int64_t n) {
    const T* __restrict p = a;
    const T* __restrict q = b;
    T* __restrict out = y;
    for (std::int64_t i = 0; i < n; ++i) store((load(p[i]) + load(q[i])) * scale, out[i]);
}

template <class T>
void boxDown(const T* x, int height, int width, int channels, float scale, T* y) {
    const std::int64_t C = channels, row = std::int64_t(width) * C;
    for (int i = 0; i < height / 2; ++i)
        for (int j = 0; j < width / 2; ++j) {
            const T* __restrict in = x + 2 * (i * row + j * C);
            T* __restrict out = y + (std::int64_t(i) * (width / 2) + j) * C;
            for (std::int64_t c = 0; c < C; ++c)
                store((load(in[c]) + load(in[c + C]) + load(in[c + row]) + load(in[c + row + C])) * scale, out[c]);
        }
}

template <class T>
void repeatUp(const T* x, int height, int width, int channels, float scale, T* y) {
    const std::int64_t C = channels, row = 2 * std::int64_t(width) * C;
    for (int i = 0; i < height; ++i)
        for (int j = 0; j < width; ++j) {
            const T* __restrict in = x + (std::int64_t(i) * width + j) * C;
            T* __restrict out = y + 2 * (i * row + j * C);
            for (std::int64_t c = 0; c < C; ++c) {
                T v;
                store(load(in[c]) * scale, v);
                out[c] = out[c + C] = out[c + row] = out[c + row + C] = v;
            }
        }
}

}  // namespace

extern const FusedKernels kKernels;
const FusedKernels kKernels{THAW_KERNELS_NAME,        groupNormForward<float>, groupNormForward<Bf16>,
                            groupNormBackward<float>, groupNormBackward<Bf16>, scaledSum<float>,
                            scaledSum<Bf16>,          boxDown<float>,          boxDown<Bf16>,
                            repeatUp<float>,          repeatUp<Bf16>};

}  // namespace thaw::THAW_KERNELS
// NOLINTEND(misc-definitions-in-headers)
