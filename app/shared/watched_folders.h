// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/shared/runs_watcher.h"

#include <QObject>
#include <QPointer>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace thaw {

/// The folders whose runs are watched: that of all runs, further ones that the user named, and single runs elsewhere while they
/// are shown. Each has a RunsWatcher.
class WatchedFolders : public QObject {
    Q_OBJECT
public:
    /// `far`: whose folders they are; null = of this machine.
    explicit WatchedFolders(const QString& folder, FarFiles* far = nullptr, QObject* parent = nullptr);
    ~WatchedFolders() override;

    void setFurther(const QStringList& folders);
    const QStringList& further() const { return further_; }
    /// Somebody looks at the list; runs that are shown are watched all the same.
    void setWatching(bool on);
    void setShown(const QStringList& runs);
    void tellAgain(const QString& run);  ///< RunsWatcher::tellAgain
    void look();
    bool wasRead() const { return watchers_.front()->wasRead(); }  ///< the folder of all runs

    /// The watched folder that a run lies in, or that is the run itself; empty = none.
    QString folderOf(const QString& run) const;
    /// Since when the folder of a run has not answered.
    std::optional<QDateTime> silentSince(const QString& run) const;
    /// A sentence for each folder that does not answer.
    QStringList silences() const;

Q_SIGNALS:
    /// `folder` is empty for a single run elsewhere.
    void arrived(const QString& folder, const thaw::RunsNews& news);
    void silenceChanged();

private:
    using Watchers = std::vector<std::unique_ptr<RunsWatcher>>;
    std::unique_ptr<RunsWatcher> watcherFor(const QString& folder, RunsWatch::Kind kind, bool listed);
    RunsWatcher* watcherOf(const QString& run) const;
    void share();

    QPointer<FarFiles> far_;
    QStringList further_, shown_;
    bool watching_ = false;
    Watchers watchers_;  // the first one is that of all runs
    Watchers singles_;
};

/// A path as it is compared: absolute and clean. Links stay.
QString cleanPath(const QString& path);

/// "12:03" of today, else with its date.
QString momentText(const QDateTime& time);
QString momentText(qint64 secondsSince1970);

}  // namespace thaw
