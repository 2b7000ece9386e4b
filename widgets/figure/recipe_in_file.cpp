// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/recipe_in_file.h"

#include "widgets/figure/figure_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QXmlStreamReader>
#include <QtEndian>

#include <algorithm>

namespace thaw {
namespace {

struct RecipeText {
    Q_DECLARE_TR_FUNCTIONS(RecipeText)
};

constexpr qint64 kMiB = 1 << 20;
constexpr qint64 kMostFile = 256 * kMiB;  // a PDF is read whole
constexpr qint64 kMostSvg = 64 * kMiB;    // its reader keeps whole texts in memory
constexpr qint64 kMostHead = 64 << 10;    // where mayHoldRecipe looks
// Deflate packs at most 1032 : 1, so this bounds what a hostile PDF can make of the memory.
constexpr qint64 kMostPacked = 128 << 10;
constexpr char kFormatKey[] = "\"thaw_figure\"";  // of the recipe as a file of its own

enum class FileKind { Pdf, Svg, Png, Csv, Json, Other };

FileKind kindOf(const QByteArray& head) {
    QByteArray start = head.left(4096);
    if (start.startsWith("\xEF\xBB\xBF")) start.remove(0, 3);
    if (start.startsWith("\x89PNG\r\n\x1a\n")) return FileKind::Png;
    if (start.left(1024).contains("%PDF-")) return FileKind::Pdf;
    if (start.startsWith(kRecipeLine) || start.startsWith("# Thaw figure data") || start.startsWith("# panel ("))
        return FileKind::Csv;
    if (start.trimmed().startsWith('{')) return FileKind::Json;
    if (start.contains("<svg")) return FileKind::Svg;
    return FileKind::Other;
}

// What was found, before it is looked at: nothing, a recipe's bytes, or a fault in words.
struct Taken {
    QByteArray bytes;
    QString fault;
};

// Without a full stop: it becomes part of a sentence.
Taken fault(QString text) {
    while (text.endsWith(QLatin1Char('.'))) text.chop(1);
    return {{}, text};
}
QString tooLarge() { return RecipeText::tr("it is larger than %1 MiB").arg(kMostRecipe / kMiB); }

// The first match in a short piece of a PDF.
QRegularExpressionMatch matchIn(const QByteArray& pdf, qsizetype from, qsizetype length, const char* pattern) {
    return QRegularExpression(QLatin1String(pattern), QRegularExpression::DotMatchesEverythingOption)
        .match(QString::fromLatin1(pdf.constData() + from, std::clamp<qsizetype>(length, 0, pdf.size() - from)));
}

// Behind "N 0 obj"; the last of that number counts, as after a later save. -1 when there is none.
qsizetype objectBody(const QByteArray& pdf, const QString& number) {
    const QByteArray head = number.toLatin1() + " 0 obj";
    for (qsizetype at = pdf.lastIndexOf(head); at >= 0; at = at > 0 ? pdf.lastIndexOf(head, at - 1) : -1)
        if (at == 0 || !(pdf[at - 1] >= '0' && pdf[at - 1] <= '9')) return at + head.size();
    return -1;
}

Taken streamOf(const QByteArray& pdf, const QString& object) {
    const QString broken = RecipeText::tr("the attachment cannot be found in the file");
    const qsizetype body = objectBody(pdf, object);
    if (body < 0) return fault(broken);
    const qsizetype word = pdf.indexOf("stream", body);
    if (word < 0 || word - body > 4096) return fault(broken);
    const auto length = matchIn(pdf, body, word - body, "/Length\\s+(\\d{1,10})(\\s+\\d+\\s+R)?");
    qint64 size = length.captured(1).toLongLong();
    if (!length.captured(2).isEmpty()) {
        const qsizetype at = objectBody(pdf, length.captured(1));
        if (at < 0) return fault(broken);
        size = matchIn(pdf, at, 64, "^\\s*(\\d{1,10})").captured(1).toLongLong();
    }
    qsizetype start = word + 6;
    if (start < pdf.size() && pdf[start] == '\r') ++start;
    if (start < pdf.size() && pdf[start] == '\n') ++start;
    if (size <= 0 || size > pdf.size() - start) return fault(broken);

    const QString filter = matchIn(pdf, body, word - body, "/Filter\\s*\\[?\\s*/(\\w+)").captured(1);
    if (filter.isEmpty()) return size <= kMostRecipe ? Taken{pdf.mid(start, size), {}} : fault(tooLarge());
    if (filter != QLatin1String("FlateDecode"))
        return fault(RecipeText::tr("its compression, %1, is unknown").arg(filter));
    if (size > kMostPacked) return fault(tooLarge());
    QByteArray packed(4, '\0');  // qUncompress wants the size first
    qToBigEndian(quint32(std::min<qint64>(kMostRecipe, 8 * size)), packed.data());
    packed.append(pdf.constData() + start, size);
    const QByteArray bytes = qUncompress(packed);
    if (bytes.isEmpty()) return fault(RecipeText::tr("it cannot be unpacked"));
    return {bytes, {}};
}

// The file specification that names the attachment leads to the stream: `/F (recipe.json) ... /EF <</F 12 0 R>>`.
Taken fromPdf(const QByteArray& pdf) {
    int looks = 0;
    for (qsizetype at = pdf.indexOf("/EF"); at >= 0 && ++looks <= 1000; at = pdf.indexOf("/EF", at + 3)) {
        // The object around it, as far as it is near.
        const qsizetype from = std::max<qsizetype>(0, at - 2048);
        const QByteArray near =
            QByteArray::fromRawData(pdf.constData() + from, std::min<qsizetype>(4096, pdf.size() - from));
        const qsizetype begin = std::max<qsizetype>(0, near.lastIndexOf(" obj", at - from));
        const qsizetype last = near.indexOf("endobj", at - from), end = from + (last < 0 ? near.size() : last);
        if (!near.mid(begin, end - from - begin).contains(kRecipeAttachment)) continue;
        const auto reference = matchIn(pdf, at, end - at, "^/EF\\s*<<.*?/U?F\\s+(\\d{1,10})\\s+0\\s+R");
        if (reference.hasMatch()) return streamOf(pdf, reference.captured(1));
    }
    return {};
}

Taken fromBase64(const QByteArray& text) {
    if (text.isEmpty()) return {};
    if (text.size() / 4 * 3 > kMostRecipe + 3) return fault(tooLarge());
    const auto decoded =
        QByteArray::fromBase64Encoding(text.simplified().replace(' ', ""), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded) return fault(RecipeText::tr("it is no base64"));
    return {*decoded, {}};
}

Taken fromSvg(QFile& file) {
    if (file.size() > kMostSvg) return fault(RecipeText::tr("the SVG is larger than %1 MiB").arg(kMostSvg / kMiB));
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        if (xml.name() != QLatin1String(kRecipeElement) || xml.namespaceUri() != QLatin1String(kRecipeNamespace))
            continue;
        const QByteArray text = xml.readElementText().toLatin1();
        if (xml.hasError()) return fault(xml.errorString());
        return fromBase64(text);
    }
    return xml.hasError()
               ? fault(RecipeText::tr("the SVG is broken in line %1: %2").arg(xml.lineNumber()).arg(xml.errorString()))
               : Taken();
}

Taken fromPng(QFile& file) {
    // Text lies before the picture, which is not decoded.
    QImageReader reader(&file, "png");
    return fromBase64(reader.text(QLatin1String(kRecipeText)).toLatin1());
}

Taken fromCsv(QFile& file) {
    QByteArray line = file.readLine(kMostRecipe + 1024).trimmed();
    if (line.startsWith("\xEF\xBB\xBF")) line.remove(0, 3);
    const QByteArray mark = QByteArray(kRecipeLine).trimmed();
    return line.startsWith(mark) ? Taken{line.mid(mark.size()).trimmed(), {}} : Taken();
}

Taken fromJson(QFile& file) {
    if (file.size() > kMostRecipe) return fault(tooLarge());
    return {file.readAll(), {}};
}

FoundRecipe refused(const QString& text) { return {{}, text}; }

}  // namespace

FoundRecipe recipeInFile(const QString& path) {
    const QString shown = QDir::toNativeSeparators(path);
    const QFileInfo info(path);
    if (!info.exists()) return refused(RecipeText::tr("%1 does not exist.").arg(shown));
    // A pipe or a device could be read for ever.
    if (!info.isFile()) return refused(RecipeText::tr("%1 is no file. Choose a figure or a recipe.").arg(shown));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refused(RecipeText::tr("%1 cannot be read: %2.").arg(shown, file.errorString()));
    if (file.size() > kMostFile)
        return refused(
            RecipeText::tr("%1 has %2 MiB; a figure is read up to %3 MiB. Open the recipe that was saved beside it.")
                .arg(shown)
                .arg(file.size() / kMiB)
                .arg(kMostFile / kMiB));

    const FileKind kind = kindOf(file.peek(4096));
    Taken taken;
    switch (kind) {
    case FileKind::Pdf: taken = fromPdf(file.readAll()); break;
    case FileKind::Svg: taken = fromSvg(file); break;
    case FileKind::Png: taken = fromPng(file); break;
    case FileKind::Csv: taken = fromCsv(file); break;
    case FileKind::Json: taken = fromJson(file); break;
    case FileKind::Other:
        return refused(
            RecipeText::tr("%1 holds no recipe. Figures that Thaw exported hold theirs (PDF, SVG, PNG, CSV, NPZ), "
                           "and so do .recipe.json files; tables of “thaw-cli spectrum” are numbers alone.")
                .arg(shown));
    }
    const QString damaged =
        RecipeText::tr("The recipe in %1 cannot be read: %2. Open the recipe that was saved beside the figure.");
    if (!taken.fault.isEmpty()) return refused(damaged.arg(shown, taken.fault));
    if (taken.bytes.isEmpty())
        return refused(
            RecipeText::tr("%1 holds no recipe: it was not exported as a figure of Thaw, or another program left the "
                           "recipe out when it saved the file. Open the recipe that was saved beside it.")
                .arg(shown));
    if (taken.bytes.size() > kMostRecipe) return refused(damaged.arg(shown, tooLarge()));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(taken.bytes, &error);
    if (document.isNull())
        return refused(
            damaged.arg(shown, RecipeText::tr("%1 at character %2").arg(error.errorString()).arg(error.offset)));
    if (!document.isObject()) return refused(damaged.arg(shown, RecipeText::tr("it is no JSON object")));
    if (kind == FileKind::Json && !taken.bytes.contains(kFormatKey))
        return refused(RecipeText::tr("%1 is JSON, but no recipe of a figure: it has no “thaw_figure”.").arg(shown));
    return {taken.bytes, {}};
}

bool mayHoldRecipe(const QString& path) {
    if (!QFileInfo(path).isFile()) return false;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return false;
    const QByteArray head = file.read(kMostHead);
    switch (kindOf(head)) {
    case FileKind::Json: return head.contains(kFormatKey);
    case FileKind::Other: return false;
    case FileKind::Pdf:
    case FileKind::Svg:
    case FileKind::Png:
    case FileKind::Csv: return true;
    }
    return false;
}

}  // namespace thaw
