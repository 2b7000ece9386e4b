// SPDX-License-Identifier: GPL-3.0-or-later

// The frequency lab on a device that is not the CPU (tests/core/other_device.h): spectra are taken on the host, the
// networks run there, and the figures are the same.
#include "core/spectral/block_swap.h"
#include "core/spectral/layer_difference.h"
#include "core/spectral/layer_sweep.h"
#include "core/spectral/network_part.h"
#include "core/spectral/transfer_measurement.h"
#include "tests/core/conditional_toy.h"
#include "tests/core/other_device.h"
#include "tests/registry.h"

#include <QTest>

#include <cmath>

using namespace thaw;

namespace {

Denoiser movedTo(const Denoiser& denoiser, torch::Device device) {
    auto copy = cloneDenoiser(denoiser, denoiser->kind());
    copy->to(device);
    copy->eval();
    return copy;
}

template <class Work>
auto resultOf(Work&& work) {
    runToEnd(work);
    return work.value();
}

// Largest difference over the largest value.
double apart(const std::vector<double>& a, const std::vector<double>& b) {
    double worst = a.size() == b.size() && !a.empty() ? 0 : 1e9, size = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        if (std::isnan(a[i]) && std::isnan(b[i])) continue;
        worst = std::max(worst, std::abs(a[i] - b[i]));
        size = std::max(size, std::abs(b[i]));
    }
    return worst / std::max(size, 1e-12);
}

}  // namespace

class SweepsOnDeviceTest : public QObject {
    Q_OBJECT

    Denoiser network_ = toy::conditional(1), other_ = toy::conditional(2);
    Dataset data_ = toy::labelledData(16);

    static LayerSweepRequest layers() {
        LayerSweepRequest request;
        request.sigmas = {0.2, 5};
        request.images = 4;
        return request;
    }

private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void layerSpectraAreTheCpus() {
        const auto expected = resultOf(LayerSweep(network_, data_, layers()));
        for (const auto& device : elsewhere::devices()) {
            const auto found = resultOf(LayerSweep(movedTo(network_, device), data_, layers()));
            QVERIFY(found.blocks == expected.blocks);
            QVERIFY(apart(found.power, expected.power) < 1e-4);
            QVERIFY(apart(found.centroid, expected.centroid) < 1e-4);
            QVERIFY(apart(found.energy, expected.energy) < 1e-4);
        }
    }

    void differencesAreTheCpus() {
        const auto expected = resultOf(LayerDifference(network_, other_, data_, layers()));
        for (const auto& device : elsewhere::devices()) {
            const auto found =
                resultOf(LayerDifference(movedTo(network_, device), movedTo(other_, device), data_, layers()));
            QVERIFY(apart(found.difference, expected.difference) < 1e-3);
        }
    }

    void swappedBlocksAreTheCpusAndGoBack() {
        BlockSwapRequest request;
        request.sigmas = {0.5};
        request.images = 3;
        const auto expected = resultOf(BlockSwap(network_, other_, data_, request));
        for (const auto& device : elsewhere::devices()) {
            const auto tuned = movedTo(network_, device);
            const auto found = resultOf(BlockSwap(tuned, movedTo(other_, device), data_, request));
            QVERIFY(apart(found.energy, expected.energy) < 1e-3);
            QVERIFY(apart(found.wholePower, expected.wholePower) < 1e-3);
            const auto kept = tuned->parameters(), own = network_->parameters();
            for (std::size_t i = 0; i < kept.size(); ++i) QVERIFY(torch::equal(kept[i].cpu(), own[i]));
        }
    }

    void transferFunctionsAreTheCpus() {
        TransferRequest request;
        request.sigma = 0.5;
        request.images = 4;
        const auto gainOf = [&](const Denoiser& denoiser) {
            return resultOf(TransferMeasurement(networkPart(denoiser, data_, request), request)).gain;
        };
        const auto mapOf = [&](const Denoiser& denoiser) {
            auto few = request;
            few.images = 1;
            return resultOf(FourierProbe(networkPart(denoiser, data_, few), few)).gain;
        };
        const auto gain = gainOf(network_), map = mapOf(network_);
        for (const auto& device : elsewhere::devices()) {
            const auto there = movedTo(network_, device);
            QVERIFY(apart(gainOf(there), gain) < 1e-3);
            QVERIFY(apart(mapOf(there), map) < 1e-3);
        }
    }
};

THAW_TEST(SweepsOnDeviceTest);
#include "sweeps_on_device_test.moc"
