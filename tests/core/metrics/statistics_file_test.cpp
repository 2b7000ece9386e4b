// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/statistics_file.h"

#include "core/io/npy_tensor.h"
#include "core/io/npz.h"
#include "tests/core/faults.h"
#include "tests/registry.h"
#include "tests/zip_bytes.h"

#include <torch/torch.h>

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace thaw;

class StatisticsFileTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

    // mu and sigma of three dimensions, and another entry.
    std::string put(const QByteArray& name, const QByteArray& content) const {
        const auto npy = [](const torch::Tensor& array) {
            return QByteArray::fromStdString(serialiseNpy(toNpy(array)));
        };
        const auto path = folder_.filePath("s.npz");
        writeBytes(path, zip_bytes::zipOf({{"mu.npy", npy(torch::tensor({1.0, 2.0, 3.0}, torch::kDouble))},
                                           {name, content},
                                           {"sigma.npy", npy(torch::eye(3, torch::kDouble))}}));
        return path.toStdString();
    }
    static QByteArray arrayOf(const QByteArray& descr, const QByteArray& data) {
        const auto header = "{'descr': " + descr + ", 'fortran_order': False, 'shape': (), }\n";
        return QByteArray("\x93NUMPY\x01\x00", 8) + char(header.size()) + '\0' + header + data;
    }

private Q_SLOTS:
    void furtherArraysOfAnyKindAreNoFault_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("text") << QByteArray("dataset.npy") << arrayOf("'<U2'", QByteArray("c\0\0\0i\0\0\0", 8));
        QTest::newRow("object") << QByteArray("config.npy") << arrayOf("'|O'", "\x80\x03}.");
        QTest::newRow("records") << QByteArray("table.npy") << arrayOf("[('a', '<f4')]", "abcd");
        QTest::newRow("int32") << QByteArray("num.npy") << arrayOf("'<i4'", QByteArray(4, '\1'));
        QTest::newRow("damaged") << QByteArray("fid.npy") << QByteArray("\x93NUM");
        QTest::newRow("a title called features")
            << QByteArray("features.npy") << arrayOf("'<U2'", QByteArray("v\0\0\0t\0\0\0", 8));
        QTest::newRow("a number called features")
            << QByteArray("features.npy") << arrayOf("'<f4'", QByteArray(4, '\0'));
        QTest::newRow("no array") << QByteArray("readme.txt") << QByteArray("hello");
    }
    void furtherArraysOfAnyKindAreNoFault() {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, content);
        const auto read = readStatistics(put(name, content));
        QVERIFY(read.moments.mean.equal(torch::tensor({1.0, 2.0, 3.0}, torch::kDouble)));
        QVERIFY(read.moments.covariance.equal(torch::eye(3, torch::kDouble)));
        QVERIFY(!read.vectors.defined());
    }

    void theCasesAreRead() {
        for (const char* name : {"i32", "str"}) {
            const auto read = readStatistics(std::string(THAW_GOLDEN "/cases/stats_extra_") + name + ".npz");
            QVERIFY(std::abs(read.moments.mean.sum().item<double>() - 68.62759058102125) < 1e-12);
            QVERIFY(std::abs(read.moments.covariance.sum().item<double>() - 6.093722007026157) < 1e-12);
        }
    }

    void valuesThatAreNotFiniteAreCountedAndPlaced() {
        const auto path = folder_.filePath("nan.npz").toStdString();
        const auto fault = [&](const torch::Tensor& mu, const torch::Tensor& sigma, const torch::Tensor& features) {
            NpzArchive archive;
            archive.arrays["mu"] = toNpy(mu);
            archive.arrays["sigma"] = toNpy(sigma);
            if (features.defined()) archive.arrays["features"] = toNpy(features);
            writeNpz(path, archive);
            return faultOf([&] { readStatistics(path); });
        };
        const auto mu = torch::zeros({3}), sigma = torch::eye(3);
        auto badMu = mu.clone(), badSigma = sigma.clone(), vectors = torch::ones({4, 3});
        badMu[1] = NAN;
        badSigma[0][2] = badSigma[2][0] = INFINITY;
        vectors[2][0] = NAN;
        QVERIFY(fault(badMu, sigma, {}).contains("1 of the 3 values of mu are not finite, the first at [1]"));
        QVERIFY(fault(mu, badSigma, {}).contains("2 of the 9 values of sigma are not finite, the first at [0, 2]"));
        const auto said = fault(mu, sigma, vectors);
        QVERIFY2(said.startsWith("FileDamaged") && said.contains("1 of 4 images, the first image 2"), qPrintable(said));
    }

    void aSingleArrayIsNamed() {
        QVERIFY(faultOf([&] {
                    readStatistics(THAW_GOLDEN "/cases/dictionary.npy");
                }).contains("Python dictionary (mu, sigma"));
        const auto path = folder_.filePath("mu.npy").toStdString();
        writeNpy(path, toNpy(torch::zeros({3})));
        const auto fault = faultOf([&] { readStatistics(path); });
        QVERIFY2(fault.startsWith("WrongKind") && fault.contains("single .npy array"), qPrintable(fault));
    }
};

THAW_TEST(StatisticsFileTest);
#include "statistics_file_test.moc"
