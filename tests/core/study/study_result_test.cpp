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
        const double gap = std::nan("");
        const ResponsesResult responses{{"enc.4x4_block0", "output"},
                                        {80, 0.1},
                                        {0, 1},
                                        {0.1 + 0.2, 1, 2e-17, 4, 5, gap, 7, gap},
                                        {1, 2, 3, gap},
                                        {5, 6, 7, gap},
                                        16};
        const ImagePowerResult power{"images", {0, 1, 2}, {3, 0.1, 1.0 / 3}, {gap, gap, gap}, 1};
        for (const StudyResult& result : {StudyResult(training), StudyResult(distance), StudyResult(pairing),
                                          StudyResult(responses), StudyResult(power)}) {
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
        const auto cells = std::get<ResponsesResult>(*resultFromText(resultText(responses)));
        QVERIFY(cells.blocks == responses.blocks && cells.sigmas == responses.sigmas);
        QVERIFY(cells.power[0] == 0.1 + 0.2 && cells.power[2] == 2e-17 && std::isnan(cells.power[5]));
        QVERIFY(cells.power[cells.cell(1, 1, 0)] == 7 && cells.centroid[cells.cell(1, 0)] == 3);
        QVERIFY(cells.centroidDeviation[1] == 6 && cells.images == 16);
        const auto image = std::get<ImagePowerResult>(*resultFromText(resultText(power)));
        QVERIFY(image.power == power.power && image.frequencies == power.frequencies && std::isnan(image.deviation[2]));
        QVERIFY(image.title == "images" && image.images == 1);
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
        // Fewer cells than the axes say.
        QVERIFY(!resultFromText(resultText(ResponsesResult{{"output"}, {80}, {0, 1}, {1}, {1}, {1}, 1})));
        QVERIFY(!resultFromText(resultText(ResponsesResult{{"output"}, {80}, {0, 1}, {1, 2}, {1}, {}, 1})));
        QVERIFY(!resultFromText(resultText(ImagePowerResult{"", {0, 1}, {1, 2}, {1}, 1})));
    }
};

THAW_TEST(StudyResultTest);
#include "study_result_test.moc"
