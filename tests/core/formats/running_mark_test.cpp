// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/running_mark.h"
#include "core/values/error.h"
#include "tests/registry.h"

#include <QTemporaryDir>
#include <QtTest/QTest>

#include <sys/wait.h>
#include <unistd.h>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

using namespace thaw;
namespace fs = std::filesystem;

class RunningMarkTest : public QObject {
    Q_OBJECT
    std::optional<QTemporaryDir> folder_;
    std::string run() const { return folder_->path().toStdString(); }
    fs::path file() const { return fs::path(run()) / "running"; }

    void write(const std::string& text) const { std::ofstream(file()) << text; }
    std::string content() const {
        std::ostringstream text;
        text << std::ifstream(file()).rdbuf();
        return text.str();
    }
    static std::string machine() {
        char name[256] = {};
        gethostname(name, sizeof name - 1);
        return name;
    }
    // Of a process that is gone: its number is not given again so soon.
    static std::string goneNumber() {
        const pid_t child = fork();
        if (child == 0) _exit(0);
        waitpid(child, nullptr, 0);
        return std::to_string(child);
    }
    // What a second process is told; empty where it gets the folder.
    std::string refusal() const {
        try {
            const RunLock lock(run());
            return {};
        } catch (const Error& error) {
            return error.code() == ErrorCode::Configuration ? error.message() + " " + error.hint() : "another error";
        }
    }

private Q_SLOTS:
    void init() {
        folder_.emplace();
        std::ofstream(fs::path(run()) / "state.safetensors") << "state";
    }

    void aFolderBelongsToOneAtATime() {
        RunLock lock(run());
        QVERIFY(lock.note().empty());
        lock.markBegun();
        const auto told = refusal();
        QVERIFY2(told.find("'" + run() + "' is being written by the process " + std::to_string(getpid())) == 0,
                 told.c_str());
        QVERIFY_THROWS_EXCEPTION(Error, requireIdleRun(run()));
        QVERIFY(isRunning(run()));
        QVERIFY(!wasInterrupted(run()));
        lock.end();
        QVERIFY(!fs::exists(file()));
        QVERIFY(!isRunning(run()));
        QVERIFY(!wasInterrupted(run()));
        QCOMPARE(refusal(), std::string());
    }

    // The lock ends with its process, whatever happens to it; the file stays and says whose it was.
    void aKilledProcessLeavesAnInterruptedRun() {
        const pid_t child = fork();
        if (child == 0) {
            RunLock lock(run());
            lock.markBegun();
            _exit(9);  // without any destructor, as a kill
        }
        waitpid(child, nullptr, 0);
        QVERIFY(wasInterrupted(run()));
        QVERIFY(!isRunning(run()));
        requireIdleRun(run());
        const RunLock lock(run());
        QVERIFY2(lock.note().find("the process " + std::to_string(child) + ", which is gone") != std::string::npos,
                 lock.note().c_str());
    }

    void aRunThatCouldNotBeginLeavesTheFileAsItWas() {
        { const RunLock lock(run()); }
        QVERIFY(!fs::exists(file()));
        const auto before = goneNumber() + " " + machine() + " locked\n";
        write(before);
        { const RunLock lock(run()); }
        QCOMPARE(content(), before);
        QVERIFY(wasInterrupted(run()));
    }

    void aBegunRunThatIsLeftCountsAsInterrupted() {
        {
            RunLock lock(run());
            lock.markBegun();
        }
        QVERIFY(wasInterrupted(run()));
        QCOMPARE(refusal(), std::string());
    }

    void aSuspendedRunIsFreeAndInterrupted() {
        RunLock lock(run());
        lock.markBegun();
        lock.suspend();
        QVERIFY(wasInterrupted(run()));
        QVERIFY(!isRunning(run()));
        QCOMPARE(refusal(), std::string());
        fs::remove(fs::path(run()) / "state.safetensors");
        QVERIFY(!wasInterrupted(run()));  // nothing to go on from
    }

    void marksWithoutALockGoByTheirProcess() {
        write(goneNumber() + " " + machine() + "\n");
        QVERIFY(wasInterrupted(run()));
        QCOMPARE(refusal(), std::string());
        write("1 another-machine\n");
        QVERIFY(!wasInterrupted(run()));
        QVERIFY(isRunning(run()));
        const auto told = refusal();
        QVERIFY2(told.find("the process 1 on the machine 'another-machine'") != std::string::npos &&
                     told.find("delete the file '" + file().string() + "'") != std::string::npos,
                 told.c_str());
        // Its number is that of another program by now: process 1 is no Thaw.
        write("1 " + machine() + "\n");
        QCOMPARE(refusal(), std::string());
    }

    void aLockOfAnotherMachineThatIsGoneIsVoid() {
        write("1 another-machine locked\n");
        QVERIFY(wasInterrupted(run()));
        const RunLock lock(run());
        QVERIFY2(lock.note().find("on the machine 'another-machine'") != std::string::npos, lock.note().c_str());
    }

    void aPreTrainingIsNoRunToContinueInTheWindow() {
        write(goneNumber() + " " + machine() + " locked\n");
        std::ofstream(fs::path(run()) / "data.json") << "{}";
        QVERIFY(!wasInterrupted(run()));
    }

    void damagedMarksStopNobody_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "\n", "word", "-5 host", "0", "99999999999999999999 host"})
            QTest::newRow(text) << QString(text);
    }
    void damagedMarksStopNobody() {
        QFETCH(const QString, text);
        write(text.toStdString());
        QCOMPARE(refusal(), std::string());
        QVERIFY(!wasInterrupted(run()));
    }

    void aFolderThatIsNotThereIsIdle() {
        requireIdleRun(run() + "/none");
        const RunLock lock(run() + "/none");
        QVERIFY(!fs::exists(run() + "/none"));
    }
};

THAW_TEST(RunningMarkTest);
#include "running_mark_test.moc"
