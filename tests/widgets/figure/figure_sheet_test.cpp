// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/registry.h"
#include "tests/widgets/sheet_values.h"
#include "widgets/base/theme.h"
#include "widgets/figure/figure_csv.h"

#include <QImage>
#include <QLocale>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace thaw;
using namespace thaw::test;

namespace {

QString attributeOf(const QByteArray& svg, const char* name) {
    return QRegularExpression(QStringLiteral("<svg [^>]*\\b%1=\"([^\"]*)\"").arg(QLatin1String(name)))
        .match(QString::fromUtf8(svg))
        .captured(1);
}

// Upper edges of the words "(a)", "(b)", ... on the page, in points.
QList<double> letterTops(const QString& bbox) {
    static const QRegularExpression word(QStringLiteral("yMin=\"([\\d.]+)\"[^>]*>\\([a-z]\\)<"));
    QList<double> tops;
    for (auto found = word.globalMatch(bbox); found.hasNext();) tops << found.next().captured(1).toDouble();
    return tops;
}

}  // namespace

class FigureSheetTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString path(const char* name) const { return folder_.filePath(QLatin1String(name)); }
    QString textOf(const FigureSheet& sheet, const FigureOptions& options = {.widthMm = 174}) const {
        const QString problem = exportFigure(sheet, path("text.pdf"), options);
        return problem.isEmpty() ? said(QStringLiteral("pdftotext"),
                                        {QStringLiteral("-layout"), path("text.pdf"), QStringLiteral("-")})
                                 : problem;
    }

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        applyTheme(*qApp, Theme::Light);
        QVERIFY(folder_.isValid());
    }

    void pageHasTheSizeAsked() {
        const FigureOptions options{.widthMm = 174, .heightMm = 120, .dpi = 150};
        const FigureSheet sheet = fourPanels();
        QCOMPARE(pageSize(sheet, options), QSizeF(174, 120));
        for (const char* name : {"size.pdf", "size.svg", "size.png"})
            QCOMPARE(exportFigure(sheet, path(name), options), QString());
        const auto page =
            QRegularExpression(QStringLiteral("Pages:\\s+(\\d+)[\\s\\S]*Page size:\\s+([\\d.]+) x ([\\d.]+) pts"))
                .match(said(QStringLiteral("pdfinfo"), {path("size.pdf")}));
        QCOMPARE(page.captured(1), "1");
        // The writer rounds to whole points.
        QVERIFY(std::abs(page.captured(2).toDouble() - 174 / 25.4 * 72) <= 0.5);
        QVERIFY(std::abs(page.captured(3).toDouble() - 120 / 25.4 * 72) <= 0.5);
        const QByteArray svg = contents(path("size.svg"));
        QCOMPARE(attributeOf(svg, "width"), "174mm");
        QCOMPARE(attributeOf(svg, "height"), "120mm");
        const QImage image(path("size.png"));
        QCOMPARE(image.size(), QSize(qRound(174 / 25.4 * 150), qRound(120 / 25.4 * 150)));
        QVERIFY(std::abs(image.dotsPerMeterX() * 0.0254 - 150) < 0.1);
    }

    // A neighbour's tall legend leaves room above a map, in which its own title must not stand once more.
    void aTitleStandsOnceWhateverItsNeighbourNeeds() {
        MapFigure map = tableMap();
        map.data.title = QStringLiteral("Power of one");
        CurveFigure curves = lossCurves();
        while (curves.series.size() < 8) {
            curves.series.push_back(curves.series.front());
            curves.series.back().name = QStringLiteral("a long name, number %1").arg(curves.series.size());
        }
        FigureSheet sheet;
        sheet.panels = {{map, {}, {}}, {curves, {}, {}}};
        sheet.columns = 2;
        QCOMPARE(textOf(sheet).count(map.data.title), 1);
    }

    void aHeightThatIsNotAskedForIsWhatThePanelsNeed() {
        const FigureSheet sheet = fourPanels();
        const QSizeF wide = pageSize(sheet, {.widthMm = 174});
        QCOMPARE(wide.width(), 174.0);
        QVERIFY(wide.height() > 40 && wide.height() < 300);
        FigureSheet column = sheet;
        column.columns = 1;
        QVERIFY(pageSize(column, {.widthMm = 174}).height() > 1.5 * wide.height());
        QVERIFY(pageSize(sheet, {.widthMm = 174, .caption = false}).height() < wide.height());
    }

    void rowsFillTheHeightAsked() {
        // Frames of the maps in a column: three, spread over the whole page.
        FigureSheet sheet;
        sheet.columns = 1;
        for (int i = 0; i < 3; ++i) sheet.panels.push_back({tableMap(), {}, {}});
        for (const double height : {60.0, 200.0}) {
            QCOMPARE(exportFigure(sheet, path("rows.pdf"), {.widthMm = 83, .heightMm = height, .caption = false}),
                     QString());
            const auto tops = letterTops(
                said(QStringLiteral("pdftotext"), {QStringLiteral("-bbox"), path("rows.pdf"), QStringLiteral("-")}));
            QCOMPARE(tops.size(), 3);
            const double row = (height / 25.4 * 72 + 8) / 3;  // with the gap of 8 pt below it
            QVERIFY2(std::abs(tops[1] - tops[0] - row) < 1 && std::abs(tops[2] - tops[1] - row) < 1,
                     qPrintable(QStringLiteral("%1 %2 %3").arg(tops[0]).arg(tops[1]).arg(tops[2])));
        }
    }

    void whatIsLeftOverGoesToRowsThatStretch() {
        FigureSheet sheet;
        sheet.columns = 1;
        sheet.panels = {{lossCurves(), {}, {}}, {planeMap(), {}, {}}, {lossCurves(), {}, {}}};
        const double own = pageSize(sheet, {.widthMm = 83, .caption = false}).height();
        const auto gaps = [&](double height) {
            const QString problem =
                exportFigure(sheet, path("stretch.pdf"), {.widthMm = 83, .heightMm = height, .caption = false});
            if (!problem.isEmpty()) return std::pair(0.0, 0.0);
            const auto tops = letterTops(
                said(QStringLiteral("pdftotext"), {QStringLiteral("-bbox"), path("stretch.pdf"), QStringLiteral("-")}));
            return tops.size() == 3 ? std::pair(tops[1] - tops[0], tops[2] - tops[1]) : std::pair(0.0, 0.0);
        };
        const auto before = gaps(own), after = gaps(own + 50);
        QVERIFY(before.first > 0 && after.first > 0);
        // Half of 50 mm for each curve, nothing for the square picture.
        QVERIFY(std::abs(after.first - before.first - 25 / 25.4 * 72) < 1);
        QVERIFY(std::abs(after.second - before.second) < 1);
    }

    void theColumnsMakeThePageNearestToThreeByTwo() {
        const FigureSheet sheet = fourPanels();
        QCOMPARE(columnsOf(sheet, {.widthMm = 174}), 2);
        FigureSheet two = sheet;
        two.panels.resize(2);
        QCOMPARE(columnsOf(two, {.widthMm = 60}), 1);  // too narrow for two
        // A page that is given decides by its own shape.
        QCOMPARE(columnsOf(sheet, {.widthMm = 300, .heightMm = 60}), 4);
        QCOMPARE(columnsOf(sheet, {.widthMm = 100, .heightMm = 300}), 1);
        // No number of columns that cuts the names of blocks.
        two.panels = {{tableMap(), {}, {}}, {tableMap(), {}, {}}};
        QCOMPARE(columnsOf(two, {.widthMm = 83}), 1);
        QCOMPARE(columnsOf(two, {.widthMm = 83, .heightMm = 30}), 1);
        FigureSheet asked = sheet;
        asked.columns = 3;
        QCOMPARE(columnsOf(asked, {.widthMm = 60}), 3);
        asked.columns = 9;
        QCOMPARE(columnsOf(asked, {.widthMm = 174}), 4);
        QCOMPARE(columnsOf(FigureSheet(), {}), 1);
    }

    void everyHeatmapIsOneImageOfItsCells() {
        QCOMPARE(exportFigure(fourPanels(), path("images.pdf"), {.widthMm = 174}), QString());
        const QString listed = said(QStringLiteral("pdfimages"), {QStringLiteral("-list"), path("images.pdf")});
        const auto count = [&](const char* size) {
            return listed.count(QRegularExpression(QStringLiteral("image\\s+%1\\s").arg(QLatin1String(size))));
        };
        QCOMPARE(count("4\\s+3"), 1);
        QCOMPARE(count("8\\s+6"), 1);
        QCOMPARE(count("4\\s+4"), 8);  // samples
        QCOMPARE(count("\\d+\\s+\\d+"), 10);
        QVERIFY2(!listed.contains("jpeg"), "a picture was compressed with loss");
    }

    void theTextIsLiveInEmbeddedFonts() {
        QCOMPARE(exportFigure(fourPanels(), path("fonts.pdf"), {.widthMm = 174}), QString());
        const QStringList fonts =
            said(QStringLiteral("pdffonts"), {path("fonts.pdf")}).split('\n', Qt::SkipEmptyParts).mid(2);
        QVERIFY(!fonts.isEmpty());
        for (const QString& font : fonts)
            QVERIFY2(font.contains(QRegularExpression(QStringLiteral("\\byes\\s+(yes|no)\\s+(yes|no)\\b"))),
                     qPrintable(font));
        const QString text = textOf(fourPanels());
        // Of every panel, the last as well as the first.
        for (const char* words :
             {"Losses", "G loss", "kimg", "block 1", "dec.28x28_aux_conv", "Spectrum", "horizontal spatial"})
            QVERIFY2(text.contains(QLatin1String(words)), qPrintable(text));
    }

    void lettersStandBeforeTheTitlesFromTwoPanelsOn() {
        FigureSheet sheet = fourPanels();
        const QString text = textOf(sheet);
        for (const char* words : {"(b) Losses", "(c) Samples", "(d) Spectrum"})
            QVERIFY2(text.contains(QLatin1String(words)), qPrintable(text));
        const QString bare = textOf(sheet, {.widthMm = 174, .title = false, .caption = false});
        for (const char* words : {"(a)", "(b)", "(c)", "(d)"})
            QVERIFY2(bare.contains(QLatin1String(words)), qPrintable(bare));
        QVERIFY(!bare.contains("Losses"));
        sheet.letters = false;
        QVERIFY(!textOf(sheet).contains("(a)"));
        QVERIFY(textOf(sheet).contains("Losses"));
        sheet.letters = true;
        sheet.panels.resize(1);
        QVERIFY(!textOf(sheet).contains("(a)"));
    }

    void panelsOfOneRowBeginOnOneLine() {
        FigureSheet sheet = fourPanels();
        sheet.columns = 2;
        sheet.panels[0].title = QStringLiteral(
            "A title of very many words that needs more than a single line of its panel to be read whole");
        QCOMPARE(exportFigure(sheet, path("line.pdf"), {.widthMm = 174}), QString());
        const QString boxes =
            said(QStringLiteral("pdftotext"), {QStringLiteral("-bbox"), path("line.pdf"), QStringLiteral("-")});
        auto tops = letterTops(boxes.section(QStringLiteral("seeds"), 0, 0));
        QVERIFY(tops.size() >= 4);
        QVERIFY(std::abs(tops[0] - tops[1]) < 0.1);
        QVERIFY(std::abs(tops[2] - tops[3]) < 0.1);
        QVERIFY2(textOf(sheet).contains("read whole"), "a long title was cut");
    }

    void narrowPanelsBreakTheirWordsInsteadOfCuttingThem() {
        FigureSheet sheet;
        CurveFigure curves = lossCurves();
        curves.title = QStringLiteral("Radial profile of dec.32x32_block0");
        curves.xLabel = QStringLiteral("radial frequency (cycles/image)");
        SampleFigure samples = sampleBlocks();
        samples.blocks[0].title = QStringLiteral("original, 18 steps");
        sheet.panels = {
            {curves, {}, {}}, {samples, {}, {}}, {MapFigure{heatmapOf(fallingSpectrum(32, 32)), {}}, {}, {}}};
        sheet.columns = 3;
        const QString text = textOf(sheet);
        QVERIFY2(!text.contains(QChar(0x2026)), qPrintable(text));
        for (const char* words : {"radial frequency", "18 steps", "vertical", "dec.32x32_block0"})
            QVERIFY2(text.contains(QLatin1String(words)), qPrintable(text));
    }

    void captionsThatAgreeAreSaidOnce() {
        FigureSheet sheet;
        CurveFigure curves = lossCurves();
        sheet.panels = {{curves, {}, {}}, {curves, {}, {}}};
        QString text = textOf(sheet);
        QCOMPARE(text.count("run 0003"), 1);
        QVERIFY(!text.contains("(a) run"));
        curves.caption = QStringLiteral("run 0004");
        sheet.panels.push_back({curves, {}, {}});
        text = textOf(sheet).simplified();
        QVERIFY2(text.contains("(a), (b) run 0003; (c) run 0004"), qPrintable(text));
        sheet.caption = QStringLiteral("Two runs.\nThe second is longer.");
        text = textOf(sheet).simplified();
        QVERIFY(text.contains("Two runs. The second is longer."));
        QVERIFY(!text.contains("run 0003"));
        QVERIFY(!textOf(sheet, {.widthMm = 174, .caption = false}).contains("Two runs."));
    }

    void aSheetOfOnePanelIsThatPanel_data() {
        QTest::addColumn<int>("panel");
        for (int i = 0; i < 4; ++i) QTest::addRow("panel %d", i) << i;
    }
    void aSheetOfOnePanelIsThatPanel() {
        QFETCH(int, panel);
        FigureSheet sheet;
        sheet.panels = {fourPanels().panels[std::size_t(panel)]};
        sheet.panels[0].title.clear();
        const FigureOptions options{.widthMm = 100, .dpi = 120};
        const auto single = [&](const char* name) {
            const PanelFigure& figure = sheet.panels[0].figure;
            if (const auto* map = std::get_if<MapFigure>(&figure))
                return exportFigure(map->data, map->style, path(name), options);
            if (const auto* curves = std::get_if<CurveFigure>(&figure))
                return exportFigure(*curves, path(name), options);
            return exportFigure(std::get<SampleFigure>(figure), path(name), options);
        };
        for (const char* suffix : {"svg", "png", "csv"}) {
            const QByteArray one = QByteArray("one.") + suffix, other = QByteArray("other.") + suffix;
            QCOMPARE(exportFigure(sheet, path(one), options), QString());
            QCOMPARE(single(other), QString());
            QCOMPARE(contents(path(one)), contents(path(other)));
        }
        QCOMPARE(renderFigure(sheet, options).size(), QImage(path("one.png")).size());
    }

    void aTitleOfThePanelStandsInsteadOfTheFiguresOwn() {
        FigureSheet sheet;
        sheet.panels = {{lossCurves(), QStringLiteral("Mine"), {}}};
        sheet.caption = QStringLiteral("My words");
        const QString text = textOf(sheet);
        QVERIFY(text.contains("Mine") && text.contains("My words"));
        QVERIFY(!text.contains("Losses") && !text.contains("run 0003"));
        QVERIFY(csvOf(sheet).contains("# title: Mine\n"));
    }

    void csvIsTheNumbersOfEveryPanel() {
        const FigureSheet sheet = fourPanels();
        const QByteArray csv = csvOf(sheet);
        QVERIFY(
            csv.startsWith("# recipe: {\"thaw_figure\":1,\"panels\":[{\"kind\":\"blocks\",\"title\":\"α \\\"b\\\" "
                           "{x}\",\"first_seed\":18446744073709551615}],\"width_mm\":174.0}\n"));
        qsizetype at = 0;
        for (const QByteArray& part :
             {QByteArray("# panel (a)"), csvOf(tableMap().data), QByteArray("\n# panel (b): Losses\n"),
              csvOf(lossCurves()), QByteArray("\n# panel (c): Samples\n"), csvOf(sampleBlocks()),
              QByteArray("\n# panel (d): Spectrum\n")}) {
            const qsizetype found = csv.indexOf(part, at);
            QVERIFY2(found >= at, part.left(60).constData());
            at = found + part.size();
        }
        HeatmapData plane = planeMap().data;
        plane.title = QStringLiteral("Spectrum");
        QCOMPARE(csv.mid(at), csvOf(plane));
        QCOMPARE(exportFigure(sheet, path("sheet.csv")), QString());
        QCOMPARE(contents(path("sheet.csv")), csv);
    }

    void csvIsTheSameByteForByte() {
        for (const char* name : {"again.csv", "again.svg", "again.png"}) {
            QCOMPARE(exportFigure(fourPanels(), path(name), {.widthMm = 120}), QString());
            const QByteArray first = contents(path(name));
            QLocale::setDefault(name[6] == 'c' ? QLocale(QLocale::German) : QLocale());
            QCOMPARE(exportFigure(fourPanels(), path(name), {.widthMm = 120}), QString());
            QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
            QCOMPARE(contents(path(name)), first);
        }
    }

    void aPanelWithoutNumbersIsSeenButNotExported() {
        FigureSheet sheet = fourPanels();
        sheet.panels[1].figure = std::monostate();
        QVERIFY(isEmpty(sheet.panels[1].figure));
        QVERIFY(!renderFigure(sheet, {.widthMm = 174, .dpi = 60}).isNull());
        QVERIFY(exportFigure(sheet, path("gap.pdf")).contains("(b)"));
        for (auto& panel : sheet.panels) panel.figure = CurveFigure();
        QVERIFY(!exportFigure(sheet, path("gap.pdf")).isEmpty());
        QVERIFY(!exportFigure(FigureSheet(), path("gap.pdf")).isEmpty());
        QVERIFY(!QFile::exists(path("gap.pdf")));
        QVERIFY(renderFigure(FigureSheet()).isNull());
        QCOMPARE(titleOf(fourPanels().panels[1].figure), "Losses");
        QCOMPARE(captionOf(fourPanels().panels[1].figure), "run 0003");
    }

    void impossibleSizesAreSaidInWords() {
        QVERIFY(exportFigure(fourPanels(), path("bad.pdf"), {.widthMm = 5}).contains("5"));
        QVERIFY(exportFigure(fourPanels(), path("bad.pdf"), {.heightMm = -3}).contains("mm"));
        QVERIFY(pageSize(fourPanels(), {.widthMm = std::nan("")}).isEmpty());
        QVERIFY(renderFigure(fourPanels(), {.dpi = 1}).isNull());
    }

    void lettersGoOnBehindZ() {
        FigureSheet sheet;
        for (int i = 0; i < 28; ++i) sheet.panels.push_back({lossCurves(), {}, {}});
        const QByteArray csv = csvOf(sheet);
        QVERIFY(csv.contains("# panel (z): ") && csv.contains("# panel (aa): ") && csv.contains("# panel (ab): "));
    }
};

THAW_TEST(FigureSheetTest);
#include "figure_sheet_test.moc"
