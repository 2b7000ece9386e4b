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

    // Models by the names that the figure gives them, noise level, N, and what the band is.
    void everyPanelOfANetworkSaysWhatWasMeasured_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("side");
        QTest::addColumn<QString>("caption");
        const auto row = [](const char* name, PanelKind kind, PanelSide side, const char* caption) {
            QTest::newRow(name) << int(kind) << int(side) << QString::fromUtf8(caption);
        };
        const char* dots = "dots: not significant (paired t-test over images, q > 0.05) or below 0.5\u00A0dB";
        row("blocks", PanelKind::Blocks, PanelSide::A, "Before it · σ = 80 · N = 16, seeds 5–20");
        row("blocks of B", PanelKind::Blocks, PanelSide::B, "After it · σ = 80 · N = 16, seeds 5–20");
        row("change", PanelKind::Blocks, PanelSide::Difference,
            qPrintable(QStringLiteral("After it − Before it · σ = 80 · N = 16, seeds 5–20 · ") +
                       QString::fromUtf8(dots)));
        row("levels", PanelKind::Sigmas, PanelSide::A,
            "Before it · dec · σ = 2 to 80 at 2 levels · N = 16, seeds 5–20");
        row("profile", PanelKind::Profile, PanelSide::A,
            "Before it; After it · dec · σ = 80 · N = 16, seeds 5–20 · band: ± one standard deviation over images");
        row("change of a profile", PanelKind::Profile, PanelSide::Difference,
            qPrintable(QStringLiteral("After it − Before it · dec · σ = 80 · N = 16, seeds 5–20 · band: ± two standard "
                                      "errors · ") +
                       QString::fromUtf8(dots)));
    }
    void everyPanelOfANetworkSaysWhatWasMeasured() {
        QFETCH(int, kind);
        QFETCH(int, side);
        QFETCH(QString, caption);
        PanelRecipe panel;
        panel.kind = PanelKind(kind);
        panel.side = PanelSide(side);
        panel.block = "dec";
        PanelData data;
        data.nameA = "Before it";
        data.nameB = "After it";
        LayerSweepTable sweep;
        sweep.model = "file.pt";
        sweep.blocks = {"dec"};
        sweep.sigmas = {2, 80};
        sweep.resolutions = {4};
        sweep.frequencies = {0, 1, 2};
        sweep.power = {1, 2, 3, 4, 5, 6};
        sweep.deviation.assign(6, 0.5);
        sweep.images = {16, 16};
        sweep.firstSeed = 5;
        data.sweepA = data.sweepB = sweep;
        LayerDifferenceTable& difference = data.difference.emplace();
        difference.model = difference.against = "file.pt";
        difference.blocks = sweep.blocks;
        difference.sigmas = sweep.sigmas;
        difference.frequencies = sweep.frequencies;
        difference.difference = difference.standardError = difference.q = std::vector<double>(6, 1);
        difference.images = sweep.images;
        difference.complete = true;
        difference.firstSeed = 5;
        QCOMPARE(captionOf(panelFigure(panel, data)), caption);
    }

    // One heading a column, with the name of its model; nothing above it.
    void samplesAreNamedByTheirModelsAndSteps() {
        PanelRecipe panel;
        panel.kind = PanelKind::Samples;
        panel.images = 2;
        panel.firstSeed = 7;
        panel.columns = {
            {SampleSource::RealData, 1}, {SampleSource::OriginalOneStep, 1}, {SampleSource::TunedOneStep, 1}};
        PanelData data;
        data.nameA = "Before it";
        data.nameB = "After it";
        data.samples.resize(3);
        for (auto& samples : data.samples) {
            samples.steps = 1;
            samples.images.assign(2, Image{1, 1, 1, {0}});
        }
        const PanelFigure drawn = panelFigure(panel, data);
        const auto& figure = std::get<SampleFigure>(drawn);
        QCOMPARE(figure.blocks[0].title, "real data");
        QCOMPARE(figure.blocks[1].title, "Before it, one step");
        QCOMPARE(figure.blocks[2].title, "After it, one step");
        for (const SampleBlock& block : figure.blocks) QVERIFY(block.caption.isEmpty());
        QCOMPARE(figure.caption, "N = 2, seeds 7 … 8 in the same places · real data not by seed");
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
