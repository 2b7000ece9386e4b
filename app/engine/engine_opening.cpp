// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/engine.h"

#include "core/session/run_continuation.h"

namespace thaw {

namespace {
constexpr qint64 kReportEveryMs = 33;
}

void Engine::openModel(const QString& path) {
    open(Command::OpenModel, Task::OpenModel, path, [&](const Progress& progress) { readModel(path, progress); });
}

void Engine::openData(const QString& path) {
    open(Command::OpenData, Task::OpenData, path, [&](const Progress& progress) { readData(path, {}, progress); });
}

void Engine::readModel(const QString& path, const Progress& progress) {
    const ModelSummary model = session().files().openModel(path.toStdString(), progress);
    hasModel_ = true;
    views_.clear();
    checksumAwaited_ = true;
    const ModelCard& card = session().files().modelCard();
    Q_EMIT modelCardReady(card);
    Q_EMIT modelOpened(model);
}

void Engine::readData(const QString& path, const DatasetOptions& options, const Progress& progress) {
    const DataSummary data = session().files().openData(path.toStdString(), options, progress);
    hasData_ = true;
    views_.clear();
    dataHashAwaited_ = path != QLatin1String("builtin");  // that one is quick
    Q_EMIT dataOpened(data);
}

void Engine::openSourcesOf(const QString& runFolder) {
    const RunSources sources = sourcesToOpen(session().files(), runFolder.toStdString());
    const auto read = [&](const std::string& source, const std::function<void(const QString&)>& reader) {
        const QString path = QString::fromStdString(source);
        Q_EMIT openingBegan(path);
        reader(path);
    };
    if (sources.model) read(*sources.model, [&](const QString& path) { readModel(path, untilCancelled()); });
    if (sources.data)
        read(*sources.data, [&](const QString& path) { readData(path, sources.options, untilCancelled()); });
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
    QElapsedTimer sinceReport;
    sinceReport.start();
    return [this, sinceReport](double share) mutable {
        if (sinceReport.elapsed() >= kReportEveryMs) {
            Q_EMIT openingProgressed(share);
            sinceReport.restart();
        }
        return handled_ > cancelled_;
    };
}

}  // namespace thaw
