// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/step_curves.h"

#include "widgets/curves/curve_plot.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace thaw {
namespace {

constexpr double kSmoothing = 0.9;
constexpr int kBlock = 2;  // after G and D

// A norm that overflowed is no point of a curve either.
std::optional<double> finite(std::optional<double> value) {
    return value && std::isfinite(*value) ? value : std::nullopt;
}

// What a run of fine-tuning by the GAN loss does not have.
bool isRare(StepValue value) { return value == &StepMetrics::distillLoss || value == &StepMetrics::loss; }

}  // namespace

StepCurves::StepCurves(const Plots& plots, QObject* parent) : QObject(parent), plots_(plots), curves_(addCurves()) {
    for (const Curve& curve : curves_)
        if (isRare(curve.value)) curve.plot->setSeriesOffered(curve.series, false);
    plots.losses->setAxisLabels(tr("kimg"), tr("loss per image"));
    plots.losses->setEmptyText(tr("The losses of generator (G) and discriminator (D) appear with the first step."));
    plots.losses->setAccessibleName(tr("Loss curves"));
    plots.logits->setAxisLabels(tr("kimg"), tr("mean logit, mean sign"));
    plots.logits->setEmptyText(
        tr("What the discriminator says of real and of generated images. Signs near +1 and −1: it has overpowered the "
           "generator."));
    plots.logits->setAccessibleName(tr("Discriminator logits"));
    block_ = plots.gradients->addSeries(tr("block"), CurveKind::Line, kBlock, kBlock);
    plots.gradients->setSeriesOffered(block_, false);
    plots.gradients->setAxisLabels(tr("kimg"), tr("gradient norm"));
    plots.gradients->setEmptyText(
        tr("Norms of the gradients of generator, discriminator and the block selected in the tree."));
    plots.gradients->setAccessibleName(tr("Gradient norms"));
    for (CurvePlot* plot : {plots.losses, plots.logits, plots.gradients}) plot->setSmoothing(kSmoothing);
}

// The curves of one run; what is measured gives each its pattern, as in figures of runs.
std::vector<StepCurves::Curve> StepCurves::addCurves() {
    std::vector<Curve> curves;
    const auto add = [&](CurvePlot* plot, const QString& name, int look, StepValue value) {
        curves.push_back({plot, plot->addSeries(name, CurveKind::Line, look, look), look, name, value});
    };
    add(plots_.losses, tr("G"), 0, &StepMetrics::gLoss);
    add(plots_.losses, tr("D"), 1, &StepMetrics::dLoss);
    add(plots_.losses, tr("imitation"), 2, &StepMetrics::distillLoss);
    add(plots_.losses, tr("denoising"), 3, &StepMetrics::loss);
    add(plots_.logits, tr("D(real)"), 0, &StepMetrics::realLogit);
    add(plots_.logits, tr("D(fake)"), 1, &StepMetrics::fakeLogit);
    add(plots_.logits, tr("sign real"), 2, &StepMetrics::realSign);
    add(plots_.logits, tr("sign fake"), 3, &StepMetrics::fakeSign);
    add(plots_.gradients, tr("G"), 0, &StepMetrics::gradG);
    add(plots_.gradients, tr("D"), 1, &StepMetrics::gradD);
    return curves;
}

void StepCurves::begin(const FinetuneConfig& config) {
    kimg_.clear();
    norms_.clear();
    const bool imitates = config.distill.kind != Distillation::None;
    for (const Curve& curve : curves_)
        curve.plot->setSeriesOffered(curve.series, curve.value == &StepMetrics::loss          ? false
                                                   : curve.value == &StepMetrics::distillLoss ? imitates
                                                   : curve.value == &StepMetrics::gradG       ? true
                                                                                              : config.gan);
    for (const Overlay& overlay : std::as_const(overlays_))
        if (overlay.shown) fill(overlay.curves, overlay.stats);
    showBlock();
}

void StepCurves::add(const std::vector<StepMetrics>& steps) {
    for (const StepMetrics& step : steps) {
        for (const Curve& curve : curves_)
            if (const auto value = finite(step.*curve.value)) curve.plot->append(curve.series, step.kimg, *value);
        if (step.blockGradients.empty()) continue;
        kimg_.push_back(step.kimg);
        for (const auto& [block, norm] : step.blockGradients) {
            auto& history = norms_[block];
            history.resize(kimg_.size(), std::numeric_limits<float>::quiet_NaN());
            history.back() = float(norm);
            if (blockName_ == QLatin1String(block.c_str())) plots_.gradients->append(block_, step.kimg, norm);
        }
    }
    if (plots_.gradients->isSeriesVisible(block_) != (plots_.gradients->pointCount(block_) > 0)) showBlock();
}

void StepCurves::addHistory(const RunStats& stats) {
    for (const Curve& curve : curves_) {
        std::vector<double> x, y;
        for (const StepMetrics& step : stats.steps)
            if (const auto value = finite(step.*curve.value)) x.push_back(step.kimg), y.push_back(*value);
        curve.plot->prepend(curve.series, x, y);
    }
}

std::vector<BlockGradient> StepCurves::gradientsAt(double kimg) const {
    std::vector<BlockGradient> gradients;
    if (kimg_.empty()) return gradients;
    auto at = std::size_t(std::lower_bound(kimg_.begin(), kimg_.end(), kimg) - kimg_.begin());
    if (at == kimg_.size() || (at > 0 && kimg - kimg_[at - 1] < kimg_[at] - kimg)) --at;
    for (const auto& [block, norms] : norms_)
        if (at < norms.size() && !std::isnan(norms[at])) gradients.push_back({block, norms[at]});
    return gradients;
}

void StepCurves::setBlock(const QString& block) {
    if (block == blockName_) return;
    blockName_ = block;
    showBlock();
}

void StepCurves::showBlock() {
    std::vector<double> x, y;
    if (const auto found = norms_.find(blockName_.toStdString()); found != norms_.end())
        for (std::size_t i = 0; i < found->second.size(); ++i)
            if (!std::isnan(found->second[i])) x.push_back(kimg_[i]), y.push_back(found->second[i]);
    const QString name = blockName_.isEmpty() ? tr("block") : blockName_;
    plots_.gradients->setSeriesName(block_, legend_.isEmpty() ? name : QStringLiteral("%1 %2").arg(name, legend_));
    plots_.gradients->setData(block_, x, y);
    plots_.gradients->setSeriesOffered(block_, !x.empty());
}

// What the run has not measured is not offered.
void StepCurves::fill(const std::vector<Curve>& curves, const RunStats& stats) {
    for (const Curve& curve : curves) {
        std::vector<double> x, y;
        for (const StepMetrics& step : stats.steps)
            if (const auto value = finite(step.*curve.value)) x.push_back(step.kimg), y.push_back(*value);
        curve.plot->setData(curve.series, x, y);
        curve.plot->setSeriesOffered(curve.series, !x.empty());
    }
}

void StepCurves::showOverlay(const QString& run, const RunStats& stats) {
    auto found = overlays_.find(run);
    if (found == overlays_.end()) found = overlays_.insert(run, {addCurves(), {}, true});
    found->stats = stats;
    found->shown = true;
    fill(found->curves, stats);
}

void StepCurves::growOverlay(const QString& run, const RunStats& added) {
    const auto found = overlays_.find(run);
    if (found == overlays_.end()) return;
    RunStats& stats = found->stats;
    stats.finetune = stats.finetune || added.finetune;
    stats.steps.insert(stats.steps.end(), added.steps.begin(), added.steps.end());
    for (const Curve& curve : found->curves) {
        const bool wasEmpty = curve.plot->pointCount(curve.series) == 0;
        for (const StepMetrics& step : added.steps)
            if (const auto value = finite(step.*curve.value)) curve.plot->append(curve.series, step.kimg, *value);
        // Only the first point offers it: what the user has hidden since stays so.
        if (found->shown && wasEmpty && curve.plot->pointCount(curve.series) > 0)
            curve.plot->setSeriesOffered(curve.series, true);
    }
}

void StepCurves::offerOpenRun(bool offered) {
    for (const Curve& curve : curves_) curve.plot->setSeriesOffered(curve.series, offered && !isRare(curve.value));
}

void StepCurves::setLook(const QString& run, const QString& legend, std::optional<int> colour) {
    const auto overlay = overlays_.constFind(run);
    for (const Curve& curve : overlay == overlays_.constEnd() ? curves_ : overlay->curves) {
        curve.plot->setSeriesName(curve.series,
                                  legend.isEmpty() ? curve.name : QStringLiteral("%1 %2").arg(curve.name, legend));
        curve.plot->setSeriesLook(curve.series, colour.value_or(curve.dash), curve.dash);
    }
    if (!run.isEmpty()) return;
    legend_ = legend;
    plots_.gradients->setSeriesLook(block_, colour.value_or(kBlock), kBlock);
    showBlock();
}

void StepCurves::hideOverlay(const QString& run) {
    const auto found = overlays_.find(run);
    if (found == overlays_.end()) return;
    found->shown = false;
    for (const Curve& curve : found->curves) curve.plot->setSeriesOffered(curve.series, false);
}

}  // namespace thaw
