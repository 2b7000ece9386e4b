// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/transfer_measurement.h"

#include "core/diffusion/noise.h"
#include "core/nn/responses.h"
#include "tests/core/faults.h"
#include "tests/core/tensors.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QTest>

#include <cmath>

using namespace thaw;
using testing::noise;

namespace {

// h * x, circular, the same kernel [H, W] for every channel.
torch::Tensor convolved(const torch::Tensor& x, const torch::Tensor& kernel) {
    const std::vector<std::int64_t> size{x.size(2), x.size(3)};
    return torch::fft_irfft2(torch::fft_rfft2(x) * torch::fft_rfft2(kernel), size);
}

torch::Tensor smallKernel(int height, int width) {
    auto kernel = torch::zeros({height, width}, torch::kDouble);
    kernel[0][0] = 1.5;
    kernel[0][1] = -0.4;
    kernel[height - 1][0] = 0.3;
    kernel[1][width - 1] = 0.2;
    return kernel;
}

NetworkPart partOf(std::function<torch::Tensor(const torch::Tensor&)> map, int channels, int height, int width) {
    return {[map = std::move(map)](const torch::Tensor& x, const ImageRange&) { return map(x); },
            [=](const ImageRange& range) {
                return noise({range.last, channels, height, width}).slice(0, range.first, range.last);
            }};
}

TransferRequest smallTransfer() {
    TransferRequest request;
    request.images = 6;
    request.chunk = 4;
    return request;
}

TransferFunction transferOf(NetworkPart part, const TransferRequest& request = smallTransfer()) {
    TransferMeasurement measurement(std::move(part), request);
    runToEnd(measurement);
    return measurement.value();
}

FourierGainMap probed(NetworkPart part, TransferRequest request = smallTransfer()) {
    request.images = 2;
    FourierProbe probe(std::move(part), request);
    runToEnd(probe);
    return probe.value();
}

void addTransferSizes() {
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("width");
    QTest::newRow("even") << 8 << 8;
    QTest::newRow("odd") << 7 << 7;
    QTest::newRow("mixed") << 6 << 9;
}

}  // namespace

class TransferMeasurementTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aConvolutionsTransferFunctionIsItsKernelsTransform_data() { addTransferSizes(); }
    void aConvolutionsTransferFunctionIsItsKernelsTransform() {
        QFETCH(int, height);
        QFETCH(int, width);
        const auto kernel = smallKernel(height, width);
        const auto result =
            transferOf(partOf([=](const torch::Tensor& x) { return convolved(x, kernel); }, 3, height, width));
        const auto expected = torch::fft_fft2(kernel);
        QCOMPARE(result.images, 6);
        QCOMPARE(result.channels, 3);
        for (int u = 0; u < height; ++u)
            for (int v = 0; v < width; ++v) {
                const std::size_t i = std::size_t(u) * std::size_t(width) + std::size_t(v);
                const auto H = torch::view_as_real(expected)[u][v];
                QVERIFY(std::abs(result.real[i] - H[0].item<double>()) < 1e-9);
                QVERIFY(std::abs(result.imaginary[i] - H[1].item<double>()) < 1e-9);
                QVERIFY(std::abs(result.gain[i] - H.norm().item<double>()) < 1e-9);
                QVERIFY(std::abs(result.coherence[i] - 1) < 1e-9);
            }
        for (std::size_t k = 0; k < result.frequencies.size(); ++k)
            QVERIFY(std::abs(result.ringCoherence[k] - 1) < 1e-9);
    }

    void theIdentityHasGainAndCoherenceOne() {
        const auto result = transferOf(partOf([](const torch::Tensor& x) { return x; }, 2, 8, 8));
        for (std::size_t i = 0; i < result.gain.size(); ++i) {
            QVERIFY(std::abs(result.gain[i] - 1) < 1e-12 && std::abs(result.coherence[i] - 1) < 1e-12);
            QVERIFY(std::abs(result.real[i] - 1) < 1e-12 && std::abs(result.imaginary[i]) < 1e-12);
        }
        QCOMPARE(result.frequencies.size(), std::size_t(5));
        for (std::size_t k = 0; k < 5; ++k) {
            QVERIFY(std::abs(result.ringGain[k] - 1) < 1e-12 && std::abs(result.ringCoherence[k] - 1) < 1e-12);
            QVERIFY(std::abs(result.responseGain[k] - 1) < 1e-12);
        }
    }

    void aShiftIsAPhaseAndStaysCoherent() {
        const auto result = transferOf(partOf([](const torch::Tensor& x) { return x.roll({0, 3}, {2, 3}); }, 1, 8, 8));
        for (std::size_t i = 0; i < result.gain.size(); ++i)
            QVERIFY(std::abs(result.gain[i] - 1) < 1e-9 && std::abs(result.coherence[i] - 1) < 1e-9);
        QVERIFY(std::abs(result.imaginary[2] - std::sin(-2 * M_PI * 2 * 3 / 8.0)) < 1e-9);
    }

    void linearResponseIsTheGainOfALinearPart() {
        // Doubles the first ring's neighbourhood and silences the rest.
        const auto kernel = torch::fft_irfft2(torch::ones({8, 5}, torch::kDouble) * 3, std::vector<std::int64_t>{8, 8});
        for (const double gain :
             transferOf(partOf([=](const torch::Tensor& x) { return convolved(x, kernel) + 7; }, 2, 8, 8)).responseGain)
            QVERIFY(std::abs(gain - 3) < 1e-9);
    }

    void thePiecesAreNoPartOfTheResult() {
        // Not linear, so that the response depends on every image and on the noise that is added to it.
        const auto images = noise({7, 2, 8, 8});
        const NetworkPart part{[](const torch::Tensor& x, const ImageRange&) { return x * x.abs(); },
                               [=](const ImageRange& range) { return images.slice(0, range.first, range.last); }};
        auto request = smallTransfer();
        request.images = 7;
        request.strength = 0.5;
        request.chunk = 1;
        const auto pieces = transferOf(part, request);
        request.chunk = 100;
        const auto whole = transferOf(part, request);
        QCOMPARE(pieces.images, 7);
        for (std::size_t k = 0; k < whole.responseGain.size(); ++k)
            QVERIFY(std::abs(pieces.responseGain[k] / whole.responseGain[k] - 1) < 1e-12);
        for (std::size_t i = 0; i < whole.gain.size(); ++i) {
            QVERIFY(std::abs(pieces.gain[i] / whole.gain[i] - 1) < 1e-9);
            QVERIFY(std::abs(pieces.coherence[i] - whole.coherence[i]) < 1e-9);
        }
    }

    void resamplingAloneHasGainOneAndNoCrossSpectrum() {
        const auto repeated = [](const torch::Tensor& x) { return x.repeat_interleave(2, 2).repeat_interleave(2, 3); };
        const auto result = transferOf(partOf(repeated, 2, 8, 8));
        QVERIFY(result.gain.empty() && result.ringCoherence.empty());
        QVERIFY(std::abs(result.responseGain[0] - 1) < 1e-9);
        QVERIFY(result.responseGain[1] > 0.9 && result.responseGain[1] <= 1);  // |cos(π f / 16)| of the repetition
        const auto more = transferOf(partOf([](const torch::Tensor& x) { return torch::cat({x, x}, 1); }, 2, 8, 8));
        for (const double gain : more.responseGain) QVERIFY(std::abs(gain - 1) < 1e-9);
    }

    void aBasisImageIsOneWaveOfUnitNorm() {
        for (const auto& [u, v] : {std::pair{0, 0}, {3, 2}, {4, 4}, {0, 4}, {7, 1}}) {
            const auto image = fourierBasisImage(8, 8, u, v);
            QVERIFY(std::abs(image.norm().item<double>() - 1) < 1e-12);
            const auto power = torch::fft_fft2(image).abs().square();
            const double own = power[u][v].item<double>() +
                               (u * 2 % 8 || v * 2 % 8 ? power[(8 - u) % 8][(8 - v) % 8].item<double>() : 0);
            QVERIFY(std::abs(own - 64) < 1e-9);
        }
    }

    void probingAConvolutionGivesItsGain_data() { addTransferSizes(); }
    void probingAConvolutionGivesItsGain() {
        QFETCH(int, height);
        QFETCH(int, width);
        const auto kernel = smallKernel(height, width);
        const auto map = probed(partOf([=](const torch::Tensor& x) { return convolved(x, kernel); }, 3, height, width));
        const auto expected = torch::fft_fft2(kernel).abs();
        for (int u = 0; u < height; ++u)
            for (int v = 0; v < width; ++v)
                QVERIFY(std::abs(map.gain[std::size_t(u * width + v)] - expected[u][v].item<double>()) < 1e-9);
    }

    void probingFillsFromTheLowFrequencies() {
        FourierProbe probe(partOf([](const torch::Tensor& x) { return x; }, 1, 8, 8), smallTransfer());
        QVERIFY(probe.value().gain.empty());
        QVERIFY(!runToEnd(probe, [](double share) { return share < 0.3; }));
        const auto part = probe.value();
        QVERIFY(std::abs(part.gain[0] - 1) < 1e-12 && std::abs(part.gain[1] - 1) < 1e-12);
        QVERIFY(std::isnan(part.gain[4 * 8 + 4]));
    }

    void everyPartOfANetworkCanBeMeasured() {
        auto denoiser = toy::denoiser();
        auto request = smallTransfer();
        request.sigma = 0.8;
        auto blocks = blockResponses(denoiser->config());
        blocks.push_back("");
        for (const auto& block : blocks) {
            request.block = block;
            const auto result = transferOf(networkPart(denoiser, toy::data(), request), request);
            QVERIFY2(!result.responseGain.empty() && result.responseGain[1] >= 0, block.c_str());
        }
        // Nearly no noise: the preconditioning hands the image through.
        request.block = "";
        request.sigma = 1e-4;
        const auto whole = transferOf(networkPart(denoiser, toy::data(), request), request);
        for (const double gain : whole.responseGain) QVERIFY(std::abs(gain - 1) < 0.01);
        QVERIFY(whole.ringCoherence[0] > 0.99);
        const auto map = probed(networkPart(denoiser, toy::data(), request), request);
        for (const double gain : map.gain) QVERIFY(std::abs(gain - 1) < 0.01);
    }

    void aBlockIsProbedWithItsOwnInput() {
        auto denoiser = toy::denoiser();
        TransferRequest request;
        request.block = "dec.4x4_in0";
        const auto part = networkPart(denoiser, {}, request);
        torch::Tensor input, output;
        probe(denoiser, noisyInputs(denoiser->config(), {}, 80, 2, 3), 80,
              [&](const std::string& name, const torch::Tensor& h) {
                  if (name == request.block + ".input") input = h;
                  if (name == request.block) output = h;
              });
        const auto x = part.inputs({2, 5});
        QVERIFY(x.equal(input) && part.map(x, {2, 5}).equal(output));
    }

    void impossibleRequestsAreNamed() {
        auto request = smallTransfer();
        const auto faultWith = [&](auto change) {
            auto changed = smallTransfer();
            change(changed);
            return faultOf([&] { networkPart(toy::denoiser(), {}, changed); });
        };
        QVERIFY(faultWith([](auto& r) { r.block = "enc.9x9"; }).startsWith("Usage"));
        QVERIFY(faultWith([](auto& r) { r.block = "enc.8x8_block0.conv0"; }).startsWith("Usage"));
        QVERIFY(faultWith([](auto& r) { r.sigma = 0; }).startsWith("Configuration"));
        QVERIFY(faultWith([](auto& r) { r.sigma = NAN; }).startsWith("Configuration"));
        QVERIFY(faultWith([](auto& r) { r.strength = 0; }).startsWith("Configuration"));
        QVERIFY(faultWith([](auto& r) { r.sigma = 1; }).startsWith("WrongKind"));
        auto config = toy::network();
        config.encoderType = EncoderType::Residual;
        request.block = "enc.4x4_aux_residual";
        QVERIFY(
            faultOf([&] { networkPart(Denoiser(config, Preconditioning::Edm), {}, request); }).contains("two inputs"));
    }
};

THAW_TEST(TransferMeasurementTest);
#include "transfer_measurement_test.moc"
