// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/frequency_study.h"

#include "core/study/frequency_statistics.h"
#include "core/study/study_kinds.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <algorithm>
#include <cmath>

using namespace thaw;

namespace {

constexpr const char* kEncoderBlock = "enc.8x8_block0";
constexpr const char* kDecoderBlock = "dec.4x4_block0";

// D2O-F freezes three quarters of the first block's weights and a quarter of the second's.
ModelSummary measuredModel() {
    ModelSummary model;
    for (const auto& [block, frozen] : {std::pair{kEncoderBlock, 30}, {kDecoderBlock, 10}}) {
        BlockInfo info;
        info.name = block;
        info.parameters = {{info.name + ".conv0.weight", {frozen}, frozen},
                           {info.name + ".norm0.weight", {40 - frozen}, 40 - frozen}};
        model.blocks.push_back(info);
    }
    return model;
}

// Two blocks and the output, two noise levels, three frequencies: 16 cells, since the second block's resolution has no k = 2.
// Its power is raised by these dB; the second noise level's by `more` as well.
ResponsesResult responsesRaised(double encoder, double decoder, double output, double more = 0) {
    ResponsesResult r;
    r.blocks = {kEncoderBlock, kDecoderBlock, "output"};
    r.sigmas = {0.1, 80};
    r.frequencies = {0, 1, 2};
    const double raised[] = {encoder, decoder, output};
    for (std::size_t b = 0; b < 3; ++b)
        for (std::size_t s = 0; s < 2; ++s) {
            for (std::size_t k = 0; k < 3; ++k)
                r.power.push_back(b == 1 && k == 2
                                      ? std::nan("")
                                      : (0.5 + double(k)) * std::pow(10, (raised[b] + (s ? more : 0)) / 10));
            r.centroid.push_back(b == 0 ? (s ? 4 : 1) : 2);
            r.centroidDeviation.push_back(s ? std::sqrt(7.0) : 1);
        }
    r.images = 4;
    return r;
}

// Power k^-2, raised by `low` dB up to half of the largest frequency and by `high` dB above it.
ImagePowerResult imagesRaised(double low, double high) {
    ImagePowerResult r;
    r.title = "made up";
    for (int k = 0; k <= 4; ++k) {
        const double power = k == 0 ? std::pow(10, 7.0 + low) : std::pow(k, -2);
        r.frequencies.push_back(k);
        r.power.push_back(power * std::pow(10, (k > 2 ? high : low) / 10));
        r.deviation.push_back(r.power.back() / 2);
    }
    r.images = 100;
    return r;
}

StudyRequest requestOfTraining(int seeds) {
    StudyRequest request;
    request.scale = {0.5, seeds, 100};
    return request;
}

StudyReport reportOf(const StudyResults& results, int seeds = 3) {
    const auto model = measuredModel();
    const auto request = requestOfTraining(seeds);
    return frequencyReport({request, model, results});
}

std::vector<std::string> cellsOf(const StudyReport& report, const char* table, const std::string& row) {
    for (const auto& t : report.tables)
        if (t.name == table)
            for (const auto& cells : t.rows)
                if (cells.front() == row) return cells;
    return {};
}

const ReportChart& chartOf(const StudyReport& report, const char* name) {
    return *std::find_if(report.charts.begin(), report.charts.end(), [&](const auto& c) { return c.name == name; });
}

bool isNear(double a, double b) { return std::abs(a - b) < 1e-9; }

}  // namespace

class FrequencyStudyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // t = 3/(0.5/√3); with two degrees of freedom p = 1 - t/√(t² + 2). Of 16 cells the second block's four have p 0, the
    // first block's six this p, the output's six p 1.
    void cellsAreTestedOverSeeds() {
        const auto before = responsesRaised(0, 0, 0);
        const std::vector<ResponsesResult> seeds{responsesRaised(2.5, 0.4, -1), responsesRaised(3, 0.4, 1),
                                                 responsesRaised(3.5, 0.4, 0)};
        const std::vector<double> shares{0.75, 0.25, std::nan("")};
        const auto change = responseChange(before, {&seeds[0], &seeds[1], &seeds[2]}, shares);
        const double t = 3 / (0.5 / std::sqrt(3.0)), p = 1 - t / std::sqrt(t * t + 2);
        QCOMPARE(change.seeds, 3);
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t k = 0; k < 3; ++k) {
                QVERIFY(isNear(change.mean[before.cell(0, s, k)], 3) && isNear(change.p[before.cell(0, s, k)], p));
                QVERIFY(isNear(change.q[before.cell(0, s, k)], p * 16 / 10));
                QVERIFY(isNear(change.p[before.cell(2, s, k)], 1));
            }
        QVERIFY(std::isnan(change.q[before.cell(1, 0, 2)]));
        QVERIFY(change.q[before.cell(1, 0, 0)] < 1e-9);  // significant, but below kSmallestDifferenceDb
        QCOMPARE(change.changedShare, 6.0 / 16);

        // p = 0.035 alone would do; of 16 tests it does not.
        const std::vector<ResponsesResult> wider{responsesRaised(2, 0.4, -1), responsesRaised(3, 0.4, 1),
                                                 responsesRaised(4, 0.4, 0)};
        const auto adjusted = responseChange(before, {&wider[0], &wider[1], &wider[2]}, shares);
        QVERIFY(adjusted.p[0] < 0.05 && adjusted.q[0] > 0.05);
        QCOMPARE(adjusted.changedShare, 0.0);
    }

    void changesAreRootsOfMeanSquares() {
        const auto before = responsesRaised(0, 0, 0);
        const std::vector<ResponsesResult> seeds{responsesRaised(2, 1, 0), responsesRaised(4, -3, 1, 1)};
        const auto change = responseChange(before, {&seeds[0], &seeds[1]}, {0.75, 0.25, std::nan("")});
        // Seed 1: 2 in six cells, 1 in four, 0 in six. Seed 2: 4, -3, 1 at the first level and 5, -2, 2 at the second.
        const auto spread = [](double a, double b) { return spreadOf({a, b}); };
        const auto same = [](const Spread& a, const Spread& b) {
            return a.count == b.count && isNear(a.mean, b.mean) && isNear(a.deviation, b.deviation);
        };
        QVERIFY(same(change.all, spread(std::sqrt((6 * 4 + 4) / 16.0),
                                        std::sqrt((3 * 16 + 2 * 9 + 3 + 3 * 25 + 2 * 4 + 3 * 4) / 16.0))));
        const double first = 3 * 16 + 3 * 25, second = 2 * 9 + 2 * 4;
        QVERIFY(same(change.frozen, spread(std::sqrt((0.75 * 6 * 4 + 0.25 * 4) / (0.75 * 6 + 0.25 * 4)),
                                           std::sqrt((0.75 * first + 0.25 * second) / (0.75 * 6 + 0.25 * 4)))));
        QVERIFY(same(change.trainable, spread(std::sqrt((0.25 * 6 * 4 + 0.75 * 4) / (0.25 * 6 + 0.75 * 4)),
                                              std::sqrt((0.25 * first + 0.75 * second) / (0.25 * 6 + 0.75 * 4)))));
        QVERIFY(same(change.bySigma.at(1),
                     spread(std::sqrt((3 * 4 + 2) / 8.0), std::sqrt((3 * 25 + 2 * 4 + 3 * 4) / 8.0))));
        QVERIFY(same(change.byBlock.at(1), spread(1, std::sqrt((9 + 4) / 2.0))));
        // All free: nothing is frozen.
        QCOMPARE(responseChange(before, {&seeds[0]}, {0, 0, std::nan("")}).frozen.count, 0);
        // A network with other cells is none of these.
        auto other = seeds[0];
        other.sigmas = {0.2, 80};
        QCOMPARE(responseChange(before, {&seeds[0], &other}, {0, 0, 0}).seeds, 1);
    }

    void sharesOfWeightsComeFromThePlan() {
        const auto shares =
            frozenShares({kEncoderBlock, kDecoderBlock, "output"}, parseFreezePlan("d2o-f"), measuredModel());
        QVERIFY(shares[0] == 0.75 && shares[1] == 0.25 && std::isnan(shares[2]));
        QCOMPARE(frozenShares({kEncoderBlock}, parseFreezePlan("none"), measuredModel()).front(), 0.0);
    }

    void oneSeedIsNotTested() {
        const auto before = responsesRaised(0, 0, 0), after = responsesRaised(9, 9, 9);
        const auto change = responseChange(before, {&after}, {0, 0, 0});
        QVERIFY(std::isnan(change.p[0]) && std::isnan(change.changedShare));
        const auto report = reportOf({{kOriginalResponses, before}, {responsesOfRun("d2o-f-seed1"), after}}, 1);
        const auto cells = cellsOf(report, "responses", "d2o-f");
        QCOMPARE(cells.at(2), std::string("–"));
        QCOMPARE(cells.at(3), std::string("9.00"));
        QVERIFY(report.paragraphs.at(2).find("nothing is tested") != std::string::npos);
        for (const auto& claim : report.claims) QCOMPARE(claim.verdict, Verdict::CannotTell);
    }

    // The constant part, seven orders of magnitude apart here, does not count; half of the largest frequency is 2.
    void gapsOfImagesLeaveTheConstantPartOut() {
        const auto gap = powerGap(imagesRaised(1, 5), imagesRaised(0, 0));
        QVERIFY(isNear(gap.all, std::sqrt((1 + 1 + 25 + 25) / 4.0)) && isNear(gap.high, 5));
        // Each level has an error of 10/ln 10 · 1/2/√100 dB; of two sets √2 times that.
        QVERIFY(isNear(chanceGap(imagesRaised(0, 0)), 10 / std::log(10.0) / 20 * std::sqrt(2.0)));
    }

    void theReportHasItsTablesAndCharts() {
        StudyResults results{{kOriginalResponses, responsesRaised(0, 0, 0)},
                             {kRealPower, imagesRaised(0, 0)},
                             {kOneStepPower, imagesRaised(3, 3)},
                             {kManyStepsPower, imagesRaised(0, 1)}};
        for (int seed = 1; seed <= 3; ++seed) {
            const auto run = seedName("d2o-f", seed);
            const double raised = 2 + 0.5 * seed;
            results[responsesOfRun(run)] = responsesRaised(raised, raised, raised);
            results[powerOfRun(run)] = imagesRaised(seed, seed);
            TrainingResult training;
            training.points = {{0.5, 1, 6.0 + seed}};
            results[run] = training;
        }
        const auto report = reportOf(results);
        QCOMPARE(cellsOf(report, "responses", "d2o-f"),
                 (std::vector<std::string>{"d2o-f", "50.0 %", "100.0 %", "3.00 ± 0.50", "3.00 ± 0.50", "3.00 ± 0.50",
                                           "8.00 ± 1.00"}));
        QVERIFY(cellsOf(report, "responses", "d2o").empty());
        QCOMPARE(cellsOf(report, "images", "d2o-f"),
                 (std::vector<std::string>{"d2o-f", "2.00 ± 1.00", "2.00 ± 1.00", "-2.00 ± 0.00"}));
        QCOMPARE(cellsOf(report, "images", "real images"),
                 (std::vector<std::string>{"real images", "–", "–", "-2.00"}));
        QCOMPARE(cellsOf(report, "images", "original, one step").at(1), std::string("3.00"));
        QCOMPARE(cellsOf(report, "images", "original, 18 steps").at(2), std::string("1.00"));
        QCOMPARE(cellsOf(report, "change-by-block", "2"),
                 (std::vector<std::string>{"2", kDecoderBlock, "3.00 ± 0.50"}));
        const auto& images = chartOf(report, "images-spectrum");
        QCOMPARE(images.series.size(), std::size_t(4));
        QCOMPARE(images.series[3].name, std::string("d2o-f"));
        QCOMPARE(images.series[3].x, (std::vector<double>{1, 2, 3, 4}));
        QVERIFY(isNear(images.series[3].mean[1], 2 - 20 * std::log10(2.0)) && isNear(images.series[3].deviation[1], 1));
        QVERIFY(std::isnan(images.series[0].deviation[0]));
        const auto& sigmas = chartOf(report, "change-by-sigma");
        QVERIFY(sigmas.logX && sigmas.series.size() == 1);
        QCOMPARE(sigmas.series[0].x, (std::vector<double>{0.1, 80}));
        QVERIFY(isNear(sigmas.series[0].mean[1], 3));
        QCOMPARE(chartOf(report, "change-by-block").series.at(0).x, (std::vector<double>{1, 2, 3}));
    }

    void claimsAreJudgedBothWays() {
        const auto verdicts = [](double frozen, double other) {
            StudyResults results{{kOriginalResponses, responsesRaised(0, 0, 0)}, {kRealPower, imagesRaised(0, 0)}};
            for (int seed = 1; seed <= 3; ++seed) {
                const double offset = 0.01 * seed;
                results[responsesOfRun(seedName("d2o-f", seed))] = responsesRaised(frozen + offset, 0, 0);
                results[responsesOfRun(seedName("d2o", seed))] = responsesRaised(-other - offset, 0, 0);
                results[powerOfRun(seedName("d2o-f", seed))] = imagesRaised(frozen + offset, 0);
                results[powerOfRun(seedName("regression", seed))] = imagesRaised(-other - offset, 0);
            }
            std::vector<Verdict> all;
            for (const auto& claim : reportOf(results).claims) all.push_back(claim.verdict);
            return all;
        };
        using V = Verdict;
        QVERIFY((verdicts(1, 2) == std::vector{V::Agrees, V::Agrees, V::CannotTell}));
        QVERIFY((verdicts(2, 1) == std::vector{V::Disagrees, V::Disagrees, V::CannotTell}));
        QVERIFY((verdicts(1, 1) == std::vector{V::CannotTell, V::CannotTell, V::CannotTell}));
    }

    // From 1 at sigma 0.1 to 4 at sigma 80, deviations 1 and √7: 3/√((1 + 7)/2) of them. The output is no block.
    void centroidsMoveInDeviationsOverImages() {
        const auto moves = centroidMoves(responsesRaised(0, 0, 0));
        QCOMPARE(moves.size(), std::size_t(2));
        QVERIFY(moves[0].atSmallest == 1 && moves[0].atLargest == 4 && isNear(moves[0].deviations, 1.5));
        QVERIFY(isNear(moves[1].deviations, 0));
        const auto claim = reportOf({{kOriginalResponses, responsesRaised(0, 0, 0)}}).claims.at(2);
        QVERIFY2(claim.number.find("of 1 of 2 blocks moves") != std::string::npos &&
                     claim.number.find("median 0.75, farthest enc.8x8_block0 from 1.00 to 4.00") != std::string::npos,
                 claim.number.c_str());
    }

    void thePlanMeasuresEveryRunAndTheOriginalAlike() {
        const auto model = measuredModel();
        auto request = requestOfTraining(2);
        request.scale.images = 5000;
        request.only = {"d2o-f"};
        StudyResults results;
        const auto names = [&] {
            std::vector<std::string> all;
            for (const auto& job : frequencyStudy().jobs({request, model, results})) all.push_back(job.name);
            return all;
        };
        const std::vector<std::string> whole{
            kOriginalResponses,      kOneStepPower,           kManyStepsPower,        kRealPower,
            "d2o-f-seed1",           "responses-d2o-f-seed1", "spectrum-d2o-f-seed1", "d2o-f-seed2",
            "responses-d2o-f-seed2", "spectrum-d2o-f-seed2"};
        QCOMPARE(names(), whole);
        const auto jobs = frequencyStudy().jobs({request, model, results});
        const auto original = std::get<ResponsesJob>(jobs[0].work), tuned = std::get<ResponsesJob>(jobs[5].work);
        QVERIFY(original.images == 64 && tuned.images == 64 && original.sigmas == tuned.sigmas);
        QCOMPARE(neededRuns(jobs[5]), (std::vector<std::string>{"d2o-f-seed1"}));
        QCOMPARE(neededRuns(jobs[6]), (std::vector<std::string>{"d2o-f-seed1"}));
        QVERIFY(neededRuns(jobs[0]).empty() && neededRuns(jobs[3]).empty());
        QCOMPARE(std::get<ImagePowerJob>(jobs[6].work).images, 1000);
        QCOMPARE(std::get<ImagePowerJob>(jobs[6].work).generator->sampler, oneStepSampler());
        QCOMPARE(std::get<ImagePowerJob>(jobs[2].work).generator->sampler.steps, 18);
        QVERIFY(!std::get<ImagePowerJob>(jobs[3].work).generator);
        // A run that diverged is not measured.
        TrainingResult lost;
        lost.diverged = true;
        results["d2o-f-seed1"] = lost;
        QCOMPARE(names().size(), whole.size() - 2);

        request.only.clear();
        const auto plan = [&](const char* row) {
            for (const auto& job : frequencyStudy().jobs({request, model, {}}))
                if (job.name == seedName(row, 1)) return toText(std::get<TrainingJob>(job.work).config.freeze);
            return std::string();
        };
        QCOMPARE(plan("d2o"), std::string("none"));
        for (const char* row : {"d2o-f", "regression", "cd", "pd"}) QCOMPARE(plan(row), std::string("d2o-f"));
    }
};

THAW_TEST(FrequencyStudyTest);
#include "frequency_study_test.moc"
