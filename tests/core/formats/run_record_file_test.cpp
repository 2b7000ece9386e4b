// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/run_record_file.h"

#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace thaw;

class RunRecordFileTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    std::string folder() const { return folder_.path().toStdString(); }
    void write(const std::string& name, const std::string& text) const {
        writeBytes(folder_.filePath(QString::fromStdString(name)), QByteArray::fromStdString(text));
    }
    static RunRecord record() {
        RunRecord r;
        r.model = "/m.pkl";
        r.modelFile = "/m.pkl";
        r.modelSha256 = "aa";
        r.data = "/d.npy";
        r.options.maxImages = 7;
        r.options.seed = 5;
        r.dataSha256 = "bb";
        r.dataHash = DataHashKind::File;
        r.labelsSha256 = "cc";
        r.environment = {"cpu", "Some CPU", "bf16", 2, "avx512", "AVX512", "0.7", "1.13.0"};
        r.environment.processes = 3;
        return r;
    }

private Q_SLOTS:
    void cleanup() {
        QFile::remove(folder_.filePath("config.json"));
        QFile::remove(folder_.filePath("data.json"));
    }

    void aRecordIsReadAsItWasWrittenAndTheSettingsStay() {
        write("config.json", withRecord(R"({"batch": 8})", record()));
        QVERIFY(readBytes(folder_.filePath("config.json")).contains("\"batch\": 8"));
        const auto read = readRunRecord(folder());
        QVERIFY(inputDifferences(record(), read).empty());
        QCOMPARE(read.model, record().model);
        QCOMPARE(read.modelFile, record().modelFile);
        QCOMPARE(read.modelSha256, record().modelSha256);
        QCOMPARE(read.dataSha256, record().dataSha256);
        QCOMPARE(read.labelsSha256, record().labelsSha256);
        QCOMPARE(read.dataHash, DataHashKind::File);
        QVERIFY(read.environment == record().environment);
        QVERIFY(read.options == record().options);
    }

    void theNewestContinuationIsWhatTheRunIsMadeWith() {
        write("config.json", withRecord("{}", record()));
        auto next = record();
        next.modelSha256 = "dd";
        next.options = {};
        next.environment.threads = 1;
        write("config.json", *withContinuation(folder(), next, {12, 0.096, "threads (2, now 1)"}));
        const auto read = readRunRecord(folder());
        QCOMPARE(read.modelSha256, std::string("dd"));
        QCOMPARE(read.environment.threads, 1);
        QCOMPARE(read.options.maxImages, std::int64_t(0));
        const auto all = continuationsOf(folder());
        QCOMPARE(all.size(), std::size_t(1));
        QCOMPARE(all[0].step, std::int64_t(12));
        QCOMPARE(all[0].kimg, 0.096);
        QCOMPARE(all[0].differences, std::string("threads (2, now 1)"));
        // And of several the last.
        next.modelSha256 = "ee";
        next.environment.threads = 3;
        write("config.json", *withContinuation(folder(), next, {20, 0.16, "threads (1, now 3)"}));
        QCOMPARE(readRunRecord(folder()).modelSha256, std::string("ee"));
        QCOMPARE(readRunRecord(folder()).environment.threads, 3);
        QCOMPARE(continuationsOf(folder()).size(), std::size_t(2));
        // Where it began is kept.
        QVERIFY(readBytes(folder_.filePath("config.json")).contains("\"model_sha256\": \"aa\""));
    }

    // As version 0.6 wrote it.
    void anOlderFolderTellsWhatItsTitleSays() {
        write("config.json", R"({"precision": "fp32", "model": "builtin", "data": "builtin", "data_sha256": "bb",
            "compute": "CPU, 3 threads, bf16", "versions": {"thaw": "0.6.0", "libtorch": "1.13.0"}})");
        const auto read = readRunRecord(folder());
        QCOMPARE(read.environment.device, std::string("cpu"));
        QCOMPARE(read.environment.threads, 3);
        QCOMPARE(read.environment.precision, std::string("bf16"));
        QCOMPARE(read.environment.thaw, std::string("0.6.0"));
        QCOMPARE(read.dataHash, DataHashKind::Images);
        QCOMPARE(unrecorded(read), (std::vector<std::string>{"model", "instruction set"}));
        write("config.json", R"({"model": "builtin", "data": "builtin", "compute": "CUDA 0, fp32"})");
        QCOMPARE(readRunRecord(folder()).environment.device, std::string("cuda:0"));
        QCOMPARE(readRunRecord(folder()).environment.precision, std::string("fp32"));
    }

    void preTrainingKeepsItInAFileOfItsOwn() {
        write("config.json", R"({"batch": 8})");
        write("data.json", R"({"data": "/d", "data_subset": {"images": 9, "seed": 1}})");
        const auto read = readRunRecord(folder());
        QCOMPARE(read.data, std::string("/d"));
        QVERIFY(read.model.empty());
        QCOMPARE(read.options.maxImages, std::int64_t(9));
    }

    void whatIsNoRecordIsRefused() {
        QVERIFY(faultOf([&] { readRunRecord(folder()); }).startsWith("FileMissing"));
        QVERIFY(!runRecordIfAny(folder()));
        write("config.json", "[1]");
        QVERIFY(faultOf([&] { readRunRecord(folder()); }).startsWith("FileDamaged"));
        write("config.json", R"({"data": "/d"})");
        QVERIFY(faultOf([&] { readRunRecord(folder()); }).contains("model and data"));
        write("config.json", R"({"model": "m", "data": "/d", "data_subset": 3})");
        QVERIFY(faultOf([&] { readRunRecord(folder()); }).startsWith("FileDamaged"));
        write("config.json", R"({"model": "m", "data": "/d", "environment": {}})");
        QVERIFY(faultOf([&] { readRunRecord(folder()); }).startsWith("FileDamaged"));
    }
};

THAW_TEST(RunRecordFileTest);
#include "run_record_file_test.moc"
