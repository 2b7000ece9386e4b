// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/compare_columns.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace thaw {
namespace {

struct CompareColumns {
    Q_DECLARE_TR_FUNCTIONS(CompareColumns)
};

QString stepText(int steps) { return CompareColumns::tr("%n step(s)", nullptr, steps); }

}  // namespace

std::vector<ColumnSpec> defaultColumns() {
    return {{SampleSource::OriginalMultiStep, kTrainedSteps},
            {SampleSource::OriginalOneStep, 1},
            {SampleSource::TunedOneStep, 1}};
}

QString columnTitle(const ColumnSpec& column, const SampleColumn& samples) {
    const bool known = !samples.images.empty();
    switch (column.source) {
    case SampleSource::OriginalOneStep: return CompareColumns::tr("1 step, before");
    case SampleSource::TunedOneStep:
        return known && samples.steps > 1 ? CompareColumns::tr("%n step(s), after", nullptr, samples.steps)
                                          : CompareColumns::tr("1 step, after");
    case SampleSource::RealData: return CompareColumns::tr("Real data");
    case SampleSource::OriginalMultiStep:
    case SampleSource::OtherModel: break;
    }
    if (column.steps != kTrainedSteps) return stepText(column.steps);
    return known ? stepText(samples.steps) : CompareColumns::tr("As trained");
}

QString columnCaption(const ColumnSpec& column, const SampleColumn& samples, const QString& name) {
    QString caption;
    switch (column.source) {
    case SampleSource::OriginalMultiStep:
        caption = samples.sampler.empty() || samples.sampler.starts_with("heun")
                      ? CompareColumns::tr("original, Heun")
                      : CompareColumns::tr("original, as trained");
        break;
    case SampleSource::OriginalOneStep: caption = CompareColumns::tr("original"); break;
    case SampleSource::TunedOneStep: break;
    case SampleSource::RealData: caption = CompareColumns::tr("not by seed"); break;
    case SampleSource::OtherModel: caption = name.isEmpty() ? QFileInfo(column.path).fileName() : name; break;
    }
    if (!samples.asTrained) caption = CompareColumns::tr("%1, not as trained").arg(caption);
    return caption;
}

std::vector<int> offeredSteps() { return {2, 4, 8, 10, 18, 50}; }

}  // namespace thaw
