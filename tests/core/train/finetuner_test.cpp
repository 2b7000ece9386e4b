// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/finetuner.h"
#include "core/io/run_folder.h"
#include "core/train/freeze.h"
#include "core/values/error.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <set>

using namespace thaw;

class FinetunerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void optimiserHoldsExactlyTheUnfrozenParameters() {
        const auto data = toy::data();
        for (const char* text : {"none", "d2o-f", "d2o-f+qkv+skip", "enc"}) {
            auto config = toy::finetuning();
            config.freeze = parseFreezePlan(text);
            Finetuner trainer(config, toy::denoiser(), data, toy::cpu());
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
        Finetuner trainer(toy::finetuning(), original, data, toy::cpu());
        const auto before = toy::weights(trainer.generator());
        for (int i = 0; i < 3; ++i) {
            const auto m = trainer.step();
            QVERIFY(std::isfinite(m.gLoss.value()) && std::isfinite(m.dLoss.value()));
        }
        QCOMPARE(int(trainer.generator()->kind()), becomes);
        for (const auto& [name, tensor] : toy::weights(trainer.generator()))
            if (isFrozen(trainer.config().freeze, name)) QVERIFY(torch::equal(tensor, before.at(name)));
        // Fourier frequencies are part of the network and must have come along.
        if (network == 1)
            QVERIFY(trainer.generator()->named_buffers()["model.map_noise.freqs"].abs().max().item<float>() > 1);
    }

    void frozenWeightsNeverChangeAndOthersDo() {
        const auto data = toy::data();
        const auto original = toy::denoiser();
        const auto before = toy::weights(original);
        Finetuner trainer(toy::finetuning(), original, data, toy::cpu());
        for (int i = 0; i < 4; ++i) trainer.step();
        const auto after = toy::weights(trainer.generator()), average = toy::weights(trainer.ema());
        bool anyMoved = false;
        for (const auto& [name, tensor] : before) {
            if (isFrozen(toy::finetuning().freeze, name)) {
                QVERIFY2(torch::equal(after.at(name), tensor), name.c_str());
                QVERIFY2(torch::equal(average.at(name), tensor), name.c_str());
            } else {
                anyMoved |= !torch::equal(after.at(name), tensor);
            }
        }
        QVERIFY(anyMoved);
        // The open model itself is not touched by training.
        for (const auto& [name, tensor] : toy::weights(original)) QVERIFY(torch::equal(tensor, before.at(name)));
    }

    void aToggleDuringTheRunActsFromTheNextStep() {
        const auto data = toy::data();
        Finetuner trainer(toy::finetuning(), toy::denoiser(), data, toy::cpu());
        trainer.step();
        const auto plan = parseFreezePlan("enc");
        trainer.setFreeze(plan);
        const auto before = toy::weights(trainer.generator());
        trainer.step();
        bool convMoved = false;
        for (const auto& [name, tensor] : toy::weights(trainer.generator())) {
            if (isFrozen(plan, name)) QVERIFY(torch::equal(tensor, before.at(name)));
            else convMoved |= name.find("conv0.weight") != std::string::npos && !torch::equal(tensor, before.at(name));
        }
        QVERIFY(convMoved);
    }

    void resumeContinuesBitForBit() {
        const auto data = toy::data();
        QTemporaryDir folder;
        Finetuner whole(toy::finetuning(), toy::denoiser(), data, toy::cpu());
        for (int i = 0; i < 5; ++i) whole.step();

        Finetuner first(toy::finetuning(), toy::denoiser(), data, toy::cpu());
        for (int i = 0; i < 3; ++i) first.step();
        first.save(folder.path().toStdString());
        Finetuner second(toy::finetuning(), toy::denoiser(), data, toy::cpu());
        second.load(folder.path().toStdString());
        StepMetrics last;
        for (int i = 0; i < 2; ++i) last = second.step();
        QCOMPARE(last.step, std::int64_t(5));
        const auto a = toy::weights(whole.generator()), b = toy::weights(second.generator());
        const auto ea = toy::weights(whole.ema()), eb = toy::weights(second.ema());
        for (const auto& [name, tensor] : a) {
            QVERIFY2(torch::equal(tensor, b.at(name)), name.c_str());
            QVERIFY2(torch::equal(ea.at(name), eb.at(name)), name.c_str());
        }
    }

    void sameSeedSameRunAndOtherSeedAnotherRun() {
        const auto data = toy::data();
        const auto run = [&](std::uint64_t seed) {
            auto config = toy::finetuning();
            config.seed = seed;
            Finetuner trainer(config, toy::denoiser(), data, toy::cpu());
            trainer.step();
            return trainer.step().gLoss.value();
        };
        QCOMPARE(run(3), run(3));
        QVERIFY(run(3) != run(4));
    }

    void everyImpossibleFieldIsNamed() {
        auto config = toy::finetuning();
        config.kimg = -1;
        config.batch = 0;
        config.generator.learningRate = std::nan("");
        config.freeze = parseFreezePlan("nothing.like.this");
        try {
            Finetuner trainer(config, toy::denoiser(), toy::data(), toy::cpu());
            QFAIL("an impossible configuration was accepted");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::Configuration);
            for (const char* field : {"kimg", "batch", "generator.learning_rate", "nothing.like.this"})
                QVERIFY2(e.message().find(field) != std::string::npos, e.what());
        }
    }

    void freezingEverythingIsRefused() {
        auto config = toy::finetuning();
        config.freeze = parseFreezePlan("all");
        QVERIFY_EXCEPTION_THROWN(Finetuner(config, toy::denoiser(), toy::data(), toy::cpu()), Error);
    }

    void dataOfAnotherSizeIsRefused() {
        QVERIFY_EXCEPTION_THROWN(Finetuner(toy::finetuning(), toy::denoiser(), toy::data(64, 16), toy::cpu()), Error);
    }

    void everyObjectiveTrainsAtToySize_data() {
        QTest::addColumn<QString>("objective");
        QTest::addColumn<int>("studentSteps");
        for (const char* objective : {"gan", "pd", "cd", "ctm", "rcd", "regression", "cd,gan", "regression,gan"})
            for (const int m : {1, 2}) QTest::addRow("%s, %d steps", objective, m) << objective << m;
    }
    void everyObjectiveTrainsAtToySize() {
        QFETCH(QString, objective);
        QFETCH(int, studentSteps);
        auto config = toy::finetuning();
        QCOMPARE(setObjective(config, objective.toStdString()), std::string());
        config.studentSteps = studentSteps;
        config.distill.timesteps = 16;
        config.distill.teacherSteps = 3;
        config.distill.pairs = 16;
        const auto data = toy::data();
        Finetuner trainer(config, toy::denoiser(), data, toy::cpu());
        const auto before = toy::weights(trainer.generator());
        StepMetrics m;
        for (int i = 0; i < 3; ++i) m = trainer.step();
        QCOMPARE(m.distillLoss.has_value(), objective != "gan");
        QCOMPARE(m.gradD.has_value(), objective.endsWith("gan"));
        QVERIFY(m.gradG.value() > 0 && !m.blockGradients.empty());
        double squares = 0;
        for (const auto& block : m.blockGradients) squares += block.norm * block.norm;
        QVERIFY(std::abs(std::sqrt(squares) - *m.gradG) < 1e-6 * *m.gradG);
        bool moved = false;
        for (const auto& [name, tensor] : toy::weights(trainer.generator())) {
            if (isFrozen(config.freeze, name)) QVERIFY2(torch::equal(tensor, before.at(name)), name.c_str());
            else moved |= !torch::equal(tensor, before.at(name));
        }
        QVERIFY(moved);
    }

    // The claim of the mode: what is frozen at a step does not change in it, whatever was toggled before and after.
    void frozenTensorsKeepTheirBitsOverAHundredStepsOfToggling() {
        const auto data = toy::data();
        for (const auto rethaw : {RethawState::Reset, RethawState::Keep}) {
            auto config = toy::finetuning();
            config.rethaw = rethaw;
            config.microBatch = 0;
            Finetuner trainer(config, toy::denoiser(), data, toy::cpu());
            const char* plans[] = {"d2o-f", "enc", "d2o-f+qkv+skip", "dec.*", "none"};
            for (int i = 0; i < 100; ++i) {
                const auto plan = parseFreezePlan(plans[(i / 7) % 5]);
                if (i % 7 == 0) trainer.setFreeze(plan);
                const auto before = toy::weights(trainer.generator());
                trainer.step();
                for (const auto& item : trainer.generator()->model->named_parameters()) {
                    if (!isFrozen(plan, item.key())) continue;
                    QVERIFY2(torch::equal(item.value(), before.at(item.key())), item.key().c_str());
                    QVERIFY(!item.value().grad().defined());
                }
            }
        }
    }

    void rethawedWeightsFindTheirMomentsOnlyWhenAsked() {
        const auto data = toy::data();
        const auto stepsOf = [](const Finetuner& trainer) {
            std::map<std::string, std::int64_t> all;
            for (const auto& [name, tensor] : trainer.generatorOptimiser().state())
                if (name.rfind("t.", 0) == 0) all[name.substr(2)] = tensor.item<std::int64_t>();
            return all;
        };
        for (const auto rethaw : {RethawState::Reset, RethawState::Keep}) {
            auto config = toy::finetuning();
            config.rethaw = rethaw;
            config.freeze = parseFreezePlan("none");
            Finetuner trainer(config, toy::denoiser(), data, toy::cpu());
            for (int i = 0; i < 3; ++i) trainer.step();
            trainer.setFreeze(parseFreezePlan("enc.*"));
            trainer.step();
            // A snapshot in between must not lose what waits.
            QTemporaryDir folder;
            trainer.save(folder.path().toStdString());
            config.freeze = parseFreezePlan("enc.*");
            Finetuner resumed(config, toy::denoiser(), data, toy::cpu());
            resumed.load(folder.path().toStdString());
            for (auto* t : {&trainer, &resumed}) {
                t->setFreeze(parseFreezePlan("none"));
                t->step();
                const auto steps = stepsOf(*t);
                QCOMPARE(steps.at("enc.8x8_conv.weight"), std::int64_t(rethaw == RethawState::Keep ? 4 : 1));
                QCOMPARE(steps.at("dec.8x8_aux_conv.weight"), std::int64_t(5));
            }
        }
    }

    void microBatchesAddUpToTheBatch() {
        const auto data = toy::data();
        for (const char* objective : {"gan", "ctm", "regression,gan"}) {
            for (const auto reduction : {LossReduction::Mean, LossReduction::Sum}) {
                const auto train = [&](int microBatch) {
                    auto config = toy::finetuning();
                    config.batch = 16;
                    config.microBatch = microBatch;
                    config.reduction = reduction;
                    config.distill.timesteps = 16;
                    config.distill.teacherSteps = 3;
                    config.distill.pairs = 32;
                    setObjective(config, objective);
                    Finetuner trainer(config, toy::denoiser(), data, toy::cpu());
                    return trainer.step();
                };
                const auto whole = train(0), parts = train(8);
                QVERIFY2(std::abs(*whole.gradG - *parts.gradG) < 1e-3 * *whole.gradG, objective);
                QVERIFY(whole.gLoss.has_value() == parts.gLoss.has_value() &&
                        whole.dLoss.has_value() == parts.dLoss.has_value());
                QVERIFY(std::abs(whole.gLoss.value_or(0) - parts.gLoss.value_or(0)) < 1e-4 &&
                        std::abs(whole.dLoss.value_or(0) - parts.dLoss.value_or(0)) < 1e-3);
            }
        }
    }

    void aRandomStartForgetsThePretrainedWeights() {
        const auto data = toy::data();
        auto config = toy::finetuning();
        config.randomStart = true;
        config.seed = 5;
        Finetuner trainer(config, toy::denoiser(1), data, toy::cpu());
        const auto random = toy::weights(toy::denoiser(5));
        for (const auto& [name, tensor] : toy::weights(trainer.generator()))
            QVERIFY2(torch::equal(tensor, random.at(name)), name.c_str());
    }

    void aStepOfOnePlayerLeavesTheOtherAlone() {
        const auto data = toy::data();
        Finetuner trainer(toy::finetuning(), toy::denoiser(), data, toy::cpu());
        const auto before = toy::weights(trainer.generator());
        const auto d = trainer.step(StepPart::Discriminator);
        QVERIFY(!d.gradG && !d.gLoss && d.gradD.value() > 0 && d.dLoss && d.realSign);
        for (const auto& [name, tensor] : toy::weights(trainer.generator()))
            QVERIFY(torch::equal(tensor, before.at(name)));
        const auto g = trainer.step(StepPart::Generator);
        QVERIFY(g.gradG.value() > 0 && g.gLoss && !g.gradD && !g.dLoss && !g.realSign && !g.fakeLogit);
        QCOMPARE(g.step, std::int64_t(2));
    }

    void resumeContinuesBitForBitWithEverythingOn_data() {
        QTest::addColumn<QString>("objective");
        for (const char* objective : {"ctm,gan", "pd,gan", "cd,gan"}) QTest::newRow(objective) << objective;
    }
    void resumeContinuesBitForBitWithEverythingOn() {
        QFETCH(QString, objective);
        const auto data = toy::data();
        auto config = toy::finetuning();
        setObjective(config, objective.toStdString());
        config.distill.targetDecay = 0.9;
        config.discriminatorKind = DiscriminatorKind::Projected;
        config.discriminatorWidth = 8;
        config.augment = {0.2, 0.6};
        config.xflip = true;
        config.generator.rectified = true;
        config.studentSteps = 2;
        config.distill.timesteps = 16;
        config.kimg = 0.072;  // nine steps: PD's third stage begins after the third, its last after the sixth
        Finetuner whole(config, toy::denoiser(), data, toy::cpu());
        for (int i = 0; i < 9; ++i) whole.step();
        Finetuner first(config, toy::denoiser(), data, toy::cpu());
        for (int i = 0; i < 5; ++i) first.step();
        QTemporaryDir folder;
        first.save(folder.path().toStdString());
        Finetuner second(config, toy::denoiser(), data, toy::cpu());
        second.load(folder.path().toStdString());
        for (int i = 0; i < 4; ++i) second.step();
        const auto a = toy::weights(whole.generator()), b = toy::weights(second.generator()),
                   ea = toy::weights(whole.ema()), eb = toy::weights(second.ema());
        for (const auto& [name, tensor] : a) {
            QVERIFY2(torch::equal(tensor, b.at(name)), name.c_str());
            QVERIFY2(torch::equal(ea.at(name), eb.at(name)), name.c_str());
        }
    }

    void aConditionalModelTrainsWithItsLabelsAndNotWithout() {
        auto shape = toy::network();
        shape.labelDim = 3;
        Denoiser original(shape, Preconditioning::Edm);
        original->model->initialise(1);
        auto data = toy::data();
        try {
            Finetuner trainer(toy::finetuning(), original, data, toy::cpu());
            QFAIL("a conditional model took data without labels");
        } catch (const Error& e) {
            QVERIFY2(e.message().find("has no labels") != std::string::npos, e.what());
        }
        data.labels = torch::arange(data.count()).remainder(3);
        for (const auto kind : {DiscriminatorKind::Direct, DiscriminatorKind::Projected}) {
            auto config = toy::finetuning();
            config.discriminatorKind = kind;
            config.discriminatorWidth = 8;
            Finetuner trainer(config, original, data, toy::cpu());
            for (int i = 0; i < 3; ++i) QVERIFY(std::isfinite(trainer.step().gLoss.value()));
        }
    }

    // RAdam's first five steps at beta2 = 0.99 are plain momentum, so with beta1 = 0 they move by lr times the gradient.
    void rectifiedAdamBeginsAsMomentum() {
        auto p = torch::ones({2}, torch::requires_grad());
        AdamConfig config;
        config.learningRate = 0.1;
        config.rectified = true;
        Adam adam({{"p", p}}, config);
        p.mutable_grad() = torch::tensor({1.0f, -2.0f});
        const auto update = adam.step();
        QVERIFY(torch::allclose(p.detach(), torch::tensor({0.9f, 1.2f})));
        QVERIFY(std::abs(update.norm() - std::sqrt(5.0)) < 1e-6);
        for (int i = 0; i < 50; ++i) {
            p.mutable_grad() = torch::tensor({1.0f, -2.0f});
            adam.step();
        }
        const auto before = p.detach().clone();
        p.mutable_grad() = torch::tensor({1.0f, -2.0f});
        adam.step();
        // Later a constant gradient moves both entries alike, by nearly lr.
        const auto moved = before - p.detach();
        QVERIFY(std::abs(moved[0].item<double>() + moved[1].item<double>()) < 1e-5);
        QVERIFY(moved[0].item<double>() > 0.02 && moved[0].item<double>() < 0.11);
    }

    void divergenceIsDetectedAndNothingIsUpdated() {
        const auto data = toy::data();
        auto original = toy::denoiser();
        {
            torch::NoGradGuard guard;
            original->parameters().back().fill_(std::nan(""));
        }
        Finetuner trainer(toy::finetuning(), original, data, toy::cpu());
        const auto before = toy::weights(trainer.generator());
        try {
            trainer.step();
            QFAIL("a loss that is not finite went unnoticed");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::Diverged);
        }
        for (const auto& [name, tensor] : toy::weights(trainer.generator()))
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

THAW_TEST(FinetunerTest);
#include "finetuner_test.moc"
