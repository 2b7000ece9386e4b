// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/frequency/frequency_lab.h"

#include "app/engine/compute_thread.h"
#include "app/shared/open_versions.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace thaw {
namespace {

constexpr std::ptrdiff_t kMostKept = 48;  // measurements; one is a few hundred kilobytes at most

bool holdsLevel(const LayerSweepTable& table, double sigma) {
    return std::any_of(table.sigmas.begin(), table.sigmas.end(),
                       [sigma](double level) { return std::abs(std::log(level / sigma)) < 1e-6; });
}

}  // namespace

FrequencyLab::FrequencyLab(ComputeThread& compute, QObject* parent)
    : QObject(parent), compute_(compute), versions_(new OpenVersions(compute, this)) {
    connect(versions_, &OpenVersions::tunedChanged, this, [this] {
        if (!versions_->isLearning()) Q_EMIT changed();
    });
    connect(compute_.facts(), &EngineFacts::givenUp, this,
            [this](const std::vector<quint64>& generations) { giveUp(generations); });
    connect(compute_.facts(), &EngineFacts::measured, this, [this](quint64 generation, const Measured& measured) {
        for (Answer& answer : answers_) {
            if (!answer.awaited || answer.awaited->generation != generation) continue;
            answer.measured = measured;
            answer.tunedState = answer.awaited->tunedState;
            answer.awaited->share = measured.share;
            if (measured.complete) answer.awaited.reset();
            Q_EMIT changed();
            return;
        }
    });
}

void FrequencyLab::restart() {
    giveUp();
    answers_.clear();
}

void FrequencyLab::giveUp() {
    for (Answer& answer : answers_) forget(answer);
}

void FrequencyLab::giveUp(const std::vector<quint64>& generations) {
    bool any = false;
    for (Answer& answer : answers_) {
        if (!answer.awaited ||
            std::find(generations.begin(), generations.end(), answer.awaited->generation) == generations.end())
            continue;
        answer.awaited.reset();
        any = true;
    }
    if (any) Q_EMIT changed();
}

void FrequencyLab::forget(Answer& answer) {
    if (answer.awaited) compute_.forgetMeasurement(answer.awaited->slot);
    answer.awaited.reset();
}

bool FrequencyLab::isUpToDate() const {
    return std::none_of(answers_.begin(), answers_.end(), [](const Answer& answer) { return answer.awaited; });
}

double FrequencyLab::share() const {
    double sum = 0;
    int count = 0;
    for (const Answer& answer : answers_)
        if (answer.awaited) {
            sum += answer.awaited->share;
            ++count;
        }
    return count == 0 ? 0 : sum / count;
}

const FrequencyLab::Answer* FrequencyLab::find(const MeasurementJob& job) const {
    const auto found =
        std::find_if(answers_.begin(), answers_.end(), [&](const Answer& answer) { return answer.job == job; });
    return found == answers_.end() ? nullptr : &*found;
}

FrequencyLab::Answer* FrequencyLab::find(const MeasurementJob& job) {
    return const_cast<Answer*>(std::as_const(*this).find(job));
}

bool FrequencyLab::isStale(const Answer& answer) const {
    if (!needsTuned(answer.job) || !answer.measured) return false;
    return versions_->isLearning() ? answer.tunedState != tunedState_ : answer.measured->kimg != versions_->tunedKimg();
}

bool FrequencyLab::isStale(const PanelRecipe& panel) const {
    if (versions_->isLearning()) return false;
    for (const PanelPart& part : panelParts(panel, against_))
        if (const Answer* answer = part.job() && !allLevels(panel, part) ? find(*part.job()) : nullptr)
            if (isStale(*answer)) return true;
    return false;
}

std::optional<double> FrequencyLab::tunedKimg(const PanelRecipe& panel) const {
    std::optional<double> kimg;
    for (const PanelPart& part : panelParts(panel, against_)) {
        if (!part.job() || !needsTuned(*part.job())) continue;
        const Measured* measured = allLevels(panel, part);
        if (!measured) measured = known(*part.job());
        if (measured) kimg = kimg ? std::min(*kimg, measured->kimg) : measured->kimg;
    }
    return kimg;
}

void FrequencyLab::want(const PanelRecipe& panel) {
    std::vector<PanelPart> parts = panelParts(panel, against_);
    parts.erase(std::remove_if(parts.begin(), parts.end(),
                               [&](const PanelPart& part) { return !part.job() || allLevels(panel, part); }),
                parts.end());
    for (Answer& answer : answers_) {
        const bool wanted =
            std::any_of(parts.begin(), parts.end(), [&](const PanelPart& part) { return *part.job() == answer.job; });
        if (!wanted) forget(answer);
    }
    dropOldAnswers();
    for (const PanelPart& part : parts) {
        Answer* answer = find(*part.job());
        if (answer && (answer->awaited || (answer->measured && answer->measured->complete && !isStale(*answer))))
            continue;
        if (!answer) answer = &answers_.emplace_back(Answer{*part.job()});
        const int slot = slotOf(part);
        answer->awaited = Awaited{compute_.requestMeasurement(*part.job(), slot), slot, tunedState_, 0};
    }
    Q_EMIT changed();
}

void FrequencyLab::dropOldAnswers() {
    const auto kept =
        std::count_if(answers_.begin(), answers_.end(), [](const Answer& answer) { return bool(answer.measured); });
    if (kept > kMostKept)
        for (Answer& answer : answers_) answer.measured.reset();
    answers_.erase(std::remove_if(answers_.begin(), answers_.end(),
                                  [](const Answer& answer) { return !answer.measured && !answer.awaited; }),
                   answers_.end());
}

const Measured* FrequencyLab::known(const MeasurementJob& job) const {
    const Answer* answer = find(job);
    return answer && answer->measured ? &*answer->measured : nullptr;
}

const Measured* FrequencyLab::allLevels(const PanelRecipe& panel, const PanelPart& part) const {
    if (!part.allLevels) return nullptr;
    const Answer* all = find(*part.allLevels);
    if (!all || !all->measured || !all->measured->complete || isStale(*all)) return nullptr;
    const auto* table = std::get_if<LayerSweepTable>(&all->measured->value);
    return table && holdsLevel(*table, panel.sigma) ? &*all->measured : nullptr;
}

PanelData FrequencyLab::data(const PanelRecipe& panel) const {
    PanelData data;
    for (const PanelPart& part : panelParts(panel, against_)) {
        if (!part.job()) continue;
        const Measured* measured = allLevels(panel, part);
        if (!measured) measured = known(*part.job());
        // A difference in the table of all levels is adjusted for more cells: it stands in until its own table comes.
        const bool standsIn = part.allLevels && std::holds_alternative<DifferenceJob>(*part.allLevels);
        if (!measured && standsIn) measured = known(*part.allLevels);
        if (measured) data.keep(part, measured->value);
    }
    return data;
}

}  // namespace thaw
