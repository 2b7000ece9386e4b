// SPDX-License-Identifier: GPL-3.0-or-later
// A run that another process works on, asked from the window. Its loop is a thread of the test.
#include "app/training/run_steerer.h"

#include "app/engine/far_files.h"
#include "app/shared/known_runs.h"
#include "app/training/rates_dialog.h"
#include "core/formats/running_mark.h"
#include "core/formats/steering_files.h"
#include "core/session/run_steering.h"
#include "core/values/error.h"
#include "tests/registry.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

using namespace thaw;

namespace {

constexpr int kSteererPatience = 60'000;  // ms; a busy machine may take its time

/// The process of a run, which notes what it is made to do.
class ProcessElsewhere {
public:
    explicit ProcessElsewhere(const QString& folder, std::function<void()> fault = {})
        : folder_(folder.toStdString()), lock_(folder_), fault_(std::move(fault)), thread_([this] { loop(); }) {}
    ~ProcessElsewhere() {
        leaves_ = true;
        thread_.join();
    }
    QStringList done() const {
        const std::lock_guard guard(mutex_);
        return done_;
    }

private:
    void note(const QString& what) {
        {
            const std::lock_guard guard(mutex_);
            done_ << what;
        }
        if (fault_) fault_();
    }
    void loop() {
        SteeredRun run;
        run.folder = folder_;
        run.place = [](RunStatus& status) {
            status.step = 160;
            status.kimg = 1.28;
            status.targetKimg = 8;
        };
        run.settle = [] {};
        run.saveSnapshot = [this] { note("snapshot"); };
        run.setFreeze = [this](const FreezePlan& plan) { note("freeze " + QString::fromStdString(toText(plan))); };
        run.setRates = [this](std::optional<double> g, std::optional<double> d) {
            note("rate " + QString::fromStdString(ratesText(g, d)));
        };
        RunSteering steering(std::move(run), [this] { return leaves_.load(); });
        while (steering.goesOn()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        steering.end(RunOutcome::Stopped);
        lock_.end();
    }

    std::string folder_;
    RunLock lock_;
    std::function<void()> fault_;
    mutable std::mutex mutex_;
    QStringList done_;
    std::atomic<bool> leaves_{false};
    std::thread thread_;
};

}  // namespace

class RunSteererTest : public QObject {
    Q_OBJECT

    struct Steered {
        KnownRuns known;
        QWidget page;
        RunSteerer steerer;
        QSignalSpy answered, failed;
        explicit Steered(const QString& folder)
            : known(folder),
              steerer(known, &page),
              answered(&steerer, &RunSteerer::answered),
              failed(&steerer, &RunSteerer::failed) {
            known.setWatching(true);
            steerer.setPlan([] { return parseFreezePlan("enc"); });
        }
        /// What the menu of the run says now: its action, enabled or with why not.
        QString obstacle(const QString& run, const QString& word) {
            QMenu menu;
            steerer.addTo(menu, run);
            const auto* action = menu.findChild<QAction*>("steer_" + word);
            if (!action) return "no such action";
            return action->isEnabled() ? QString() : action->toolTip();
        }
        void trigger(const QString& run, const QString& word) {
            QMenu menu;
            steerer.addTo(menu, run);
            auto* action = menu.findChild<QAction*>("steer_" + word);
            QVERIFY2(action && action->isEnabled(), qPrintable(word));
            action->trigger();
        }
        template <class Dialog>
        Dialog* dialog(const char* name) const {
            return page.findChild<Dialog*>(name);
        }
        static QString words(const QSignalSpy& spy) { return spy.isEmpty() ? QString() : spy.back()[1].toString(); }
    };

    std::unique_ptr<QTemporaryDir> folder_;
    QString runs() const { return folder_->filePath("runs"); }
    QString run() const { return folder_->filePath("runs/0000-a"); }
    void describe(const QByteArray& config) const {
        QVERIFY(QDir().mkpath(run()));
        QFile file(run() + "/config.json");
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(config);
    }

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        describe(R"({"objective": "gan", "freeze": "d2o-f", "kimg": 8})");
    }

    void theMenuGoesByTheStateOfTheRun() {
        Steered window(runs());
        QTRY_VERIFY_WITH_TIMEOUT(window.known.wasRead(), kSteererPatience);
        for (const char* word : {"pause", "resume", "snapshot", "stop", "freeze", "rate"})
            QCOMPARE(window.obstacle(run(), word), QString("No process writes this run."));
        const ProcessElsewhere process(run());
        QTRY_COMPARE_WITH_TIMEOUT(window.obstacle(run(), "pause"), QString(), kSteererPatience);
        for (const char* word : {"snapshot", "stop", "freeze", "rate"})
            QCOMPARE(window.obstacle(run(), word), QString());
        QCOMPARE(window.obstacle(run(), "resume"), QString("The run is running."));

        window.trigger(run(), "pause");
        QVERIFY(window.steerer.isAsking(run()));
        QCOMPARE(window.obstacle(run(), "stop"), QString("It was asked for something and has not answered yet."));
        QTRY_COMPARE_WITH_TIMEOUT(window.answered.size(), 1, kSteererPatience);
        QCOMPARE(window.answered.front().front().toString(), QString("Run 0000-a has answered"));
        QCOMPARE(window.words(window.answered), QString("Paused at 1.28 kimg."));
        QVERIFY(!window.steerer.isAsking(run()));
        QTRY_COMPARE_WITH_TIMEOUT(window.obstacle(run(), "pause"), QString("The run is paused."), kSteererPatience);
        for (const char* word : {"resume", "snapshot", "stop", "freeze", "rate"})
            QCOMPARE(window.obstacle(run(), word), QString());
        window.trigger(run(), "resume");
        QTRY_COMPARE_WITH_TIMEOUT(window.words(window.answered), QString("Goes on at 1.28 kimg."), kSteererPatience);
        QVERIFY(window.failed.isEmpty());
    }

    void thePlanOfTheBlockTreeAndTypedRatesArrive() {
        const ProcessElsewhere process(run());
        Steered window(runs());
        QTRY_COMPARE_WITH_TIMEOUT(window.obstacle(run(), "freeze"), QString(), kSteererPatience);
        window.trigger(run(), "freeze");
        QTRY_COMPARE_WITH_TIMEOUT(window.answered.size(), 1, kSteererPatience);
        QCOMPARE(process.done(), QStringList("freeze enc"));

        window.trigger(run(), "rate");
        auto* dialog = window.dialog<RatesDialog>("steerRates");
        QVERIFY(dialog && window.answered.size() == 1);
        auto* ok = dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
        auto* g = dialog->findChild<QLineEdit*>("rateG");
        auto* d = dialog->findChild<QLineEdit*>("rateD");
        QVERIFY(!ok->isEnabled());  // no rate is named
        for (const char* impossible : {"0", "-0.1", "1.5", "fast"}) {
            g->setText(impossible);
            QVERIFY2(!ok->isEnabled(), impossible);
        }
        d->setText("0.002");
        QVERIFY(!ok->isEnabled());  // one of them is impossible
        g->setText("");
        QVERIFY(ok->isEnabled());
        ok->click();
        QTRY_COMPARE_WITH_TIMEOUT(window.answered.size(), 2, kSteererPatience);
        QCOMPARE(process.done(), QStringList({"freeze enc", "rate D 0.002"}));
    }

    void aStopIsAskedAboutFirst() {
        const ProcessElsewhere process(run());
        Steered window(runs());
        QTRY_COMPARE_WITH_TIMEOUT(window.obstacle(run(), "stop"), QString(), kSteererPatience);
        window.trigger(run(), "stop");
        auto* box = window.dialog<QMessageBox>("stopOtherRun");
        QVERIFY(box && !window.steerer.isAsking(run()));
        for (QAbstractButton* button : box->buttons())
            if (box->buttonRole(button) == QMessageBox::AcceptRole) button->click();
        QTRY_COMPARE_WITH_TIMEOUT(window.answered.size(), 1, kSteererPatience);
        QCOMPARE(window.words(window.answered), QString("Stopped at 1.28 kimg; everything is saved."));
        QTRY_COMPARE_WITH_TIMEOUT(window.obstacle(run(), "stop"), QString("No process writes this run."),
                                  kSteererPatience);
    }

    void aRefusalIsTheSentenceOfTheRun() {
        const ProcessElsewhere process(
            run(), [] { throw Error(ErrorCode::Configuration, "The run refuses it: freeze matches nothing."); });
        Steered window(runs());
        QTRY_COMPARE_WITH_TIMEOUT(window.obstacle(run(), "freeze"), QString(), kSteererPatience);
        window.trigger(run(), "freeze");
        QTRY_COMPARE_WITH_TIMEOUT(window.failed.size(), 1, kSteererPatience);
        QCOMPARE(window.failed.front().front().toString(), QString("Run 0000-a was not steered"));
        QCOMPARE(window.words(window.failed), QString("The run refuses it: freeze matches nothing."));
        QVERIFY(window.answered.isEmpty() && !window.steerer.isAsking(run()));
    }

    void aRunThatIsGoneIsSaid() {
        Steered window(runs());
        window.steerer.ask(run(), {});
        QTRY_COMPARE_WITH_TIMEOUT(window.failed.size(), 1, kSteererPatience);
        QCOMPARE(window.words(window.failed), QString("No process writes the run in '%1'.").arg(run()));
        window.steerer.ask(folder_->filePath("nowhere"), {});
        QTRY_COMPARE_WITH_TIMEOUT(window.failed.size(), 2, kSteererPatience);
        QVERIFY2(window.words(window.failed).startsWith("There is no run folder"),
                 qPrintable(window.words(window.failed)));
    }

    // Its process lives and takes nothing.
    void whatIsNotAnsweredIsTakenBack() {
        const RunLock lock(run().toStdString());
        openControl(run().toStdString());
        RunStatus status;
        status.state = RunState::Running;
        status.pid = long(QCoreApplication::applicationPid());
        status.host = machineName();
        QVERIFY(writeStatus(run().toStdString(), status));
        Steered window(runs());
        window.steerer.setPatience(0.5);
        window.steerer.ask(run(), {});
        QTRY_COMPARE_WITH_TIMEOUT(window.failed.size(), 1, kSteererPatience);
        QVERIFY2(window.words(window.failed).endsWith("the request is taken back."),
                 qPrintable(window.words(window.failed)));
        QVERIFY(takeRequests(run().toStdString()).empty());
    }

    void whatOneRunIsAskedForHoldsNoOther() {
        const ProcessElsewhere process(run());
        QVERIFY(QDir().mkpath(runs() + "/0001-b"));
        QVERIFY(QFile::copy(run() + "/config.json", runs() + "/0001-b/config.json"));
        const ProcessElsewhere other(runs() + "/0001-b");
        Steered window(runs());
        for (const QString& each : {run(), runs() + "/0001-b"})
            QTRY_COMPARE_WITH_TIMEOUT(window.obstacle(each, "snapshot"), QString(), kSteererPatience);
        for (const QString& each : {run(), runs() + "/0001-b"}) window.trigger(each, "snapshot");
        QTRY_COMPARE_WITH_TIMEOUT(window.answered.size(), 2, kSteererPatience);
        QCOMPARE(process.done() + other.done(), QStringList({"snapshot", "snapshot"}));
    }

    void aPreTrainingTakesNoPlan() {
        describe(R"({"kimg": 8})");
        const ProcessElsewhere process(run());
        Steered window(runs());
        QTRY_COMPARE_WITH_TIMEOUT(window.obstacle(run(), "pause"), QString(), kSteererPatience);
        QCOMPARE(window.obstacle(run(), "freeze"), QString("A pre-training has no freeze plan."));
        window.trigger(run(), "rate");
        const auto* dialog = window.dialog<RatesDialog>("steerRates");
        QVERIFY(dialog && dialog->findChild<QLineEdit*>("rateD")->isHidden());
    }

    // It has buttons of its own; one that is only looked at is of another process.
    void theRunOfThisWindowIsLeftToItsButtons() {
        const ProcessElsewhere process(run());
        Steered window(runs());
        QTRY_COMPARE_WITH_TIMEOUT(window.obstacle(run(), "pause"), QString(), kSteererPatience);
        window.known.setCurrent(run());
        QCOMPARE(window.obstacle(run(), "pause"), QString());
        window.steerer.setRunIsOpen(true);
        QCOMPARE(window.obstacle(run(), "pause"),
                 QString("It is the run of this window: the toolbar has its buttons."));
        window.known.setLookedAt(run());
        QCOMPARE(window.obstacle(run(), "pause"), QString());
    }

    void withoutALineItIsWaitedForOne() {
        const ProcessElsewhere process(run());
        Steered window(runs());
        QTRY_COMPARE_WITH_TIMEOUT(window.obstacle(run(), "pause"), QString(), kSteererPatience);
        FarFiles far;
        window.steerer.setFar(&far);
        QCOMPARE(window.obstacle(run(), "pause"), QString("There is no connection to the other machine."));
        window.steerer.ask(run(), {});
        QTest::qWait(600);
        QVERIFY(window.steerer.isAsking(run()) && window.failed.isEmpty());
        window.steerer.setFar(nullptr);
        QVERIFY(!window.steerer.isAsking(run()));
        QCOMPARE(window.words(window.failed), QString("The window has left that machine before there was an answer."));
        QCOMPARE(window.obstacle(run(), "pause"), QString());
    }
};

THAW_TEST(RunSteererTest);
#include "run_steerer_test.moc"
