// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/runs_watcher.h"

#include "app/shared/read_aside.h"

#include <QTimer>

#include <algorithm>
#include <utility>

namespace thaw {
namespace {

constexpr qint64 kLeastPauseMs = 1000, kLeastListPauseMs = 2000, kLongestPauseMs = 30'000, kPausePerLook = 20;
constexpr qint64 kPatienceMs = 4000;

qint64 pauseAfter(qint64 took, qint64 least) { return std::clamp(kPausePerLook * took, least, kLongestPauseMs); }

}  // namespace

RunsWatcher::RunsWatcher(const QString& folder, RunsWatch::Kind kind, QObject* parent)
    : QObject(parent),
      folder_(folder),
      kind_(kind),
      watch_(std::make_shared<RunsWatch>(folder.toStdString(), kind)),
      next_(new QTimer(this)),
      patience_(new QTimer(this)),
      lastAnswer_(QDateTime::currentDateTime()) {
    threads_.setMaxThreadCount(1);
    next_->setSingleShot(true);
    patience_->setInterval(int(kLeastPauseMs));
    connect(next_, &QTimer::timeout, this, &RunsWatcher::begin);
    connect(patience_, &QTimer::timeout, this, &RunsWatcher::noteSilence);
}

void RunsWatcher::setWatching(bool on) {
    if (on == watching_) return;
    watching_ = on;
    if (on) look();
}

void RunsWatcher::setShown(const std::set<std::string>& runs) {
    if (runs == shown_) return;
    shown_ = runs;
    look();
}

void RunsWatcher::tellAgain(const std::string& run) {
    anew_.insert(run);
    look();
}

void RunsWatcher::look() {
    asked_ = true;
    listed_.invalidate();
    if (!looking_) next_->start(0);  // what else is asked for in this moment goes with it
}

void RunsWatcher::begin() {
    if (looking_ || !(watching_ || std::exchange(asked_, false))) return;
    looking_ = true;
    asked_ = false;
    patience_->start();
    if (!waits_.isValid()) waits_.start();
    lists_ = !listed_.isValid() || listed_.elapsed() >= pauseAfter(listTook_, kLeastListPauseMs);
    began_.start();
    readAside(
        this,
        [watch = watch_, query = RunsQuery{lists_, shown_, std::exchange(anew_, {})}] {
            return std::make_shared<RunsNews>(watch->look(query));
        },
        [this](const std::shared_ptr<RunsNews>& news) { take(*news); }, &threads_);
}

void RunsWatcher::take(const RunsNews& news) {
    looking_ = false;
    const qint64 took = began_.elapsed();
    problem_ = QString::fromStdString(news.problem);
    if (problem_.isEmpty()) {
        wasReadable_ = true;
        waits_.invalidate();
        lastAnswer_ = QDateTime::currentDateTime();
        if (!news.unfinished) wasRead_ = true;
        if (lists_ && !asked_) {
            listTook_ = took;
            listed_.start();
        }
    }
    noteSilence();
    if (!problem_.isEmpty() && !wasReadable_) wasRead_ = true;  // there is nothing
    Q_EMIT arrived(news);
    asked_ = asked_ || news.unfinished;
    if (asked_) next_->start(0);
    else if (watching_) next_->start(int(pauseAfter(took, kLeastPauseMs)));
    else patience_->stop();
}

// The folder of all runs need not be there before the first of them.
std::optional<QDateTime> RunsWatcher::silentSince() const {
    const bool expected = wasReadable_ || kind_ == RunsWatch::Kind::RunFolders;
    if (!expected || !waits_.isValid() || waits_.elapsed() < kPatienceMs) return {};
    return lastAnswer_;
}

void RunsWatcher::noteSilence() {
    const bool silent = silentSince().has_value();
    if (silent != std::exchange(wasSilent_, silent)) Q_EMIT silenceChanged();
}

}  // namespace thaw
