// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/view_queue.h"
#include "app/engine/view_budget.h"
#include "tests/registry.h"

#include <QTest>

using namespace thaw;

namespace {
SampleRequest request(SampleSource source, std::uint64_t firstSeed, int count) {
    SampleRequest request;
    request.source = source;
    for (int i = 0; i < count; ++i) request.seeds.push_back(firstSeed + std::uint64_t(i));
    return request;
}
}  // namespace

class ViewQueueTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNewerRequestReplacesTheOlderOfItsKind() {
        ViewQueue queue;
        queue.put(request(SampleSource::OriginalOneStep, 0, 16), 1);
        queue.put(request(SampleSource::OriginalOneStep, 100, 16), 2);
        QCOMPARE(queue.nextColumn()->generation, quint64(2));
        QCOMPARE(queue.nextColumn()->request.seeds.front(), std::uint64_t(100));
        queue.drop(SampleSource::OriginalOneStep);
        QVERIFY(queue.empty());
    }

    void oneStepColumnsComeBeforeTheMultiStepOne() {
        ViewQueue queue;
        queue.put(request(SampleSource::OriginalMultiStep, 0, 16), 1);
        queue.put(request(SampleSource::TunedOneStep, 0, 16), 2);
        QCOMPARE(queue.nextColumn()->request.source, SampleSource::TunedOneStep);
        queue.drop(SampleSource::TunedOneStep);
        QCOMPARE(queue.nextColumn()->request.source, SampleSource::OriginalMultiStep);
    }

    void piecesOfAColumnCoverEverySeedOnceAndInOrder() {
        ViewQueue::Column column{request(SampleSource::OriginalMultiStep, 7, 10), 1, {}};
        int pieces = 0;
        while (!column.complete()) {
            const SampleRequest piece = ViewQueue::nextPiece(column);
            QVERIFY(!piece.seeds.empty() && piece.seeds.size() <= 4);
            column.done.seeds.insert(column.done.seeds.end(), piece.seeds.begin(), piece.seeds.end());
            ++pieces;
        }
        QCOMPARE(pieces, 3);
        QVERIFY(column.done.seeds == column.request.seeds);
    }

    void viewsGetTheirShareOfALongRunAndNoMore() {
        ViewBudget budget(0.2);
        double views = 0, training = 0;
        for (int i = 0; i < 10000; ++i) {
            if (budget.allowsView()) {
                views += 0.3;
                budget.viewTook(0.3);
            } else {
                training += 0.05;
                budget.trainingTook(0.05);
            }
        }
        const double share = views / (views + training);
        QVERIFY2(share > 0.18 && share < 0.21, qPrintable(QString::number(share)));
    }

    void aFirstViewIsServedAtOnce() {
        ViewBudget budget(0.2);
        budget.trainingTook(100);
        QVERIFY(budget.allowsView());
        budget.viewTook(0.1);
        QVERIFY(!budget.allowsView());
    }
};

THAW_TEST(ViewQueueTest);
#include "view_queue_test.moc"
