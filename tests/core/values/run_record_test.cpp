// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/run_record.h"

#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

namespace {

RunRecord wholeRecord() {
    RunRecord record;
    record.model = "/m/net.pkl";
    record.modelSha256 = "aa";
    record.data = "/d";
    record.dataSha256 = "bb";
    record.dataHash = DataHashKind::Files;
    record.environment = {"cpu", "Some CPU", "bf16", 2, "avx512", "AVX512", "0.7", "1.13.0"};
    return record;
}

QStringList names(const std::vector<RunDifference>& differences) {
    QStringList all;
    for (const auto& d : differences) all << QString::fromStdString(d.what);
    return all;
}

}  // namespace

class RunRecordTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalRecordsDoNotDiffer() {
        const auto record = wholeRecord();
        QVERIFY(inputDifferences(record, record).empty());
        QVERIFY(environmentDifferences(record.environment, record.environment).empty());
        QVERIFY(unrecorded(record).empty());
    }

    void eachInputThatDiffersIsNamedWithBothChecksums() {
        const auto then = wholeRecord();
        auto now = then;
        now.modelSha256 = "cc";
        now.model = "/elsewhere.pkl";
        auto differences = inputDifferences(then, now);
        QCOMPARE(names(differences), QStringList{"model"});
        QCOMPARE(differences[0].then, std::string("'/m/net.pkl', SHA-256 aa"));
        QCOMPARE(differences[0].now, std::string("'/elsewhere.pkl', SHA-256 cc"));
        now = then;
        now.dataSha256 = "dd";
        QCOMPARE(names(inputDifferences(then, now)), QStringList{"data"});
        now = then;
        now.options.maxImages = 10;
        now.options.seed = 3;
        differences = inputDifferences(then, now);
        QCOMPARE(names(differences), QStringList{"subset of the data"});
        QCOMPARE(differences[0].then, std::string("all images"));
        QCOMPARE(differences[0].now, std::string("10 images of seed 3"));
        now = then;
        now.labelsSha256 = "ee";
        QCOMPARE(names(inputDifferences(then, now)), QStringList{"labels"});
    }

    void aFileThatWasMovedIsNoDifference() {
        const auto then = wholeRecord();
        auto now = then;
        now.model = "/moved.pkl";
        now.data = "/moved";
        QVERIFY(inputDifferences(then, now).empty());
    }

    void everyFieldOfTheEnvironmentEndsBitForBit() {
        const auto then = wholeRecord().environment;
        const RunEnvironment now{"cuda:0", "Other CPU", "fp32", 1, "avx2", "AVX2", "0.8", "2.1.0"};
        QCOMPARE(names(environmentDifferences(then, now)),
                 QStringList({"device", "processor", "precision", "fused kernels", "instruction set", "LibTorch",
                              "Thaw", "threads"}));
        auto one = then;
        one.threads = 1;
        QCOMPARE(listed(environmentDifferences(then, one)), std::string("threads (2, now 1)"));
        auto shared = then;
        shared.processes = 4;
        QCOMPARE(listed(environmentDifferences(then, shared)), std::string("processes (1, now 4)"));
        QVERIFY(wordsOf(shared).back() == std::pair(std::string("processes"), std::string("4")));
        QCOMPARE(wordsOf(then).back().first, std::string("Thaw"));
        one.kernels = "avx2";
        QCOMPARE(listed(environmentDifferences(then, one)),
                 std::string("fused kernels (avx512, now avx2) and threads (2, now 1)"));
    }

    void whatIsNotRecordedIsSaidAndIsNoDifference() {
        RunRecord old;
        old.model = "/m/net.pkl";
        old.data = "/d";
        QVERIFY(inputDifferences(old, wholeRecord()).empty());
        QVERIFY(environmentDifferences(old.environment, wholeRecord().environment).empty());
        QCOMPARE(unrecorded(old),
                 (std::vector<std::string>{"model", "data", "precision", "threads", "instruction set"}));
    }

    void theTitleIsThatOfTheDevice() {
        QCOMPARE(titleOf(wholeRecord().environment), std::string("CPU, 2 threads, bf16"));
        const RunEnvironment one{"cpu", "", "fp32", 1, "", "", "", ""};
        QCOMPARE(titleOf(one), std::string("CPU, 1 thread, fp32"));
        auto shared = one;
        shared.processes = 4;
        QCOMPARE(titleOf(shared), std::string("CPU, 1 thread, 4 processes, fp32"));
        const RunEnvironment gpu{"cuda:1", "", "bf16", 8, "", "", "", ""};
        QCOMPARE(titleOf(gpu), std::string("CUDA 1, bf16"));
    }
};

THAW_TEST(RunRecordTest);
#include "run_record_test.moc"
