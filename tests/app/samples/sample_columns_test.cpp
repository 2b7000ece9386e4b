// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/samples/sample_columns.h"
#include "app/engine/compute_thread.h"
#include "app/shared/selection.h"
#include "tests/registry.h"
#include "widgets/samples/sample_grid.h"

#include <QtTest/QTest>

using namespace thaw;

class SampleColumnsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // A network that needs longer than the time between two renewals would else never show all of its images.
    void aColumnOnItsWayIsNotAskedForAgainUnlessItsAnswerWouldBeAnother() {
        ComputeThread compute{ComputeOptions{}};
        Selection selection;
        SampleGrid grid;
        SampleColumns columns(compute, selection, grid);
        columns.set({{SampleSource::TunedOneStep, 1}, {SampleSource::OriginalOneStep, 1}});
        columns.renewTuned();
        QCOMPARE(columns.newestRequest(0), quint64(0));  // there is no run
        columns.setRunTitle("run 0001");
        columns.renewTuned();
        const auto first = columns.newestRequest(0);
        QVERIFY(first > 0);
        columns.renewTuned();
        QCOMPARE(columns.newestRequest(0), first);
        columns.setShift({1, 0});
        columns.renewTuned();
        const auto moved = columns.newestRequest(0);
        QVERIFY(moved > first);
        // When a run rests, the newest weights count, whatever is on its way.
        columns.refreshTuned();
        QVERIFY(columns.newestRequest(0) > moved);
        QCOMPARE(columns.newestRequest(1), quint64(0));
    }
};

THAW_TEST(SampleColumnsTest);
#include "sample_columns_test.moc"
