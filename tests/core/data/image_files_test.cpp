// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_files.h"

#include "core/io/npy_tensor.h"
#include "tests/core/faults.h"
#include "tests/core/tensors.h"
#include "tests/registry.h"

#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace thaw;

class ImageFilesTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    std::string saved(const torch::Tensor& array) const {
        auto path = folder_.filePath("images.npy").toStdString();
        writeNpy(path, toNpy(array));
        return path;
    }

private Q_SLOTS:
    // Values between and beyond the 256 levels come back bit for bit.
    void floatingPointImagesComeAsTheyAre() {
        const auto images = testing::noise({5, 3, 4, 4}) * 3;
        QVERIFY(readImages(saved(images)).equal(images));
        const auto single = images.to(torch::kFloat);
        QCOMPARE(readImages(saved(single)).scalar_type(), torch::kFloat);
        QVERIFY(readImages(saved(single)).equal(single));
        QVERIFY(readImages(saved(images), 2).equal(images.slice(0, 0, 2)));
    }

    void channelsMayStandLastOrBeLeftOut() {
        const auto images = testing::noise({5, 3, 6, 6});
        QVERIFY(readImages(saved(images.permute({0, 2, 3, 1}))).equal(images));
        const auto grey = testing::noise({5, 6, 6});
        QVERIFY(readImages(saved(grey)).equal(grey.unsqueeze(1)));
    }

    void imagesOfBytesStayBytes() {
        const auto images = torch::arange(2 * 4 * 4, torch::kByte).reshape({2, 4, 4, 1});
        const auto read = readImages(saved(images));
        QCOMPARE(read.scalar_type(), torch::kByte);
        QVERIFY(read.equal(images.permute({0, 3, 1, 2})));
    }

    void whatIsNoImageIsNamed() {
        QVERIFY(faultOf([&] { readImages(saved(testing::noise({5, 6}))); }).startsWith("WrongKind"));
        QVERIFY(faultOf([&] { readImages(saved(testing::noise({5, 2, 6, 6}))); }).startsWith("WrongKind"));
        auto images = testing::noise({5, 1, 4, 4});
        images[3][0][1][2] = std::numeric_limits<double>::infinity();
        const auto fault = faultOf([&] { readImages(saved(images)); });
        QVERIFY2(fault.startsWith("WrongKind") && fault.contains("1 of 5 images, the first image 3"),
                 qPrintable(fault));
        QVERIFY(readImages(saved(images), 3).equal(images.slice(0, 0, 3)));
        QVERIFY(faultOf([&] { readImages("none.npy"); }).startsWith("FileMissing"));
    }
};

THAW_TEST(ImageFilesTest);
#include "image_files_test.moc"
