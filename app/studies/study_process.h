// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

class QProcess;

namespace thaw {

/// A study that this window started: `thaw-cli study` in a process of its own, so that it never holds up the window and its
/// folder is what a terminal would have made. Pausing ends the process, which saves first; what is measured is kept. The
/// destructor pauses.
class StudyProcess : public QObject {
    Q_OBJECT
public:
    explicit StudyProcess(QObject* parent = nullptr);
    ~StudyProcess() override;

    /// The program; beside this one unless told otherwise.
    void setProgram(const QString& path) { program_ = path; }
    const QString& program() const { return program_; }

    /// `arguments`: what follows `thaw-cli study`, but for --out. One at a time: does nothing while one runs.
    void start(const QString& folder, const QStringList& arguments);
    void pause();
    bool isRunning() const;
    bool isPausing() const { return pausing_; }
    const QString& folder() const { return folder_; }  ///< of the last one

Q_SIGNALS:
    void changed();  ///< begun, pausing or ended
    /// It ended for another reason than being finished or paused: what it said.
    void failed(const QString& folder, const QString& why);

private:
    void ended(int code, bool crashed);

    QProcess* process_;
    QString program_, folder_;
    QByteArray said_;
    bool pausing_ = false;
};

}  // namespace thaw
