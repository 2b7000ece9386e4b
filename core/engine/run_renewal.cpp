// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run_renewal.h"

#include "core/engine/failures.h"
#include "core/session/run_opening.h"

#include <utility>

namespace thaw {

RunRenewal::RunRenewal(std::function<Session&()> session, FactSink sink)
    : session_(std::move(session)), sink_(std::move(sink)) {}

void RunRenewal::renew() {
    if (!shown_) return;
    Failure failure;
    std::optional<OpenedRun> run;
    const auto result = attemptWork([&] { run = renewRun(session_().files(), *shown_); }, failure);
    if (result == WorkResult::Failed) return sink_(fact::RenewalRefused{shown_->folder, failure.message});
    if (!run) return;
    shown_ = run;
    sink_(fact::RunRenewed{*run});
}

bool RunRenewal::isNotYet(const std::string& path) {
    if (!isPretrainingWithoutSnapshot(path)) return false;
    sink_(fact::RunNotYet{path});
    return true;
}

}  // namespace thaw
