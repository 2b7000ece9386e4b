// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/image_spectrum.h"

#include "core/diffusion/noise.h"
#include "core/io/safetensors.h"
#include "tests/core/faults.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QTest>

#include <cmath>

using namespace thaw;

namespace {

torch::Tensor goldenTensor(const char* name) {
    static const SafeTensors content =
        readSafeTensors(QString(THAW_GOLDEN).append("/spectra.io.safetensors").toStdString());
    return content.at(name, "").to(torch::kDouble);
}

ImageSpectrumTable imageSpectrumOf(const torch::Tensor& images, ImageSpectrumOptions options, int chunk) {
    options.chunk = chunk;
    ImageSpectrum spectrum([=](const ImageRange& range) { return images.slice(0, range.first, range.last); },
                           int(images.size(0)), options, "images");
    runToEnd(spectrum);
    return spectrum.value();
}

}  // namespace

class ImageSpectrumTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void styleGan3SpectrumMatchesReferenceTo1e9PieceByPiece() {
        const auto images = goldenTensor("images"), reference = goldenTensor("power_stylegan3_kaiser8_interp4"),
                   meanStd = goldenTensor("mean_std");
        ImageSpectrumOptions options{true, meanStd[0].item<double>(), meanStd[1].item<double>(), 0};
        const auto table = imageSpectrumOf(images, options, 5);
        QCOMPARE(table.images, std::int64_t(16));
        for (std::int64_t i = 0; i < reference.numel(); ++i)
            QVERIFY(std::abs(table.spectrum.power[std::size_t(i)] / reference.flatten()[i].item<double>() - 1) < 1e-9);
        QCOMPARE(table.profile.frequency.back(), 16.0);
        QCOMPARE(table.slice0.power.size(), std::size_t(65));
        QCOMPARE(table.logAmplitude.amplitude.size(), std::size_t(16));
    }

    void theSpreadIsThatOfTheImagesOwnProfiles_data() {
        QTest::addColumn<bool>("styleGan3");
        QTest::newRow("plain") << false;
        QTest::newRow("StyleGAN3") << true;
    }
    void theSpreadIsThatOfTheImagesOwnProfiles() {
        QFETCH(bool, styleGan3);
        const auto images = torch::randn({5, 2, 8, 8}, seededGenerator(3), torch::kDouble) + 0.4;
        const ImageSpectrumOptions options{styleGan3, 0.4, 1.3, 0};
        const auto table = imageSpectrumOf(images, options, 2);
        std::vector<std::vector<double>> profiles;
        for (int n = 0; n < 5; ++n)
            profiles.push_back(imageSpectrumOf(images.slice(0, n, n + 1), options, 1).profile.power);
        for (std::size_t k = 0; k < table.profile.power.size(); ++k) {
            double mean = 0, squares = 0;
            for (const auto& profile : profiles) mean += profile[k] / 5;
            for (const auto& profile : profiles) squares += (profile[k] - mean) * (profile[k] - mean);
            QVERIFY(std::abs(table.profile.power[k] / mean - 1) < 1e-10);
            QVERIFY(std::abs(table.deviation[k] / std::sqrt(squares / 4) - 1) < 1e-9);
        }
    }

    void whiteNoiseHasNoSlope() {
        const auto table = imageSpectrumOf(torch::randn({600, 1, 16, 16}, seededGenerator(3), torch::kDouble), {}, 100);
        QVERIFY(std::abs(table.slope) < 0.06);
        QVERIFY(std::abs(table.centroid - 4.5) < 0.05);  // the mean of 1 .. 8
    }

    void theDataSetsWhiteningIsThatOfAllItsPixels() {
        const auto data = toy::data(50);
        const auto whitening = datasetWhitening(data),
                   direct = measureWhitening(imageBatch(data, torch::arange(50)).to(torch::kDouble));
        QVERIFY(std::abs(whitening.mean - direct.mean) < 1e-6 && std::abs(whitening.std - direct.std) < 1e-6);
    }

    void nothingIsNotASpectrum() {
        const auto none = [](const ImageRange&) { return torch::Tensor(); };
        QVERIFY(faultOf([&] { ImageSpectrum(none, 0, {}); }).startsWith("Configuration"));
        QVERIFY(faultOf([&] { ImageSpectrum(none, 5, {true, 0, 0, 64}); }).startsWith("Configuration"));
        QCOMPARE(ImageSpectrum(none, 5, {}).value().images, std::int64_t(0));
    }
};

THAW_TEST(ImageSpectrumTest);
#include "image_spectrum_test.moc"
