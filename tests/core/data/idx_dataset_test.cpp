// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/open_dataset.h"
#include "core/train/batch_stream.h"
#include "core/values/error.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <set>

using namespace thaw;

namespace {

QByteArray bigEndian(std::initializer_list<quint32> words) {
    QByteArray bytes;
    for (const auto w : words)
        for (int shift = 24; shift >= 0; shift -= 8) bytes.append(char(w >> shift));
    return bytes;
}

// count images of 4×4 whose pixels are all the image's number.
QByteArray images(quint32 count, quint32 rows = 4, quint32 columns = 4) {
    auto bytes = bigEndian({0x803, count, rows, columns});
    for (quint32 i = 0; i < count; ++i) bytes.append(QByteArray(int(rows * columns), char(i)));
    return bytes;
}

}  // namespace

class IdxDatasetTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    std::string put(const char* name, const QByteArray& bytes) {
        QFile file(folder_.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) throw std::logic_error("no disk");
        return file.fileName().toStdString();
    }

private Q_SLOTS:
    void imagesAndLabelsAreReadAsWritten() {
        const auto path = put("train-images-idx3-ubyte", images(5));
        put("train-labels-idx1-ubyte", bigEndian({0x801, 5}) + QByteArray("\x04\x03\x02\x01\x00", 5));
        for (const auto& name : {path, folder_.path().toStdString()}) {
            const auto data = openDataset(name);
            QCOMPARE(data.count(), std::int64_t(5));
            QCOMPARE(data.images.sizes(), torch::IntArrayRef({5, 1, 4, 4}));
            QCOMPARE(data.images[3][0][1][2].item<int>(), 3);
            QCOMPARE(data.labels[1].item<int>(), 3);
        }
    }

    void bytesBecomeNumbersFromMinusOneToOne() {
        Dataset data;
        data.images = torch::tensor({0, 255}, torch::kByte).reshape({2, 1, 1, 1});
        const auto batch = imageBatch(data, torch::tensor({0, 1}, torch::kLong)).flatten();
        QCOMPARE(batch[0].item<float>(), -1.0f);
        QCOMPARE(batch[1].item<float>(), 1.0f);
    }

    void mirroringFlipsColumnsOfTheChosenImagesOnly() {
        Dataset data;
        data.images = torch::arange(8, torch::kByte).reshape({2, 1, 2, 2});
        const auto indices = torch::tensor({0, 1}, torch::kLong);
        const auto plain = imageBatch(data, indices);
        const auto mirrored = imageBatch(data, indices, torch::tensor({true, false}));
        QVERIFY(torch::equal(mirrored[0], plain[0].flip({2})));
        QVERIFY(torch::equal(mirrored[1], plain[1]));
    }

    void damagedFilesAreRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("wrong magic") << bigEndian({0x802, 1, 4, 4}) + QByteArray(16, '\0');
        QTest::newRow("truncated") << images(5).left(40);
        QTest::newRow("absurd count") << bigEndian({0x803, 0xffffffff, 28, 28});
        QTest::newRow("absurd size") << bigEndian({0x803, 1, 0xffffffff, 0xffffffff});
        QTest::newRow("no images") << bigEndian({0x803, 0, 28, 28});
        QTest::newRow("not square") << images(2, 4, 6);
    }
    void damagedFilesAreRefused() {
        QFETCH(QByteArray, bytes);
        const auto path = put("bad-images-idx3-ubyte", bytes);
        try {
            openDataset(path);
            QFAIL("accepted");
        } catch (const Error& e) {
            QCOMPARE(exitCode(e.code()), 3);
            QVERIFY(e.message().find(path) != std::string::npos);
        }
    }

    void missingBuiltinDataNamesThePackageToInstall() {
        QTemporaryDir empty;
        qputenv("THAW_FASHION_MNIST", empty.path().toUtf8());
        try {
            readBuiltinData();
            QFAIL("found data in an empty folder");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::FileMissing);
            QVERIFY(e.hint().find("dataset-fashion-mnist") != std::string::npos);
        }
        qunsetenv("THAW_FASHION_MNIST");
    }

    void anEpochShowsEveryImageOnceAndTheNextInAnotherOrder() {
        Dataset data;
        data.images = torch::arange(12, torch::kByte).reshape({12, 1, 1, 1});
        BatchStream stream(data, 7, 4, false);
        const auto epoch = [&](std::int64_t first) {
            std::vector<int> order;
            for (int i = 0; i < 3; ++i) {
                const auto batch = ((stream.batch(first + i).flatten() + 1) * 127.5).round();
                for (int k = 0; k < 4; ++k) order.push_back(batch[k].item<int>());
            }
            return order;
        };
        const auto one = epoch(0), two = epoch(3);
        QCOMPARE(std::set<int>(one.begin(), one.end()).size(), std::size_t(12));
        QCOMPARE(std::set<int>(two.begin(), two.end()).size(), std::size_t(12));
        QVERIFY(one != two);
        QCOMPARE(epoch(0), one);  // going back gives the same
    }
};

THAW_TEST(IdxDatasetTest);
#include "idx_dataset_test.moc"
