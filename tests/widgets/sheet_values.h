// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/widgets/sample_values.h"
#include "widgets/figure/figure_sheet.h"

#include <QFile>
#include <QProcess>

namespace thaw::test {

inline QByteArray contents(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void putContents(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    if (file.open(QIODevice::WriteOnly)) file.write(bytes);
}

/// What a program of poppler-utils says about a PDF; its complaint when it fails.
inline QString said(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished()) return process.errorString();
    return QString::fromUtf8(process.exitCode() == 0 ? process.readAllStandardOutput()
                                                     : process.readAllStandardError());
}

inline MapFigure tableMap() { return {heatmapOf(raggedTable()), {}}; }
inline MapFigure planeMap() { return {heatmapOf(fallingSpectrum()), {}}; }

inline CurveFigure lossCurves() {
    CurveFigure figure;
    figure.title = QStringLiteral("Losses");
    figure.xLabel = QStringLiteral("kimg");
    figure.yLabel = QStringLiteral("loss");
    figure.caption = QStringLiteral("run 0003");
    figure.smoothing = 0.9;
    for (int s = 0; s < 2; ++s) {
        CurveSeries line{
            s == 0 ? QStringLiteral("G loss") : QStringLiteral("D loss"), CurveKind::Line, s, true, {}, {}, {}, {}};
        for (int i = 0; i < 200; ++i) {
            line.x.push_back(i / 3.0);
            line.y.push_back(std::sin(i * 0.1 + s) / 7);
        }
        figure.series.push_back(line);
    }
    return figure;
}

inline SampleFigure sampleBlocks() {
    SampleFigure figure;
    figure.title = QStringLiteral("Samples");
    figure.caption = QStringLiteral("seeds 0–3");
    for (int b = 0; b < 2; ++b)
        figure.blocks.push_back(
            {QStringLiteral("block %1").arg(b), QStringLiteral("1 step"), flatSamples(4, b + 1), {}, {}});
    return figure;
}

inline QByteArray smallRecipe() {
    return "{\n  \"thaw_figure\": 1,\n  \"panels\": [{\"kind\": \"blocks\", \"title\": \"α \\\"b\\\" {x}\", "
           "\"first_seed\": 18446744073709551615}],\n"
           "  \"width_mm\": 174.0\n}\n";
}

/// Table, curves, samples, 2-D spectrum.
inline FigureSheet fourPanels() {
    FigureSheet sheet;
    sheet.panels = {{tableMap(), {}, {}},
                    {lossCurves(), {}, {}},
                    {sampleBlocks(), {}, {}},
                    {planeMap(), QStringLiteral("Spectrum"), {}}};
    sheet.recipe = smallRecipe();
    return sheet;
}

}  // namespace thaw::test
