// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lab/panel_measuring.h"

#include "core/formats/study_files.h"
#include "core/lab/measuring.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace thaw;

namespace {

FigureRecipe twoPanels() {
    FigureRecipe recipe;
    recipe.model = {"builtin", "one", {}};
    recipe.against = RecipeSource{"builtin", "two", {}};
    recipe.data.path = "builtin";
    recipe.panels.resize(2);
    recipe.panels[0].kind = PanelKind::Spectrum;
    recipe.panels[0].side = PanelSide::Difference;
    recipe.panels[0].block = "output";
    recipe.panels[0].images = 2;
    recipe.panels[1].kind = PanelKind::Samples;
    recipe.panels[1].images = 5;
    recipe.panels[1].columns = {{SampleSource::OriginalMultiStep, 2}, {SampleSource::TunedOneStep, 1}};
    return recipe;
}

}  // namespace

class PanelMeasuringTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKindOfPanelIsMeasured() {
        Session session;
        session.files().openModel("builtin");
        session.files().openData("builtin");
        const ModelChoice against{ModelChoice::Kind::File, "builtin"};
        for (const PanelKindEntry& kind : panelKinds()) {
            if (kind.subject == PanelKindEntry::Subject::Runs || kind.subject == PanelKindEntry::Subject::Study)
                continue;
            PanelRecipe panel;
            panel.kind = kind.kind;
            panel.images = 2;
            panel.sigmas = {80};
            panel.block = kind.blocks == PanelKindEntry::Blocks::OneOrWhole ? "" : "output";
            if (kind.kind == PanelKind::Probe) panel.block = "enc.28x28_conv";  // the whole denoiser takes long
            panel.responses = {kind.kind == PanelKind::Swap ? "enc.28x28_conv" : "output"};
            panel.columns = {{SampleSource::RealData, 1}};
            for (const PanelSide side : {PanelSide::A, PanelSide::B}) {
                panel.side = side;
                const PanelData data = measurePanel(session, panel, against);
                const bool anything = data.spectrumA || data.spectrumB || data.sweepA || data.sweepB || data.channels ||
                                      data.transferA || data.probe || data.swap || !data.images.empty() ||
                                      !data.samples.empty();
                QVERIFY2(anything, kind.word);
            }
        }
    }

    // Nothing has to be open for it.
    void aStudysPanelIsAChartOfItsReport() {
        const QTemporaryDir folder;
        StudyReport report;
        report.title = "A study";
        for (const char* name : {"by-images", "by-percent"}) {
            ReportChart chart{name, "Chart", "x", "distance", false, true, {}};
            chart.series = {{name, {1, 2}, {4, 3}, {0.5, 0.5}, {}}};
            report.charts.push_back(chart);
        }
        writeBytes(folder.filePath("report.json"), QByteArray::fromStdString(toJson(report)));
        FigureRecipe recipe;
        recipe.panels.resize(1);
        recipe.panels[0].kind = PanelKind::Study;
        recipe.panels[0].runs = {folder.path().toStdString()};
        recipe.panels[0].curve = "by-percent";
        const auto measured = [&] {
            Session open;
            FigureMeasurement figure(open.another(), recipe);
            while (figure.advance()) continue;
            return figure.panels();
        };
        const auto panels = measured();
        QCOMPARE(panels.size(), std::size_t(1));
        QVERIFY(panels[0].chart);
        QCOMPARE(panels[0].chart->name, std::string("by-percent"));
        QCOMPARE(panels[0].chart->series[0].mean, (std::vector<double>{4, 3}));
        QCOMPARE(panels[0].studyTitle, std::string("A study"));
        recipe.panels[0].curve = "by-seconds";
        const QString other = faultOf(measured);
        QVERIFY2(other.startsWith("Configuration") && other.contains("has no chart 'by-seconds'"), qPrintable(other));
        recipe.panels[0].runs = {folder.filePath("none").toStdString()};
        QVERIFY(faultOf(measured).startsWith("FileMissing"));
    }

    void aFigureInPiecesHasEveryPanelAndTheChecksums() {
        Session open;
        FigureMeasurement figure(open.another(), twoPanels());
        double share = 0;
        int pieces = 1;
        // Interrupted at every second piece: it goes on where it was.
        for (bool more = true; more; ++pieces) {
            if (pieces % 2 == 0) faultOf([&] { figure.advance([](double) { return false; }); });
            more = figure.advance();
            QVERIFY(figure.share() >= share);
            share = figure.share();
        }
        QVERIFY(pieces > 6);
        QCOMPARE(share, 1.0);
        const auto& panels = figure.panels();
        QCOMPARE(panels.size(), std::size_t(2));
        QVERIFY(panels[0].spectrumA && panels[0].spectrumB);
        QVERIFY(panels[0].spectrumA->spectrum.power == panels[0].spectrumB->spectrum.power);
        QCOMPARE(panels[0].nameA, std::string("one"));
        QCOMPARE(panels[0].nameB, std::string("two"));
        QCOMPARE(panels[1].samples.size(), std::size_t(2));
        QCOMPARE(panels[1].samples[0].images.size(), std::size_t(5));
        QCOMPARE(panels[1].samples[1].source, SampleSource::TunedOneStep);
        QCOMPARE(figure.recipe().model.sha256.size(), std::size_t(64));
        QVERIFY(faultOf([&] { responsesOf(open); }).startsWith("Configuration"));  // nothing was opened there
    }

    void aModelThatIsNotTheOneOfTheFigureIsRefused() {
        Session open;
        FigureRecipe recipe = twoPanels();
        recipe.model.sha256 = std::string(64, '0');
        FigureMeasurement figure(open.another(), recipe);
        QVERIFY(faultOf([&] { figure.advance(); }).startsWith("WrongKind"));
    }
};

THAW_TEST(PanelMeasuringTest);
#include "panel_measuring_test.moc"
