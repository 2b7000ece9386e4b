// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spectral/cross_spectrum.h"
#include "core/spectral/network_part.h"
#include "core/spectral/ring_power.h"
#include "core/values/measurement.h"

namespace thaw {

/// Measures a TransferFunction of any part (see networkPart): cross-spectrum between its input and output, and its linear
/// response to weak white noise, whose rms is `strength` times that of each image. A piece is one chunk of images.
class TransferMeasurement : public Measurement<TransferFunction> {
public:
    TransferMeasurement(NetworkPart part, TransferRequest request, std::string model = {});

    bool advance() override;
    double progress() const override;
    TransferFunction value() const override;

private:
    NetworkPart part_;
    TransferRequest request_;
    std::string model_;
    std::vector<ImageRange> ranges_;
    std::size_t next_ = 0;
    int height_ = 0, width_ = 0;
    CrossSpectrum cross_;
    std::optional<RingPower> ringsIn_, ringsOut_;
    std::vector<double> powerIn_, powerOut_;  // [K] sums over images of R[k]/(H·W)
};

/// Measures a FourierGainMap of any part. The basis images of one half of the plane are enough, the other half has the
/// same: U_uv = cos(2π(u·y/H + v·x/W)) scaled to unit norm, low frequencies first. A piece is up to `chunk` of them added to
/// one image after another.
class FourierProbe : public Measurement<FourierGainMap> {
public:
    FourierProbe(NetworkPart part, TransferRequest request, std::string model = {});

    bool advance() override;
    double progress() const override;
    FourierGainMap value() const override;

private:
    void begin();

    NetworkPart part_;
    TransferRequest request_;
    std::string model_;
    torch::Tensor inputs_, outputs_;                // of all images
    std::vector<std::pair<int, int>> frequencies_;  // (u, v) of one half plane, nearest to 0 first
    std::size_t next_ = 0;
    std::vector<double> gain_;  // [H][W]
};

/// A real basis image, double [H, W] with unit norm.
torch::Tensor fourierBasisImage(int height, int width, int u, int v);

}  // namespace thaw
