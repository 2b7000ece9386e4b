// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure/panel_figure.h"

#include "app/figure/panel_text.h"
#include "app/shared/compare_columns.h"
#include "app/shared/known_runs.h"
#include "app/shared/value_text.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cmath>

namespace thaw {
namespace {

struct Value {
    QString name;
    StepValue member;
    int dash;
};

std::vector<Value> valuesOf(const std::string& curve) {
    if (curve == "loss")
        return {{PanelText::tr("G"), &StepMetrics::gLoss, 0},
                {PanelText::tr("D"), &StepMetrics::dLoss, 1},
                {PanelText::tr("imitation"), &StepMetrics::distillLoss, 2},
                {PanelText::tr("denoising"), &StepMetrics::loss, 3}};
    if (curve == "logits")
        return {{PanelText::tr("D(real)"), &StepMetrics::realLogit, 0},
                {PanelText::tr("D(fake)"), &StepMetrics::fakeLogit, 1},
                {PanelText::tr("sign real"), &StepMetrics::realSign, 2},
                {PanelText::tr("sign fake"), &StepMetrics::fakeSign, 3}};
    return {{PanelText::tr("G"), &StepMetrics::gradG, 0}, {PanelText::tr("D"), &StepMetrics::gradD, 1}};
}

CurveSeries distancesOf(const RunStats& run, const QString& name, int number) {
    CurveSeries series;
    series.name = name;
    series.kind = CurveKind::Points;
    series.colour = series.dash = number;
    for (const FidPoint& point : run.fids) {
        series.x.push_back(point.kimg);
        series.y.push_back(point.fid);
        series.notes << distanceName(point) + QStringLiteral(" · ") + provenanceText(point);
    }
    return series;
}

// What the distances of a run are called, each name once.
void addDistanceNames(QStringList& names, const RunStats& run) {
    for (const FidPoint& point : run.fids)
        if (const QString name = distanceName(point); !names.contains(name)) names << name;
}

CurveSeries stepsOf(const RunStats& run, const Value& value, const QString& name, int colour) {
    CurveSeries series;
    series.name = name;
    series.colour = colour;
    series.dash = value.dash;
    for (const StepMetrics& step : run.steps) {
        const auto& y = step.*value.member;
        if (!y || !std::isfinite(*y)) continue;
        series.x.push_back(step.kimg);
        series.y.push_back(*y);
    }
    return series;
}

}  // namespace

PanelFigure samplesFigure(const PanelRecipe& panel, const PanelData& data) {
    SampleFigure figure;
    for (std::size_t i = 0; i < std::min(panel.columns.size(), data.samples.size()); ++i) {
        const ColumnSpec column{panel.columns[i].first, panel.columns[i].second, {}};
        SampleBlock block;
        block.title = columnTitle(column, data.samples[i]);
        block.caption =
            column.source == SampleSource::TunedOneStep ? nameOfB(data) : columnCaption(column, data.samples[i]);
        block.samples = data.samples[i];
        figure.blocks.push_back(std::move(block));
    }
    if (figure.blocks.empty()) return {};
    figure.title = PanelText::tr("Samples");
    const QString seeds =
        QStringLiteral("%1 … %2").arg(panel.firstSeed).arg(panel.firstSeed + quint64(panel.images) - 1);
    figure.caption = PanelText::tr("Seeds %1 in the same places").arg(seeds);
    for (const BandFilter& band : panel.surgery) figure.caption += QStringLiteral(" · ") + bandText(band);
    figure.provenance.emplace_back("seeds", seeds);
    if (!data.nameA.empty()) figure.provenance.emplace_back("model", QString::fromStdString(data.nameA));
    return figure;
}

PanelFigure curvesFigure(const PanelRecipe& panel, const PanelData& data) {
    CurveFigure figure;
    figure.xLabel = PanelText::tr("kimg");
    const bool several = data.runs.size() > 1;
    if (panel.curve == "fid") {
        figure.title = PanelText::tr("Fréchet distance of one-step samples");
        QStringList kinds;
        for (const RunStats& run : data.runs) addDistanceNames(kinds, run);
        figure.yLabel = kinds.size() == 1 ? PanelText::tr("Fréchet distance (%1)").arg(kinds.front())
                                          : PanelText::tr("Fréchet distance");
        for (std::size_t i = 0; i < data.runs.size(); ++i) {
            const QString run = runLegend(QString::fromStdString(panel.runs[i]), data.runs[i]);
            QStringList own;
            addDistanceNames(own, data.runs[i]);
            own << run;
            figure.series.push_back(
                distancesOf(data.runs[i], kinds.size() > 1 ? own.join(QLatin1Char(' ')) : run, int(i)));
        }
        if (!data.runs.empty() && !data.runs.front().fids.empty())
            figure.caption = QStringLiteral("%1 · %2").arg(distanceName(data.runs.front().fids.back()),
                                                           provenanceText(data.runs.front().fids.back()));
    } else {
        figure.title = panel.curve == "loss"     ? PanelText::tr("Losses")
                       : panel.curve == "logits" ? PanelText::tr("Discriminator logits")
                                                 : PanelText::tr("Gradient norms");
        figure.yLabel = panel.curve == "loss"     ? PanelText::tr("loss per image")
                        : panel.curve == "logits" ? PanelText::tr("mean logit, mean sign")
                                                  : PanelText::tr("gradient norm");
        figure.smoothing = panel.smoothing;
        const auto values = valuesOf(panel.curve);
        // With several runs the colour says which, the pattern always what is measured: as on screen (train_page.cpp).
        for (std::size_t i = 0; i < data.runs.size(); ++i) {
            const QString run = runLegend(QString::fromStdString(panel.runs[i]), data.runs[i]);
            for (std::size_t v = 0; v < values.size(); ++v) {
                const QString name = several ? QStringLiteral("%1 %2").arg(values[v].name, run) : values[v].name;
                CurveSeries series = stepsOf(data.runs[i], values[v], name, several ? int(i) : values[v].dash);
                if (!series.x.empty()) figure.series.push_back(std::move(series));
            }
        }
    }
    for (std::size_t i = 0; i < panel.runs.size(); ++i)
        figure.provenance.emplace_back("run", QFileInfo(QString::fromStdString(panel.runs[i])).fileName());
    if (panel.range) figure.yRange = panel.range;
    if (figure.series.empty()) return {};
    return figure;
}

}  // namespace thaw
