// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_result.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <cmath>

using namespace thaw;

class StudyResultTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKindSurvivesTheRoundTrip() {
        TrainingResult training;
        training.images = 2048;
        training.seconds = 3.5;
        training.frozenPercent = 82.35;
        training.student = 2;
        training.teacher = 1.5;
        training.discriminator = 3;
        training.features = 4;
        training.points = {{1, 1.5, 9.25}, {2, 3.5, 6.5}};
        training.measure = {MeasureKind::Network, "classifier", 500, "test", 1000, false};
        training.precision = 0.75;
        training.folder = "runs/gan-seed1-0123";
        PairingResult pairing;
        pairing.pixels = {0.1, 0.05, 0.5, 0.9};
        pairing.features = {1, 0.5, 4, 0.8};
        pairing.featureTitle = "classifier";
        pairing.images = 100;
        const DistanceResult distance{1.25, {MeasureKind::Wavelets, "packets", 50, "data", 60, false}};
        for (const StudyResult& result : {StudyResult(training), StudyResult(distance), StudyResult(pairing)}) {
            const auto back = resultFromText(resultText(result));
            QVERIFY(back && back->index() == result.index());
            QCOMPARE(resultText(*back), resultText(result));
        }
        const auto back = std::get<TrainingResult>(*resultFromText(resultText(training)));
        QCOMPARE(back.points.at(1).distance, 6.5);
        QCOMPARE(back.points.at(1).seconds, 3.5);
        QCOMPARE(back.precision, std::optional(0.75));
        QVERIFY(!back.recall && !back.diverged);
        QCOMPARE(back.measure, training.measure);
        QCOMPARE(std::get<PairingResult>(*resultFromText(resultText(pairing))).features.ratio(), 0.25);
    }
    void theDistanceIsThatOfTheEndAndOfNoRunThatDiverged() {
        TrainingResult training;
        QVERIFY(std::isinf(training.distance()));
        training.points = {{1, 1, 3}, {2, 2, 5}};
        QCOMPARE(training.distance(), 5.0);
        training.diverged = true;
        QVERIFY(std::isinf(training.distance()));
    }
    void otherTextIsNoResult() {
        QVERIFY(!resultFromText("") && !resultFromText("{}") && !resultFromText(R"({"kind": "distance"})"));
    }
};

THAW_TEST(StudyResultTest);
#include "study_result_test.moc"
