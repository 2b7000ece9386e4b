// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/view_queue.h"
#include "core/engine/view_budget.h"
#include "core/values/panel_kinds.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <cmath>
#include <set>

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
        QCOMPARE(queue.nextColumn()->generation, std::uint64_t(2));
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
            const SampleRequest piece = column.request.piece(column.done.seeds.size());
            QVERIFY(!piece.seeds.empty() && piece.seeds.size() <= 4);
            column.done.seeds.insert(column.done.seeds.end(), piece.seeds.begin(), piece.seeds.end());
            ++pieces;
        }
        QCOMPARE(pieces, 3);
        QVERIFY(column.done.seeds == column.request.seeds);
    }

    void spectraOfAAndOfBFromAFileBothSurviveInTheQueue() {
        PanelRecipe panel;
        panel.kind = PanelKind::Spectrum;
        panel.block = "enc.28x28_block0";
        panel.side = PanelSide::Difference;
        const ModelChoice file{ModelChoice::Kind::File, "other.safetensors"};
        const auto parts = panelParts(panel, file);
        QCOMPARE(parts.size(), std::size_t(2));
        ViewQueue queue;
        std::uint64_t generation = 0;
        for (const PanelPart& part : parts) queue.put(*part.job(), ++generation, slotOf(part));
        QCOMPARE(queue.nextJob()->generation, std::uint64_t(1));
        QVERIFY(queue.nextJob()->job == MeasurementJob(SpectrumJob{"enc.28x28_block0", 80, 64, 0, {}}));
        queue.dropJob(queue.nextJob()->slot);
        QVERIFY(queue.nextJob());
        QCOMPARE(queue.nextJob()->generation, std::uint64_t(2));
        QVERIFY(queue.nextJob()->job == MeasurementJob(SpectrumJob{"enc.28x28_block0", 80, 64, 0, file}));
        queue.dropJob(queue.nextJob()->slot);
        QVERIFY(queue.empty());
    }

    void noTwoPartsOfAPanelShareASlot() {
        for (const PanelKindEntry& kind : panelKinds())
            for (const PanelSide side : {PanelSide::A, PanelSide::B, PanelSide::Difference}) {
                PanelRecipe panel;
                panel.kind = kind.kind;
                panel.side = side;
                panel.block = "output";
                panel.columns = {{SampleSource::RealData, 1}, {SampleSource::TunedOneStep, 1}};
                panel.runs = {"0000", "0001"};
                std::set<int> distinct;
                const auto parts = panelParts(panel, ModelChoice{ModelChoice::Kind::File, "other"});
                for (const PanelPart& part : parts) distinct.insert(slotOf(part));
                QVERIFY2(!parts.empty(), kind.word);
                QCOMPARE(distinct.size(), parts.size());
            }
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

    void aFirstViewIsServedAtOnceAndPaysForItself() {
        ViewBudget budget(0.2);
        QVERIFY(budget.allowsView());
        budget.viewTook(0.1);
        QVERIFY(!budget.allowsView());
        budget.trainingTook(0.3);
        QVERIFY(!budget.allowsView());
        budget.trainingTook(0.125);
        QVERIFY(budget.allowsView());
    }

    // Ten seconds of training pay for two and a half of views, however short their pieces are.
    void shortViewsGetTheirShareBesideStepsOfTenSeconds() {
        ViewBudget budget(0.2);
        double views = 0, training = 0;
        for (int i = 0; i < 10000; ++i) {
            if (budget.allowsView()) {
                views += 0.05;
                budget.viewTook(0.05);
            } else {
                training += 10;
                budget.trainingTook(10);
            }
        }
        const double share = views / (views + training);
        QVERIFY2(std::abs(share - 0.2) < 0.005, qPrintable(QString::number(share)));
    }

    void whatViewsLeaveOfTheirShareIsNotKept() {
        ViewBudget budget(0.2);
        for (int i = 0; i < 1000; ++i) budget.trainingTook(1);
        for (int piece = 0; piece < 2; ++piece) {
            QVERIFY(budget.allowsView());
            budget.viewTook(0.2);
        }
        QVERIFY(!budget.allowsView());
    }

    void whatWaitsIsKnownByName() {
        ViewQueue queue;
        queue.put(request(SampleSource::OriginalOneStep, 0, 16), 4, 20);
        queue.put(SpectrumJob{"output"}, 6, 0);
        queue.put(TrajectoryRequest{}, 5);
        queue.originalFid = 100;
        QCOMPARE(queue.generations(), std::vector<std::uint64_t>({4, 6, 5}));
        QCOMPARE(queue.count(), 4);
        queue.clear();
        QVERIFY(queue.generations().empty() && queue.count() == 0);
    }

    void aPieceIsNoLargerThanIsAskedFor() {
        const SampleRequest many = request(SampleSource::OriginalMultiStep, 7, 10);
        QCOMPARE(many.piece(0, 3).seeds, std::vector<std::uint64_t>({7, 8, 9}));
        QCOMPARE(many.piece(9, 3).seeds, std::vector<std::uint64_t>({16}));
        QCOMPARE(many.piece(0, 100).seeds.size(), std::size_t(4));  // nor than is usual
    }
};

THAW_TEST(ViewQueueTest);
#include "view_queue_test.moc"
