// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/samples/sample_columns.h"

#include "app/engine/compute_thread.h"
#include "app/shared/class_box.h"
#include "app/shared/known_runs.h"
#include "app/shared/selection.h"
#include "app/shared/value_text.h"
#include "widgets/base/number_text.h"
#include "widgets/samples/sample_grid.h"

#include <algorithm>

namespace thaw {
namespace {

bool isTuned(const ColumnSpec& column) { return column.source == SampleSource::TunedOneStep; }
bool isSlow(const ColumnSpec& column) { return column.steps != 1; }

}  // namespace

SampleColumns::SampleColumns(ComputeThread& compute, const Selection& selection, SampleGrid& grid, QObject* parent)
    : QObject(parent), compute_(compute), selection_(selection), grid_(grid) {
    connect(compute.facts(), &Engine::samplesReady, this, &SampleColumns::show);
}

void SampleColumns::set(const std::vector<ColumnSpec>& columns) {
    for (const Shown& column : columns_) compute_.forgetSamples(column.slot);
    columns_.clear();
    for (const ColumnSpec& spec : columns) columns_.push_back({spec, nextSlot_++});
    grid_.setBlockCount(0);
    grid_.setReference(-1);
    grid_.setSeeds(seeds());
    showHeadings();
}

std::vector<ColumnSpec> SampleColumns::specs() const {
    std::vector<ColumnSpec> columns;
    for (const Shown& column : columns_) columns.push_back(column.spec);
    return columns;
}

void SampleColumns::add(const ColumnSpec& column) {
    columns_.push_back({column, nextSlot_++});
    showHeadings();
    if (!isTuned(column) || !runTitle_.isEmpty()) request(columns_.back());
}

void SampleColumns::remove(int column) {
    if (column < 0 || column >= count() || columns_.size() < 2) return;
    compute_.forgetSamples(columns_[std::size_t(column)].slot);
    columns_.erase(columns_.begin() + column);
    const int reference = grid_.reference();
    for (int c = column; c < count(); ++c) grid_.setSamples(c, grid_.block(c + 1).samples);
    grid_.setReference(reference == column ? -1 : reference > column ? reference - 1 : reference);
    showHeadings();
}

void SampleColumns::move(int column, int to) {
    if (column < 0 || to < 0 || column >= count() || to >= count() || column == to) return;
    std::swap(columns_[std::size_t(column)], columns_[std::size_t(to)]);
    const SampleColumn a = grid_.block(column).samples, b = grid_.block(to).samples;
    grid_.setSamples(column, b);
    grid_.setSamples(to, a);
    showHeadings();
}

void SampleColumns::setSteps(int steps) {
    const auto first = std::find_if(columns_.begin(), columns_.end(), [](const Shown& column) {
        return column.spec.source == SampleSource::OriginalMultiStep;
    });
    if (first == columns_.end()) return;
    first->spec.steps = steps;
    showHeadings();
    request(*first);
}

std::vector<std::uint64_t> SampleColumns::seeds() const {
    std::vector<std::uint64_t> seeds;
    seeds.reserve(std::size_t(images_));
    for (int k = 0; k < images_; ++k) seeds.push_back(selection_.firstSeed() + std::uint64_t(k));
    return seeds;
}

void SampleColumns::setRunTitle(const QString& title) {
    runTitle_ = title;
    showHeadings();
}

void SampleColumns::setModelIsStudent(bool isStudent) { modelIsStudent_ = isStudent; }

// Heun's sampler makes noise of a student, which knows no other way than its own.
ColumnSpec SampleColumns::sampled(const ColumnSpec& spec) const {
    ColumnSpec sampled = spec;
    if (modelIsStudent_ && spec.source == SampleSource::OriginalMultiStep) sampled.steps = kTrainedSteps;
    return sampled;
}

void SampleColumns::setFilter(const std::optional<BandFilter>& filter) {
    filter_ = filter;
    showHeadings();
}

bool SampleColumns::hasClasses(int column) const {
    switch (spec(column).source) {
    case SampleSource::RealData: return false;
    case SampleSource::OtherModel: return grid_.block(column).samples.hasClasses;
    case SampleSource::OriginalMultiStep:
    case SampleSource::OriginalOneStep:
    case SampleSource::TunedOneStep: break;
    }
    return selection_.classCount() > 0;
}

void SampleColumns::setRuns(const KnownRuns* runs) {
    runs_ = runs;
    connect(runs, &KnownRuns::changed, this, &SampleColumns::showHeadings);
    showHeadings();
}

// A run is named with its objective, how far it got and its distance, whatever its folder is called.
QString SampleColumns::captionOf(const Shown& column, const SampleColumn& samples) const {
    if (isTuned(column.spec))
        return samples.kimg > 0 ? tr("%1 · %2").arg(runTitle_, formatQuantity(samples.kimg, tr("kimg"), 3)) : runTitle_;
    const QString caption = columnCaption(sampled(column.spec), samples);
    if (column.spec.source != SampleSource::OtherModel || !runs_) return caption;
    const RunSummary* run = runs_->find(column.spec.path);
    if (!run) return caption;
    const QString named = columnCaption(sampled(column.spec), samples, runName(*run)), details = runDetails(*run);
    return details.isEmpty() ? named : tr("%1 · %2").arg(named, details);
}

void SampleColumns::showHeadings() {
    grid_.setBlockCount(count());
    for (int c = 0; c < count(); ++c) {
        const Shown& column = columns_[std::size_t(c)];
        const SampleColumn& samples = grid_.block(c).samples;
        QString caption = captionOf(column, samples);
        const auto add = [&caption](const QString& text) {
            caption = caption.isEmpty() ? text : tr("%1 · %2").arg(caption, text);
        };
        if (isTuned(column.spec))
            grid_.setEmptyHint(c, tr("Press Start: what the tuned generator makes of the same seeds appears here."));
        const bool real = column.spec.source == SampleSource::RealData;
        if (hasClasses(c)) add(classCaption(selection_.classes(), selection_.classNames()));
        if (filter_ && !real) add(bandText(*filter_));
        grid_.setHeading(c, columnTitle(sampled(column.spec), samples), caption);
        grid_.setBusy(
            c, column.generation != 0 && !column.complete && !isTuned(column.spec) ? tr("sampling…") : QString());
    }
    Q_EMIT changed();
}

void SampleColumns::restart() {
    grid_.setSeeds(seeds());
    for (Shown& column : columns_)
        if (!isTuned(column.spec)) request(column);
    refreshTuned();
}

void SampleColumns::refreshTuned() {
    if (runTitle_.isEmpty()) return;
    for (Shown& column : columns_)
        if (isTuned(column.spec)) request(column);
}

void SampleColumns::forgetTuned() {
    for (int c = 0; c < count(); ++c) {
        if (!isTuned(columns_[std::size_t(c)].spec)) continue;
        columns_[std::size_t(c)].generation = 0;
        grid_.clearSamples(c);
    }
    setRunTitle({});
}

void SampleColumns::giveUp() {
    for (int c = 0; c < count(); ++c) grid_.setBusy(c, {});
}

bool SampleColumns::originalComplete() const {
    return std::all_of(columns_.begin(), columns_.end(),
                       [](const Shown& column) { return isTuned(column.spec) || column.complete; });
}

void SampleColumns::requestQuick() { requestGenerated(false); }
void SampleColumns::requestSlow() { requestGenerated(true); }

void SampleColumns::requestGenerated(bool slow) {
    for (Shown& column : columns_)
        if (isSlow(column.spec) == slow && column.spec.source != SampleSource::RealData &&
            (!isTuned(column.spec) || !runTitle_.isEmpty()))
            request(column);
}

void SampleColumns::request(Shown& column) {
    SampleRequest request;
    request.source = column.spec.source;
    request.steps = sampled(column.spec).steps;
    request.path = column.spec.path.toStdString();
    request.shift = shift_;
    request.classes = selection_.classes();
    request.seeds = seeds();
    if (filter_ && column.spec.source != SampleSource::RealData) request.surgery = {*filter_};
    column.complete = false;
    column.generation = compute_.requestSamples(request, column.slot);
    if (!isTuned(column.spec)) grid_.setBusy(int(&column - columns_.data()), tr("sampling…"));
}

void SampleColumns::show(quint64 generation, const SampleColumn& samples) {
    for (int c = 0; c < count(); ++c) {
        Shown& column = columns_[std::size_t(c)];
        if (column.generation != generation) continue;
        column.complete = samples.images.size() >= seeds().size();
        grid_.setSamples(c, samples);
        showHeadings();
        if (!isTuned(column.spec) && originalComplete()) Q_EMIT originalCompleted();
    }
}

}  // namespace thaw
