// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure/panel_figure.h"

#include "core/values/panel_kinds.h"
#include "tests/registry.h"

#include <QTest>

#include <algorithm>

using namespace thaw;

class PanelFigureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKindHasOnePictureAndAName() {
        const auto& pictures = panelPictures();
        QCOMPARE(pictures.size(), panelKinds().size());
        for (const PanelKindEntry& entry : panelKinds()) {
            QCOMPARE(std::count_if(pictures.begin(), pictures.end(),
                                   [&](const PanelPicture& picture) { return picture.kind == entry.kind; }),
                     std::ptrdiff_t(1));
            const PanelPicture& picture = pictureOf(entry.kind);
            QVERIFY2(*picture.name && picture.draw, entry.word);
            QVERIFY2(!entry.isOnFrequencyPage || *picture.detail, entry.word);
            PanelRecipe panel;
            panel.kind = entry.kind;
            QVERIFY2(isEmpty(panelFigure(panel, {})), entry.word);  // nothing is measured, nothing is drawn
        }
    }
};

THAW_TEST(PanelFigureTest);
#include "panel_figure_test.moc"
