// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npy.h"
#include "core/io/npy_tensor.h"
#include "core/io/npz.h"

#include "tests/core/faults.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QTemporaryDir>
#include <QTest>

#include <cstring>

using namespace thaw;

namespace {

std::string goldenArray(const QString& name) { return std::string(THAW_GOLDEN) + "/" + name.toStdString(); }

/// A .npy file with this header text and data.
std::string npy(const std::string& header, const std::string& data, char version = 1) {
    std::string bytes = "\x93NUMPY";
    bytes += {version, '\0', char(header.size() & 255), char(header.size() >> 8)};
    if (version > 1) bytes += std::string(2, '\0');
    return bytes + header + data;
}

QString faultIn(const std::string& bytes) {
    return faultOf([&] { parseNpy(bytes, "x.npy"); });
}

constexpr const char* kPair = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }\n";

}  // namespace

class NpyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tensorsSurviveTheRoundTrip_data() {
        QTest::addColumn<int>("type");
        QTest::newRow("float32") << int(torch::kFloat);
        QTest::newRow("float64") << int(torch::kDouble);
        QTest::newRow("uint8") << int(torch::kByte);
        QTest::newRow("int64") << int(torch::kLong);
    }
    void tensorsSurviveTheRoundTrip() {
        QFETCH(int, type);
        const std::string path = folder_.filePath("a.npy").toStdString();
        for (const std::vector<std::int64_t>& shape :
             {std::vector<std::int64_t>{}, {5}, {3, 1}, {2, 3, 4, 5}, {0, 4}}) {
            const auto tensor = (torch::rand(shape) * 200).to(torch::ScalarType(type));
            writeNpy(path, toNpy(tensor));
            const auto back = toTensor(readNpy(path));
            QVERIFY(back.scalar_type() == tensor.scalar_type() && back.sizes() == tensor.sizes());
            QVERIFY(back.equal(tensor));
        }
    }

    void stridedAndHalfTensorsAreWrittenAsTheyRead() {
        const auto tensor = torch::arange(12, torch::kDouble).reshape({3, 4}).t();
        QVERIFY(toTensor(toNpy(tensor)).equal(tensor));
        const auto half = torch::arange(5).to(torch::kBFloat16);
        QVERIFY(toTensor(toNpy(half)).equal(half.to(torch::kFloat)));
    }

    void dataStartAtAMultipleOf64Bytes() {
        const NpyArray array{{2}, NumberType::Float64, std::string(16, 'x')};
        const auto bytes = serialiseNpy(array);
        QCOMPARE(bytes.find('x'), bytes.size() - 16);
        QCOMPARE((bytes.size() - 16) % 64, std::size_t(0));
    }

    void archivesOfNumPyAreRead_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("stored") << "numpy_savez.npz";
        QTest::newRow("deflated") << "numpy_savez_compressed.npz";
    }
    void archivesOfNumPyAreRead() {
        QFETCH(QString, name);
        const auto archive = readNpz(goldenArray(name));
        const auto array = [&](const char* key) { return toTensor(archive.at(key, "")); };
        QVERIFY(array("mu").equal(torch::tensor({0.5, -2.0}, torch::kDouble)));
        QVERIFY(array("sigma").equal(torch::tensor({{1.0, 0.25}, {0.25, 3.0}}, torch::kDouble)));
        QVERIFY(array("small").equal(torch::arange(6, torch::kFloat).reshape({2, 3})));
        QVERIFY(array("bytes").equal(torch::tensor({0, 255}, torch::kByte)));
        QVERIFY(array("labels").equal(torch::tensor({{-1}, {7}}, torch::kLong)));
        QVERIFY(array("scalar").equal(torch::tensor(4.5, torch::kDouble)));
        // Saved in Fortran order, read in C order.
        QVERIFY(array("fortran").equal(torch::arange(24, torch::kDouble).reshape({2, 3, 4})));
    }

    void archivesSurviveTheRoundTrip() {
        NpzArchive archive;
        archive.arrays["mu"] = toNpy(torch::rand({7}, torch::kDouble));
        archive.arrays["images"] = toNpy(torch::randint(256, {2, 3, 3}, torch::kByte));
        archive.texts["provenance.json"] = "{\"num\": 7}\n";
        const QString a = folder_.filePath("a.npz"), b = folder_.filePath("b.npz");
        writeNpz(a.toStdString(), archive);
        writeNpz(b.toStdString(), archive);
        QCOMPARE(readBytes(a), readBytes(b));
        const auto back = readNpz(a.toStdString());
        QVERIFY(back.arrays == archive.arrays && back.texts == archive.texts);
    }

    void headersOfOtherVersionsAreRead() {
        const std::string data(8, '\0');
        for (const char version : {1, 2, 3}) QCOMPARE(parseNpy(npy(kPair, data, version), "").count(), 2);
        QVERIFY(faultIn(npy(kPair, data, 9)).startsWith("WrongKind"));
        // As hand-written headers look: other quotes, no blanks, no comma at the end.
        const auto terse = npy("{\"shape\":(1,2),\"fortran_order\":False,\"descr\":\"<f4\"}", data);
        QCOMPARE(parseNpy(terse, "").shape, (std::vector<std::int64_t>{1, 2}));
    }

    void everyTruncationIsReported() {
        const std::string bytes = npy(kPair, std::string(8, 'x'));
        for (std::size_t length = 0; length < bytes.size(); ++length) {
            const QString fault = faultIn(bytes.substr(0, length));
            QVERIFY2(fault.startsWith("FileDamaged") && fault.contains("x.npy"),
                     qPrintable(QString::number(length) + " bytes: " + fault));
        }
        QVERIFY(faultIn(bytes + "y").startsWith("FileDamaged"));
    }

    void everyTruncationOfAnArchiveIsReported() {
        const QString cut = folder_.filePath("cut.npz");
        const QByteArray bytes = readBytes(QString::fromStdString(goldenArray("numpy_savez.npz")));
        for (int length = 0; length < bytes.size(); length += 7) {
            writeBytes(cut, bytes.left(length));
            const QString fault = faultOf([&] { readNpz(cut.toStdString()); });
            QVERIFY2(fault.startsWith("FileDamaged") || (length < 2 && fault.startsWith("WrongKind")),
                     qPrintable(QString::number(length) + " bytes: " + fault));
        }
    }

    void aFlippedByteInAnArchiveIsReported() {
        const QString path = folder_.filePath("flipped.npz");
        NpzArchive archive;
        archive.arrays["mu"] = toNpy(torch::zeros({64}));
        writeNpz(path.toStdString(), archive);
        QByteArray bytes = readBytes(path);
        bytes[200] = 1;  // among the zeros of the array
        writeBytes(path, bytes);
        QVERIFY(faultOf([&] { readNpz(path.toStdString()); }).startsWith("FileDamaged"));
    }

    void anAbsurdShapeIsRefusedBeforeMemoryIsAsked_data() {
        QTest::addColumn<QByteArray>("shape");
        QTest::newRow("a terabyte") << QByteArray("(1000000, 1000000)");
        QTest::newRow("product beyond 64 bits") << QByteArray("(4294967296, 4294967296, 4294967296)");
        QTest::newRow("product that wraps to 8 bytes") << QByteArray("(9223372036854775807, 2, 1)");
        QTest::newRow("number beyond 64 bits") << QByteArray("(99999999999999999999999,)");
        QTest::newRow("negative") << QByteArray("(-2,)");
        QTest::newRow("not a number") << QByteArray("(two,)");
        QTest::newRow("no tuple") << QByteArray("2");
        QTest::newRow("too many dimensions") << QByteArray("(" + QByteArray("1,").repeated(40) + ")");
        QTest::newRow("empty beside huge") << QByteArray("(0, 9223372036854775807, 9223372036854775807)");
    }
    void anAbsurdShapeIsRefusedBeforeMemoryIsAsked() {
        QFETCH(QByteArray, shape);
        const std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape.toStdString() + ", }\n";
        const QString fault = faultIn(npy(header, std::string(8, '\0')));
        QVERIFY2(fault.startsWith("FileDamaged"), qPrintable(fault));
    }

    void otherElementTypesAreTheWrongKind() {
        for (const char* descr : {"'<f16'", "'<c8'", "'|O'", "'<U3'", "'|S4'", "'<M8[s]'", "[('a', '<f4')]"}) {
            const auto header = std::string("{'descr': ") + descr + ", 'fortran_order': False, 'shape': (2,), }\n";
            const QString fault = faultIn(npy(header, std::string(8, '\0')));
            QVERIFY2(fault.startsWith("WrongKind"), qPrintable(QString(descr) + " " + fault));
        }
    }

    void numbersOfEveryTypeAndByteOrderAreRead_data() {
        QTest::addColumn<QString>("descr");
        QTest::addColumn<QByteArray>("bytes");  // of 3 and 258, as hex
        QTest::addColumn<int>("type");
        const auto add = [](const char* descr, const char* bytes, torch::ScalarType type) {
            QTest::newRow(descr) << QString(descr) << QByteArray::fromHex(bytes) << int(type);
        };
        add("<i2", "03000201", torch::kShort);
        add(">i2", "00030102", torch::kShort);
        add("<i4", "0300000002010000", torch::kInt);
        add(">i4", "0000000300000102", torch::kInt);
        add(">i8", "00000000000000030000000000000102", torch::kLong);
        add("<u2", "03000201", torch::kInt);
        add(">u2", "00030102", torch::kInt);
        add("<u4", "0300000002010000", torch::kLong);
        add("<u8", "03000000000000000201000000000000", torch::kLong);
        add(">f4", "4040000043810000", torch::kFloat);
        add(">f8", "40080000000000004070200000000000", torch::kDouble);
        add("<f2", "0042085c", torch::kHalf);
    }
    void numbersOfEveryTypeAndByteOrderAreRead() {
        QFETCH(QString, descr);
        QFETCH(QByteArray, bytes);
        QFETCH(int, type);
        const auto header = "{'descr': '" + descr.toStdString() + "', 'fortran_order': False, 'shape': (2,), }\n";
        const auto read = toTensor(parseNpy(npy(header, bytes.toStdString()), "x.npy"));
        QCOMPARE(int(read.scalar_type()), type);
        QVERIFY(read.to(torch::kDouble).equal(torch::tensor({3.0, 258.0}, torch::kDouble)));
    }

    void smallIntegersAndBoolsAreRead() {
        const auto read = [](const char* descr, int first, int second) {
            const auto header = std::string("{'descr': '") + descr + "', 'fortran_order': False, 'shape': (2,), }\n";
            return toTensor(parseNpy(npy(header, {char(first), char(second)}), "x.npy"));
        };
        QVERIFY(read("|i1", 3, -2).equal(torch::tensor({3, -2}, torch::kChar)));
        QVERIFY(read("|b1", 1, 0).equal(torch::tensor({1, 0}, torch::kByte).to(torch::kBool)));
        QVERIFY(read("|u1", 3, 254).equal(torch::tensor({3, 254}, torch::kByte)));
    }

    void anUnsignedNumberBeyondInt64IsNamed() {
        const auto fault =
            faultIn(npy("{'descr': '<u8', 'fortran_order': False, 'shape': (1,), }\n", std::string(8, '\xff')));
        QVERIFY2(fault.startsWith("WrongKind") && fault.contains("18446744073709551615"), qPrintable(fault));
    }

    // As numpy.save writes them: an array of one object, whose values are pickled.
    void aDictionaryIsRefusedAsWhatItIs() {
        const auto said = [](const char* name) { return faultOf([&] { readNpy(goldenArray(name)); }); };
        const auto dictionary = said("cases/dictionary.npy"), list = said("cases/list.npy");
        QVERIFY2(dictionary.startsWith("WrongKind") && dictionary.contains("a Python dictionary (mu, sigma, 3)"),
                 qPrintable(dictionary));
        QVERIFY2(list.startsWith("WrongKind") && list.contains("a Python list"), qPrintable(list));
        // Where an archive is needed it says the same.
        QCOMPARE(faultOf([&] { NpzReader(goldenArray("cases/dictionary.npy")); }), dictionary);
    }

    void onlyTheArraysAskedForAreParsed() {
        const NpzReader texts(goldenArray("cases/stats_extra_str.npz")),
            counts(goldenArray("cases/stats_extra_i32.npz"));
        QVERIFY(texts.holds("dataset") && !texts.holds("num") && counts.holds("num"));
        QVERIFY(toTensor(texts.array("mu")).equal(toTensor(counts.array("mu"))));
        QCOMPARE(counts.array("num").type, NumberType::Int32);
        const auto fault = faultOf([&] { texts.array("dataset"); });
        QVERIFY2(fault.startsWith("WrongKind") && fault.contains("texts of type '<U7'"), qPrintable(fault));
        QVERIFY(faultOf([&] { texts.array("cov"); }).contains("it holds dataset, mu, sigma") ||
                faultOf([&] { texts.array("cov"); }).contains("it holds mu, sigma, dataset"));
    }

    void anotherFormatIsTheWrongKind() {
        QVERIFY(faultIn("PK\3\4 a zip, not an array").startsWith("WrongKind"));
        const QString path = folder_.filePath("plain.npz");
        writeBytes(path, "\x93NUMPY, but no archive");
        QVERIFY(faultOf([&] { readNpz(path.toStdString()); }).startsWith("WrongKind"));
        QVERIFY(faultOf([&] { readNpz(folder_.filePath("none.npz").toStdString()); }).startsWith("FileMissing"));
    }

    void aMissingArrayIsNamedBesideWhatThereIs() {
        const auto archive = readNpz(goldenArray("numpy_savez.npz"));
        const QString fault = faultOf([&] { archive.at("cov", "f.npz"); });
        QVERIFY2(fault.startsWith("WrongKind") && fault.contains("'cov'") && fault.contains("sigma"),
                 qPrintable(fault));
    }

private:
    QTemporaryDir folder_;
};

THAW_TEST(NpyTest);
#include "npy_test.moc"
