// SPDX-License-Identifier: GPL-3.0-or-later
// CIFAR, arrays, labels of batches, and what is no data set at all.
#include "core/data/open_dataset.h"
#include "core/io/npy_tensor.h"
#include "core/io/npz.h"
#include "core/train/batch_stream.h"
#include "core/values/error.h"
#include "tests/core/faults.h"
#include "tests/registry.h"
#include "tests/zip_bytes.h"

#include <torch/torch.h>

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <cmath>

using namespace thaw;

namespace {

// A record of CIFAR: its classes, then planes of `red`, red + 1 and red + 2.
QByteArray record(const QByteArray& classes, int red) {
    return classes + QByteArray(1024, char(red)) + QByteArray(1024, char(red + 1)) + QByteArray(1024, char(red + 2));
}

torch::Tensor ramp(torch::IntArrayRef shape) {
    return torch::arange(torch::zeros(shape).numel()).remainder(251).reshape(shape).to(torch::kByte);
}

}  // namespace

class OpenDatasetTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }
    std::string put(const QString& name, const QByteArray& bytes) const {
        QDir().mkpath(QFileInfo(at(name)).path());
        writeBytes(at(name), bytes);
        return at(name).toStdString();
    }
    std::string putNpy(const QString& name, const torch::Tensor& array) const {
        auto path = at(name).toStdString();
        writeNpy(path, toNpy(array));
        return path;
    }

private Q_SLOTS:
    void cifar10IsReadFromAFolderOrOneFile() {
        put("cifar10/data_batch_1.bin", record("\x03", 10) + record("\x09", 20));
        put("cifar10/data_batch_2.bin", record(QByteArray(1, '\0'), 30));
        put("cifar10/test_batch.bin", record("\x05", 40));
        const auto train = openDataset(at("cifar10").toStdString()),
                   test = openDataset(at("cifar10").toStdString(), "t10k");
        QCOMPARE(train.images.sizes(), torch::IntArrayRef({3, 3, 32, 32}));
        QVERIFY(torch::equal(train.labels, torch::tensor({3, 9, 0}, torch::kLong)));
        QVERIFY(torch::equal(train.images.select(2, 7).select(2, 31),
                             torch::tensor({10, 11, 12, 20, 21, 22, 30, 31, 32}, torch::kByte).reshape({3, 3})));
        QCOMPARE(train.notes.size(), std::size_t(1));  // two of five files
        QCOMPARE(test.labels[0].item<int>(), 5);
        const auto file = openDataset(put("renamed.dat", record("\x01", 1) + record("\x02", 2)));
        QVERIFY(torch::equal(file.labels, torch::tensor({1, 2}, torch::kLong)));
    }

    void classesHaveTheNamesThatLieBesideThem() {
        put("named/data_batch_1.bin", record("\x03", 10));
        QVERIFY(openDataset(at("named").toStdString()).classNames.empty());
        QByteArray names;
        for (int k = 0; k < 10; ++k) names += "name " + QByteArray::number(k) + "\r\n";
        put("named/batches.meta.txt", names + "\n");
        const auto data = openDataset(at("named").toStdString());
        QCOMPARE(data.classNames.size(), std::size_t(10));
        QCOMPARE(data.classNames[9], std::string("name 9"));
        QVERIFY(summarise(data).classNames == data.classNames);
        put("named/batches.meta.txt", names + "one too many\n");
        QVERIFY(openDataset(at("named").toStdString()).classNames.empty());
        QCOMPARE(openDataset("builtin").classNames[9], std::string("Ankle boot"));
    }

    void cifar100GivesItsFineClasses() {
        put("cifar100/train.bin", record(QByteArray("\x13\x63", 2), 1) + record(QByteArray("\x00\x07", 2), 2));
        const auto data = openDataset(at("cifar100").toStdString());
        QVERIFY(torch::equal(data.labels, torch::tensor({99, 7}, torch::kLong)));
        QCOMPARE(data.images[1][2][0][0].item<int>(), 4);
        const auto fault = faultOf([&] { openDataset(at("cifar100").toStdString(), "t10k"); });
        QVERIFY2(fault.startsWith("WrongKind: ") && fault.contains("test images"), qPrintable(fault));
    }

    void damagedCifarFilesAreNamed() {
        put("cut/data_batch_1.bin", record("\x03", 10));
        put("cut/data_batch_2.bin", record("\x03", 10).chopped(1));
        const auto fault = faultOf([&] { openDataset(at("cut").toStdString()); });
        QVERIFY2(
            fault.startsWith("FileDamaged: ") && fault.contains("data_batch_2.bin") && fault.contains("3072 bytes"),
            qPrintable(fault));
        QVERIFY(faultOf([&] { openDataset(put("class10.bin", record("\x0a", 1))); }).startsWith("WrongKind: "));
    }

    void arraysOfEveryLayoutGiveTheSameImages() {
        const auto images = ramp({5, 3, 8, 8});
        QVERIFY(torch::equal(openDataset(putNpy("nchw.npy", images)).images, images));
        QVERIFY(torch::equal(openDataset(putNpy("nhwc.npy", images.permute({0, 2, 3, 1}))).images, images));
        const auto grey = ramp({5, 8, 8});
        QVERIFY(torch::equal(openDataset(putNpy("nhw.npy", grey)).images, grey.unsqueeze(1)));
        QVERIFY(torch::equal(openDataset(putNpy("nhw1.npy", grey.unsqueeze(3))).images, grey.unsqueeze(1)));
    }

    void npzBringsLabelsAlong_data() {
        QTest::addColumn<QString>("images");
        QTest::addColumn<QString>("labels");
        QTest::newRow("image_pack") << "arr_0"
                                    << "arr_1";
        QTest::newRow("names") << "images"
                               << "labels";
        QTest::newRow("x and y") << "x"
                                 << "y";
    }
    void npzBringsLabelsAlong() {
        QFETCH(QString, images);
        QFETCH(QString, labels);
        const auto path = at("pack.npz").toStdString();
        const auto pixels = ramp({4, 6, 6, 3});
        for (const auto& classes :
             {torch::tensor({3, 1, 0, 2}, torch::kLong), torch::tensor({{3}, {1}, {0}, {2}}, torch::kByte)}) {
            NpzArchive archive;
            archive.arrays[images.toStdString()] = toNpy(pixels);
            archive.arrays[labels.toStdString()] = toNpy(classes);
            archive.arrays["unrelated"] = toNpy(torch::zeros({2}));
            writeNpz(path, archive);
            const auto data = openDataset(path);
            QVERIFY(torch::equal(data.images, pixels.permute({0, 3, 1, 2})));
            QVERIFY(torch::equal(data.labels, torch::tensor({3, 1, 0, 2}, torch::kLong)));
        }
        NpzArchive vectors;
        vectors.arrays[images.toStdString()] = toNpy(pixels);
        vectors.arrays[labels.toStdString()] = toNpy(torch::eye(4));
        writeNpz(path, vectors);
        QVERIFY(torch::equal(openDataset(path).labels, torch::eye(4)));
        vectors.arrays[labels.toStdString()] = toNpy(torch::zeros({3}, torch::kLong));
        writeNpz(path, vectors);
        QVERIFY(faultOf([&] { openDataset(path); }).contains("3 labels for 4 images"));
        vectors.arrays.erase(images.toStdString());
        writeNpz(path, vectors);
        QVERIFY(faultOf([&] { openDataset(path); }).contains(labels + ".npy"));
    }

    // Programs write classes as whatever integers they count in, or as floats.
    void labelsOfEveryNumberTypeAreClasses_data() {
        QTest::addColumn<QString>("descr");
        QTest::addColumn<QByteArray>("bytes");  // of 3, 0, 1 as hex
        QTest::newRow("int64") << "<i8" << QByteArray("030000000000000000000000000000000100000000000000");
        QTest::newRow("int32") << "<i4" << QByteArray("030000000000000001000000");
        QTest::newRow("int16") << "<i2" << QByteArray("030000000100");
        QTest::newRow("int8") << "|i1" << QByteArray("030001");
        QTest::newRow("uint8") << "|u1" << QByteArray("030001");
        QTest::newRow("uint16") << "<u2" << QByteArray("030000000100");
        QTest::newRow("uint32") << "<u4" << QByteArray("030000000000000001000000");
        QTest::newRow("uint64") << "<u8" << QByteArray("030000000000000000000000000000000100000000000000");
        QTest::newRow("big-endian int32") << ">i4" << QByteArray("000000030000000000000001");
        QTest::newRow("float32") << "<f4" << QByteArray("00004040000000000000803f");
    }
    void labelsOfEveryNumberTypeAreClasses() {
        QFETCH(QString, descr);
        QFETCH(QByteArray, bytes);
        const auto header = "{'descr': '" + descr.toLatin1() + "', 'fortran_order': False, 'shape': (3,), }\n";
        const auto labels =
            QByteArray("\x93NUMPY\x01\x00", 8) + char(header.size()) + '\0' + header + QByteArray::fromHex(bytes);
        const auto images = QByteArray::fromStdString(serialiseNpy(toNpy(ramp({3, 6, 6, 3}))));
        const auto data =
            openDataset(put("typed.npz", zip_bytes::zipOf({{"images.npy", images}, {"labels.npy", labels}})));
        QVERIFY(data.labels.scalar_type() == torch::kLong && !data.hasLabelVectors());
        QVERIFY(torch::equal(data.labels, torch::tensor({3, 0, 1}, torch::kLong)));
    }

    void labelsThatAreNotFiniteOrNoClassesAreRefused() {
        NpzArchive archive;
        archive.arrays["images"] = toNpy(ramp({3, 6, 6, 3}));
        const auto fault = [&](const torch::Tensor& labels) {
            archive.arrays["labels"] = toNpy(labels);
            const auto path = at("labels.npz").toStdString();
            writeNpz(path, archive);
            return faultOf([&] { openDataset(path); });
        };
        auto vectors = torch::eye(3);
        vectors[1][2] = vectors[2][0] = NAN;
        const auto said = fault(vectors);
        QVERIFY2(said.startsWith("FileDamaged") && said.contains("2 of 3 labels, the first label 1"), qPrintable(said));
        QVERIFY(fault(torch::tensor({0.0f, 0.5f, 1.0f})).startsWith("WrongKind"));
        QVERIFY(fault(torch::tensor({0.0f, float(NAN), 1.0f})).startsWith("WrongKind"));
    }

    void aDictionaryIsNamed() {
        const auto fault = faultOf([&] { openDataset(THAW_GOLDEN "/cases/dictionary.npy"); });
        QVERIFY2(fault.startsWith("WrongKind") && fault.contains("a Python dictionary (mu"), qPrintable(fault));
    }

    void aPartOfAnArrayKeepsItsLabels() {
        NpzArchive archive;
        archive.arrays["images"] = toNpy(torch::arange(40, torch::kByte).reshape({40, 1, 1, 1}));
        archive.arrays["labels"] = toNpy(torch::arange(40, torch::kLong));
        const auto path = at("part.npz").toStdString();
        writeNpz(path, archive);
        DatasetOptions options;
        options.maxImages = 9;
        options.seed = 3;
        const auto data = openDataset(path, options);
        QCOMPARE(data.count(), std::int64_t(9));
        QVERIFY(torch::equal(data.images.flatten().to(torch::kLong), data.labels));
        QVERIFY((data.labels.diff() > 0).all().item<bool>());
        QVERIFY(!torch::equal(data.labels, torch::arange(9)));
        options.subset = Subset::First;
        QVERIFY(torch::equal(openDataset(path, options).labels, torch::arange(9)));
    }

    void arraysThatAreNoImagesAreRefused_data() {
        QTest::addColumn<QString>("name");
        const auto add = [&](const char* name, const torch::Tensor& array) {
            const auto file = QString(name).replace(' ', '_') + ".npy";
            putNpy(file, array);
            QTest::newRow(name) << file;
        };
        add("floats", torch::zeros({2, 3, 8, 8}));
        add("two dimensions", ramp({8, 8}));
        add("five channels", ramp({2, 8, 8, 5}));
        add("alpha", ramp({2, 8, 8, 4}));
        add("not square", ramp({2, 8, 6, 3}));
        add("none", torch::zeros({0, 8, 8}, torch::kByte));
        auto bytes = readBytes(at("alpha.npy"));
        bytes.replace("(2, 8, 8, 4)", "(9, 8, 8, 3)");
        put("claims.npy", bytes);
        QTest::newRow("claims more than it holds") << "claims.npy";
    }
    void arraysThatAreNoImagesAreRefused() {
        QFETCH(QString, name);
        const auto fault = faultOf([&] { openDataset(at(name).toStdString()); });
        QVERIFY2((fault.startsWith("WrongKind: ") || fault.startsWith("FileDamaged: ")) && fault.contains(name),
                 qPrintable(fault));
    }

    void whatIsNoDataSetIsSaidByName_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("said");
        QTest::newRow("empty") << QByteArray() << "FileDamaged: ";
        QTest::newRow("text") << QByteArray("milk, bread, eggs") << "WrongKind: ";
        QTest::newRow("pickle") << QByteArray("\x80\x02}q\x00", 5) << "WrongKind: ";
        QTest::newRow("one image") << QByteArray("\x89PNG\r\n\x1a\n and so on") << "WrongKind: ";
    }
    void whatIsNoDataSetIsSaidByName() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, said);
        const auto path = put("thing", bytes);
        const auto fault = faultOf([&] { openDataset(path); });
        QVERIFY2(fault.startsWith(said) && fault.contains(QString::fromStdString(path)), qPrintable(fault));
    }

    void emptyAndMissingFoldersAreRefused() {
        QDir().mkpath(at("empty"));
        QVERIFY(faultOf([&] { openDataset(at("empty").toStdString()); }).startsWith("WrongKind: "));
        QVERIFY(faultOf([&] { openDataset(at("nowhere").toStdString()); }).startsWith("FileMissing: "));
        QVERIFY(faultOf([&] {
                    openDataset(put("cifar-10-binary.tar.gz", "\x1f\x8b\x08 packed"));
                }).contains("packed folder"));
    }

    void imagesBeyondTheMachinesMemoryAreRefusedBeforeTheyAreAskedFor() {
        const auto fault = faultOf([&] { requireMemory("big.zip", 1'000'000'000, 3, 4096); });
        QVERIFY2(fault.startsWith("OutOfMemory: ") && fault.contains("big.zip"), qPrintable(fault));
        requireMemory("small.zip", 1000, 3, 32);
    }

    void labelsOfABatchAreOneHotInTheModelsDimension() {
        Dataset data;
        data.images = torch::zeros({4, 1, 2, 2}, torch::kByte);
        data.labels = torch::tensor({2, 0, 1, 2}, torch::kLong);
        const auto indices = torch::tensor({3, 1}, torch::kLong);
        QVERIFY(torch::equal(labelBatch(data, indices, 4),
                             torch::tensor({0.f, 0.f, 1.f, 0.f, 1.f, 0.f, 0.f, 0.f}).reshape({2, 4})));
        QVERIFY(!labelBatch(data, indices, 0).defined());
        const auto fault = faultOf([&] { labelBatch(data, indices, 2); });
        QVERIFY2(fault.startsWith("Configuration: ") && fault.contains("class 2") && fault.contains("0 to 1"),
                 qPrintable(fault));
        data.labels = torch::zeros({4, 3});
        QVERIFY(faultOf([&] { labelBatch(data, indices, 2); }).contains("3 numbers"));
        data.labels = torch::Tensor();
        QVERIFY(faultOf([&] { labelBatch(data, indices, 2); }).contains("no labels"));
    }

    void aStepsLabelsBelongToItsImages() {
        Dataset data;
        data.images = torch::arange(12, torch::kByte).reshape({12, 1, 1, 1});
        data.labels = torch::arange(12, torch::kLong);
        BatchStream stream(data, 5, 4, true);
        for (int step = 0; step < 5; ++step) {
            const auto pixels = ((stream.batch(step).flatten() + 1) * 127.5).round().to(torch::kLong);
            QVERIFY(torch::equal(stream.labels(step, 12).argmax(1), pixels));
            QVERIFY(torch::equal(stream.indices(step), pixels));
        }
        QVERIFY(!stream.labels(0, 0).defined());
    }

    void theSummaryNamesShapeLabelsAndNotes() {
        Dataset data;
        data.images = torch::zeros({4, 3, 8, 8}, torch::kByte);
        data.labels = torch::tensor({2, 0, 1, 2}, torch::kLong);
        data.title = "t";
        data.path = "p";
        data.notes = {"n"};
        const auto summary = summarise(data);
        QCOMPARE(summary.count, std::int64_t(4));
        QCOMPARE(summary.resolution, 8);
        QCOMPARE(summary.channels, 3);
        QCOMPARE(summary.labelDim, 3);
        QCOMPARE(summary.labelVectors, false);
        QCOMPARE(summary.notes, data.notes);
    }
};

THAW_TEST(OpenDatasetTest);
#include "open_dataset_test.moc"
