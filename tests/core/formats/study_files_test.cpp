// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/study_files.h"
#include "core/formats/running_mark.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <memory>

using namespace thaw;

class StudyFilesTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> folder_;

    std::string path() const { return folder_->path().toStdString(); }
    void write(const char* name, const QByteArray& text) const { writeBytes(folder_->filePath(name), text); }
    void write(const StudyProgressNote& note) const { write("progress.json", QByteArray::fromStdString(toJson(note))); }
    StudyFolderState state() const { return studyFolderState(path()); }

private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void aNoteIsReadAsItWasWritten() {
        for (const StudyStage stage :
             {StudyStage::None, StudyStage::Running, StudyStage::Stopped, StudyStage::Finished, StudyStage::Failed}) {
            StudyProgressNote note{stage, "gan-seed1", 0.25, 3, 15, "machine", "The disk is \"full\"."};
            write(note);
            QVERIFY(state().progress == note);
            note.message.clear();
            write(note);
            QVERIFY(state().progress == note);
        }
    }

    void anIdleNoteSaysNothingOfFaults() {
        const auto json = QString::fromStdString(toJson(StudyProgressNote{StudyStage::Running, "a", 0, 0, 1, "m", {}}));
        QVERIFY(json.contains("\"stage\":\"running\"") && json.endsWith('\n'));
        QVERIFY(!json.contains("message"));
    }

    void aCompleteFolderIsReadWhole() {
        write("study.json",
              R"({"study": "freezing", "model_sha256": "x", "kimg": 0.5, "num": 500, "precision": "fp32"})");
        write("request.json", R"({"arguments": ["freezing", "--kimg", "0.5"]})");
        write({StudyStage::Finished, "", 0, 15, 15, "machine", ""});
        QVERIFY(!state().hasReport && state().reportTime == 0);
        StudyReport report;
        report.title = "A study";
        write("report.json", QByteArray::fromStdString(toJson(report)));
        const auto now = state();
        QCOMPARE(now.folder, path());
        QCOMPARE(now.study, std::string("freezing"));
        QCOMPARE(now.kimg, 0.5);
        QCOMPARE(now.images, 500);
        QCOMPARE(now.precision, std::string("fp32"));
        QCOMPARE(now.arguments, (std::vector<std::string>{"freezing", "--kimg", "0.5"}));
        QCOMPARE(now.progress.done, 15);
        QVERIFY(now.hasReport && now.reportTime != 0 && !now.isRunning);
        QCOMPARE(stageOf(now), StudyStage::Finished);
        QVERIFY(now == state());
        QCOMPARE(readStudyReport(path()).title, std::string("A study"));
    }

    void anotherReportHasAnotherTime() {
        write("report.json", "{}");
        const auto before = state();
        QTest::qWait(30);
        write("report.json", "{ }");
        QVERIFY(state().reportTime != before.reportTime);
    }

    void anEmptyFolderIsNoStudyAndHasNoReport() {
        QVERIFY(!isStudyFolder(path()) && !isStudyFolder(path() + "/nowhere"));
        QCOMPARE(stageOf(state()), StudyStage::None);
        const QString fault = faultOf([&] { readStudyReport(path()); });
        QVERIFY2(fault.startsWith("FileMissing: ") && fault.contains(folder_->filePath("report.json")),
                 qPrintable(fault));
        QVERIFY(QDir(folder_->path()).mkdir("study.json"));
        QVERIFY(!isStudyFolder(path()));
        QVERIFY(QDir(folder_->path()).rmdir("study.json"));
        write("study.json", "{}");
        QVERIFY(isStudyFolder(path()));
    }

    void damagedFilesAreAsGoodAsNone() {
        for (const char* text :
             {"", "{", "[]", "5", "null", "\"text\"", "{\"study\": [], \"stage\": 3, \"done\": {}}"}) {
            for (const char* name : {"study.json", "request.json", "progress.json"}) write(name, text);
            StudyFolderState empty;
            empty.folder = path();
            QVERIFY2(state() == empty, text);
        }
        write("request.json", R"({"arguments": "freezing"})");
        QVERIFY(state().arguments.empty());
        for (const auto& [text, share] : {std::pair{"-0.5", 0.0}, std::pair{"1e9", 1.0}, std::pair{"0.5", 0.5}}) {
            write("progress.json", QByteArray("{\"share\": ") + text + "}");
            QCOMPARE(state().progress.share, share);
        }
    }

    // A process that is gone without a word was killed.
    void theLockDecidesWhetherItIsRunning() {
        write({StudyStage::Running, "a", 0.5, 1, 3, "machine", ""});
        QCOMPARE(stageOf(state()), StudyStage::Stopped);
        {
            const RunLock lock(path());
            QVERIFY(state().isRunning);
            QCOMPARE(stageOf(state()), StudyStage::Running);
            write({StudyStage::Finished, "", 0, 3, 3, "machine", ""});
            QCOMPARE(stageOf(state()), StudyStage::Running);  // the report is being drawn
        }
        QVERIFY(!state().isRunning);
        QCOMPARE(stageOf(state()), StudyStage::Finished);
    }
};

THAW_TEST(StudyFilesTest);
#include "study_files_test.moc"
