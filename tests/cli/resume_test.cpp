// SPDX-License-Identifier: GPL-3.0-or-later
// thaw-cli --resume: a run goes on as the run it was, whatever the defaults are and wherever it is called.
#include "tests/cli/program.h"
#include "tests/registry.h"

using namespace program;

class ResumeTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }

    Outcome begin(const QString& name, const QStringList& more = {}) const {
        return run(QStringList{"finetune", "--model", at("model.safetensors"), "--data", at("data"), "--config",
                               at("finetune.json"), "--kimg", "0.008", "--out", at(name), "--threads", "1", "--json"} +
                   more);
    }
    Outcome resume(const QString& name, const QStringList& more = {}) const {
        return run(QStringList{"finetune", "--out", at(name), "--resume", "--kimg", "0.016", "--json"} + more);
    }
    QJsonObject details(const QString& name) const { return run({"info", at(name), "--json"}).json(); }
    void flipLastByteOf(const QString& name) const {
        auto content = bytes(at(name));
        content[content.size() - 1] = char(content.back() ^ 1);
        write(at(name), content);
    }

private Q_SLOTS:
    void initTestCase() {
        write(at("model.safetensors"), bytes(toyModel()));
        writeToyData(at("data"));
        write(at("finetune.json"), R"({"batch": 8, "fid_every_kimg": 0, "fid_images": 50, "snapshot_every_kimg": 0,
            "discriminator": {"width": 8}})");
    }

    // Cut in two, the same steps go on.
    void aRunGoesOnInMicroBatches() {
        const auto begun = begin("cut", {});
        QVERIFY2(begun.code == 0, begun.err.constData());
        const auto odd = run({"finetune", "--resume", "--out", at("cut"), "--kimg", "0.032", "--micro-batch", "3"});
        QVERIFY2(odd.code == 2 && odd.err.contains("micro_batch is 3, must divide the batch of 8"),
                 odd.err.constData());
        const auto resumed = run({"finetune", "--resume", "--out", at("cut"), "--kimg", "0.032", "--micro-batch", "4"});
        QVERIFY2(resumed.code == 0, resumed.err.constData());
        QVERIFY(bytes(at("cut/stats.jsonl")).contains("\"micro_batch\":4"));
    }

    void tensorBoardIsAskedForWhenARunGoesOnToo() {
        const auto files = [&] { return QDir(at("board")).entryList({"events.out.tfevents.*.thaw"}).size(); };
        const auto begun = begin("board", {});
        QVERIFY2(begun.code == 0, begun.err.constData());
        QCOMPARE(files(), 0);
        const auto on = [&](const char* kimg, const QStringList& more) {
            return run(QStringList{"finetune", "--resume", "--out", at("board"), "--kimg", kimg} + more).code;
        };
        QCOMPARE(on("0.032", {"--tensorboard"}), 0);
        QCOMPARE(files(), 1);
        QCOMPARE(on("0.040", {}), 0);  // the run's own choice by now
        QCOMPARE(files(), 2);
        QCOMPARE(on("0.048", {"--no-tensorboard"}), 0);
        QCOMPARE(files(), 2);
    }

    void precisionAndThreadsAreTheRunsOwn_data() {
        QTest::addColumn<QString>("precision");
        QTest::newRow("fp32") << "fp32";
        QTest::newRow("bf16") << "bf16";
    }
    void precisionAndThreadsAreTheRunsOwn() {
        QFETCH(QString, precision);
        const auto name = "own-" + precision;
        const auto begun = begin(name, {"--precision", precision});
        QVERIFY2(begun.code == 0, begun.err.constData());
        QVERIFY(begun.err.contains(("CPU, 1 thread, " + precision).toUtf8()));
        const auto resumed = resume(name);
        QVERIFY2(resumed.code == 0, resumed.err.constData());
        QVERIFY2(resumed.err.contains(("CPU, 1 thread, " + precision).toUtf8()), resumed.err.constData());
        QVERIFY(!resumed.err.contains("bit for bit"));
        const auto info = details(name);
        const auto environment = info["run"].toObject()["environment"].toObject();
        QCOMPARE(environment["precision"].toString(), precision);
        QCOMPARE(environment["threads"].toString(), QString("1"));
        QVERIFY(!environment["instruction set"].toString().isEmpty());
        QVERIFY(!info["run"].toObject().contains("resumed"));
        // The snapshot itself says so too.
        QCOMPARE(info["metadata"].toObject()["made with precision"].toString(), precision);
        QVERIFY(run({"info", at(name)}).out.contains("made with"));
    }

    void anotherPrecisionIsRefusedAnotherThreadCountIsSaid() {
        QCOMPARE(begin("changed", {"--precision", "fp32"}).code, 0);
        const auto other = resume("changed", {"--precision", "bf16"});
        QCOMPARE(other.code, 2);
        QVERIFY2(
            other.err.contains("precision was fp32, and would now be bf16") && other.err.contains("--resume-anyway"),
            other.err.constData());
        const auto threads = resume("changed", {"--threads", "2"});
        QVERIFY2(threads.code == 0, threads.err.constData());
        QVERIFY2(threads.err.contains("threads (1, now 2)") && threads.err.contains("not bit for bit"),
                 threads.err.constData());
        QVERIFY(run({"info", at("changed")}).out.contains("bit for bit up to step 1"));
    }

    void anotherModelOrOtherDataAreRefused() {
        QCOMPARE(begin("input").code, 0);
        const auto record = details("input")["run"].toObject();
        flipLastByteOf("model.safetensors");
        const auto model = resume("input");
        QCOMPARE(model.code, 2);
        QVERIFY2(model.err.contains("its model was") &&
                     model.err.contains(record["model_sha256"].toString().toUtf8()) &&
                     model.err.contains("--resume-anyway"),
                 model.err.constData());
        flipLastByteOf("model.safetensors");
        flipLastByteOf("data/train-images-idx3-ubyte");
        const auto data = resume("input");
        QCOMPARE(data.code, 2);
        QVERIFY2(data.err.contains("its data was") && data.err.contains(record["data_sha256"].toString().toUtf8()),
                 data.err.constData());
        const auto anyway = resume("input", {"--resume-anyway"});
        QVERIFY2(anyway.code == 0 && anyway.err.contains("data ("), anyway.err.constData());
        flipLastByteOf("data/train-images-idx3-ubyte");
    }

    void aModelThatIsNamedIsComparedNotIgnored() {
        QCOMPARE(begin("named").code, 0);
        write(at("other.safetensors"), bytes(at("model.safetensors")));
        QCOMPARE(resume("named", {"--model", at("other.safetensors")}).code, 0);  // the same, elsewhere
        flipLastByteOf("other.safetensors");
        const auto other = resume("named", {"--model", at("other.safetensors")});
        QVERIFY2(other.code == 2 && other.err.contains("its model was"), other.err.constData());
    }

    void settingsThatAreNamedAgainMustBeTheRunsOwn() {
        QCOMPARE(begin("settings").code, 0);
        const auto other = resume("settings", {"--batch", "16"});
        QVERIFY2(other.code == 2 && other.err.contains("--batch is 16") && other.err.contains("has 8"),
                 other.err.constData());
        QCOMPARE(resume("settings", {"--batch", "8", "--objective", "gan"}).code, 0);
    }

    // What lacks is named, and what is left of use.
    void aFolderThatCannotGoOnSaysWhy() {
        QVERIFY(QDir(folder_.path()).mkdir("empty"));
        const auto none = resume("empty");
        QVERIFY2(none.code == 3 && none.err.contains("is no folder of a run"), none.err.constData());
        QCOMPARE(begin("broken").code, 0);
        const auto state = bytes(at("broken/state.safetensors"));
        write(at("broken/state.safetensors"), state.left(state.size() / 2));
        const auto cut = resume("broken");
        QVERIFY2(cut.code == 3 && cut.err.contains("state.safetensors") && cut.err.contains("snapshots"),
                 cut.err.constData());
        QVERIFY(QFile::remove(at("broken/state.safetensors")));
        const auto missing = resume("broken");
        QVERIFY2(missing.code == 3 && missing.err.contains("There is no '") && missing.err.contains("snapshots"),
                 missing.err.constData());
    }

    void aCompleteRunHasNothingToDo() {
        QCOMPARE(begin("complete").code, 0);
        const auto again = run({"finetune", "--out", at("complete"), "--resume"});
        QCOMPARE(again.code, 0);
        QVERIFY2((again.out + again.err).contains("Nothing to do: ") && again.out.contains("0.008 kimg"),
                 again.out + again.err);
    }

    // Begun with relative paths, resumed from elsewhere.
    void aRunGoesOnFromAnotherDirectory() {
        QProcess process;
        process.setWorkingDirectory(folder_.path());
        process.start(path(), {"finetune", "--model", "model.safetensors", "--data", "data", "--config",
                               "finetune.json", "--kimg", "0.008", "--out", "relative", "--threads", "1", "--quiet"});
        QVERIFY(process.waitForFinished(600000));
        QCOMPARE(process.exitCode(), 0);
        const auto resumed = resume("relative");
        QVERIFY2(resumed.code == 0, resumed.err.constData());
    }
};

THAW_TEST(ResumeTest);
#include "resume_test.moc"
