// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/values/figure_recipe.h"
#include "core/values/panel_data.h"

#include <QObject>
#include <QThread>

#include <atomic>
#include <functional>
#include <optional>
#include <vector>

namespace thaw {

/// Measures a figure from its recipe beside all other work: on a thread of its own with a session of its own, so that what is
/// open in the window stays open. One figure at a time; the destructor cancels it and waits.
class FigureReader : public QObject {
    Q_OBJECT
public:
    struct Answer {
        FigureRecipe recipe;
        std::vector<PanelData> panels;  ///< one a panel; empty with an error
        std::optional<ErrorCode> error;
        QString message, hint;
    };

    explicit FigureReader(ComputeOptions compute, QObject* parent = nullptr);
    ~FigureReader() override;

    /// With absolute paths. A figure under way is given up.
    void read(const FigureRecipe& recipe);
    void cancel();  ///< nothing is announced of it any more
    bool isBusy() const { return busy_; }

Q_SIGNALS:
    void progressed(double share);  ///< 0 .. 1
    void answered(const thaw::FigureReader::Answer& answer);

private:
    ComputeOptions compute_;
    QThread thread_;
    QObject* worker_;
    std::atomic<quint64> wanted_{0};
    bool busy_ = false;
};

/// Does `work` and turns what it throws into an answer.
FigureReader::Answer answerOf(const FigureRecipe& recipe, const std::function<std::vector<PanelData>()>& work);

}  // namespace thaw
