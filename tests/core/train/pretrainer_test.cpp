// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/pretrainer.h"
#include "core/formats/config_json.h"
#include "core/train/ema.h"
#include "core/values/error.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace thaw;

namespace {

PretrainConfig toyPretraining() {
    PretrainConfig config;
    config.kimg = 0.4;
    config.batch = 8;
    config.warmUpKimg = 0.02;
    config.network = toJson(toy::network());
    return config;
}

}  // namespace

class PretrainerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void theLossFalls() {
        const auto data = toy::data();
        Pretrainer trainer(toyPretraining(), data, toy::cpu());
        double first = 0, last = 0;
        for (int i = 0; i < 50; ++i) {
            const double loss = trainer.step().value();
            if (i < 10) first += loss;
            if (i >= 40) last += loss;
        }
        QVERIFY(trainer.complete());
        QVERIFY2(last < 0.8 * first, qPrintable(QString("%1 -> %2").arg(first).arg(last)));
    }

    void resumeContinuesBitForBit() {
        const auto data = toy::data();
        QTemporaryDir folder;
        Pretrainer whole(toyPretraining(), data, toy::cpu());
        for (int i = 0; i < 6; ++i) whole.step();
        Pretrainer first(toyPretraining(), data, toy::cpu());
        for (int i = 0; i < 3; ++i) first.step();
        first.save(folder.path().toStdString());
        Pretrainer second(toyPretraining(), data, toy::cpu());
        second.load(folder.path().toStdString());
        for (int i = 0; i < 3; ++i) second.step();
        const auto a = whole.ema()->parameters(), b = second.ema()->parameters();
        for (std::size_t i = 0; i < a.size(); ++i) QVERIFY(torch::equal(a[i], b[i]));
    }

    void learningRateRisesHoldsAndFallsToZero() {
        auto config = toyPretraining();
        config.kimg = 0.08;
        config.decayFraction = 0.5;
        config.warmUpKimg = 0.016;
        const auto data = toy::data();
        Pretrainer trainer(config, data, toy::cpu());
        std::vector<double> rates;
        for (int i = 0; i < 10; ++i) {
            rates.push_back(trainer.learningRate() / config.adam.learningRate);
            trainer.step();
        }
        const std::vector<double> expected{0.5, 1, 1, 1, 1, 1, 0.8, 0.6, 0.4, 0.2};
        for (std::size_t i = 0; i < expected.size(); ++i) QVERIFY(std::abs(rates[i] - expected[i]) < 1e-12);
        QCOMPARE(trainer.learningRate(), 0.0);
    }

    void adamEqualsTorchsAdam() {
        torch::manual_seed(2);
        auto ours = torch::randn({5, 3}).requires_grad_(true);
        auto theirs = ours.detach().clone().requires_grad_(true);
        Adam adam({{"w", ours}}, {1e-2, 0.9, 0.99, 1e-8});
        torch::optim::Adam reference({theirs}, torch::optim::AdamOptions(1e-2).betas({0.9, 0.99}));
        for (int i = 0; i < 20; ++i) {
            for (auto* w : {&ours, &theirs}) ((*w - 1).pow(4).sum()).backward();
            adam.step();
            reference.step();
            reference.zero_grad();
        }
        QVERIFY((ours - theirs).abs().max().item<double>() < 1e-5);
    }

    void gradientsThatAreNotFiniteAreReplacedAndCounted() {
        auto w = torch::zeros({4}).requires_grad_(true);
        Adam adam({{"w", w}}, {1e-2, 0, 0.99, 1e-8});
        w.mutable_grad() = torch::tensor({std::nanf(""), INFINITY, -INFINITY, 1.0f});
        QCOMPARE(adam.step().replaced, std::int64_t(3));
        QVERIFY(w.isfinite().all().item<bool>());
        QCOMPARE(w[0].item<float>(), 0.0f);
        QVERIFY(w[1].item<float>() < 0 && w[2].item<float>() > 0);
    }

    void emaFollowsItsHalfLife() {
        const EmaConfig config{1, 0};
        QVERIFY(std::abs(std::pow(emaBeta(config, 10, 1e9), 100) - 0.5) < 1e-12);  // 100 steps of 10 images are 1 kimg
        QVERIFY(emaBeta({1, 0.05}, 10, 0) < 1e-12);                                // ramp-up: the first step copies
    }

    void configurationsRoundTripThroughJson() {
        FinetuneConfig f;
        f.kimg = 12.5;
        f.loss = GanLossKind::Hinge;
        f.freeze = parseFreezePlan("enc.*,!enc.28x28_block0");
        f.generator.learningRate = 3e-5;
        QVERIFY(finetuneConfigFromJson(toJson(f), {}, "test") == f);
        // Studies know a run by this text, and it says nothing of the run.
        QVERIFY(toJson(f).find("tensorboard") == std::string::npos);
        f.tensorboard = true;
        QVERIFY(finetuneConfigFromJson(toJson(f), {}, "test") == f);
        QVERIFY(!finetuneConfigFromJson(R"({"tensorboard": false})", f, "test").tensorboard);
        auto p = toyPretraining();
        p.conditional = true;
        p.augment = 0.12;
        p.xflip = false;
        QVERIFY(toJson(p).find("tensorboard") == std::string::npos);
        p.tensorboard = true;
        const auto back = pretrainConfigFromJson(toJson(p), {}, "test");
        QVERIFY(parseNetworkConfig(back.network, "test") == toy::network());
        p.network = back.network;  // the same object in other words
        QVERIFY(back == p);
        // A run folder of before there were such fields is one without classes and augmentation.
        const auto older = pretrainConfigFromJson(R"({"kimg": 2})", {}, "test");
        QVERIFY(!older.conditional && older.augment == 0);
    }

    void everyBadFieldOfAJsonIsNamed() {
        try {
            finetuneConfigFromJson(
                R"({"kimg":"many","batch":-3,"generator":{"beta1":1.5,"speed":2},"loss":"best","nonsense":1})", {},
                "bad.json");
            QFAIL("accepted");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::Configuration);
            for (const char* field :
                 {"bad.json", "kimg", "batch", "generator.beta1", "generator.speed", "loss", "nonsense"})
                QVERIFY2(e.message().find(field) != std::string::npos, e.what());
        }
        try {
            finetuneConfigFromJson("{", {}, "bad.json");
            QFAIL("accepted");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::FileDamaged);
        }
        try {
            pretrainConfigFromJson(R"({"augment": 1.5, "conditional": 1})", {}, "bad.json");
            QFAIL("accepted");
        } catch (const Error& e) {
            QVERIFY2(e.message().find("augment is 1.5, must be 0 to 1") != std::string::npos, e.what());
            QVERIFY2(e.message().find("conditional is 1") != std::string::npos, e.what());
        }
    }
};

THAW_TEST(PretrainerTest);
#include "pretrainer_test.moc"
