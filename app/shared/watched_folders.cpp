// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/watched_folders.h"

#include "app/engine/far_files.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>

namespace thaw {

QString cleanPath(const QString& path) { return QFileInfo(QDir::cleanPath(path)).absoluteFilePath(); }

QString momentText(const QDateTime& time) {
    const QLocale locale;
    const QString clock = locale.toString(time.time(), QLocale::ShortFormat);
    if (time.date() == QDate::currentDate()) return clock;
    return QStringLiteral("%1 %2").arg(locale.toString(time.date(), QLocale::ShortFormat), clock);
}

QString momentText(qint64 secondsSince1970) { return momentText(QDateTime::fromSecsSinceEpoch(secondsSince1970)); }

namespace {

// A run in a watched folder, as RunsWatch names it.
std::string spelledIn(const QString& folder, const QString& run) {
    return (run == cleanPath(folder) ? folder : QDir(folder).filePath(QFileInfo(run).fileName())).toStdString();
}

}  // namespace

WatchedFolders::WatchedFolders(const QString& folder, FarFiles* far, QObject* parent) : QObject(parent), far_(far) {
    watchers_.push_back(watcherFor(folder, RunsWatch::Kind::AllFolders, true));
}

WatchedFolders::~WatchedFolders() = default;

std::unique_ptr<RunsWatcher> WatchedFolders::watcherFor(const QString& folder, RunsWatch::Kind kind, bool listed) {
    auto watcher = std::make_unique<RunsWatcher>(folder, kind, far_, nullptr);
    connect(watcher.get(), &RunsWatcher::arrived, this,
            [this, named = listed ? folder : QString()](const RunsNews& news) { Q_EMIT arrived(named, news); });
    connect(watcher.get(), &RunsWatcher::silenceChanged, this, &WatchedFolders::silenceChanged);
    return watcher;
}

void WatchedFolders::setFurther(const QStringList& folders) {
    further_.clear();
    const QString main = cleanPath(watchers_.front()->folder());
    for (const QString& folder : folders)
        if (const QString path = cleanPath(folder); path != main && !further_.contains(path)) further_ << path;
    Watchers kept;
    kept.push_back(std::move(watchers_.front()));
    watchers_.erase(watchers_.begin());
    for (const QString& folder : std::as_const(further_)) {
        const auto known = std::find_if(watchers_.begin(), watchers_.end(),
                                        [&](const auto& watcher) { return watcher && watcher->folder() == folder; });
        kept.push_back(known != watchers_.end() ? std::move(*known)
                                                : watcherFor(folder, RunsWatch::Kind::RunFolders, true));
    }
    watchers_ = std::move(kept);
    share();
    Q_EMIT silenceChanged();
}

void WatchedFolders::setWatching(bool on) {
    watching_ = on;
    share();
}

void WatchedFolders::setShown(const QStringList& runs) {
    if (runs == shown_) return;
    shown_ = runs;
    share();
}

void WatchedFolders::look() {
    for (const Watchers* watchers : {&watchers_, &singles_})
        for (const auto& watcher : *watchers) watcher->look();
}

// Every run that is shown goes to who watches its folder; one that nobody watches gets a watcher of its own.
void WatchedFolders::share() {
    std::vector<std::set<std::string>> shown(watchers_.size());
    QStringList alone;
    for (const QString& run : std::as_const(shown_)) {
        const QString path = cleanPath(run);
        std::size_t w = 0;
        const auto holds = [&](const QString& folder) {
            return path == cleanPath(folder) || QFileInfo(path).absolutePath() == cleanPath(folder);
        };
        while (w < watchers_.size() && !holds(watchers_[w]->folder())) ++w;
        if (w == watchers_.size()) {
            alone << path;
            continue;
        }
        shown[w].insert(spelledIn(watchers_[w]->folder(), path));
    }
    for (std::size_t w = 0; w < watchers_.size(); ++w) {
        const bool wanted = watching_ || !shown[w].empty();
        watchers_[w]->setShown(shown[w]);
        watchers_[w]->setWatching(wanted);
    }
    std::erase_if(singles_, [&](const auto& single) { return !alone.contains(single->folder()); });
    for (const QString& run : std::as_const(alone)) {
        const bool known =
            std::any_of(singles_.begin(), singles_.end(), [&](const auto& single) { return single->folder() == run; });
        if (known) continue;
        singles_.push_back(watcherFor(run, RunsWatch::Kind::RunFolders, false));
        singles_.back()->setShown({run.toStdString()});
        singles_.back()->setWatching(true);
    }
}

void WatchedFolders::tellAgain(const QString& run) {
    if (RunsWatcher* watcher = watcherOf(run)) watcher->tellAgain(spelledIn(watcher->folder(), cleanPath(run)));
}

RunsWatcher* WatchedFolders::watcherOf(const QString& run) const {
    const QString path = cleanPath(run), parent = QFileInfo(path).absolutePath();
    for (const Watchers* watchers : {&watchers_, &singles_})
        for (const auto& watcher : *watchers)
            if (const QString folder = cleanPath(watcher->folder()); folder == path || folder == parent)
                return watcher.get();
    return nullptr;
}

QString WatchedFolders::folderOf(const QString& run) const {
    const RunsWatcher* watcher = watcherOf(run);
    return watcher ? watcher->folder() : QString();
}

std::optional<QDateTime> WatchedFolders::silentSince(const QString& run) const {
    const RunsWatcher* watcher = watcherOf(run);
    return watcher ? watcher->silentSince() : std::nullopt;
}

QStringList WatchedFolders::silences() const {
    QStringList sentences;
    for (const Watchers* watchers : {&watchers_, &singles_})
        for (const auto& watcher : *watchers)
            if (const auto since = watcher->silentSince())
                sentences << tr("%1 has not answered since %2: what is shown of its runs is from then.")
                                 .arg(QDir::toNativeSeparators(watcher->folder()),
                                      QLocale().toString(since->time(), QStringLiteral("HH:mm:ss")));
    return sentences;
}

}  // namespace thaw
