// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/image_grid.h"
#include "tests/registry.h"

#include <QTest>

using namespace thaw;

class ImageGridTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void imagesStandRowByRow() {
        const std::vector<Image> images{{1, 1, 1, {10}}, {1, 1, 1, {20}}, {1, 1, 1, {30}}};
        const Image expected{2, 2, 1, {10, 20, 30, 255}};
        QVERIFY(composeImageGrid(images) == expected);
        const Image row{3, 1, 1, {10, 20, 30}};
        QVERIFY(composeImageGrid(images, {3, 0, 0}) == row);
    }

    void paddingStandsBetweenAndAround() {
        const std::vector<Image> images{{2, 1, 1, {10, 11}}, {2, 1, 1, {20, 21}}};
        const Image expected{7, 3, 1, {0, 0,  0,  0, 0,  0,  0,  //
                                       0, 10, 11, 0, 20, 21, 0,  //
                                       0, 0,  0,  0, 0,  0,  0}};
        QVERIFY(composeImageGrid(images, {2, 1, 0}) == expected);
    }

    void colourChannelsStayTogether() {
        const std::vector<Image> images{{1, 1, 3, {1, 2, 3}}, {1, 1, 3, {4, 5, 6}}};
        const Image expected{1, 2, 3, {1, 2, 3, 4, 5, 6}};
        QVERIFY(composeImageGrid(images, {1, 0, 0}) == expected);
    }

    void noImagesGiveNone() { QVERIFY(composeImageGrid({}) == Image{}); }

    void imagesOfTwoSizesAreRefused() {
        QVERIFY_EXCEPTION_THROWN(composeImageGrid({{1, 1, 1, {0}}, {2, 1, 1, {0, 0}}}), std::invalid_argument);
    }
};

THAW_TEST(ImageGridTest);
#include "image_grid_test.moc"
