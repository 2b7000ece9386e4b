// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/run_life.h"
#include "core/formats/lock_reach.h"
#include "core/formats/run_files.h"
#include "core/formats/run_stats_file.h"
#include "tests/registry.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <sys/wait.h>
#include <unistd.h>
#include <filesystem>
#include <fstream>
#include <optional>

using namespace thaw;
namespace fs = std::filesystem;

class RunLifeTest : public QObject {
    Q_OBJECT
    using Holder = RunningMark::Holder;
    std::optional<QTemporaryDir> folder_;
    std::string run() const { return folder_->path().toStdString(); }
    void write(const char* name, const std::string& text) const { std::ofstream(fs::path(run()) / name) << text; }

    static void leaveAsKilled(const std::string& folder) {
        const pid_t child = fork();
        if (child == 0) {
            RunLock lock(folder);
            lock.markBegun();
            _exit(9);  // without any destructor, as a kill
        }
        waitpid(child, nullptr, 0);
    }

private Q_SLOTS:
    void init() { folder_.emplace(); }

    void whoWritesTheFolderIsSaid() {
        QVERIFY(runLife(run()) == RunLife());
        const auto before = secondsSince1970();
        RunLock lock(run());
        const auto life = runLife(run());
        QVERIFY(life.holder == Holder::Alive);
        QVERIFY(life.process && life.process->own && life.process->isSure && !life.process->paused);
        QCOMPARE(life.process->number, long(getpid()));
        QVERIFY(life.process->since >= before - 2 && life.process->since <= secondsSince1970() + 2);
        QVERIFY(!life.process->host.empty());
    }

    void whatItSaysCountsWhileItLives() {
        const auto pid = std::to_string(getpid());
        write("status.json",
              R"({"state": "paused", "kimg": 3, "target_kimg": 24.5, "images_per_second": 58.25, "pid": )" + pid +
                  R"(, "since": "2026-07-29T08:15:01Z"})");
        QVERIFY(!runLife(run()).process && !runLife(run()).targetKimg);
        RunLock lock(run());
        auto life = runLife(run());
        QVERIFY(life.process->paused && life.process->state == RunState::Paused);
        QCOMPARE(life.process->imagesPerSecond.value(), 58.25);
        QCOMPARE(life.targetKimg.value(), 24.5);
        QCOMPARE(life.process->since, std::int64_t(1785312901));
        write("status.json", R"({"state": "running", "since": 1785312000.5, "pid": )" + pid + "}");
        life = runLife(run());
        QVERIFY(!life.process->paused && !life.process->imagesPerSecond && !life.targetKimg);
        QVERIFY(life.process->state == RunState::Running);
        write("status.json", R"({"state": "dreaming", "pid": )" + pid + "}");
        QVERIFY(!runLife(run()).process->state);
        write("status.json", R"({"state": "running", "since": 1785312000.5, "pid": )" + pid + "}");
        QCOMPARE(life.process->since, std::int64_t(1785312000));
    }

    void whatAnotherProcessSaidDoesNotCount() {
        write("status.json", R"({"state": "paused", "pid": 2147483646})");
        RunLock lock(run());
        QVERIFY(!runLife(run()).process->paused && !runLife(run()).process->state);
    }

    void damagedWordsSayNothing_data() {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"", "{", "[]", "7", R"({"state": 3, "images_per_second": "x", "since": "soon", "pid": null})"})
            QTest::newRow(text) << QString(text);
    }
    void damagedWordsSayNothing() {
        QFETCH(const QString, text);
        write("status.json", text.toStdString());
        RunLock lock(run());
        const auto life = runLife(run());
        QVERIFY(life.process && !life.process->paused && !life.process->imagesPerSecond && life.process->since > 0);
    }

    void aKilledProcessIsNeverRunning() {
        write("config.json", R"({"objective": "gan", "kimg": 2})");
        write("stats.jsonl", "{\"step\":1,\"kimg\":0.5,\"g_loss\":1}\n");
        leaveAsKilled(run());
        write("status.json", R"({"state": "running"})");
        const auto summary = summariseRun(run());
        QVERIFY(summary.interrupted && !summary.running && !summary.process);
        QCOMPARE(summary.kimg.value(), 0.5);
        // It had said that it was at its end.
        write("stats.jsonl", "{\"step\":1,\"kimg\":0.5,\"g_loss\":1}\n{\"event\":\"finished\",\"step\":1}\n");
        QVERIFY(!summariseRun(run()).interrupted);
        QVERIFY(summariseRun(run()).outcome == RunOutcome::Finished);
    }

    void aSuspendedRunIsInterrupted() {
        RunLock lock(run());
        lock.markBegun();
        lock.suspend();
        QVERIFY(runLife(run()).holder == Holder::Suspended);
        QVERIFY(summariseRun(run()).interrupted);
    }

    // Nothing here can tell whether it lives, but that its files change.
    void aProcessElsewhereWithoutALockIsBelievedWhileItsFilesChange() {
        write("running", "7 another-machine\n");
        const auto life = runLife(run());
        QVERIFY(life.holder == Holder::Unsure);
        QVERIFY(life.process && !life.process->isSure && !life.process->own);
        QCOMPARE(life.process->host, std::string("another-machine"));
        const auto now = life.process->lastWord;
        const auto runs = [&](std::int64_t later, bool seen = false) {
            RunSummary summary;
            addLife(summary, life, now + later, seen);
            return summary.running && !summary.interrupted;
        };
        QVERIFY(runs(0) && runs(kSignOfLifeSeconds) && runs(-kSignOfLifeSeconds));
        QVERIFY(!runs(kSignOfLifeSeconds + 1) && !runs(-kSignOfLifeSeconds - 1));
        QVERIFY(runs(100'000, true));  // clocks that differ
        RunSummary summary;
        addLife(summary, life, now + 100'000);
        QVERIFY(!summary.interrupted && summary.process);
    }

    void locksOfSomeMountsStayOnTheirMachine_data() {
        QTest::addColumn<QString>("mount");
        QTest::addColumn<bool>("stay");
        const auto row = [](const char* type, const char* options, bool stay) {
            QTest::addRow("%s %s", type, options)
                << QStringLiteral("36 35 0:52 / /mnt/a rw,nolock shared:1 - %1 host:/runs %2").arg(type, options)
                << stay;
        };
        row("fuse.sshfs", "rw,user_id=1000", true);
        row("fuse.fuse-overlayfs", "rw", false);
        row("ext4", "rw,errors=continue", false);
        row("nfs4", "rw,vers=4.2,local_lock=none", false);
        row("nfs", "rw,vers=3,local_lock=all", true);
        row("nfs4", "rw,local_lock=flock,addr=1", true);
        row("nfs", "rw,nolock", true);
        row("cifs", "rw,nobrl", true);
        row("cifs", "rw", false);
        QTest::newRow("damaged") << QStringLiteral("36 35 0:52 / /mnt/a rw") << false;
    }
    void locksOfSomeMountsStayOnTheirMachine() {
        QFETCH(const QString, mount);
        QFETCH(const bool, stay);
        QCOMPARE(locksStayHere(mount.toStdString()), stay);
    }

    void theNewestFilesAreThoseOfMostImages() {
        QVERIFY(runFiles(run()) == RunFiles());
        for (const char* name : {"ema-0000012800.safetensors", "ema-0000024000.safetensors", "fakes-0000000000.png",
                                 "ema-0000036000.safetensors.part7", "best.safetensors", "state.safetensors"})
            write(name, "x");
        const auto files = runFiles(run());
        QCOMPARE(files.snapshot, run() + "/ema-0000024000.safetensors");
        QCOMPARE(files.snapshotKimg, 24.0);
        QCOMPARE(files.grid, run() + "/fakes-0000000000.png");
        QCOMPARE(files.gridKimg, 0.0);
        const std::vector<std::string> both{run() + "/ema-0000024000.safetensors",
                                            run() + "/ema-0000012800.safetensors"};
        QCOMPARE(snapshotsOf(run()), both);
        QVERIFY(runFiles(run() + "/none") == RunFiles());
    }
};

THAW_TEST(RunLifeTest);
#include "run_life_test.moc"
