// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/values/engine_fact.h"

#include <functional>
#include <optional>
#include <string>

namespace thaw {

/// A run that is looked at while another process goes on with it: its newest snapshot takes the place of the one that
/// is shown, while the model, the data and everything that is shown of them stay.
class RunRenewal {
public:
    RunRenewal(std::function<Session&()> session, FactSink sink);

    /// The run that was opened to be looked at.
    void setShown(const OpenedRun& run) { shown_ = run; }
    /// True, and told, of a pre-training that has no snapshot yet.
    bool isNotYet(const std::string& path);
    void renew();  ///< nothing where another model is open by now, or a run was begun here

private:
    std::function<Session&()> session_;
    FactSink sink_;
    std::optional<OpenedRun> shown_;
};

}  // namespace thaw
