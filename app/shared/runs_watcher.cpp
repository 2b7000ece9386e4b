// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/runs_watcher.h"

#include "app/engine/far_files.h"
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

RunsWatcher::RunsWatcher(const QString& folder, RunsWatch::Kind kind, FarFiles* far, QObject* parent)
    : QObject(parent),
      folder_(folder),
      kind_(kind),
      far_(far),
      isFar_(far != nullptr),
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
    const RunsQuery query{lists_, shown_, std::exchange(anew_, {})};
    if (isFar_) return askFar(query);
    readAside(
        this, [watch = watch_, query] { return std::make_shared<RunsNews>(watch->look(query)); },
        [this](const std::shared_ptr<RunsNews>& news) { take(*news); }, &threads_);
}

// Over another line another process answers, which tells all of what is shown from its beginning.
void RunsWatcher::askFar(const RunsQuery& query) {
    if (!far_) return;
    const question::Look look{folder_.toStdString(),
                              kind_ == RunsWatch::Kind::RunFolders,
                              query.list,
                              {query.shown.begin(), query.shown.end()},
                              {query.anew.begin(), query.anew.end()}};
    far_->ask(this, look, [this](const FileAnswer& answer) {
        if (const auto* failed = std::get_if<answer::Failed>(&answer)) {
            RunsNews none;
            none.problem = failed->message;
            take(none);
        } else if (const auto* found = std::get_if<answer::News>(&answer)) {
            take(found->news);
        }
    });
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
