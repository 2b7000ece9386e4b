// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/engine_link.h"
#include "core/session/session.h"
#include "core/values/engine_fact.h"

#include <QThread>

#include <functional>

namespace thaw {

class EngineFacts;
class LocalEngine;

/// To an engine of this process, on a compute thread of lower priority.
class LocalLink : public EngineLink {
public:
    /// `facts` gets every fact, queued, and must outlive the link.
    LocalLink(ComputeOptions options, EngineFacts& facts);
    ~LocalLink() override;  ///< ends the thread and waits for it; a run that is still going is suspended

    void post(const EngineCommand& command) override;

private:
    QThread thread_;
    LocalEngine* engine_;  // lives on the thread and ends with it
};

}  // namespace thaw
