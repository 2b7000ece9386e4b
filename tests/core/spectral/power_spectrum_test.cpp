// SPDX-License-Identifier: GPL-3.0-or-later
// Golden numbers: NumPy and SciPy in double precision on 8-bit images (tests/golden/spectra.io.safetensors).
#include "core/spectral/power_spectrum.h"

#include "core/diffusion/noise.h"
#include "core/io/safetensors.h"
#include "core/spectral/radial_profile.h"
#include "core/values/decibel.h"
#include "tests/core/tensors.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QTest>

#include <cmath>
#include <numbers>
#include <numeric>

using namespace thaw;
using testing::goldenSpectra;
using testing::noise;

namespace {

Spectrum powerSpectrumOf(const torch::Tensor& maps, const PowerSpectrumOptions& options = {}) {
    PowerSpectrum spectrum(options);
    spectrum.add(maps);
    return spectrum.value();
}

/// Largest relative deviation from the reference.
double deviation(const std::vector<double>& values, const torch::Tensor& reference) {
    const auto flat = reference.to(torch::kDouble).contiguous().reshape(-1);
    if (std::int64_t(values.size()) != flat.numel()) return INFINITY;
    double worst = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double expected = flat[std::int64_t(i)].item<double>();
        worst = std::max(worst, std::abs(values[i] - expected) / std::abs(expected));
    }
    return worst;
}

double sumOfPower(const Spectrum& spectrum) {
    return std::accumulate(spectrum.power.begin(), spectrum.power.end(), 0.0);
}

Whitening goldenWhitening() { return measureWhitening(goldenSpectra().at("images", "")); }

void addSpectrumSizes() {
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("width");
    QTest::newRow("square") << 28 << 28;
    QTest::newRow("odd") << 7 << 7;
    QTest::newRow("wide") << 6 << 15;
    QTest::newRow("high") << 17 << 4;
    QTest::newRow("row") << 1 << 12;
    QTest::newRow("one pixel") << 1 << 1;
}

}  // namespace

class PowerSpectrumTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void unnormalisedPowerMatchesReferenceTo1e9() {
        PowerSpectrumOptions options;
        options.unit = PowerUnit::Unnormalised;
        const auto spectrum = powerSpectrumOf(goldenSpectra().at("images", ""), options);
        QVERIFY(deviation(spectrum.power, goldenSpectra().at("power_unnormalised_no_window", "")) < 1e-9);
        QCOMPARE(spectrum.maps, 48);
    }

    void whiteningMatchesReferenceTo1e9() {
        const auto [mean, std] = goldenWhitening();
        QVERIFY(deviation({mean, std}, goldenSpectra().at("mean_std", "")) < 1e-9);
    }

    void kaiserWindowMatchesReferenceTo1e9() {
        const auto window = unitEnergyWindow(WindowKind::Kaiser8, 32);
        std::vector<double> outer;
        for (const double y : window)
            for (const double x : window) outer.push_back(y * x);
        QVERIFY(deviation(outer, goldenSpectra().at("kaiser8_window", "")) < 1e-9);
    }

    void theHannWindowIsThePeriodicOne() {
        const auto window = unitEnergyWindow(WindowKind::Hann, 8);
        // The fourth powers of the sine sum to 3/8 of the length.
        for (int n = 0; n < 8; ++n)
            QVERIFY(std::abs(window[std::size_t(n)] -
                             std::pow(std::sin(std::numbers::pi * n / 8), 2) / std::sqrt(3.0)) < 1e-15);
    }

    void windowedPowerMatchesReferenceTo1e9() {
        auto options = styleGan3Spectrum(goldenWhitening());
        options.interpolation = 1;
        QVERIFY(deviation(powerSpectrumOf(goldenSpectra().at("images", ""), options).power,
                          goldenSpectra().at("power_kaiser8_normalised", "")) < 1e-9);
    }

    void styleGan3SpectrumMatchesReferenceTo1e9() {
        const auto spectrum = powerSpectrumOf(goldenSpectra().at("images", ""), styleGan3Spectrum(goldenWhitening()));
        QCOMPARE(spectrum.height, 128);
        QVERIFY(deviation(spectrum.power, goldenSpectra().at("power_stylegan3_kaiser8_interp4", "")) < 1e-9);
    }

    void radialProfileMatchesReferenceTo1e9() {
        PowerSpectrumOptions options;
        options.unit = PowerUnit::Unnormalised;
        const auto profile = radialProfile(powerSpectrumOf(goldenSpectra().at("images", ""), options));
        QVERIFY(deviation(profile.power, goldenSpectra().at("radial_mean_of_power_by_rounded_radius_0_16", "")) < 1e-9);
        QCOMPARE(profile.frequency.back(), 16.0);
    }

    void binsSumToTheMeanEnergy_data() { addSpectrumSizes(); }
    void binsSumToTheMeanEnergy() {
        QFETCH(int, height);
        QFETCH(int, width);
        const auto maps = noise({5, 3, height, width}) + 0.7;
        const double energy = maps.square().sum().item<double>() / 15;
        const auto spectrum = powerSpectrumOf(maps);
        QVERIFY(std::abs(sumOfPower(spectrum) / energy - 1) < 1e-12);
        QCOMPARE(spectrum.height, height);
        QCOMPARE(spectrum.width, width);
    }

    void matchesTheDefinitionBinByBin_data() { addSpectrumSizes(); }
    void matchesTheDefinitionBinByBin() {
        QFETCH(int, height);
        QFETCH(int, width);
        const auto map = noise({1, 1, height, width});
        const auto expected = torch::fft_fft2(map).abs().square().reshape(-1) / double(height * width);
        QVERIFY(deviation(powerSpectrumOf(map).power, expected) < 1e-9);
    }

    void removingTheMeanEmptiesTheDcBinAlone() {
        const auto maps = noise({4, 2, 9, 12}) + 5;
        PowerSpectrumOptions options;
        options.removeMean = true;
        const auto with = powerSpectrumOf(maps), without = powerSpectrumOf(maps, options);
        QVERIFY(with.power[0] > 1000 && without.power[0] < 1e-25);
        for (std::size_t i = 1; i < with.power.size(); ++i) QVERIFY(std::abs(with.power[i] - without.power[i]) < 1e-9);
    }

    void whiteNoiseOfUnitVarianceIsFlatAtZeroDecibel_data() {
        QTest::addColumn<int>("window");
        QTest::addColumn<int>("interpolation");
        QTest::newRow("no window") << int(WindowKind::None) << 1;
        QTest::newRow("Hann") << int(WindowKind::Hann) << 1;
        QTest::newRow("Kaiser") << int(WindowKind::Kaiser8) << 1;
        QTest::newRow("Kaiser, interpolated") << int(WindowKind::Kaiser8) << 2;
    }
    void whiteNoiseOfUnitVarianceIsFlatAtZeroDecibel() {
        QFETCH(int, window);
        QFETCH(int, interpolation);
        PowerSpectrumOptions options;
        options.window = WindowKind(window);
        options.interpolation = interpolation;
        const auto spectrum = powerSpectrumOf(noise({4000, 1, 8, 8}), options);
        // A bin's power is exponentially distributed (chi-squared at the real bins): standard error of at most sqrt(2/n).
        for (const double power : spectrum.power) QVERIFY(std::abs(power - 1) < 6 * std::sqrt(2.0 / 4000));
        for (const double power : radialProfile(spectrum, interpolation).power) QVERIFY(std::abs(decibel(power)) < 0.6);
    }

    void aWaveStandsInItsTwoBinsAlone() {
        const int height = 12, width = 20, u = 3, v = 17;  // v is -3: the mirrored half is tested too
        auto map = torch::empty({1, 1, height, width}, torch::kDouble);
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                map[0][0][y][x] = 2 * std::cos(2 * std::numbers::pi * (double(u * y) / height + double(v * x) / width));
        const auto spectrum = powerSpectrumOf(map);
        for (int i = 0; i < height; ++i)
            for (int j = 0; j < width; ++j) {
                const bool expected = (i == u && j == v) || (i == height - u && j == width - v);
                QVERIFY(std::abs(spectrum.power[std::size_t(i * width + j)] - (expected ? height * width : 0)) < 1e-9);
            }
    }

    void shiftingAMapChangesNothing() {
        const auto maps = noise({3, 2, 10, 14});
        const auto still = powerSpectrumOf(maps).power, moved = powerSpectrumOf(maps.roll({3, -5}, {2, 3})).power;
        for (std::size_t i = 0; i < still.size(); ++i) QVERIFY(std::abs(still[i] - moved[i]) < 1e-12 * (1 + still[i]));
    }

    void pieceByPieceEqualsAllAtOnce() {
        const auto maps = noise({70, 5, 6, 6});
        PowerSpectrum pieces;
        for (const auto& piece : maps.split(9)) pieces.add(piece);
        QCOMPARE(pieces.maps(), 350);
        const auto whole = powerSpectrumOf(maps).power, parts = pieces.value().power;
        for (std::size_t i = 0; i < whole.size(); ++i) QVERIFY(std::abs(whole[i] / parts[i] - 1) < 1e-13);
    }

    void theNumberOfThreadsChangesNoBit() {
        const auto maps = noise({300, 3, 7, 7});
        const int threads = at::get_num_threads();
        at::set_num_threads(1);
        const auto one = powerSpectrumOf(maps).power;
        at::set_num_threads(3);
        const auto three = powerSpectrumOf(maps).power;
        at::set_num_threads(threads);
        QVERIFY(one == three);
    }

    void typesAndLayoutsReadTheSame() {
        const auto bytes = torch::randint(256, {2, 3, 8, 6}, seededGenerator(1), torch::kByte);
        const auto expected = powerSpectrumOf(bytes.to(torch::kDouble)).power;
        for (const auto& maps : {bytes, bytes.to(torch::kFloat), bytes.to(torch::kBFloat16),
                                 bytes.to(torch::kDouble).contiguous(torch::MemoryFormat::ChannelsLast)}) {
            QVERIFY(powerSpectrumOf(maps).power == expected);
        }
    }

    void resetForgetsEverything() {
        PowerSpectrum spectrum;
        spectrum.add(noise({1, 1, 4, 4}));
        spectrum.reset();
        QCOMPARE(spectrum.value().height, 0);
        spectrum.add(noise({2, 1, 5, 6}));  // another size is welcome again
        QVERIFY(spectrum.value().power == powerSpectrumOf(noise({2, 1, 5, 6})).power);
    }

    void mapsOfTwoSizesDoNotMix() {
        PowerSpectrum spectrum;
        spectrum.add(noise({1, 1, 4, 4}));
        QVERIFY_EXCEPTION_THROWN(spectrum.add(noise({1, 1, 4, 5})), c10::Error);
    }

    void radialProfileOfAnIsotropicSpectrumIsThatFunction_data() { addSpectrumSizes(); }
    void radialProfileOfAnIsotropicSpectrumIsThatFunction() {
        QFETCH(int, height);
        QFETCH(int, width);
        Spectrum spectrum{height, width, {}, 1};
        for (int i = 0; i < height; ++i)
            for (int j = 0; j < width; ++j) {
                const double u = i <= height / 2 ? i : height - i, v = j <= width / 2 ? j : width - j;
                spectrum.power.push_back(std::exp(-std::round(std::hypot(u, v))));
            }
        const auto profile = radialProfile(spectrum);
        QCOMPARE(profile.power.size(), std::size_t(std::min(height, width) / 2 + 1));
        for (std::size_t k = 0; k < profile.power.size(); ++k) {
            QCOMPARE(profile.frequency[k], double(k));
            QVERIFY(std::abs(profile.power[k] - std::exp(-double(k))) < 1e-14);
        }
    }

    void interpolatedProfileIsInCyclesPerImage() {
        PowerSpectrumOptions options;
        options.interpolation = 4;
        const auto profile = radialProfile(powerSpectrumOf(noise({1, 1, 8, 8}), options), 4);
        QCOMPARE(profile.frequency.size(), std::size_t(17));
        QCOMPARE(profile.frequency[1], 0.25);
        QCOMPARE(profile.frequency.back(), 4.0);
    }

    void decibelsInvertAndStopAtTheFloor() {
        QCOMPARE(decibel(100.0), 20.0);
        QCOMPARE(std::pow(10.0, decibel(0.37) / 10), 0.37);
        QCOMPARE(decibel(0.0, -90), -90.0);
        QCOMPARE(decibel(1e-12, -90), -90.0);
        QVERIFY(std::isnan(decibel(NAN, -90)));
    }
};

THAW_TEST(PowerSpectrumTest);
#include "power_spectrum_test.moc"
