// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <memory>

namespace thaw {

/// Two-dimensional discrete Fourier transform of real maps in double precision, forward, unnormalised:
///
///     F[u, v] = sum over y, x of  f[y, x] · exp(-2πi (u·y/H + v·x/W))
///
/// Only the half v = 0..W/2 is computed; the rest follows from F[u, v] = conj(F[-u, -v]). One plan serves any number
/// of threads at once, each with its own FftBuffer; planning is serialised inside. Plans are estimated, not measured,
/// so that the same input gives the same bits in every run.
class Fft2 {
public:
    /// height, width >= 1; prime and odd sizes are as welcome as powers of two. `batch` maps lie one after another in a
    /// buffer and are transformed by one call: worth it for small maps.
    Fft2(int height, int width, int batch = 1);
    ~Fft2();
    Fft2(Fft2&&) noexcept;
    Fft2& operator=(Fft2&&) noexcept;

    int height() const;
    int width() const;
    int batch() const;
    int halfWidth() const { return width() / 2 + 1; }

    /// in: [batch][H][W], out: [batch][H][W/2+1], both from an FftBuffer of this size; `in` is overwritten.
    void forward(double* in, std::complex<double>* out) const;

private:
    struct Plan;
    std::unique_ptr<Plan> plan_;
};

/// Input and output of one transform, aligned as the plan expects.
class FftBuffer {
public:
    explicit FftBuffer(const Fft2& fft);

    double* in() { return in_.get(); }
    std::complex<double>* out() { return out_.get(); }

private:
    struct Free {
        void operator()(void* memory) const;
    };
    std::unique_ptr<double[], Free> in_;
    std::unique_ptr<std::complex<double>[], Free> out_;
};

}  // namespace thaw
