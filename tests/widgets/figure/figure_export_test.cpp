// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_export.h"
#include "tests/registry.h"
#include "tests/widgets/sheet_values.h"
#include "widgets/base/theme.h"
#include "widgets/curves/curve_plot.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QImageReader>
#include <QLocale>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <cmath>

using namespace thaw;
using namespace thaw::test;

namespace {

// "/Width 8 ... /Height 6" of every image object in a PDF.
QList<QSize> pdfImages(const QByteArray& pdf) {
    QList<QSize> sizes;
    static const QRegularExpression image(QStringLiteral("/Subtype\\s*/Image(.*?)stream"),
                                          QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression width(QStringLiteral("/Width\\s+(\\d+)")),
        height(QStringLiteral("/Height\\s+(\\d+)"));
    auto found = image.globalMatch(QString::fromLatin1(pdf));
    while (found.hasNext()) {
        const QString object = found.next().captured(1);
        sizes << QSize(width.match(object).captured(1).toInt(), height.match(object).captured(1).toInt());
    }
    return sizes;
}

QSizeF pdfPage(const QByteArray& pdf) {
    static const QRegularExpression box(QStringLiteral("/MediaBox\\s*\\[\\s*0\\s+0\\s+([\\d.]+)\\s+([\\d.]+)"));
    const auto found = box.match(QString::fromLatin1(pdf));
    return {found.captured(1).toDouble(), found.captured(2).toDouble()};
}

struct Svg {
    QString width, height, viewBox, texts;
    QStringList families;
    QList<QImage> images;
    bool wellFormed = false;
};

Svg readSvg(const QByteArray& bytes) {
    Svg svg;
    QXmlStreamReader xml(bytes);
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isCharacters()) svg.texts += xml.text().toString();
        if (!xml.isStartElement()) continue;
        const auto attributes = xml.attributes();
        if (xml.name() == QLatin1String("svg")) {
            svg.width = attributes.value("width").toString();
            svg.height = attributes.value("height").toString();
            svg.viewBox = attributes.value("viewBox").toString();
        }
        if (xml.name() == QLatin1String("text")) svg.families << attributes.value("font-family").toString();
        if (xml.name() == QLatin1String("image")) {
            const QString data = attributes.value("http://www.w3.org/1999/xlink", "href").toString();
            svg.images << QImage::fromData(QByteArray::fromBase64(data.section(QLatin1Char(','), 1).toLatin1()));
        }
    }
    svg.wellFormed = !xml.hasError();
    return svg;
}

QList<QStringList> csvRows(const QByteArray& bytes, QStringList* header = nullptr) {
    QList<QStringList> rows;
    for (const QString& line : QString::fromUtf8(bytes).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (!line.startsWith(QLatin1Char('#'))) rows << line.split(QLatin1Char(','));
        else if (header) *header << line;
    }
    return rows;
}

CurveFigure curves() {
    CurveFigure figure;
    figure.title = QStringLiteral("Losses");
    figure.xLabel = QStringLiteral("kimg");
    figure.yLabel = QStringLiteral("loss");
    figure.caption = QStringLiteral("run 0003");
    figure.smoothing = 0.9;
    CurveSeries line{QStringLiteral("G loss"), CurveKind::Line, 0, true, {}, {}, {}, {}};
    for (int i = 0; i < 200; ++i) {
        line.x.push_back(i / 3.0);
        line.y.push_back(std::sin(i * 0.1) / 7);
    }
    figure.series = {line,
                     {QStringLiteral("FID"),
                      CurveKind::Points,
                      1,
                      true,
                      {1, 30, 60},
                      {0.1, 0.05, 0.02},
                      {},
                      {QString(), QStringLiteral("1,000 images")}}};
    figure.marks = {{20, QStringLiteral("paused")}};
    figure.references = {{0.08, QStringLiteral("teacher")}};
    return figure;
}

SampleFigure samples() {
    SampleFigure figure;
    figure.caption = QStringLiteral("Seeds 0 … 3");
    for (int b = 0; b < 2; ++b)
        figure.blocks.push_back(
            {QStringLiteral("block %1").arg(b), QStringLiteral("caption"), test::flatSamples(4, b + 1), {}, {}});
    figure.blocks.push_back({QStringLiteral("nothing yet"), {}, {}, {}, {}});
    return figure;
}

}  // namespace

class FigureExportTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString path(const char* name) const { return folder_.filePath(QLatin1String(name)); }

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        applyTheme(*qApp, Theme::Light);
        QVERIFY(folder_.isValid());
    }

    void thePdfHoldsTheMatrixAsOneImage_data() {
        QTest::addColumn<bool>("table");
        QTest::newRow("spectrum") << false;
        QTest::newRow("table with missing cells") << true;
    }
    void thePdfHoldsTheMatrixAsOneImage() {
        QFETCH(bool, table);
        const HeatmapData data = table ? heatmapOf(test::raggedTable()) : heatmapOf(test::fallingSpectrum());
        QCOMPARE(exportFigure(data, {}, path("map.pdf")), QString());
        const QByteArray pdf = contents(path("map.pdf"));
        QVERIFY(pdf.startsWith("%PDF-"));
        QVERIFY(pdf.trimmed().endsWith("%%EOF"));
        QCOMPARE(pdfImages(pdf), QList<QSize>({QSize(data.cols, data.rows)}));
        QVERIFY2(!pdf.contains("/DCTDecode"), "the matrix was compressed as JPEG, with loss");
        QVERIFY2(pdf.contains("/FontFile2") || pdf.contains("/FontFile3"), "no font is embedded");
    }

    void thePdfPageHasTheAskedSize() {
        QCOMPARE(
            exportFigure(heatmapOf(test::fallingSpectrum()), {}, path("size.pdf"), {.widthMm = 83, .heightMm = 60}),
            QString());
        const QSizeF page = pdfPage(contents(path("size.pdf")));
        // The writer rounds to whole points.
        QVERIFY(std::abs(page.width() - 83 / 25.4 * 72) <= 0.5);
        QVERIFY(std::abs(page.height() - 60 / 25.4 * 72) <= 0.5);
    }

    void theSvgIsInMillimetresWithLiveTextInANamedFace() {
        const HeatmapData data = heatmapOf(test::fallingSpectrum());
        QCOMPARE(exportFigure(data, {}, path("map.svg"), {.widthMm = 83, .heightMm = 70}), QString());
        const QByteArray bytes = contents(path("map.svg"));
        const Svg svg = readSvg(bytes);
        QVERIFY(svg.wellFormed);
        QCOMPARE(svg.width, "83mm");
        QCOMPARE(svg.height, "70mm");
        const auto box = svg.viewBox.split(QLatin1Char(' '));
        QVERIFY(std::abs(box.value(2).toDouble() / box.value(3).toDouble() - 83.0 / 70) < 1e-5);
        for (const char* text :
             {"horizontal spatial frequency (cycles/image)", "power re mean (dB)", "enc.28x28_block0"})
            QVERIFY2(svg.texts.contains(QLatin1String(text)), text);
        QVERIFY(!svg.families.isEmpty());
        for (const QString& family : svg.families)
            QVERIFY2(family.contains(QStringLiteral(", sans-serif")) && !family.startsWith("Sans"), qPrintable(family));
        QCOMPARE(svg.images.size(), 1);
        QCOMPARE(svg.images[0].size(), QSize(data.cols, data.rows));
        QCOMPARE(svg.images[0].convertToFormat(QImage::Format_RGB32), heatmapImage(data, {}, 0));
        QVERIFY(bytes.contains("image-rendering:pixelated"));
    }

    void thePngHasItsSizeAndResolution() {
        QCOMPARE(exportFigure(heatmapOf(test::fallingSpectrum()), {}, path("map.png"),
                              {.widthMm = 83, .heightMm = 60, .dpi = 300}),
                 QString());
        const QImage image(path("map.png"));
        QCOMPARE(image.size(), QSize(qRound(83 / 25.4 * 300), qRound(60 / 25.4 * 300)));
        QVERIFY(std::abs(image.dotsPerMeterX() * 0.0254 - 300) < 0.1);
        QVERIFY(image.text("Description").contains("σ = 80"));
    }

    void theCsvHoldsExactlyTheNumbersDrawn() {
        const HeatmapData data = heatmapOf(test::raggedTable());
        QCOMPARE(exportFigure(data, {}, path("map.csv")), QString());
        QStringList header;
        const auto rows = csvRows(contents(path("map.csv")), &header);
        QVERIFY(header.join(' ').contains("# sigma: 80"));
        QCOMPARE(rows.size(), 4);
        for (int c = 0; c < data.cols; ++c) QCOMPARE(rows[0][c + 1].toDouble(), data.x.values[std::size_t(c)]);
        for (int r = 0; r < data.rows; ++r) {
            QCOMPARE(rows[r + 1][0], data.y.names[std::size_t(r)]);
            for (int c = 0; c < data.cols; ++c) {
                if (std::isnan(data.at(r, c))) QCOMPARE(rows[r + 1][c + 1], "nan");
                else QCOMPARE(rows[r + 1][c + 1].toDouble(), data.at(r, c));
            }
        }
    }

    void filesAreWrittenInTheCLocale() {
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        QCOMPARE(exportFigure(curves(), path("german.csv")), QString());
        QCOMPARE(
            exportFigure(heatmapOf(test::fallingSpectrum()), {}, path("german.svg"), {.widthMm = 83.5, .heightMm = 60}),
            QString());
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        const auto rows = csvRows(contents(path("german.csv")));
        QCOMPARE(rows[2][2].toDouble(), 1 / 3.0);
        QCOMPARE(rows[2].size(), 6);
        QCOMPARE(readSvg(contents(path("german.svg"))).width, "83.5mm");
    }

    void theCurveCsvHoldsRawAndSmoothedValues() {
        const CurveFigure figure = curves();
        QCOMPARE(exportFigure(figure, path("curves.csv")), QString());
        const auto rows = csvRows(contents(path("curves.csv")));
        QCOMPARE(rows[0], QStringList({"series", "kind", "kimg", "value", "smoothed", "note"}));
        QCOMPARE(rows.size(), 204);
        const auto smooth = debiasedEma(figure.series[0].y, 0.9);
        for (int i = 0; i < 200; ++i) {
            QCOMPARE(rows[i + 1][2].toDouble(), figure.series[0].x[std::size_t(i)]);
            QCOMPARE(rows[i + 1][3].toDouble(), figure.series[0].y[std::size_t(i)]);
            QCOMPARE(rows[i + 1][4].toDouble(), smooth[std::size_t(i)]);
        }
        QCOMPARE(rows[202].mid(5).join(','), "\"1,000 images\"");
    }

    void theCurvesAreDrawnAsLinesAndLiveText() {
        QCOMPARE(exportFigure(curves(), path("curves.pdf")), QString());
        const QByteArray pdf = contents(path("curves.pdf"));
        QVERIFY(pdfImages(pdf).isEmpty());
        QVERIFY(pdf.contains("/FontFile2") || pdf.contains("/FontFile3"));
        QCOMPARE(exportFigure(curves(), path("curves.svg")), QString());
        const Svg svg = readSvg(contents(path("curves.svg")));
        QVERIFY(svg.wellFormed);
        QVERIFY(svg.images.isEmpty());
        for (const char* text : {"G loss", "FID", "kimg", "loss", "paused", "teacher", "Losses", "run 0003"})
            QVERIFY2(svg.texts.contains(QLatin1String(text)), text);
    }

    void nothingIsDrawnOutsideTheVisibleWindow() {
        CurveFigure figure = curves();
        figure.smoothing = 0;
        figure.xRange = {10, 20};
        figure.yRange = {-0.02, 0.02};
        QCOMPARE(exportFigure(figure, path("window.svg"), {.widthMm = 80, .heightMm = 60}), QString());
        const QString svg = QString::fromUtf8(contents(path("window.svg")));
        static const QRegularExpression polyline(QStringLiteral("<polyline[^>]*points=\"([^\"]*)\""));
        auto lines = polyline.globalMatch(svg);
        QVERIFY(lines.hasNext());
        while (lines.hasNext())
            for (const QString& pair : lines.next().captured(1).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
                const double x = pair.section(',', 0, 0).toDouble(), y = pair.section(',', 1, 1).toDouble();
                QVERIFY2(x >= 0 && x <= 2268 && y >= 0 && y <= 1701, qPrintable(pair));
            }
        QVERIFY(!svg.contains("teacher"));
    }

    void theScreenAndTheFileShowTheSameWindow() {
        CurvePlot plot;
        const int series = plot.addSeries(QStringLiteral("a"));
        for (int i = 0; i < 50; ++i) plot.append(series, i, i * i);
        plot.resize(400, 300);
        plot.show();
        plot.flush();
        const CurveFigure figure = plot.figure();
        QCOMPARE(*figure.xRange, plot.xRange());
        QCOMPARE(*figure.yRange, plot.yRange());
    }

    void samplesKeepTheirPixels() {
        QCOMPARE(exportFigure(samples(), path("samples.pdf"), {.widthMm = 120}), QString());
        const auto images = pdfImages(contents(path("samples.pdf")));
        QCOMPARE(images.size(), 8);
        for (const QSize size : images) QCOMPARE(size, QSize(4, 4));
        QCOMPARE(exportFigure(samples(), path("samples.csv")), QString());
        const auto rows = csvRows(contents(path("samples.csv")));
        QCOMPARE(rows.size(), 9);
        QCOMPARE(rows[5].mid(0, 3), QStringList({"block 1", "0", "0"}));
    }

    void theFileIsLightWhateverTheScreenShows() {
        const QImage light = renderFigure(heatmapOf(test::raggedTable()), {});
        applyTheme(*qApp, Theme::Dark);
        const QImage dark = renderFigure(heatmapOf(test::raggedTable()), {});
        const QImage curve = renderFigure(curves());
        applyTheme(*qApp, Theme::Light);
        QCOMPARE(dark, light);
        QCOMPARE(curve.pixelColor(1, 1), QColor(Qt::white));
    }

    void twoExportsAreTheSameToTheByte() {
        for (const char* name : {"a.svg", "a.png", "a.csv"}) {
            QCOMPARE(exportFigure(curves(), path(name)), QString());
            const QByteArray first = contents(path(name));
            QCOMPARE(exportFigure(curves(), path(name)), QString());
            QCOMPARE(contents(path(name)), first);
        }
    }

    void aFailedExportSaysWhyAndLeavesTheOldFile() {
        const HeatmapData data = heatmapOf(test::fallingSpectrum());
        QVERIFY(exportFigure(data, {}, folder_.filePath("no/such/folder/map.pdf")).contains("map.pdf"));
        QVERIFY(exportFigure(data, {}, path("map.tiff")).contains("tiff"));
        QVERIFY(exportFigure(data, {}, path("bad.pdf"), {.widthMm = 0}).contains("0"));
        QVERIFY(exportFigure(data, {}, path("bad.pdf"), {.widthMm = std::nan("")}).contains("mm"));
        QVERIFY(exportFigure(data, {}, path("bad.png"), {.dpi = 100000}).contains("100000"));
        QVERIFY(!exportFigure(HeatmapData(), {}, path("bad.pdf")).isEmpty());
        QVERIFY(!exportFigure(CurveFigure(), path("bad.csv")).isEmpty());
        QVERIFY(!exportFigure(SampleFigure(), path("bad.png")).isEmpty());
        QVERIFY(!QFile::exists(path("bad.pdf")) && !QFile::exists(path("bad.png")) && !QFile::exists(path("bad.csv")));
        // A folder of that name cannot be replaced by a file.
        QVERIFY(QDir(folder_.path()).mkdir("taken.pdf"));
        QVERIFY(!exportFigure(data, {}, path("taken.pdf")).isEmpty());
        QVERIFY(QFileInfo(path("taken.pdf")).isDir());
        QCOMPARE(QDir(folder_.path()).entryList({"taken*"}, QDir::Files).size(), 0);
    }

    void titlesWithCommasQuotesAndLineBreaksStayInTheirColumn() {
        CurveFigure figure = curves();
        figure.title = QStringLiteral("a\nb");
        figure.series = {{QStringLiteral("G \"loss\", mean"), CurveKind::Line, 0, true, {1}, {2}, {}, {}}};
        QCOMPARE(exportFigure(figure, path("odd.csv")), QString());
        const QByteArray csv = contents(path("odd.csv"));
        QVERIFY(csv.contains("# title: a b\n"));
        QVERIFY(csv.contains("\n\"G \"\"loss\"\", mean\",line,1,2,2,\n"));
        QCOMPARE(exportFigure(figure, path("odd.svg")), QString());
        QVERIFY(readSvg(contents(path("odd.svg"))).wellFormed);
    }
};

THAW_TEST(FigureExportTest);
#include "figure_export_test.moc"
