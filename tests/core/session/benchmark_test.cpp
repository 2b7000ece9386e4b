// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/benchmark.h"
#include "core/gan/discriminator.h"
#include "core/session/benchmark_work.h"
#include "core/values/error.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <map>

using namespace thaw;

namespace {

NetworkConfig timedNetwork() {
    NetworkConfig config;
    config.imgResolution = 16;
    config.modelChannels = 16;
    config.channelMult = {1, 2};
    config.numBlocks = 1;
    config.attnResolutions = {8};
    return config;
}

std::map<std::string, double> passesByName(const ConvolutionWork& work) {
    std::map<std::string, double> passes;
    for (std::size_t i = 0; i < work.shapes.size(); ++i) passes[work.shapes[i].name] = work.passes[i];
    return passes;
}

}  // namespace

class BenchmarkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Forward twice and the input's gradient for all of G; the weight's where it learns; D looks three times and once back.
    void aFineTuningStepIsCountedAsItsPasses() {
        const auto passes = passesByName(finetuneConvolutions(timedNetwork(), parseFreezePlan("d2o-f"), 16, {}));
        QCOMPARE(passes.at("dec.8x8_in0.conv0"), 3.0);
        QCOMPARE(passes.at("dec.8x8_in0.qkv"), 4.0);
        QCOMPARE(passes.at("enc.8x8_block0.conv0"), 3 + 4 + 4.0 / 16);
        QCOMPARE(passes.at("enc.8x8_block0.skip"), 4 + 4 + 4.0 / 16);
        QCOMPARE(passes.at("enc.16x16_conv"), 4 + 4 + 4.0 / 16);
    }
    // Through a head: G's look forth and back; D's fakes and reals forth, to the weights and, past its first, back.
    void headsAreCountedAsTheirPasses() {
        DiscriminatorImpl::Shape shape;
        shape.backbones = {{{16, 16}}};
        const auto heads = headConvolutions(shape);
        const auto passes = passesByName(finetuneConvolutions(timedNetwork(), parseFreezePlan("d2o-f"), 16, heads));
        QCOMPARE(passes.at("head0_0.conv0"), 2 + 4 + 6.0 / 16);
        QCOMPARE(passes.at("head0_0.conv1"), 2 + 6 + 6.0 / 16);
    }
    void preTrainingGoesForwardAndBackTwice() {
        for (const auto& [name, passes] : passesByName(pretrainConvolutions(timedNetwork()))) QCOMPARE(passes, 3.0);
    }

    void theSecondsOfAnImageGrowWithItsPasses() {
        auto work = forwardConvolutions(timedNetwork(), 0);
        QCOMPARE(secondsPerImage(work, 2, "cpu", false), 0.0);
        work.passes.front() = 1;
        QVERIFY(secondsPerImage(work, 2, "cpu", false) > 0);
    }

    void whatIsUnknownIsNamed() {
        BenchmarkRequest request;
        request.workload = "fine-tune";
        try {
            runBenchmark(request);
            QFAIL("not refused");
        } catch (const Error& error) {
            QVERIFY(QString::fromStdString(error.message()).contains("'fine-tune'"));
            QVERIFY(QString::fromStdString(error.hint()).contains("finetune"));
        }
    }
};

THAW_TEST(BenchmarkTest);
#include "benchmark_test.moc"
