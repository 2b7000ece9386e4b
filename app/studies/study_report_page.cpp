// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studies/study_report_page.h"

#include "app/studies/study_words.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

namespace thaw {
namespace {

struct StudyPageText {
    Q_DECLARE_TR_FUNCTIONS(StudyPageText)
};

QString plain(const std::string& text) { return QString::fromStdString(text).toHtmlEscaped(); }

// Names in backquotes, as Markdown has them, become code.
QString sentences(const std::string& text) {
    static const QRegularExpression code(QStringLiteral("`([^`]*)`"));
    return plain(text).replace(code, QStringLiteral("<code>\\1</code>"));
}

QString tableRow(const QStringList& cells, const char* tag) {
    const QLatin1String name(tag);
    QString row = QStringLiteral("<tr>");
    for (const QString& cell : cells) row += QStringLiteral("<%1>%2</%1>").arg(name, cell);
    return row + QStringLiteral("</tr>");
}

QString verdictCell(Verdict verdict, bool dark) {
    const char* colour = verdict == Verdict::Agrees      ? (dark ? "#56d364" : "#116329")
                         : verdict == Verdict::Disagrees ? (dark ? "#ff7b72" : "#a40e26")
                                                         : (dark ? "#a0a8b2" : "#57606a");
    return QStringLiteral("<b style=\"color:%1\">%2</b>").arg(QLatin1String(colour), verdictWord(verdict));
}

QString tableOf(const ReportTable& table, std::size_t number) {
    QStringList head;
    for (const auto& column : table.columns) head << plain(column);
    QString html =
        QStringLiteral("<h3>%1</h3><table cellpadding=\"3\">").arg(plain(table.title)) + tableRow(head, "th");
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        QStringList cells;
        for (const auto& cell : table.rows[r]) cells << plain(cell);
        if (!cells.isEmpty() && r < table.runs.size() && !table.runs[r].empty())
            cells.front() = QStringLiteral("<a href=\"runs:%1.%2\">%3</a>").arg(number).arg(r).arg(cells.front());
        html += tableRow(cells, "td");
    }
    return html + QStringLiteral("</table>");
}

}  // namespace

QString studyReportPage(const StudyReport& report, const QPalette& palette) {
    const bool dark = palette.base().color().lightness() < 128;
    QString html = QStringLiteral("<h2>%1</h2>").arg(plain(report.title));
    if (!report.claims.empty()) {
        html +=
            QStringLiteral("<table cellpadding=\"4\">") +
            tableRow({StudyPageText::tr("Claim"), StudyPageText::tr("These runs"), StudyPageText::tr("Numbers")}, "th");
        for (const auto& claim : report.claims)
            html += tableRow({sentences(claim.claim), verdictCell(claim.verdict, dark), sentences(claim.number)}, "td");
        html += QStringLiteral("</table>");
    }
    for (const auto& paragraph : report.paragraphs) html += QStringLiteral("<p>%1</p>").arg(sentences(paragraph));
    for (std::size_t t = 0; t < report.tables.size(); ++t) html += tableOf(report.tables[t], t);
    for (const auto& note : report.notes) html += QStringLiteral("<p>%1</p>").arg(sentences(note));
    return html;
}

std::optional<std::vector<std::string>> linkedRuns(const StudyReport& report, const QString& link) {
    if (!link.startsWith(QLatin1String("runs:"))) return {};
    bool isTable = false, isRow = false;
    const auto table = link.mid(5).section(QLatin1Char('.'), 0, 0).toULongLong(&isTable);
    const auto row = link.section(QLatin1Char('.'), 1).toULongLong(&isRow);
    if (!isTable || !isRow || table >= report.tables.size() || row >= report.tables[table].runs.size()) return {};
    return report.tables[table].runs[row];
}

}  // namespace thaw
