// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure/panel_caption.h"

#include "app/figure/panel_figure.h"
#include "app/figure/panel_text.h"
#include "app/shared/value_text.h"
#include "core/values/panel_kinds.h"
#include "widgets/base/number_text.h"
#include "widgets/figure/frequency_figures.h"

#include <QFileInfo>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

QString sigmaText(double sigma) { return QStringLiteral("σ = %1").arg(formatNumber(sigma)); }

QString levelsText(const std::vector<double>& sigmas) {
    if (sigmas.empty()) return {};
    const auto [low, high] = std::minmax_element(sigmas.begin(), sigmas.end());
    if (sigmas.size() == 1) return sigmaText(*low);
    return PanelText::tr("σ = %1 to %2 at %3 levels").arg(formatNumber(*low), formatNumber(*high)).arg(sigmas.size());
}

QString countText(std::int64_t images, std::uint64_t first) {
    if (images <= 0) return {};
    if (images == 1) return PanelText::tr("N = 1, seed %1").arg(first);
    return PanelText::tr("N = %1, seeds %2–%3").arg(images).arg(first).arg(first + std::uint64_t(images) - 1);
}

std::int64_t fewestOf(const std::vector<std::int64_t>& images) {
    return images.empty() ? 0 : *std::min_element(images.begin(), images.end());
}

// Blocks of a lower resolution have fewer frequencies than the others.
bool isHatched(const PanelFigure& figure) {
    const auto* map = std::get_if<MapFigure>(&figure);
    return map && !map->data.frequencyPlane &&
           std::any_of(map->data.values.begin(), map->data.values.end(),
                       [](double value) { return std::isnan(value); });
}

bool hasBand(const PanelFigure& figure) {
    const auto* curves = std::get_if<CurveFigure>(&figure);
    return curves && std::any_of(curves->series.begin(), curves->series.end(),
                                 [](const CurveSeries& s) { return s.kind == CurveKind::Band; });
}

QString deviationBand() { return PanelText::tr("band: ± one standard deviation over images"); }

struct Caption {
    const PanelRecipe& panel;
    const PanelData& data;
    const PanelFigure& figure;

    QString a(const std::string& title) const { return shownModel(data.nameA, title); }
    QString b(const std::string& title) const { return shownModel(data.nameB, title); }
    QString minus(const std::string& of, const std::string& less) const {
        return QStringLiteral("%1 − %2").arg(b(of), a(less));
    }
    QString block() const { return QString::fromStdString(panel.block); }
    QString part() const { return panel.block.empty() ? PanelText::tr("whole denoiser") : block(); }
    QString count(const std::vector<std::int64_t>& images, std::uint64_t first) const {
        return countText(fewestOf(images), first);
    }
    bool isB() const { return panel.side != PanelSide::A; }

    // Of a sweep of one side, or of the difference.
    QStringList sweep(const QString& levels, const QString& block) const {
        if (panel.side == PanelSide::Difference && data.difference) {
            const auto& table = *data.difference;
            return {minus(table.model, table.against), block, levels, count(table.images, table.firstSeed),
                    markedText(table)};
        }
        const auto& table = isB() ? data.sweepB : data.sweepA;
        if (!table) return {};
        return {isB() ? b(table->model) : a(table->model), block, levels, count(table->images, table->firstSeed)};
    }
    QStringList plane() const {
        const auto& shown = isB() ? data.spectrumB : data.spectrumA;
        if (!shown) return {};
        QStringList parts;
        if (panel.side == PanelSide::Difference && data.spectrumA) parts = {minus(shown->model, data.spectrumA->model)};
        else parts = {isB() ? b(shown->model) : a(shown->model)};
        parts << block() << sigmaText(panel.sigma) << countText(shown->images, shown->firstSeed)
              << PanelText::tr("mean over %n channels", nullptr, int(shown->channels));
        if (panel.side == PanelSide::Difference && data.spectrumA)
            parts << planeMarkText(*shown, *data.spectrumA, panel.images);
        return parts;
    }
    QStringList profile() const {
        if (panel.side == PanelSide::Difference) {
            if (!data.difference) return {};
            const auto& table = *data.difference;
            return {minus(table.model, table.against),
                    block(),
                    sigmaText(panel.sigma),
                    count(table.images, table.firstSeed),
                    PanelText::tr("band: ± two standard errors"),
                    markedText(table)};
        }
        QStringList parts, models;
        if (data.sweepA) models << a(data.sweepA->model);
        if (data.sweepB) models << b(data.sweepB->model);
        for (const auto& [place, table] : data.images) models << QString::fromStdString(table.title);
        const auto& any = data.sweepA ? data.sweepA : data.sweepB;
        parts << models.join(QStringLiteral("; ")) << block() << sigmaText(panel.sigma);
        if (any) parts << count(any->images, any->firstSeed);
        return parts;
    }
    QStringList channels() const {
        const ChannelProfiles& profiles = *data.channels;
        const std::string title = !isB() && data.model ? data.model->title : std::string();
        return {isB()           ? nameOfB(data)
                : title.empty() ? nameOfA(data)
                                : a(title),
                block(), sigmaText(profiles.sigma), countText(profiles.images, panel.firstSeed)};
    }
    QStringList frozen() const {
        const auto& table = isB() ? data.sweepB : data.sweepA;
        if (!table) return {};
        return {isB() ? b(table->model) : a(table->model),
                PanelText::tr("plan %1").arg(QString::fromStdString(panel.freeze)), sigmaText(panel.sigma),
                count(table->images, table->firstSeed),
                PanelText::tr("profiles of unit sum, weighted by the share of each block's weights")};
    }
    QStringList transfer() const {
        QStringList models;
        const TransferFunction* any = nullptr;
        if (data.transferB) models << b(data.transferB->model), any = &*data.transferB;
        if (data.transferA) models.prepend(a(data.transferA->model)), any = &*data.transferA;
        if (!any) return {};
        QStringList parts{models.join(QStringLiteral("; ")), part(), sigmaText(any->sigma),
                          countText(any->images, any->firstSeed), PanelText::tr("gain: response to weak white noise")};
        return parts;
    }
    QStringList swap() const {
        const auto& table = *data.swap;
        return {PanelText::tr("%1 with one block of %2").arg(b(table.model), a(table.against)), sigmaText(panel.sigma),
                count(table.images, table.firstSeed)};
    }
    QStringList probe() const {
        const auto& map = *data.probe;
        return {isB() ? b(map.model) : a(map.model), part(), sigmaText(map.sigma), countText(map.images, map.firstSeed),
                PanelText::tr("Fourier-basis probing")};
    }
    QStringList images() const {
        QStringList models;
        std::int64_t most = 0, fewest = 0;
        for (const auto& [place, table] : data.images) {
            if (place >= panel.columns.size()) continue;
            const SampleSource source = panel.columns[place].first;
            const QString name = source == SampleSource::RealData       ? QString::fromStdString(table.title)
                                 : source == SampleSource::TunedOneStep ? nameOfB(data)
                                                                        : nameOfA(data);
            if (!models.contains(name)) models << name;
            fewest = fewest == 0 ? table.images : std::min(fewest, table.images);
            most = std::max(most, table.images);
        }
        QStringList parts{models.join(QStringLiteral("; "))};
        parts << (fewest == most ? countText(most, panel.firstSeed)
                                 : PanelText::tr("N = %1 to %2").arg(fewest).arg(most));
        if (panel.styleGan3) parts << PanelText::tr("whitened, windowed and zero-padded as in StyleGAN3");
        return parts;
    }
};

}  // namespace

QString shownModel(const std::string& name, const std::string& title) {
    return QString::fromStdString(name.empty() ? title : name);
}

QString panelCaption(const PanelRecipe& panel, const PanelData& data, const PanelFigure& figure) {
    if (isEmpty(figure)) return {};
    const Caption caption{panel, data, figure};
    QStringList parts;
    switch (panel.kind) {
    case PanelKind::Blocks:
    case PanelKind::Bands: parts = caption.sweep(sigmaText(panel.sigma), {}); break;
    case PanelKind::Sigmas: {
        const auto& table = panel.side == PanelSide::A ? data.sweepA : data.sweepB;
        const std::vector<double> none;
        parts =
            caption.sweep(levelsText(data.difference && panel.side == PanelSide::Difference ? data.difference->sigmas
                                     : table                                                ? table->sigmas
                                                                                            : none),
                          caption.block());
        break;
    }
    case PanelKind::Spectrum: parts = caption.plane(); break;
    case PanelKind::Profile: parts = caption.profile(); break;
    case PanelKind::Channels: parts = caption.channels(); break;
    case PanelKind::Frozen: parts = caption.frozen(); break;
    case PanelKind::Transfer: parts = caption.transfer(); break;
    case PanelKind::Swap: parts = caption.swap(); break;
    case PanelKind::Probe: parts = caption.probe(); break;
    case PanelKind::Images: parts = caption.images(); break;
    case PanelKind::Samples:
    case PanelKind::Curves:
    case PanelKind::Study: return captionOf(figure);  // theirs name runs and seeds
    }
    if (panel.side != PanelSide::Difference && hasBand(figure)) parts << deviationBand();
    if (isHatched(figure)) parts << PanelText::tr("hatched: beyond the block's resolution");
    // What only the figure knows, such as values that are drawn elsewhere than they lie.
    if (const auto* curves = std::get_if<CurveFigure>(&figure)) parts << curves->note;
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

}  // namespace thaw
