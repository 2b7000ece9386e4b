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
    return {{SampleSource::OriginalMultiStep, 18}, {SampleSource::OriginalOneStep, 1}, {SampleSource::TunedOneStep, 1}};
}

QString columnTitle(const ColumnSpec& column) {
    switch (column.source) {
    case SampleSource::OriginalMultiStep: return stepText(column.steps);
    case SampleSource::OriginalOneStep: return CompareColumns::tr("1 step, before");
    case SampleSource::TunedOneStep: return CompareColumns::tr("1 step, after");
    case SampleSource::RealData: return CompareColumns::tr("Real data");
    case SampleSource::OtherModel: return stepText(column.steps);
    }
    return {};
}

QString columnCaption(const ColumnSpec& column) {
    switch (column.source) {
    case SampleSource::OriginalMultiStep: return CompareColumns::tr("original, Heun");
    case SampleSource::OriginalOneStep: return CompareColumns::tr("original");
    case SampleSource::TunedOneStep: return {};
    case SampleSource::RealData: return CompareColumns::tr("not by seed");
    case SampleSource::OtherModel: return QFileInfo(column.path).fileName();
    }
    return {};
}

std::vector<int> offeredSteps() { return {2, 4, 8, 10, 18, 50}; }

}  // namespace thaw
