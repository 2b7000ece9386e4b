// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/responses.h"

#include "tests/core/faults.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QTest>

using namespace thaw;

namespace {

NetworkConfig admConfig() {
    auto config = toy::network();
    config.architecture = Architecture::DhariwalUNet;
    config.modelChannels = 64;
    return config;
}

NetworkConfig ncsnConfig() {
    auto config = toy::network();
    config.encoderType = EncoderType::Residual;
    return config;
}

struct Heard {
    std::vector<std::string> names;
    std::vector<std::vector<std::int64_t>> shapes;
};

Heard listen(Denoiser& denoiser) {
    Heard heard;
    torch::NoGradGuard noGrad;
    denoiser->forward(torch::ones({2, 1, 8, 8}), torch::full({2}, 3.0), {}, {},
                      [&](const std::string& name, const torch::Tensor& response) {
                          if (name.ends_with(".input")) return;
                          heard.names.push_back(name);
                          heard.shapes.push_back(response.sizes().vec());
                      });
    return heard;
}

}  // namespace

class ResponsesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theListIsWhatAHookHears_data() {
        QTest::addColumn<int>("kind");
        QTest::newRow("DDPM++") << 0;
        QTest::newRow("ADM") << 1;
        QTest::newRow("NCSN++") << 2;
    }
    void theListIsWhatAHookHears() {
        QFETCH(int, kind);
        const auto config = kind == 0 ? toy::network() : kind == 1 ? admConfig() : ncsnConfig();
        Denoiser denoiser(config, Preconditioning::Edm);
        const auto heard = listen(denoiser);
        const auto listed = responsesOf(config);
        QCOMPARE(heard.names.size(), listed.size());
        for (std::size_t i = 0; i < listed.size(); ++i) {
            QCOMPARE(heard.names[i], listed[i].name);
            const std::vector<std::int64_t> shape{2, listed[i].channels, listed[i].resolution, listed[i].resolution};
            QVERIFY2(heard.shapes[i] == shape, listed[i].name.c_str());
        }
    }

    void listeningChangesNoBit() {
        auto denoiser = toy::denoiser();
        torch::NoGradGuard noGrad;
        const auto x = torch::randn({2, 1, 8, 8}), sigma = torch::full({2}, 0.7);
        const auto silent = denoiser->forward(x, sigma);
        QVERIFY(denoiser->forward(x, sigma, {}, {}, [](const std::string&, torch::Tensor&) {}).equal(silent));
    }

    void aHookReplacesAnyResponse_data() {
        QTest::addColumn<QString>("name");
        for (const auto& response : responsesOf(toy::network()))
            QTest::newRow(response.name.c_str()) << QString::fromStdString(response.name);
        QTest::newRow("input") << "enc.8x8_conv.input";
    }
    void aHookReplacesAnyResponse() {
        QFETCH(QString, name);
        auto denoiser = toy::denoiser();
        for (auto& p : denoiser->parameters()) torch::NoGradGuard(), p.data().add_(0.05);  // no branch is silent
        torch::NoGradGuard noGrad;
        const auto x = torch::randn({2, 1, 8, 8}), sigma = torch::full({2}, 0.7);
        const auto untouched = denoiser->forward(x, sigma);
        const auto replaced =
            denoiser->forward(x, sigma, {}, {}, [&](const std::string& heard, torch::Tensor& response) {
                if (heard != name.toStdString()) return;
                // Neither a scale nor an offset alone: the norms would swallow it.
                response = response + torch::linspace(0, 1, 8).reshape({1, 1, 1, 8}).slice(3, 0, response.size(3));
            });
        QVERIFY(!replaced.equal(untouched));
        QVERIFY(denoiser->forward(x, sigma).equal(untouched));
    }

    void aModuleAloneDoesWhatItDoesInTheNetwork() {
        auto denoiser = toy::denoiser();
        torch::NoGradGuard noGrad;
        const auto sigma = torch::full({2}, 0.7);
        std::map<std::string, torch::Tensor> heard;
        denoiser->forward(torch::randn({2, 1, 8, 8}), sigma, {}, {},
                          [&](const std::string& name, const torch::Tensor& response) { heard[name] = response; });
        const auto embedding = denoiser->model->embed(denoiser->scales(sigma).cNoise, {});
        for (const auto& block : blockResponses(denoiser->config()))
            QVERIFY2(denoiser->model->runModule(block, heard.at(block + ".input"), embedding).equal(heard.at(block)),
                     block.c_str());
        QVERIFY(faultOf([&] {
                    denoiser->model->runModule("enc.99x99", heard.at("output"), embedding);
                }).startsWith("Usage"));
    }

    void globsMeanBlocksFirstThenOperations() {
        const auto config = toy::network();
        QVERIFY(chooseResponses(config, "*") == blockResponses(config));
        QVERIFY(chooseResponses(config, "all") == blockResponses(config));
        QVERIFY((chooseResponses(config, "enc.8x8_block0.*") ==
                 std::vector<std::string>{"enc.8x8_block0.norm0", "enc.8x8_block0.conv0", "enc.8x8_block0.norm1",
                                          "enc.8x8_block0.conv1"}));
        for (const auto& name : chooseResponses(config, "*.qkv")) QVERIFY(name.ends_with(".qkv"));
        QVERIFY((chooseResponses(config, "enc.8x8_conv,output") == std::vector<std::string>{"enc.8x8_conv", "output"}));
        QCOMPARE(chooseResponses(config, "*", true).size(), responsesOf(config).size());
        QCOMPARE(chooseResponses(config, "*,!output", true).size(), responsesOf(config).size() - 1);
    }

    void whatMatchesNothingIsNamed() {
        const auto config = toy::network();
        auto fault = faultOf([&] { chooseResponses(config, "enc,*.conv7"); });
        QVERIFY2(fault.startsWith("Configuration") && fault.contains("*.conv7") && !fault.contains("'enc'"),
                 qPrintable(fault));
        fault = faultOf([&] { chooseResponses(config, "*,!*"); });
        QVERIFY2(fault.contains("leaves no block"), qPrintable(fault));
        fault = faultOf([&] { requireResponses(config, {"enc.8x8_conv", "map_layer0"}); });
        QVERIFY2(fault.startsWith("Usage") && fault.contains("map_layer0"), qPrintable(fault));
    }
};

THAW_TEST(ResponsesTest);
#include "responses_test.moc"
