// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/engine_facts.h"

namespace thaw {
namespace {

QString shown(const std::string& text) { return QString::fromStdString(text); }

// One signal a fact; the compiler names a fact that has none.
struct SignalOf {
    EngineFacts& facts;

    void operator()(const fact::StateChanged& f) const { Q_EMIT facts.stateChanged(f.state, f.handled); }
    void operator()(const fact::DeviceKnown& f) const { Q_EMIT facts.deviceKnown(f.computing); }
    void operator()(const fact::OpeningBegan& f) const { Q_EMIT facts.openingBegan(shown(f.path)); }
    void operator()(const fact::OpeningProgressed& f) const { Q_EMIT facts.openingProgressed(f.share); }
    void operator()(const fact::OpeningCancelled& f) const { Q_EMIT facts.openingCancelled(shown(f.path)); }
    void operator()(const fact::ModelCardReady& f) const { Q_EMIT facts.modelCardReady(f.card); }
    void operator()(const fact::ModelChecksumReady& f) const {
        Q_EMIT facts.modelChecksumReady(shown(f.file), shown(f.sha256));
    }
    void operator()(const fact::ModelOpened& f) const { Q_EMIT facts.modelOpened(f.model); }
    void operator()(const fact::RunOpened& f) const { Q_EMIT facts.runOpened(f.run); }
    void operator()(const fact::RunRenewed& f) const { Q_EMIT facts.runRenewed(f.run); }
    void operator()(const fact::RenewalRefused& f) const {
        Q_EMIT facts.renewalRefused(shown(f.folder), shown(f.message));
    }
    void operator()(const fact::RunNotYet& f) const { Q_EMIT facts.runNotYet(shown(f.folder)); }
    void operator()(const fact::DataOpened& f) const { Q_EMIT facts.dataOpened(f.data); }
    void operator()(const fact::ResponsesKnown& f) const { Q_EMIT facts.responsesKnown(f.responses); }
    void operator()(const fact::RunStarted& f) const { Q_EMIT facts.runStarted(shown(f.folder), f.config); }
    void operator()(const fact::RunRemarked& f) const {
        QStringList remarks;
        for (const auto& remark : f.remarks) remarks << shown(remark);
        Q_EMIT facts.runRemarked(remarks);
    }
    void operator()(const fact::ContinueRefused& f) const {
        Q_EMIT facts.continueRefused(shown(f.folder), shown(f.message));
    }
    void operator()(const fact::RunMarked& f) const { Q_EMIT facts.runMarked(f.mark); }
    void operator()(const fact::PlanSteered& f) const { Q_EMIT facts.planSteered(f.plan); }
    void operator()(const fact::StepsDone& f) const { Q_EMIT facts.stepsDone(f.steps); }
    void operator()(const fact::FidBegun&) const { Q_EMIT facts.fidBegun(); }
    void operator()(const fact::FidMeasured& f) const { Q_EMIT facts.fidMeasured(f.point); }
    void operator()(const fact::OriginalFidMeasured& f) const { Q_EMIT facts.originalFidMeasured(f.point); }
    void operator()(const fact::SnapshotSaved& f) const { Q_EMIT facts.snapshotSaved(f.kimg); }
    void operator()(const fact::MemoryReleased& f) const { Q_EMIT facts.memoryReleased(f.mib); }
    void operator()(const fact::RunEnded& f) const { Q_EMIT facts.runEnded(f.outcome); }
    void operator()(const fact::SamplesReady& f) const { Q_EMIT facts.samplesReady(f.generation, f.column); }
    void operator()(const fact::TrajectoryReady& f) const { Q_EMIT facts.trajectoryReady(f.generation, f.trajectory); }
    void operator()(const fact::MeasurementReady& f) const { Q_EMIT facts.measured(f.generation, f.measured); }
    void operator()(const fact::FigureProgressed& f) const { Q_EMIT facts.figureProgressed(f.generation, f.share); }
    void operator()(const fact::FigureMade& f) const { Q_EMIT facts.figureMade(f.generation, f.answer); }
    void operator()(const fact::GivenUp& f) const {
        Q_EMIT facts.givenUp({f.generations.begin(), f.generations.end()});
    }
    void operator()(const fact::WorkChanged& f) const { Q_EMIT facts.workChanged(f.work); }
    void operator()(const fact::Failed& f) const { Q_EMIT facts.failed(f.failure); }
};

}  // namespace

void EngineFacts::emitFact(const EngineFact& fact) { std::visit(SignalOf{*this}, fact); }

}  // namespace thaw
