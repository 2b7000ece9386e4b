// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/layer_response.h"

#include "core/diffusion/noise.h"
#include "core/spectral/radial_profile.h"
#include "tests/core/faults.h"
#include "tests/core/layer_spectra.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QTest>

#include <cmath>
#include <numeric>

using namespace thaw;

namespace {

Denoiser smallDenoiser() {
    NetworkConfig config;
    config.imgResolution = 12;
    config.imgChannels = 1;
    config.modelChannels = 16;
    config.channelMult = {1, 2};
    config.numBlocks = 1;
    config.attnResolutions = {6};
    config.dropout = 0.5;
    Denoiser denoiser(config, Preconditioning::Edm);
    denoiser->model->initialise(4);
    return denoiser;
}

Dataset smallData() {
    Dataset data;
    data.images = torch::randint(256, {10, 1, 12, 12}, seededGenerator(9), torch::kByte);
    return data;
}

const LayerSpectra::Layer& layerOf(const LayerSpectra& spectra, const std::string& block) {
    for (const auto& layer : spectra.layers())
        if (layer.block == block) return layer;
    throw std::out_of_range(block);
}

LayerSpectrum measured(const Denoiser& denoiser, const LayerResponseRequest& request) {
    ResponseSpectrum spectrum(denoiser, {}, request, "small", true);
    runToEnd(spectrum);
    return spectrum.value();
}

double sumOf(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

}  // namespace

class LayerResponseTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyBlockWithAResponseIsMeasuredInForwardOrder() {
        auto denoiser = smallDenoiser();
        LayerResponseRequest request;
        request.images = 3;
        const auto spectra = layerSpectra(denoiser, {}, request);
        std::vector<std::string> expected, measured;
        for (const auto& block : denoiser->model->blocks())
            if (block.hasResponse) expected.push_back(block.name);
        for (const auto& layer : spectra.layers()) measured.push_back(layer.block);
        QVERIFY(measured == expected);
        QCOMPARE(layerOf(spectra, "enc.12x12_block0").channels, 16);
        QCOMPARE(layerOf(spectra, "enc.6x6_block0").channels, 32);
        QCOMPARE(layerOf(spectra, "enc.6x6_block0").images, 3);
    }

    void binsOfABlockSumToTheEnergyOfItsMaps() {
        auto denoiser = smallDenoiser();
        LayerResponseRequest request;
        request.sigma = 0.5;
        request.images = 5;
        request.chunk = 2;
        const auto data = smallData();
        const auto spectra = layerSpectra(denoiser, data, request);

        double energy = 0;
        torch::NoGradGuard noGrad;
        denoiser->eval();
        denoiser->forward(noisyInputs(denoiser->config(), data, 0.5, 0, 5), torch::full({5}, 0.5), {}, {},
                          [&](const std::string& block, const torch::Tensor& h) {
                              if (block == "dec.6x6_in0")
                                  energy = h.square().sum().item<double>() / double(5 * h.size(1));
                          });
        QVERIFY(energy > 0);
        QVERIFY(std::abs(sumOf(layerOf(spectra, "dec.6x6_in0").spectrum.value().power) / energy - 1) < 1e-4);
    }

    void chunksDoNotChangeTheResult() {
        auto denoiser = smallDenoiser();
        LayerResponseRequest request;
        request.images = 7;
        request.blocks = {"dec.12x12_block0"};
        const auto whole = measured(denoiser, request);
        request.chunk = 3;
        const auto chunked = measured(denoiser, request);
        for (std::size_t i = 0; i < whole.spectrum.power.size(); ++i)
            QVERIFY(std::abs(whole.spectrum.power[i] / chunked.spectrum.power[i] - 1) < 1e-4);
    }

    void aSpectrumCarriesItsProvenance() {
        auto denoiser = smallDenoiser();
        LayerResponseRequest request;
        request.images = 2;
        request.firstSeed = 40;
        request.blocks = {"enc.12x12_conv"};
        const auto value = measured(denoiser, request);
        QCOMPARE(value.model, std::string("small"));
        QVERIFY(value.tuned);
        QCOMPARE(value.block, std::string("enc.12x12_conv"));
        QCOMPARE(value.sigma, 80.0);
        QCOMPARE(value.images, 2);
        QCOMPARE(value.channels, 16);
        QCOMPARE(value.firstSeed, std::uint64_t(40));
        QCOMPARE(value.spectrum.height, 12);
        QVERIFY(value.profile.power == radialProfile(value.spectrum).power);
    }

    void below80TheInputIsARealImagePlusNoise() {
        const auto network = smallDenoiser()->config();
        const auto data = smallData();
        const auto noise = noisyInputs(network, data, 80, 9, 3);
        QVERIFY(noise.equal(latentsForSeeds({9, 10, 11}, 1, 12) * 80.0));
        const auto noisy = noisyInputs(network, data, 0.25, 9, 3);
        const auto images = imageBatch(data, torch::tensor({9, 0, 1}));  // the eleventh of ten images is the first
        QVERIFY((noisy - images).allclose(latentsForSeeds({9, 10, 11}, 1, 12) * 0.25, 1e-5, 1e-6));
    }

    void theModelsModeIsLeftAsItWas() {
        auto denoiser = smallDenoiser();
        LayerResponseRequest request;
        request.images = 2;
        request.blocks = {"dec.12x12_block0"};
        denoiser->train();
        const auto first = measured(denoiser, request).spectrum.power;
        QVERIFY(denoiser->is_training());
        // Dropout was off, or the second measurement would differ.
        QVERIFY(measured(denoiser, request).spectrum.power == first);
    }

    void cancellingStopsBetweenChunks() {
        auto denoiser = smallDenoiser();
        LayerResponseRequest request;
        request.images = 6;
        request.chunk = 2;
        request.blocks = {"enc.12x12_conv"};
        ResponseSpectrum spectrum(denoiser, {}, request, "small", false);
        std::vector<double> asked;
        QVERIFY(!runToEnd(spectrum, [&](double fraction) {
            asked.push_back(fraction);
            return asked.size() < 2;
        }));
        QCOMPARE(spectrum.value().images, std::int64_t(2));
        QCOMPARE(asked, (std::vector<double>{0.0, 2.0 / 6}));
    }

    void anUnknownBlockIsNamed() {
        auto denoiser = smallDenoiser();
        LayerResponseRequest request;
        for (const char* name : {"enc.99x99_block0", "map_layer0"}) {
            request.blocks = {name};
            const QString fault = faultOf([&] { measured(denoiser, request); });
            QVERIFY2(fault.startsWith("Usage") && fault.contains(name), qPrintable(fault));
        }
    }

    void dataThatDoNotFitAreRefusedWhereTheyAreNeeded() {
        auto denoiser = smallDenoiser();
        LayerResponseRequest request;
        request.images = 1;
        request.sigma = 1;
        QVERIFY(faultOf([&] { measured(denoiser, request); }).startsWith("WrongKind"));
        Dataset colour;
        colour.images = torch::zeros({2, 3, 12, 12}, torch::kByte);
        QVERIFY(faultOf([&] { ResponseSpectrum(denoiser, colour, request, {}, false); }).startsWith("WrongKind"));
    }
};

THAW_TEST(LayerResponseTest);
#include "layer_response_test.moc"
