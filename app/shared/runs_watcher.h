// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/runs_watch.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <memory>
#include <optional>
#include <set>
#include <string>

class QTimer;

namespace thaw {

class FarFiles;

/// Looks at one folder of runs again and again, on a thread of its own: a folder whose line is broken holds up no other. After a
/// look that took a while it waits twenty times as long, a second at least and half a minute at most. A folder of
/// another machine is looked at there (FarFiles).
class RunsWatcher : public QObject {
    Q_OBJECT
public:
    /// `far`: whose folder it is; null = of this machine.
    RunsWatcher(const QString& folder, RunsWatch::Kind kind, FarFiles* far, QObject* parent);

    const QString& folder() const { return folder_; }
    void setWatching(bool on);
    /// Folders of runs of which every step is wanted.
    void setShown(const std::set<std::string>& runs);
    void tellAgain(const std::string& run);    ///< all that it has logged, while it is shown
    void look();                               ///< as soon as possible, on or off; which runs there are too
    bool wasRead() const { return wasRead_; }  ///< with all figures, once at least
    /// Since when the folder has not answered, where that is for some seconds.
    std::optional<QDateTime> silentSince() const;
    const QString& problem() const { return problem_; }  ///< why it cannot be read, where that is known

Q_SIGNALS:
    void arrived(const thaw::RunsNews& news);
    void silenceChanged();

private:
    void begin();
    void askFar(const RunsQuery& query);
    void take(const RunsNews& news);
    void noteSilence();

    QString folder_, problem_;
    RunsWatch::Kind kind_;
    QThreadPool threads_;
    QPointer<FarFiles> far_;
    bool isFar_;
    std::shared_ptr<RunsWatch> watch_;  // lent to the thread while it looks
    std::set<std::string> shown_, anew_;
    QTimer* next_;
    QTimer* patience_;
    QElapsedTimer began_, listed_;
    QElapsedTimer waits_;  // for an answer
    QDateTime lastAnswer_;
    qint64 listTook_ = 0;
    bool watching_ = false, looking_ = false, asked_ = false, lists_ = false, wasRead_ = false;
    bool wasReadable_ = false, wasSilent_ = false;
};

}  // namespace thaw
