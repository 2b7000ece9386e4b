// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/run_stats_file.h"

#include <QObject>
#include <QStringList>

#include <vector>

namespace thaw {

/// Folder of the studies within that of the runs; it is no run.
inline constexpr char kStudiesFolder[] = "studies";

/// The runs of a folder, newest first, read on another thread: what the table of runs and the menus that offer runs go by.
class KnownRuns : public QObject {
    Q_OBJECT
public:
    explicit KnownRuns(const QString& folder, QObject* parent = nullptr);

    const QString& folder() const { return folder_; }
    /// Reads the folder again; `changed` comes at once with the names, where there are new ones, and when all has been read.
    void refresh();
    /// The log of another program, a folder or a file that lies elsewhere (core/formats/imported_log.h): the last of the runs.
    void addImport(const QString& path);
    void removeImport(const QString& path);
    const QStringList& imports() const { return imports_; }
    const std::vector<RunSummary>& runs() const { return runs_; }
    const RunSummary* find(const QString& folder) const;  ///< null: no such run
    bool wasRead() const { return wasRead_; }             ///< figures too, once at least

    /// The run that is open; empty = none. Its figures are the live ones until it has ended.
    void setCurrent(const QString& folder);
    const QString& current() const { return current_; }
    bool isCurrent(const RunSummary& run) const;
    void showLive(const std::vector<StepMetrics>& steps);
    void showLive(const FidPoint& point);
    void showLive(const RunEvent& event);  ///< a freeze plan that takes the place of the one before

Q_SIGNALS:
    void changed();
    void liveChanged();  ///< the figures of the open run alone

private:
    RunSummary* currentRun();

    QString folder_, current_;
    QStringList imports_;
    std::vector<RunSummary> runs_;
    bool wasRead_ = false;
    quint64 reading_ = 0;  // the newest one; the answers of others come too late
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
