// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studies/study_report_view.h"
#include "app/figure/export_button.h"
#include "app/figure/figure_recipe_sheet.h"
#include "app/shared/settings.h"
#include "core/engine/figure_now.h"
#include "tests/app/sample_study.h"
#include "tests/registry.h"
#include "widgets/curves/curve_plot.h"

#include <QLabel>
#include <QLocale>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>

#include <memory>
#include <optional>
#include <utility>

using namespace thaw;

class StudyReportViewTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    std::unique_ptr<Settings> settings_;
    std::unique_ptr<StudyReportView> view_;

    QString at(const QString& name) const { return folder_.filePath(name); }
    CurvePlot& plot() const { return *view_->plot(); }
    QWidget* canvas() const { return plot().findChild<QWidget*>(QStringLiteral("curveCanvas")); }
    QPoint onCanvas(double x, double y) const {
        QCoreApplication::processEvents();  // the layout's turn
        plot().flush();
        return canvas()->mapFrom(&plot(), plot().toPixel(x, y).toPoint());
    }
    QString emptyText() const { return plot().findChild<QLabel*>(QStringLiteral("curveEmpty"))->text(); }
    QString shownTitle() const { return plot().figure().title; }

private Q_SLOTS:
    void init() {
        QLocale::setDefault(QLocale::c());
        settings_ = std::make_unique<Settings>(at("thaw.ini"));
        view_ = std::make_unique<StudyReportView>(*settings_);
        view_->resize(800, 700);
        view_->setVisible(true);
        QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
    }
    void cleanup() { view_.reset(); }

    void aReportHasItsChartsAndItsWords() {
        QVERIFY(!view_->exportButton()->isEnabled());
        view_->show(at("st"), test::sampleReport());
        QCOMPARE(view_->charts()->count(), 2);
        QVERIFY(view_->charts()->isVisible());
        QCOMPARE(shownTitle(), QString("Distance against images"));
        QVERIFY(view_->text()->toPlainText().contains("Freezing & more"));
        QVERIFY(view_->exportButton()->isEnabled());
        view_->charts()->setCurrentIndex(1);
        QCOMPARE(shownTitle(), QString("Distance against what is frozen"));
        QVERIFY(plot().logY());
    }

    void aPointAsksForTheRunsOfItsSeries() {
        view_->show(at("st"), test::sampleReport());
        QSignalSpy asked(view_.get(), &StudyReportView::runsRequested);
        QTest::mouseClick(canvas(), Qt::LeftButton, {}, onCanvas(10, 5) + QPoint(-5, 0));
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toStringList(), QStringList({at("st/runs/none-seed1"), at("st/runs/none-seed2")}));
        QTest::mouseClick(canvas(), Qt::LeftButton, {}, onCanvas(10, 2));
        QCOMPARE(asked.size(), 2);
        QCOMPARE(asked[1][0].toStringList(), QStringList(at("st/runs/d2o-f-seed1")));
    }

    // The other chart's points lie elsewhere, and its axis is logarithmic.
    void theShownChartIsAsked() {
        view_->show(at("st"), test::sampleReport());
        view_->charts()->setCurrentIndex(1);
        QSignalSpy asked(view_.get(), &StudyReportView::runsRequested);
        QTest::mouseClick(canvas(), Qt::LeftButton, {}, onCanvas(86, 2));
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toStringList(), QStringList(at("st/runs/d2o-f-seed1")));
    }

    void whatIsNoClickOnAPointAsksNothing() {
        view_->show(at("st"), test::sampleReport());
        QSignalSpy asked(view_.get(), &StudyReportView::runsRequested);
        const QPoint point = onCanvas(0, 8), far = onCanvas(5, 3);
        QTest::mouseClick(canvas(), Qt::LeftButton, {}, far);
        QTest::mouseClick(canvas(), Qt::LeftButton, {}, point + QPoint(14, 0));
        QTest::mouseClick(canvas(), Qt::RightButton, {}, point);
        QVERIFY(asked.isEmpty());
        // A drag that ends on a point.
        QTest::mousePress(canvas(), Qt::LeftButton, {}, far);
        QTest::mouseRelease(canvas(), Qt::LeftButton, {}, point);
        QVERIFY(asked.isEmpty());
        view_->clear("Nothing.");
        QTest::mouseClick(canvas(), Qt::LeftButton, {}, point);
        QVERIFY(asked.isEmpty());
    }

    void aLinkAsksForTheRunsOfItsRow() {
        view_->show(at("st"), test::sampleReport());
        QVERIFY(view_->text()->toHtml().contains("href=\"runs:0.1\""));
        QSignalSpy asked(view_.get(), &StudyReportView::runsRequested);
        Q_EMIT view_->text()->anchorClicked(QUrl("runs:0.1"));
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toStringList(), QStringList(at("st/runs/d2o-f-seed1")));
        Q_EMIT view_->text()->anchorClicked(QUrl("runs:0.2"));  // no run
        Q_EMIT view_->text()->anchorClicked(QUrl("https://thaw.invalid/"));
        QCOMPARE(asked.size(), 1);
        QVERIFY(view_->text()->toPlainText().contains("Freezing & more"));  // it did not go there either
    }

    // A report grows while somebody looks at one of its charts.
    void theChartThatIsLookedAtStays() {
        auto report = test::sampleReport();
        view_->show(at("st"), report);
        view_->charts()->setCurrentIndex(1);
        view_->show(at("st"), report);
        QCOMPARE(view_->charts()->currentIndex(), 1);
        QCOMPARE(shownTitle(), QString("Distance against what is frozen"));
        std::swap(report.charts[0], report.charts[1]);
        view_->show(at("st"), report);
        QCOMPARE(view_->charts()->currentIndex(), 0);
        QCOMPARE(shownTitle(), QString("Distance against what is frozen"));
        view_->charts()->setCurrentIndex(1);
        view_->show(at("another"), report);
        QCOMPARE(view_->charts()->currentIndex(), 0);
    }

    void aSingleChartNeedsNoTabsAndNoneNoPlace() {
        auto report = test::sampleReport();
        report.charts.pop_back();
        view_->show(at("st"), report);
        QVERIFY(!view_->charts()->isVisible() && plot().isVisible());
        report.charts[0].series.clear();
        view_->show(at("st"), report);
        QVERIFY2(emptyText().contains("measured"), qPrintable(emptyText()));
        QVERIFY(!view_->exportButton()->isEnabled());
        report.charts.clear();
        view_->show(at("st"), report);
        QVERIFY(!plot().isVisible() && view_->text()->isVisible());
        view_->clear("No report yet.");
        QVERIFY(plot().isVisible() && !view_->report());
        QCOMPARE(emptyText(), QString("No report yet."));
        QVERIFY(view_->text()->toPlainText().isEmpty());
    }

    void theRecipeOfAChartMakesItAgain() {
        const QString study = at("st");
        test::writeSampleReport(study, test::sampleReport());
        view_->show(study, test::sampleReport());
        view_->charts()->setCurrentIndex(1);
        std::optional<SheetPanel> offered;
        connect(view_->exportButton(), &ExportButton::panelOffered, this,
                [&](const SheetPanel& panel) { offered = panel; });
        view_->exportButton()->addToFigure();
        QVERIFY(offered && offered->recipe);
        QCOMPARE(offered->recipe->panels.size(), std::size_t(1));
        const PanelRecipe& panel = offered->recipe->panels[0];
        QCOMPARE(panel.kind, PanelKind::Study);
        QCOMPARE(panel.runs, std::vector<std::string>{study.toStdString()});
        QCOMPARE(panel.curve, std::string("by-percent"));
        const FigureAnswer answer = figureNow("cpu", *offered->recipe, [](double) { return true; });
        QVERIFY2(!answer.error, answer.message.c_str());
        FigureSheet shown, again = sheetOf(answer.recipe, answer.panels);
        shown.panels = {*offered};
        again.recipe.clear();
        QVERIFY(csvOf(shown).contains("d2o-f"));
        QCOMPARE(csvOf(again), csvOf(shown));
    }
};

THAW_TEST(StudyReportViewTest);
#include "study_report_view_test.moc"
