// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure/panel_figure.h"

#include "app/figure/panel_text.h"
#include "app/shared/compare_columns.h"
#include "app/shared/value_text.h"
#include "widgets/samples/sample_board.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cmath>

namespace thaw {
namespace {

// "0003" of "0003-d2o-f", the whole name of other folders.
QString runName(const std::string& folder) {
    const QString name = QFileInfo(QString::fromStdString(folder)).fileName();
    const QString number = name.section(QLatin1Char('-'), 0, 0);
    bool isNumber = false;
    number.toInt(&isNumber);
    return isNumber ? number : name;
}

struct Value {
    QString name;
    StepValue member;
};

std::vector<Value> valuesOf(const std::string& curve) {
    if (curve == "loss")
        return {{PanelText::tr("G"), &StepMetrics::gLoss},
                {PanelText::tr("D"), &StepMetrics::dLoss},
                {PanelText::tr("imitation"), &StepMetrics::distillLoss},
                {PanelText::tr("denoising"), &StepMetrics::loss}};
    if (curve == "logits")
        return {{PanelText::tr("D(real)"), &StepMetrics::realLogit},
                {PanelText::tr("D(fake)"), &StepMetrics::fakeLogit},
                {PanelText::tr("sign real"), &StepMetrics::realSign},
                {PanelText::tr("sign fake"), &StepMetrics::fakeSign}};
    return {{PanelText::tr("G"), &StepMetrics::gradG}, {PanelText::tr("D"), &StepMetrics::gradD}};
}

CurveSeries distancesOf(const RunStats& run, const QString& name, int colour) {
    CurveSeries series;
    series.name = name;
    series.kind = CurveKind::Points;
    series.colour = colour;
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
    for (const StepMetrics& step : run.steps) {
        const auto& y = step.*value.member;
        if (!y || !std::isfinite(*y)) continue;
        series.x.push_back(step.kimg);
        series.y.push_back(*y);
    }
    return series;
}

// As the comparison sorts them.
void sortAsRecipeSays(SampleFigure& figure, const PanelRecipe& panel) {
    if (panel.order.empty()) return;
    SampleBoard board;
    board.setCount(int(figure.blocks.size()));
    for (int b = 0; b < board.count(); ++b) {
        const SampleBlock& block = figure.blocks[std::size_t(b)];
        board.setHeading(b, block.title, block.caption);
        board.setSamples(b, block.samples);
    }
    board.setReference(panel.reference);
    board.setSort(panel.order == "psnr" ? SampleMetric::Psnr : SampleMetric::Sharpness);
    figure.order = board.places();
    figure.caption += QStringLiteral(" · ") + board.orderText();
    figure.provenance.emplace_back("order", board.orderText());
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
    sortAsRecipeSays(figure, panel);
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
            const QString run = PanelText::tr("run %1").arg(runName(panel.runs[i]));
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
        for (std::size_t i = 0; i < data.runs.size(); ++i)
            for (std::size_t v = 0; v < values.size(); ++v) {
                const QString name =
                    several ? QStringLiteral("%1 %2").arg(values[v].name, runName(panel.runs[i])) : values[v].name;
                CurveSeries series = stepsOf(data.runs[i], values[v], name, several ? int(i) : int(v));
                if (!series.x.empty()) figure.series.push_back(std::move(series));
            }
    }
    for (std::size_t i = 0; i < panel.runs.size(); ++i)
        figure.provenance.emplace_back("run", QFileInfo(QString::fromStdString(panel.runs[i])).fileName());
    if (panel.range) figure.yRange = panel.range;
    if (figure.series.empty()) return {};
    return figure;
}

}  // namespace thaw
