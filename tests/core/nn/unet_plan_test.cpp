// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/unet_plan.h"

#include "core/nn/unet.h"
#include "core/values/error.h"
#include "core/values/freeze_plan.h"
#include "tests/registry.h"

#include <ATen/CPUGeneratorImpl.h>

#include <torch/torch.h>

#include <QtTest/QTest>

using namespace thaw;

namespace {

NetworkConfig published(const QString& name) {
    const bool large = name.contains("64");
    const std::string size =
        large ? R"("img_resolution":64,"channel_mult":[1,2,2,2])" : R"("img_resolution":32,"channel_mult":[2,2,2])";
    std::string json = "{" + size + R"(,"img_channels":3,"model_type":"SongUNet")";
    if (name.contains("NCSN++"))
        json +=
            R"(,"embedding_type":"fourier","encoder_type":"residual","channel_mult_noise":2,"resample_filter":[1,3,3,1])";
    if (name.contains("ADM"))
        json = R"({"img_resolution":64,"img_channels":3,"label_dim":1000,"model_type":"DhariwalUNet")";
    if (name.contains("augment")) json += R"(,"augment_dim":9)";
    if (name.contains("classes")) json += R"(,"label_dim":10)";
    return parseNetworkConfig(json + "}", "test");
}

std::int64_t total(const std::vector<ParameterInfo>& parameters) {
    std::int64_t sum = 0;
    for (const auto& p : parameters) sum += p.count;
    return sum;
}

}  // namespace

class UNetPlanTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void publishedNetworksHaveTheirPublishedSizes_data() {
        QTest::addColumn<qint64>("parameters");
        QTest::addColumn<int>("tensors");
        QTest::addColumn<double>("frozenPercent");
        QTest::newRow("32 DDPM++ augment") << qint64(55733891) << 417 << 85.40;
        QTest::newRow("32 NCSN++ augment") << qint64(56397827) << 421 << 84.40;
        QTest::newRow("32 NCSN++") << qint64(56395523) << 420 << 84.40;
        QTest::newRow("32 NCSN++ classes") << qint64(56398339) << 422 << 84.40;
        QTest::newRow("32 DDPM++ augment classes") << qint64(55735299) << 419 << 85.40;
        QTest::newRow("32 NCSN++ augment classes") << qint64(56400643) << 423 << 84.39;
        QTest::newRow("64 DDPM++ augment") << qint64(61805571) << 541 << 85.13;
        QTest::newRow("64 NCSN++ augment") << qint64(62761091) << 547 << 83.83;
        QTest::newRow("64 NCSN++") << qint64(62758787) << 546 << 83.84;
        QTest::newRow("64 ADM") << qint64(295899267) << 541 << 78.77;
    }
    void publishedNetworksHaveTheirPublishedSizes() {
        QFETCH(qint64, parameters);
        QFETCH(int, tensors);
        QFETCH(double, frozenPercent);
        const auto all = expectedParameters(published(QTest::currentDataTag()));
        QCOMPARE(qint64(total(all)), parameters);
        QCOMPARE(int(all.size()), tensors);
        std::int64_t frozen = 0;
        for (const auto& p : all)
            if (isFrozen(parseFreezePlan("d2o-f"), p.name)) frozen += p.count;
        QCOMPARE(std::round(1e4 * double(frozen) / double(parameters)) / 100, frozenPercent);
    }

    void networkRegistersExactlyTheExpectedParametersInOrder_data() {
        QTest::addColumn<QString>("json");
        QTest::newRow("DDPM++")
            << R"({"img_resolution":16,"img_channels":1,"model_type":"SongUNet","model_channels":8,"channel_mult":[1,2],"num_blocks":1,"attn_resolutions":[8]})";
        QTest::newRow("NCSN++, four levels, odd widths")
            << R"({"img_resolution":32,"img_channels":3,"label_dim":4,"augment_dim":9,"model_type":"SongUNet","model_channels":20,"channel_mult":[1,2,4,2],"num_blocks":2,"attn_resolutions":[16,4],"embedding_type":"fourier","encoder_type":"residual","channel_mult_noise":2,"resample_filter":[1,3,3,1]})";
        QTest::newRow("ADM with classes")
            << R"({"img_resolution":16,"img_channels":3,"label_dim":7,"augment_dim":9,"model_type":"DhariwalUNet","model_channels":32,"channel_mult":[1,2,3],"num_blocks":1,"attn_resolutions":[8,4]})";
    }
    void networkRegistersExactlyTheExpectedParametersInOrder() {
        QFETCH(QString, json);
        const auto config = parseNetworkConfig(json.toStdString(), "test");
        UNet network(config);
        const auto expected = expectedParameters(config);
        const auto actual = network->named_parameters();
        QCOMPARE(actual.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QCOMPARE(QString::fromStdString(actual[i].key()), QString::fromStdString(expected[i].name));
            QVERIFY(actual[i].value().sizes().vec() == expected[i].shape);
        }
        // What the window lists is the same set.
        std::int64_t listed = 0;
        for (const auto& block : network->blocks()) listed += block.parameterCount();
        QCOMPARE(qint64(listed), qint64(total(expected)));
        QVERIFY(parseNetworkConfig(toJson(config), "test") == config);
    }

    void freshNetworksAreFiniteAndSeeded_data() { networkRegistersExactlyTheExpectedParametersInOrder_data(); }
    void freshNetworksAreFiniteAndSeeded() {
        QFETCH(QString, json);
        const auto config = parseNetworkConfig(json.toStdString(), "test");
        UNet a(config), b(config), c(config);
        a->initialise(1);
        b->initialise(1);
        c->initialise(2);
        torch::NoGradGuard guard;
        const auto x = torch::randn({3, config.imgChannels, config.imgResolution, config.imgResolution},
                                    at::make_generator<at::CPUGeneratorImpl>(3));
        const auto noise = torch::tensor({-1.0f, 0.0f, 1.0f});
        for (auto* network : {&a, &b, &c}) (*network)->eval();
        QVERIFY(a->forward(x, noise).isfinite().all().item<bool>());
        QVERIFY(torch::equal(a->forward(x, noise), b->forward(x, noise)));
        QVERIFY(!torch::equal(a->named_parameters()["map_layer0.weight"], c->named_parameters()["map_layer0.weight"]));
    }

    void impossibleConfigurationsAreRefusedNamingTheField_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("word");
        QTest::newRow("resolution")
            << R"({"img_resolution":30,"img_channels":3,"model_type":"SongUNet","channel_mult":[1,2,2]})"
            << "img_resolution is 30";
        QTest::newRow("width")
            << R"({"img_resolution":32,"img_channels":3,"model_type":"SongUNet","model_channels":134})"
            << "model_channels";
        QTest::newRow("blocks")
            << R"({"img_resolution":32,"img_channels":3,"model_type":"SongUNet","num_blocks":1000000})"
            << "num_blocks is 1000000";
        QTest::newRow("filter")
            << R"({"img_resolution":32,"img_channels":3,"model_type":"SongUNet","resample_filter":[1,2,1]})"
            << "resample_filter";
        QTest::newRow("type") << R"({"img_resolution":32,"img_channels":3,"model_type":"UViT"})"
                              << "model_type";
        QTest::newRow("skip encoder")
            << R"({"img_resolution":32,"img_channels":3,"model_type":"SongUNet","encoder_type":"skip"})"
            << "encoder_type";
        QTest::newRow("sigma_data")
            << R"({"img_resolution":32,"img_channels":3,"model_type":"SongUNet","sigma_data":0})"
            << "sigma_data";
    }
    void impossibleConfigurationsAreRefusedNamingTheField() {
        QFETCH(QString, json);
        QFETCH(QString, word);
        try {
            parseNetworkConfig(json.toStdString(), "test");
            QFAIL("was accepted");
        } catch (const Error& error) {
            QVERIFY2(QString::fromStdString(error.message()).contains(word), error.message().c_str());
        }
    }

    void pythonsInfinityIsAccepted() {
        const auto c = parseNetworkConfig(
            R"({"img_resolution":16,"img_channels":3,"sigma_max":Infinity,"sigma_min":0.01,"model_type":"SongUNet"})",
            "test");
        QVERIFY(!c.sigmaMax.has_value());
        QCOMPARE(c.sigmaMin.value(), 0.01);
    }
};

THAW_TEST(UNetPlanTest);
#include "unet_plan_test.moc"
