// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/convolutions.h"
#include "core/nn/unet.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

#include <map>

using namespace thaw;

namespace {

NetworkConfig listedNetwork(Architecture architecture, EncoderType encoder) {
    NetworkConfig config;
    config.architecture = architecture;
    config.encoderType = encoder;
    if (encoder == EncoderType::Residual) config.resampleFilter = {1, 3, 3, 1};
    config.imgResolution = 16;
    config.modelChannels = architecture == Architecture::DhariwalUNet ? 64 : 16;
    config.channelMult = {1, 2};
    config.numBlocks = 2;
    config.attnResolutions = {8};
    return config;
}

}  // namespace

class ConvolutionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyConvolutionOfTheNetworkIsListedOnce_data() {
        QTest::addColumn<int>("architecture");
        QTest::addColumn<int>("encoder");
        QTest::newRow("DDPM++") << int(Architecture::SongUNet) << int(EncoderType::Standard);
        QTest::newRow("NCSN++") << int(Architecture::SongUNet) << int(EncoderType::Residual);
        QTest::newRow("ADM") << int(Architecture::DhariwalUNet) << int(EncoderType::Standard);
    }
    void everyConvolutionOfTheNetworkIsListedOnce() {
        QFETCH(int, architecture);
        QFETCH(int, encoder);
        const auto config = listedNetwork(Architecture(architecture), EncoderType(encoder));
        std::map<std::string, std::vector<std::int64_t>> weights, listed;
        UNet network(config);
        for (const auto& item : network->named_parameters())
            if (item.value().dim() == 4) weights[item.key()] = item.value().sizes().vec();
        for (const auto& c : convolutionsOf(config)) {
            QVERIFY2(!listed.count(c.name + ".weight"), c.name.c_str());
            listed[c.name + ".weight"] = {c.out, c.in, c.kernel, c.kernel};
        }
        QCOMPARE(listed.size(), weights.size());
        QVERIFY(listed == weights);
    }

    void theirResolutionIsThatOfTheLevel() {
        for (const auto& c : convolutionsOf(listedNetwork(Architecture::SongUNet, EncoderType::Residual))) {
            const bool low = c.name.find("8x8_") != std::string::npos;
            const bool beforeHalving = c.name == "enc.8x8_aux_residual";
            QCOMPARE(c.resolution, low && !beforeHalving ? 8 : 16);
        }
    }

    void operationsAreTwoForEveryProduct() {
        const ConvolutionShape shape{"x", 3, 5, 3, 7};
        QCOMPARE(shape.operations(), 2.0 * 3 * 5 * 9 * 49);
    }
};

THAW_TEST(ConvolutionsTest);
#include "convolutions_test.moc"
