// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/continue_offer.h"

#include "app/engine/compute_thread.h"
#include "app/engine/far_files.h"
#include "app/shared/read_aside.h"
#include "app/shared/settings.h"
#include "widgets/base/message_strip.h"
#include "widgets/base/number_text.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace thaw {
namespace {

// A run that has gone further is another matter.
QString answeredKey(const InterruptedRun& run) {
    return QStringLiteral("%1@%2").arg(QDir(QString::fromStdString(run.folder)).absolutePath()).arg(run.kimg);
}

}  // namespace

ContinueOffer::ContinueOffer(ComputeThread& compute, Settings& settings, const QString& runsFolder, QWidget* window)
    : QObject(window), compute_(compute), settings_(settings), strip_(new MessageStrip(window)) {
    strip_->setObjectName(QStringLiteral("continueOffer"));
    strip_->setDismissText(tr("Not now"));
    connect(strip_, &MessageStrip::actionTriggered, this, [this] {
        strip_->clear();
        if (offered_) wanted_ = QString::fromStdString(offered_->folder);
        goOn();
    });
    connect(strip_, &MessageStrip::closed, this, [this] {
        if (offered_) settings_.ignoreRun(answeredKey(*offered_));
    });
    connect(&compute, &ComputeThread::stateChanged, this, &ContinueOffer::goOn);
    connect(compute.facts(), &EngineFacts::runStarted, this, [this](const QString& folder) {
        if (host_.isEmpty()) settings_.setLastRun(QDir(folder).absolutePath());
        strip_->clear();
        offered_.reset();
        wanted_.clear();
    });
    readAside(
        this,
        [folder = runsFolder.toStdString(), last = settings.lastRun().toStdString()] {
            auto runs = interruptedRuns(folder);
            if (!last.empty())
                if (auto run = interruptedRun(last)) runs.push_back(std::move(*run));
            return runs;
        },
        [this](const std::vector<InterruptedRun>& runs) {
            if (host_.isEmpty()) choose(runs);
        });
}

void ContinueOffer::setFar(FarFiles* far, const QString& host) {
    far_ = far;
    host_ = host;
    strip_->clear();
    offered_.reset();
    wanted_.clear();
}

void ContinueOffer::look(const QString& runsFolder, const QString& last) {
    if (!far_) return;
    far_->askFor<answer::Interrupted>(this, question::Interrupted{runsFolder.toStdString(), last.toStdString()},
                                      [this, host = host_](const answer::Interrupted& found) {
                                          if (host == host_) choose(found.runs);
                                      });
}

void ContinueOffer::choose(const std::vector<InterruptedRun>& runs) {
    if (runIsOpen(compute_.state())) return;
    const QStringList answered = settings_.ignoredRuns();
    const auto found = std::find_if(runs.begin(), runs.end(),
                                    [&](const InterruptedRun& run) { return !answered.contains(answeredKey(run)); });
    if (found != runs.end()) show(*found);
}

void ContinueOffer::show(const InterruptedRun& run) {
    offered_ = run;
    const QString name = QFileInfo(QString::fromStdString(run.folder)).fileName();
    strip_->showMessage(
        MessageStrip::Severity::Info,
        tr("Run %1 was interrupted at %2 of %3 kimg").arg(name, formatNumber(run.kimg, 3), formatNumber(run.length, 3)),
        {}, tr("Up to there it is saved. The list of runs can continue it later, too."), tr("Continue"));
}

void ContinueOffer::goOn() {
    if (wanted_.isEmpty() || !compute_.allows(Command::Start)) return;
    compute_.continueRun(std::exchange(wanted_, {}));
}

}  // namespace thaw
