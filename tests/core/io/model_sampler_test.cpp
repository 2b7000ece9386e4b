// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/model_sampler.h"

#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

class ModelSamplerTest : public QObject {
    Q_OBJECT
    static TrainedSampler read(const std::map<std::string, std::string>& words,
                               Preconditioning kind = Preconditioning::D2o, const NetworkConfig& network = {}) {
        return samplerOfModel(kind, network, words);
    }

private Q_SLOTS:
    void whatASnapshotSaysIsReadAgainToTheLastDigit() {
        for (const int steps : {1, 2, 4}) {
            auto written = oneStepSampler(0.1 + 0.2);
            written.steps = steps;
            written.sigmaMid = 0.7;
            if (steps > 1) written.kind = SamplerKind::MultiStep;
            const auto words = samplerWords(written);
            QCOMPARE(words.count("sigma_mid"), std::size_t(steps == 2 ? 1 : 0));
            const auto trained = read(words);
            QCOMPARE(trained.studentSteps, steps);
            QVERIFY(!trained.isAssumed);
            if (steps != 2) written.sigmaMid = 1;  // only two jumps have a level between them
            QVERIFY(trained.config == written);
        }
    }

    // As snapshots of earlier versions have it.
    void sigmaWithSixDecimalsIsRead() {
        const auto trained = read({{"student_steps", "1"}, {"sigma", "40.000000"}, {"kimg", "5"}});
        QVERIFY(trained.config == [] {
            auto config = oneStepSampler(40);
            config.steps = 1;
            return config;
        }());
        const auto two = read({{"student_steps", "2"}, {"sigma", "80.000000"}});
        QVERIFY(two.config.kind == SamplerKind::MultiStep);
        QCOMPARE(two.config.sigmaMid, 1.0);
    }

    void withoutWordsTheWrapperTells() {
        const auto student = read({});
        QVERIFY(student.isStudent() && student.isAssumed && student.config.kind == SamplerKind::OneStep);
        QCOMPARE(student.config.sigmaMax.value(), 80.0);
        NetworkConfig network;
        network.imgResolution = 64;
        for (const auto kind :
             {Preconditioning::Edm, Preconditioning::Vp, Preconditioning::Ve, Preconditioning::Iddpm}) {
            const auto diffusion = read({{"sigma", "3"}}, kind, network);
            QVERIFY(!diffusion.isStudent() && diffusion.config.kind == SamplerKind::Heun);
            QCOMPARE(diffusion.config.steps, 40);
            QVERIFY(!diffusion.config.sigmaMax);
        }
        network.twoTime = true;
        QVERIFY(read({}, Preconditioning::Ve, network).isStudent());
    }

    void impossibleWordsAreRefusedByName() {
        for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{{"student_steps", "two"},
                                                                                          {"student_steps", "0"},
                                                                                          {"student_steps", "1.5"},
                                                                                          {"student_steps", "100000"},
                                                                                          {"sigma", "-80"},
                                                                                          {"sigma", "nan"},
                                                                                          {"sigma_mid", "1x"}}) {
            std::map<std::string, std::string> words{{"student_steps", "2"}, {"sigma", "80"}};
            words[name] = value;
            const auto fault = faultOf([&] { read(words); });
            QVERIFY2(fault.startsWith("FileDamaged") && fault.contains(QString::fromStdString(value)),
                     qPrintable(fault));
        }
    }
};

THAW_TEST(ModelSamplerTest);
#include "model_sampler_test.moc"
