// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/command_line.h"
#include "tests/registry.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace thaw;

class CommandLineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutArgumentsTheEmbeddedModelOpens() {
        const CommandLine line = parseCommandLine({"thaw"});
        QVERIFY(!line.exitCode);
        QCOMPARE(line.model, QString("builtin"));
        QCOMPARE(line.data, QString("builtin"));
        QVERIFY(!line.theme);
        QVERIFY(!line.start);
    }

    void everyOptionIsRead() {
        const CommandLine line = parseCommandLine({"thaw", "m.safetensors", "--data", "d", "--runs", "r", "--device",
                                                   "cpu", "--theme", "dark", "--language", "de", "--start",
                                                   "--screenshot", "s.png", "--after", "250", "--size", "1024x640"});
        QVERIFY2(!line.exitCode, qPrintable(line.output));
        QCOMPARE(line.model, QString("m.safetensors"));
        QCOMPARE(line.data, QString("d"));
        QCOMPARE(line.runs, QString("r"));
        QCOMPARE(line.device, QString("cpu"));
        QVERIFY(line.theme == Theme::Dark);
        QVERIFY(line.language == QString("de"));
        QVERIFY(line.start);
        QCOMPARE(line.screenshot, QString("s.png"));
        QCOMPARE(line.afterMs, 250);
        QCOMPARE(line.size, QSize(1024, 640));
        QCOMPARE(parseCommandLine({"thaw"}).size, QSize(1440, 900));
    }

    void aReportIsDrawnWithoutAWindow() {
        const CommandLine line = parseCommandLine({"thaw", "--report", "studies/freezing"});
        QVERIFY2(!line.exitCode, qPrintable(line.output));
        QCOMPARE(line.report, QString("studies/freezing"));
        QVERIFY(line.figure.isEmpty() && parseCommandLine({"thaw"}).report.isEmpty());
    }

    void aDataSetGivenAloneIsOpenedAsData() {
        const QTemporaryDir folder;
        QFile file(folder.filePath("images.zip"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        const CommandLine line = parseCommandLine({"thaw", file.fileName()});
        QCOMPARE(line.data, file.fileName());
        QCOMPARE(line.model, QString("builtin"));
        QCOMPARE(parseCommandLine({"thaw", file.fileName(), "--data", "d"}).model, file.fileName());
    }

    void wrongUsageExitsWithTwoAndNamesTheArgument_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("named");
        QTest::newRow("unknown flag") << QStringList{"--wat"} << "wat";
        QTest::newRow("a letter too few") << QStringList{"--langage", "de"} << "did you mean '--language'?";
        QTest::newRow("missing value") << QStringList{"--runs"} << "runs";
        QTest::newRow("no study's folder") << QStringList{"--report"} << "report";
        QTest::newRow("wrong theme") << QStringList{"--theme", "purple"} << "purple";
        QTest::newRow("wrong delay") << QStringList{"--after", "soon"} << "soon";
        QTest::newRow("wrong size") << QStringList{"--size", "large"} << "large";
        QTest::newRow("two models") << QStringList{"a", "b"} << "2";
    }
    void wrongUsageExitsWithTwoAndNamesTheArgument() {
        QFETCH(const QStringList, arguments);
        QFETCH(const QString, named);
        const CommandLine line = parseCommandLine(QStringList{"thaw"} + arguments);
        QVERIFY(line.exitCode == 2);
        QVERIFY2(line.output.contains(named), qPrintable(line.output));
        QVERIFY(!line.output.trimmed().contains('\n'));
    }

    void helpAndVersionAreAnsweredWithZero() {
        const CommandLine help = parseCommandLine({"thaw", "--help"});
        QVERIFY(help.exitCode == 0);
        for (const char* flag : {"--data", "--runs", "--theme", "--language", "--screenshot", "--report"})
            QVERIFY2(help.output.contains(flag), flag);
        QVERIFY(parseCommandLine({"thaw", "--version"}).output.startsWith("thaw "));
    }
};

THAW_TEST(CommandLineTest);
#include "command_line_test.moc"
