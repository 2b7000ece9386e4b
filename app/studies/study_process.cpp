// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studies/study_process.h"

#include "core/values/error.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>

namespace thaw {
namespace {

constexpr int kSavingMs = 5000;      // that the end of the window waits for it
constexpr int kMostSaid = 64 << 10;  // of what is kept of its words

// The last thing that it said of itself, `thaw-cli: …` with the hint in the line after, without the progress around it.
QString lastWords(const QByteArray& said) {
    const QString text = QString::fromLocal8Bit(said);
    const qsizetype at = text.lastIndexOf(QStringLiteral("thaw-cli: "));
    return at < 0 ? text.trimmed().section(QLatin1Char('\n'), -1) : text.mid(at + 10).simplified();
}

}  // namespace

StudyProcess::StudyProcess(QObject* parent)
    : QObject(parent),
      process_(new QProcess(this)),
      program_(QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("thaw-cli"))) {
    process_->setStandardInputFile(QProcess::nullDevice());
    process_->setStandardOutputFile(QProcess::nullDevice());
    connect(process_, &QProcess::readyReadStandardError, this, [this] {
        said_ += process_->readAllStandardError();
        if (said_.size() > kMostSaid) said_ = said_.right(kMostSaid / 2);
    });
    connect(process_, &QProcess::started, this, &StudyProcess::changed);
    connect(process_, &QProcess::finished, this,
            [this](int code, QProcess::ExitStatus status) { ended(code, status == QProcess::CrashExit); });
    connect(process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart) return;
        Q_EMIT changed();
        Q_EMIT failed(folder_, tr("The program '%1' cannot be started. Install it beside this one.").arg(program_));
    });
}

StudyProcess::~StudyProcess() {
    if (!isRunning()) return;
    process_->disconnect(this);
    process_->terminate();
    // What takes longer to save goes on by itself: QProcess would kill it with its own end.
    if (!process_->waitForFinished(kSavingMs)) process_->setParent(nullptr);
}

void StudyProcess::start(const QString& folder, const QStringList& arguments) {
    if (isRunning()) return;
    folder_ = folder;
    said_.clear();
    pausing_ = false;
    process_->start(program_, QStringList{QStringLiteral("study")} << arguments << QStringLiteral("--out") << folder);
}

void StudyProcess::pause() {
    if (!isRunning() || pausing_) return;
    pausing_ = true;
    process_->terminate();
    Q_EMIT changed();
}

bool StudyProcess::isRunning() const { return process_->state() != QProcess::NotRunning; }

void StudyProcess::ended(int code, bool crashed) {
    said_ += process_->readAllStandardError();
    const bool paused = std::exchange(pausing_, false);
    Q_EMIT changed();
    if (crashed && !paused) {
        Q_EMIT failed(folder_, tr("Its process was killed. What was measured is kept; Continue goes on."));
    } else if (!crashed && code != 0 && !(paused && code == exitCode(ErrorCode::Interrupted))) {
        Q_EMIT failed(folder_, lastWords(said_));
    }
}

}  // namespace thaw
