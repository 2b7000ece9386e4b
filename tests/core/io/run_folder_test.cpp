// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/run_folder.h"

#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace thaw;

class RunFolderTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }
    std::string made(const QString& name) const {
        QDir().mkpath(at(name));
        return at(name).toStdString();
    }
    static QStringList files(const std::string& folder) {
        return QDir(QString::fromStdString(folder)).entryList(QDir::Files, QDir::Name);
    }

private Q_SLOTS:
    void runsAreNumberedOnFromTheHighest() {
        const auto parent = at("runs").toStdString();
        QCOMPARE(createNumberedRun(parent, "gan"), parent + "/0000-gan");
        QCOMPARE(createNumberedRun(parent, "cd"), parent + "/0001-cd");
        made("runs/notes");
        made("runs/0041-pd");
        made("runs/7-by-hand");
        QCOMPARE(createNumberedRun(parent, "gan"), parent + "/0042-gan");
        QVERIFY(QDir(at("runs/0042-gan")).isEmpty());
    }

    void aFolderIsClaimedOnlyWhileItIsEmpty() {
        const auto name = at("claimed/below").toStdString();
        claimRunFolder(name);
        QVERIFY(QDir(at("claimed/below")).exists());
        claimRunFolder(name);
        appendStats(name, "{}");
        const auto fault = faultOf([&] { claimRunFolder(name); });
        QVERIFY2(fault.startsWith("Configuration") && fault.contains("claimed/below"), qPrintable(fault));
        QVERIFY(faultOf([&] { claimRunFolder(name + "/stats.jsonl"); }).startsWith("Configuration"));
        QCOMPARE(files(name), QStringList{"stats.jsonl"});
    }

    void linesOfTheCurvesAreAppended() {
        const auto run = made("curves");
        appendStats(run, R"({"step":1})");
        appendStats(run, R"({"step":2})");
        QCOMPARE(readBytes(at("curves/stats.jsonl")), QByteArray("{\"step\":1}\n{\"step\":2}\n"));
        QVERIFY(faultOf([&] { appendStats(run + "/nowhere", "{}"); }).startsWith("FileMissing"));
    }

    // A kill or a full disk cut the last line short; the next one would be glued to it.
    void aTornLineIsDroppedBeforeTheNext() {
        const auto run = made("torn");
        for (const QByteArray& before : {QByteArray("{\"step\":1}\n"), QByteArray()}) {
            QFile file(at("torn/stats.jsonl"));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(before + "{\"st");
            file.close();
            appendStats(run, R"({"step":2})");
            QCOMPARE(readBytes(at("torn/stats.jsonl")), before + "{\"step\":2}\n");
        }
    }

    void aWholeLineThatLacksItsEndIsKept() {
        const auto run = made("unended");
        QFile file(at("unended/stats.jsonl"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"step\":1}");
        file.close();
        appendStats(run, R"({"step":2})");
        QCOMPARE(readBytes(at("unended/stats.jsonl")), QByteArray("{\"step\":1}\n{\"step\":2}\n"));
    }

    void namesSortByTheImagesSeen() {
        QCOMPARE(snapshotName(12800), std::string("ema-0000012800.safetensors"));
        QCOMPARE(gridName(0), std::string("fakes-0000000000.png"));
        QVERIFY(snapshotName(9'999'999) < snapshotName(10'000'000));
        QVERIFY(snapshotName(99'999'999) < snapshotName(100'000'000));
    }

    void theNewestSnapshotIsOpenedAndTheOldestAreDeleted() {
        const auto run = made("snapshots");
        QVERIFY(faultOf([&] { newestSnapshot(run); }).startsWith("WrongKind"));
        // Written in another order than that of their names.
        for (const std::int64_t images : {10'000'000, 8, 9'999'999, 16})
            writeBytes(at("snapshots/" + QString::fromStdString(snapshotName(images))), "x");
        const QStringList others{"best.safetensors", "ema-notes.txt", "state.safetensors"};
        for (const auto& name : others) writeBytes(at("snapshots/" + name), "x");
        QCOMPARE(newestSnapshot(run), run + "/ema-0010000000.safetensors");
        rotateSnapshots(run, 4);
        QCOMPARE(files(run).size(), 7);
        rotateSnapshots(run, 2);
        QStringList expected{"ema-0009999999.safetensors", "ema-0010000000.safetensors"};
        expected += others;
        expected.sort();
        QCOMPARE(files(run), expected);
        rotateSnapshots(run, 3);
        QCOMPARE(files(run), expected);
    }
};

THAW_TEST(RunFolderTest);
#include "run_folder_test.moc"
