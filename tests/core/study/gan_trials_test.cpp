// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/gan_trials.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <limits>
#include <set>

using namespace thaw;

namespace {

StudyRequest searchRequest() {
    StudyRequest request;
    request.scale = {8, 3, 100};
    request.tuning = {2, 2, 50};
    request.tune = true;
    return request;
}

StudyResult triedAt(double distance) {
    TrainingResult result;
    result.points = {{2, 10, distance}};
    result.diverged = !(distance < std::numeric_limits<double>::infinity());
    return result;
}

}  // namespace

class GanTrialsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyTrialIsOneChangeThatCanRun() {
        auto request = searchRequest();
        const auto without = ganTrials(request).size();
        request.backbone = "c.safetensors";
        const auto rows = ganTrials(request);
        QCOMPARE(rows.size(), without + 3);
        QVERIFY(rows.front().second == comparedSettings("gan"));
        std::set<std::string> names;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            QVERIFY2(names.insert(rows[i].first).second, rows[i].first.c_str());
            QVERIFY2(validate(rows[i].second).empty(), rows[i].first.c_str());
            for (std::size_t j = 0; j < i; ++j) QVERIFY2(!(rows[i].second == rows[j].second), rows[i].first.c_str());
        }
        QCOMPARE(rows.back().second.backbones, std::vector<std::string>{"c.safetensors"});
        for (const auto& job : ganTrialJobs(request)) {
            const auto& run = std::get<TrainingJob>(job.work);
            QVERIFY(run.reference == StudyReference::Validation && run.config.seed >= 1001 && run.config.kimg == 2);
            QVERIFY(run.config.fidImages == 50);
        }
        QCOMPARE(ganTrialJobs(request).size(), rows.size() * 2);
    }

    // The lowest mean; one that diverged once is out, and nothing reported runs before the search has ended.
    void theRunsThatAreReportedHaveTheBestSettings() {
        const auto request = searchRequest();
        const ModelSummary model;
        StudyResults results;
        const auto& kind = *studyKind("data-efficiency");
        const auto reported = [&] {
            std::vector<StudyJob> left;
            for (const auto& job : kind.jobs({request, model, results}))
                if (const auto* run = std::get_if<TrainingJob>(&job.work);
                    run && run->reference == StudyReference::Test)
                    left.push_back(job);
            return left;
        };
        QVERIFY(!bestGanTrial({request, model, results}));
        for (const auto& job : ganTrialJobs(request)) {
            QVERIFY(reported().empty());
            results[job.name] = triedAt(5);
        }
        results["try-r1-1e-2-seed1001"] = triedAt(3);
        results["try-r1-1e-2-seed1002"] = triedAt(4);
        results["try-mirrored-seed1001"] = triedAt(2);
        results["try-mirrored-seed1002"] = triedAt(6);
        results["try-projected-seed1001"] = triedAt(1);
        results["try-projected-seed1002"] = triedAt(std::numeric_limits<double>::infinity());
        QCOMPARE(bestGanTrial({request, model, results})->first, std::string("r1-1e-2"));
        const auto runs = reported();
        QCOMPARE(runs.size(), std::size_t(4 * 3));
        for (const auto& job : runs) {
            const auto& run = std::get<TrainingJob>(job.work);
            QCOMPARE(run.config.r1.gamma, 1e-2);
            // Parts of the training set are seen for a quarter of the length.
            QCOMPARE(run.config.kimg, run.trainingImages == 0 ? 8.0 : 2.0);
            QCOMPARE(run.config.fidEveryKimg, 1.0);
        }
        const auto table = ganTrialTable({request, model, results});
        QCOMPARE(table.rows.size(), ganTrials(request).size());
        for (const auto& row : table.rows) QCOMPARE(row.back() == "yes", row.front() == "r1-1e-2");
        const auto report = kind.report({request, model, results});
        QCOMPARE(report.tables.back().name, std::string("settings"));
    }
};

THAW_TEST(GanTrialsTest);
#include "gan_trials_test.moc"
