// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/data_hash.h"

#include "tests/core/faults.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace thaw;

namespace {

QString sha256(const QByteArray& bytes) {
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

QString hashOf(const QString& path) {
    Dataset data;
    data.path = path.toStdString();
    return QString::fromStdString(DataHash(data).whole());
}

// `name NUL size NUL contents`
QByteArray entry(const QByteArray& name, const QByteArray& contents) {
    return name + '\0' + QByteArray::number(contents.size()) + '\0' + contents;
}

}  // namespace

class DataHashTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // More than one piece of four megabytes, and not a whole number of them.
    void ofAFileItIsWhatSha256sumPrints() {
        QTemporaryDir folder;
        QByteArray bytes(9 * 1024 * 1024 + 5, '\7');
        for (int i = 0; i < bytes.size(); i += 1013) bytes[i] = char(i / 1013);
        writeBytes(folder.filePath("x.npy"), bytes);
        QCOMPARE(hashOf(folder.filePath("x.npy")), sha256(bytes));
        Dataset data;
        data.path = folder.filePath("x.npy").toStdString();
        QCOMPARE(DataHash(data).kind(), DataHashKind::File);
    }

    void ofAFolderItIsTakenOverSortedNamesSizesAndContents() {
        QTemporaryDir folder;
        QDir(folder.path()).mkpath("b");
        const QByteArray large(qsizetype(5) * 1024 * 1024, '\3');
        writeBytes(folder.filePath("c.png"), large);
        writeBytes(folder.filePath("a.png"), "one");
        writeBytes(folder.filePath("b/x.jpg"), "");
        writeBytes(folder.filePath("dataset.json"), "{}");
        const auto expected =
            sha256(entry("a.png", "one") + entry("b/x.jpg", "") + entry("c.png", large) + entry("dataset.json", "{}"));
        QCOMPARE(hashOf(folder.path()), expected);
        // What is no part of the data set does not count.
        writeBytes(folder.filePath("notes.txt"), "seen");
        QCOMPARE(hashOf(folder.path()), expected);
        // The contents may not move over the border of two files.
        writeBytes(folder.filePath("a.png"), "onf");
        QVERIFY(hashOf(folder.path()) != expected);
    }

    void ofAFolderOfRecordsTheRecordsCount() {
        QTemporaryDir folder;
        writeBytes(folder.filePath("train-images-idx3-ubyte"), "images");
        writeBytes(folder.filePath("train-labels-idx1-ubyte"), "labels");
        const auto expected =
            sha256(entry("train-images-idx3-ubyte", "images") + entry("train-labels-idx1-ubyte", "labels"));
        QDir(folder.path()).mkpath("run");
        writeBytes(folder.filePath("run/fakes-0000000000.png"), "a grid of samples");
        QCOMPARE(hashOf(folder.path()), expected);
    }

    void ofTheBuiltInDataItIsTakenOfWhatIsInMemory() {
        Dataset data;
        data.path = "builtin";
        data.images = torch::arange(2 * 1 * 2 * 2, torch::kByte).reshape({2, 1, 2, 2});
        data.labels = torch::tensor({3, 1}, torch::kLong);
        DataHash hash(data);
        QCOMPARE(hash.kind(), DataHashKind::Images);
        QVERIFY(hash.isPending());
        const auto first = hash.whole();
        QByteArray bytes("[2, 1, 2, 2]");
        bytes.append(reinterpret_cast<const char*>(data.labels.data_ptr()), 16);
        for (char i = 0; i < 8; ++i) bytes.append(i);
        QCOMPARE(QString::fromStdString(first), sha256(bytes));
        QVERIFY(!hash.isPending());
        data.labels[0] = 2;
        QVERIFY(DataHash(data).whole() != first);
    }

    void whatIsGoneHasNone() {
        QTemporaryDir folder;
        Dataset data;
        data.path = folder.filePath("nowhere.npy").toStdString();
        QVERIFY(faultOf([&] { DataHash(data).whole(); }).startsWith("FileMissing"));
        DataHash hash(data);
        hash.advance();
        QVERIFY(!hash.isPending() && hash.hex().empty());
        writeBytes(folder.filePath("big.npy"), QByteArray(9 << 20, 'x'));
        data.path = folder.filePath("big.npy").toStdString();
        QVERIFY(faultOf([&] { DataHash(data).whole([](double) { return false; }); }).startsWith("Interrupted"));
    }
};

THAW_TEST(DataHashTest);
#include "data_hash_test.moc"
