// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/values/opened_run.h"

#include <QObject>
#include <QString>

#include <functional>
#include <optional>

namespace thaw {

/// A run that is looked at while another process goes on with it: its newest snapshot takes the place of the one that is shown,
/// while the model, the data and everything that is shown of them stay. Lives on the compute thread.
class RunRenewal : public QObject {
    Q_OBJECT
public:
    RunRenewal(std::function<Session&()> session, QObject* parent);

    /// The run that was opened to be looked at.
    void setShown(const OpenedRun& run) { shown_ = run; }
    /// True, and told, of a pre-training that has no snapshot yet.
    bool isNotYet(const QString& path);

public Q_SLOTS:
    void renew();  ///< nothing where another model is open by now, or a run was begun here

Q_SIGNALS:
    void renewed(const thaw::OpenedRun& run);
    /// The newest snapshot cannot be shown now; what was shown stays.
    void refused(const QString& folder, const QString& why);
    void notYet(const QString& folder);

private:
    std::function<Session&()> session_;
    std::optional<OpenedRun> shown_;
};

}  // namespace thaw
