// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure/panel_figure.h"

#include "core/values/panel_kinds.h"
#include "tests/registry.h"

#include <QTest>

#include <algorithm>
#include <cmath>

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

    void theSharesOfABlocksBandsAreDrawnInPercent() {
        PanelRecipe panel;
        panel.kind = PanelKind::Bands;
        panel.sigma = 40;
        PanelData data;
        LayerSweepTable& table = data.sweepA.emplace();
        table.blocks = {"enc", "dec"};
        table.sigmas = {80, 40};
        table.images = {4, 4};
        table.bandEdges = {0, 1, 2, 4};
        table.bandShare = {1, 0, 0, 0.5, 0.25, 0.25, 0, 0, 1, 0.125, 0.75, 0.125};
        const PanelFigure figure = panelFigure(panel, data);
        const HeatmapData& map = std::get<MapFigure>(figure).data;
        QCOMPARE(map.unit, QStringLiteral("%"));
        QCOMPARE(map.values, std::vector<double>({50, 25, 25, 12.5, 75, 12.5}));
        QCOMPARE(map.x.names, (std::vector<QString>{"0", "1–2", "2–4"}));
        QCOMPARE(map.y.names, (std::vector<QString>{"enc", "dec"}));
    }

    void aProbedGainIsAPlaneInDecibelsWithTheMeanInTheMiddle() {
        PanelRecipe panel;
        panel.kind = PanelKind::Probe;
        PanelData data;
        FourierGainMap& probe = data.probe.emplace();
        probe.height = probe.width = 4;
        probe.gain.assign(16, 0.1);
        probe.gain[0] = 10;
        probe.gain[1] = 1;             // one wave across
        probe.gain[4] = std::nan("");  // one wave down, not measured yet
        const PanelFigure figure = panelFigure(panel, data);
        const HeatmapData& map = std::get<MapFigure>(figure).data;
        QVERIFY(map.frequencyPlane);
        QCOMPARE(map.unit, QStringLiteral("dB"));
        QCOMPARE(map.at(2, 2), 20.0);
        QCOMPARE(map.at(2, 3), 0.0);
        QVERIFY(std::isnan(map.at(3, 2)));
        QCOMPARE(map.at(0, 0), -20.0);
    }

    void whatAConditionalNetworkWasToldIsSaid() {
        PanelRecipe panel;
        panel.kind = PanelKind::Probe;
        panel.classes = ClassChoice::one(3);
        PanelData data;
        FourierGainMap& probe = data.probe.emplace();
        probe.height = probe.width = 4;
        probe.gain.assign(16, 0.1);
        const auto shown = [&] { return std::get<MapFigure>(panelFigure(panel, data)).data; };
        const QString plain = shown().caption;
        data.model.emplace();
        QCOMPARE(shown().caption, plain);  // it has no classes
        data.model->labelDim = 10;
        QVERIFY2(shown().caption.endsWith("class 3"), qPrintable(shown().caption));
        QCOMPARE(shown().provenance.back().first, decltype(shown().provenance.back().first)("classes"));
        QCOMPARE(shown().provenance.back().second, QString("3"));
        panel.classes = {};
        QVERIFY(shown().caption.endsWith("random classes"));
        panel.sigma = 0.5;
        QVERIFY(shown().caption.contains("each image's own class"));
        // Samples know it of their generator.
        PanelRecipe samples;
        samples.kind = PanelKind::Samples;
        samples.columns = {{SampleSource::OriginalOneStep, 1}};
        PanelData made;
        made.samples = {SampleColumn{}};
        const auto caption = [&] { return std::get<SampleFigure>(panelFigure(samples, made)).caption; };
        QVERIFY(!caption().contains("classes"));
        made.samples[0].hasClasses = true;
        QVERIFY2(caption().endsWith("random classes"), qPrintable(caption()));
    }
};

THAW_TEST(PanelFigureTest);
#include "panel_figure_test.moc"
