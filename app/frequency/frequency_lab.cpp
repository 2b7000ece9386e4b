// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/frequency/frequency_lab.h"

#include "app/engine/compute_thread.h"
#include "app/engine/panel_jobs.h"
#include "app/frequency/frequency_lab_keys.h"

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr qsizetype kMostKept = 48;  // measurements; one is a few hundred kilobytes at most

// Mailboxes: what is quick comes first.
enum Slot {
    SingleA,
    SingleB,
    SingleDifference,
    ChannelsA,
    ChannelsB,
    TransferA,
    TransferB,
    Swap,
    AllA,
    AllB,
    AllDifference,
    FirstImages
};

bool sameLevel(double a, double b) { return std::abs(std::log(a / b)) < 1e-6; }

}  // namespace

FrequencyLab::FrequencyLab(ComputeThread& compute, QObject* parent) : QObject(parent), compute_(compute) {
    connect(compute_.facts(), &Engine::measured, this, [this](quint64 generation, const Measured& measured) {
        for (auto it = awaited_.begin(); it != awaited_.end(); ++it) {
            if (it->generation != generation) continue;
            known_.insert(it.key(), measured);
            it->share = measured.share;
            if (measured.complete) awaited_.erase(it);
            Q_EMIT changed();
            return;
        }
    });
    connect(compute_.facts(), &Engine::spectrumReady, this, [this](quint64 generation, const LayerSpectrum& spectrum) {
        const QString key = awaitedSpectra_.key(generation);
        if (key.isEmpty()) return;
        awaitedSpectra_.remove(key);
        spectra_.insert(key, spectrum);
        Q_EMIT changed();
    });
}

void FrequencyLab::restart() {
    for (const Awaited& awaited : std::as_const(awaited_)) compute_.forgetMeasurement(awaited.slot);
    known_.clear();
    awaited_.clear();
    spectra_.clear();
    awaitedSpectra_.clear();
    stale_.clear();
}

void FrequencyLab::setAgainst(const std::optional<ModelChoice>& against) { against_ = against; }

void FrequencyLab::renewTuned() {
    for (const auto& keys : {known_.keys(), spectra_.keys()})
        for (const QString& key : keys)
            if (key.contains(QLatin1String("<tuned>")) && !stale_.contains(key)) stale_ << key;
}

void FrequencyLab::giveUp() {
    for (const Awaited& awaited : std::as_const(awaited_)) compute_.forgetMeasurement(awaited.slot);
    awaited_.clear();
    awaitedSpectra_.clear();
}

double FrequencyLab::share() const {
    double sum = 0;
    for (const Awaited& awaited : awaited_) sum += awaited.share;
    return awaited_.isEmpty() ? 0 : sum / double(awaited_.size());
}

std::optional<SpectrumRequest> FrequencyLab::requestOf(const PanelRecipe& panel, PanelSide side) const {
    return panelSpectrum(panel, side, against_);
}
std::optional<MeasurementJob> FrequencyLab::jobOf(const PanelRecipe& panel, PanelSide side) const {
    return panelJob(panel, side, against_);
}

FrequencyLab::Jobs FrequencyLab::jobsFor(const PanelRecipe& panel) const {
    Jobs jobs;
    const auto add = [&](PanelSide side, int slot) {
        if (const auto job = jobOf(panel, side)) jobs.push_back({*job, slot, measurementKey(*job)});
    };
    const auto addImages = [&](SampleSource source, int steps, int slot) {
        if (const auto job = panelImages(panel, source, steps, against_))
            jobs.push_back({*job, slot, measurementKey(MeasurementJob(*job))});
    };
    const bool difference = panel.side == PanelSide::Difference;
    switch (panel.kind) {
    case PanelKind::Blocks:
        if (difference) add(PanelSide::Difference, SingleDifference);
        else if (!hasAllLevels(panel, panel.side)) add(panel.side, panel.side == PanelSide::A ? SingleA : SingleB);
        break;
    case PanelKind::Profile:
    case PanelKind::Frozen:
        if (difference && panel.kind == PanelKind::Profile) {
            add(PanelSide::Difference, SingleDifference);
            break;
        }
        for (const PanelSide side : {PanelSide::A, PanelSide::B}) {
            // A profile shows both lines whenever there are two.
            const bool shown =
                panel.kind == PanelKind::Profile || (side == PanelSide::B) == (panel.side == PanelSide::B);
            if (shown && !hasAllLevels(panel, side)) add(side, side == PanelSide::A ? SingleA : SingleB);
        }
        if (panel.kind == PanelKind::Profile && panel.realData && panel.block == "output")
            addImages(SampleSource::RealData, 1, FirstImages);
        break;
    case PanelKind::Sigmas:
        if (difference) add(PanelSide::Difference, AllDifference);
        else add(panel.side, panel.side == PanelSide::A ? AllA : AllB);
        break;
    case PanelKind::Channels:
        add(panel.side == PanelSide::A ? PanelSide::A : PanelSide::B,
            panel.side == PanelSide::A ? ChannelsA : ChannelsB);
        break;
    case PanelKind::Transfer:
        add(PanelSide::A, TransferA);
        if (against_) add(PanelSide::B, TransferB);
        break;
    case PanelKind::Swap: add(PanelSide::B, Swap); break;
    case PanelKind::Images:
        for (std::size_t i = 0; i < panel.columns.size(); ++i)
            addImages(panel.columns[i].first, panel.columns[i].second, FirstImages + int(i));
        break;
    default: break;
    }
    return jobs;
}

std::vector<std::pair<SpectrumRequest, QString>> FrequencyLab::spectraFor(const PanelRecipe& panel) const {
    std::vector<std::pair<SpectrumRequest, QString>> wanted;
    if (panel.kind != PanelKind::Spectrum) return wanted;
    for (const PanelSide side : {PanelSide::A, PanelSide::B})
        if (panel.side == side || panel.side == PanelSide::Difference)
            if (const auto request = requestOf(panel, side)) wanted.emplace_back(*request, measurementKey(*request));
    return wanted;
}

void FrequencyLab::want(const PanelRecipe& panel) {
    const Jobs jobs = jobsFor(panel);
    const auto isWanted = [&](const QString& key) {
        return std::any_of(jobs.begin(), jobs.end(), [&](const Wanted& w) { return w.key == key; });
    };
    for (const QString& key : awaited_.keys())
        if (!isWanted(key)) compute_.forgetMeasurement(awaited_.take(key).slot);
    awaitedSpectra_.clear();
    if (known_.size() > kMostKept) known_.clear();
    for (const Wanted& wanted : jobs) {
        const bool stale = stale_.contains(wanted.key);
        if (awaited_.contains(wanted.key) || (known_.contains(wanted.key) && known_[wanted.key].complete && !stale))
            continue;
        stale_.removeAll(wanted.key);
        awaited_.insert(wanted.key, {wanted.slot, compute_.requestMeasurement(wanted.job, wanted.slot), 0});
    }
    if (spectra_.size() > kMostKept) spectra_.clear();
    for (const auto& [request, key] : spectraFor(panel)) {
        if (spectra_.contains(key) && !stale_.contains(key)) continue;
        stale_.removeAll(key);
        awaitedSpectra_.insert(key, compute_.requestSpectrum(request));
    }
    Q_EMIT changed();
}

const Measured* FrequencyLab::find(const MeasurementJob& job) const {
    const auto found = known_.constFind(measurementKey(job));
    return found == known_.constEnd() ? nullptr : &*found;
}

template <class Value>
const Value* FrequencyLab::known(const PanelRecipe& panel, PanelSide side) const {
    const auto job = jobOf(panel, side);
    const Measured* measured = job ? find(*job) : nullptr;
    return measured ? std::get_if<Value>(&measured->value) : nullptr;
}

const LayerSpectrum* FrequencyLab::spectrum(const PanelRecipe& panel, PanelSide side) const {
    const auto request = requestOf(panel, side);
    const auto found = request ? spectra_.constFind(measurementKey(*request)) : spectra_.constEnd();
    return found == spectra_.constEnd() ? nullptr : &*found;
}

PanelData FrequencyLab::data(const PanelRecipe& panel) const {
    PanelData data;
    const auto copy = [](auto& to, const auto* from) {
        if (from) to = *from;
    };
    switch (panel.kind) {
    case PanelKind::Spectrum:
        copy(data.spectrumA, spectrum(panel, PanelSide::A));
        copy(data.spectrumB, spectrum(panel, PanelSide::B));
        break;
    case PanelKind::Blocks:
    case PanelKind::Profile:
    case PanelKind::Frozen:
    case PanelKind::Sigmas:
        copy(data.sweepA, sweepAt(panel, PanelSide::A));
        copy(data.sweepB, sweepAt(panel, PanelSide::B));
        if (panel.side == PanelSide::Difference) copy(data.difference, differenceAt(panel));
        break;
    case PanelKind::Transfer:
        copy(data.transferA, known<TransferFunction>(panel, PanelSide::A));
        copy(data.transferB, known<TransferFunction>(panel, PanelSide::B));
        break;
    case PanelKind::Channels:
        copy(data.channels, known<ChannelProfiles>(panel, panel.side == PanelSide::A ? PanelSide::A : PanelSide::B));
        break;
    case PanelKind::Swap: copy(data.swap, known<BlockSwapTable>(panel, PanelSide::B)); break;
    default: break;
    }
    for (const Wanted& wanted : jobsFor(panel)) {
        if (wanted.slot < FirstImages) continue;
        const auto found = known_.constFind(wanted.key);
        if (found != known_.constEnd())
            data.images.emplace_back(std::size_t(wanted.slot - FirstImages),
                                     std::get<ImageSpectrumTable>(found->value));
    }
    return data;
}

bool FrequencyLab::hasAllLevels(const PanelRecipe& panel, PanelSide side) const {
    PanelRecipe all = panel;
    all.kind = PanelKind::Sigmas;
    const auto job = jobOf(all, side);
    if (!job || stale_.contains(measurementKey(*job))) return false;
    const Measured* measured = find(*job);
    if (!measured || !measured->complete) return false;
    const auto& sigmas = std::get<LayerSweepTable>(measured->value).sigmas;
    return std::any_of(sigmas.begin(), sigmas.end(), [&](double sigma) { return sameLevel(sigma, panel.sigma); });
}

const LayerSweepTable* FrequencyLab::sweepAt(const PanelRecipe& panel, PanelSide side) const {
    PanelRecipe form = panel;
    form.kind = PanelKind::Sigmas;
    if (panel.kind == PanelKind::Sigmas || hasAllLevels(panel, side)) return known<LayerSweepTable>(form, side);
    form.kind = PanelKind::Blocks;
    return known<LayerSweepTable>(form, side);
}

// The difference at one level may stand in the table of all of them; the table of one level is never all of them.
const LayerDifferenceTable* FrequencyLab::differenceAt(const PanelRecipe& panel) const {
    PanelRecipe form = panel;
    form.kind = PanelKind::Blocks;
    if (panel.kind != PanelKind::Sigmas)
        if (const auto* table = known<LayerDifferenceTable>(form, PanelSide::Difference)) return table;
    form.kind = PanelKind::Sigmas;
    return known<LayerDifferenceTable>(form, PanelSide::Difference);
}

}  // namespace thaw
