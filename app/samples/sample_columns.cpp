// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/samples/sample_columns.h"

#include "app/engine/compute_thread.h"
#include "app/shared/class_box.h"
#include "app/shared/known_runs.h"
#include "app/shared/open_versions.h"
#include "app/shared/selection.h"
#include "app/shared/value_text.h"
#include "widgets/base/number_text.h"
#include "widgets/base/stale_veil.h"
#include "widgets/samples/sample_grid.h"

#include <algorithm>

namespace thaw {
namespace {

bool isTuned(const ColumnSpec& column) { return column.source == SampleSource::TunedOneStep; }
bool isSlow(const ColumnSpec& column) { return column.steps != 1; }

}  // namespace

SampleColumns::SampleColumns(ComputeThread& compute, const Selection& selection, SampleGrid& grid, QObject* parent)
    : QObject(parent),
      compute_(compute),
      selection_(selection),
      grid_(grid),
      versions_(new OpenVersions(compute, this)) {
    connect(compute.facts(), &EngineFacts::samplesReady, this, &SampleColumns::show);
    connect(compute.facts(), &EngineFacts::givenUp, this, &SampleColumns::giveUp);
    connect(versions_, &OpenVersions::tunedChanged, this, &SampleColumns::showFreshness);
}

void SampleColumns::set(const std::vector<ColumnSpec>& columns) {
    for (const Shown& column : columns_) compute_.forgetSamples(column.slot);
    columns_.clear();
    for (const ColumnSpec& spec : columns) columns_.push_back(Shown{spec, nextSlot_++});
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
    columns_.push_back(Shown{column, nextSlot_++});
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
    connect(runs, &KnownRuns::updated, this, [this](const QStringList& folders) {
        const bool any = std::any_of(columns_.begin(), columns_.end(), [&](const Shown& column) {
            return column.spec.source == SampleSource::OtherModel && folders.contains(column.spec.path);
        });
        if (any) showHeadings();
    });
    showHeadings();
}

// A run is named with its objective, how far it got and its distance, whatever its folder is called.
QString SampleColumns::captionOf(const ColumnSpec& spec, const SampleColumn& samples) const {
    if (isTuned(spec))
        return samples.kimg > 0 ? tr("%1 · %2").arg(runTitle_, formatQuantity(samples.kimg, tr("kimg"), 3)) : runTitle_;
    const QString caption = columnCaption(spec, samples);
    if (spec.source != SampleSource::OtherModel || !runs_) return caption;
    const RunSummary* run = runs_->find(spec.path);
    if (!run) return caption;
    QString named = columnCaption(spec, samples, runName(*run));
    const QString details = runDetails(*run);
    if (run->running && samples.kimg > 0)
        named = tr("%1 · snapshot at %2 kimg").arg(named, formatNumber(samples.kimg, 3));
    return details.isEmpty() ? named : tr("%1 · %2").arg(named, details);
}

void SampleColumns::showHeadings() {
    grid_.setBlockCount(count());
    for (int c = 0; c < count(); ++c) {
        const Shown& column = columns_[std::size_t(c)];
        const SampleColumn& samples = grid_.block(c).samples;
        // Of the images that are there, not of those that are asked for.
        const SampleRequest said = column.shown ? column.shown->request : wanted(column).request;
        ColumnSpec spec = column.spec;
        spec.steps = said.steps;
        QString caption = captionOf(spec, samples);
        const auto add = [&caption](const QString& text) {
            caption = caption.isEmpty() ? text : tr("%1 · %2").arg(caption, text);
        };
        if (isTuned(column.spec))
            grid_.setEmptyHint(c, tr("Press Start: what the tuned generator makes of the same seeds appears here."));
        const bool real = column.spec.source == SampleSource::RealData;
        if (hasClasses(c)) add(classCaption(said.classes, selection_.classNames()));
        if (!real)
            for (const BandFilter& band : said.surgery) add(bandText(band));
        grid_.setHeading(c, columnTitle(spec, samples), caption);
        grid_.setBusy(
            c, column.generation != 0 && !column.complete && !isTuned(column.spec) ? tr("sampling…") : QString());
    }
    showFreshness();
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

void SampleColumns::renewTuned() {
    if (runTitle_.isEmpty()) return;
    for (Shown& column : columns_)
        if (isTuned(column.spec) && !isOnTheWay(column)) request(column);
}

// What would be asked for now is asked for already, and not all there.
bool SampleColumns::isOnTheWay(const Shown& column) const {
    return column.generation != 0 && !column.complete && column.asked == wanted(column);
}

void SampleColumns::forgetTuned() {
    for (int c = 0; c < count(); ++c) {
        if (!isTuned(columns_[std::size_t(c)].spec)) continue;
        columns_[std::size_t(c)].generation = 0;
        columns_[std::size_t(c)].shown.reset();
        grid_.clearSamples(c);
    }
    setRunTitle({});
}

void SampleColumns::giveUp(const std::vector<quint64>& generations) {
    bool any = false;
    for (Shown& column : columns_) {
        if (std::find(generations.begin(), generations.end(), column.generation) == generations.end()) continue;
        column.generation = 0;
        any = true;
    }
    if (any) showHeadings();
}

bool SampleColumns::originalComplete() const {
    return std::all_of(columns_.begin(), columns_.end(),
                       [](const Shown& column) { return isTuned(column.spec) || column.complete; });
}

void SampleColumns::requestQuick() { requestGenerated(false); }
void SampleColumns::requestSlow() { requestGenerated(true); }

void SampleColumns::expectSlow() {
    for (Shown& column : columns_)
        column.expected = isSlow(column.spec) && column.spec.source != SampleSource::RealData && exists(column);
    showFreshness();
}

void SampleColumns::requestGenerated(bool slow) {
    for (Shown& column : columns_)
        if (isSlow(column.spec) == slow && column.spec.source != SampleSource::RealData && exists(column))
            request(column);
}

bool SampleColumns::exists(const Shown& column) const {
    if (column.spec.source == SampleSource::RealData) return versions_->data() > 0;
    return !isTuned(column.spec) || !runTitle_.isEmpty();
}

SampleColumns::Asked SampleColumns::wanted(const Shown& column) const {
    const bool real = column.spec.source == SampleSource::RealData;
    SampleRequest request;
    request.source = column.spec.source;
    request.steps = sampled(column.spec).steps;
    request.path = column.spec.path.toStdString();
    request.seeds = seeds();
    if (!real) {
        request.shift = shift_;
        request.classes = selection_.classes();
        if (filter_) request.surgery = {*filter_};
    }
    const bool beside = column.spec.source == SampleSource::OtherModel;
    return {request, real || beside ? 0 : versions_->model(), real ? versions_->data() : 0,
            isTuned(column.spec) ? versions_->run() : 0};
}

void SampleColumns::request(Shown& column) {
    column.asked = wanted(column);
    column.complete = false;
    column.expected = false;
    column.generation = compute_.requestSamples(column.asked->request, column.slot);
    if (!isTuned(column.spec)) grid_.setBusy(int(&column - columns_.data()), tr("sampling…"));
    showFreshness();
}

void SampleColumns::show(quint64 generation, const SampleColumn& samples) {
    for (int c = 0; c < count(); ++c) {
        Shown& column = columns_[std::size_t(c)];
        if (column.generation != generation) continue;
        column.complete = samples.images.size() >= column.asked->request.seeds.size();
        // What is only renewed stays whole until all of it is there.
        if (!column.complete && column.shown == column.asked && isWhole(c)) continue;
        column.shown = column.asked;
        grid_.setSamples(c, samples);
        showHeadings();
        if (!isTuned(column.spec) && originalComplete()) Q_EMIT originalCompleted();
    }
}

const SampleRequest* SampleColumns::answered(int column) const {
    const auto& shown = columns_[std::size_t(column)].shown;
    return shown ? &shown->request : nullptr;
}

bool SampleColumns::isWhole(int c) const {
    const Shown& column = columns_[std::size_t(c)];
    return column.shown && grid_.block(c).samples.images.size() >= column.shown->request.seeds.size();
}

// While the tuned generator learns its heading says how far it was.
bool SampleColumns::isCurrent(int c) const {
    const Shown& column = columns_[std::size_t(c)];
    if (!column.shown || *column.shown != wanted(column)) return false;
    return !isTuned(column.spec) || versions_->isLearning() || grid_.block(c).samples.kimg == versions_->tunedKimg();
}

SampleColumns::Freshness SampleColumns::freshness(int c) const {
    const Shown& column = columns_[std::size_t(c)];
    if (!exists(column)) return Freshness::Fresh;  // there is nothing of it
    const bool asked = column.expected || isOnTheWay(column);
    if (isCurrent(c) && isWhole(c)) return Freshness::Fresh;
    return asked ? Freshness::Coming : Freshness::Outdated;
}

SampleColumns::Freshness SampleColumns::freshness() const {
    auto all = Freshness::Fresh;
    for (int c = 0; c < count(); ++c) all = std::max(all, freshness(c));
    return all;
}

void SampleColumns::renew() {
    for (int c = 0; c < count(); ++c)
        if (freshness(c) == Freshness::Outdated) request(columns_[std::size_t(c)]);
}

void SampleColumns::showFreshness() {
    for (int c = 0; c < count(); ++c) {
        const bool old = columns_[std::size_t(c)].shown && !isCurrent(c);
        grid_.setStale(c, !old                                  ? QString()
                          : freshness(c) == Freshness::Outdated ? StaleVeil::outdatedWord()
                                                                : StaleVeil::updatingWord());
    }
    Q_EMIT changed();
}

}  // namespace thaw
