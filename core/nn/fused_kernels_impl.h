// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled once per instruction set: define THAW_KERNELS (the namespace) and THAW_KERNELS_NAME before including.
// The loops are plain so that the vectoriser sees them whole; channels are the inner, contiguous dimension.
#include "core/nn/fused_kernels.h"

#include <bit>
#include <cmath>
#include <type_traits>
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

// x within ±126, by its bits: a comparison of floats that must let NaN pass costs a mask and a blend, one of integers does
// not. A NaN becomes 126 here and comes back with the factor u of u·sigmoid(u).
inline float withinExponent(float x) {
    const auto bits = std::bit_cast<std::uint32_t>(x);
    const auto magnitude = std::int32_t(bits & 0x7fffffffu), most = std::bit_cast<std::int32_t>(126.0f);
    return std::bit_cast<float>(std::uint32_t(magnitude < most ? magnitude : most) | (bits & 0x80000000u));
}

// 2^x = 2^n · 2^f with |f| <= 1/2, the second factor by a polynomial (relative error below 2e-7), the first by adding n to
// the exponent's bits.
inline float powerOfTwo(float value) {
    const float x = withinExponent(value), n = __builtin_floorf(x + 0.5f), f = x - n;
    float p = 1.326472032815218e-3f;
    p = p * f + 9.671512991189957e-3f;
    p = p * f + 5.550733581185341e-2f;
    p = p * f + 2.4022242426872253e-1f;
    p = p * f + 6.931470036506653e-1f;
    p = p * f + 1.0f;
    return std::bit_cast<float>(std::bit_cast<std::int32_t>(p) + (std::int32_t(n) << 23));
}

inline float sigmoidOf(float u) { return 1.0f / (1.0f + powerOfTwo(u * -1.44269504089f)); }

// Channels are taken in blocks of a width that the compiler knows, so that a block's constants and sums stay in registers
// over all pixels: visit(c0, width) with width an integral constant.
template <class Visit>
void forBlocks(int channels, Visit visit) {
    int c = 0;
    for (; c + 32 <= channels; c += 32) visit(c, std::integral_constant<int, 32>{});
    for (; c + 8 <= channels; c += 8) visit(c, std::integral_constant<int, 8>{});
    for (; c < channels; ++c) visit(c, std::integral_constant<int, 1>{});
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

// Sums of x - k and of its square per channel, k near the channel's mean: the plain E[x²]-E[x]² loses digits when a
// map's mean is far from 0.
struct ShiftedSums {
    std::vector<float> k, sum, square;
};

template <class T>
ShiftedSums shiftedSums(const GroupNormSample& s, const T* x) {
    const auto count = std::size_t(s.channels);
    ShiftedSums all{std::vector<float>(count), std::vector<float>(count), std::vector<float>(count)};
    const std::int64_t C = s.channels;
    forBlocks(s.channels, [&](int c0, auto width) {
        constexpr int W = decltype(width)::value;
        float k[W], sum[W] = {}, square[W] = {};
        // Four pixels far from each other: one alone may be an outlier.
        const T* __restrict in = x + c0;
        const std::int64_t step = std::int64_t(s.pixels / 4) * C;
        for (int c = 0; c < W; ++c)
            k[c] = 0.25f * (load(in[c]) + load(in[c + step]) + load(in[c + 2 * step]) + load(in[c + 3 * step]));
        for (int p = 0; p < s.pixels; ++p) {
            const T* __restrict row = in + p * C;
            for (int c = 0; c < W; ++c) {
                const float d = load(row[c]) - k[c];
                sum[c] += d;
                square[c] += d * d;
            }
        }
        for (int c = 0; c < W; ++c) {
            all.k[std::size_t(c0 + c)] = k[c];
            all.sum[std::size_t(c0 + c)] = sum[c];
            all.square[std::size_t(c0 + c)] = square[c];
        }
    });
    return all;
}

template <class T>
void statistics(const GroupNormSample& s, const T* x) {
    const auto sums = shiftedSums(s, x);
    const int width = s.channels / s.groups;
    const double pixels = s.pixels;
    for (int g = 0; g < s.groups; ++g) {
        const auto channelMean = [&](int c) {
            return double(sums.k[std::size_t(c)]) + double(sums.sum[std::size_t(c)]) / pixels +
                   (s.shift ? double(s.shift[c]) : 0.0);
        };
        double mean = 0, variance = 0;
        for (int c = g * width; c < (g + 1) * width; ++c) mean += channelMean(c);
        mean /= width;
        for (int c = g * width; c < (g + 1) * width; ++c) {
            const double sum = sums.sum[std::size_t(c)], apart = channelMean(c) - mean;
            const double within = sums.square[std::size_t(c)] / pixels - (sum / pixels) * (sum / pixels);
            variance += (within > 0 ? within : 0) + apart * apart;
        }
        s.mean[g] = float(mean);
        s.rstd[g] = float(1.0 / std::sqrt(variance / width + double(s.epsilon)));
    }
}

template <bool kSilu, class T>
void normalise(const GroupNormSample& s, const T* x, T* y) {
    const Affine affine = channelAffine(s);
    const std::int64_t C = s.channels;
    forBlocks(s.channels, [&](int c0, auto width) {
        constexpr int W = decltype(width)::value;
        float scale[W], offset[W];
        for (int c = 0; c < W; ++c) {
            scale[c] = affine.scale[std::size_t(c0 + c)];
            offset[c] = affine.offset[std::size_t(c0 + c)];
        }
        for (int p = 0; p < s.pixels; ++p) {
            const T* __restrict in = x + p * C + c0;
            T* __restrict out = y + p * C + c0;
            for (int c = 0; c < W; ++c) {
                const float u = load(in[c]) * scale[c] + offset[c];
                store(kSilu ? u * sigmoidOf(u) : u, out[c]);
            }
        }
    });
}

template <class T>
void groupNormForward(const GroupNormSample& s, const T* x, T* y) {
    statistics(s, x);
    s.silu ? normalise<true>(s, x, y) : normalise<false>(s, x, y);
}

// What one channel's gradient needs beside dL/du: sums over the pixels.
struct GradientSums {
    std::vector<float> duX, du1;  // of du·x and of du
};

// du = dL/du into `scratch`, with its sums per channel. Kept in float: recomputing costs an exponential, rounding digits.
template <bool kSilu, class T>
GradientSums activationGradient(const GroupNormSample& s, const Affine& affine, const T* x, const T* dy,
                                float* scratch) {
    const auto count = std::size_t(s.channels);
    GradientSums sums{std::vector<float>(count), std::vector<float>(count)};
    const std::int64_t C = s.channels;
    forBlocks(s.channels, [&](int c0, auto width) {
        constexpr int W = decltype(width)::value;
        float scale[W], offset[W], duX[W] = {}, du1[W] = {};
        for (int c = 0; c < W; ++c) {
            scale[c] = affine.scale[std::size_t(c0 + c)];
            offset[c] = affine.offset[std::size_t(c0 + c)];
        }
        for (int p = 0; p < s.pixels; ++p) {
            const T* __restrict in = x + p * C + c0;
            const T* __restrict g = dy + p * C + c0;
            float* __restrict du = scratch + p * C + c0;
            for (int c = 0; c < W; ++c) {
                const float v = load(in[c]);
                float d = load(g[c]);
                if constexpr (kSilu) {
                    const float u = v * scale[c] + offset[c];
                    const float sigmoid = sigmoidOf(u);
                    d *= sigmoid * (1.0f + u * (1.0f - sigmoid));
                }
                du[c] = d;
                duX[c] += d * v;
                du1[c] += d;
            }
        }
        for (int c = 0; c < W; ++c) {
            sums.duX[std::size_t(c0 + c)] = duX[c];
            sums.du1[std::size_t(c0 + c)] = du1[c];
        }
    });
    return sums;
}

template <class T>
void groupNormBackward(const GroupNormSample& s, const T* x, const T* dy, T* dx, const GroupNormGradients& grad) {
    const Affine affine = channelAffine(s);
    const std::int64_t C = s.channels;
    const int width = s.channels / s.groups;
    const auto gradient = s.silu ? activationGradient<true, T> : activationGradient<false, T>;
    const auto sums = gradient(s, affine, x, dy, grad.scratch);
    // dx = rstd·(gamma·du - mean(gamma·du) - xhat·mean(gamma·du·xhat)) = a·du + b·x + k, per channel.
    std::vector<float> b(std::size_t(C), 0.0f), k(std::size_t(C), 0.0f);
    const double count = double(s.pixels) * width;
    for (int g = 0; g < s.groups; ++g) {
        double meanD = 0, meanDx = 0;
        const double rstd = s.rstd[g];
        for (int c = g * width; c < (g + 1) * width; ++c) {
            const double du1 = sums.du1[std::size_t(c)];
            const double centre = (s.shift ? double(s.shift[c]) : 0.0) - s.mean[g];  // xhat = (x + centre)·rstd
            const double dXhat = (double(sums.duX[std::size_t(c)]) + centre * du1) * rstd;
            grad.gamma[c] = float(dXhat);
            grad.beta[c] = float(du1);
            meanD += double(s.gamma[c]) * du1;
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
    forBlocks(s.channels, [&](int c0, auto block) {
        constexpr int W = decltype(block)::value;
        float scale[W], slope[W], constant[W], dShift[W] = {};
        for (int c = 0; c < W; ++c) {
            scale[c] = affine.scale[std::size_t(c0 + c)];
            slope[c] = b[std::size_t(c0 + c)];
            constant[c] = k[std::size_t(c0 + c)];
        }
        for (int p = 0; p < s.pixels; ++p) {
            const T* __restrict in = x + p * C + c0;
            const float* __restrict du = grad.scratch + p * C + c0;
            T* __restrict out = dx + p * C + c0;
            for (int c = 0; c < W; ++c) {
                const float d = scale[c] * du[c] + slope[c] * load(in[c]) + constant[c];
                dShift[c] += d;
                store(d, out[c]);
            }
        }
        for (int c = 0; c < W; ++c) grad.shift[c0 + c] = dShift[c];
    });
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
