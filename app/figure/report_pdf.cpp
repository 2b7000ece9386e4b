// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure/report_maker.h"

#include "core/formats/study_report_text.h"
#include "core/values/study_report.h"
#include "widgets/figure/figure_file.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QDir>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgRenderer>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextObjectInterface>

namespace thaw {
namespace {

constexpr int kChartObject = QTextFormat::UserObject + 1, kChartFile = QTextFormat::UserProperty + 1;
constexpr double kFontPt = 9, kChartMm = 125;  // two charts side by side

// A chart among the words, drawn as lines and not as pixels.
class ChartInText : public QObject, public QTextObjectInterface {
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)
public:
    explicit ChartInText(QObject* parent) : QObject(parent) {}

    // As large as the figure itself, in the document's pixels.
    QSizeF intrinsicSize(QTextDocument* document, int, const QTextFormat& format) override {
        const QSvgRenderer svg(format.property(kChartFile).toString());
        const QSizeF drawn = svg.viewBoxF().size();
        if (drawn.isEmpty()) return {};
        const auto* device = document->documentLayout()->paintDevice();
        const double dpi = device ? device->logicalDpiX() : 96;
        const double width = kChartMm / kMmPerInch * dpi;
        return {width, width * drawn.height() / drawn.width()};
    }
    void drawObject(QPainter* painter, const QRectF& rect, QTextDocument*, int, const QTextFormat& format) override {
        QSvgRenderer svg(format.property(kChartFile).toString());
        svg.render(painter, rect);
    }
};

}  // namespace

QString writeReportPdf(const StudyReport& report, const QString& chartFolder, const QString& path) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setTitle(QString::fromStdString(report.title));
        writer.setCreator(QStringLiteral("Thaw " THAW_VERSION));
        writer.setPageLayout(
            {QPageSize(QPageSize::A4), QPageLayout::Landscape, {12, 12, 12, 12}, QPageLayout::Millimeter});
        QTextDocument document;
        document.documentLayout()->setPaintDevice(&writer);
        document.documentLayout()->registerHandler(kChartObject, new ChartInText(&document));
        QFont font;
        font.setPointSizeF(kFontPt);
        document.setDefaultFont(font);
        document.setDefaultStyleSheet(QStringLiteral("td,th{padding:2pt 6pt}"));
        QTextCursor cursor(&document);
        StudyReport head = report, rest = report;
        head.charts.clear();
        head.tables.clear();
        head.notes.clear();
        rest.title.clear();
        rest.paragraphs.clear();
        rest.claims.clear();
        rest.charts.clear();
        cursor.insertHtml(QString::fromStdString(reportBody(head)));
        cursor.insertBlock(QTextBlockFormat(), QTextCharFormat());
        for (const auto& chart : report.charts) {
            const QString name = QString::fromStdString(chart.name);
            QTextCharFormat format;
            format.setObjectType(kChartObject);
            format.setProperty(kChartFile, QDir(chartFolder).filePath(name + QStringLiteral(".svg")));
            cursor.insertText(QString(QChar::ObjectReplacementCharacter), format);
            cursor.insertText(QStringLiteral("  "), QTextCharFormat());
        }
        cursor.insertBlock(QTextBlockFormat(), QTextCharFormat());
        cursor.insertHtml(QString::fromStdString(reportBody(rest)));
        document.print(&writer);
    }
    return writeWhole(path, bytes);
}

}  // namespace thaw

#include "report_pdf.moc"
