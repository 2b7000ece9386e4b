// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/png.h"

#include "core/io/file_bytes.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QTemporaryDir>
#include <QTest>

#include <zlib.h>

using namespace thaw;

namespace {

Image ramp(int width, int height, int channels) {
    Image image{width, height, channels, {}};
    for (int i = 0; i < width * height * channels; ++i) image.pixels.push_back(std::uint8_t(37 * i + 5));
    return image;
}

Image readPng(const std::string& path, PngText* text = nullptr) { return parsePng(readFileBytes(path), path, text); }

std::string goldenPng(const char* name) { return std::string(THAW_GOLDEN) + "/png/" + name; }

QByteArray bigEndian(quint32 value) {
    const char bytes[] = {char(value >> 24), char(value >> 16), char(value >> 8), char(value)};
    return QByteArray(bytes, 4);
}

// The same file with another size in its header and the checksum made right.
QByteArray withSize(QByteArray png, quint32 width, quint32 height) {
    png.replace(16, 8, bigEndian(width) + bigEndian(height));
    const auto checksum = crc32(0, reinterpret_cast<const Bytef*>(png.constData()) + 12, 17);
    return png.replace(29, 4, bigEndian(quint32(checksum)));
}

}  // namespace

class PngTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIsReadBack_data() {
        QTest::addColumn<int>("channels");
        QTest::newRow("grey") << 1;
        QTest::newRow("colour") << 3;
    }
    void whatIsWrittenIsReadBack() {
        QFETCH(int, channels);
        const std::string path = folder_.filePath("a.png").toStdString();
        const Image image = ramp(13, 7, channels);
        writePng(path, image, {{"Software", "Thaw"}, {"Description", "σ = 80, seeds 0–63"}});
        PngText text;
        QVERIFY(readPng(path, &text) == image);
        QCOMPARE(text.at("Software"), std::string("Thaw"));
        QCOMPARE(text.at("Description"), std::string("σ = 80, seeds 0–63"));
    }

    void bytesDependOnTheImageAlone() {
        const QString a = folder_.filePath("a.png"), b = folder_.filePath("b.png");
        writePng(a.toStdString(), ramp(5, 5, 3));
        writePng(b.toStdString(), ramp(5, 5, 3));
        QCOMPARE(readBytes(a), readBytes(b));
    }

    void everyFlavourGivesTheSamePixels_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"rgb8", "palette", "rgba_opaque", "rgb16", "interlaced"}) QTest::newRow(name) << name;
    }
    void everyFlavourGivesTheSamePixels() {
        QFETCH(QString, name);
        const Image expected{3, 2, 3, {10, 200, 30, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 0, 7}};
        QVERIFY(readPng(goldenPng(qPrintable(name + ".png"))) == expected);
    }

    void oneBitGreyBecomesBlackAndWhite() {
        const Image expected{3, 2, 1, {0, 255, 0, 0, 0, 0}};
        QVERIFY(readPng(goldenPng("grey1.png")) == expected);
    }

    void transparentPixelsAreRefused() {
        const QString fault = faultOf([] { readPng(goldenPng("rgba_transparent.png")); });
        QVERIFY2(fault.startsWith("WrongKind") && fault.contains("transparent"), qPrintable(fault));
    }

    void aMissingFileOrAFolderIsNamed() {
        const QString missing = faultOf([&] { readPng(folder_.filePath("none.png").toStdString()); });
        QVERIFY2(missing.startsWith("FileMissing") && missing.contains("none.png"), qPrintable(missing));
        QVERIFY(faultOf([&] { readPng(folder_.path().toStdString()); }).startsWith("WrongKind"));
    }

    void everyTruncationIsReported() {
        const QString whole = folder_.filePath("whole.png"), cut = folder_.filePath("cut.png");
        writePng(whole.toStdString(), ramp(9, 9, 3), {{"Title", "x"}});
        const QByteArray bytes = readBytes(whole);
        for (int length = 0; length < bytes.size(); ++length) {
            writeBytes(cut, bytes.left(length));
            const QString fault = faultOf([&] { readPng(cut.toStdString()); });
            QVERIFY2(fault.startsWith("FileDamaged") && fault.contains("cut.png"),
                     qPrintable(QString::number(length) + " bytes: " + fault));
        }
    }

    void aFlippedByteIsReported() {
        const QString path = folder_.filePath("flipped.png");
        writePng(path.toStdString(), ramp(9, 9, 1));
        QByteArray bytes = readBytes(path);
        bytes[45] = char(bytes[45] ^ 0x10);
        writeBytes(path, bytes);
        QVERIFY(faultOf([&] { readPng(path.toStdString()); }).startsWith("FileDamaged"));
    }

    void anotherFormatIsTheWrongKind() {
        const QString path = folder_.filePath("text.png");
        writeBytes(path, "GIF89a and so on and so on");
        QVERIFY(faultOf([&] { readPng(path.toStdString()); }).startsWith("WrongKind"));
    }

    void anAbsurdSizeIsRefusedBeforeMemoryIsAsked() {
        const QString path = folder_.filePath("huge.png");
        writePng(path.toStdString(), ramp(9, 9, 3));
        writeBytes(path, withSize(readBytes(path), 1000000, 1000000));  // 3 TB of pixels
        const QString fault = faultOf([&] { readPng(path.toStdString()); });
        QVERIFY2(fault.startsWith("FileDamaged") && fault.contains("1000000"), qPrintable(fault));
        writeBytes(path, withSize(readBytes(path), 0, 9));
        QVERIFY(faultOf([&] { readPng(path.toStdString()); }).startsWith("FileDamaged"));
    }

    void anImageThatContradictsItselfIsNotWritten() {
        Image image = ramp(4, 4, 3);
        image.pixels.pop_back();
        const QString path = folder_.filePath("never.png");
        QVERIFY_EXCEPTION_THROWN(writePng(path.toStdString(), image), std::invalid_argument);
        QVERIFY(!QFile::exists(path));
    }

private:
    QTemporaryDir folder_;
};

THAW_TEST(PngTest);
#include "png_test.moc"
