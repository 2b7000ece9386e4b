// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/frequency/frequency_lab_keys.h"

#include "widgets/base/number_text.h"

#include <QStringList>

namespace thaw {
namespace {

QString sigmaText(const std::vector<double>& sigmas) {
    QStringList texts;
    for (const double sigma : sigmas) texts << exactText(sigma);
    return texts.join(QLatin1Char(','));
}

QString blockText(const std::vector<std::string>& blocks) {
    QStringList texts;
    for (const auto& block : blocks) texts << QString::fromStdString(block);
    return texts.join(QLatin1Char(','));
}

QString sweepKey(const LayerSweepRequest& r) {
    return QStringList{blockText(r.blocks),
                       sigmaText(r.sigmas),
                       QString::number(r.images),
                       QString::number(r.firstSeed),
                       QString::number(int(r.removeMean)),
                       QString::number(int(r.hannWindow))}
        .join(QLatin1Char('|'));
}

QString modelKey(const ModelChoice& model) {
    switch (model.kind) {
    case ModelChoice::Kind::Original: return QStringLiteral("<original>");
    case ModelChoice::Kind::Tuned: return QStringLiteral("<tuned>");
    case ModelChoice::Kind::File: break;
    }
    return QString::fromStdString(model.path);
}

}  // namespace

QString measurementKey(const MeasurementJob& job) {
    struct Key {
        QString operator()(const SweepJob& j) const {
            return QStringLiteral("sweep|") + modelKey(j.model) + QLatin1Char('|') + sweepKey(j.request);
        }
        QString operator()(const DifferenceJob& j) const {
            return QStringLiteral("difference|") + modelKey(j.a) + QLatin1Char('|') + modelKey(j.b) + QLatin1Char('|') +
                   sweepKey(j.request);
        }
        QString operator()(const TransferJob& j) const {
            return QStringList{QStringLiteral("transfer"),
                               modelKey(j.model),
                               QString::fromStdString(j.request.block),
                               exactText(j.request.sigma),
                               QString::number(j.request.images),
                               QString::number(j.request.firstSeed)}
                .join(QLatin1Char('|'));
        }
        QString operator()(const SwapJob& j) const {
            return QStringList{QStringLiteral("swap"), modelKey(j.tuned), sigmaText(j.request.sigmas),
                               QString::number(j.request.images), QString::number(j.request.firstSeed)}
                .join(QLatin1Char('|'));
        }
        QString operator()(const ImagesJob& j) const {
            const auto& images = j.request.images;
            return QStringList{QStringLiteral("images"),
                               images.source == SampleSource::TunedOneStep ? QStringLiteral("<tuned>")
                                                                           : QString::number(int(images.source)),
                               QString::fromStdString(images.path),
                               QString::number(images.steps),
                               QString::number(images.seeds.size()),
                               QString::number(images.seeds.empty() ? 0 : images.seeds.front()),
                               QString::number(int(j.request.styleGan3))}
                .join(QLatin1Char('|'));
        }
        QString operator()(const ChannelsJob& j) const {
            return QStringList{QStringLiteral("channels"), modelKey(j.model), QString::fromStdString(j.block),
                               exactText(j.sigma), sweepKey(j.request)}
                .join(QLatin1Char('|'));
        }
    };
    return std::visit(Key(), job);
}

QString measurementKey(const SpectrumRequest& r) {
    return QStringList{r.tuned           ? QStringLiteral("<tuned>")
                       : r.other.empty() ? QStringLiteral("<original>")
                                         : QString::fromStdString(r.other),
                       QString::fromStdString(r.block), exactText(r.sigma), QString::number(r.images),
                       QString::number(r.firstSeed)}
        .join(QLatin1Char('|'));
}

}  // namespace thaw
