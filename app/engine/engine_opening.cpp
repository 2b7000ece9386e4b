// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/engine.h"

#include "core/session/run_continuation.h"
#include "core/session/run_opening.h"

namespace thaw {

namespace {
constexpr qint64 kReportEveryMs = 33;

// As often as the screen is drawn.
std::function<void(double)> seldom(const std::function<void(double)>& report) {
    QElapsedTimer sinceReport;
    sinceReport.start();
    return [report, sinceReport](double share) mutable {
        if (sinceReport.elapsed() < kReportEveryMs) return;
        report(share);
        sinceReport.restart();
    };
}

}  // namespace

void Engine::openModel(const QString& path, const QString& teacher, bool alone) {
    open(Command::OpenModel, Task::OpenModel, path, [&](const Progress& progress) {
        if (renewal_->isNotYet(path)) return;  // and says so
        const bool isRun = !alone && !finetuningRunOf(path.toStdString()).empty();
        isRun ? readRun(path, teacher, progress) : readModel(path, progress);
    });
}

void Engine::openData(const QString& path) {
    open(Command::OpenData, Task::OpenData, path, [&](const Progress& progress) { readData(path, {}, progress); });
}

void Engine::readModel(const QString& path, const Progress& progress) {
    session().files().openModel(path.toStdString(), progress);
    showModel();
}

void Engine::showModel() {
    hasModel_ = true;
    side_->setOpen(hasModel_, hasData_);
    checksums_.awaitModel();
    Q_EMIT modelCardReady(session().files().modelCard());
    Q_EMIT modelOpened(session().files().model());
}

void Engine::readRun(const QString& path, const QString& teacher, const Progress& progress) {
    const OpenedRun run = thaw::openRun(session().files(), path.toStdString(), teacher.toStdString(), progress);
    if (run.hasTeacher() || !run.snapshot.empty()) showModel();
    renewal_->setShown(run);
    if (run.hasOpenedData) showData();
    Q_EMIT runOpened(run);
}

void Engine::readData(const QString& path, const DatasetOptions& options, const Progress& progress) {
    session().files().openData(path.toStdString(), options, progress);
    showData();
}

void Engine::showData() {
    const DataSummary& data = session().files().data();
    hasData_ = true;
    side_->setOpen(hasModel_, hasData_);
    checksums_.awaitData(data.path != "builtin");  // that one is quick
    Q_EMIT dataOpened(data);
}

void Engine::openSourcesOf(const QString& runFolder) {
    const RunSources sources = sourcesToOpen(session().files(), runFolder.toStdString());
    if (sources.model) {
        Q_EMIT openingBegan(QString::fromStdString(*sources.model));
        readModel(QString::fromStdString(*sources.model), untilCancelled());
    }
    if (sources.data) {
        Q_EMIT openingBegan(QString::fromStdString(*sources.data));
        readData(QString::fromStdString(*sources.data), sources.options, untilCancelled());
    }
    if (sources.model || sources.data) Q_EMIT responsesKnown(responsesOf(*session_));
    session_->files().dataHash(untilCancelled());
}

void Engine::open(Command command, Task task, const QString& path, const std::function<void(const Progress&)>& read) {
    if (!obey(command)) return;
    Q_EMIT openingBegan(path);
    const bool unwanted = handled_ <= cancelled_;  // cancelled while it waited its turn
    const Result result = unwanted ? Result::Interrupted : attempt(task, [&] { read(untilCancelled()); });
    if (result == Result::Interrupted) Q_EMIT openingCancelled(path);
    if (result == Result::Done && hasModel_ && hasData_) Q_EMIT responsesKnown(responsesOf(*session_));
    report(hasModel_ && hasData_ ? Fact::Opened : Fact::StillMissing);
}

Progress Engine::untilCancelled() {
    return [this, report = seldom([this](double share) { Q_EMIT openingProgressed(share); })](double share) mutable {
        report(share);
        return handled_ > cancelled_;
    };
}

}  // namespace thaw
