// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/run_renewal.h"

#include "core/engine/failures.h"
#include "core/session/run_opening.h"

#include <utility>

namespace thaw {

RunRenewal::RunRenewal(std::function<Session&()> session, QObject* parent)
    : QObject(parent), session_(std::move(session)) {}

void RunRenewal::renew() {
    if (!shown_) return;
    Failure failure;
    std::optional<OpenedRun> run;
    const auto result = attemptWork([&] { run = renewRun(session_().files(), *shown_); }, failure);
    if (result == WorkResult::Failed)
        return Q_EMIT refused(QString::fromStdString(shown_->folder), QString::fromStdString(failure.message));
    if (!run) return;
    shown_ = run;
    Q_EMIT renewed(*run);
}

bool RunRenewal::isNotYet(const QString& path) {
    if (!isPretrainingWithoutSnapshot(path.toStdString())) return false;
    Q_EMIT notYet(path);
    return true;
}

}  // namespace thaw
