// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/file_question.h"
#include "core/values/freeze_plan.h"

#include <QObject>
#include <QPointer>
#include <QString>
#include <QThreadPool>

#include <functional>
#include <map>
#include <memory>
#include <utility>

class QMenu;
class QWidget;

namespace thaw {

class FarFiles;
class KnownRuns;

/// Asks runs that other processes write, here or on another machine, to pause, go on, save, stop, or take another freeze
/// plan or other learning rates: what `thaw-cli pause` and its like do, by the same files and the same steps (RunAsking).
/// Nothing waits on the window's thread. A request that was asked for is heard of by `answered` or `failed`, once; one whose
/// line breaks on the way goes on over the next line.
class RunSteerer : public QObject {
    Q_OBJECT
public:
    /// `page`: whose window the dialogs belong to.
    RunSteerer(KnownRuns& known, QWidget* page);
    ~RunSteerer() override;

    /// The plan that is given to a run: that of the block tree.
    void setPlan(std::function<FreezePlan()> plan) { plan_ = std::move(plan); }
    /// Whose runs they are; null = this machine's. What is under way elsewhere is given up, in a sentence.
    void setFar(FarFiles* far);
    /// The window has a run of its own under way, which has buttons of its own.
    void setRunIsOpen(bool open) { runIsOpen_ = open; }
    /// For a request that is not answered, in seconds.
    void setPatience(double seconds) { patience_ = seconds; }

    /// Everything that a run can be asked for; what its state does not allow is off and says why.
    void addTo(QMenu& menu, const QString& run);
    /// Why the run cannot be asked for that, in a sentence; empty = it can.
    QString obstacle(const QString& run, SteeringVerb verb) const;
    /// Asks; does nothing while the run has not answered what it was asked before.
    void ask(const QString& run, const SteeringRequest& request);
    bool isAsking(const QString& run) const;

Q_SIGNALS:
    void answered(const QString& what, const QString& words);  ///< it was done; the words are the run's
    void failed(const QString& what, const QString& why);      ///< refused, or there was no answer

private:
    struct Asked;
    using AskedPointer = std::shared_ptr<Asked>;

    void begin(const QString& run, SteeringVerb verb);
    void askWhetherToStop(const QString& run);
    void askForRates(const QString& run);
    QString obstacleToAll(const QString& run) const;

    void look(const AskedPointer& asked);
    void lookLater(const AskedPointer& asked);
    void take(const AskedPointer& asked, const FileAnswer& answer);
    void waitForLine(const AskedPointer& asked);
    void goOn();
    void withdraw(const Asked& asked);
    void end(const AskedPointer& asked, const QString& why);
    void finish(const AskedPointer& asked, const AskingEnd& end);
    bool isUnderWay(const AskedPointer& asked) const;
    void send(const Asked& asked, AskingStep step, std::function<void(const FileAnswer&)> take);

    KnownRuns& known_;
    QWidget* page_;
    std::function<FreezePlan()> plan_;
    QPointer<FarFiles> far_;
    bool isFar_ = false;
    bool runIsOpen_ = false;
    double patience_ = 60;
    QThreadPool threads_;                    // a folder on a broken line holds up no other
    std::map<QString, AskedPointer> asked_;  // by clean path
};

}  // namespace thaw
