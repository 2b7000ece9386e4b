// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/engine_messages.h"

#include <QObject>
#include <QPointer>

namespace thaw {

class ComputeThread;

/// Has a figure made again from its recipe by the compute thread, beside all other work. One figure at a time; the
/// destructor cancels it.
class FigureReader : public QObject {
    Q_OBJECT
public:
    explicit FigureReader(ComputeThread& compute, QObject* parent = nullptr);
    ~FigureReader() override;

    /// With absolute paths. A figure under way is given up.
    void read(const FigureRecipe& recipe);
    void cancel();  ///< nothing is announced of it any more
    bool isBusy() const { return generation_ != 0; }

Q_SIGNALS:
    void progressed(double share);  ///< 0 .. 1
    void answered(const thaw::FigureAnswer& answer);

private:
    QPointer<ComputeThread> compute_;
    quint64 generation_ = 0;  // of the figure under way; 0 = none
};

}  // namespace thaw
