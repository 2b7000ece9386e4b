// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_file.h"

#include "widgets/figure/figure_text.h"

#include <QBuffer>
#include <QDir>
#include <QFileInfo>
#include <QPageSize>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

// Fine enough that rounding glyph advances to whole units does not show.
constexpr int kPdfDpi = 1200;
// Ten units a point: round numbers for whoever edits the file.
constexpr int kSvgDpi = 720;

QByteArray pdfBytes(const FigurePage& page, const DrawFigure& draw) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setResolution(kPdfDpi);
        writer.setPageSize(QPageSize(page.mm, QPageSize::Millimeter, QString(), QPageSize::ExactMatch));
        writer.setPageMargins(QMarginsF());
        writer.setTitle(page.title);
        writer.setCreator(QStringLiteral("Thaw"));
        if (!page.recipe.isEmpty())
            writer.addFileAttachment(QLatin1String(kRecipeAttachment), page.recipe, QStringLiteral("application/json"));
        draw(writer, QSizeF(writer.width(), writer.height()), kPdfDpi / 72.0);
    }
    return bytes;
}

QByteArray svgBytes(const FigurePage& page, const DrawFigure& draw) {
    const QSizeF exact = page.mm * (kSvgDpi / kMmPerInch);
    const QSize size(int(std::ceil(exact.width())), int(std::ceil(exact.height())));
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setResolution(kSvgDpi);
        generator.setSize(size);
        generator.setViewBox(QRect(QPoint(), size));
        // Some versions write them as they are; words with < or & get in below.
        generator.setTitle(QStringLiteral("title"));
        generator.setDescription(QStringLiteral("subject"));
        draw(generator, exact, kSvgDpi / 72.0);
    }
    QString text = QString::fromUtf8(buffer.data());
    // The generator knows whole units only; the page is exact.
    static const QRegularExpression pageSize(QStringLiteral("<svg width=\"[^\"]*\" height=\"[^\"]*\""));
    text.replace(text.indexOf(pageSize), pageSize.match(text).capturedLength(),
                 QStringLiteral("<svg width=\"%1mm\" height=\"%2mm\"").arg(page.mm.width()).arg(page.mm.height()));
    static const QRegularExpression viewBox(QStringLiteral("viewBox=\"[^\"]*\""));
    const auto box = viewBox.match(text);
    text.replace(box.capturedStart(), box.capturedLength(),
                 QStringLiteral("viewBox=\"0 0 %1 %2\"").arg(exact.width(), 0, 'f', 3).arg(exact.height(), 0, 'f', 3));
    // Cells stay cells: browsers and editors smooth pictures unless they are asked not to.
    text.replace(QStringLiteral("<image "), QStringLiteral("<image style=\"image-rendering:pixelated\" "));
    text.replace(QStringLiteral("font-family=\"%1\"").arg(page.family),
                 QStringLiteral("font-family=\"%1, sans-serif\"").arg(page.family));
    // Before the first thing drawn, where a reader finds it soon.
    QString head = QStringLiteral("<title>%1</title>\n<desc>%2</desc>")
                       .arg(page.title.toHtmlEscaped(), page.subject.toHtmlEscaped());
    if (!page.recipe.isEmpty())
        head += QStringLiteral("\n<metadata><%1 xmlns=\"%2\" encoding=\"base64\">%3</%1></metadata>")
                    .arg(QLatin1String(kRecipeElement), QLatin1String(kRecipeNamespace),
                         QString::fromLatin1(page.recipe.toBase64()));
    static const QRegularExpression words(QStringLiteral("<title>title</title>\\s*<desc>subject</desc>"));
    const auto place = words.match(text);
    text.replace(std::max<qsizetype>(0, place.capturedStart()), place.capturedLength(), head);
    return text.toUtf8();
}

QByteArray pngBytes(const FigurePage& page, const DrawFigure& draw) {
    QImage image = paintImage(page, draw);
    image.setText(QStringLiteral("Title"), page.title);
    image.setText(QStringLiteral("Description"), page.subject);
    image.setText(QStringLiteral("Software"), QStringLiteral("Thaw"));
    if (!page.recipe.isEmpty()) image.setText(QLatin1String(kRecipeText), QString::fromLatin1(page.recipe.toBase64()));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

}  // namespace

QImage paintImage(const FigurePage& page, const DrawFigure& draw) {
    const double perMm = page.dpi / kMmPerInch;
    QImage image((page.mm * perMm).toSize().expandedTo({1, 1}), QImage::Format_RGB32);
    image.fill(Qt::white);
    draw(image, QSizeF(image.size()), page.dpi / 72.0);
    // Set last: a painter scales point sizes by it, but figures are drawn in units.
    image.setDotsPerMeterX(int(std::lround(perMm * 1000)));
    image.setDotsPerMeterY(int(std::lround(perMm * 1000)));
    return image;
}

QString figureSuffix(const QString& path) { return QFileInfo(path).suffix().toLower(); }

QString writeFigure(const QString& path, const FigurePage& page, const DrawFigure& draw) {
    const QString suffix = figureSuffix(path);
    QByteArray bytes;
    if (suffix == QLatin1String("pdf")) bytes = pdfBytes(page, draw);
    else if (suffix == QLatin1String("svg")) bytes = svgBytes(page, draw);
    else if (suffix == QLatin1String("png")) bytes = pngBytes(page, draw);
    else return FigureText::tr("A figure cannot be written as “.%1”. Use .pdf, .svg, .png or .csv.").arg(suffix);
    if (bytes.isEmpty()) return FigureText::tr("The figure could not be drawn; it is too large for the memory.");
    return writeWhole(path, bytes);
}

QString writeWhole(const QString& path, const QByteArray& bytes) {
    const QString shown = QDir::toNativeSeparators(path);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return FigureText::tr("%1 cannot be written: %2.").arg(shown, file.errorString());
    if (file.write(bytes) != bytes.size() || !file.commit())
        return FigureText::tr("%1 could not be written whole and was left as it was: %2.")
            .arg(shown, file.errorString());
    return {};
}

}  // namespace thaw
