// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/trained_sampler.h"

#include "core/values/sample_request.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

namespace {

TrainedSampler student(int steps, double sigma) {
    TrainedSampler trained{oneStepSampler(sigma), steps};
    trained.config.steps = steps;
    if (steps > 1) trained.config.kind = SamplerKind::MultiStep;
    return trained;
}

bool speaks(const TrainedSampler& trained, SamplerKind kind, int steps, std::optional<double> sigma = {}) {
    SamplerConfig asked;
    asked.kind = kind;
    asked.steps = steps;
    asked.sigmaMax = sigma;
    return !contradiction(trained, asked).empty();
}

}  // namespace

class TrainedSamplerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void publishedStepsGoByTheSize() {
        QCOMPARE(publishedSteps(28), 18);
        QCOMPARE(publishedSteps(32), 18);
        QCOMPARE(publishedSteps(64), 40);
    }

    void aColumnsStepsMeanTheModelsOwnSampler() {
        const auto one = student(1, 40), four = student(4, 60);
        QVERIFY(samplerOfSteps(one, kTrainedSteps) == one.config);
        QVERIFY(samplerOfSteps(four, kTrainedSteps) == four.config);
        QVERIFY(samplerOfSteps(four, 4) == four.config);
        QVERIFY(samplerOfSteps(one, 1) == one.config);
        QVERIFY(samplerOfSteps(four, 1) == oneStepSampler(60));
        QVERIFY(samplerOfSteps({}, 1) == oneStepSampler());
        QVERIFY(samplerOfSteps(four, kGeneratorSteps) == four.config);
        QVERIFY(samplerOfSteps({}, kGeneratorSteps) == oneStepSampler());
        SamplerConfig heun;
        heun.steps = 7;
        QVERIFY(samplerOfSteps({}, 7) == heun && samplerOfSteps(four, 7) == heun);
        TrainedSampler large;
        large.config.steps = 40;
        QVERIFY(samplerOfSteps(large, kTrainedSteps) == large.config);
    }

    void onlyWhatWasNotTrainedForIsSaid() {
        const auto one = student(1, 40), four = student(4, 80);
        QVERIFY(!speaks(one, SamplerKind::OneStep, 18, 40));
        QVERIFY(!speaks(one, SamplerKind::MultiStep, 1, 40));
        QVERIFY(!speaks(four, SamplerKind::MultiStep, 4));  // 80 is what an absent level means
        QVERIFY(!speaks(four, SamplerKind::MultiStep, 4, 80));
        QVERIFY(speaks(one, SamplerKind::OneStep, 18));
        QVERIFY(speaks(one, SamplerKind::MultiStep, 2, 40));
        QVERIFY(speaks(four, SamplerKind::OneStep, 4));
        for (const auto kind : {SamplerKind::Heun, SamplerKind::Euler, SamplerKind::Ablation})
            QVERIFY(speaks(one, kind, 18) && !speaks({}, kind, 18));
        QVERIFY(!speaks({}, SamplerKind::OneStep, 18));
        QVERIFY(speaks({}, SamplerKind::MultiStep, 4));
        SamplerConfig asked;
        asked.steps = 9;
        const auto words = QString::fromStdString(contradiction(one, asked));
        for (const char* word : {"one step", "40", "heun, 9 steps", "--sampler auto"})
            QVERIFY2(words.contains(word), qPrintable(words));
    }
};

THAW_TEST(TrainedSamplerTest);
#include "trained_sampler_test.moc"
