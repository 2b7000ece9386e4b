// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/compare_columns.h"

#include "tests/registry.h"

#include <QTest>

using namespace thaw;

namespace {

SampleColumn madeIn(int steps, const char* sampler, bool asTrained) {
    SampleColumn samples;
    samples.images.resize(1);
    samples.steps = steps;
    samples.sampler = sampler;
    samples.asTrained = asTrained;
    return samples;
}

}  // namespace

class CompareColumnsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFirstColumnIsTheOriginalAsItWasTrained() {
        const auto columns = defaultColumns();
        QVERIFY(columns.front() == (ColumnSpec{SampleSource::OriginalMultiStep, kTrainedSteps}));
        QCOMPARE(columnTitle(columns.front()), QString("As trained"));
        QVERIFY(columnTitle(columns.front(), madeIn(18, "heun, 18 steps", true)).contains("18"));
    }

    void aColumnSaysItsStepsAndWhetherTheModelWasTrainedForThem() {
        const ColumnSpec trained{SampleSource::OriginalMultiStep, kTrainedSteps},
            heun{SampleSource::OriginalMultiStep, 7},
            other{SampleSource::OtherModel, kTrainedSteps, "/a/b.safetensors"};
        const auto jumps = madeIn(4, "multi-step, 4 steps", true);
        QVERIFY(columnTitle(trained, jumps).startsWith("4"));
        QCOMPARE(columnCaption(trained, jumps), QString("original, as trained"));
        QCOMPARE(columnCaption(heun, madeIn(7, "heun, 7 steps", true)), QString("original, Heun"));
        QCOMPARE(columnCaption(heun, madeIn(7, "heun, 7 steps", false)), QString("original, Heun, not as trained"));
        QCOMPARE(columnCaption(other, jumps), QString("b.safetensors"));
        QVERIFY(columnTitle({SampleSource::TunedOneStep, 1}, jumps).startsWith("4"));
        QCOMPARE(columnTitle({SampleSource::TunedOneStep, 1}), QString("1 step, after"));
    }
};

THAW_TEST(CompareColumnsTest);
#include "compare_columns_test.moc"
