// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/runs_csv.h"
#include "tests/fid_point.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

class RunsCsvTest : public QObject {
    Q_OBJECT
    static constexpr const char* kHead =
        "run,objective,frozen,later_plans,kimg,target_kimg,ending,best,best_kimg,last,last_kimg,distance,images,"
        "features,"
        "reference,kid,precision,recall\n";

private Q_SLOTS:
    void everyNumberHasItsColumn() {
        RunSummary run;
        run.folder = "/runs/0003-cd-gan";
        run.objective = "cd,gan";
        run.freeze = "d2o-f";
        run.kimg = 13.5;
        run.targetKimg = 20;
        run.plans = {{10, 2.5, "none", "freeze"}, {20, 5, "enc.*,dec.*", "freeze"}};
        run.outcome = RunOutcome::Stopped;
        run.best = fidPoint(5, 6.25, 1000);
        run.last = fidPoint(10, 7.5, 2000, "a \"quoted\" network", "test, 10,000");
        run.last->kid = 0.125;
        run.last->recall = 0.5;
        QCOMPARE(
            toCsv(std::vector{run}),
            kHead + std::string("\"0003-cd-gan\",\"cd,gan\",\"d2o-f\",\"none from 2.5 kimg; enc.*,dec.* from 5 kimg\","
                                "13.5,20,\"stopped\",6.25,5,7.5,10,\"FD\",2000,\"a \"\"quoted\"\" network\","
                                "\"test, 10,000\",0.125,,0.5\n"));
    }

    void whatIsNotKnownIsEmptyAndEveryRowHasAsManyCells() {
        RunSummary run;
        run.folder = "/runs/new";
        QCOMPARE(toCsv(std::vector{run}), kHead + std::string("\"new\",,,,,,,,,,,,,,,,,\n"));
        run.running = true;
        QCOMPARE(toCsv(std::vector{run}), kHead + std::string("\"new\",,,,,,\"running\",,,,,,,,,,,\n"));
    }
};

THAW_TEST(RunsCsvTest);
#include "runs_csv_test.moc"
