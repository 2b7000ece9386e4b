// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/content_hash.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace thaw;

class ContentHashTest : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::string fileOf(const QByteArray& bytes) {
        QFile file(folder_.filePath("file"));
        if (file.open(QIODevice::WriteOnly)) file.write(bytes);
        return file.fileName().toStdString();
    }

private Q_SLOTS:
    void hashesAreThoseOfOthers_data() {
        QTest::addColumn<int>("size");
        for (const int size : {0, 1, 4 << 20, (4 << 20) + 1, 9'000'000})
            QTest::newRow(qPrintable(QString::number(size))) << size;
    }
    void hashesAreThoseOfOthers() {
        QFETCH(int, size);
        QByteArray bytes(size, '\0');
        for (int i = 0; i < size; ++i) bytes[i] = char(i * 31 + i / 251);
        const auto expected = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().toStdString();
        const auto path = fileOf(bytes);
        QCOMPARE(fileHash(path), expected);

        FileHash pieces(path);
        QVERIFY(pieces.isPending());
        int calls = 0;
        for (; pieces.isPending(); ++calls) {
            QVERIFY(pieces.hex().empty());
            pieces.advance();
        }
        QCOMPARE(pieces.hex(), expected);
        QVERIFY(calls >= 1 + size / (4 << 20));
        QCOMPARE(pieces.whole(), expected);
        pieces.advance();
        QCOMPARE(pieces.hex(), expected);

        // A hash that was begun in pieces is finished in one call.
        FileHash half(path);
        half.advance();
        QCOMPARE(half.whole(), expected);
    }

    void whatCannotBeReadHasNoHash() {
        for (const QString& path : {folder_.filePath("missing"), folder_.path()}) {
            FileHash hash(path.toStdString());
            for (int i = 0; i < 3 && hash.isPending(); ++i) hash.advance();
            QVERIFY(!hash.isPending() && hash.hex().empty());
            QVERIFY(faultOf([&] { hash.whole(); }).startsWith("FileMissing"));
            QVERIFY(faultOf([&] { fileHash(path.toStdString()); }).startsWith("FileMissing"));
        }
        QVERIFY(!FileHash().isPending());
    }
};

THAW_TEST(ContentHashTest);
#include "content_hash_test.moc"
