// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/engine_fact.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace thaw {

/// What the engine tells, as signals: one a fact of core/values/engine_fact.h, which says what each means. Lives on the
/// window's thread, wherever the engine is.
class EngineFacts : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Emits the signal of the fact.
    void emitFact(const EngineFact& fact);

Q_SIGNALS:
    void stateChanged(thaw::RunState state, quint64 handled);
    void deviceKnown(const thaw::RunEnvironment& computing);
    void openingBegan(const QString& path);
    void openingProgressed(double share);
    void openingCancelled(const QString& path);
    void modelCardReady(const thaw::ModelCard& card);
    void modelChecksumReady(const QString& file, const QString& sha256);
    void modelOpened(const thaw::ModelSummary& model);
    void runOpened(const thaw::OpenedRun& run);
    void runRenewed(const thaw::OpenedRun& run);
    void renewalRefused(const QString& folder, const QString& why);
    void runNotYet(const QString& folder);
    void dataOpened(const thaw::DataSummary& data);
    void responsesKnown(const std::vector<thaw::ResponseInfo>& responses);
    void runStarted(const QString& folder, const thaw::FinetuneConfig& config);
    void runRemarked(const QStringList& remarks);
    void continueRefused(const QString& folder, const QString& message);
    void runMarked(const thaw::RunMark& mark);
    void planSteered(const thaw::FreezePlan& plan);
    void stepsDone(const std::vector<thaw::StepMetrics>& steps);
    void fidBegun();
    void fidMeasured(const thaw::FidPoint& point);
    void originalFidMeasured(const thaw::FidPoint& point);
    void snapshotSaved(double kimg);
    void memoryReleased(double mib);
    void runEnded(thaw::RunOutcome outcome);
    void samplesReady(quint64 generation, const thaw::SampleColumn& column);
    void trajectoryReady(quint64 generation, const thaw::Trajectory& trajectory);
    void measured(quint64 generation, const thaw::Measured& measured);
    void figureProgressed(quint64 generation, double share);
    void figureMade(quint64 generation, const thaw::FigureAnswer& answer);
    void givenUp(const std::vector<quint64>& generations);
    void workChanged(const thaw::ComputeWork& work);
    void failed(const thaw::Failure& failure);
};

}  // namespace thaw
