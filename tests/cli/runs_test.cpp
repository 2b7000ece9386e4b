// SPDX-License-Identifier: GPL-3.0-or-later
// Training runs of thaw-cli: folders, curves, Ctrl+C, resuming.
#include "tests/cli/program.h"
#include "tests/registry.h"

#include <QJsonArray>

#include <csignal>

using namespace program;

namespace {

// Results of a study by name.
QJsonObject studyResults(const Outcome& outcome) {
    QJsonObject results;
    for (const auto& entry : outcome.json()["results"].toArray())
        results.insert(entry.toObject()["name"].toString(), entry);
    return results;
}

}  // namespace

class RunsTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }

    QStringList pretrain(const QString& out, const QString& kimg) const {
        return {"pretrain",  "--data", at("data"), "--config", at("pretrain.json"), "--kimg", kimg, "--out", out,
                "--threads", "1",      "--json",   "--quiet"};
    }
    QStringList finetune(const QString& out, const QString& kimg) const {
        return {"finetune", "--model",   toyModel(), "--data", at("data"),    "--config", at("finetune.json"),
                "--kimg",   kimg,        "--out",    out,      "--objective", "gan",      "--freeze",
                "d2o-f",    "--threads", "1",        "--json", "--quiet"};
    }
    QJsonObject jsonAt(const QString& name) const { return QJsonDocument::fromJson(bytes(at(name))).object(); }
    static QStringList snapshots(const QString& run) { return QDir(run).entryList({"ema-*.safetensors"}, QDir::Files); }
    // Long after any run of this test, unless it is stopped.
    static constexpr const char* kEndless = "1000";

    // Starts, waits for the first logged step, presses Ctrl+C; returns the exit code.
    static int interrupted(const QStringList& arguments, const QString& run) {
        QProcess process;
        process.start(path(), arguments);
        for (int i = 0; i < 6000 && bytes(run + "/stats.jsonl").isEmpty() && process.state() != QProcess::NotRunning;
             ++i)
            QTest::qWait(50);
        ::kill(pid_t(process.processId()), SIGINT);
        if (!process.waitForFinished(300000)) process.kill();
        return process.exitCode();
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(QFile::exists(path()), "THAW_CLI names the program under test");
        writeToyData(at("data"));
        write(at("pretrain.json"), R"({"batch": 8, "snapshot_every_kimg": 0, "network": {"model_type": "SongUNet",
            "embedding_type": "positional", "img_resolution": 28, "img_channels": 1, "model_channels": 8,
            "channel_mult": [1, 1], "num_blocks": 1, "attn_resolutions": [], "dropout": 0}})");
        write(at("finetune.json"), R"({"batch": 8, "fid_every_kimg": 0, "fid_images": 130, "snapshot_every_kimg": 0})");
    }

    void everyObjectiveRunsFromEndToEnd_data() {
        QTest::addColumn<QString>("objective");
        for (const char* objective : {"gan", "pd", "cd", "ctm", "rcd", "regression", "regression,gan"})
            QTest::newRow(objective) << objective;
    }
    void everyObjectiveRunsFromEndToEnd() {
        QFETCH(QString, objective);
        write(
            at("method.json"),
            R"({"batch": 64, "fid_every_kimg": 1, "fid_images": 50, "snapshot_every_kimg": 1, "discriminator": {"width": 8},
            "distill": {"timesteps": 8, "teacher_steps": 3, "pairs": 128}})");
        const auto out = at("method-" + objective);
        const auto outcome =
            run({"finetune", "--model", toyModel(), "--data", at("data"), "--config", at("method.json"), "--kimg", "1",
                 "--objective", objective, "--out", out, "--threads", "1", "--json", "--quiet"});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QVERIFY(outcome.json()["kimg"].toDouble() >= 1);
        QVERIFY(outcome.json()["fid"].toDouble() > 0);
        QVERIFY(QFile::exists(out + "/best.safetensors") && QFile::exists(out + "/fakes-0000000000.png"));
        QVERIFY(bytes(out + "/config.json").contains(("\"objective\": \"" + objective + "\"").toUtf8()));
        // Its generator is a model like any other.
        const auto images = run({"sample", "--model", out, "--seeds", "0-3", "--sampler", "one-step", "--out",
                                 out + "/x.npy", "--threads", "1", "--json"});
        QVERIFY2(images.code == 0, images.err.constData());
    }

    // Killed in the middle of a run, a study goes on from that run's newest snapshot and ends as one that was left alone.
    void aKilledStudyEndsAsOneThatWasLeftAlone() {
        const auto study = [&](const char* out) {
            return QStringList{"study",  "freezing",   "--model",   toyModel(), "--data", at("data"),
                               "--out",  at(out),      "--kimg",    "0.32",     "--num",  "50",
                               "--only", "none,d2o-f", "--threads", "1",        "--json"};
        };
        const auto whole = run(study("study-whole"));
        QVERIFY2(whole.code == 0, whole.err.constData());
        const auto note = jsonAt("study-whole/progress.json");
        QCOMPARE(note["stage"].toString(), QString("finished"));
        QCOMPARE(note["jobs"].toInt(), 4);  // two rows, and the original
        QCOMPARE(note["done"].toInt(), 4);
        QVERIFY(!note["host"].toString().isEmpty() && !QFile::exists(at("study-whole/running")));
        // How it was started is enough to go on with it from anywhere: here everything is known already.
        const auto words = jsonAt("study-whole/request.json")["arguments"].toVariant().toStringList();
        QCOMPARE(words,
                 QStringList({"freezing", "--scale", "quick", "--model", QFileInfo(toyModel()).absoluteFilePath(),
                              "--data", at("data"), "--kimg", "0.32", "--num", "50", "--only", "none,d2o-f"}));
        const auto again = run(QStringList{"study"} + words + QStringList{"--out", at("study-whole"), "--json"});
        QVERIFY2(again.code == 0, again.err.constData());
        QVERIFY(again.json()["results"] == whole.json()["results"]);
        QProcess process;
        process.start(path(), study("study-broken"));
        const auto begun = [&] { return !QDir(at("study-broken/runs")).entryList({"d2o-f-seed1-*"}).isEmpty(); };
        for (int i = 0; i < 6000 && !begun() && process.state() != QProcess::NotRunning; ++i) QTest::qWait(5);
        process.kill();
        QVERIFY(process.waitForFinished(30000));
        const auto rest = run(study("study-broken"));
        QVERIFY2(rest.code == 0, rest.err.constData());
        auto a = studyResults(whole), b = studyResults(rest);
        QCOMPARE(a.keys(), b.keys());
        for (const auto& key : a.keys()) {
            // Seconds are the machine's, and so is what stands in the second place of a point.
            const auto distances = [](const QJsonValue& value) {
                QList<double> all{value.toObject()["distance"].toDouble()};
                for (const auto& point : value.toObject()["points"].toArray())
                    all << point.toArray().at(0).toDouble() << point.toArray().at(2).toDouble();
                return all;
            };
            QCOMPARE(distances(b[key]), distances(a[key]));
            QVERIFY(distances(a[key]).size() > 1 || distances(a[key]).first() > 0);
        }
        for (const char* file :
             {"by-images.csv", "by-images.svg", "by-percent.csv", "freezing.csv", "report.md", "report.html"})
            QVERIFY2(QFile::exists(at("study-broken/") + file), file);
        QCOMPARE(bytes(at("study-broken/by-percent.csv")), bytes(at("study-whole/by-percent.csv")));
        QVERIFY2(bytes(at("study-broken/by-images.csv")).startsWith("kimg,none,\"none, deviation\",d2o-f,"),
                 bytes(at("study-broken/by-images.csv")));
    }

    void aPausedStudySaysSo() {
        const QString out = at("study-paused");
        QProcess process;
        process.start(path(), {"study", "freezing", "--model", toyModel(), "--data", at("data"), "--out", out, "--kimg",
                               kEndless, "--num", "50", "--only", "d2o-f", "--threads", "1", "--quiet"});
        const auto isTraining = [&] {
            for (const auto& name : QDir(out + "/runs").entryList({"d2o-f-seed1-*"}))
                if (!bytes(out + "/runs/" + name + "/stats.jsonl").isEmpty()) return true;
            return false;
        };
        for (int i = 0; i < 6000 && !isTraining() && process.state() != QProcess::NotRunning; ++i) QTest::qWait(50);
        auto note = jsonAt("study-paused/progress.json");
        QCOMPARE(note["stage"].toString(), QString("running"));
        QCOMPARE(note["job"].toString(), QString("d2o-f-seed1"));
        QCOMPARE(note["done"].toInt(), 2);
        QVERIFY(QFile::exists(out + "/running"));
        ::kill(pid_t(process.processId()), SIGTERM);
        QVERIFY(process.waitForFinished(300000));
        QCOMPARE(process.exitCode(), 130);
        note = jsonAt("study-paused/progress.json");
        QCOMPARE(note["stage"].toString(), QString("stopped"));
        QVERIFY(note["message"].toString().isEmpty() && !QFile::exists(out + "/running"));
        // What is there is drawn, although it was told to stop.
        QVERIFY(QFile::exists(out + "/report.html"));
        if (QFile::exists(QFileInfo(path()).dir().filePath("thaw"))) QVERIFY(QFile::exists(out + "/report.pdf"));
        QCOMPARE(jsonAt("study-paused/request.json")["arguments"].toArray().first().toString(), QString("freezing"));
    }

    void aStudyRunsEveryObjectiveAndGoesOnWhereItStopped() {
        const QStringList study{"study",    "objectives", "--model",   toyModel(), "--data",
                                at("data"), "--out",      at("study"), "--kimg",   "0.064",
                                "--num",    "50",         "--threads", "1",        "--json"};
        auto first = run(study + QStringList{"--seeds", "1"});
        QVERIFY2(first.code == 0, first.err.constData());
        const auto results = studyResults(first);
        QCOMPARE(results.size(), 8);  // six objectives, and the original in one step and in 18
        QCOMPARE(first.json()["report"].toString(), at("study/report.html"));
        for (const char* objective : {"gan", "pd", "cd", "ctm", "rcd", "regression"}) {
            const auto points = results[QString(objective) + "-seed1"].toObject()["points"].toArray();
            QCOMPARE(points.size(), 1);
            QCOMPARE(points.at(0).toArray().at(0).toDouble(), 0.064);
            QVERIFY(points.at(0).toArray().at(2).toDouble() > 0);
        }
        QVERIFY(bytes(at("study/report.md")).contains("| regression | 0.0002, Adam 0.9/0.99 | features | – | d2o-f |"));
        // What CD costs an image: prediction and target by the student, one Heun step by the teacher, two looks of the
        // distance at either image. What the GAN loss costs: one image for each player, and three looks of D.
        const auto row = [&](const char* name) {
            for (const auto& line : bytes(at("study/report.md")).split('\n'))
                if (line.startsWith(QByteArray("| ") + name + " |")) return line;
            return QByteArray();
        };
        QVERIFY2(row("cd").contains(" | 2.0 | 2.0 | 0.0 | 2.0 |"), row("cd").constData());
        QVERIFY2(row("gan").contains(" | 2.0 | 0.0 | 3.0 | 0.0 |"), row("gan").constData());
        QVERIFY2(row("cd").contains("| 0.001, Adam 0/0.99 | features | 16 | d2o-f |"), row("cd").constData());
        QVERIFY(row("gan-free").isEmpty());
        const auto further = run(study + QStringList{"--further", "--only", "gan-random"});
        QVERIFY2(further.code == 0, further.err.constData());
        QVERIFY2(row("gan-random").contains("| none |"), row("gan-random").constData());
        const auto unknown = run(study + QStringList{"--only", "gan-random"});
        QVERIFY2(unknown.code == 2 && unknown.err.contains("has 'gan-random'"), unknown.err.constData());
        // A search for settings goes by the training images; what it tried stays noted.
        const auto tuned = run(study + QStringList{"--tune"});
        QVERIFY2(tuned.code == 2 && tuned.err.contains("--reference"), tuned.err.constData());
        const auto stats = run({"statistics", "--data", at("data"), "--out", at("held-out.npz"), "--threads", "1"});
        QVERIFY2(stats.code == 0, stats.err.constData());
        QStringList search = study;
        search.replaceInStrings(at("study"), at("tuned"));
        search += QStringList{"--tune", "--tune-kimg", "0.064",       "--tune-levels",   "8", "--tune-seeds", "1",
                              "--only", "cd,gan",      "--reference", at("held-out.npz")};
        const auto found = run(search);
        QVERIFY2(found.code == 0, found.err.constData());
        const auto tried = bytes(at("tuned/report.md"));
        QCOMPARE(tried.count("| cd | cd-n8-"),
                 4);  // two rates; then Adam with the other beta1, and RAdam, at the better
        QCOMPARE(tried.count("| cd | cd-n8-lr0.001-"), tried.contains("| cd | cd-n8-lr0.001-b0.9-radam") ? 3 : 1);
        QCOMPARE(tried.count("| gan | gan-lr"), 3);
        QCOMPARE(tried.count("| yes |"), 2);
        QVERIFY2(tried.contains("distance of 50 samples to the training images"), tried.constData());
        QVERIFY(tried.contains("| features | 8 | d2o-f |"));
        QVERIFY(QDir(at("tuned")).entryList({"validation-*.npz"}).size() == 1);
        const auto trials = QDir(at("tuned/runs")).entryList({"cd-n8-lr0.001-b0-seed1001-*"});
        QCOMPARE(trials.size(), 1);
        QVERIFY(QFile::exists(at("tuned/runs/" + trials.first() + "/stats.jsonl")));
        QVERIFY(!QFile::exists(at("tuned/runs/" + trials.first() + "/state.safetensors")));
        const auto again = run(search);
        QVERIFY2(again.code == 0 && again.json()["results"] == found.json()["results"], again.err.constData());
        // Another seed leaves what was measured alone.
        const auto second = run(study + QStringList{"--seeds", "2"});
        QVERIFY2(second.code == 0, second.err.constData());
        const auto more = studyResults(second);
        QCOMPARE(more.size(), 14);
        for (const auto& key : results.keys()) QCOMPARE(more[key], results[key]);
        QCOMPARE(run({"study", "nonsense", "--out", at("study")}).code, 2);
        const auto parts = run({"study", "data-efficiency", "--data", at("data"), "--out", at("parts-of-data")});
        QVERIFY2(parts.code == 2 && parts.err.contains("--reference") && !QFile::exists(at("parts-of-data")),
                 parts.err);

        // Everything that a result depends on keeps the folder from being used for another study.
        auto model = bytes(toyModel());
        model[model.size() - 1] = char(model.back() ^ 1);
        write(at("other.safetensors"), model);
        writeToyData(at("other-data"), 97);
        const auto refused = [&](const QStringList& options, const char* field) {
            const auto outcome = run(study + QStringList{"--seeds", "2"} + options);
            QVERIFY2(outcome.code == 2 && outcome.out.isEmpty(), outcome.out.constData());
            QVERIFY2(outcome.err.contains("holds another study") && outcome.err.contains(field) &&
                         outcome.err.contains("--out"),
                     outcome.err.constData());
        };
        const auto table = bytes(at("study/report.md"));
        const auto replaced = [&](const QString& from, const QString& to) {
            QStringList other = study;
            return other.replaceInStrings(from, to);
        };
        const auto others = run(replaced(toyModel(), at("other.safetensors")));
        QVERIFY2(others.code == 2 && others.err.contains("model_sha256"), others.err.constData());
        const auto data = run(replaced(at("data"), at("other-data")));
        QVERIFY2(data.code == 2 && data.err.contains("data_sha256"), data.err.constData());
        const auto length = run(replaced("0.064", "0.128"));
        QVERIFY2(length.code == 2 && length.err.contains("kimg is 0.064 there and 0.128 here"), length.err.constData());
        refused({"--max-images", "90"}, "data_subset");
        QCOMPARE(bytes(at("study/report.md")), table);
        // A folder of an older version does not say what its numbers were measured of.
        QVERIFY(QFile::remove(at("study/study.json")));
        write(at("study/results.json"), R"({"gan": {"1": {"fid": 5}}})");
        const auto old = run(study);
        QVERIFY2(old.code == 2 && old.err.contains("older version"), old.err.constData());
    }

    // Killed without a chance to save: what is left is the newest snapshot, whole, and the run goes on from it.
    void aKilledRunLosesAtMostOneSnapshotInterval() {
        write(at("kill.json"), R"({"batch": 8, "fid_every_kimg": 0, "fid_images": 50, "snapshot_every_kimg": 0.016})");
        QProcess process;
        process.start(path(), {"finetune", "--model", toyModel(), "--data", at("data"), "--config", at("kill.json"),
                               "--kimg", kEndless, "--out", at("killed"), "--threads", "1", "--quiet"});
        for (int i = 0; i < 6000 && snapshots(at("killed")).size() < 3 && process.state() != QProcess::NotRunning; ++i)
            QTest::qWait(10);
        process.kill();
        QVERIFY(process.waitForFinished(30000));
        const auto lines = bytes(at("killed/stats.jsonl")).trimmed().split('\n');
        double reached = 0;
        for (const auto& line : lines)
            reached = std::max(reached, QJsonDocument::fromJson(line).object()["kimg"].toDouble());
        const auto outcome = run({"finetune", "--out", at("killed"), "--resume", "--kimg",
                                  QString::number(reached + 0.1), "--threads", "1", "--json"});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        double resumed = -1;
        for (const auto& line : bytes(at("killed/stats.jsonl")).trimmed().split('\n')) {
            const auto json = QJsonDocument::fromJson(line).object();
            if (json["event"] == "resume") resumed = json["kimg"].toDouble();
        }
        QVERIFY2(resumed > 0 && resumed >= reached - 0.016 - 0.008,
                 qPrintable(QString("reached %1, resumed at %2").arg(reached).arg(resumed)));
    }

    void pretrainingMakesAModelThatOpens() {
        const auto outcome = run(pretrain(at("pre"), "0.064"));
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        for (const char* key : {"kimg", "loss", "images_per_second", "run"})
            QVERIFY2(outcome.json().contains(key), key);
        QCOMPARE(outcome.json()["kimg"].toDouble(), 0.064);
        QCOMPARE(snapshots(at("pre")).size(), 1);
        QCOMPARE(run({"info", at("pre"), "--json"}).json()["class"].toString(), QString("EDMPrecond"));
        QCOMPARE(run(pretrain(at("pre"), "0.064")).code, 2);  // never overwritten
    }

    void pretrainingTellsTheNetworkClassesAndChanges() {
        write(at("open.json"), R"({"batch": 8, "snapshot_every_kimg": 0})");
        const QStringList told{
            "pretrain", "--data",    at("data"), "--config", at("open.json"), "--kimg",        "0.016",     "--out",
            at("told"), "--threads", "1",        "--quiet",  "--json",        "--conditional", "--augment", "0.12"};
        const auto outcome = run(told);
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        const auto settings = QJsonDocument::fromJson(bytes(at("told/config.json"))).object();
        QCOMPARE(settings["conditional"].toBool(), true);
        QCOMPARE(settings["augment"].toDouble(), 0.12);
        const auto sampled = run({"sample", "--model", at("told"), "--seeds", "0-1", "--labels", "3", "--steps", "2",
                                  "--out", at("told.npy"), "--threads", "1"});
        QVERIFY2(sampled.code == 0, sampled.err.constData());
        // It goes on with both, and neither is given to a run that began without.
        const auto resumed =
            run({"pretrain", "--out", at("told"), "--resume", "--kimg", "0.024", "--threads", "1", "--quiet"});
        QVERIFY2(resumed.code == 0, resumed.err.constData());
        QCOMPARE(run(pretrain(at("untold"), "0.008")).code, 0);
        for (const QStringList& option : {QStringList{"--conditional"}, QStringList{"--augment", "0.12"}}) {
            const auto refused =
                run(QStringList{"pretrain", "--out", at("untold"), "--resume", "--kimg", "0.016"} + option);
            QVERIFY2(refused.code == 2, refused.err.constData());
            QVERIFY2(refused.err.contains((option.join(' ') + " is for a new run").toUtf8()), refused.err.constData());
        }
    }

    void aResumedPretrainingEndsWhereTheUninterruptedOneDoes() {
        QCOMPARE(run(pretrain(at("whole"), "0.56")).code, 0);
        interrupted(pretrain(at("parts"), "0.56"), at("parts"));
        QCOMPARE(
            run({"pretrain", "--data", at("data"), "--out", at("parts"), "--resume", "--threads", "1", "--quiet"}).code,
            0);
        const QString last = "ema-0000000560.safetensors";
        QVERIFY(!bytes(at("whole/") + last).isEmpty());
        QVERIFY(bytes(at("whole/") + last) == bytes(at("parts/") + last));
    }

    void finetuningMakesAOneStepGeneratorWithCurves() {
        const auto outcome = run(finetune(at("fine"), "0.064"));
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        for (const char* key : {"kimg", "g_loss", "d_loss", "fid", "images_per_second", "run"})
            QVERIFY2(outcome.json().contains(key), key);
        QCOMPARE(outcome.json()["kimg"].toDouble(), 0.064);
        // 28 pixels of other data than the built-in: wavelets, against the 96 training images.
        const auto measure = outcome.json()["measure"].toObject();
        QCOMPARE(measure["name"].toString(), QString("FWD"));
        QCOMPARE(measure["images"].toInt(), 130);
        QCOMPARE(measure["reference_images"].toInt(), 96);
        QVERIFY(measure["selection"].toBool());
        QVERIFY(QFile::exists(at("fine/reference.npz")) && QFile::exists(at("fine/best.safetensors")));
        QCOMPARE(run({"info", at("fine"), "--json"}).json()["class"].toString(), QString("D2OPrecond"));
        QCOMPARE(run({"curves", at("fine"), "--out", at("curves.csv")}).code, 0);
        QCOMPARE(bytes(at("curves.csv")).split('\n').front(),
                 QByteArray("kimg,step,g_loss,d_loss,r1,real_sign,fake_sign,fid"));
        QVERIFY(bytes(at("curves.csv")).count('\n') >= 9);  // a heading and eight steps
    }

    void theLogOfAnotherProgramGivesCurvesToo() {
        write(
            at("edm.jsonl"),
            R"({"Progress/tick": {"mean": 7}, "Progress/kimg": {"mean": 4.5}, "Loss/loss": {"mean": 0.25}, "Timing/x": {"mean": 1}})"
            "\n");
        const auto outcome = run({"curves", at("edm.jsonl"), "--out", at("edm.csv"), "--json"});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QCOMPARE(bytes(at("edm.csv")), QByteArray("kimg,step,loss\n4.5,7,0.25\n"));
        QCOMPARE(outcome.json()["imported_from"].toString(), QString("EDM"));
        QVERIFY(outcome.json()["steps"].isNull());
        QCOMPARE(outcome.json()["kimg"].toDouble(), 4.5);
        QVERIFY2(outcome.err.contains("import of EDM") && outcome.err.contains("Timing/x"), outcome.err.constData());
        write(at("edm.jsonl"), R"({"Progress/kimg": {"mean": NaN}})"
                               "\n");
        const auto broken = run({"curves", at("edm.jsonl"), "--out", at("edm2.csv")});
        QVERIFY2(broken.code == 3 && broken.err.contains("line 1"), broken.err.constData());
    }

    void aRunWithoutAMeasureSaysSoAndRunsAllTheSame() {
        auto arguments = finetune(at("unmeasured"), "0.016") + QStringList{"--features", "none"};
        arguments.removeAll("--quiet");
        const auto outcome = run(arguments);
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        const auto said = outcome.err.indexOf("measures no quality"), began = outcome.err.indexOf("parameters frozen");
        QVERIFY2(said >= 0 && said < began, outcome.err.constData());
        QVERIFY(outcome.json()["fid"].isNull() && outcome.json()["measure"].isNull());
        QVERIFY(!QFile::exists(at("unmeasured/best.safetensors")));
        QCOMPARE(run(finetune(at("never"), "0.016") + QStringList{"--features", at("nowhere.pt")}).code, 3);
        QVERIFY(!QDir(at("never")).exists());
    }

    void ctrlCDuringPretrainingSavesAndLeavesWith130() {
        QCOMPARE(interrupted(pretrain(at("stopped-pre"), kEndless), at("stopped-pre")), 130);
        QCOMPARE(snapshots(at("stopped-pre")).size(), 1);
        QVERIFY(QFile::exists(at("stopped-pre/state.safetensors")));
    }

    void ctrlCDuringFinetuningSavesAndTheRunGoesOn() {
        QCOMPARE(interrupted(finetune(at("stopped"), kEndless), at("stopped")), 130);
        QCOMPARE(snapshots(at("stopped")).size(), 1);
        const double seen = snapshots(at("stopped")).front().mid(4, 10).toDouble() / 1000;
        const auto outcome =
            run({"finetune", "--model", toyModel(), "--data", at("data"), "--out", at("stopped"), "--resume",
                 "--threads", "1", "--kimg", QString::number(seen + 0.016), "--json", "--quiet"});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QVERIFY(std::abs(outcome.json()["kimg"].toDouble() - seen - 0.016) < 1e-6);
    }
};

THAW_TEST(RunsTest);
#include "runs_test.moc"
