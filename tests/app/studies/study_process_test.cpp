// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studies/study_process.h"
#include "tests/app/sample_study.h"
#include "tests/registry.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace thaw;

class StudyProcessTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

    QString at(const QString& name) const { return folder_.filePath(name); }
    QString program(const QByteArray& lines) const { return test::writeProgram(at("program"), lines); }
    // Goes on until it is asked to stop, and then does that.
    QString programUntil(const QByteArray& whenAsked) const {
        QFile::remove(at("ready"));
        return program("trap '" + whenAsked + "' TERM\n: > \"$here/ready\"\nwhile :; do sleep 0.05; done\n");
    }
    bool isReady() const { return QFile::exists(at("ready")); }

private Q_SLOTS:
    void itsArgumentsAreThoseOfAStudy() {
        StudyProcess process;
        QVERIFY(process.program().endsWith("/thaw-cli"));
        QSignalSpy failed(&process, &StudyProcess::failed);
        process.setProgram(program("printf '%s\\n' \"$@\" > \"$here/arguments\"\n"));
        process.start(at("a study"), {"freezing", "--scale", "quick"});
        QCOMPARE(process.folder(), at("a study"));
        QTRY_VERIFY_WITH_TIMEOUT(!process.isRunning(), test::kPatience);
        QCOMPARE(QString::fromUtf8(test::textOf(at("arguments"))),
                 QString("study\nfreezing\n--scale\nquick\n--out\n%1\n").arg(at("a study")));
        QTest::qWait(50);
        QVERIFY(failed.isEmpty());
    }

    void aPauseIsNoFailure() {
        StudyProcess process;
        QSignalSpy failed(&process, &StudyProcess::failed), changed(&process, &StudyProcess::changed);
        process.setProgram(programUntil("echo \"thaw-cli: The study was interrupted.\" >&2; exit 130"));
        process.start(at("a"), {"freezing"});
        QTRY_VERIFY_WITH_TIMEOUT(isReady(), test::kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, test::kPatience);
        process.start(at("b"), {"pairing"});  // one at a time
        QCOMPARE(process.folder(), at("a"));
        QVERIFY(process.isRunning() && !process.isPausing());
        process.pause();
        QVERIFY(process.isPausing());
        QCOMPARE(changed.size(), 2);
        process.pause();
        QCOMPARE(changed.size(), 2);
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 3, test::kPatience);
        QVERIFY(!process.isRunning() && !process.isPausing());
        QTest::qWait(50);
        QVERIFY(failed.isEmpty());
    }

    void itsLastSentenceIsWhy_data() {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<QString>("why");
        QTest::newRow("a sentence and its hint")
            << QByteArray(
                   "printf 'none-seed1  3 %%\\r' >&2\n"
                   "echo 'thaw-cli: A note.' >&2\n"
                   "printf 'thaw-cli: There are no data.\\n          Name others.\\n' >&2\nexit 3\n")
            << "There are no data. Name others.";
        QTest::newRow("without its name") << QByteArray("printf 'one\\ntwo\\n' >&2\nexit 1\n") << "two";
        // Somebody else has stopped it.
        QTest::newRow("stopped from outside")
            << QByteArray("echo 'thaw-cli: Interrupted.' >&2\nexit 130\n") << "Interrupted.";
        QTest::newRow("much before it") << QByteArray(
                                               "i=0\nwhile [ $i -lt 4000 ]; do echo \"progress of the run: $i of 4000, "
                                               "which goes on\" >&2; i=$((i+1)); done\n"
                                               "echo 'thaw-cli: The disk is full.' >&2\nexit 3\n")
                                        << "The disk is full.";
    }
    void itsLastSentenceIsWhy() {
        QFETCH(const QByteArray, lines);
        QFETCH(const QString, why);
        StudyProcess process;
        QSignalSpy failed(&process, &StudyProcess::failed);
        process.setProgram(program(lines));
        process.start(at("a"), {"freezing"});
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, test::kPatience);
        QCOMPARE(failed[0][0].toString(), at("a"));
        QCOMPARE(failed[0][1].toString(), why);
        QVERIFY(!process.isRunning());
    }

    void whatGoesWrongWhileSavingIsSaid() {
        StudyProcess process;
        QSignalSpy failed(&process, &StudyProcess::failed);
        process.setProgram(programUntil("echo \"thaw-cli: The disk is full.\" >&2; exit 3"));
        process.start(at("a"), {"freezing"});
        QTRY_VERIFY_WITH_TIMEOUT(isReady(), test::kPatience);
        process.pause();
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, test::kPatience);
        QCOMPARE(failed[0][1].toString(), QString("The disk is full."));
    }

    void aKilledProcessSaysThatWhatIsMeasuredIsKept() {
        StudyProcess process;
        QSignalSpy failed(&process, &StudyProcess::failed);
        process.setProgram(program("kill -KILL $$\n"));
        process.start(at("a"), {"freezing"});
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, test::kPatience);
        QVERIFY2(failed[0][1].toString().contains("killed"), qPrintable(failed[0][1].toString()));
    }

    void aMissingProgramIsSaid() {
        StudyProcess process;
        QSignalSpy failed(&process, &StudyProcess::failed);
        process.setProgram(at("nowhere/thaw-cli"));
        process.start(at("a"), {"freezing"});
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, test::kPatience);
        QVERIFY2(failed[0][1].toString().contains(at("nowhere/thaw-cli")), qPrintable(failed[0][1].toString()));
        QVERIFY(!process.isRunning());
        // Nothing is left over of the one that failed.
        process.setProgram(program("exit 0\n"));
        process.start(at("b"), {"freezing"});
        QTRY_VERIFY_WITH_TIMEOUT(!process.isRunning(), test::kPatience);
        QCOMPARE(failed.size(), 1);
    }

    void leavingPausesAndWaitsUntilItIsSaved() {
        {
            StudyProcess process;
            process.setProgram(programUntil("sleep 0.3; : > \"$here/saved\"; exit 130"));
            process.start(at("a"), {"freezing"});
            QTRY_VERIFY_WITH_TIMEOUT(isReady(), test::kPatience);
        }
        QVERIFY(QFile::exists(at("saved")));
    }
};

THAW_TEST(StudyProcessTest);
#include "study_process_test.moc"
