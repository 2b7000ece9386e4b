// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/panel_data.h"
#include "core/values/panel_kinds.h"

#include <QObject>

#include <optional>
#include <vector>

namespace thaw {

class ComputeThread;
class OpenVersions;

/// Asks the compute thread for what a panel of the frequency lab shows and keeps the answers, so that a view that was
/// measured once comes back at once. What is on screen says what is measured: everything else is left alone.
class FrequencyLab : public QObject {
    Q_OBJECT
public:
    explicit FrequencyLab(ComputeThread& compute, QObject* parent = nullptr);

    /// Another model or data set: forgets everything.
    void restart();
    /// The second model of comparisons; nothing when there is none.
    void setAgainst(const std::optional<ModelChoice>& against) { against_ = against; }
    const std::optional<ModelChoice>& against() const { return against_; }
    /// The tuned generator has learnt on: its measurements are taken again, and shown until the new ones come.
    void renewTuned() { ++tunedState_; }

    /// From now on, this panel's measurements are wanted.
    void want(const PanelRecipe& panel);
    /// What is known for it so far.
    PanelData data(const PanelRecipe& panel) const;

    bool isUpToDate() const;
    double share() const;  ///< of what is being measured, 0 .. 1
    /// What is known for the panel is of the tuned generator before it learnt on. While it learns, what is shown of it is
    /// renewed from time to time (renewTuned) and is not.
    bool isStale(const PanelRecipe& panel) const;
    /// How far the tuned generator was whose numbers the panel shows; nothing where it shows none.
    std::optional<double> tunedKimg(const PanelRecipe& panel) const;
    const OpenVersions& versions() const { return *versions_; }

Q_SIGNALS:
    void changed();

private:
    struct Awaited {
        quint64 generation = 0;  // of the request
        int slot = 0;
        int tunedState = 0;  // that of the generator when it was asked
        double share = 0;
    };
    // A job, what is known of it, and what is asked of it; one of both at least.
    struct Answer {
        MeasurementJob job;
        std::optional<Measured> measured{};
        int tunedState = 0;  // that of the generator it was measured in
        std::optional<Awaited> awaited{};
    };
    Answer* find(const MeasurementJob& job);
    const Answer* find(const MeasurementJob& job) const;
    bool isStale(const Answer& answer) const;
    const Measured* known(const MeasurementJob& job) const;
    /// The sweep over all noise levels, where it answers for this part of the panel as well.
    const Measured* allLevels(const PanelRecipe& panel, const PanelPart& part) const;
    void giveUp();
    void giveUp(const std::vector<quint64>& generations);
    void forget(Answer& answer);
    void dropOldAnswers();

    ComputeThread& compute_;
    OpenVersions* versions_;
    std::optional<ModelChoice> against_;
    std::vector<Answer> answers_;
    int tunedState_ = 0;  // counts how often the tuned generator has changed
};

}  // namespace thaw
