// SPDX-License-Identifier: GPL-3.0-or-later
// Where thaw-cli writes: endings, places that are taken, full disks, closed streams, and numbers that are no numbers.
#include "tests/cli/program.h"
#include "tests/registry.h"

using namespace program;

class OutputsTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }

    // The program with its streams as the shell line has them; "$0" is the program, "$1" the folder of the test.
    Outcome shell(const QString& line) const { return run({"-c", line, path(), folder_.path()}, "/bin/sh"); }
    QStringList sample(const QString& out, const QStringList& more = {}) const {
        return QStringList{"sample",    "--model", toyModel(), "--seeds", "0-1",
                           "--threads", "1",       "--quiet",  "--out",   out} +
               more;
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(QFile::exists(path()), "THAW_CLI names the program under test");
        writeToyData(at("data"));
        writeNpy(at("x.npy"), "2, 1, 28, 28", 2 * 784);
        QDir().mkpath(at("full"));
        write(at("full/precious"), "precious");
        QDir().mkpath(at("old.pt"));
    }

    void anEndingInCapitalsIsTheSame() {
        QCOMPARE(run(sample(at("GRID.PNG"))).code, 0);
        QVERIFY(QFileInfo(at("GRID.PNG")).isFile() && isPng(at("GRID.PNG")));
        QCOMPARE(run(sample(at("ARRAY.Npy"))).code, 0);
        QVERIFY(bytes(at("ARRAY.Npy")).startsWith("\x93NUMPY"));
        QCOMPARE(
            run({"spectrum", "--kind", "layers", "--model", toyModel(), "--num", "2", "--out", at("S.CSV"), "--quiet"})
                .code,
            0);
        QVERIFY(bytes(at("S.CSV")).count(',') > 10);
    }

    void whatHasNoEndingIsAFolder() {
        for (const char* name : {"folder", "run.v2", "lr-0.5", "slash/"}) {
            const auto outcome = run(sample(at(name)));
            QVERIFY2(outcome.code == 0, outcome.err.constData());
            QVERIFY(isPng(at(name) + "/000001.png"));
        }
    }

    void aDashIsNoFile() {
        const auto outcome = run({"sample", "--model", toyModel(), "--seeds", "0", "--out", "-"});
        QVERIFY2(outcome.code == 2 && outcome.err.contains("--out is '-'"), outcome.err.constData());
        QVERIFY(!QFile::exists("-"));
    }

    void numbersThatContradictEachOtherAreRefused_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("said");
        const QStringList samples{"sample", "--model", toyModel(), "--out", at("never.npy")};
        const auto row = [](const char* name, const QStringList& arguments, const char* said) {
            QTest::newRow(name) << arguments << QByteArray(said);
        };
        row("steps of one step", samples + QStringList{"--seeds", "0", "--sampler", "one-step", "--steps", "2"},
            "takes one step, not --steps 2");
        row("levels that climb", samples + QStringList{"--seeds", "0", "--sigma-min", "100"}, "above sigma_min (100)");
        row("seeds backwards", samples + QStringList{"--seeds", "9-5"}, "--seeds 5-9");
        row("a seed too long", samples + QStringList{"--seeds", "18446744073709551615"}, "at most 18 digits");
        row("too many seeds", samples + QStringList{"--seeds", "0-99999999"}, "more than ten million");
        row("a class in letters", samples + QStringList{"--seeds", "0", "--labels", "cat"}, "--labels 3 or 0,1,2");
        row("more images than there are",
            {"spectrum", "--kind", "image", "--images", at("x.npy"), "--num", "5", "--out", at("never.csv")},
            "--num is 5, but there are 2 images");
        for (const char* sigma : {"1e-300", "1e300"})
            row(sigma,
                {"denoise", "--model", toyModel(), "--input", at("x.npy"), "--sigma", sigma, "--out", at("never.npy")},
                "the network takes 1e-09 to 1e+09");
    }
    void numbersThatContradictEachOtherAreRefused() {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, said);
        const auto outcome = run(arguments + QStringList{"--threads", "1"});
        QVERIFY2(outcome.code == 2 && outcome.err.contains(said), outcome.err.constData());
        QVERIFY(!QFile::exists(at("never.npy")) && !QFile::exists(at("never.csv")));
    }

    // Nothing is opened or made first: the model does not exist.
    void aWrongPlaceIsRefusedBeforeTheWork_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("out");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("said");
        const QString none = at("none.safetensors");
        const auto row = [&](const char* name, const QStringList& verb, const QString& out, int code,
                             const char* said) {
            QTest::newRow(name) << verb << (QDir::isAbsolutePath(out) ? out : at(out)) << code << QString(said);
        };
        const QStringList samples{"sample", "--model", none, "--seeds", "0", "--out"},
            finetune{"finetune", "--model", none, "--out"}, pretrain{"pretrain", "--data", at("none"), "--out"},
            study{"study", "objectives", "--model", none, "--out"},
            denoise{"denoise", "--model", none, "--input", at("x.npy"), "--sigma", "1", "--out"},
            statistics{"statistics", "--data", at("none"), "--out"},
            features{"train-features", "--data", at("none"), "--out"},
            spectrum{"spectrum", "--kind", "layers", "--model", none, "--out"}, convert{"convert", none},
            curves{"curves", at("none"), "--out"}, figure{"figure", at("none.recipe.json"), "--out"},
            saved{"evaluate", "--model", none, "--save-features"};
        for (const char* ending : {"x.jpg", "x.JPEG", "x.gif", "x.jpg/"})
            row(ending, samples, ending, 2, ".png or .npy here, or a folder");
        row("a run named as a file", finetune, "tuned.safetensors", 2, "name of a file");
        row("a pre-training named as a file", pretrain, "model.pt", 2, "name of a file");
        row("a study named as a file", study, "table.md", 2, "name of a file");
        row("denoise", denoise, "d.png", 2, "writes .npy");
        row("denoise without an ending", denoise, "d", 2, "writes .npy");
        row("statistics", statistics, "s.npy", 2, "writes .npz");
        row("train-features", features, "f.pt", 2, "writes .safetensors");
        row("spectrum", spectrum, "s.jpg", 2, ".pdf or .svg");
        row("convert", convert, "m.pt", 2, "writes .safetensors");
        row("curves", curves, "c.jpg", 2, ".svg or .csv");
        row("figure", figure, "f.jpg", 2, ".csv or .npz");
        row("features of evaluate", saved, "f.npy", 2, "--save-features");
        row("a taken file", denoise, "x.npy", 2, "exists already");
        row("a taken folder", samples, "full", 2, "not empty");
        row("a taken run folder", finetune, "full", 2, "not empty");
        row("a folder of that name", spectrum, "dir.csv", 2, "is a folder");
        row("a file for a folder", pretrain, "full/precious", 2, "exists already");
        row("no such folder", denoise, "nowhere/d.npy", 3, "There is no folder");
        row("a folder that takes no files", denoise, "/proc/d.npy", 3, "Nothing can be written into '/proc'");
        row("below a file", finetune, "full/precious/run", 3, "is not a folder");
    }
    void aWrongPlaceIsRefusedBeforeTheWork() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, out);
        QFETCH(int, code);
        QFETCH(QString, said);
        QDir().mkpath(at("dir.csv"));
        const auto outcome = run(arguments + QStringList{out});
        QVERIFY2(outcome.code == code && outcome.err.contains(said.toUtf8()), outcome.err.constData());
        QVERIFY(outcome.err.contains(out.toUtf8()) || code == 3);
        if (!out.contains("full") && !out.contains("dir.csv") && !out.endsWith("x.npy")) QVERIFY(!QFile::exists(out));
        QCOMPARE(bytes(at("full/precious")), QByteArray("precious"));
    }

    void forceReplacesAFileAndNothingElse() {
        const QStringList denoise{"denoise", "--model", toyModel(), "--input",  at("x.npy"),
                                  "--sigma", "1",       "--out",    at("d.npy")};
        QCOMPARE(run(denoise).code, 0);
        write(at("d.npy"), "old");
        QCOMPARE(run(denoise).code, 2);
        QCOMPARE(bytes(at("d.npy")), QByteArray("old"));
        QCOMPARE(run(denoise + QStringList{"--force"}).code, 0);
        QVERIFY(bytes(at("d.npy")).startsWith("\x93NUMPY"));
        QCOMPARE(run(sample(at("full"), {"--force"})).code, 2);
    }

    void aFullStandardOutputIsAnError_data() {
        QTest::addColumn<QString>("line");
        QTest::newRow("JSON") << "exec \"$0\" info builtin --json > /dev/full";
        QTest::newRow("text") << "exec \"$0\" devices > /dev/full";
        QTest::newRow("help") << "exec \"$0\" sample --help > /dev/full";
        QTest::newRow("version") << "exec \"$0\" --version > /dev/full";
        QTest::newRow("closed") << "exec \"$0\" devices >&-";
    }
    void aFullStandardOutputIsAnError() {
        QFETCH(const QString, line);
        const auto outcome = shell(line);
        QVERIFY2(outcome.code == 3 && outcome.err.contains("Standard output cannot be written"),
                 outcome.err.constData());
    }

    // With its number free, the first file that is opened would get what is meant for it.
    void closedStreamsDoNotLandInFiles() {
        const auto outcome = shell(
            "\"$0\" sample --model builtin --seeds 0 --threads 1 --json --out \"$1/closed.png\" "
            "<&- >&- 2>&-; echo code $?");
        QVERIFY2(outcome.out.contains("code 3"), outcome.out.constData());
        QVERIFY(isPng(at("closed.png")));
        QVERIFY(!bytes(at("closed.png")).contains("images_per_second"));
    }

    void wholeNumbersAreWholeAndDecimal_data() {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("value");
        for (const char* seed : {"-1", "1e3", "1.5", "0x10", "18446744073709551616", "+5", "7 "})
            QTest::newRow(qPrintable(QString("--seed ") + seed)) << "--seed" << seed;
        QTest::newRow("--data-seed") << "--data-seed"
                                     << "-2";
        QTest::newRow("--threads") << "--threads"
                                   << "2.5";
        QTest::newRow("--kimg") << "--kimg"
                                << "1,5";
    }
    void wholeNumbersAreWholeAndDecimal() {
        QFETCH(const QString, option);
        QFETCH(const QString, value);
        const auto outcome = run({"pretrain", "--data", at("none"), "--out", at("never"), option, value});
        QVERIFY2(outcome.code == 2 && outcome.err.contains((option + " is '" + value + "', must be a ").toUtf8()),
                 outcome.err.constData());
    }

    void countsBelowTheirLeastAreTold() {
        const auto outcome = run({"statistics", "--data", at("data"), "--num", "-3", "--out", at("never.npz")});
        QVERIFY2(outcome.code == 2 && outcome.err.contains("--num is '-3', must be at least 0."),
                 outcome.err.constData());
    }

    void aLeadingZeroIsNotOctal() {
        for (const char* seed : {"010", "10"}) {
            const QString out = at(QString("seed") + seed);
            const auto outcome = run({"train-features", "--data", at("data"), "--epochs", "1", "--batch", "16",
                                      "--seed", seed, "--threads", "1", "--quiet", "--out", out + ".safetensors"});
            QVERIFY2(outcome.code == 0, outcome.err.constData());
        }
        QCOMPARE(bytes(at("seed010.safetensors")), bytes(at("seed10.safetensors")));
    }

    void moreThreadsThanCoresAreCutWithAWord() {
        const auto told = run({"devices", "--threads", "4096"});
        QVERIFY2(told.code == 0 && told.err.contains("--threads is 4096, but there are"), told.err.constData());
        QVERIFY(run({"devices", "--threads", "1"}).err.isEmpty());
    }

    // Latin-1, as an old disk has it: the byte is no UTF-8.
    void namesThatAreNotUtf8AreNoFault() {
        QVERIFY(QFile::copy(toyModel(), at("toy.safetensors")));
        const QString name =
            "b=$(printf 'caf\\351'); cp \"$1/toy.safetensors\" \"$1/$b.safetensors\"; cp -r \"$1/data\" \"$1/$b\"; ";
        const auto info = shell(name + "exec \"$0\" info \"$1/$b.safetensors\" --json");
        QVERIFY2(info.code == 0 && !info.json().isEmpty(), info.err.constData());
        const auto samples = shell(
            "b=$(printf 'caf\\351'); exec \"$0\" sample --model \"$1/$b.safetensors\" --seeds 0-1 "
            "--out \"$1/samples $b\" --json --quiet");
        QVERIFY2(samples.code == 0, samples.err.constData());
        QVERIFY(samples.json()["out"].toString().contains(QChar(0xfffd)));
        const auto numbers = shell(
            "b=$(printf 'caf\\351'); exec \"$0\" spectrum --kind layers --num 2 --model "
            "\"$1/$b.safetensors\" --out \"$1/$b.npz\" --json --quiet");
        QVERIFY2(numbers.code == 0, numbers.err.constData());
    }

    void aRunOnSuchFilesIsRecordedAndGoesOnWhenTheyAreNamed() {
        write(at("run.json"), R"({"batch": 8, "fid_every_kimg": 0, "snapshot_every_kimg": 0})");
        const QString files =
            "b=$(printf 'r\\351'); cp \"$1/toy.safetensors\" \"$1/$b.safetensors\"; cp -r \"$1/data\" \"$1/$b\"; ";
        const QString verb = "exec \"$0\" finetune --threads 1 --quiet --json --out \"$1/run\" ";
        const QString named = "--model \"$1/$b.safetensors\" --data \"$1/$b\" ";
        const auto first = shell(files + verb + named + "--config \"$1/run.json\" --kimg 0.008");
        QVERIFY2(first.code == 0, first.err.constData());
        QVERIFY(bytes(at("run/config.json")).contains("r\xef\xbf\xbd.safetensors"));
        const auto alone = shell(verb + "--resume --kimg 0.016");
        QVERIFY2(alone.code == 3 && !alone.err.contains("Unexpected"), alone.err.constData());
        const auto resumed = shell("b=$(printf 'r\\351'); " + verb + named + "--resume --kimg 0.016");
        QVERIFY2(resumed.code == 0, resumed.err.constData());
    }
};

THAW_TEST(OutputsTest);
#include "outputs_test.moc"
