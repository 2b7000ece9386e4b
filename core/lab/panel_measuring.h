// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/values/panel_data.h"

#include <memory>
#include <optional>
#include <vector>

namespace thaw {

/// One panel, piece by piece, from what the session has open; lives on the compute thread and not longer than the session.
class PanelMeasurement {
public:
    /// `against`: B, where there is one.
    PanelMeasurement(Session& session, const PanelRecipe& panel, const std::optional<ModelChoice>& against);
    ~PanelMeasurement();
    PanelMeasurement(PanelMeasurement&&) noexcept;

    /// One piece; true while there is more to do. `progress` is asked inside pieces that take long; interrupted by it, the
    /// piece is taken again by the next call. Throws what the Session and beginJob throw.
    bool advance(const Progress& progress = {});
    double share() const;  ///< done, 0 .. 1
    const PanelData& data() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// A panel from start to end. Throws Interrupted when `progress` says no.
PanelData measurePanel(Session& session, const PanelRecipe& panel, const std::optional<ModelChoice>& against,
                       const Progress& progress = {});

/// A whole figure, piece by piece: opens its sources, which must be what they were (core/lab/figure_sources.h), and measures
/// panel after panel. Paths in the recipe are absolute, or count from the working folder.
class FigureMeasurement {
public:
    /// In a session of its own (Session::another), so that what is open elsewhere stays open.
    FigureMeasurement(std::unique_ptr<Session> session, FigureRecipe recipe);
    ~FigureMeasurement();

    /// One piece: a file is checked or opened, or a panel goes on; true while there is more to do. `progress` as above.
    /// Throws what Session and beginJob throw, and FileMissing and WrongKind for files that are not what they were.
    bool advance(const Progress& progress = {});
    double share() const;  ///< done, 0 .. 1

    // Once all is measured:
    const std::vector<PanelData>& panels() const;  ///< one a panel
    const FigureRecipe& recipe() const;            ///< with the checksums of all its sources

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace thaw
