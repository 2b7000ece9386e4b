// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/window_state.h"

#include "app/frequency/frequency_page.h"
#include "app/model/blocks_page.h"
#include "app/samples/compare_page.h"
#include "app/shared/selection.h"
#include "app/shared/settings.h"
#include "app/training/run_page.h"
#include "app/training/runs_list.h"
#include "app/training/train_page.h"
#include "app/window/opening.h"
#include "app/window/workbench.h"
#include "widgets/model/block_tree.h"
#include "widgets/run/run_form.h"

#include <algorithm>

namespace thaw {

WindowState::WindowState(const Pages& pages, Selection& selection, Workbench& workbench, const Opening& opening,
                         Settings& settings)
    : pages_(pages), selection_(selection), workbench_(workbench), opening_(opening), settings_(settings) {}

SessionFile WindowState::read() const {
    SessionFile session;
    session.model = opening_.modelPath();
    session.data = opening_.dataPath();
    session.block = selection_.block();
    session.firstSeed = selection_.firstSeed();
    session.sigma = selection_.sigma();
    session.seed = selection_.seed();
    session.classes = selection_.classes();
    session.settings = pages_.run.form()->config();
    session.settings.freeze = pages_.blocks.plan();
    session.columns = pages_.samples.columns();
    session.trajectory = pages_.samples.trajectoryShown();
    session.stepView = pages_.curves.stepView();
    session.frequencyView = pages_.frequency.view();
    session.overlays = pages_.run.runs()->overlaid();
    workbench_.remember();
    session.arrangement = workbench_.arrangement();
    for (const char* name : {"train", "compare", "frequency", "studies"})
        if (const QByteArray state = settings_.arrangement(QLatin1String(name)); !state.isEmpty())
            session.docks.insert(QLatin1String(name), state);
    return session;
}

void WindowState::apply(const SessionFile& session) const {
    applySelection(session);
    pages_.run.form()->setConfig(session.settings);
    pages_.blocks.adoptPlan(session.settings.freeze);
    if (!session.columns.empty()) pages_.samples.setColumns(session.columns);
    pages_.samples.restart();
    pages_.samples.setTrajectoryShown(session.trajectory);
    pages_.curves.showStepView(session.stepView);
    pages_.frequency.setView(session.frequencyView);
    pages_.run.runs()->showOverlays(session.overlays);
    applyLayout(session);
}

void WindowState::applySelection(const SessionFile& session) const {
    selection_.setFirstSeed(session.firstSeed);
    selection_.setSigma(session.sigma);
    if (session.seed) selection_.setSeed(*session.seed);
    selection_.setClasses(session.classes);
    const auto& known = pages_.blocks.tree()->model().blocks;
    if (std::any_of(known.begin(), known.end(),
                    [&](const BlockInfo& block) { return session.block == QString::fromStdString(block.name); }))
        selection_.setBlock(session.block);
}

void WindowState::applyLayout(const SessionFile& session) const {
    for (auto it = session.docks.begin(); it != session.docks.end(); ++it)
        settings_.setArrangement(it.key(), it.value());
    workbench_.restore(session.arrangement);
}

}  // namespace thaw
