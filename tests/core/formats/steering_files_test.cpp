// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/steering_files.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <sys/stat.h>
#include <unistd.h>
#include <cmath>
#include <memory>
#include <set>

using namespace thaw;

class SteeringFilesTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> folder_;

    std::string run() const { return folder_->path().toStdString(); }
    QString control(const QString& name = {}) const { return folder_->filePath("control/" + name); }
    // As the asking side leaves it: nobody else may write it.
    void put(const QString& name, const QByteArray& text = R"({"request": "pause"})", mode_t mode = 0600) const {
        writeBytes(control(name), text);
        QCOMPARE(::chmod(qPrintable(control(name)), mode), 0);
    }
    QStringList left() const {
        return QDir(control()).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }
    static mode_t modeOf(const QString& path) {
        struct stat there {};
        return ::lstat(qPrintable(path), &there) == 0 ? there.st_mode & 07777 : 0;
    }
    // The one request that is taken, by its fault.
    QString faultOfTaken() const {
        const auto taken = takeRequests(run());
        if (taken.size() != 1) return QString("%1 requests").arg(taken.size());
        return taken.front().request ? QString() : QString::fromStdString(taken.front().fault);
    }

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        openControl(run());
    }

    // By number, not by letters: 9 is before 10.
    void requestsAreTakenInOrderAndOnce() {
        put("10-b.json", R"({"request": "resume"})");
        put("9-z.json", R"({"request": "pause"})");
        put("10-a.json", R"({"request": "stop", "id": "a"})");
        const auto taken = takeRequests(run());
        QCOMPARE(taken.size(), std::size_t(3));
        QCOMPARE(taken[0].id + taken[1].id + taken[2].id, std::string("zab"));
        QVERIFY(taken[0].request->verb == SteeringVerb::Pause && taken[1].request->verb == SteeringVerb::Stop &&
                taken[2].request->verb == SteeringVerb::Resume);
        QCOMPARE(taken[0].request->id, std::string("z"));
        QVERIFY(takeRequests(run()).empty());
        QVERIFY(left().isEmpty());
    }

    void whatIsNotRenamedYetIsNotSeen() {
        const QStringList names{".5-a.json.77.part", "5-a.json.part", "5-a",        "a-5.json", "5-.json",
                                "-a.json",           "5-a b.json",    "5-a.b.json", "x"};
        for (const QString& name : names) put(name);
        put("5-" + QString(65, 'a') + ".json");
        put(QString(19, '9') + "-a.json");
        QVERIFY(takeRequests(run()).empty());
        QCOMPARE(left().size(), names.size() + 2);
    }

    void aLinkIsNotFollowed() {
        writeBytes(folder_->filePath("elsewhere.json"), R"({"request": "stop"})");
        QVERIFY(QFile::link(folder_->filePath("elsewhere.json"), control("1-a.json")));
        const QString fault = faultOfTaken();
        QVERIFY2(fault.contains("no regular file"), qPrintable(fault));
        QVERIFY(left().isEmpty());
        QVERIFY(QFile::exists(folder_->filePath("elsewhere.json")));
    }

    void aPipeDoesNotHoldTheRun() {
        QCOMPARE(::mkfifo(qPrintable(control("1-a.json")), 0600), 0);
        QVERIFY(faultOfTaken().contains("no regular file"));
        QVERIFY(left().isEmpty());
    }

    void whatOthersMayWriteIsRefused() {
        for (const mode_t mode : {mode_t(0620), mode_t(0602), mode_t(0666)}) {
            put("1-a.json", R"({"request": "stop"})", mode);
            QVERIFY(faultOfTaken().contains("others may write it"));
        }
        put("1-a.json", R"({"request": "stop"})", 0644);
        QCOMPARE(faultOfTaken(), QString());
        // The same of the folder: nothing in it is taken.
        put("1-a.json");
        QCOMPARE(::chmod(qPrintable(control()), 0770), 0);
        QVERIFY(takeRequests(run()).empty());
        QCOMPARE(left(), QStringList{"1-a.json"});
    }

    void aLargeRequestIsRefused() {
        const QByteArray head = "{\"request\": \"pause\", \"host\": \"";
        const auto sized = [&](std::size_t size) {
            return head + QByteArray(qsizetype(size) - head.size() - 2, 'x') + "\"}";
        };
        put("1-a.json", sized(kLargestRequest));
        QCOMPARE(faultOfTaken(), QString());
        put("1-a.json", sized(kLargestRequest + 1));
        QVERIFY(faultOfTaken().contains("65537 bytes"));
        QVERIFY(left().isEmpty());
    }

    void whatSaysAnotherIdOrNoRequestIsRefusedByName() {
        put("1-a.json", R"({"request": "pause", "id": "b"})");
        QVERIFY(faultOfTaken().contains("its id is another"));
        put("2-c.json", "{");
        const auto taken = takeRequests(run());
        QCOMPARE(taken.at(0).id, std::string("c"));
        QVERIFY(!taken.at(0).request && !taken.at(0).fault.empty());
    }

    void theFolderIsOfTheUserAloneAndEmptyAtFirst() {
        QCOMPARE(modeOf(control()), mode_t(0700));
        put("1-old.json");
        put(".2-old.json.1.part");
        QCOMPARE(::chmod(qPrintable(control()), 0777), 0);
        openControl(run());
        QCOMPARE(modeOf(control()), mode_t(0700));
        QVERIFY(left().isEmpty());
        put("1-last.json");
        closeControl(run());
        QVERIFY(!QFile::exists(control()));
        QVERIFY(takeRequests(run()).empty());
    }

    void aLinkInTheFoldersPlaceIsRefused() {
        closeControl(run());
        QVERIFY(QDir(folder_->path()).mkdir("elsewhere"));
        writeBytes(folder_->filePath("elsewhere/1-a.json"), R"({"request": "stop"})");
        QVERIFY(QFile::link(folder_->filePath("elsewhere"), folder_->filePath("control")));
        QVERIFY(faultOf([&] { openControl(run()); }).startsWith("WrongKind: "));
        QVERIFY(takeRequests(run()).empty());
        closeControl(run());
        QVERIFY(QFile::exists(folder_->filePath("elsewhere/1-a.json")));
    }

    void whatIsAskedArrivesAndCanBeTakenBack() {
        SteeringRequest request;
        request.verb = SteeringVerb::Freeze;
        request.plan = parseFreezePlan("enc");
        putRequest(run(), request);
        QCOMPARE(left().size(), 1);
        QCOMPARE(modeOf(control(left().front())), mode_t(0600));
        QVERIFY(isWaiting(run(), request.id) && !isWaiting(run(), "another"));
        const auto taken = takeRequests(run());
        QCOMPARE(taken.at(0).id, request.id);
        QVERIFY(taken.at(0).request->plan == request.plan);
        QCOMPARE(taken.at(0).request->host, machineName());
        QVERIFY(!isWaiting(run(), request.id) && !withdrawRequest(run(), request.id));

        SteeringRequest other;
        putRequest(run(), other);
        QVERIFY(other.id != request.id);
        QVERIFY(!withdrawRequest(run(), request.id) && isWaiting(run(), other.id));
        QVERIFY(withdrawRequest(run(), other.id));
        QVERIFY(!isWaiting(run(), other.id));
        QVERIFY(takeRequests(run()).empty());

        closeControl(run());
        SteeringRequest late;
        QVERIFY(faultOf([&] { putRequest(run(), late); }).startsWith("FileMissing: Nothing can be asked"));
    }

    // They may come from another machine; an id is a part of a file's name.
    void whatNoRunWouldTakeIsNotPut() {
        for (const char* id : {"../a", "a/b", "a b", "a.json", "\xc3\xa4"}) {
            SteeringRequest request;
            request.id = id;
            QVERIFY2(faultOf([&] { putRequest(run(), request); }).contains("cannot be the id of a request"), id);
        }
        SteeringRequest rate;
        rate.verb = SteeringVerb::Rate;
        QVERIFY(faultOf([&] { putRequest(run(), rate); }).startsWith("Configuration: The request is impossible"));
        rate.g = std::nan("");
        QVERIFY(faultOf([&] { putRequest(run(), rate); }).startsWith("Configuration: The request is impossible"));
        QVERIFY(left().isEmpty());
    }

    void idsDiffer() {
        std::set<std::string> ids;
        for (int i = 0; i < 100; ++i) ids.insert(newRequestId());
        QCOMPARE(ids.size(), std::size_t(100));
    }

    void aStatusIsReadAsItWasWrittenAndReplacedWhole() {
        RunStatus status;
        status.state = RunState::Finished;
        status.outcome = RunOutcome::Stopped;
        status.step = 160;
        status.kimg = 1.28;
        status.targetKimg = 100;
        status.distance = 12.5;
        status.gLoss = 0.7;
        status.dLoss = 1.4;
        status.distillLoss = 0.01;
        status.loss = 0.2;
        status.imagesPerSecond = 812;
        status.message = "The disk is \"full\".";
        status.host = "machine";
        status.pid = 4711;
        status.since = "2024-05-17T09:30:00Z";
        status.written = "2024-05-17T09:31:00Z";
        status.answered = {{"a", true, "Paused."}, {"b", false, "No."}};
        QVERIFY(!readStatus(run()));
        QVERIFY(writeStatus(run(), RunStatus{}));
        QVERIFY(readStatus(run())->state == RunState::Starting && !readStatus(run())->distance);
        QVERIFY(writeStatus(run(), status));
        const auto read = readStatus(run()).value();
        QVERIFY(read.state == status.state && read.outcome == status.outcome && read.step == status.step);
        QVERIFY(read.kimg == status.kimg && read.targetKimg == status.targetKimg);
        QVERIFY(read.distance == status.distance && read.imagesPerSecond == status.imagesPerSecond);
        QVERIFY(read.loss == status.loss && read.gLoss == status.gLoss && read.dLoss == status.dLoss);
        QVERIFY(read.distillLoss == status.distillLoss && read.message == status.message);
        QVERIFY(read.host == status.host && read.pid == status.pid && read.answered == status.answered);
        QVERIFY(read.since == status.since && read.written == status.written);
        QCOMPARE(QDir(folder_->path()).entryList(QDir::Files | QDir::Hidden), QStringList{"status.json"});
        for (const char* damaged : {"", "{", "[]", R"({"state": 3})", R"({"state": "asleep"})"}) {
            writeBytes(folder_->filePath("status.json"), damaged);
            QVERIFY2(!readStatus(run()), damaged);
        }
        QVERIFY(!writeStatus(run() + "/nowhere", status));
    }

    // Only the word of the process that holds the folder now is fresh.
    void aStaleStatusIsNotTakenForFresh() {
        RunStatus status;
        status.state = RunState::Running;
        status.host = machineName();
        status.pid = long(::getpid());
        QVERIFY(writeStatus(run(), status));
        QVERIFY(!lastWordOf(run()).isFresh && !lastWordOf(run()).process);  // nobody holds the folder
        RunLock lock(run());
        lock.markBegun();
        QVERIFY(lastWordOf(run()).isFresh);
        QCOMPARE(lastWordOf(run()).process->number, status.pid);
        QCOMPARE(lastWordOf(run()).process->host, machineName());

        status.pid += 1;  // of the process before
        QVERIFY(writeStatus(run(), status));
        QVERIFY(!lastWordOf(run()).isFresh && lastWordOf(run()).status && lastWordOf(run()).process);
        status.pid -= 1;
        status.host += "x";
        QVERIFY(writeStatus(run(), status));
        QVERIFY(!lastWordOf(run()).isFresh);
        status.host = machineName();
        status.outcome = RunOutcome::Finished;
        QVERIFY(writeStatus(run(), status));
        QVERIFY(!lastWordOf(run()).isFresh);
        status.outcome.reset();
        QVERIFY(writeStatus(run(), status));
        QVERIFY(lastWordOf(run()).isFresh);
        lock.end();
        QVERIFY(!lastWordOf(run()).isFresh && lastWordOf(run()).status);
    }
};

THAW_TEST(SteeringFilesTest);
#include "steering_files_test.moc"
