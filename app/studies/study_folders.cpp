// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studies/study_folders.h"

#include "app/shared/read_aside.h"

#include <QDir>
#include <QFileInfo>
#include <QTimer>

#include <algorithm>

namespace thaw {
namespace {

constexpr int kLookMs = 1000;

std::vector<StudyFolderState> readStates(const QString& folder, const QStringList& others) {
    QStringList all;
    const QDir place(folder);
    for (const QString& name : place.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
        all << place.filePath(name);
    all << others;
    std::vector<StudyFolderState> states;
    for (const QString& study : all)
        if (isStudyFolder(study.toStdString())) states.push_back(studyFolderState(study.toStdString()));
    std::stable_partition(states.begin(), states.end(), [](const auto& state) { return state.isRunning; });
    return states;
}

}  // namespace

StudyFolders::StudyFolders(const QString& folder, QObject* parent)
    : QObject(parent), folder_(folder), timer_(new QTimer(this)) {
    timer_->setInterval(kLookMs);
    connect(timer_, &QTimer::timeout, this, &StudyFolders::refresh);
}

void StudyFolders::setWatching(bool on) {
    if (on == timer_->isActive()) return;
    if (!on) return timer_->stop();
    timer_->start();
    refresh();
}

void StudyFolders::refresh() {
    if (reading_) return;
    reading_ = true;
    readAside(
        this, [folder = folder_, others = others_] { return readStates(folder, others); },
        [this](const std::vector<StudyFolderState>& states) { take(states); });
}

void StudyFolders::add(const QString& study) {
    const QString path = QDir(study).absolutePath();
    if (QFileInfo(path).absolutePath() != QDir(folder_).absolutePath() && !others_.contains(path)) others_ << path;
    refresh();
}

void StudyFolders::take(const std::vector<StudyFolderState>& states) {
    reading_ = false;
    if (states == states_) return;
    states_ = states;
    Q_EMIT changed();
}

const StudyFolderState* StudyFolders::find(const QString& folder) const {
    const auto found = std::find_if(states_.begin(), states_.end(),
                                    [&](const auto& state) { return state.folder == folder.toStdString(); });
    return found == states_.end() ? nullptr : &*found;
}

QString StudyFolders::freeFolder(const QString& stem) const {
    const QDir place(folder_);
    QString path = place.filePath(stem);
    for (int number = 2; QFileInfo::exists(path); ++number)
        path = place.filePath(QStringLiteral("%1-%2").arg(stem).arg(number));
    return path;
}

}  // namespace thaw
