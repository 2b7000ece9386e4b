// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_link.h"

#include "widgets/curves/curve_cursor.h"
#include "widgets/curves/curve_frames.h"

namespace thaw {

// A plot that is being destroyed has no link any more.
template <typename Act>
void CurveLink::withOthers(Act act) const {
    for (const auto& other : others_)
        if (other) act(*other);
}

CurveLink::CurveLink(const CurveStore& store, CurveWindow& window, CurveCursor& cursor, CurveFrames& frames)
    : store_(store), window_(window), cursor_(cursor), frames_(frames) {
    using Origin = CurveCursor::Origin;
    connect(&window_, &CurveWindow::moved, this, [this] {
        withOthers([this](CurveLink& other) {
            other.window_.setXRange(window_.xRange());
            other.schedule();
        });
        schedule();
    });
    connect(&window_, &CurveWindow::followsChanged, this, [this](bool on) {
        if (on) schedule();
        withOthers([on](CurveLink& other) { other.window_.setFollows(on); });
    });
    connect(&cursor_, &CurveCursor::moved, this, [this](double x) {
        withOthers([x](CurveLink& other) {
            if (other.cursor_.isShown()) other.cursor_.moveTo(x, Origin::Linked);
        });
    });
    connect(&cursor_, &CurveCursor::left, this,
            [this] { withOthers([](CurveLink& other) { other.cursor_.leave(Origin::Linked); }); });
    connect(&cursor_, &CurveCursor::pinned, this, [this](std::optional<double> x) {
        withOthers([x](CurveLink& other) {
            other.cursor_.setPin(x, Origin::Linked);
            Q_EMIT other.pinned(x);
        });
        Q_EMIT pinned(x);
    });
}

void CurveLink::join(const QList<CurveLink*>& links) {
    for (CurveLink* link : links)
        for (CurveLink* other : links)
            if (other != link) link->others_ << other;
}

std::vector<AxisRange> CurveLink::reaches() const {
    std::vector<AxisRange> reaches;
    withOthers([&](const CurveLink& other) {
        if (const auto reach = other.store_.reach()) reaches.push_back(*reach);
    });
    return reaches;
}

void CurveLink::schedule() {
    frames_.schedule();
    if (!window_.follows()) return;
    withOthers([](const CurveLink& other) {
        if (other.window_.follows()) other.frames_.schedule();
    });
}

}  // namespace thaw
