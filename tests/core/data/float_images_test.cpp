// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/float_images.h"

#include "core/data/finite_rows.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QTest>

#include <cmath>

using namespace thaw;

class FloatImagesTest : public QObject {
    Q_OBJECT

    // Ten values each, evenly from -1 to 1.
    static torch::Tensor ramps(std::int64_t count) {
        return torch::linspace(-1, 1, 100).reshape({1, 1, 10, 10}).repeat({count, 1, 1, 1});
    }
    static QString said(const torch::Tensor& images) {
        return faultOf([&] { requireImageUnits(images, "x.npy"); });
    }

private Q_SLOTS:
    void rowsThatAreNotFiniteAreCounted() {
        auto values = torch::zeros({6, 2, 3});
        QVERIFY(!rowsNotFinite(values));
        values[2][1][0] = NAN;
        values[2][0][0] = NAN;
        values[4][0][2] = -INFINITY;
        const auto found = rowsNotFinite(values);
        QCOMPARE(found.count, std::int64_t(2));
        QCOMPARE(found.first, std::int64_t(2));
        QCOMPARE(found.text(), std::string("2 of 6 images, the first image 2 (counted from 0)"));
        QVERIFY(!rowsNotFinite(torch::zeros({3, 4}, torch::kByte)));
    }

    void piecesCountTogether() {
        FaultyRows all;
        all.add({0, -1, 5});
        all.add({2, 1, 4});
        all.add({1, 0, 4});
        QCOMPARE(all.text("label"), std::string("3 of 13 labels, the first label 6 (counted from 0)"));
    }

    void samplesMayOvershoot() {
        QCOMPARE(said(ramps(3)), QString("nothing"));
        auto images = ramps(3);
        images[1][0][0][0] = 3.9;                // one value
        images[2][0].slice(0, 0, 1).fill_(1.3);  // a tenth of them
        QCOMPARE(said(images), QString("nothing"));
    }

    void otherUnitsAreRefusedWithTheirCount_data() {
        QTest::addColumn<int>("faulty");  // of 4; the first is image 4 - faulty
        QTest::addColumn<double>("scale");
        QTest::addColumn<double>("shift");
        QTest::newRow("0..255") << 3 << 127.5 << 127.5;
        QTest::newRow("bytes about 0") << 2 << 127.5 << 0.0;
        QTest::newRow("divided by a deviation") << 1 << 2.0 << 0.0;
        QTest::newRow("0..2") << 2 << 1.0 << 1.0;
    }
    void otherUnitsAreRefusedWithTheirCount() {
        QFETCH(int, faulty);
        QFETCH(double, scale);
        QFETCH(double, shift);
        auto images = ramps(4);
        images.slice(0, 4 - faulty) = images.slice(0, 4 - faulty) * scale + shift;
        const auto fault = said(images);
        QVERIFY2(fault.startsWith("WrongKind") && fault.contains("x.npy"), qPrintable(fault));
        QVERIFY2(fault.contains(QString("%1 of 4 images, the first image %2").arg(faulty).arg(4 - faulty)),
                 qPrintable(fault));
    }

    void oneFarValueIsEnough() {
        auto images = ramps(3);
        images[2][0][4][4] = -4.5;
        QVERIFY(said(images).contains("1 of 3 images, the first image 2"));
    }

    void imagesFromZeroToOneAreRefused() {
        QVERIFY(said(ramps(5) / 2 + 0.5).contains("5 of 5 images, the first image 0"));
    }
};

THAW_TEST(FloatImagesTest);
#include "float_images_test.moc"
