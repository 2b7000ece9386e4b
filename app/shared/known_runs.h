// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/run_files.h"
#include "core/formats/run_stats_file.h"

#include <QDateTime>
#include <QHash>
#include <QObject>
#include <QStringList>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace thaw {

class FarFiles;
class WatchedFolders;
struct RunsNews;

/// Folder of the studies within that of the runs; it is no run.
inline constexpr char kStudiesFolder[] = "studies";

/// The runs of a folder, newest first, and behind them those of further folders that are watched: what the table of runs and
/// the menus that offer runs go by. Read on other threads (WatchedFolders), again and again while somebody looks.
class KnownRuns : public QObject {
    Q_OBJECT
public:
    explicit KnownRuns(const QString& folder, QObject* parent = nullptr);
    ~KnownRuns() override;

    const QString& folder() const { return folder_; }
    /// The runs of another folder, of another machine where `far` is one; what was listed, drawn and watched before is
    /// not any more.
    void moveTo(const QString& folder, FarFiles* far);
    bool isFar() const { return far_; }  ///< they are those of another machine
    /// Reads the folders again; `changed` comes at once with the names, where there are new ones, and when all has been read.
    void refresh();
    /// The log of another program, a folder or a file that lies elsewhere (core/formats/imported_log.h): the last of the runs.
    void addImport(const QString& path);
    void removeImport(const QString& path);
    const QStringList& imports() const { return imports_; }
    const std::vector<RunSummary>& runs() const { return runs_; }
    const RunSummary* find(const QString& folder) const;  ///< null: no such run
    bool wasRead() const;                                 ///< figures too, once at least

    /// The run that is open; empty = none. Its figures are the live ones until it has ended.
    void setCurrent(const QString& folder);
    const QString& current() const { return current_; }
    bool isCurrent(const RunSummary& run) const;
    void showLive(const std::vector<StepMetrics>& steps);
    void showLive(const FidPoint& point);
    void showLive(const RunEvent& event);  ///< a freeze plan that takes the place of the one before

    /// Looks again every second or so, until it is off; what others write is followed as they write it.
    void setWatching(bool on);
    /// Folders whose runs are listed too. A folder that is a run is that run.
    void setWatched(const QStringList& folders);
    const QStringList& watched() const;
    /// Runs of which every step is told: those whose curves are drawn, and the one that is looked at.
    void setDrawn(const QStringList& runs);
    void setLookedAt(const QString& run);
    const QString& lookedAt() const { return lookedAt_; }
    /// What is known of a run that is listed, drawn or looked at; null: nothing yet.
    const RunSummary* known(const QString& folder) const;
    /// The further folder that a run is listed for; empty for those of `folder()`.
    QString watchedFolderOf(const RunSummary& run) const;
    /// Since when the folder of a run has not answered; what is known of it is from then.
    std::optional<QDateTime> silentSince(const QString& run) const;
    QStringList silences() const;  ///< a sentence for each folder that does not answer

Q_SIGNALS:
    void changed();
    void liveChanged();                        ///< the figures of the open run alone
    void updated(const QStringList& folders);  ///< the figures of these, in the list as it was
    /// What a run that is drawn or looked at has logged since the last time; `whole`: all of it, in place of that.
    void logged(const QString& folder, const thaw::RunStats& stats, bool whole);
    void filesChanged(const QString& folder, const thaw::RunFiles& files);
    void silenceChanged();

private:
    void watch(FarFiles* far);
    RunSummary* currentRun();
    void take(const QString& folder, const RunsNews& news);
    void list();
    void readImport(const QString& path);
    void share();

    QString folder_, current_, lookedAt_;
    QStringList imports_, drawn_;
    WatchedFolders* folders_ = nullptr;
    bool far_ = false;
    std::map<QString, std::vector<std::string>> places_;  // the runs of each folder
    std::vector<RunSummary> runs_;
    QHash<QString, int> index_;             // in `runs_`, by clean path
    std::map<QString, RunSummary> others_;  // that are not listed
    bool wasRead_ = false;                  // and that was told
    bool watching_ = false;
};

/// "0003-d2o-f", and "0003-d2o-f → none" where the freeze plan changed on the way.
/// A log that is a file has the name of its folder where its own says nothing.
QString runName(const QString& folder, const std::vector<RunEvent>& plans = {});
QString runName(const RunSummary& run);
/// Of an import: "import of EDM"; else the objective's word.
QString objectiveText(const std::string& objective, const std::string& importedFrom);
/// "0003" of "0003-d2o-f", the whole name of other folders.
QString shortRunName(const QString& folder);
/// What curves of several runs are told apart by: "0003 · cd,gan", "0003 → none · gan" after a change of the freeze plan.
QString runLegend(const QString& folder, const std::string& objective, const std::vector<RunEvent>& plans = {});
QString runLegend(const QString& folder, const RunStats& stats);
/// "13.2 / 20", and "20" where no more was asked for.
QString kimgText(const RunSummary& run);
/// "FD 6.05"
QString distanceText(const FidPoint& point);
/// "cd,gan · 13.2 / 20 kimg · FD 6.05": what is known of it, the lowest distance.
QString runDetails(const RunSummary& run);

}  // namespace thaw
