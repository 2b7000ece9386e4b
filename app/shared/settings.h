// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/remote_host.h"
#include "widgets/base/theme.h"
#include "widgets/figure/figure_export.h"

#include <QByteArray>
#include <QList>
#include <QSettings>
#include <QString>
#include <QStringList>

namespace thaw {

/// What the window remembers between starts. The only place that touches QSettings; a value that cannot be read is
/// taken as its default, never as an error.
class Settings {
public:
    /// In the user's configuration folder, or in `file` (an INI file; for tests).
    explicit Settings(const QString& file = {});

    Theme theme() const;
    void setTheme(Theme theme);

    /// "en", "de", ...; empty = the language of the desktop.
    QString language() const;
    void setLanguage(const QString& language);

    /// Newest first, at most ten, without repeats; files that are gone stay until they are pushed out.
    QStringList recentModels() const;
    void addRecentModel(const QString& path);
    QStringList recentData() const;  ///< likewise
    void addRecentData(const QString& path);
    void clearRecent();

    QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);
    /// Dock state of an arrangement ("train", "compare", "frequency"); empty = the built-in one.
    QByteArray arrangement(const QString& name) const;
    void setArrangement(const QString& name, const QByteArray& state);
    QString currentArrangement() const;  ///< "train" at first
    void setCurrentArrangement(const QString& name);
    void forgetLayout();

    /// The folder of the run that was going last; empty = none yet.
    QString lastRun() const;
    void setLastRun(const QString& folder);
    /// Interrupted runs that the user does not want to go on with, each with how far it had got.
    QStringList ignoredRuns() const;
    void ignoreRun(const QString& run);

    /// Folders beside that of all runs whose runs are listed too.
    QStringList watchedFolders() const;
    void setWatchedFolders(const QStringList& folders);
    /// The newest snapshot of a run that goes on elsewhere is shown as soon as it is there.
    bool followsNewest() const;
    void setFollowsNewest(bool on);

    /// Other machines whose engine was used, the newest first, at most ten, without repeats.
    QList<RemoteHost> remoteHosts() const;
    void addRemoteHost(const RemoteHost& host);
    /// The folder there of the run that was going last; empty = none yet.
    QString lastRunOn(const QString& host) const;
    void setLastRunOn(const QString& host, const QString& folder);

    bool tourSeen() const;
    void setTourSeen();

    FigureOptions figureOptions() const;
    void setFigureOptions(const FigureOptions& options);
    QString exportFolder() const;  ///< where the last figure went; the documents folder at first
    void setExportFolder(const QString& folder);

private:
    void addRecent(const QString& key, const QString& path);

    QSettings store_;
};

/// Where runs go unless `--runs` says otherwise: `runs` in the user's data folder of the program.
QString defaultRunsFolder();

}  // namespace thaw
