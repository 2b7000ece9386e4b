// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/fft.h"

#include <fftw3.h>

#include <mutex>
#include <new>
#include <stdexcept>

namespace thaw {
namespace {

// FFTW's planner is not thread-safe; executing is.
std::mutex& plannerMutex() {
    static std::mutex mutex;
    return mutex;
}

template <class T>
T* allocate(std::size_t count) {
    void* memory = fftw_malloc(count * sizeof(T));
    if (!memory) throw std::bad_alloc();
    return static_cast<T*>(memory);
}

fftw_complex* asFftw(std::complex<double>* values) { return reinterpret_cast<fftw_complex*>(values); }

}  // namespace

struct Fft2::Plan {
    int height, width, batch;
    fftw_plan plan = nullptr;

    ~Plan() {
        const std::lock_guard lock(plannerMutex());
        fftw_destroy_plan(plan);
    }
};

Fft2::Fft2(int height, int width, int batch) : plan_(new Plan{height, width, batch}) {
    if (height < 1 || width < 1 || batch < 1) throw std::invalid_argument("fft: the size must be positive");
    FftBuffer buffer(*this);
    const std::lock_guard lock(plannerMutex());
    const int size[] = {height, width};
    plan_->plan = fftw_plan_many_dft_r2c(2, size, batch, buffer.in(), nullptr, 1, height * width, asFftw(buffer.out()),
                                         nullptr, 1, height * halfWidth(), FFTW_ESTIMATE | FFTW_DESTROY_INPUT);
    if (!plan_->plan) throw std::bad_alloc();
}

Fft2::~Fft2() = default;
Fft2::Fft2(Fft2&&) noexcept = default;
Fft2& Fft2::operator=(Fft2&&) noexcept = default;

int Fft2::height() const { return plan_->height; }
int Fft2::width() const { return plan_->width; }
int Fft2::batch() const { return plan_->batch; }

void Fft2::forward(double* in, std::complex<double>* out) const { fftw_execute_dft_r2c(plan_->plan, in, asFftw(out)); }

FftBuffer::FftBuffer(const Fft2& fft)
    : in_(allocate<double>(std::size_t(fft.batch()) * fft.height() * fft.width())),
      out_(allocate<std::complex<double>>(std::size_t(fft.batch()) * fft.height() * fft.halfWidth())) {}

void FftBuffer::Free::operator()(void* memory) const { fftw_free(memory); }

}  // namespace thaw
