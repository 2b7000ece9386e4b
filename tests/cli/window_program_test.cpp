// SPDX-License-Identifier: GPL-3.0-or-later
// The window's program as scripts call it: exit codes of pictures, signals, and the locale of the desktop.
#include "tests/cli/program.h"
#include "tests/registry.h"

#include <csignal>

using namespace program;

class WindowProgramTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }
    static QString window() { return QFileInfo(path()).dir().filePath("thaw"); }

    QProcessEnvironment environment() const {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("XDG_CONFIG_HOME", at("config"));
        environment.insert("XDG_DATA_HOME", at("share"));
        environment.insert("OMP_NUM_THREADS", "1");
        return environment;
    }
    Outcome runIn(const QProcessEnvironment& environment, const QString& program, const QStringList& arguments) const {
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(program, arguments);
        process.waitForFinished(600000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
                process.readAllStandardError()};
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(QFile::exists(path()), "THAW_CLI names the program under test");
        QVERIFY(QFile::exists(window()));
        writeToyData(at("data"));
        write(at("wrong.safetensors"), "This is a shopping list: milk, bread, eggs.");
        write(at("figure.recipe.json"),
              "{\"thaw_figure\": 1, \"model\": {\"path\": \"" + toyModel().toUtf8() +
                  "\"}, \"panels\": [{\"kind\": \"blocks\", \"images\": 2}], \"width_mm\": 85.5}");
    }

    // As under LANG=de_DE.UTF-8, with a locale that comes with the tests.
    void aCommaLocaleChangesNoFigure() {
        auto german = environment();
        german.insert("LC_NUMERIC", "comma");
        german.insert("LANG", "C.UTF-8");
        german.insert("LOCPATH", golden("locale"));
        german.remove("LC_ALL");
        const QStringList figure{"figure", at("figure.recipe.json"), "--json", "--quiet", "--out"};
        for (const char* suffix : {"pdf", "svg", "csv"}) {
            const auto plain = runIn(environment(), path(), figure + QStringList{at("plain.") + suffix});
            const auto comma = runIn(german, path(), figure + QStringList{at("comma.") + suffix});
            QVERIFY2(plain.code == 0 && comma.code == 0, (plain.err + comma.err).constData());
            QCOMPARE(comma.json()["width_mm"].toDouble(), 85.5);
        }
        QCOMPARE(bytes(at("comma.csv")), bytes(at("plain.csv")));
    }

    void aFigureThatCouldNotKeepItsRecipeIsRefusedBeforeTheWork() {
        write(at("taken.recipe.json"), "not a recipe");
        const auto outcome =
            runIn(environment(), window(), {"--figure", at("figure.recipe.json"), "--out", at("taken.pdf")});
        QVERIFY2(outcome.code == 2 && outcome.err.contains("taken.recipe.json") && !outcome.err.contains("measuring"),
                 outcome.err.constData());
        QCOMPARE(bytes(at("taken.recipe.json")), QByteArray("not a recipe"));
    }

    void aReportIsDrawnWithoutAWindow() {
        QDir().mkpath(at("study"));
        write(at("study/report.json"),
              R"({"thaw_study_report": 1, "title": "A study", "paragraphs": [], "claims": [], "tables": [],
              "charts": [{"name": "by", "title": "Chart", "x_label": "kimg", "y_label": "distance", "log_x": false,
              "log_y": false, "series": [{"name": "one", "x": [1, 2], "mean": [4, 3], "deviation": [null, 1]}]}],
              "notes": []})");
        auto server = environment();  // without a display
        server.remove("DISPLAY");
        server.remove("WAYLAND_DISPLAY");
        server.remove("QT_QPA_PLATFORM");
        const auto drawn = runIn(server, window(), {"--report", at("study")});
        QVERIFY2(drawn.code == 0, drawn.err.constData());
        for (const char* file : {"by.svg", "by.pdf", "by.recipe.json", "report.html", "report.pdf"})
            QVERIFY2(QFile::exists(at("study/") + file), file);
        const auto missing = runIn(server, window(), {"--report", at("none")});
        QVERIFY2(missing.code == 3 && missing.err.contains("thaw: ") && missing.err.contains("none"),
                 missing.err.constData());
    }

    void aPictureThatCannotBeMadeEndsWithItsExitCode_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("named");
        const QString picture = at("never.png");
        QTest::newRow("no model") << QStringList{at("none.pt"), "--screenshot", picture} << 3 << "none.pt";
        QTest::newRow("no checkpoint") << QStringList{at("wrong.safetensors"), "--screenshot", picture} << 3
                                       << "wrong.safetensors";
        QTest::newRow("no data") << QStringList{"--data", at("none"), "--screenshot", picture} << 3 << "none";
        QTest::newRow("no such device") << QStringList{"--device", "tpu", "--screenshot", picture} << 2 << "tpu";
        QTest::newRow("no picture's ending") << QStringList{"--screenshot", at("never.xyz")} << 2 << "never.xyz";
        QTest::newRow("no folder") << QStringList{"--screenshot", at("nowhere/never.png")} << 3 << "nowhere";
    }
    void aPictureThatCannotBeMadeEndsWithItsExitCode() {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, code);
        QFETCH(const QString, named);
        const auto outcome = runIn(environment(), window(), arguments);
        QVERIFY2(outcome.code == code && outcome.err.contains("thaw: ") && outcome.err.contains(named.toUtf8()),
                 (QByteArray::number(outcome.code) + ": " + outcome.err).constData());
        QVERIFY(!QFile::exists(at("never.png")));
    }

    void aSignalSavesTheRunAndLeaves_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("TERM") << SIGTERM;
        QTest::newRow("HUP") << SIGHUP;
        QTest::newRow("a closed pipe") << SIGPIPE;
    }
    void aSignalSavesTheRunAndLeaves() {
        QFETCH(const int, signal);
        const QString runs = at("runs" + QString::number(signal));
        QProcess process;
        process.setProcessEnvironment(environment());
        process.start(window(), {toyModel(), "--data", at("data"), "--runs", runs, "--start"});
        const auto run = [&] { return QDir(runs).entryList(QDir::Dirs | QDir::NoDotAndDotDot).value(0); };
        const auto file = [&](const char* name) { return runs + "/" + run() + "/" + name; };
        QTRY_VERIFY_WITH_TIMEOUT(!run().isEmpty() && !bytes(file("stats.jsonl")).isEmpty(), 300000);
        ::kill(pid_t(process.processId()), signal);
        QVERIFY(process.waitForFinished(300000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 130);
        QVERIFY(QFile::exists(file("state.safetensors")));
        QCOMPARE(bytes(file("running")), QByteArray("suspended\n"));  // offered at the next start
    }
};

THAW_TEST(WindowProgramTest);
#include "window_program_test.moc"
