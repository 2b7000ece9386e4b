// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/run_state.h"

#include <QObject>

class QTimer;

namespace thaw {

class ComparePage;
class FrequencyPage;

/// Keeps what the window shows of the tuned generator fresh: samples every few seconds while a run goes on and once
/// when it rests, spectra with every measured Fréchet distance. Views that nobody sees are left alone.
class LiveViews : public QObject {
    Q_OBJECT
public:
    LiveViews(ComparePage& samples, FrequencyPage& frequency, QObject* parent = nullptr);

    void setState(RunState state);
    void refreshAll();
    void noteSteps();  ///< in a pause, steps are taken one by one: each is shown

private:
    ComparePage& samples_;
    FrequencyPage& frequency_;
    RunState state_ = RunState::Empty;
    QTimer* timer_;
};

}  // namespace thaw
