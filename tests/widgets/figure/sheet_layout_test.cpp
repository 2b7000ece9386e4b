// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_sheet_layout.h"

#include "tests/registry.h"
#include "tests/widgets/sheet_values.h"
#include "widgets/base/theme.h"
#include "widgets/heatmap/heatmap_paint.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace thaw;
using namespace thaw::test;

namespace {

struct Word {
    QString text;
    QRectF box;
};

// Every word of a PDF's page, in points.
std::vector<Word> wordsOf(const QString& pdf) {
    static const QRegularExpression word(
        QStringLiteral("xMin=\"([\\d.-]+)\" yMin=\"([\\d.-]+)\" xMax=\"([\\d.-]+)\" yMax=\"([\\d.-]+)\">([^<]*)<"));
    std::vector<Word> words;
    const QString listed = said(QStringLiteral("pdftotext"), {QStringLiteral("-bbox"), pdf, QStringLiteral("-")});
    for (auto found = word.globalMatch(listed); found.hasNext();) {
        const auto match = found.next();
        words.push_back(
            {match.captured(5), QRectF(QPointF(match.captured(1).toDouble(), match.captured(2).toDouble()),
                                       QPointF(match.captured(3).toDouble(), match.captured(4).toDouble()))});
    }
    return words;
}

// A pair of words that overprint each other, or a word beyond the page.
QString collision(const std::vector<Word>& words, const QSizeF& page) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        // A box holds ascenders and descenders that its word need not have.
        const QRectF box = words[i].box.adjusted(0.4, 2, -0.4, -2);
        if (!QRectF(QPointF(), page).adjusted(-0.5, -0.5, 0.5, 0.5).contains(box)) return words[i].text;
        for (std::size_t j = 0; j < i; ++j)
            if (box.intersects(words[j].box.adjusted(0.4, 2, -0.4, -2)))
                return words[i].text + QStringLiteral(" over ") + words[j].text;
    }
    return {};
}

CurveFigure longLegend() {
    CurveFigure figure = lossCurves();
    figure.series[0].name = QStringLiteral("gain, EDM, pre-trained on the built-in data");
    figure.series[1].name = QStringLiteral("coherence, D2O-F, 20 kimg");
    figure.references = {{0.05, QStringLiteral("95 % of independent signals have less coherence")}};
    return figure;
}

}  // namespace

class SheetLayoutTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    FigureStyle style_;
    MapFigure table_ = tableMap(), plane_ = planeMap();
    CurveFigure curves_ = lossCurves(), legend_ = longLegend();
    SampleFigure samples_ = sampleBlocks();

    SheetPlan planOf(std::vector<FigurePart> parts, int columns) const {
        SheetPlan plan;
        plan.columns = columns;
        for (std::size_t i = 0; i < parts.size(); ++i) plan.titles << panelLetter(i) + QStringLiteral(" Title");
        plan.parts = std::move(parts);
        return plan;
    }
    SheetLayout layoutOf(const SheetPlan& plan, double widthPt) const {
        const double width = widthPt * style_.pt;
        return layOutSheet(plan, QRectF(0, 0, width, sheetHeight(plan, width, style_)), style_);
    }

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        applyTheme(*qApp, Theme::Light);
        style_ = paperStyle({}, 8, 20);
    }

    void framesOfARowBeginAndEndTogether() {
        const SheetPlan plan = planOf({partOf(table_.data, {}), partOf(legend_), partOf(plane_.data, {}),
                                       partOf(curves_), partOf(samples_), partOf(curves_)},
                                      2);
        const SheetLayout layout = layoutOf(plan, 500);
        for (std::size_t row = 0; row < 3; ++row) {
            const QRectF left = layout.places[2 * row].frame(), right = layout.places[2 * row + 1].frame();
            QCOMPARE(left.top(), right.top());
            QCOMPARE(left.bottom(), right.bottom());
            QVERIFY(left.height() > 20 * style_.pt);
            QVERIFY(layout.places[2 * row].body.right() < layout.places[2 * row + 1].body.left());
        }
    }

    // What is drawn fills the frame: the table because it stretches, the plane because its row has its shape.
    void heatmapsFillTheirFrames() {
        for (const MapFigure* map : {&table_, &plane_}) {
            const SheetPlan plan = planOf({partOf(map->data, {}), partOf(legend_)}, 2);
            const auto place = layoutOf(plan, 500).places[0];
            const auto drawn =
                layOutHeatmap(map->data, {}, place.body, style_,
                              {.title = false, .caption = false, .above = place.room.above, .below = place.room.below});
            QVERIFY(std::abs(drawn.plot.top() - place.frame().top()) < 0.1 * style_.pt);
            QVERIFY(std::abs(drawn.plot.bottom() - place.frame().bottom()) < 0.1 * style_.pt);
            QVERIFY(drawn.bar.right() < drawn.barLabel.left());
            QVERIFY(drawn.barLabel.left() - drawn.bar.right() < 40 * style_.pt);
            QVERIFY(drawn.barLabel.right() <= place.body.right() + 0.1 * style_.pt);
        }
    }

    void samplesFillTheirFrames() {
        const SheetPlan plan = planOf({partOf(samples_), partOf(legend_)}, 2);
        const auto place = layoutOf(plan, 500).places[0];
        const auto drawn = layOutSamplesOnPaper(
            samples_, place.body.adjusted(2 * style_.pt, 2 * style_.pt, -2 * style_.pt, -place.room.below),
            place.room.above - 2 * style_.pt, style_);
        QVERIFY(std::abs(drawn.grids[0].top() - place.frame().top()) < 0.1 * style_.pt);
        QVERIFY(std::abs(drawn.grids[1].bottom() - place.frame().bottom()) < 0.1 * style_.pt);
    }

    // Sixteen of four sources: four to a row over two columns of a page, two over one, where four would be hard to see.
    void samplesAreLargeAndCloseTogether() {
        SampleFigure figure;
        for (int b = 0; b < 4; ++b)
            figure.blocks.push_back(
                {QStringLiteral("d2o-f-with-a-long-name.safetensors, one step"), {}, flatSamples(16, b, 28), {}, {}});
        for (const auto& [points, perRow] : {std::pair(500.0, 4), std::pair(240.0, 2)}) {
            const double width = points * style_.pt;
            QCOMPARE(samplesPerRow(figure, width, style_), perRow);
            const double headings = sampleHeadings(figure, width, style_);
            const auto layout = layOutSamplesOnPaper(
                figure, QRectF(0, 0, width, headings + sampleHeight(figure, width, perRow, style_)), headings, style_);
            QCOMPARE(layout.perRow, perRow);
            double images = 0;
            for (const QRectF& grid : layout.grids) images += grid.width();
            QVERIFY2(images > 0.9 * width, qPrintable(QString::number(images / width)));
            QVERIFY(layout.cell(0, 0).width() >= 25 * style_.pt);
            for (std::size_t b = 0; b < 4; ++b) {
                QVERIFY(layout.headings[b].bottom() <= layout.grids[b].top());
                QCOMPARE(layout.titleLines[b].join(QString()).remove(' '),
                         QStringLiteral("d2o-f-with-a-long-name.safetensors,onestep"));
                for (const QString& line : layout.titleLines[b])
                    QVERIFY(textWidth(style_.small(), line) <= layout.headings[b].width() + 1);
                if (b > 0) QVERIFY(layout.headings[b - 1].right() < layout.headings[b].left());
            }
        }
    }

    void everyRowFillsThePage() {
        for (const int columns : {1, 2, 3, 4, 5}) {
            const SheetPlan plan = planOf(
                {partOf(curves_), partOf(curves_), partOf(curves_), partOf(table_.data, {}), partOf(curves_)}, columns);
            const SheetLayout layout = layoutOf(plan, 700);
            for (std::size_t i = 0; i < 5; ++i)
                if (i + 1 == 5 || (int(i) + 1) % columns == 0)
                    QVERIFY2(std::abs(layout.places[i].body.right() - 700 * style_.pt) < 0.01 * style_.pt,
                             qPrintable(QString::number(columns)));
        }
    }

    void threePanelsStandSideBySide() {
        const SheetPlan plan = planOf({partOf(curves_), partOf(curves_), partOf(curves_)}, 1);
        QCOMPARE(fittingColumns(plan, 500 * style_.pt, style_, 1.5), 3);
        const SheetPlan mixed = planOf({partOf(plane_.data, {}), partOf(curves_), partOf(curves_)}, 1);
        QCOMPARE(fittingColumns(mixed, 500 * style_.pt, style_, 1.5), 3);
    }

    void wordsOfTheAxesStandOnOneLine() {
        FigureSheet sheet;
        sheet.columns = 2;
        sheet.panels = {{table_, {}, {}}, {legend_, {}, {}}};
        const QString pdf = folder_.filePath("line.pdf");
        QCOMPARE(exportFigure(sheet, pdf, {.widthMm = 178}), QString());
        double kimg = 0, cycles = 0;
        for (const Word& word : wordsOf(pdf)) {
            if (word.text == "kimg") kimg = word.box.top();
            if (word.text.contains("cycles/image")) cycles = word.box.top();
        }
        QVERIFY(kimg > 0 && cycles > 0);
        QVERIFY2(std::abs(kimg - cycles) < 1.2, qPrintable(QStringLiteral("%1 %2").arg(kimg).arg(cycles)));
    }

    void noWordLiesOverAnotherOrBeyondThePage_data() {
        QTest::addColumn<double>("width");
        QTest::addColumn<int>("columns");
        for (const double width : {85.0, 178.0})
            for (const int columns : {0, 1, 2}) QTest::addRow("%g mm, %d columns", width, columns) << width << columns;
    }
    void noWordLiesOverAnotherOrBeyondThePage() {
        QFETCH(double, width);
        QFETCH(int, columns);
        FigureSheet sheet = fourPanels();
        sheet.panels.push_back({legend_, {}, {}});
        sheet.columns = columns;
        if (width < 100 && columns == 2) return;  // asked for what cannot be
        const QString pdf = folder_.filePath("words.pdf");
        const FigureOptions options{.widthMm = width};
        QCOMPARE(exportFigure(sheet, pdf, options), QString());
        const auto words = wordsOf(pdf);
        QVERIFY(words.size() > 40);
        QCOMPARE(collision(words, pageSize(sheet, options) / 25.4 * 72), QString());
        for (const Word& word : words) QVERIFY2(!word.text.contains(QChar(0x2026)), qPrintable(word.text));
    }

    void longTitlesOfOnePanelAreNotCut() {
        const QString pdf = folder_.filePath("title.pdf");
        CurveFigure curves = lossCurves();
        curves.title =
            QStringLiteral("A title of many words that is longer than the column of a journal is wide, and ends");
        QCOMPARE(exportFigure(curves, pdf, {.widthMm = 60}), QString());
        const auto words = wordsOf(pdf);
        QVERIFY(std::any_of(words.begin(), words.end(), [](const Word& word) { return word.text == "ends"; }));
    }
};

THAW_TEST(SheetLayoutTest);
#include "sheet_layout_test.moc"
