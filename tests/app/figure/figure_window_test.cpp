// SPDX-License-Identifier: GPL-3.0-or-later
// Figures from the pages into the composer, into files, and back.
#include "app/figure/figure_window.h"
#include "app/figure/export_button.h"
#include "app/figure/figure_saving.h"
#include "app/figure/figure_sources.h"
#include "tests/app/window_fixture.h"
#include "tests/registry.h"
#include "widgets/base/progress_strip.h"
#include "widgets/figure/figure_editor.h"
#include "widgets/heatmap/heatmap_view.h"

#include <QMessageBox>
#include <QPointer>
#include <QSignalSpy>

using namespace thaw;

class FigureWindowTest : public QObject {
    Q_OBJECT
    WindowFixture fixture_;

    MainWindow& window() const { return *fixture_.window; }
    FrequencyPage& page() const { return *window().frequencyPage(); }
    FigureWindow& figure() const { return *window().figures().current(); }
    QString at(const char* name) const { return fixture_.folder.filePath(name); }
    static QByteArray bytes(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    bool measured() const {
        return QTest::qWaitFor([&] { return page().isUpToDate() && !isEmpty(page().drawn()); }, kLong);
    }

private Q_SLOTS:
    void initTestCase() {
        fixture_.open();
        QVERIFY(QTest::qWaitFor([&] { return window().isSettled(); }, kLong));
        QVERIFY(QTest::qWaitFor([&] { return window().figureSources().isReady(); }, kLong));
        PanelRecipe panel;
        panel.kind = PanelKind::Blocks;
        panel.images = 4;
        page().showPanel(panel);
        QVERIFY(measured());
    }

    void panelsOfThePagesComeTogether() {
        page().exportButton()->addToFigure();
        QVERIFY(window().figures().current());
        window().selection().setBlock("dec.14x14_block0");
        page().setView(PanelKind::Profile);
        QVERIFY(measured());
        Q_EMIT page().addToFigureRequested();
        window().comparePage()->exportButton()->addToFigure();
        const FigureSheet sheet = figure().editor()->sheet();
        QCOMPARE(sheet.panels.size(), std::size_t(3));
        QVERIFY(std::holds_alternative<MapFigure>(sheet.panels[0].figure));
        QVERIFY(std::holds_alternative<CurveFigure>(sheet.panels[1].figure));
        QVERIFY(std::holds_alternative<SampleFigure>(sheet.panels[2].figure));
        for (const SheetPanel& panel : sheet.panels) QVERIFY(panel.recipe);
        QVERIFY(figure().isModified());
    }

    void aSavedFigureHoldsTheModelsChecksum() {
        for (const char* name : {"figure.pdf", "figure.csv", "figure.npz"}) {
            QVERIFY2(figure().saveAs(at(name)), qPrintable(figure().strip()->what() + figure().strip()->detail()));
            const OpenedRecipe opened = openRecipe(at(name));
            QVERIFY2(opened.recipe, qPrintable(opened.error));
            QCOMPARE(opened.recipe->panels.size(), std::size_t(3));
            QCOMPARE(opened.recipe->model.path, std::string("builtin"));
            QCOMPARE(opened.recipe->model.sha256.size(), std::size_t(64));
        }
        QVERIFY(QFile::exists(at("figure.recipe.json")));
        QVERIFY(!figure().isModified());
    }

    void anOpenedFigureIsMeasuredAnewWithTheSameNumbers() {
        const QByteArray before = bytes(at("figure.csv"));
        const FigureWindow* first = window().figures().current();
        window().figures().open(at("figure.pdf"));
        QVERIFY(window().figures().current() != first);  // nothing is replaced
        QVERIFY(figure().isReading());
        QSignalSpy read(window().figures().current(), &FigureWindow::read);
        QVERIFY(read.wait(kLong));
        QVERIFY2(!figure().strip()->isVisible(), qPrintable(figure().strip()->detail()));
        QVERIFY(figure().saveAs(at("again.csv")));
        const auto numbers = [](const QByteArray& csv) { return csv.mid(csv.indexOf('\n') + 1); };
        QCOMPARE(numbers(bytes(at("again.csv"))), numbers(before));
        figure().close();
    }

    void oneFrequencyViewComesBackOnItsPage() {
        PanelRecipe panel;
        panel.kind = PanelKind::Spectrum;
        panel.block = "dec.14x14_block1";
        panel.sigma = 80;
        panel.images = 3;
        panel.firstSeed = 7;
        panel.map = "magma";
        page().showPanel(panel);
        QVERIFY(measured());
        page().exportButton()->exportTo(at("one.svg"));
        const HeatmapData before = page().heatmap()->data();
        page().showPanel({});
        window().selection().setBlock("enc.28x28_block0");
        QVERIFY(measured());
        window().figures().open(at("one.svg"));
        QVERIFY(measured());
        QCOMPARE(window().selection().block(), QString("dec.14x14_block1"));
        QCOMPARE(window().selection().firstSeed(), quint64(7));
        QCOMPARE(page().view(), PanelKind::Spectrum);
        QVERIFY(page().heatmap()->data() == before);
        QCOMPARE(page().heatmap()->styleOptions().map, ColourMap::Magma);
    }

    void aFileWithoutRecipeIsRefusedInWords() {
        QFile file(at("picture.png"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QImage picture(4, 4, QImage::Format_RGB32);
        picture.fill(Qt::red);
        QVERIFY(picture.save(&file, "PNG"));
        file.close();
        window().figures().open(at("picture.png"));
        QVERIFY2(window().strip()->isVisible() && window().strip()->detail().contains("no recipe"),
                 qPrintable(window().strip()->detail()));
    }

    void aRecipeWhoseModelIsGoneIsSaidAndNothingIsLost() {
        QFile file(at("gone.recipe.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "{\"thaw_figure\": 1, \"model\": {\"path\": \"gone.safetensors\"}, \"panels\": [{\"kind\": \"blocks\"}, "
            "{\"kind\": \"transfer\"}]}");
        file.close();
        const std::size_t panels = figure().editor()->sheet().panels.size();
        FigureWindow* before = window().figures().current();
        window().figures().open(at("gone.recipe.json"));
        QSignalSpy read(window().figures().current(), &FigureWindow::read);
        QVERIFY(read.wait(kLong));
        QVERIFY2(figure().strip()->detail().contains("gone.safetensors"), qPrintable(figure().strip()->detail()));
        QVERIFY(figure().isEmpty());
        QCOMPARE(before->editor()->sheet().panels.size(), panels);
        figure().close();
    }

    void measuringCanBeCancelled() {
        window().figures().open(at("figure.csv"));
        FigureWindow* reading = window().figures().current();
        QVERIFY(reading->isReading());
        Q_EMIT reading->progress()->cancelRequested();
        QVERIFY(!reading->isReading());
        QVERIFY(reading->isEmpty());
        reading->close();
    }

    void closingAsksForFiguresThatAreInNoFile() {
        page().exportButton()->addToFigure();
        QVERIFY(figure().isModified());
        window().close();
        QVERIFY(window().isVisible());
        auto* box = figure().findChild<QMessageBox*>();
        QVERIFY(box);
        for (QAbstractButton* button : box->buttons())
            if (button->text() == "Drop it") QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return !window().figures().current() || !figure().isModified(); }));
        window().close();
        QVERIFY(!window().isVisible());
    }

    void aFigureThatIsStillOpenGoesWithItsWindow() {
        page().exportButton()->addToFigure();
        const QPointer<FigureWindow> figure = window().figures().current();
        QVERIFY(figure);
        fixture_.window.reset();
        QVERIFY(!figure);
    }
};

THAW_TEST(FigureWindowTest);
#include "figure_window_test.moc"
