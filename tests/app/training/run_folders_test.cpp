// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/run_folders.h"
#include "app/shared/known_runs.h"
#include "core/formats/running_mark.h"
#include "tests/registry.h"

#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

#include <memory>

using namespace thaw;

class RunFoldersTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> folder_;
    QWidget page_;

    QString at(const QString& name) const { return folder_->filePath(name); }

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        for (const char* name : {"0000-a", "0001-b"}) {
            QVERIFY(QDir(folder_->path()).mkpath(name));
            QFile file(at(QString(name) + "/config.json"));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(R"({"objective": "gan"})");
        }
    }

    void aRunGetsAnotherNameAndKeepsItsFiles() {
        KnownRuns known(folder_->path());
        RunFolders folders(known, &page_);
        QSignalSpy moved(&folders, &RunFolders::moved);
        QCOMPARE(folders.rename(at("0000-a"), " 0000-teacher "), QString());
        QVERIFY(!QDir(at("0000-a")).exists() && QFile::exists(at("0000-teacher/config.json")));
        QCOMPARE(moved.size(), 1);
        QCOMPARE(moved.front()[0].toString(), at("0000-a"));
        QCOMPARE(moved.front()[1].toString(), at("0000-teacher"));
    }

    void aNameThatCannotBeIsRefusedInASentence_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("why");
        QTest::newRow("none") << "  "
                              << "A run needs a name.";
        QTest::newRow("taken") << "0001-b"
                               << "There is a '0001-b' already. Choose another name.";
        QTest::newRow("a path") << "../x"
                                << "'../x' would be hidden: begin with another sign.";
        QTest::newRow("a folder") << "x/y"
                                  << "'x/y' cannot be the name of a folder: leave out / and \\.";
        QTest::newRow("hidden") << ".x"
                                << "'.x' would be hidden: begin with another sign.";
    }
    void aNameThatCannotBeIsRefusedInASentence() {
        QFETCH(QString, name);
        QFETCH(QString, why);
        KnownRuns known(folder_->path());
        RunFolders folders(known, &page_);
        QSignalSpy moved(&folders, &RunFolders::moved);
        QCOMPARE(folders.rename(at("0000-a"), name), why);
        QVERIFY(moved.isEmpty() && QFile::exists(at("0000-a/config.json")));
    }

    void theOpenRunAndOneThatIsWrittenAreLeftAlone() {
        KnownRuns known(folder_->path());
        known.setCurrent(at("0000-a"));
        const RunLock writer(at("0001-b").toStdString());
        RunFolders folders(known, &page_);
        QVERIFY(folders.rename(at("0000-a"), "x").startsWith("0000-a is the open run."));
        QVERIFY(folders.trash(at("0000-a")).startsWith("0000-a is the open run."));
        QVERIFY(folders.rename(at("0001-b"), "x").startsWith("Another process is writing 0001-b."));
        QVERIFY(folders.trash(at("0001-b")).startsWith("Another process is writing 0001-b."));
        QVERIFY(QFile::exists(at("0000-a/config.json")) && QFile::exists(at("0001-b/config.json")));
    }

    void theTrashTakesARunOrTheRunStays() {
        const QByteArray home = qgetenv("XDG_DATA_HOME");
        qputenv("XDG_DATA_HOME", at("data").toUtf8());  // not the user's own
        const auto restore = qScopeGuard([&] {
            if (home.isEmpty()) qunsetenv("XDG_DATA_HOME");
            else qputenv("XDG_DATA_HOME", home);
        });
        KnownRuns known(folder_->path());
        RunFolders folders(known, &page_);
        QSignalSpy moved(&folders, &RunFolders::moved);
        const QString why = folders.trash(at("0000-a"));
        // A system without a trash keeps everything where it is.
        QCOMPARE(QDir(at("0000-a")).exists(), !why.isEmpty());
        QCOMPARE(moved.size(), why.isEmpty() ? 1 : 0);
    }

    void theTableIsExportedAsCsv() {
        KnownRuns known(folder_->path());
        known.refresh();
        QTRY_VERIFY(known.wasRead());
        RunFolders folders(known, &page_);
        QCOMPARE(folders.exportTable(at("runs.csv")), QString());
        QFile file(at("runs.csv"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto lines = file.readAll().split('\n');
        QCOMPARE(lines.size(), 4);
        QVERIFY(lines[1].startsWith("\"0001-b\",\"gan\","));
        QVERIFY(lines[2].startsWith("\"0000-a\",\"gan\","));
        QVERIFY(!folders.exportTable(at("no/such/folder.csv")).isEmpty());
    }
};

THAW_TEST(RunFoldersTest);
#include "run_folders_test.moc"
