// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace thaw {

class Actions;
class ComputeThread;
class MessageStrip;
class StatusLine;

/// Shows every second in the status line how much memory Thaw and the GPU use, and gives memory back on request.
class MemoryWatch : public QObject {
    Q_OBJECT
public:
    /// `device`: of which the memory is shown, as ComputeOptions::device names it.
    MemoryWatch(ComputeThread& compute, const QString& device, const Actions& actions, StatusLine& status,
                MessageStrip& strip, QObject* parent = nullptr);

    /// Another machine computes: what its GPU uses is not known here.
    void setFar(bool far);

private:
    void look();
    void showReleased(double mib);

    StatusLine& status_;
    MessageStrip& strip_;
    QString device_;
    bool isFar_ = false;
    bool askingDevice_ = false;  // the answer for the GPU has not come yet, or there is no GPU
};

}  // namespace thaw
