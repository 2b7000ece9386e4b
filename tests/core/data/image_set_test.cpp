// SPDX-License-Identifier: GPL-3.0-or-later
// Zips and folders of images, as EDM's dataset tool writes them and as people do.
#include "core/data/open_dataset.h"
#include "core/io/png.h"
#include "core/values/error.h"
#include "tests/core/faults.h"
#include "tests/registry.h"
#include "tests/zip_bytes.h"

#include <torch/torch.h>
#include <zip.h>

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace thaw;
using zip_bytes::File;
using zip_bytes::zipOf;

namespace {

QByteArray golden(const char* name) { return readBytes(QString(THAW_GOLDEN "/data/") + name); }

}  // namespace

class ImageSetTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }

    // A PNG whose pixels are value, value + 1, ...
    QByteArray png(int value, int size = 4, int channels = 3, int height = 0) const {
        Image image{size, height ? height : size, channels, {}};
        for (int i = 0; i < image.width * image.height * channels; ++i) image.pixels.push_back(std::uint8_t(value + i));
        const auto file = at("made.png");
        writePng(file.toStdString(), image);
        return readBytes(file);
    }
    std::string put(const QString& name, const QByteArray& bytes) const {
        QDir().mkpath(QFileInfo(at(name)).path());
        writeBytes(at(name), bytes);
        return at(name).toStdString();
    }
    // Packed with deflate by libzip, in the order given.
    std::string putDeflated(const QString& name, const QList<File>& files) const {
        auto path = at(name).toStdString();
        int fault = 0;
        zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &fault);
        if (!zip) qFatal("no zip");
        for (const auto& [file, content] : files) {
            const auto index = zip_file_add(
                zip, file.constData(), zip_source_buffer(zip, content.constData(), zip_uint64_t(content.size()), 0), 0);
            zip_set_file_compression(zip, zip_uint64_t(index), ZIP_CM_DEFLATE, 9);
        }
        if (zip_close(zip) != 0) qFatal("zip not written");
        return path;
    }
    static int firstPixel(const Dataset& data, int image) { return data.images[image][0][0][0].item<int>(); }

private Q_SLOTS:
    void imagesOfAnEdmZipStandInLexicographicOrderWithTheirLabels() {
        const QList<File> files{
            {"00001/img00001000.png", png(30)},
            {"00000/img00000001.png", png(20)},
            {"00000/img00000000.png", png(10)},
            {"dataset.json", R"({"labels": [["00001/img00001000.png", 7], ["00000/img00000000.png", 2],
                                                                ["00000/img00000001.png", 0], ["gone.png", 99]]})"}};
        for (const auto& path : {put("stored.zip", zipOf(files)), putDeflated("deflated.zip", files)}) {
            const auto data = openDataset(path);
            QCOMPARE(data.images.sizes(), torch::IntArrayRef({3, 3, 4, 4}));
            QCOMPARE(firstPixel(data, 0), 10);
            QCOMPARE(firstPixel(data, 1), 20);
            QCOMPARE(firstPixel(data, 2), 30);
            // Interleaved in the PNG, planes here.
            QCOMPARE(data.images[0][2][1][3].item<int>(), 10 + (1 * 4 + 3) * 3 + 2);
            QCOMPARE(data.labels.dtype(), torch::kLong);
            QVERIFY(torch::equal(data.labels, torch::tensor({2, 0, 7}, torch::kLong)));
            QCOMPARE(data.labelDim(), 8);
            QVERIFY(data.notes.empty());
            QCOMPARE(data.title, QFileInfo(QString::fromStdString(path)).fileName().toStdString());
        }
    }

    void aFolderGivesWhatItsZipGives() {
        put("edm/00000/b.png", png(20));
        put("edm/00000/a.png", png(10));
        put("edm/Z.png", png(5));
        put("edm/dataset.json", R"({"labels": [["Z.png", 1], ["00000/a.png", 0], ["00000/b.png", 3]]})");
        put("edm/readme.txt", "not an image");
        put("edm/.hidden.png", "not an image");
        put("edm/__MACOSX/a.png", "not an image");
        put("edm/00000/.ipynb_checkpoints/a-checkpoint.png", png(70));
        put("edm/@eaDir/a.png/SYNOFILE_THUMB_M.jpg", "not an image");
        put("edm/.DS_Store", "not an image");
        for (const auto& path : {at("edm"), at("edm/")}) {
            const auto data = openDataset(path.toStdString());
            QCOMPARE(data.count(), std::int64_t(3));
            QCOMPARE(firstPixel(data, 0), 10);  // '0' sorts before 'Z'
            QCOMPARE(firstPixel(data, 2), 5);
            QVERIFY(torch::equal(data.labels, torch::tensor({0, 3, 1}, torch::kLong)));
            QCOMPARE(data.title, std::string("edm"));
            QCOMPARE(data.notes, (std::vector<std::string>{"4 images of hidden files and folders are left out: "
                                                           ".hidden.png, .ipynb_checkpoints, @eaDir, __MACOSX."}));
        }
        const auto path =
            put("hidden.zip", zipOf({{"a.png", png(1)}, {"__MACOSX/._a.png", "x"}, {"x/.DS_Store", "x"}}));
        QCOMPARE(openDataset(path).notes,
                 (std::vector<std::string>{"1 image of hidden files and folders is left out: __MACOSX."}));
        const auto fault = faultOf([&] { openDataset(put("all-hidden.zip", zipOf({{".cache/a.png", png(1)}}))); });
        QVERIFY2(fault.startsWith("WrongKind") && fault.contains("1 image of hidden"), qPrintable(fault));
    }

    void linkedClassFoldersBringTheirImagesAndLabels() {
        put("store/felines/1.png", png(10));
        put("linked/dog/1.png", png(20));
        put("linked/dataset.json", R"({"labels": {"dog/1.png": 1.0, "cat/1.png": 0.0}})");
        QVERIFY(QFile::link(at("store/felines"), at("linked/cat")) && QFile::link("..", at("linked/dog/up")));
        const auto data = openDataset(at("linked").toStdString());
        QCOMPARE(data.count(), std::int64_t(2));
        QCOMPARE(firstPixel(data, 0), 10);
        QVERIFY(torch::equal(data.labels, torch::tensor({0, 1}, torch::kLong)));
        QCOMPARE(data.notes.size(), std::size_t(1));
        QVERIFY(data.notes[0].find("dog/up") != std::string::npos);
    }

    // An APP1 segment of Exif behind the start of a JPEG, an eXIf chunk behind the header of a PNG.
    void exifOrientationIsCountedAndNothingIsTurned() {
        const auto exif = [](char orientation) {  // little endian, one entry: tag 0x0112, a short
            auto bytes = QByteArray::fromHex("49492a00080000000100120103000100000000000000000000000000");
            bytes[18] = orientation;
            return bytes;
        };
        const auto jpeg = golden("grey.jpg");
        const auto turned = [&](char orientation) {
            const auto content = QByteArray("Exif\0\0", 6) + exif(orientation);
            const int length = int(content.size()) + 2;
            return jpeg.left(2) + QByteArray("\xff\xe1", 2) + char(length >> 8) + char(length & 255) + content +
                   jpeg.mid(2);
        };
        const auto plain = openDataset(put("plain-exif.zip", zipOf({{"a.jpg", jpeg}})));
        const auto data = openDataset(put(
            "exif.zip", zipOf({{"a.jpg", turned(6)}, {"b.jpg", turned(1)}, {"c.jpg", turned(3)}, {"d.jpg", jpeg}})));
        QCOMPARE(data.notes,
                 (std::vector<std::string>{"2 images carry an Exif orientation and are taken as stored, not turned."}));
        for (int k = 0; k < 4; ++k) QVERIFY(torch::equal(data.images[k], plain.images[0]));
    }

    void withoutDatasetJsonThereAreNoLabels() {
        put("classes/cat/1.png", png(1, 4, 1));
        put("classes/dog/1.png", png(2, 4, 1));
        const auto data = openDataset(at("classes").toStdString());
        QCOMPARE(data.images.sizes(), torch::IntArrayRef({2, 1, 4, 4}));
        QVERIFY(!data.labels.defined());
        QCOMPARE(data.labelDim(), 0);
        QVERIFY(!openDataset(put("null.zip", zipOf({{"a.png", png(1)}, {"dataset.json", R"({"labels": null})"}})))
                     .labels.defined());
    }

    void labelVectorsAreUsedAsTheyAre() {
        const auto path = put(
            "vectors.zip", zipOf({{"a.png", png(1)},
                                  {"b.png", png(2)},
                                  {"dataset.json", R"({"labels": [["a.png", [0.5, 1, -2]], ["b.png", [1, 0, 0]]]})"}}));
        const auto data = openDataset(path);
        QVERIFY(data.hasLabelVectors());
        QCOMPARE(data.labelDim(), 3);
        QVERIFY(torch::equal(data.labels, torch::tensor({0.5f, 1.0f, -2.0f, 1.0f, 0.0f, 0.0f}).reshape({2, 3})));
        QVERIFY(torch::equal(labelBatch(data, torch::tensor({1}, torch::kLong), 3),
                             torch::tensor({1.0f, 0.0f, 0.0f}).reshape({1, 3})));
    }

    void badLabelsAreRefusedNamingTheValue_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("named");
        QTest::newRow("no json") << QByteArray("{labels") << "JSON";
        QTest::newRow("a list") << QByteArray("[1]") << "object";
        QTest::newRow("labels that are no list") << QByteArray(R"({"labels": 3})") << "labels are 3";
        QTest::newRow("an item that is no pair") << QByteArray(R"({"labels": [["a.png"]]})") << R"(["a.png"])";
        QTest::newRow("an image without") << QByteArray(R"({"labels": [["a.png", 0]]})") << "b.png";
        QTest::newRow("a text") << QByteArray(R"({"labels": [["a.png", "cat"], ["b.png", 1]]})") << "cat";
        QTest::newRow("half a class") << QByteArray(R"({"labels": [["a.png", 0.5], ["b.png", 1]]})") << "0.5";
        QTest::newRow("negative") << QByteArray(R"({"labels": [["a.png", -1], ["b.png", 1]]})") << "-1";
        QTest::newRow("absurd") << QByteArray(R"({"labels": [["a.png", 4000000000], ["b.png", 1]]})") << "4000000000";
        QTest::newRow("two kinds") << QByteArray(R"({"labels": [["a.png", 1], ["b.png", [1, 0]]]})") << "b.png";
        QTest::newRow("two lengths") << QByteArray(R"({"labels": [["a.png", [1]], ["b.png", [1, 0]]]})") << "b.png";
    }
    void badLabelsAreRefusedNamingTheValue() {
        QFETCH(QByteArray, json);
        QFETCH(QString, named);
        const auto path = put("bad.zip", zipOf({{"a.png", png(1)}, {"b.png", png(2)}, {"dataset.json", json}}));
        const auto fault = faultOf([&] { openDataset(path); });
        QVERIFY2(fault.startsWith("FileDamaged: ") && fault.contains("bad.zip") && fault.contains(named),
                 qPrintable(fault));
    }

    void anImageThatCannotBeReadIsLeftOutNamedAndCounted() {
        const auto path = put("broken.zip", zipOf({{"a.png", "no image at all"},
                                                   {"b.png", png(20)},
                                                   {"c.png", png(30).chopped(20)},
                                                   {"d.png", png(40)},
                                                   {"e.webp", golden("image.webp")},
                                                   {"dataset.json", R"({"labels": [["b.png", 4], ["d.png", 1]]})"}}));
        const auto data = openDataset(path);
        QCOMPARE(data.count(), std::int64_t(2));
        QCOMPARE(firstPixel(data, 0), 20);
        QCOMPARE(firstPixel(data, 1), 40);
        QVERIFY(torch::equal(data.labels, torch::tensor({4, 1}, torch::kLong)));
        QCOMPARE(data.notes.size(), std::size_t(1));
        const auto note = QString::fromStdString(data.notes.front());
        QVERIFY2(note.startsWith("3 images of 5 cannot be read and are left out: a.png, c.png, e.webp. The first: "),
                 qPrintable(note));

        DatasetOptions strict;
        strict.strict = true;
        QVERIFY(faultOf([&] { openDataset(path, strict); }).contains("broken.zip:a.png"));
    }

    void manyBrokenImagesAmongManyLeaveTheOthersInOrder() {
        QList<File> files;
        QList<QByteArray> images;
        for (int i = 0; i < 50; ++i) images.append(png(i));
        for (int i = 0; i < 1300; ++i)
            files.append({QByteArray::number(10000 + i) + ".png", i % 7 == 3 ? QByteArray("broken") : images[i % 50]});
        const auto data = openDataset(put("many.zip", zipOf(files)));
        int k = 0;
        for (int i = 0; i < 1300; ++i)
            if (i % 7 != 3) QCOMPARE(firstPixel(data, k++), i % 50);
        QCOMPARE(data.count(), std::int64_t(k));
        QVERIFY(data.notes.front().find("186 images of 1300") == 0);
        QVERIFY(data.notes.front().find("and 176 more") != std::string::npos);
    }

    void imagesThatDifferAreRefusedNamingTheFirst_data() {
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("channels");
        QTest::addColumn<QString>("said");
        QTest::newRow("size") << 5 << 5 << 3 << "5×5 colour";
        QTest::newRow("channels") << 4 << 4 << 1 << "4×4 grey";
        QTest::newRow("not square") << 4 << 6 << 3 << "4×6 colour";
    }
    void imagesThatDifferAreRefusedNamingTheFirst() {
        QFETCH(int, size);
        QFETCH(int, height);
        QFETCH(int, channels);
        QFETCH(QString, said);
        const auto path = put(
            "mixed.zip",
            zipOf(
                {{"a.png", png(1)}, {"b.png", png(2)}, {"c.png", png(3, size, channels, height)}, {"d.png", png(4)}}));
        const auto fault = faultOf([&] { openDataset(path); });
        QVERIFY2(fault.startsWith("WrongKind: ") && fault.contains("mixed.zip:c.png' is " + said) &&
                     fault.contains("a.png' is 4×4 colour"),
                 qPrintable(fault));
    }

    void aFirstImageThatIsNotSquareIsRefused() {
        const auto fault = faultOf([&] {
            openDataset(put("wide.zip", zipOf({{"a.png", png(1, 6, 3, 4)}, {"b.png", png(2)}})));
        });
        QVERIFY2(fault.startsWith("WrongKind: ") && fault.contains("a.png' is 6×4 pixels"), qPrintable(fault));
    }

    void sixteenBitsPalettesAndOpaqueAlphaBecomeEightBitColour() {
        const auto data = openDataset(put("kinds.zip", zipOf({{"a.png", golden("rgb8.png")},
                                                              {"b.png", golden("rgb16.png")},
                                                              {"c.png", golden("rgba_opaque.png")},
                                                              {"d.png", golden("palette.png")},
                                                              {"e.png", golden("rgba_transparent.png")}})));
        QCOMPARE(data.count(), std::int64_t(4));
        for (int i = 0; i < 3; ++i)
            QVERIFY(
                torch::equal(data.images[i].select(1, 0).select(1, 0), torch::tensor({200, 100, 50}, torch::kByte)));
        QVERIFY(data.images[3][0][0][0].item<int>() > data.images[3][2][0][0].item<int>());  // red above, blue below
        QVERIFY(data.images[3][0][3][0].item<int>() < data.images[3][2][3][0].item<int>());
        QCOMPARE(data.notes.size(), std::size_t(3));
        QVERIFY(data.notes[0].find("e.png' has transparent pixels") != std::string::npos);
        QCOMPARE(data.notes[1], std::string("1 image of 16 bits a channel became 8 bits."));
        QCOMPARE(data.notes[2], std::string("1 image lost an alpha channel that hid nothing."));
    }

    void jpegImagesAreReadAndTruncatedOnesLeftOut() {
        const auto colour = openDataset(
            put("jpeg.zip", zipOf({{"a.jpg", golden("colour.jpg")}, {"b.JPEG", golden("colour.jpg").chopped(40)}})));
        QCOMPARE(colour.images.sizes(), torch::IntArrayRef({1, 3, 16, 16}));
        const auto expected = torch::tensor({200, 100, 50}, torch::kInt).reshape({1, 3, 1, 1});
        QVERIFY((colour.images.to(torch::kInt) - expected).abs().max().item<int>() <= 3);
        QCOMPARE(colour.notes.size(), std::size_t(1));
        const auto grey = openDataset(put("grey.zip", zipOf({{"a.jpg", golden("grey.jpg")}})));
        QCOMPARE(grey.images.sizes(), torch::IntArrayRef({1, 1, 16, 16}));
        QVERIFY(std::abs(grey.images[0][0][10][3].item<int>() - 120) <= 3);
    }

    void zipsWithoutReadableImagesAreRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("fault");
        QTest::newRow("empty file") << QByteArray() << "FileDamaged";
        QTest::newRow("empty zip") << zipOf({}) << "WrongKind";
        QTest::newRow("text called zip") << QByteArray("This is a shopping list.") << "WrongKind";
        QTest::newRow("no images in it") << zipOf({{"readme.txt", "hello"}}) << "WrongKind";
        QTest::newRow("a checkpoint") << zipOf({{"archive/data.pkl", "x"}, {"archive/data/0", "y"}}) << "WrongKind";
        QTest::newRow("truncated") << zipOf({{"a.png", QByteArray(300, 'x')}}).left(200) << "FileDamaged";
        QTest::newRow("nothing readable") << zipOf({{"a.png", "x"}, {"b.png", "y"}}) << "WrongKind: No image of";
        QTest::newRow("entries beyond the file")
            << zipOf({{"a.png", QByteArray(300, 'x')}}, 4000000000u) << "FileDamaged: No image of";
        // Signature, IHDR: 60000 x 60000 pixels of 16-bit RGBA.
        QTest::newRow("absurd png")
            << zipOf({{"a.png", QByteArray::fromHex("89504e470d0a1a0a0000000d4948445200 00ea600000ea6010060000 00")}})
            << "FileDamaged: No image of";
    }
    void zipsWithoutReadableImagesAreRefused() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, fault);
        const auto path = put("none.zip", bytes);
        const auto said = faultOf([&] { openDataset(path); });
        QVERIFY2(said.startsWith(fault) && said.contains("none.zip"), qPrintable(said));
    }

    void aChecksumThatIsWrongIsNoticed() {
        auto bytes = zipOf({{"a.png", png(1)}, {"b.png", png(2)}});
        bytes[bytes.indexOf("b.png") + 60] = char(bytes[bytes.indexOf("b.png") + 60] ^ 1);
        const auto data = openDataset(put("crc.zip", bytes));
        QCOMPARE(data.count(), std::int64_t(1));
        QVERIFY(data.notes.front().find("checksum") != std::string::npos);
    }

    void aDatasetJsonBelowTheTopIsNotUsedAndSaid() {
        const auto data = openDataset(
            put("nested.zip", zipOf({{"x/a.png", png(1)}, {"x/dataset.json", R"({"labels": [["a.png", 3]]})"}})));
        QVERIFY(!data.labels.defined());
        QCOMPARE(data.notes.size(), std::size_t(1));
        QVERIFY(data.notes.front().find("x/dataset.json") != std::string::npos);
    }

    void aSubsetIsChosenByItsSeedAndKeepsLabelsAndOrder() {
        QList<File> files;
        QByteArray labels;
        for (int i = 0; i < 60; ++i) {
            const auto name = QByteArray::number(100 + i) + ".png";
            files.append({name, png(i)});
            labels += (i ? ", " : "") + QByteArray("[\"") + name + "\", " + QByteArray::number(i) + "]";
        }
        files.append({"dataset.json", "{\"labels\": [" + labels + "]}"});
        const auto path = put("subset.zip", zipOf(files));
        DatasetOptions options;
        options.maxImages = 10;
        const auto one = openDataset(path, options), again = openDataset(path, options);
        QCOMPARE(one.count(), std::int64_t(10));
        QVERIFY(torch::equal(one.images, again.images));
        QVERIFY(torch::equal(one.images.select(1, 0).select(1, 0).select(1, 0).to(torch::kLong), one.labels));
        QVERIFY((one.labels.diff() > 0).all().item<bool>());
        options.seed = 1;
        QVERIFY(!torch::equal(one.labels, openDataset(path, options).labels));
        options.subset = Subset::First;
        QVERIFY(torch::equal(openDataset(path, options).labels, torch::arange(10)));
        options.maxImages = 100;
        QCOMPARE(openDataset(path, options).count(), std::int64_t(60));
    }

    void readingCanBeCancelledInTheMiddle() {
        QList<File> files;
        const auto image = png(1);
        for (int i = 0; i < 2000; ++i) files.append({QByteArray::number(10000 + i) + ".png", image});
        const auto path = put("long.zip", zipOf(files));
        double reached = 0;
        const auto fault = faultOf([&] {
            openDataset(path, {}, [&](double share) {
                reached = share;
                return share < 0.4;
            });
        });
        QVERIFY2(fault.startsWith("Interrupted: "), qPrintable(fault));
        QVERIFY(reached >= 0.4 && reached < 1);
        std::vector<double> shares;
        QCOMPARE(openDataset(path, {},
                             [&](double share) {
                                 shares.push_back(share);
                                 return true;
                             })
                     .count(),
                 std::int64_t(2000));
        QVERIFY(shares.size() > 1 && std::is_sorted(shares.begin(), shares.end()) && shares.back() <= 1);
    }
};

THAW_TEST(ImageSetTest);
#include "image_set_test.moc"
