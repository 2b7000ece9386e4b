// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure/panel_figure.h"

#include "app/figure/panel_text.h"
#include "app/shared/compare_columns.h"
#include "app/shared/known_runs.h"
#include "app/shared/value_text.h"
#include "widgets/base/number_text.h"
#include "widgets/samples/sample_board.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
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

// One heading a column: the model and its steps.
QString headingOf(const ColumnSpec& column, const PanelData& data, const SampleColumn& samples) {
    if (column.source == SampleSource::RealData) return PanelText::tr("real data");
    const QString model = column.source == SampleSource::TunedOneStep ? nameOfB(data)
                          : column.source == SampleSource::OtherModel ? QFileInfo(column.path).fileName()
                                                                      : nameOfA(data);
    const bool oneStep = column.source == SampleSource::OriginalOneStep;
    const int steps = oneStep ? 1 : samples.images.empty() || samples.steps < 1 ? column.steps : samples.steps;
    return steps == 1 ? PanelText::tr("%1, one step").arg(model)
                      : PanelText::tr("%1, %n steps", nullptr, steps).arg(model);
}

// What the headings leave out.
QStringList samplingNotes(const PanelRecipe& panel, const PanelData& data) {
    QStringList notes;
    for (std::size_t i = 0; i < std::min(panel.columns.size(), data.samples.size()); ++i) {
        const auto& samples = data.samples[i];
        QString note;
        if (panel.columns[i].first == SampleSource::RealData) note = PanelText::tr("real data not by seed");
        else if (panel.columns[i].first == SampleSource::OriginalMultiStep)
            note = samples.sampler.empty() || samples.sampler.starts_with("heun")
                       ? PanelText::tr("several steps: Heun's method")
                       : PanelText::tr("several steps: as trained");
        if (!samples.asTrained)
            note = PanelText::tr("%1, not as trained").arg(note.isEmpty() ? PanelText::tr("one step") : note);
        if (!note.isEmpty() && !notes.contains(note)) notes << note;
    }
    return notes;
}

// What the runs are, and what is drawn of them.
QString runsCaption(const PanelRecipe& panel, const PanelData& data) {
    QStringList parts;
    for (std::size_t i = 0; i < std::min(panel.runs.size(), data.runs.size()); ++i) {
        const RunStats& run = data.runs[i];
        const QString folder = runName(QString::fromStdString(panel.runs[i]));
        const double kimg =
            std::max(run.steps.empty() ? 0 : run.steps.back().kimg, run.fids.empty() ? 0 : run.fids.back().kimg);
        parts << PanelText::tr("run %1, %2 kimg").arg(folder, formatNumber(kimg, 3));
        if (!run.importedFrom.empty()) parts.back() += QStringLiteral(" (%1)").arg(objectiveText({}, run.importedFrom));
    }
    if (panel.curve == "fid" && !data.runs.empty() && !data.runs.front().fids.empty())
        parts << distanceName(data.runs.front().fids.back()) << provenanceText(data.runs.front().fids.back());
    if (panel.curve != "fid" && panel.smoothing > 0)
        parts
            << PanelText::tr("bold: moving average of weight %1, faint: every step").arg(formatNumber(panel.smoothing));
    return parts.join(QStringLiteral(" · "));
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
        block.title = headingOf(column, data, data.samples[i]);
        block.samples = data.samples[i];
        figure.blocks.push_back(std::move(block));
    }
    if (figure.blocks.empty()) return {};
    figure.title = PanelText::tr("Samples");
    const QString seeds =
        QStringLiteral("%1 … %2").arg(panel.firstSeed).arg(panel.firstSeed + quint64(panel.images) - 1);
    figure.caption = PanelText::tr("N = %1, seeds %2 in the same places").arg(panel.images).arg(seeds);
    for (const QString& note : samplingNotes(panel, data)) figure.caption += QStringLiteral(" · ") + note;
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
            const QString run = runLegend(QString::fromStdString(panel.runs[i]), data.runs[i]);
            QStringList own;
            addDistanceNames(own, data.runs[i]);
            own << run;
            CurveSeries series = distancesOf(data.runs[i], kinds.size() > 1 ? own.join(QLatin1Char(' ')) : run, int(i));
            if (!series.x.empty()) figure.series.push_back(std::move(series));
        }
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
        figure.provenance.emplace_back("run", runName(QString::fromStdString(panel.runs[i])));
    if (panel.range) figure.yRange = panel.range;
    if (figure.series.empty()) return {};
    figure.caption = runsCaption(panel, data);
    // A curve that is left alone has no legend.
    if (figure.series.size() == 1 && panel.curve != "fid")
        figure.title = QStringLiteral("%1, %2").arg(figure.title, figure.series.front().name);
    return figure;
}

}  // namespace thaw
