// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/spectrum_slices.h"

#include "core/diffusion/noise.h"
#include "core/io/safetensors.h"
#include "core/spectral/log_amplitude.h"
#include "core/spectral/power_spectrum.h"
#include "core/spectral/radial_profile.h"
#include "core/values/profile_shape.h"
#include "tests/core/tensors.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QTest>

#include <cmath>

using namespace thaw;
using testing::goldenSpectra;

namespace {

Spectrum goldenSpectrum() {
    const auto images = goldenSpectra().at("images", "");
    PowerSpectrum spectrum(styleGan3Spectrum(measureWhitening(images)));
    spectrum.add(images);
    return spectrum.value();
}

RadialProfile powerLaw(double exponent, int rings) {
    RadialProfile profile;
    for (int k = 0; k < rings; ++k) {
        profile.frequency.push_back(k);
        profile.power.push_back(k == 0 ? 5 : 3 * std::pow(k, exponent));
    }
    return profile;
}

}  // namespace

class SpectrumSlicesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void slicesAreRowAndDiagonalOfTheReference() {
        const auto spectrum = goldenSpectrum();
        const auto reference = goldenSpectra().at("power_stylegan3_kaiser8_interp4", "").to(torch::kDouble);
        const auto row = sliceAt0(spectrum, 4), diagonal = sliceAt45(spectrum, 4);
        QCOMPARE(row.power.size(), std::size_t(65));
        QCOMPARE(row.frequency.back(), 16.0);
        QVERIFY(std::abs(diagonal.frequency.back() - 32 / std::sqrt(2.0)) < 1e-12);
        for (std::int64_t k = 0; k <= 64; ++k) {
            QVERIFY(std::abs(row.power[std::size_t(k)] / reference[0][k].item<double>() - 1) < 1e-9);
            QVERIFY(std::abs(diagonal.power[std::size_t(k)] / reference[k][k].item<double>() - 1) < 1e-9);
        }
    }

    void theHeatMapIsCentredClosedAndSmooth() {
        const auto map = styleGan3HeatMap(goldenSpectrum(), 4);
        QCOMPARE(map.height, 129);
        QCOMPARE(map.width, 129);
        QCOMPARE(map.frequencyX[64], 0.0);
        QCOMPARE(map.frequencyX.front(), -16.0);
        QCOMPARE(map.frequencyX.back(), 16.0);
        const auto at = [&](int y, int x) { return map.level[std::size_t(y) * 129 + std::size_t(x)]; };
        QVERIFY(at(64, 64) > at(64, 100));  // images are loudest in the middle
        for (int i = 0; i < 129; ++i) {
            QCOMPARE(at(0, i), at(128, i));
            QCOMPARE(at(i, 0), at(i, 128));
            for (int j = 0; j < 129; ++j) QVERIFY(std::abs(at(i, j) - at(128 - i, 128 - j)) < 1e-9);  // real images
        }
    }

    void smoothingKeepsAFlatSpectrumAndSpreadsABinByItsGaussian() {
        Spectrum flat{16, 16, std::vector<double>(256, 10.0), 1};
        for (const double level : styleGan3HeatMap(flat, 1).level) QVERIFY(std::abs(level - 10) < 1e-12);
        Spectrum bin{16, 16, std::vector<double>(256, 1.0), 1};
        bin.power[0] = 10;  // 10 dB at the centre
        const auto map = styleGan3HeatMap(bin, 1);
        const auto at = [&](int dy, int dx) { return map.level[std::size_t(8 + dy) * 17 + std::size_t(8 + dx)]; };
        double sum = 0;
        for (int i = 0; i < 16; ++i)
            for (int j = 0; j < 16; ++j) sum += map.level[std::size_t(i) * 17 + std::size_t(j)];
        QVERIFY(std::abs(sum - 10) < 1e-9);
        QVERIFY(std::abs(at(0, 2) / at(0, 0) - std::exp(-0.5 * 4 / (1.25 * 1.25))) < 1e-9);
        QVERIFY(std::abs(at(1, 1) / at(0, 1) - at(0, 1) / at(0, 0)) < 1e-9);
    }

    void thePowerLawsExponentIsTheSlope() {
        QVERIFY(std::abs(logLogSlope(powerLaw(-2, 15)) + 2) < 1e-12);
        QVERIFY(std::abs(logLogSlope(powerLaw(0, 15))) < 1e-12);
        auto holed = powerLaw(-1.5, 15);
        holed.power[4] = 0;
        holed.power[1] = 1e9;  // below 2 cycles nothing counts
        QVERIFY(std::abs(logLogSlope(holed) + 1.5) < 1e-12);
        QVERIFY(std::isnan(logLogSlope(powerLaw(-2, 3))));
    }

    void theCentroidIsTheMeanFrequencyWithoutTheConstantPart() {
        QCOMPARE(spectralCentroid({{0, 1, 2, 3}, {100, 1, 1, 2}}), 9.0 / 4);
        QCOMPARE(spectralCentroid({{0, 1, 2}, {3, 0, 5}}), 2.0);
        QVERIFY(std::isnan(spectralCentroid({{0, 1}, {3, 0}})));
    }

    void relativeLogAmplitudeMatchesItsDefinition_data() {
        QTest::addColumn<int>("size");
        QTest::newRow("even") << 12;
        QTest::newRow("odd") << 9;
    }
    void relativeLogAmplitudeMatchesItsDefinition() {
        QFETCH(int, size);
        const auto maps = torch::randn({4, 3, size, size}, seededGenerator(5), torch::kDouble);
        const auto logs = (torch::fft_fft2(maps).abs() + 1e-6).log();
        const auto mean = logs.mean(std::vector<std::int64_t>{0, 1});
        LogAmplitude amplitude;
        amplitude.add(maps.slice(0, 0, 1));
        amplitude.add(maps.slice(0, 1, 4));
        const auto value = amplitude.value();
        QCOMPARE(value.maps, 12);
        QCOMPARE(value.amplitude.size(), std::size_t(size / 2));
        QCOMPARE(value.position.back(), 1.0);
        for (std::int64_t k = 0; k < size / 2; ++k)
            QVERIFY(std::abs(value.amplitude[std::size_t(k)] - (mean[k][k] - mean[0][0]).item<double>()) < 1e-10);
    }
};

THAW_TEST(SpectrumSlicesTest);
#include "spectrum_slices_test.moc"
