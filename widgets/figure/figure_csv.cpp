// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_csv.h"

#include "widgets/base/number_text.h"

#include <QStringList>

#include <algorithm>

namespace thaw {
namespace {

QString quoted(QString text) {
    text.replace(QLatin1Char('\n'), QLatin1Char(' '));
    if (!text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('"')) && !text.startsWith(QLatin1Char('#')))
        return text;
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

// A provenance line never breaks, whatever a title holds.
void addHeader(QStringList& lines, const QString& key, QString value) {
    if (value.isEmpty()) return;
    value.replace(QLatin1Char('\n'), QLatin1Char(' '));
    lines << QStringLiteral("# %1: %2").arg(key, value);
}

QStringList header(const QString& title, const QString& caption,
                   const std::vector<std::pair<QString, QString>>& provenance) {
    QStringList lines{QStringLiteral("# Thaw figure data")};
    addHeader(lines, QStringLiteral("title"), title);
    addHeader(lines, QStringLiteral("caption"), caption);
    for (const auto& [key, value] : provenance) addHeader(lines, key, value);
    return lines;
}

QByteArray joined(const QStringList& lines) { return (lines.join(QLatin1Char('\n')) + QLatin1Char('\n')).toUtf8(); }

QString axisTitle(const HeatmapAxis& axis) {
    return axis.unit.isEmpty() ? axis.label : QStringLiteral("%1 (%2)").arg(axis.label, axis.unit);
}

QString axisCell(const HeatmapAxis& axis, std::size_t cell) {
    if (!axis.names.empty()) return quoted(axis.names[cell]);
    return cell < axis.values.size() ? exactText(axis.values[cell]) : QString::number(cell);
}

QString sourceName(SampleSource source) {
    switch (source) {
    case SampleSource::OriginalMultiStep: return QStringLiteral("original, multi-step");
    case SampleSource::OriginalOneStep: return QStringLiteral("original, one step");
    case SampleSource::TunedOneStep: return QStringLiteral("tuned, one step");
    case SampleSource::RealData: return QStringLiteral("real data");
    case SampleSource::OtherModel: return QStringLiteral("other model");
    }
    return {};
}

}  // namespace

QByteArray csvOf(const HeatmapData& data) {
    QStringList lines = header(data.title, data.caption, data.provenance);
    addHeader(lines, QStringLiteral("values"),
              data.unit.isEmpty() ? data.valueLabel : QStringLiteral("%1 (%2)").arg(data.valueLabel, data.unit));
    addHeader(lines, QStringLiteral("columns"), axisTitle(data.x));
    addHeader(lines, QStringLiteral("rows"), axisTitle(data.y));
    QStringList row{quoted(QStringLiteral("%1 \\ %2").arg(data.y.label, data.x.label))};
    for (int c = 0; c < data.cols; ++c) row << axisCell(data.x, std::size_t(c));
    lines << row.join(QLatin1Char(','));
    for (int r = 0; r < data.rows; ++r) {
        row = {axisCell(data.y, std::size_t(r))};
        for (int c = 0; c < data.cols; ++c) row << exactText(data.at(r, c));
        lines << row.join(QLatin1Char(','));
    }
    return joined(lines);
}

QByteArray csvOf(const CurveFigure& figure) {
    QStringList lines = header(figure.title, figure.caption, figure.provenance);
    addHeader(lines, QStringLiteral("x"), figure.xLabel);
    addHeader(lines, QStringLiteral("y"), figure.yLabel);
    addHeader(lines, QStringLiteral("smoothing"),
              QStringLiteral("debiased exponential moving average, weight of the past ") + exactText(figure.smoothing));
    for (const auto& mark : figure.marks) addHeader(lines, QStringLiteral("mark at ") + exactText(mark.x), mark.text);
    for (const auto& reference : figure.references)
        addHeader(lines, QStringLiteral("reference ") + exactText(reference.y), reference.text);
    lines << QStringLiteral("series,kind,%1,value,smoothed,note")
                 .arg(quoted(figure.xLabel.isEmpty() ? QStringLiteral("x") : figure.xLabel));
    for (const auto& series : figure.series) {
        if (!series.visible) continue;
        if (series.kind == CurveKind::Band) {
            // Its edges, as two series of points.
            for (const auto& [name, values] : {std::pair{series.name + QStringLiteral(" (low)"), &series.low},
                                               {series.name + QStringLiteral(" (high)"), &series.y}})
                for (std::size_t i = 0; i < std::min(series.x.size(), values->size()); ++i)
                    lines << QStringList{quoted(name),
                                         QStringLiteral("band"),
                                         exactText(series.x[i]),
                                         exactText((*values)[i]),
                                         {},
                                         {}}
                                 .join(QLatin1Char(','));
            continue;
        }
        const bool line = series.kind == CurveKind::Line;
        const std::vector<double> smooth = line ? debiasedEma(series.y, figure.smoothing) : std::vector<double>();
        for (std::size_t i = 0; i < std::min(series.x.size(), series.y.size()); ++i) {
            if (figure.visibleOnly && figure.xRange &&
                (series.x[i] < figure.xRange->first || series.x[i] > figure.xRange->second))
                continue;
            const QString note = qsizetype(i) < series.notes.size() ? series.notes[qsizetype(i)] : QString();
            lines << QStringList{quoted(series.name),
                                 line ? QStringLiteral("line") : QStringLiteral("points"),
                                 exactText(series.x[i]),
                                 exactText(series.y[i]),
                                 line ? exactText(smooth[i]) : QString(),
                                 quoted(note)}
                         .join(QLatin1Char(','));
        }
    }
    return joined(lines);
}

QByteArray csvOf(const SampleFigure& figure) {
    QStringList lines = header(figure.title, figure.caption, figure.provenance);
    lines << QStringLiteral("block,place,seed,generator,steps,kimg");
    const auto places = placesOf(figure);
    for (const auto& block : figure.blocks) {
        const auto& seeds = block.samples.seeds;
        const std::size_t known = std::min(seeds.size(), block.samples.images.size());
        for (std::size_t place = 0; place < places.size(); ++place) {
            const auto end = seeds.begin() + std::ptrdiff_t(known);
            if (std::find(seeds.begin(), end, places[place]) == end) continue;
            lines << QStringList{quoted(block.title),
                                 QString::number(place),
                                 QString::number(places[place]),
                                 quoted(sourceName(block.samples.source)),
                                 QString::number(block.samples.steps),
                                 exactText(block.samples.kimg)}
                         .join(QLatin1Char(','));
        }
    }
    return joined(lines);
}

QByteArray onOneLine(const QByteArray& json) {
    QByteArray line;
    line.reserve(json.size());
    bool inString = false, escaped = false;
    for (const char c : json) {
        const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (space && !inString) continue;
        line += space ? ' ' : c;
        if (c == '"' && !escaped) inString = !inString;
        escaped = inString && c == '\\' && !escaped;
    }
    return line;
}

}  // namespace thaw
