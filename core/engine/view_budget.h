// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

namespace thaw {

/// Shares the compute thread between training and what the window asks for: views get at most `share` of the time
/// while a run is going, averaged over the work since the last view. The first request is always served at once.
/// However long a piece of training is, views may take their share of it afterwards; what they leave of it is not
/// kept for later.
class ViewBudget {
public:
    explicit ViewBudget(double share) : share_(share) {}

    bool allowsView() const { return debt_ <= 0; }
    void viewTook(double seconds) { debt_ += seconds * (1 - share_) / share_; }
    void trainingTook(double seconds) { debt_ = std::max(debt_, 0.0) - seconds; }

private:
    double share_;
    double debt_ = 0;  // seconds of training owed before the next view; negative: what training has paid ahead
};

}  // namespace thaw
