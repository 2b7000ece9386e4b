// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/data_fit.h"
#include "core/values/error.h"
#include "tests/registry.h"

#include <QTest>

using namespace thaw;

namespace {

std::string texts(const std::vector<FitProblem>& problems) {
    std::string all;
    for (const auto& p : problems)
        all += std::string(p.severity == FitSeverity::Error ? "error: " : "warning: ") + p.text + "\n";
    return all;
}

const ModelShape kCifarModel{3, 32, 10};
const DataShape kCifar{50000, 3, 32, 10, false};

}  // namespace

class DataFitTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aModelFitsTheDataItWasMadeFor() { QVERIFY(fitOf(kCifarModel, kCifar).empty()); }

    void anUnconditionalModelIgnoresLabels() { QVERIFY(fitOf({3, 32, 0}, kCifar).empty()); }

    void everyReasonIsNamedNotJustTheFirst() {
        const auto problems = fitOf(kCifarModel, {60000, 1, 28, 0});
        QCOMPARE(problems.size(), std::size_t(3));
        QCOMPARE(texts(problems),
                 std::string("error: The model makes colour images, the data set holds grey ones.\n"
                             "error: The model makes images of 32×32 pixels, the data set holds 28×28.\n"
                             "error: The model is class-conditional (10 classes), the data set has no labels.\n"));
        for (const auto& p : problems) QVERIFY(!p.hint.empty());
    }

    void moreClassesThanTheModelKnowsAreAnErrorFewerAWarning() {
        auto data = kCifar;
        data.labelDim = 100;
        QCOMPARE(texts(fitOf(kCifarModel, data)),
                 std::string("error: The data set has 100 classes, the model knows 10.\n"));
        data.labelDim = 8;
        QCOMPARE(texts(fitOf(kCifarModel, data)),
                 std::string(
                     "warning: The data set has 8 classes, the model knows 10: the last 2 will see no real image.\n"));
    }

    void labelVectorsMustHaveTheModelsLength() {
        auto data = kCifar;
        data.labelVectors = true;
        QVERIFY(fitOf(kCifarModel, data).empty());
        data.labelDim = 8;
        QCOMPARE(texts(fitOf(kCifarModel, data)),
                 std::string("error: The model takes labels of 10 numbers, the labels of the data set have 8.\n"));
    }

    void aComparisonNeedsNoLabels() {
        auto data = kCifar;
        data.labelDim = 0;
        QVERIFY(fitOf(kCifarModel, data, DataUse::Comparison).empty());
        data.resolution = 64;
        QCOMPARE(fitOf(kCifarModel, data, DataUse::Comparison).size(), std::size_t(1));
    }

    void anEmptyDataSetFitsNothing() {
        auto data = kCifar;
        data.count = 0;
        QCOMPARE(texts(fitOf(kCifarModel, data)), std::string("error: The data set holds no images.\n"));
    }

    void errorsAreThrownTogetherAndWarningsPass() {
        auto data = kCifar;
        data.labelDim = 8;
        throwErrors(fitOf(kCifarModel, data));
        data.channels = 1;
        data.resolution = 28;
        try {
            throwErrors(fitOf(kCifarModel, data));
            QFAIL("accepted");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::Configuration);
            QVERIFY(e.message().find("grey") != std::string::npos);
            QVERIFY(e.message().find("28×28") != std::string::npos);
            QVERIFY(e.message().find("8 classes") == std::string::npos);
        }
    }

    void summariesAreComparedAsTheirShapes() {
        ModelSummary model;
        model.imgChannels = 3;
        model.imgResolution = 32;
        model.labelDim = 10;
        DataSummary data;
        data.count = 50000;
        data.channels = 3;
        data.resolution = 32;
        data.labelDim = 10;
        QVERIFY(fitOf(model, data).empty());
        data.channels = 1;
        QVERIFY(fitOf(model, data) == fitOf(kCifarModel, {50000, 1, 32, 10}));
        QCOMPARE(fitOf(model, data).size(), std::size_t(1));
    }

    void warningsAreNoErrors() {
        QVERIFY(!hasErrors({}));
        QVERIFY(!hasErrors(fitOf({3, 32, 10}, {100, 3, 32, 4})));
        QVERIFY(!fitOf({3, 32, 10}, {100, 3, 32, 4}).empty());
        QVERIFY(hasErrors(fitOf({3, 32, 10}, {100, 1, 32, 4})));
    }
};

THAW_TEST(DataFitTest);
#include "data_fit_test.moc"
