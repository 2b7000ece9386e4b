// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/steering_port.h"

#include "core/formats/steering_files.h"
#include "core/values/error.h"

#include <unistd.h>
#include <algorithm>
#include <utility>

namespace thaw {

SteeringPort::~SteeringPort() {
    if (!isOpen()) return;
    RunStatus last = told_;
    last.state = RunState::Failed;
    last.outcome = RunOutcome::Failed;
    close(last);
}

std::string SteeringPort::open(const std::string& runFolder, const RunStatus& first) {
    folder_ = runFolder;
    since_ = utcNow();
    answered_.clear();
    taken_.clear();
    looked_.reset();
    rate_.reset();
    rateSince_.reset();
    std::string fault;
    try {
        openControl(runFolder);
    } catch (const Error& error) {
        fault = error.message() + " " + error.hint();
    }
    told_ = first;
    write(first);
    return fault;
}

std::vector<SteeringRequest> SteeringPort::take() {
    const auto now = Clock::now();
    if (!isOpen() || (looked_ && now - *looked_ < kLookEvery)) return {};
    looked_ = now;
    return takeAll();
}

std::vector<SteeringRequest> SteeringPort::takeAll() {
    std::vector<SteeringRequest> requests;
    for (auto& taken : takeRequests(folder_)) {
        // A copy of a file that was done already is not done again, and its first answer stands.
        if (std::find(taken_.begin(), taken_.end(), taken.id) != taken_.end()) continue;
        taken_.push_back(taken.id);
        if (taken.request) requests.push_back(std::move(*taken.request));
        else answer({taken.id, false, taken.fault});
    }
    return requests;
}

void SteeringPort::answer(const SteeringAnswer& answer) {
    if (!isOpen()) return;
    answered_.push_back(answer);
    if (answered_.size() > kKeptAnswers) answered_.erase(answered_.begin());
    hasNewAnswer_ = true;
}

void SteeringPort::tell(const RunStatus& status) {
    if (!isOpen()) return;
    const bool isNew = hasNewAnswer_ || status.state != told_.state || status.outcome != told_.outcome ||
                       status.distance != told_.distance;
    if (isNew || Clock::now() - written_ >= kTellEvery) write(status);
}

// Over the steps since it was told last, which may take longer than the time between two words.
std::optional<double> SteeringPort::rateAt(const RunStatus& status, Clock::time_point now) {
    if (status.state != RunState::Running) {
        rate_.reset();
        rateSince_.reset();
        return {};
    }
    if (!rateSince_) {
        rateSince_ = {status.kimg, now};
    } else if (status.kimg > rateSince_->first && now - rateSince_->second >= kTellEvery / 2) {
        const double seconds = std::chrono::duration<double>(now - rateSince_->second).count();
        rate_ = (status.kimg - rateSince_->first) * 1000 / seconds;
        rateSince_ = {status.kimg, now};
    }
    return rate_;
}

void SteeringPort::write(const RunStatus& status) {
    const auto now = Clock::now();
    RunStatus next = status;
    next.imagesPerSecond = rateAt(next, now);
    next.host = machineName();
    next.pid = long(::getpid());
    next.since = since_;
    next.written = utcNow();
    next.answered = answered_;
    // What could not be written, for want of space perhaps, is tried again with the next word.
    hasNewAnswer_ = !writeStatus(folder_, next) && hasNewAnswer_;
    told_ = std::move(next);
    written_ = now;
}

void SteeringPort::close(const RunStatus& last) {
    if (!isOpen()) return;
    for (const auto& request : takeAll()) answer({request.id, false, refusalIn(last.state, request.verb)});
    write(last);
    closeControl(folder_);
    folder_.clear();
}

}  // namespace thaw
