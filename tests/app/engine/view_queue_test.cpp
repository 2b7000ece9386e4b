// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/view_queue.h"
#include "app/engine/view_budget.h"
#include "core/values/panel_kinds.h"
#include "tests/registry.h"

#include <QTest>

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
        quint64 generation = 0;
        for (const PanelPart& part : parts) queue.put(*part.job(), ++generation, slotOf(part));
        QCOMPARE(queue.nextJob()->generation, quint64(1));
        QVERIFY(queue.nextJob()->job == MeasurementJob(SpectrumJob{"enc.28x28_block0", 80, 64, 0, {}}));
        queue.dropJob(queue.nextJob()->slot);
        QVERIFY(queue.nextJob());
        QCOMPARE(queue.nextJob()->generation, quint64(2));
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
                std::set<int> slots_;
                const auto parts = panelParts(panel, ModelChoice{ModelChoice::Kind::File, "other"});
                for (const PanelPart& part : parts) slots_.insert(slotOf(part));
                QVERIFY2(!parts.empty(), kind.word);
                QCOMPARE(slots_.size(), parts.size());
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
