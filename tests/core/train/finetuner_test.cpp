// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/finetuner.h"
#include "core/train/freeze.h"
#include "core/train/run_folder.h"
#include "core/values/error.h"
#include "tests/core/toy.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <set>

using namespace thaw;

namespace {

FinetuneConfig toyConfig() {
    FinetuneConfig config;
    config.kimg = 0.1;
    config.batch = 8;
    config.r1.interval = 2;
    config.precision = Precision::Float32;
    return config;
}

const Compute kCpu{torch::kCPU, torch::kFloat, 1};

std::map<std::string, torch::Tensor> weights(const Denoiser& d) {
    std::map<std::string, torch::Tensor> all;
    for (const auto& item : d->model->named_parameters()) all[item.key()] = item.value().detach().clone();
    return all;
}

}  // namespace

class FinetunerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void optimiserHoldsExactlyTheUnfrozenParameters() {
        const auto data = toy::data();
        for (const char* text : {"none", "d2o-f", "d2o-f+qkv+skip", "enc"}) {
            auto config = toyConfig();
            config.freeze = parseFreezePlan(text);
            Finetuner trainer(config, toy::denoiser(), data, kCpu);
            std::set<std::string> held;
            for (const auto& [name, tensor] : trainer.generatorOptimiser().parameters()) held.insert(name);
            for (const auto& item : trainer.generator()->model->named_parameters()) {
                const bool frozen = isFrozen(config.freeze, item.key());
                QCOMPARE(held.count(item.key()) == 0, frozen);
                QCOMPARE(item.value().requires_grad(), !frozen);
            }
        }
    }

    void everyNetworkUnderEveryWrapperCanBeFineTuned_data() {
        QTest::addColumn<int>("network");
        QTest::addColumn<int>("wrapper");
        QTest::addColumn<int>("becomes");
        const auto row = [](const char* name, int network, Preconditioning wrapper, Preconditioning becomes) {
            QTest::newRow(name) << network << int(wrapper) << int(becomes);
        };
        row("DDPM++ EDM", 0, Preconditioning::Edm, Preconditioning::D2o);
        row("NCSN++ VE", 1, Preconditioning::Ve, Preconditioning::Ve);
        row("NCSN++ D2O", 1, Preconditioning::D2o, Preconditioning::D2o);
        row("ADM EDM", 2, Preconditioning::Edm, Preconditioning::D2o);
        row("ADM iDDPM", 2, Preconditioning::Iddpm, Preconditioning::Iddpm);
        row("DDPM++ VP", 0, Preconditioning::Vp, Preconditioning::Vp);
    }
    void everyNetworkUnderEveryWrapperCanBeFineTuned() {
        QFETCH(int, network);
        QFETCH(int, wrapper);
        QFETCH(int, becomes);
        auto shape = toy::network();
        if (network == 1) {
            shape.embeddingType = EmbeddingType::Fourier;
            shape.encoderType = EncoderType::Residual;
            shape.channelMultNoise = 2;
            shape.resampleFilter = {1, 3, 3, 1};
        }
        if (network == 2) {
            shape.architecture = Architecture::DhariwalUNet;
            shape.modelChannels = 32;
        }
        if (wrapper == int(Preconditioning::Iddpm)) shape.outChannels = 2;
        Denoiser original(shape, Preconditioning(wrapper));
        original->model->initialise(1);
        const auto data = toy::data();
        Finetuner trainer(toyConfig(), original, data, kCpu);
        const auto before = weights(trainer.generator());
        for (int i = 0; i < 3; ++i) {
            const auto m = trainer.step();
            QVERIFY(std::isfinite(m.gLoss) && std::isfinite(m.dLoss));
        }
        QCOMPARE(int(trainer.generator()->kind()), becomes);
        for (const auto& [name, tensor] : weights(trainer.generator()))
            if (isFrozen(trainer.config().freeze, name)) QVERIFY(torch::equal(tensor, before.at(name)));
        // Fourier frequencies are part of the network and must have come along.
        if (network == 1) QVERIFY(trainer.generator()->named_buffers()["model.map_noise.freqs"].abs().max().item<float>() > 1);
    }

    void frozenWeightsNeverChangeAndOthersDo() {
        const auto data = toy::data();
        const auto original = toy::denoiser();
        const auto before = weights(original);
        Finetuner trainer(toyConfig(), original, data, kCpu);
        for (int i = 0; i < 4; ++i) trainer.step();
        const auto after = weights(trainer.generator()), average = weights(trainer.ema());
        bool anyMoved = false;
        for (const auto& [name, tensor] : before) {
            if (isFrozen(toyConfig().freeze, name)) {
                QVERIFY2(torch::equal(after.at(name), tensor), name.c_str());
                QVERIFY2(torch::equal(average.at(name), tensor), name.c_str());
            } else {
                anyMoved |= !torch::equal(after.at(name), tensor);
            }
        }
        QVERIFY(anyMoved);
        // The open model itself is not touched by training.
        for (const auto& [name, tensor] : weights(original)) QVERIFY(torch::equal(tensor, before.at(name)));
    }

    void aToggleDuringTheRunActsFromTheNextStep() {
        const auto data = toy::data();
        Finetuner trainer(toyConfig(), toy::denoiser(), data, kCpu);
        trainer.step();
        const auto plan = parseFreezePlan("enc");
        trainer.setFreeze(plan);
        const auto before = weights(trainer.generator());
        trainer.step();
        bool convMoved = false;
        for (const auto& [name, tensor] : weights(trainer.generator())) {
            if (isFrozen(plan, name)) QVERIFY(torch::equal(tensor, before.at(name)));
            else convMoved |= name.find("conv0.weight") != std::string::npos && !torch::equal(tensor, before.at(name));
        }
        QVERIFY(convMoved);
    }

    void resumeContinuesBitForBit() {
        const auto data = toy::data();
        QTemporaryDir folder;
        Finetuner whole(toyConfig(), toy::denoiser(), data, kCpu);
        for (int i = 0; i < 5; ++i) whole.step();

        Finetuner first(toyConfig(), toy::denoiser(), data, kCpu);
        for (int i = 0; i < 3; ++i) first.step();
        first.save(folder.path().toStdString());
        Finetuner second(toyConfig(), toy::denoiser(), data, kCpu);
        second.load(folder.path().toStdString());
        StepMetrics last;
        for (int i = 0; i < 2; ++i) last = second.step();
        QCOMPARE(last.step, std::int64_t(5));
        const auto a = weights(whole.generator()), b = weights(second.generator());
        const auto ea = weights(whole.ema()), eb = weights(second.ema());
        for (const auto& [name, tensor] : a) {
            QVERIFY2(torch::equal(tensor, b.at(name)), name.c_str());
            QVERIFY2(torch::equal(ea.at(name), eb.at(name)), name.c_str());
        }
    }

    void sameSeedSameRunAndOtherSeedAnotherRun() {
        const auto data = toy::data();
        const auto run = [&](std::uint64_t seed) {
            auto config = toyConfig();
            config.seed = seed;
            Finetuner trainer(config, toy::denoiser(), data, kCpu);
            trainer.step();
            return trainer.step().gLoss;
        };
        QCOMPARE(run(3), run(3));
        QVERIFY(run(3) != run(4));
    }

    void everyImpossibleFieldIsNamed() {
        auto config = toyConfig();
        config.kimg = -1;
        config.batch = 0;
        config.generator.learningRate = std::nan("");
        config.freeze = parseFreezePlan("nothing.like.this");
        try {
            Finetuner trainer(config, toy::denoiser(), toy::data(), kCpu);
            QFAIL("an impossible configuration was accepted");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::Configuration);
            for (const char* field : {"kimg", "batch", "generator.learning_rate", "nothing.like.this"})
                QVERIFY2(e.message().find(field) != std::string::npos, e.what());
        }
    }

    void freezingEverythingIsRefused() {
        auto config = toyConfig();
        config.freeze = parseFreezePlan("all");
        QVERIFY_EXCEPTION_THROWN(Finetuner(config, toy::denoiser(), toy::data(), kCpu), Error);
    }

    void dataOfAnotherSizeIsRefused() {
        QVERIFY_EXCEPTION_THROWN(Finetuner(toyConfig(), toy::denoiser(), toy::data(64, 16), kCpu), Error);
    }

    void divergenceIsDetectedAndNothingIsUpdated() {
        const auto data = toy::data();
        auto original = toy::denoiser();
        {
            torch::NoGradGuard guard;
            original->parameters().back().fill_(std::nan(""));
        }
        Finetuner trainer(toyConfig(), original, data, kCpu);
        const auto before = weights(trainer.generator());
        try {
            trainer.step();
            QFAIL("a loss that is not finite went unnoticed");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::Diverged);
        }
        for (const auto& [name, tensor] : weights(trainer.generator()))
            QVERIFY(torch::equal(tensor.nan_to_num(), before.at(name).nan_to_num()));
    }

    void aRunFolderWithContentIsNeverTaken() {
        QTemporaryDir folder;
        const auto path = folder.path().toStdString();
        appendStats(path, "{}");
        QVERIFY_EXCEPTION_THROWN(claimRunFolder(path), Error);
        const auto first = createNumberedRun(path, "d2o-f"), second = createNumberedRun(path, "d2o-f");
        QVERIFY(first != second);
        QVERIFY(QString::fromStdString(second).endsWith("0001-d2o-f"));
    }
};

QTEST_GUILESS_MAIN(FinetunerTest)
#include "finetuner_test.moc"
