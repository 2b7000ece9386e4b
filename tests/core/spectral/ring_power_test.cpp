// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/ring_power.h"

#include "core/diffusion/noise.h"
#include "core/io/safetensors.h"
#include "core/spectral/power_spectrum.h"
#include "core/spectral/radial_profile.h"
#include "tests/core/tensors.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QTest>

#include <cmath>
#include <numbers>
#include <numeric>

using namespace thaw;
using testing::noise;

namespace {

void addRingSizes() {
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("width");
    for (const auto& [h, w] : {std::pair{28, 28}, {7, 7}, {6, 15}, {17, 4}, {1, 12}, {1, 1}, {80, 80}})
        QTest::newRow(qPrintable(QString("%1x%2").arg(h).arg(w))) << h << w;
}

}  // namespace

class RingPowerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ringsOfImagesMatchReferenceTo1e9() {
        const auto golden = readSafeTensors(std::string(THAW_GOLDEN "/spectra.io.safetensors"));
        const auto images = golden.at("images", "").to(torch::kDouble);
        const auto reference = golden.at("radial_mean_of_power_by_rounded_radius_0_16", "").to(torch::kDouble);
        const RingPower rings(int(images.size(2)), int(images.size(3)));
        QCOMPARE(std::int64_t(rings.rings()), reference.numel());
        const auto energies = rings.perMap(images);
        const auto maps = energies.size() / rings.allRings();
        const double area = double(images.size(2) * images.size(3));  // the reference is unnormalised
        for (std::size_t k = 0; k < rings.rings(); ++k) {
            double mean = 0;
            for (std::size_t m = 0; m < maps; ++m)
                mean += energies[m * rings.allRings() + k] / rings.bins()[k] * area / double(maps);
            QVERIFY(std::abs(mean / reference[std::int64_t(k)].item<double>() - 1) < 1e-9);
        }
    }

    void ringsAreTheRadialProfileOfEachMap_data() { addRingSizes(); }
    void ringsAreTheRadialProfileOfEachMap() {
        QFETCH(int, height);
        QFETCH(int, width);
        const auto maps = noise({3, 2, height, width});
        const RingPower rings(height, width);
        const auto energies = rings.perMap(maps);
        for (int m = 0; m < 6; ++m) {
            PowerSpectrum spectrum;
            spectrum.add(maps.reshape({6, 1, height, width}).slice(0, m, m + 1));
            const auto profile = radialProfile(spectrum.value());
            QCOMPARE(profile.power.size(), rings.rings());
            for (std::size_t k = 0; k < rings.rings(); ++k)
                QVERIFY(std::abs(energies[std::size_t(m) * rings.allRings() + k] / rings.bins()[k] - profile.power[k]) <
                        1e-10 * profile.power[k]);
        }
    }

    void allRingsOfAMapSumToItsEnergy_data() { addRingSizes(); }
    void allRingsOfAMapSumToItsEnergy() {
        QFETCH(int, height);
        QFETCH(int, width);
        const auto maps = noise({2, 1, height, width}) + 0.3;
        const RingPower rings(height, width);
        QCOMPARE(std::accumulate(rings.bins().begin(), rings.bins().end(), 0.0), double(height * width));
        const auto energies = rings.perMap(maps);
        for (std::size_t m = 0; m < 2; ++m) {
            const auto first = energies.begin() + std::ptrdiff_t(m * rings.allRings());
            const double energy = maps[std::int64_t(m)].square().sum().item<double>();
            QVERIFY(std::abs(std::accumulate(first, first + std::ptrdiff_t(rings.allRings()), 0.0) / energy - 1) <
                    1e-12);
        }
    }

    void aWaveFillsOneRingAlone() {
        auto map = torch::empty({1, 1, 16, 16}, torch::kDouble);
        for (int y = 0; y < 16; ++y)
            for (int x = 0; x < 16; ++x) map[0][0][y][x] = std::cos(2 * std::numbers::pi * (3 * y + 4 * x) / 16.0);
        const RingPower rings(16, 16);
        const auto energies = rings.perMap(map);
        for (std::size_t k = 0; k < energies.size(); ++k) QVERIFY(std::abs(energies[k] - (k == 5 ? 128 : 0)) < 1e-9);
    }

    void logAmplitudesAreThoseOfTheTransform_data() { addRingSizes(); }
    void logAmplitudesAreThoseOfTheTransform() {
        QFETCH(int, height);
        QFETCH(int, width);
        const auto maps = noise({2, 3, height, width});
        const RingPower rings(height, width);
        std::vector<double> single, mean;
        rings.perMap(maps, &single);
        rings.perImage(maps, &mean);
        QCOMPARE(rings.diagonal(), std::size_t(height == width ? height / 2 : 0));
        QCOMPARE(single.size(), 6 * rings.diagonal());
        const auto logs = (torch::fft_fft2(maps).abs() + 1e-6).log();
        for (std::int64_t n = 0; n < 2; ++n)
            for (std::int64_t k = 0; k < std::int64_t(rings.diagonal()); ++k) {
                QVERIFY(std::abs(single[std::size_t((n * 3 + 1) * std::int64_t(rings.diagonal()) + k)] -
                                 logs[n][1][k][k].item<double>()) < 1e-9);
                double expected = 0;
                for (int c = 0; c < 3; ++c) expected += logs[n][c][k][k].item<double>() / 3;
                QVERIFY(std::abs(mean[std::size_t(n * std::int64_t(rings.diagonal()) + k)] - expected) < 1e-9);
            }
    }

    void aWindowedMapMatchesThePowerSpectrum() {
        const auto maps = noise({2, 3, 12, 12}) + 4;
        PowerSpectrumOptions options;
        options.window = WindowKind::Hann;
        options.removeMean = true;
        PowerSpectrum spectrum(options);
        spectrum.add(maps);
        const auto profile = radialProfile(spectrum.value());
        const RingPower rings(12, 12, {true, WindowKind::Hann});
        const auto energies = rings.perImage(maps);
        for (std::size_t k = 0; k < rings.rings(); ++k) {
            const double mean = (energies[k] + energies[rings.allRings() + k]) / 2 / rings.bins()[k];
            // The window is of unit energy over the map, the spectrum per pixel alike.
            QVERIFY(std::abs(mean / profile.power[k] - 1) < 1e-10);
        }
    }

    void theNumberOfThreadsAndTheLayoutChangeNoBit() {
        const auto maps = noise({9, 40, 7, 7}).to(torch::kFloat);
        const RingPower rings(7, 7);
        const int threads = at::get_num_threads();
        at::set_num_threads(1);
        const auto one = rings.perMap(maps);
        at::set_num_threads(3);
        const auto three = rings.perMap(maps.contiguous(torch::MemoryFormat::ChannelsLast));
        at::set_num_threads(threads);
        QVERIFY(one == three);
    }
};

THAW_TEST(RingPowerTest);
#include "ring_power_test.moc"
