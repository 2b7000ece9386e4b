// SPDX-License-Identifier: GPL-3.0-or-later

// Panels of measurements; those of runs and their images are in panel_figure_runs.cpp.
#include "app/figure/panel_figure.h"

#include "app/figure/panel_caption.h"
#include "app/figure/panel_text.h"
#include "app/shared/class_box.h"
#include "core/values/freeze_plan.h"
#include "core/values/noise_levels.h"
#include "core/values/panel_kinds.h"
#include "widgets/base/colour_map.h"
#include "widgets/base/number_text.h"
#include "widgets/figure/frequency_figures.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

std::optional<std::size_t> indexOf(const std::vector<std::string>& names, const std::string& name) {
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? std::nullopt : std::optional<std::size_t>(found - names.begin());
}

std::optional<std::size_t> levelOf(const std::vector<double>& sigmas, double sigma) {
    for (std::size_t i = 0; i < sigmas.size(); ++i)
        if (std::abs(std::log(sigmas[i] / sigma)) < 1e-6) return i;
    return {};
}

PanelFigure mapFigure(const PanelRecipe& panel, HeatmapData data) {
    if (data.empty()) return {};
    return MapFigure{std::move(data), {colourMapOf(panel.map), panel.range}};
}

PanelFigure lineFigure(const PanelRecipe& panel, CurveFigure figure) {
    if (figure.series.empty()) return {};
    if (panel.range) figure.yRange = panel.range;
    return figure;
}

QString provenanceOf(const LayerSweepTable& table, std::size_t sigma) {
    return QStringLiteral("model %1, sigma %2, %3 images, first seed %4")
        .arg(QString::fromStdString(table.model), exactText(table.sigmas[sigma]))
        .arg(table.images[sigma])
        .arg(table.firstSeed);
}

std::vector<double> deviationOf(const LayerSweepTable& table, std::size_t block, std::size_t sigma, std::size_t rings) {
    const auto from = table.deviation.begin() + std::ptrdiff_t(table.cell(block, sigma, 0));
    return {from, from + std::ptrdiff_t(rings)};
}

PanelFigure planeFigure(const PanelRecipe& panel, const PanelData& data) {
    if (panel.side == PanelSide::Difference) {
        if (!data.spectrumA || !data.spectrumB) return {};
        const auto difference = planeDifference(*data.spectrumB, *data.spectrumA, panel.images);
        return difference ? mapFigure(panel, *difference) : PanelFigure();
    }
    const auto& spectrum = panel.side == PanelSide::B ? data.spectrumB : data.spectrumA;
    if (!spectrum) return {};
    HeatmapData map = heatmapOf(*spectrum);
    map.title = PanelText::tr("2-D power spectrum, %1").arg(QString::fromStdString(spectrum->block));
    return mapFigure(panel, std::move(map));
}

// `map` of the difference's table or of the shown side's, once it is measured.
template <class Map>
PanelFigure sweepFigure(const PanelRecipe& panel, const PanelData& data, const Map& map) {
    const auto drawn = [&](const auto& table) { return table ? mapFigure(panel, map(*table)) : PanelFigure(); };
    if (panel.side == PanelSide::Difference) return drawn(data.difference);
    return drawn(panel.side == PanelSide::B ? data.sweepB : data.sweepA);
}

PanelFigure tableFigure(const PanelRecipe& panel, const PanelData& data) {
    return sweepFigure(panel, data, [&](const auto& table) {
        const auto level = levelOf(table.sigmas, panel.sigma);
        return level ? blocksHeatmap(table, *level) : HeatmapData();
    });
}

PanelFigure levelsFigure(const PanelRecipe& panel, const PanelData& data) {
    return sweepFigure(panel, data, [&](const auto& table) {
        const auto block = indexOf(table.blocks, panel.block);
        return block ? sigmasHeatmap(table, *block) : HeatmapData();
    });
}

PanelFigure radialFigure(const PanelRecipe& panel, const PanelData& data) {
    if (panel.side == PanelSide::Difference) {
        const auto level = data.difference ? levelOf(data.difference->sigmas, panel.sigma) : std::nullopt;
        const auto block = level ? indexOf(data.difference->blocks, panel.block) : std::nullopt;
        return block ? lineFigure(panel, differenceFigure(*data.difference, *block, *level)) : PanelFigure();
    }
    std::vector<ProfileLine> lines;
    const auto addSweep = [&](const std::optional<LayerSweepTable>& table, const QString& name, int colour) {
        const auto level = table ? levelOf(table->sigmas, panel.sigma) : std::nullopt;
        const auto block = level ? indexOf(table->blocks, panel.block) : std::nullopt;
        if (!block) return;
        ProfileLine line{name, table->profile(*block, *level), {}, colour, provenanceOf(*table, *level)};
        line.deviation = deviationOf(*table, *block, *level, line.profile.frequency.size());
        lines.push_back(std::move(line));
    };
    addSweep(data.sweepA, nameOfA(data), 0);
    addSweep(data.sweepB, nameOfB(data), 1);
    for (const auto& [index, table] : data.images)
        if (!table.profile.frequency.empty())
            lines.push_back(
                {PanelText::tr("real data"), table.profile, table.deviation, 2,
                 QStringLiteral("%1, %2 images").arg(QString::fromStdString(table.title)).arg(table.images)});
    if (lines.empty()) return {};
    return lineFigure(
        panel,
        profileFigure(lines, PanelText::tr("Radial power profile, %1").arg(QString::fromStdString(panel.block))));
}

PanelFigure gainFigure(const PanelRecipe& panel, const PanelData& data) {
    std::vector<TransferFunction> transfers;
    std::vector<QString> names;
    const auto add = [&](const std::optional<TransferFunction>& transfer, const QString& name) {
        if (!transfer || transfer->frequencies.empty()) return;
        transfers.push_back(*transfer);
        names.push_back(name);
    };
    add(data.transferA, nameOfA(data));
    add(data.transferB, nameOfB(data));
    return transfers.empty() ? PanelFigure() : lineFigure(panel, transferFigure(transfers, names));
}

// Of a column that is sampled as the model was trained, as many as that means.
int shownSteps(int steps, const PanelData& data) {
    if (steps != kTrainedSteps || !data.model) return steps;
    const auto& trained = data.model->sampling;
    return trained.isStudent() ? trained.studentSteps : trained.config.steps;
}

PanelFigure imagesFigure(const PanelRecipe& panel, const PanelData& data) {
    std::vector<ProfileLine> lines;
    for (const auto& [index, table] : data.images) {
        if (table.profile.frequency.empty() || index >= panel.columns.size()) continue;
        const auto [source, steps] = panel.columns[index];
        const QString name = source == SampleSource::RealData ? PanelText::tr("real data")
                             : source == SampleSource::OriginalOneStep
                                 ? PanelText::tr("%1, one step").arg(nameOfA(data))
                             : source == SampleSource::TunedOneStep
                                 ? PanelText::tr("%1, one step").arg(nameOfB(data))
                                 : PanelText::tr("%1, %n steps", nullptr, shownSteps(steps, data)).arg(nameOfA(data));
        lines.push_back({PanelText::tr("%1 (slope %2)").arg(name, formatNumber(table.slope, 3)), table.profile,
                         table.deviation, int(index),
                         QStringLiteral("%1, %2 images, first seed %3, slope %4, centroid %5")
                             .arg(QString::fromStdString(table.title))
                             .arg(table.images)
                             .arg(panel.firstSeed)
                             .arg(exactText(table.slope), exactText(table.centroid))});
    }
    if (lines.empty()) return {};
    return lineFigure(panel,
                      profileFigure(lines, panel.styleGan3 ? PanelText::tr("Power spectrum of images, as in StyleGAN3")
                                                           : PanelText::tr("Power spectrum of images")));
}

PanelFigure channelsFigure(const PanelRecipe& panel, const PanelData& data) {
    return data.channels ? mapFigure(panel, channelsHeatmap(*data.channels)) : PanelFigure();
}

PanelFigure changeFigure(const PanelRecipe& panel, const PanelData& data) {
    const auto level = data.swap ? levelOf(data.swap->sigmas, panel.sigma) : std::nullopt;
    return level ? mapFigure(panel, swapHeatmap(*data.swap, *level)) : PanelFigure();
}

PanelFigure bandsFigure(const PanelRecipe& panel, const PanelData& data) {
    const auto& sweep = panel.side == PanelSide::A ? data.sweepA : data.sweepB;
    const auto level = sweep ? levelOf(sweep->sigmas, panel.sigma) : std::nullopt;
    return level ? mapFigure(panel, bandsHeatmap(*sweep, *level)) : PanelFigure();
}

PanelFigure probeFigure(const PanelRecipe& panel, const PanelData& data) {
    return data.probe ? mapFigure(panel, heatmapOf(*data.probe)) : PanelFigure();
}

PanelFigure sharesFigure(const PanelRecipe& panel, const PanelData& data) {
    const auto& sweep = panel.side == PanelSide::A ? data.sweepA : data.sweepB;
    const auto level = sweep ? levelOf(sweep->sigmas, panel.sigma) : std::nullopt;
    if (!level || !data.model || data.model->blocks.empty()) return {};
    CurveFigure figure =
        frozenFigure(frozenAgainstTrainable(*sweep, parseFreezePlan(panel.freeze), *data.model), *level);
    figure.provenance.emplace_back("plan", QString::fromStdString(panel.freeze));
    return lineFigure(panel, std::move(figure));
}

bool knowsClasses(const PanelData& data) {
    return (data.model && data.model->labelDim > 0) ||
           std::any_of(data.samples.begin(), data.samples.end(),
                       [](const SampleColumn& column) { return column.hasClasses; });
}

struct CaptionSetter {
    QString caption;

    void operator()(std::monostate) const {}
    void operator()(MapFigure& figure) const { figure.data.caption = caption; }
    void operator()(CurveFigure& figure) const { figure.caption = caption; }
    void operator()(SampleFigure& figure) const { figure.caption = caption; }
};

// Whatever shows what a conditional network does says which classes it was told.
struct ClassNote {
    const PanelRecipe& panel;

    void operator()(std::monostate) const {}
    void operator()(MapFigure& figure) const { add(figure.data.caption, figure.data.provenance); }
    void operator()(CurveFigure& figure) const { add(figure.caption, figure.provenance); }
    void operator()(SampleFigure& figure) const { add(figure.caption, figure.provenance); }

private:
    template <class Provenance>
    void add(QString& caption, Provenance& provenance) const {
        const auto& entry = entryOf(panel.kind);
        if (entry.subject == PanelKindEntry::Subject::Runs) return;
        const bool noised = entry.subject == PanelKindEntry::Subject::Network &&
                            (entry.levels == PanelKindEntry::Levels::Several || panel.sigma < kPureNoiseSigma);
        const QString text = noised ? noisedClassCaption(panel.classes) : classCaption(panel.classes);
        caption += caption.isEmpty() ? text : QStringLiteral(" · ") + text;
        provenance.emplace_back("classes", QString::fromStdString(classText(panel.classes)));
    }
};

}  // namespace

QString nameOfA(const PanelData& data) {
    return data.nameA.empty() ? PanelText::tr("Before") : QString::fromStdString(data.nameA);
}
QString nameOfB(const PanelData& data) {
    return data.nameB.empty() ? PanelText::tr("After") : QString::fromStdString(data.nameB);
}

const std::vector<PanelPicture>& panelPictures() {
    using Form = PanelPicture::Form;
    using Rows = PanelPicture::Rows;
    static const std::vector<PanelPicture> pictures{
        {PanelKind::Spectrum, QT_TRANSLATE_NOOP("PanelText", "2-D spectrum"),
         QT_TRANSLATE_NOOP("PanelText", "2-D power spectrum of the selected block"), Form::Map, Rows::None,
         planeFigure},
        {PanelKind::Blocks, QT_TRANSLATE_NOOP("PanelText", "Blocks × frequency"),
         QT_TRANSLATE_NOOP("PanelText", "Power of every block over radial frequency"), Form::Map, Rows::Blocks,
         tableFigure},
        {PanelKind::Profile, QT_TRANSLATE_NOOP("PanelText", "Radial profile"),
         QT_TRANSLATE_NOOP("PanelText", "Radial power profile of the selected block, with its spread over images"),
         Form::Curves, Rows::None, radialFigure},
        {PanelKind::Sigmas, QT_TRANSLATE_NOOP("PanelText", "Noise levels × frequency"),
         QT_TRANSLATE_NOOP("PanelText", "The selected block at 16 noise levels σ"), Form::Map, Rows::Levels,
         levelsFigure},
        {PanelKind::Channels, QT_TRANSLATE_NOOP("PanelText", "Channels × frequency"),
         QT_TRANSLATE_NOOP("PanelText", "Every channel of the selected block"), Form::Map, Rows::None, channelsFigure},
        {PanelKind::Transfer, QT_TRANSLATE_NOOP("PanelText", "Transfer function"),
         QT_TRANSLATE_NOOP("PanelText",
                           "What the selected block does to each frequency: linear response and coherence"),
         Form::Curves, Rows::None, gainFigure},
        {PanelKind::Images, QT_TRANSLATE_NOOP("PanelText", "Spectrum of samples"),
         QT_TRANSLATE_NOOP("PanelText", "Generated images against real ones"), Form::Curves, Rows::None, imagesFigure},
        {PanelKind::Swap, QT_TRANSLATE_NOOP("PanelText", "One block set back"),
         QT_TRANSLATE_NOOP("PanelText", "What changes in the output when one block of B gets the weights of A back"),
         Form::Map, Rows::Blocks, changeFigure},
        {PanelKind::Frozen, QT_TRANSLATE_NOOP("PanelText", "Frozen and trainable"),
         QT_TRANSLATE_NOOP("PanelText", "Mean profiles of what the plan freezes and of what it leaves free"),
         Form::Curves, Rows::None, sharesFigure},
        {PanelKind::Bands, QT_TRANSLATE_NOOP("PanelText", "Blocks × bands"), "", Form::Map, Rows::Blocks, bandsFigure},
        {PanelKind::Probe, QT_TRANSLATE_NOOP("PanelText", "Gain of each frequency"), "", Form::Map, Rows::None,
         probeFigure},
        {PanelKind::Samples, QT_TRANSLATE_NOOP("PanelText", "Samples"), "", Form::Samples, Rows::None, samplesFigure},
        {PanelKind::Curves, QT_TRANSLATE_NOOP("PanelText", "Curves"), "", Form::Curves, Rows::None, curvesFigure},
        {PanelKind::Study, QT_TRANSLATE_NOOP("PanelText", "Study"), "", Form::Curves, Rows::None, studyFigure}};
    return pictures;
}

const PanelPicture& pictureOf(PanelKind kind) {
    const auto& pictures = panelPictures();
    return *std::find_if(pictures.begin(), pictures.end(), [&](const PanelPicture& p) { return p.kind == kind; });
}

PanelFigure panelFigure(const PanelRecipe& panel, const PanelData& data) {
    PanelFigure figure = pictureOf(panel.kind).draw(panel, data);
    std::visit(CaptionSetter{panelCaption(panel, data, figure)}, figure);
    if (knowsClasses(data)) std::visit(ClassNote{panel}, figure);
    return figure;
}

}  // namespace thaw
