// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_plans.h"
#include "core/study/tuning_trials.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace thaw;

namespace {

// Two blocks of the network's kind, 100 scalars.
ModelSummary plannedModel() {
    ModelSummary model;
    for (const char* block : {"enc.8x8_block0", "dec.8x8_block0"}) {
        BlockInfo info;
        info.name = block;
        const std::string at = block;
        info.parameters = {{at + ".norm0.weight", {4}, 4},
                           {at + ".conv0.weight", {20}, 20},
                           {at + ".affine.weight", {6}, 6},
                           {at + ".conv1.weight", {15}, 15},
                           {at + ".skip.weight", {5}, 5}};
        model.blocks.push_back(info);
    }
    return model;
}

StudyResult trainingOf(double distance) {
    TrainingResult result;
    result.images = 64;
    result.points = {{0.064, 1, distance}};
    return result;
}

StudyRequest requestOfSeeds(int seeds) {
    StudyRequest request;
    request.scale = {0.5, seeds, 100};
    return request;
}

std::set<std::string> namesOf(const std::vector<StudyJob>& jobs) {
    std::set<std::string> names;
    for (const auto& job : jobs) names.insert(job.name);
    return names;
}

const StudyJob* find(const std::vector<StudyJob>& jobs, const std::string& name) {
    for (const auto& job : jobs)
        if (job.name == name) return &job;
    return nullptr;
}

Verdict firstVerdict(const char* study, const StudyRequest& request, const StudyResults& results,
                     std::size_t claim = 0) {
    const auto model = plannedModel();
    return studyKind(study)->report({request, model, results}).claims.at(claim).verdict;
}

}  // namespace

class StudyPlansTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void jobsHaveNamesOfTheirOwnAndBringTheRunsTheyNeed_data() {
        QTest::addColumn<QString>("study");
        for (const auto& kind : studyKinds()) QTest::newRow(kind.word) << QString(kind.word);
    }
    void jobsHaveNamesOfTheirOwnAndBringTheRunsTheyNeed() {
        QFETCH(QString, study);
        const auto& kind = *studyKind(study.toStdString());
        const auto model = plannedModel();
        auto request = requestOfSeeds(2);
        const auto jobs = kind.jobs({request, model, {}});
        QCOMPARE(namesOf(jobs).size(), jobs.size());
        int runs = 0;
        for (const auto& job : jobs) {
            for (const auto& run : neededRuns(job)) {
                const auto* needed = find(jobs, run);
                QVERIFY2(needed && std::holds_alternative<TrainingJob>(needed->work), run.c_str());
                QVERIFY2(needed < &job, "a run stands before what looks at it");
            }
            if (const auto* training = std::get_if<TrainingJob>(&job.work)) {
                ++runs;
                QVERIFY2(validate(training->config).empty(), job.name.c_str());
                QVERIFY(training->config.kimg <= 0.5 && training->config.fidImages == 100);
                QVERIFY(training->reference == StudyReference::Test);
            }
        }
        // A random subset is one run with a seed of its own.
        const auto rows = kind.rows(request);
        const auto subsets =
            std::count_if(rows.begin(), rows.end(), [](const auto& row) { return row.starts_with("random-"); });
        QCOMPARE(runs, 2 * (int(rows.size()) - int(subsets)) + int(subsets));
        // Nothing of other rows; and a report of nothing is a report.
        request.only = {kind.rows(request).front()};
        int left = 0;
        for (const auto& job : kind.jobs({request, model, {}})) left += std::holds_alternative<TrainingJob>(job.work);
        QCOMPARE(left, 2);
        for (const auto& claim : kind.report({request, model, {}}).claims) QCOMPARE(claim.verdict, Verdict::CannotTell);
    }

    void jobsDifferInTextWhereTheyDifferInWork() {
        const StudyGenerator teacher{{}, SamplerConfig{}};
        auto fewer = teacher;
        fewer.sampler.steps = 4;
        const auto text = [](auto work) { return jobText({"name", work}); };
        const std::set<std::string> texts{text(DistanceJob{{}, {}, 100}),
                                          text(DistanceJob{{}, {}, 101}),
                                          text(DistanceJob{teacher, {}, 100}),
                                          text(DistanceJob{fewer, {}, 100}),
                                          text(DistanceJob{{}, fewer, 100}),
                                          text(DistanceJob{{"run"}, {}, 100}),
                                          text(PairingJob{{}, teacher, 100}),
                                          text(PairingJob{{}, fewer, 100}),
                                          text(ResponsesJob{{}, 64, {80, 1}}),
                                          text(ResponsesJob{{}, 63, {80, 1}}),
                                          text(ResponsesJob{{}, 64, {80, 2}}),
                                          text(ResponsesJob{{}, 64, {80}}),
                                          text(ResponsesJob{{"run"}, 64, {80, 1}}),
                                          text(ImagePowerJob{{}, 100}),
                                          text(ImagePowerJob{{}, 101}),
                                          text(ImagePowerJob{StudyGenerator{}, 100}),
                                          text(ImagePowerJob{teacher, 100}),
                                          text(ImagePowerJob{StudyGenerator{"run"}, 100}),
                                          text(TrainingJob{}),
                                          text(TrainingJob{{}, 500}),
                                          text(TrainingJob{{}, 0, StudyReference::Validation}),
                                          text(jobOfLength({}, {1, 1, 50}, 1, Precision::Auto)),
                                          text(jobOfLength({}, {1, 1, 50}, 2, Precision::Auto)),
                                          text(jobOfLength({}, {2, 1, 50}, 1, Precision::Auto)),
                                          text(jobOfLength({}, {1, 1, 50}, 1, Precision::Float32))};
        QCOMPARE(texts.size(), std::size_t(25));
    }

    void freezePlansHaveTheSizesTheyAreNamedBy() {
        const auto model = plannedModel();
        const auto request = requestOfSeeds(1);
        const auto jobs = studyKind("freezing")->jobs({request, model, {}});
        const auto frozen = [&](const char* row) {
            return countFrozen(std::get<TrainingJob>(find(jobs, seedName(row, 1))->work).config.freeze, model).frozen;
        };
        QCOMPARE(frozen("none"), 0);
        QCOMPARE(frozen("d2o-f"), 70);
        QCOMPARE(frozen("all-but-norms"), 92);
        QCOMPARE(frozen("encoder"), 50);
        QCOMPARE(frozen("decoder"), 50);
        QCOMPARE(frozen("first-half"), 50);
        QCOMPARE(frozen("last-half"), 50);
        const auto plan = [&](const char* row) {
            return std::get<TrainingJob>(find(jobs, seedName(row, 1))->work).config.freeze;
        };
        QVERIFY(isFrozen(plan("first-half"), "enc.8x8_block0.norm0.weight"));
        QVERIFY(isFrozen(plan("last-half"), "dec.8x8_block0.norm0.weight"));
    }

    // As many scalars as D2O-F, and the small layers no more often than the large ones: drawing whatever still fits would
    // freeze every norm.
    void randomPlansFreezeTheSameShareOfEveryKind() {
        ModelSummary model;
        for (int b = 0; b < 20; ++b) {
            BlockInfo block;
            block.name = "enc.8x8_block" + std::to_string(b);
            for (const auto& [layer, count] :
                 {std::pair{"conv0", 1000.0}, {"conv1", 1200.0}, {"norm0", 8.0}, {"affine", 300.0}})
                for (const auto& [part, share] : {std::pair{"weight", 1.0}, {"bias", 0.01}})
                    block.parameters.push_back({block.name + "." + layer + "." + part,
                                                {},
                                                std::int64_t(std::max(1.0, count * share * (1 + 0.2 * b)))});
            model.blocks.push_back(block);
        }
        const auto request = requestOfSeeds(3);
        const auto jobs = studyKind("freezing")->jobs({request, model, {}});
        const auto plan = [&](const std::string& name) {
            return std::get<TrainingJob>(find(jobs, name)->work).config.freeze;
        };
        const auto wanted = countFrozen(plan("d2o-f-seed1"), model);
        std::set<std::string> plans;
        for (int subset = 1; subset <= 6; ++subset) {
            const auto name = seedName("random-" + std::to_string(subset), subset);
            QVERIFY2(find(jobs, name), name.c_str());
            const auto random = plan(name);
            plans.insert(toText(random));
            const auto count = countFrozen(random, model);
            QVERIFY2(std::abs(double(count.frozen - wanted.frozen)) <= 0.01 * double(count.total), name.c_str());
            int norms = 0, split = 0;
            for (const auto& block : model.blocks) {
                norms += isFrozen(random, block.name + ".norm0.weight");
                for (const char* layer : {".conv0", ".norm0"})
                    split += isFrozen(random, block.name + layer + ".weight") !=
                             isFrozen(random, block.name + layer + ".bias");
            }
            QCOMPARE(norms, int(std::lround(20.0 * double(wanted.frozen) / double(wanted.total))));
            QCOMPARE(split, 0);
        }
        QCOMPARE(plans.size(), std::size_t(6));
    }

    // First every N and rate at beta1 0; then, of the best, the other optimisers; then the table's runs with the best of all.
    void aSearchEndsInTheSettingsThatWereLowest() {
        const auto model = plannedModel();
        auto request = requestOfSeeds(1);
        request.tune = true;
        request.only = {"cd"};
        request.tuneLevels = {8, 16};
        request.tuning = {0.1, 2, 50};
        StudyResults results;
        const auto& kind = *studyKind("objectives");
        const auto jobs = [&] { return kind.jobs({request, model, results}); };
        const auto trials = [&] {
            int count = 0;
            for (const auto& job : jobs()) {
                const auto* training = std::get_if<TrainingJob>(&job.work);
                if (!training || training->reference != StudyReference::Validation) continue;
                ++count;
                if (training->config.kimg != 0.1 || training->config.fidImages != 50 || training->config.seed < 1001)
                    return -1;
            }
            return count;
        };
        QCOMPARE(trials(), 2 * 2 * 2);
        QVERIFY(!find(jobs(), "cd-seed1"));
        for (const char* trial : {"cd-n16-lr0.001-b0", "cd-n16-lr0.0002-b0", "cd-n8-lr0.001-b0", "cd-n8-lr0.0002-b0"})
            for (int seed : {1001, 1002}) {
                QCOMPARE(trials(), 8);
                results[seedName(trial, seed)] = trainingOf(9 + 0.1 * (seed - 1001));
            }
        // The lowest mean, although another trial has the lowest single distance.
        results["cd-n8-lr0.0002-b0-seed1001"] = trainingOf(7);
        results["cd-n8-lr0.0002-b0-seed1002"] = trainingOf(7);
        results["cd-n16-lr0.001-b0-seed1001"] = trainingOf(6);
        results["cd-n16-lr0.001-b0-seed1002"] = trainingOf(12);
        QCOMPARE(trials(), 8 + 2 * 2);
        QVERIFY(find(jobs(), "cd-n8-lr0.0002-b0.9-seed1001") && find(jobs(), "cd-n8-lr0.0002-b0.9-radam-seed1002"));
        for (const char* trial : {"cd-n8-lr0.0002-b0.9", "cd-n8-lr0.0002-b0.9-radam"})
            for (int seed : {1001, 1002}) results[seedName(trial, seed)] = trainingOf(trial[19] == '-' ? 5 : 8);
        const auto chosen = jobs();
        QVERIFY(find(chosen, "cd-seed1"));
        const auto& config = std::get<TrainingJob>(find(chosen, "cd-seed1")->work).config;
        QVERIFY(config.generator.rectified && config.distill.timesteps == 8);
        QCOMPARE(config.generator.learningRate, 2e-4);
        const auto table = tuningTable({request, model, results});
        QCOMPARE(table.rows.size(), std::size_t(6));
        QCOMPARE(
            std::count_if(table.rows.begin(), table.rows.end(), [](const auto& row) { return row.back() == "yes"; }),
            1);
    }

    // What is not complete is shown and not judged.
    void anIncompleteStudyJudgesNothing() {
        const auto model = plannedModel();
        auto request = requestOfSeeds(3);
        request.only = {"gan-d2o-f", "gan-random"};
        const auto& kind = *studyKind("pairing");
        StudyResults results;
        for (const auto& job : kind.jobs({request, model, {}})) {
            if (std::holds_alternative<TrainingJob>(job.work)) {
                results[job.name] = trainingOf(5);
                continue;
            }
            PairingResult pair;
            pair.pixels = {(job.name.find("random") == std::string::npos ? 0.2 : 0.9) + 0.001 * double(results.size()),
                           0, 1, 0};
            results[job.name] = pair;
        }
        // What is there of rows that are not asked for is shown, and does not keep the others from being judged.
        results["pairing-gan-none-seed1"] = PairingResult{{0.5, 0, 1, 0}, {}, {}, 100};
        const auto whole = studyReport(kind, {request, model, results}, "Where.");
        QCOMPARE(whole.claims[0].verdict, Verdict::Agrees);
        QCOMPARE(whole.paragraphs.back(), std::string("Where."));
        const auto& rows = whole.tables[0].rows;
        QVERIFY(std::any_of(rows.begin(), rows.end(), [](const auto& row) { return row[0] == "gan-none"; }));
        const auto jobs = results.size() - 1;
        results.erase("gan-random-seed3");
        const auto part = studyReport(kind, {request, model, results}, "");
        QCOMPARE(part.claims[0].verdict, Verdict::CannotTell);
        QVERIFY(part.claims[0].number.starts_with("So far: "));
        QVERIFY(part.paragraphs[0].find(std::to_string(jobs - 1) + " of " + std::to_string(jobs)) != std::string::npos);
    }

    void aCurveIsTheMeanOverSeedsThatDidNotDiverge() {
        const auto model = plannedModel();
        const auto request = requestOfSeeds(3);
        TrainingResult a, b, lost;
        a.points = {{1, 10, 4}, {2, 20, 2}};
        b.points = {{1, 14, 6}, {2, 28, 2}};
        lost.points = {{1, 1, 100}};
        lost.diverged = true;
        const StudyResults results{{"row-seed1", a}, {"row-seed2", b}, {"row-seed3", lost}};
        const auto curve = curveOf({request, model, results}, "row");
        QCOMPARE(curve.x, (std::vector<double>{1, 2}));
        QCOMPARE(curve.mean, (std::vector<double>{5, 2}));
        QCOMPARE(curve.deviation, (std::vector<double>{std::sqrt(2.0), 0}));
        QCOMPARE(curveOf({request, model, results}, "row", &StudyPoint::seconds).x, (std::vector<double>{12, 24}));
    }

    void aClaimIsJudgedByItsNumbers() {
        auto request = requestOfSeeds(3);
        const auto fill = [&](const std::string& row, std::vector<double> distances, StudyResults& results) {
            for (std::size_t i = 0; i < distances.size(); ++i)
                results[seedName(row, int(i) + 1)] = trainingOf(distances[i]);
        };
        StudyResults lower, higher, alike, single, one, lost, allLost;
        const double infinite = std::numeric_limits<double>::infinity();
        const auto imitations = [&](std::vector<double> distances, StudyResults& results) {
            for (const char* row : {"pd", "cd", "ctm", "rcd", "regression"}) fill(row, distances, results);
        };
        for (auto* results : {&lower, &one, &lost, &allLost}) imitations({6, 7, 8}, *results);
        fill("gan", {4, 4.1, 4.2}, one);
        fill("gan", {4, 4.1, 4.2}, lower);
        fill("cd", {5, 5.1, 5.2}, lower);
        fill("gan", {5, 5.1, 5.2}, higher);
        fill("cd", {4, 4.1, 4.2}, higher);
        fill("gan", {4, 5, 6}, alike);
        fill("cd", {4.2, 5.2, 6.2}, alike);
        fill("gan", {4}, single);
        fill("cd", {5}, single);
        QCOMPARE(firstVerdict("objectives", request, lower), Verdict::Agrees);
        QCOMPARE(firstVerdict("objectives", request, higher), Verdict::Disagrees);
        QCOMPARE(firstVerdict("objectives", request, alike), Verdict::CannotTell);
        // Better than all but one is not better than each.
        for (int seed = 1; seed <= 3; ++seed) one.erase(seedName("rcd", seed));
        QCOMPARE(firstVerdict("objectives", request, one), Verdict::CannotTell);
        // A diverged run is neither left out nor enough.
        fill("gan", {4, 4.1, 4.2}, lost);
        fill("cd", {5, 5.1, infinite}, lost);
        QCOMPARE(firstVerdict("objectives", request, lost), Verdict::CannotTell);
        fill("gan", {4, 4.1, 4.2}, allLost);
        fill("cd", {infinite, infinite, infinite}, allLost);
        QCOMPARE(firstVerdict("objectives", request, allLost), Verdict::Agrees);
        fill("gan", {infinite, infinite, infinite}, allLost);
        imitations({6, 7, 8}, allLost);
        QCOMPARE(firstVerdict("objectives", request, allLost), Verdict::Disagrees);
        QCOMPARE(firstVerdict("objectives", request, single), Verdict::CannotTell);

        StudyResults frozen;
        fill("d2o-f", {4, 4.1, 4.2}, frozen);
        fill("none", {5, 5.1, 5.2}, frozen);
        for (int subset = 1; subset <= 6; ++subset)
            frozen[seedName("random-" + std::to_string(subset), subset)] = trainingOf(3 + 0.1 * subset);
        // Of another seed it is another run.
        frozen["random-2-seed1"] = trainingOf(100);
        QCOMPARE(firstVerdict("freezing", request, frozen, 0), Verdict::Agrees);
        QCOMPARE(firstVerdict("freezing", request, frozen, 1), Verdict::Disagrees);

        StudyResults efficient;
        efficient["original-18-steps"] = DistanceResult{2, {}};
        for (const auto& [distance, verdict] :
             {std::pair{1.5, Verdict::Agrees}, {1.95, Verdict::CannotTell}, {2.3, Verdict::Disagrees}}) {
            fill("all", {distance, distance + 0.1, distance - 0.1}, efficient);
            QCOMPARE(firstVerdict("data-efficiency", request, efficient), verdict);
        }

        request.scale.seeds = 1;
        QCOMPARE(firstVerdict("data-efficiency", request, efficient), Verdict::CannotTell);
        request.scale.seeds = 3;

        StudyResults paired;
        const auto pairs = [&](const std::string& row, double same) {
            for (int seed = 1; seed <= 3; ++seed) {
                PairingResult result;
                result.pixels = {same + 0.001 * seed, 0, 1, 0};
                paired["pairing-" + seedName(row, seed)] = result;
            }
        };
        pairs("gan-d2o-f", 0.3);
        pairs("gan-none", 0.2);
        pairs("gan-random", 0.9);
        QCOMPARE(firstVerdict("pairing", request, paired, 0), Verdict::Agrees);
        QCOMPARE(firstVerdict("pairing", request, paired, 1), Verdict::Disagrees);

        StudyResults minima;
        for (int seed = 1; seed <= 3; ++seed)
            for (const auto& [steps, distance] : {std::pair{"2", 1.0}, {"18", 3.0}}) {
                const auto name = seedName(std::string("regression-") + steps, seed);
                minima[name] = trainingOf(9);
                minima["to-teacher-" + name] = DistanceResult{distance + 0.01 * seed, {}};
            }
        QCOMPARE(firstVerdict("local-minima", request, minima), Verdict::Agrees);
    }
};

THAW_TEST(StudyPlansTest);
#include "study_plans_test.moc"
