// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/pages.h"

#include <QObject>
#include <QString>

namespace thaw {

class ComputeThread;
struct OpenedRun;

/// Shows a run that was opened to be looked at on every page: its settings and freeze plan, its curves as they were logged,
/// its generator as the tuned one, and what its teacher measures as the reference.
class OpenedRunViews : public QObject {
    Q_OBJECT
public:
    OpenedRunViews(ComputeThread& compute, const Pages& pages, QObject* parent);

private:
    void show(const OpenedRun& run);

    ComputeThread& compute_;
    Pages pages_;
    QString folder_;  // of the run that is looked at; empty = none
};

}  // namespace thaw
