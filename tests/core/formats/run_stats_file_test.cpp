// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/run_stats_file.h"
#include "core/formats/running_mark.h"
#include "tests/registry.h"

#include <QtCore/QFile>
#include <QtCore/QSysInfo>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <set>

using namespace thaw;

namespace {

// Lines as earlier versions wrote them.
constexpr const char* kGanLog =
    R"({"step":1,"kimg":0.064,"g_loss":0.75,"d_loss":1.5,"distill_loss":null,"r1":null,"real_logit":0.5,"fake_logit":-0.25,"real_sign":0.5,"fake_sign":-0.5,"grad_g":2.0,"grad_d":3.0,"seconds_per_step":0.5,"sanitised_gradients":0}
{"step":2,"kimg":0.128,"part":"d","g_loss":null,"d_loss":1.25,"distill_loss":null,"r1":0.125,"real_logit":0.5,"fake_logit":-0.25,"real_sign":0.25,"fake_sign":0.0,"grad_g":null,"grad_d":3.0,"seconds_per_step":0.5,"sanitised_gradients":0}
{"event":"fid","kimg":0.128,"fid":20.5,"kid":0.0625,"precision":null,"recall":null,"best":true,"num":1000,"features":"f","reference":"r"}
{"step":3,"kimg":0.192,"g_loss":0.5,"d_loss":1.0,"distill_loss":null,"r1":null,"real_logit":0.5,"fake_logit":-0.25,"real_sign":1.0,"fake_sign":-1.0,"grad_g":1.0,"grad_d":2.0,"seconds_per_step":0.5,"sanitised_gradients":0}
{"event":"fid","kimg":0.192,"fid":18.25,"num":1000,"features":"f","reference":"r"}
)";

}  // namespace

class RunStatsFileTest : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::string runOf(const char* log) {
        QFile file(folder_.filePath("stats.jsonl"));
        if (!file.open(QIODevice::WriteOnly)) return {};
        file.write(log);
        file.close();
        QFile config(folder_.filePath("config.json"));
        if (!config.open(QIODevice::WriteOnly)) return {};
        config.write(R"({"objective": "gan", "freeze": "d2o-f"})");
        return folder_.path().toStdString();
    }

private Q_SLOTS:
    void everyFieldHasItsOwnKeyAndMember() {
        std::set<std::string> keys;
        StepMetrics metrics;
        for (const auto& field : kStepFields) {
            QVERIFY2(keys.insert(field.key).second, field.key);
            QVERIFY2(!(metrics.*field.value).has_value(), field.key);
            metrics.*field.value = double(keys.size());
        }
        for (std::size_t i = 0; i < kStepFields.size(); ++i)
            QCOMPARE((metrics.*kStepFields[i].value).value(), double(i + 1));
    }

    void stepsOfAnEarlierVersionAreRead() {
        const auto stats = readRunStats(runOf(kGanLog));
        QVERIFY(stats.finetune);
        QCOMPARE(stats.steps.size(), std::size_t(3));
        const auto& d = stats.steps[1];
        QCOMPARE(d.step, std::int64_t(2));
        QCOMPARE(d.dLoss.value(), 1.25);
        QCOMPARE(d.r1.value(), 0.125);
        QVERIFY(!d.gLoss && !d.gradG && !d.distillLoss && !d.loss);
        QCOMPARE(stats.fids.size(), std::size_t(2));
        QCOMPARE(stats.fids[0].kid.value(), 0.0625);
        QVERIFY(!stats.fids[0].precision && !stats.fids[0].recall && !stats.fids[1].kid);
    }

    void aDistanceSaysWhatItIs() {
        const auto old = readRunStats(runOf(kGanLog)).fids.front();
        QVERIFY(measureOf(old) == (Measure{MeasureKind::Network, "f", 1000, "r", 0, false}));
        const auto run = runOf(R"({"step":1,"kimg":0.008,"g_loss":0.5}
{"event":"fid","kimg":0.008,"fid":2.5,"num":50,"features":"p","reference":"r","measure":{"name":"FWD","kind":"wavelets","features":"p","images":50,"reference":"r","reference_images":40,"selection":true},"bands":[4.0,1.0]}
)");
        const auto point = readRunStats(run).fids.front();
        QVERIFY(measureOf(point) == (Measure{MeasureKind::Wavelets, "p", 50, "r", 40, true}));
        QCOMPARE(point.bands, (std::vector<double>{4, 1}));
        QVERIFY(measureOf(summariseRun(run).best.value()) == measureOf(point));
    }

    void aGanRunAsCsv() {
        QCOMPARE(toCsv(readRunStats(runOf(kGanLog))), std::string("kimg,step,g_loss,d_loss,r1,real_sign,fake_sign,fid\n"
                                                                  "0.064,1,0.75,1.5,,0.5,-0.5,\n"
                                                                  "0.128,2,,1.25,0.125,0.25,0,\n"
                                                                  "0.128,,,,,,,20.5\n"
                                                                  "0.192,3,0.5,1,,1,-1,\n"
                                                                  "0.192,,,,,,,18.25\n"));
    }

    void anImitatingRunHasAColumnMore() {
        const auto run = runOf(R"({"step":1,"kimg":0.008,"g_loss":null,"distill_loss":0.5,"grad_g":1.0}
{"event":"fid","kimg":0.008,"fid":30.5}
)");
        QCOMPARE(toCsv(readRunStats(run)),
                 std::string("kimg,step,g_loss,d_loss,r1,real_sign,fake_sign,fid,distill_loss\n"
                             "0.008,1,,,,,,,0.5\n"
                             "0.008,,,,,,,30.5,\n"));
    }

    void preTrainingAsCsv() {
        const auto stats = readRunStats(runOf(R"({"step":50,"kimg":3.2,"loss":0.625,"learning_rate":0.001,"seconds":2.5}
{"step":100,"kimg":6.4,"loss":0.5,"learning_rate":0.001,"seconds":5.0}
)"));
        QVERIFY(!stats.finetune);
        QCOMPARE(toCsv(stats), std::string("kimg,step,loss\n3.2,50,0.625\n6.4,100,0.5\n"));
    }

    void aResumedRunTakesBackWhatCameAfterItsSnapshot() {
        // Stopped after step 3, resumed from the snapshot of step 2.
        const auto stats = readRunStats(runOf(R"({"step":1,"kimg":0.064,"g_loss":0.5,"d_loss":1.0}
{"event":"fid","kimg":0.064,"fid":30.0}
{"step":2,"kimg":0.128,"g_loss":0.5,"d_loss":1.0}
{"event":"fid","kimg":0.128,"fid":20.0}
{"event":"freeze","step":2,"text":"kept"}
{"step":3,"kimg":0.192,"g_loss":9.0,"d_loss":9.0}
{"event":"fid","kimg":0.192,"fid":90.0}
{"event":"freeze","step":3,"text":"taken back"}
{"event":"resume","step":2,"kimg":0.128}
{"step":3,"kimg":0.192,"g_loss":0.25,"d_loss":1.0}
{"event":"fid","kimg":0.192,"fid":10.0}
)"));
        std::vector<std::int64_t> steps;
        for (const auto& step : stats.steps) steps.push_back(step.step);
        QCOMPARE(steps, (std::vector<std::int64_t>{1, 2, 3}));
        QCOMPARE(stats.steps.back().gLoss.value(), 0.25);
        std::vector<double> fids;
        for (const auto& point : stats.fids) fids.push_back(point.fid);
        QCOMPARE(fids, (std::vector<double>{30, 20, 10}));
        QCOMPARE(stats.events.size(), std::size_t(2));
        QCOMPARE(stats.events[0].text, std::string("kept"));
        QCOMPARE(stats.events[1].step, std::int64_t(2));
        QCOMPARE(stats.events[1].kimg, 0.128);
    }

    void aRunInALine() {
        const auto summary = summariseRun(runOf(kGanLog));
        QCOMPARE(summary.objective, std::string("gan"));
        QCOMPARE(summary.kimg.value(), 0.192);
        QCOMPARE(summary.best.value().fid, 18.25);
        QCOMPARE(summary.best->kimg, 0.192);
        QCOMPARE(readRunStats(folder_.path().toStdString()).objective, std::string("gan"));
        const auto empty = summariseRun(runOf(""));
        QCOMPARE(empty.objective, std::string("gan"));
        QVERIFY(!empty.kimg && !empty.best && !empty.last && !empty.outcome && empty.plans.empty());
    }

    void theLowestDistanceIsNotTheNewestOne() {
        const auto summary = summariseRun(runOf(R"({"step":1,"kimg":0.064,"g_loss":0.5}
{"event":"fid","kimg":0.064,"fid":20.0}
{"step":2,"kimg":0.128,"g_loss":0.5}
{"event":"fid","kimg":0.128,"fid":30.0}
)"));
        QCOMPARE(summary.best.value().fid, 20.0);
        QCOMPARE(summary.last.value().fid, 30.0);
        QCOMPARE(summary.last->kimg, 0.128);
    }

    void aPlanThatCameLaterAndHowARunEndedAreKnown() {
        constexpr const char* kStopped = R"({"event":"freeze","step":0,"text":"the first"}
{"step":1,"kimg":0.064,"g_loss":0.5}
{"event":"freeze","step":1,"text":"none"}
{"step":2,"kimg":0.128,"g_loss":0.5}
{"event":"stopped","step":2}
)";
        const auto stopped = summariseRun(runOf(kStopped));
        QCOMPARE(stopped.plans.size(), std::size_t(1));
        QCOMPARE(stopped.plans.front().text, std::string("none"));
        QCOMPARE(stopped.plans.front().kimg, 0.064);
        QVERIFY(stopped.outcome == RunOutcome::Stopped);
        QVERIFY(!stopped.running && !stopped.targetKimg);
        // It went on, so that it has not ended; and then it finished.
        const std::string again = std::string(kStopped) + R"({"event":"resume","step":2,"kimg":0.128}
)";
        QVERIFY(!summariseRun(runOf(again.c_str())).outcome);
        const std::string finished = again + R"({"event":"finished","step":2}
)";
        QVERIFY(summariseRun(runOf(finished.c_str())).outcome == RunOutcome::Finished);
    }

    void aRunThatALivingProcessWritesIsSaid() {
        const auto run = runOf(kGanLog);
        QVERIFY(!summariseRun(run).running);
        RunLock writer(run);
        QVERIFY(summariseRun(run).running);
        writer.end();
        // The number of no process: beyond what the system gives out.
        QFile mark(folder_.filePath("running"));
        QVERIFY(mark.open(QIODevice::WriteOnly));
        mark.write("2147483646 " + QSysInfo::machineHostName().toUtf8());
        mark.close();
        QVERIFY(!summariseRun(run).running);
        QVERIFY(mark.remove());
    }

    void fieldsInWhichConfigurationsDifferHaveAValueForEach() {
        const auto all = configDifferences({R"({"batch": 64, "generator": {"learning_rate": 0.1}, "seed": 1})",
                                            R"({"batch": 64, "generator": {"learning_rate": 0.2}})",
                                            R"({"batch": 64, "generator": {"learning_rate": 0.1}, "seed": 1})"});
        QCOMPARE(all.size(), std::size_t(2));
        QCOMPARE(all[0].field, std::string("generator.learning_rate"));
        QCOMPARE(all[0].values, (std::vector<std::string>{"0.1", "0.2", "0.1"}));
        QCOMPARE(all[1].field, std::string("seed"));
        QCOMPARE(all[1].values, (std::vector<std::string>{"1", "", "1"}));
        QVERIFY(configDifferences({R"({"a": 1})", R"({"a": 1})"}).empty());
    }
};

THAW_TEST(RunStatsFileTest);
#include "run_stats_file_test.moc"
