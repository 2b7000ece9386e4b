// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/imported_log.h"
#include "core/formats/run_stats_file.h"
#include "core/formats/runs_csv.h"
#include "core/values/error.h"
#include "tests/registry.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <optional>

using namespace thaw;

namespace {

// Made by hand after the description in imported_log.h.
constexpr const char* kEdmTicks =
    R"({"Progress/tick": {"num": 1, "mean": 0.0, "std": 0.0}, "Progress/kimg": {"num": 1, "mean": 0.5, "std": 0.0}, "Timing/sec_per_kimg": {"num": 1, "mean": 9.5, "std": 0.0}, "Loss/loss": {"num": 512, "mean": 0.75, "std": 0.5}, "timestamp": 1640995200.5}
{"Progress/tick": {"num": 1, "mean": 1.0, "std": 0.0}, "Progress/kimg": {"num": 1, "mean": 50.5, "std": 0.0}, "Timing/sec_per_kimg": {"num": 1, "mean": 4.5, "std": 0.0}, "Loss/loss": {"num": 50000, "mean": 0.25, "std": 0.5}, "timestamp": 1640995300.5}
)";
constexpr const char* kGanTicks =
    R"({"Loss/scores/fake": {"num": 64, "mean": -0.5, "std": 0.1}, "Loss/signs/fake": {"num": 64, "mean": -0.75, "std": 0.2}, "Loss/G/loss": {"num": 64, "mean": 0.875, "std": 0.1}, "Loss/scores/real": {"num": 64, "mean": 0.25, "std": 0.1}, "Loss/signs/real": {"num": 64, "mean": 0.5, "std": 0.1}, "Loss/D/loss": {"num": 64, "mean": 1.25, "std": 0.1}, "Loss/r1_penalty": {"num": 64, "mean": 0.0625, "std": 0.1}, "Loss/D/reg": {"num": 64, "mean": 0.001, "std": 0.1}, "Progress/tick": {"num": 1, "mean": 0, "std": 0}, "Progress/kimg": {"num": 1, "mean": 0.064, "std": 0}, "Progress/augment": {"num": 1, "mean": 0.125, "std": 0}, "timestamp": 1600000000.0}
{"Loss/G/loss": {"num": 64, "mean": 0.5, "std": 0.1}, "Loss/D/loss": {"num": 64, "mean": NaN, "std": NaN}, "Progress/tick": {"num": 1, "mean": 1, "std": 0}, "Progress/kimg": {"num": 1, "mean": 200.0, "std": 0}, "timestamp": 1600000100.0}
)";
constexpr const char* kFid =
    R"({"results": {"fid50k_full": 42.5}, "metric": "fid50k_full", "total_time": 60.5, "total_time_str": "1m 00s", "num_gpus": 1, "snapshot_pkl": "network-snapshot-000000.pkl", "timestamp": 1600000001.0}
{"results": {"fid50k_full": 5.5}, "metric": "fid50k_full", "total_time": 60.5, "total_time_str": "1m 00s", "num_gpus": 1, "snapshot_pkl": "network-snapshot-000200.pkl", "timestamp": 1600000101.0}
)";

QByteArray tick(const QByteArray& kimg, const QByteArray& more = {}) {
    return R"({"Progress/kimg": {"num": 1, "mean": )" + kimg + R"(, "std": 0})" + more + "}\n";
}

}  // namespace

class ImportedLogTest : public QObject {
    Q_OBJECT
    std::optional<QTemporaryDir> folder_;
    std::string run() const { return folder_->path().toStdString(); }
    std::string write(const char* name, const QByteArray& text) const {
        QFile file(folder_->filePath(QLatin1String(name)));
        if (!file.open(QIODevice::WriteOnly)) return {};
        file.write(text);
        return file.fileName().toStdString();
    }
    static QString faultOf(const std::string& path, ErrorCode code) {
        try {
            readImportedLog(path);
        } catch (const Error& error) {
            return error.code() == code ? QString::fromStdString(error.message()) : QString("another error");
        }
        return {};
    }

private Q_SLOTS:
    void init() { folder_.emplace(); }

    void theLossOfEdm() {
        write("stats.jsonl", kEdmTicks);
        QVERIFY(isImportedLog(run()));
        const auto stats = readRunStats(run());
        QCOMPARE(stats.importedFrom, std::string("EDM"));
        QVERIFY(!stats.finetune && stats.fids.empty() && stats.events.empty() && stats.objective.empty());
        QCOMPARE(stats.steps.size(), std::size_t(2));
        QCOMPARE(stats.steps[0].kimg, 0.5);
        QCOMPARE(stats.steps[0].step, std::int64_t(0));
        QCOMPARE(stats.steps[0].loss.value(), 0.75);
        QCOMPARE(stats.steps[1].kimg, 50.5);
        QCOMPARE(stats.steps[1].step, std::int64_t(1));
        QCOMPARE(stats.steps[1].loss.value(), 0.25);
        QCOMPARE(stats.notes.size(), std::size_t(1));
        QCOMPARE(stats.notes[0],
                 std::string("Not shown, since a run here has no place for them: Timing/sec_per_kimg."));
        QCOMPARE(toCsv(stats), std::string("kimg,step,loss\n0.5,0,0.75\n50.5,1,0.25\n"));
    }

    void everyCurveOfStyleGanHasItsPlace() {
        write("stats.jsonl", kGanTicks);
        write("metric-fid50k_full.jsonl", kFid);
        const auto stats = readRunStats(run());
        QCOMPARE(stats.importedFrom, std::string("StyleGAN or D2O"));
        QVERIFY(stats.finetune);
        QCOMPARE(stats.steps.size(), std::size_t(2));
        const auto& first = stats.steps[0];
        QCOMPARE(first.kimg, 0.064);
        QCOMPARE(first.gLoss.value(), 0.875);
        QCOMPARE(first.dLoss.value(), 1.25);
        QCOMPARE(first.realLogit.value(), 0.25);
        QCOMPARE(first.fakeLogit.value(), -0.5);
        QCOMPARE(first.realSign.value(), 0.5);
        QCOMPARE(first.fakeSign.value(), -0.75);
        QCOMPARE(first.r1.value(), 0.0625);
        QCOMPARE(first.augmentP, 0.125);
        QVERIFY(!first.loss && !first.gradG && !first.distillLoss);
        const auto& second = stats.steps[1];
        QCOMPARE(second.gLoss.value(), 0.5);
        QVERIFY(!second.dLoss && !second.r1);
        QCOMPARE(stats.notes.size(), std::size_t(2));
        QVERIFY(QString::fromStdString(stats.notes[0]).endsWith(": Loss/D/reg."));
        QVERIFY(QString::fromStdString(stats.notes[1]).endsWith(": 1."));
    }

    void aFidSaysWhatItIs() {
        write("stats.jsonl", kGanTicks);
        write("metric-fid50k_full.jsonl", kFid);
        const auto stats = readRunStats(run());
        QCOMPARE(stats.fids.size(), std::size_t(2));
        QCOMPARE(stats.fids[0].kimg, 0.0);
        QCOMPARE(stats.fids[0].fid, 42.5);
        QCOMPARE(stats.fids[1].kimg, 200.0);
        QCOMPARE(stats.fids[1].fid, 5.5);
        const auto measure = measureOf(stats.fids[1]);
        QVERIFY(measure.kind == MeasureKind::Inception);
        QCOMPARE(measure.images, std::int64_t(50000));
        QCOMPARE(measureName(measure), std::string("FID"));
        QCOMPARE(measure.features, std::string("Inception, as the log's fid50k_full"));
        QCOMPARE(measure.reference, std::string("all training images"));
        QVERIFY(!measure.selection && !stats.fids[1].best);
        QCOMPARE(toCsv(stats), std::string("kimg,step,g_loss,d_loss,r1,real_sign,fake_sign,fid\n"
                                           "0,,,,,,,42.5\n"
                                           "0.064,0,0.875,1.25,0.0625,0.5,-0.75,\n"
                                           "200,1,0.5,,,,,\n"
                                           "200,,,,,,,5.5\n"));
        // EDM's loss beside a distance: a column more, and no number under another head.
        write("stats.jsonl", kEdmTicks);
        QCOMPARE(toCsv(readRunStats(run())), std::string("kimg,step,loss,fid\n0,,,42.5\n0.5,0,0.75,\n"
                                                         "50.5,1,0.25,\n200,,,5.5\n"));
    }

    void oneMetricIsDrawnAndItsKernelDistanceStandsBeside() {
        write("stats.jsonl", kGanTicks);
        write("metric-fid50k_full.jsonl", kFid);
        write("metric-fid50k.jsonl",
              R"({"results": {"fid50k": 6.5}, "metric": "fid50k", "snapshot_pkl": "network-snapshot-000200.pkl"})");
        write(
            "metric-kid50k_full.jsonl",
            R"({"results": {"kid50k_full": 0.125}, "metric": "kid50k_full", "snapshot_pkl": "network-snapshot-000200.pkl"})");
        write(
            "metric-pr50k3_full.jsonl",
            R"({"results": {"pr50k3_full_precision": 0.5, "pr50k3_full_recall": 0.25}, "metric": "pr50k3_full", "snapshot_pkl": "network-snapshot-000200.pkl"})");
        const auto stats = readRunStats(run());
        QCOMPARE(stats.fids.size(), std::size_t(2));
        QCOMPARE(stats.fids[1].fid, 5.5);
        QCOMPARE(stats.fids[1].kid.value(), 0.125);
        // Other features than those of FID: not the precision of this measure.
        QVERIFY(!stats.fids[0].kid && !stats.fids[1].precision && !stats.fids[1].recall);
        QVERIFY2(
            stats.notes[0].find("Loss/D/reg, fid50k, pr50k3_full_precision, pr50k3_full_recall.") != std::string::npos,
            stats.notes[0].c_str());
    }

    void aDistanceToAsManyImagesSaysSo() {
        const auto file = write(
            "metric-fid10k.jsonl",
            R"({"results": {"fid10k": 6.5}, "metric": "fid10k", "snapshot_pkl": "out/network-snapshot-1024.pkl"})");
        QVERIFY(isImportedLog(file) && isImportedLog(run()));
        const auto stats = readRunStats(file);
        QVERIFY(stats.steps.empty());
        QCOMPARE(stats.fids.size(), std::size_t(1));
        QCOMPARE(stats.fids[0].kimg, 1024.0);
        QCOMPARE(stats.fids[0].num, std::int64_t(10000));
        QCOMPARE(stats.fids[0].referenceNum, std::int64_t(10000));
        QCOMPARE(stats.fids[0].reference, std::string("training images"));
    }

    void aFileAloneIsReadAlone() {
        const auto stats = write("stats.jsonl", kGanTicks);
        write("metric-fid50k_full.jsonl", kFid);
        QVERIFY(readRunStats(stats).fids.empty());
        const auto renamed = write("afhq.jsonl", kGanTicks);
        QCOMPARE(readRunStats(renamed).steps.size(), std::size_t(2));
    }

    void namesOfOtherProgramsMayBeSpeltOtherwise() {
        write("stats.jsonl", tick("1", R"(, "loss/G_loss": {"mean": 2.5}, "Loss/new": {"mean": 1}, "note": "x")"));
        const auto stats = readRunStats(run());
        QCOMPARE(stats.steps[0].gLoss.value(), 2.5);
        QVERIFY2(QString::fromStdString(stats.notes[0]).endsWith(": Loss/new, note."), stats.notes[0].c_str());
    }

    void whatARunTookUpAgainHolds() {
        write("stats.jsonl", tick("1", R"(, "Loss/loss": {"mean": 9})") + tick("2", R"(, "Loss/loss": {"mean": 8})") +
                                 tick("3", R"(, "Loss/loss": {"mean": 7})") +
                                 tick("2", R"(, "Loss/loss": {"mean": 6})"));
        const auto steps = readRunStats(run()).steps;
        QCOMPARE(steps.size(), std::size_t(2));
        QCOMPARE(steps[0].loss.value(), 9.0);
        QCOMPARE(steps[1].kimg, 2.0);
        QCOMPARE(steps[1].loss.value(), 6.0);
    }

    void aHostileLineIsNamed_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("what");
        QTest::newRow("no JSON") << QByteArray("{\"Progress/kimg\" 3}\n") << "line 2: it is no JSON object.";
        QTest::newRow("no kimg") << QByteArray("{\"Loss/loss\": {\"mean\": 1}}\n")
                                 << "line 2: it has no number under Progress/kimg.";
        QTest::newRow("kimg is NaN") << tick("NaN") << "line 2: it has no number under Progress/kimg.";
        QTest::newRow("kimg is a text") << tick("\"5\"") << "line 2: it has no number under Progress/kimg.";
        QTest::newRow("kimg below 0") << tick("-1") << "line 2: Progress/kimg must lie between 0 and 1e9.";
        QTest::newRow("kimg without end") << tick("1e200") << "line 2: Progress/kimg must lie between 0 and 1e9.";
    }
    void aHostileLineIsNamed() {
        QFETCH(const QByteArray, line);
        QFETCH(const QString, what);
        write("stats.jsonl", tick("1") + line + tick("5"));
        const auto fault = faultOf(run(), ErrorCode::FileDamaged);
        QVERIFY2(fault.endsWith(what) && fault.contains("stats.jsonl"), qPrintable(fault));
        // In the list of runs it stands as an import all the same, with the reason.
        const auto summary = summariseRun(run());
        QVERIFY(!summary.importedFrom.empty() && !summary.kimg);
        QCOMPARE(summary.notes, std::vector<std::string>{fault.toStdString()});
    }

    void aHostileMeasurementIsNamed() {
        write("metric-fid50k_full.jsonl", kFid + QByteArray("{\"metric\": \"fid50k_full\"}\n"));
        QVERIFY(faultOf(run(), ErrorCode::FileDamaged).endsWith("line 3: it has no results."));
        write("metric-fid50k_full.jsonl",
              kFid + QByteArray(R"({"results": {"fid50k_full": "5"}, "snapshot_pkl": "network-snapshot-000400.pkl"})"
                                "\n"));
        QVERIFY(faultOf(run(), ErrorCode::FileDamaged).endsWith("line 3: the result 'fid50k_full' is no number."));
        write("metric-fid50k_full.jsonl",
              kFid + QByteArray(R"({"results": {"fid50k_full": NaN}, "snapshot_pkl": "network-snapshot-000400.pkl"}
{"results": {"fid50k_full": 5.0}, "snapshot_pkl": null}
{"results": {"fid50k_full": 5.0}, "snapshot_pkl": "network-snapshot-99999999999999999999.pkl"}
)"));
        const auto stats = readRunStats(run());
        QCOMPARE(stats.fids.size(), std::size_t(2));
        QCOMPARE(stats.notes.size(), std::size_t(2));
        QVERIFY(QString::fromStdString(stats.notes[0]).endsWith(": 1."));
        QVERIFY(QString::fromStdString(stats.notes[1]).endsWith(".pkl: 2."));
    }

    void aLogWithoutACurveIsRefused() {
        write("metric-is50k.jsonl", R"({"results": {"is50k_mean": 9}, "metric": "is50k", "snapshot_pkl": null})");
        const auto fault = faultOf(run(), ErrorCode::WrongKind);
        QVERIFY2(fault.contains("holds no line of a log of EDM, D2O or StyleGAN"), qPrintable(fault));
    }

    void aRunOfOursIsNoImport() {
        write("config.json", "{}");
        write("stats.jsonl", R"({"step":1,"kimg":0.064,"g_loss":0.5}
{"event":"freeze","step":1,"text":"mean"}
)");
        write("metric-fid50k_full.jsonl", kFid);
        QVERIFY(!isImportedLog(run()));
        QVERIFY(readRunStats(run()).importedFrom.empty());
        QVERIFY(!isImportedLog(folder_->filePath("stats.jsonl").toStdString()));
        QVERIFY(!isImportedLog(folder_->filePath("gone").toStdString()));
        const auto other = write("other.jsonl", "{\"text\": \"mean\"}\n{\"mean\": 1}\n");
        QVERIFY(!isImportedLog(other));
    }

    void anImportInALine() {
        write("stats.jsonl", kGanTicks);
        write("metric-fid50k_full.jsonl", kFid);
        const auto summary = summariseRun(run());
        QCOMPARE(summary.importedFrom, std::string("StyleGAN or D2O"));
        QCOMPARE(summary.kimg.value(), 200.0);
        QCOMPARE(summary.best.value().fid, 5.5);
        QVERIFY(summary.objective.empty() && summary.config.empty() && !summary.running && !summary.interrupted);
        QVERIFY(toCsv(std::vector<RunSummary>{summary})
                    .find("\"import of StyleGAN or D2O\",,,200,,,5.5,200,5.5,200,\"FID\"") != std::string::npos);
    }
};

THAW_TEST(ImportedLogTest);
#include "imported_log_test.moc"
