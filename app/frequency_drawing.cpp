// SPDX-License-Identifier: GPL-3.0-or-later

// What the frequency page draws of the answers that have come.
#include "app/frequency_lab.h"
#include "app/frequency_page.h"
#include "app/selection.h"
#include "widgets/curve_plot.h"
#include "widgets/frequency_figures.h"
#include "widgets/heatmap_view.h"
#include "widgets/number_text.h"

#include <QComboBox>
#include <QLabel>
#include <QStackedWidget>

#include <algorithm>

namespace thaw {
namespace {

std::optional<std::size_t> indexOf(const std::vector<std::string>& names, const std::string& name) {
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? std::nullopt : std::optional<std::size_t>(found - names.begin());
}

QString provenanceOf(const LayerSweepTable& table, std::size_t sigma) {
    return QStringLiteral("model %1, sigma %2, %3 images, first seed %4")
        .arg(QString::fromStdString(table.model), exactText(table.sigmas[sigma])).arg(table.images[sigma]).arg(table.firstSeed);
}

std::vector<double> deviationOf(const LayerSweepTable& table, std::size_t block, std::size_t sigma, std::size_t rings) {
    const auto from = table.deviation.begin() + std::ptrdiff_t(table.cell(block, sigma, 0));
    return {from, from + std::ptrdiff_t(rings)};
}

PanelSide sideOf(FrequencyPage::Source source) {
    return source == FrequencyPage::Original ? PanelSide::A : source == FrequencyPage::Tuned ? PanelSide::B : PanelSide::Difference;
}

}  // namespace

FrequencyPage::Drawn FrequencyPage::drawn() const {
    if (stack_->currentWidget() == heatmap_) {
        if (heatmap_->data().empty()) return {};
        return DrawnMap{heatmap_->data(), heatmap_->styleOptions()};
    }
    CurveFigure figure = curves_->figure();
    if (figure.series.empty()) return {};
    return figure;
}

void FrequencyPage::draw() {
    const PanelRecipe panel = this->panel();
    const bool mapped = view() != Profile && view() != Transfer && view() != Images && view() != Frozen;
    stack_->setCurrentWidget(mapped ? static_cast<QWidget*>(heatmap_) : curves_);
    heatmap_->setAccessibleName(viewName(view()));
    curves_->setAccessibleName(viewName(view()));
    heatmap_->setEmptyText(emptyText());
    curves_->setEmptyText(emptyText());
    // Another scale for another kind of picture, and for other settings of it.
    const QString locksFor = QStringList{QString::number(view()), QString::number(int(panel.side == PanelSide::Difference)), QString::fromStdString(panel.block), QString::fromStdString(panel.responses.empty() ? std::string() : panel.responses.front()),
                                         QString::number(panel.images), QString::number(int(panel.hannWindow) * 2 + int(panel.removeMean))}.join(QLatin1Char('|'));
    if (locksFor != lockedFor_) {
        if (!lockedFor_.isEmpty()) locked_.reset();
        lockedFor_ = locksFor;
    }
    switch (view()) {
        case BlockSpectrum: drawPlane(panel); break;
        case Layers: drawTable(panel); break;
        case Levels: drawLevels(panel); break;
        case Channels: {
            const auto* known = lab_->known<ChannelProfiles>(panel, sideOf(source()));
            drawMap(known ? channelsHeatmap(*known) : HeatmapData());
            break;
        }
        case Swap: {
            const auto* known = lab_->known<BlockSwapTable>(panel, PanelSide::B);
            drawMap(known ? swapHeatmap(*known, 0) : HeatmapData());
            break;
        }
        case Profile: drawProfile(panel); break;
        case Transfer: drawTransfer(panel); break;
        case Images: drawImages(panel); break;
        case Frozen: drawFrozen(panel); break;
        case ViewCount: break;
    }
    showProgress();
    if (isUpToDate()) Q_EMIT upToDate();
}

// `other` is what the other side shows: both on one scale, so that switching between them shows the change and nothing
// else. The scale grows with what noise level after noise level brings, and never shrinks.
void FrequencyPage::drawMap(const HeatmapData& shown, const HeatmapData& other) {
    if (shown.empty()) {
        // A picture that is being renewed stays until the new one comes.
        if (lab_->isUpToDate()) heatmap_->clear();
        return;
    }
    for (const HeatmapData* data : {&shown, &other}) {
        if (data->empty()) continue;
        const auto [low, high] = valueRange(*data);
        locked_ = locked_ ? std::pair{std::min(locked_->first, low), std::max(locked_->second, high)} : std::pair{low, high};
    }
    heatmap_->setRange(locked_);
    heatmap_->setData(shown);
}

void FrequencyPage::drawCurves(const CurveFigure& figure) {
    if (figure.series.empty()) {
        if (lab_->isUpToDate()) curves_->setFigure({});
        return;
    }
    curves_->setFigure(figure);
}

void FrequencyPage::drawPlane(const PanelRecipe& panel) {
    const auto* a = lab_->spectrum(panel, PanelSide::A);
    const auto* b = lab_->spectrum(panel, PanelSide::B);
    const auto picture = [](const LayerSpectrum* spectrum) { return spectrum ? heatmapOf(*spectrum) : HeatmapData(); };
    if (source() != Difference) return source() == Tuned ? drawMap(picture(b), picture(a)) : drawMap(picture(a), picture(b));
    if (a && b) {
        if (const auto difference = differenceOf(heatmapOf(*b), heatmapOf(*a))) return drawMap(*difference);
    }
    drawMap({});
}

void FrequencyPage::drawTable(const PanelRecipe& panel) {
    if (source() == Difference) {
        const auto known = lab_->differenceAt(panel);
        return drawMap(known ? blocksHeatmap(*known->first, known->second) : HeatmapData());
    }
    const auto picture = [&](PanelSide side) {
        const auto known = lab_->sweepAt(panel, side);
        return known ? blocksHeatmap(*known->first, known->second) : HeatmapData();
    };
    const PanelSide side = sideOf(source());
    drawMap(picture(side), picture(side == PanelSide::A ? PanelSide::B : PanelSide::A));
}

void FrequencyPage::drawLevels(const PanelRecipe& panel) {
    if (source() == Difference) {
        const auto* table = lab_->known<LayerDifferenceTable>(panel, PanelSide::Difference);
        const auto block = table ? indexOf(table->blocks, panel.block) : std::nullopt;
        return drawMap(block ? sigmasHeatmap(*table, *block) : HeatmapData());
    }
    const auto picture = [&](PanelSide side) {
        const auto* table = lab_->known<LayerSweepTable>(panel, side);
        const auto block = table ? indexOf(table->blocks, panel.block) : std::nullopt;
        return block ? sigmasHeatmap(*table, *block) : HeatmapData();
    };
    const PanelSide side = sideOf(source());
    drawMap(picture(side), picture(side == PanelSide::A ? PanelSide::B : PanelSide::A));
}

void FrequencyPage::drawProfile(const PanelRecipe& panel) {
    if (source() == Difference) {
        const auto known = lab_->differenceAt(panel);
        const auto block = known ? indexOf(known->first->blocks, panel.block) : std::nullopt;
        return drawCurves(block ? differenceFigure(*known->first, *block, known->second) : CurveFigure());
    }
    std::vector<ProfileLine> lines;
    QString caption;
    for (const PanelSide side : {PanelSide::A, PanelSide::B}) {
        const auto known = lab_->sweepAt(panel, side);
        const auto block = known ? indexOf(known->first->blocks, panel.block) : std::nullopt;
        if (!block) continue;
        const auto& [table, sigma] = *known;
        ProfileLine line{nameOf(side == PanelSide::A ? Original : Tuned), table->profile(*block, sigma), {}, int(side == PanelSide::B), provenanceOf(*table, sigma)};
        line.deviation = deviationOf(*table, *block, sigma, line.profile.frequency.size());
        lines.push_back(std::move(line));
        caption = tr("%1 · σ = %2 · %n images · band: one standard deviation over images", nullptr, int(table->images[sigma]))
                      .arg(QString::fromStdString(table->model), formatNumber(table->sigmas[sigma]));
    }
    for (const auto& [index, table] : lab_->images(panel))
        if (!table->profile.frequency.empty())
            lines.push_back({tr("real data"), table->profile, table->deviation, 2, QStringLiteral("%1, %2 images").arg(QString::fromStdString(table->title)).arg(table->images)});
    if (lines.empty()) return drawCurves({});
    CurveFigure figure = profileFigure(lines, tr("Radial power profile, %1").arg(QString::fromStdString(panel.block)));
    figure.caption = caption;
    drawCurves(figure);
}

void FrequencyPage::drawTransfer(const PanelRecipe& panel) {
    std::vector<TransferFunction> transfers;
    std::vector<QString> names;
    for (const PanelSide side : {PanelSide::A, PanelSide::B}) {
        const auto* known = lab_->known<TransferFunction>(panel, side);
        if (!known || known->frequencies.empty()) continue;
        transfers.push_back(*known);
        names.push_back(nameOf(side == PanelSide::A ? Original : Tuned));
    }
    drawCurves(transfers.empty() ? CurveFigure() : transferFigure(transfers, names));
}

void FrequencyPage::drawImages(const PanelRecipe& panel) {
    std::vector<ProfileLine> lines;
    std::int64_t images = 0;
    for (const auto& [index, table] : lab_->images(panel)) {
        if (table->profile.frequency.empty()) continue;
        const auto [source, steps] = panel.columns[index];
        const QString name = source == SampleSource::RealData          ? tr("real data")
                             : source == SampleSource::OriginalOneStep ? tr("%1, one step").arg(nameOf(Original))
                             : source == SampleSource::TunedOneStep    ? tr("%1, one step").arg(nameOf(Tuned))
                                                                       : tr("%1, %n steps", nullptr, steps).arg(nameOf(Original));
        lines.push_back({tr("%1 (slope %2)").arg(name, formatNumber(table->slope, 3)), table->profile, table->deviation, int(index),
                         QStringLiteral("%1, %2 images, first seed %3, slope %4, centroid %5")
                             .arg(QString::fromStdString(table->title)).arg(table->images).arg(panel.firstSeed).arg(exactText(table->slope), exactText(table->centroid))});
        images = std::max(images, table->images);
    }
    if (lines.empty()) return drawCurves({});
    CurveFigure figure = profileFigure(lines, panel.styleGan3 ? tr("Power spectrum of images, as in StyleGAN3") : tr("Power spectrum of images"));
    figure.caption = tr("%n images · band: one standard deviation over images", nullptr, int(images));
    drawCurves(figure);
}

void FrequencyPage::drawFrozen(const PanelRecipe& panel) {
    const auto known = lab_->sweepAt(panel, sideOf(source()));
    if (!known || model_.blocks.empty()) return drawCurves({});
    CurveFigure figure = frozenFigure(frozenAgainstTrainable(*known->first, plan_, model_), known->second);
    figure.provenance.emplace_back("plan", QString::fromStdString(toText(plan_)));
    drawCurves(figure);
}

void FrequencyPage::showProgress() {
    const bool busy = !lab_->isUpToDate();
    const int percent = int(100 * lab_->share());
    progress_->setText(!busy ? QString() : percent > 0 ? tr("measuring… %1 %").arg(percent) : tr("measuring…"));
    heatmap_->setBusyText(busy && heatmap_->data().empty() ? tr("measuring…") : QString());
}

QString FrequencyPage::emptyText() const {
    if (view() == Swap && !lab_->against()) return tr("Start a run, or choose another model in “Measure”: this view sets one block of B back to A's weights.");
    if (isBlockView() && view() != Transfer && !response())
        return selection_.block().isEmpty() ? tr("Select a block in the tree to see the frequencies of its response.")
                                            : tr("%1 gives no image-shaped response. Select another block in the tree.").arg(selection_.block());
    if (view() == Transfer && selection_.block().isEmpty() && operations_->currentData().toString().isEmpty())
        return tr("Select a block in the tree, or the whole denoiser in the list above.");
    return tr("Nothing is measured yet.");
}

}  // namespace thaw
