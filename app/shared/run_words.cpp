// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/run_words.h"

#include "app/shared/watched_folders.h"
#include "widgets/base/number_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace thaw {
namespace {

struct RunWords {
    Q_DECLARE_TR_FUNCTIONS(thaw::RunWords)
};

QString hostOf(const RunProcess& process) {
    return process.host.empty() ? RunWords::tr("another machine") : QString::fromStdString(process.host);
}

QString endingOf(RunOutcome outcome) {
    switch (outcome) {
    case RunOutcome::Finished: return RunWords::tr("finished");
    case RunOutcome::Stopped: return RunWords::tr("stopped");
    case RunOutcome::Failed: return RunWords::tr("failed");
    case RunOutcome::Diverged: return RunWords::tr("diverged");
    }
    return {};
}

}  // namespace

QString runStanding(const RunSummary& run) {
    if (run.interrupted) return RunWords::tr("interrupted");
    if (run.process) {
        const QString host = hostOf(*run.process);
        if (!run.running)
            return RunWords::tr("no sign of life from %1 since %2").arg(host, momentText(run.process->lastWord));
        if (run.process->paused) return RunWords::tr("paused on %1").arg(host);
        if (run.process->since <= 0) return RunWords::tr("running on %1").arg(host);
        return RunWords::tr("running on %1 since %2").arg(host, momentText(run.process->since));
    }
    if (run.running) return RunWords::tr("running");
    if (run.outcome) return endingOf(*run.outcome);
    // A pre-training logs no end; it has seen what it was to see, or was stopped before.
    if (!run.kimg || !run.targetKimg) return {};
    return *run.kimg >= *run.targetKimg ? RunWords::tr("finished") : QString();
}

QString runDoing(const RunSummary& run) {
    QStringList parts;
    if (const QString standing = runStanding(run); !standing.isEmpty()) parts << standing;
    if (run.process && run.process->number > 0) parts << RunWords::tr("process %1").arg(run.process->number);
    if (run.process && run.process->imagesPerSecond)
        parts << RunWords::tr("%1 images/s").arg(formatNumber(*run.process->imagesPerSecond, 3));
    return parts.join(QStringLiteral(" · "));
}

}  // namespace thaw
