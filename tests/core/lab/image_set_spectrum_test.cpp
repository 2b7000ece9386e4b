// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lab/image_set.h"

#include "core/io/npy_tensor.h"
#include "tests/core/tensors.h"
#include "tests/registry.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace thaw;

class ImageSetSpectrumTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    ImageSetSpectrum spectrumOf(const torch::Tensor& images, bool styleGan3 = false) const {
        ImageSetRequest request;
        request.images = folder_.filePath("images.npy").toStdString();
        request.styleGan3 = styleGan3;
        writeNpy(request.images, toNpy(images));
        return measureImageSet(request);
    }

private Q_SLOTS:
    // m + a cos(2π·2x/8): P[0,0] = m²·H·W, P[0,±2] = (a/2)²·H·W, and nothing elsewhere. Neither m nor a is a level of 8 bits.
    void aWaveOfFloatsHasItsPowerTo1e9_data() {
        QTest::addColumn<bool>("wide");
        QTest::newRow("float32") << false;
        QTest::newRow("float64") << true;
    }
    void aWaveOfFloatsHasItsPowerTo1e9() {
        QFETCH(bool, wide);
        const auto wave = torch::tensor({1.0, 0.0, -1.0, 0.0, 1.0, 0.0, -1.0, 0.0}).to(torch::kDouble);
        auto images = torch::empty({2, 1, 8, 8}, torch::kDouble);
        const double m = 0.125 + 1.0 / 4096, a[2] = {0.3125 + 1.0 / 8192, 1.5};  // exact in both types
        for (int n = 0; n < 2; ++n) images[n][0] = (m + a[n] * wave).expand({8, 8});
        const auto power = spectrumOf(wide ? images : images.to(torch::kFloat)).table.spectrum.power;
        const double largest = (a[0] * a[0] + a[1] * a[1]) / 8 * 64;
        for (std::size_t i = 0; i < 64; ++i) {
            const double expected = i == 0 ? m * m * 64 : i == 2 || i == 6 ? largest : 0;
            QVERIFY2(std::abs(power[i] - expected) < 1e-9 * largest, qPrintable(QString::number(i)));
        }
    }

    // Images of any float values against NumPy.
    void floatsMatchNumPyTo1e9() {
        const auto& golden = testing::goldenSpectra();
        const auto images = golden.at("images", "");
        const auto plain = golden.at("power_unnormalised_no_window", "").flatten(),
                   windowed = golden.at("power_stylegan3_kaiser8_interp4", "").flatten();
        const auto table = spectrumOf(images).table, styleGan3 = spectrumOf(images, true).table;
        QCOMPARE(table.images, std::int64_t(16));
        for (std::int64_t i = 0; i < plain.numel(); ++i)
            QVERIFY(std::abs(table.spectrum.power[std::size_t(i)] * 32 * 32 / plain[i].item<double>() - 1) < 1e-9);
        for (std::int64_t i = 0; i < windowed.numel(); ++i)
            QVERIFY(std::abs(styleGan3.spectrum.power[std::size_t(i)] / windowed[i].item<double>() - 1) < 1e-9);
    }
};

THAW_TEST(ImageSetSpectrumTest);
#include "image_set_spectrum_test.moc"
