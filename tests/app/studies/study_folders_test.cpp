// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studies/study_folders.h"
#include "core/formats/running_mark.h"
#include "tests/app/sample_study.h"
#include "tests/registry.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace thaw;

class StudyFoldersTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> folder_;

    QString at(const QString& name) const { return folder_->filePath(name); }
    static QStringList namesOf(const StudyFolders& folders) {
        QStringList names;
        for (const auto& state : folders.states())
            names << QString::fromStdString(state.folder).section(QLatin1Char('/'), -1);
        return names;
    }

private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void aStudyIsAFolderWithItsFile() {
        test::writeStudy(at("b"), test::sampleNote(StudyStage::Stopped));
        test::writeStudy(at("a"), test::sampleNote(StudyStage::Finished));
        QDir(folder_->path()).mkpath("0000-d2o-f");
        test::writeText(at("study.json"), "{}");
        StudyFolders folders(folder_->path());
        QSignalSpy changed(&folders, &StudyFolders::changed);
        folders.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(folders), QStringList({"a", "b"}), test::kPatience);
        const auto* found = folders.find(at("b"));
        QVERIFY(found && !folders.find(at("0000-d2o-f")));
        QCOMPARE(found->study, std::string("freezing"));
        QCOMPARE(found->arguments.size(), std::size_t(3));
        QCOMPARE(stageOf(*found), StudyStage::Stopped);
        QCOMPARE(changed.size(), 1);
    }

    void nothingIsSaidWhereNothingChanged() {
        test::writeStudy(at("a"), test::sampleNote(StudyStage::Stopped));
        StudyFolders folders(folder_->path());
        QSignalSpy changed(&folders, &StudyFolders::changed);
        folders.setWatching(true);
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, test::kPatience);
        QTest::qWait(1500);  // at least one more look
        QCOMPARE(changed.size(), 1);
        test::writeSampleReport(at("a"), test::sampleReport());
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 2, test::kPatience);
        QVERIFY(folders.states().front().hasReport);
    }

    void nobodyLooksAnyMoreAfterwards() {
        StudyFolders folders(folder_->path());
        folders.setWatching(true);
        folders.setWatching(false);
        QTest::qWait(300);  // what was asked for at the beginning
        test::writeStudy(at("a"), test::sampleNote(StudyStage::Stopped));
        QTest::qWait(1500);
        QVERIFY(folders.states().empty());
    }

    void thoseBeingWorkedAtComeFirst() {
        for (const char* name : {"a", "b", "c"}) test::writeStudy(at(name), test::sampleNote(StudyStage::Running));
        StudyFolders folders(folder_->path());
        {
            const RunLock lock(at("b").toStdString());
            folders.refresh();
            QTRY_COMPARE_WITH_TIMEOUT(namesOf(folders), QStringList({"b", "a", "c"}), test::kPatience);
            QVERIFY(folders.find(at("b"))->isRunning && !folders.find(at("a"))->isRunning);
            QCOMPARE(stageOf(*folders.find(at("b"))), StudyStage::Running);
            QCOMPARE(stageOf(*folders.find(at("a"))), StudyStage::Stopped);  // its process is gone
        }
        folders.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(folders), QStringList({"a", "b", "c"}), test::kPatience);
    }

    void damagedFilesLeaveTheRestReadable() {
        test::writeStudy(at("broken"), {});
        for (const char* name : {"study.json", "request.json", "progress.json"})
            test::writeText(at("broken/") + name, "{\"study\": ");
        test::writeStudy(at("odd"), {});
        test::writeText(at("odd/study.json"), "{\"study\": 5, \"kimg\": \"long\", \"num\": null}");
        test::writeText(at("odd/request.json"), "{\"arguments\": [1, \"freezing\", {}]}");
        test::writeText(at("odd/progress.json"),
                        "{\"stage\": \"dancing\", \"share\": 7, \"done\": \"x\", \"job\": []}");
        test::writeText(at("odd/report.json"), "no report");
        StudyFolders folders(folder_->path());
        folders.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(folders), QStringList({"broken", "odd"}), test::kPatience);
        const auto& broken = *folders.find(at("broken"));
        QVERIFY(broken.study.empty() && broken.arguments.empty() && broken.progress == StudyProgressNote());
        const auto& odd = *folders.find(at("odd"));
        QVERIFY(odd.study.empty() && odd.kimg == 0 && odd.images == 0);
        QCOMPARE(odd.arguments, std::vector<std::string>{"freezing"});
        QCOMPARE(odd.progress.stage, StudyStage::None);
        QCOMPARE(odd.progress.share, 1.0);
        QVERIFY(odd.progress.done == 0 && odd.progress.job.empty() && odd.hasReport);
    }

    void aStudyElsewhereJoins() {
        const QTemporaryDir elsewhere;
        test::writeStudy(at("a"), test::sampleNote(StudyStage::Stopped));
        test::writeStudy(elsewhere.filePath("z"), test::sampleNote(StudyStage::Stopped));
        StudyFolders folders(folder_->path());
        folders.add(elsewhere.filePath("z"));
        QTRY_COMPARE_WITH_TIMEOUT(namesOf(folders), QStringList({"a", "z"}), test::kPatience);
        QSignalSpy changed(&folders, &StudyFolders::changed);
        folders.add(elsewhere.filePath("z"));  // neither twice
        QTest::qWait(300);
        folders.add(at("a"));  // nor one that is listed already
        QTest::qWait(300);
        QCOMPARE(namesOf(folders), QStringList({"a", "z"}));
        QVERIFY(changed.isEmpty());
    }

    void aNewStudyGetsAFolderOfItsOwn() {
        const StudyFolders folders(folder_->path());
        QCOMPARE(folders.freeFolder("freezing-quick"), at("freezing-quick"));
        QDir(folder_->path()).mkpath("freezing-quick");
        QCOMPARE(folders.freeFolder("freezing-quick"), at("freezing-quick-2"));
        test::writeText(at("freezing-quick-2"), "a file is in the way too");
        QCOMPARE(folders.freeFolder("freezing-quick"), at("freezing-quick-3"));
    }
};

THAW_TEST(StudyFoldersTest);
#include "study_folders_test.moc"
