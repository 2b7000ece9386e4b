// SPDX-License-Identifier: GPL-3.0-or-later
// The line as it is meant: ssh to a real sshd, on the loopback, with keys, configuration and port of its own.
#include "app/engine/compute_thread.h"
#include "app/engine/far_files.h"
#include "app/engine/remote_link.h"
#include "app/shared/known_runs.h"
#include "app/training/run_steerer.h"
#include "app/training/runs_list.h"
#include "app/window/far_machine.h"
#include "core/formats/running_mark.h"
#include "core/formats/steering_files.h"
#include "tests/app/far_line.h"
#include "tests/app/window_fixture.h"
#include "tests/registry.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QMessageBox>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QTreeWidget>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
#include <algorithm>
#include <csignal>
#include <memory>

using namespace thaw;

namespace {

constexpr int kSshPatience = 240'000;

// One that was free just now.
int freePort() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool isBound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                         ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(socket);
    return isBound ? ntohs(address.sin_port) : 0;
}

QString sshd() {
    const QString found = QStandardPaths::findExecutable(QStringLiteral("sshd"));
    return found.isEmpty() ? QStandardPaths::findExecutable(QStringLiteral("sshd"), {QStringLiteral("/usr/sbin"),
                                                                                     QStringLiteral("/usr/local/sbin")})
                           : found;
}

/// An sshd for this user alone, and an ssh that knows it as gpu1. Who comes in there has another home folder than here.
class OwnSshd {
public:
    explicit OwnSshd(const FarLine& line) : line_(line), port_(freePort()) {
        for (const char* name : {"host_key", "key", "other_key"}) makeKey(QLatin1String(name));
        QFile::copy(line.path("key.pub"), line.path("authorized"));
        QDir().mkpath(home());
        put("sshd_config", QStringLiteral("ListenAddress 127.0.0.1\nPort %1\nHostKey %2\nAuthorizedKeysFile %3\n"
                                          "PidFile none\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
                                          "KbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\n"
                                          "SetEnv HOME=%4 XDG_DATA_HOME=\n")
                               .arg(port_)
                               .arg(line.path("host_key"), line.path("authorized"), home()));
        useKey("key");
        // For its unprivileged half, where it is started by root; the service has it anyway.
        if (::geteuid() == 0) QDir().mkpath("/run/sshd");
        process_.setStandardErrorFile(line.path("sshd_log"));
        process_.start(sshd(), {"-D", "-e", "-f", line.path("sshd_config")});
    }
    ~OwnSshd() { stop(); }

    QString home() const { return line_.path("home"); }
    /// What the shell there makes of a command.
    QByteArray shell(const QString& command) const {
        QProcess ssh;
        ssh.start("ssh", {"-F", line_.path("ssh_config"), "gpu1", command});
        ssh.waitForFinished(kSshPatience);
        return ssh.readAllStandardOutput().trimmed();
    }

    void stop() {
        process_.kill();
        process_.waitForFinished();
    }
    void useKey(const QString& name) const {
        put("ssh_config", QStringLiteral("Host gpu1\n HostName 127.0.0.1\n Port %1\n IdentityFile \"%2\"\n"
                                         " IdentitiesOnly yes\n StrictHostKeyChecking no\n UserKnownHostsFile \"%3\"\n"
                                         " LogLevel ERROR\n")
                              .arg(port_)
                              .arg(line_.path(name), line_.path("known_hosts")));
        line_.setScript(QStringLiteral("echo $$ >>'%1'\nexec ssh -F '%2' \"$@\"\n")
                            .arg(line_.path("pids"), line_.path("ssh_config")));
    }
    bool answers() const {
        const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(std::uint16_t(port_));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const bool isThere = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
        ::close(socket);
        return isThere;
    }
    QByteArray log() const {
        QFile file(line_.path("sshd_log"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private:
    void makeKey(const QString& name) const {
        QProcess::execute("ssh-keygen", {"-q", "-t", "ed25519", "-N", "", "-f", line_.path(name)});
    }
    void put(const QString& name, const QString& text) const {
        QFile file(line_.path(name));
        if (file.open(QIODevice::WriteOnly)) file.write(text.toUtf8());
    }

    const FarLine& line_;
    int port_;
    QProcess process_;
};

/// The window on gpu1, and beside it a run of `thaw-cli finetune` that was started there by hand.
class SteeringWindow {
public:
    SteeringWindow(const FarLine& line, const OwnSshd& server) : line_(line), server_(server) {}
    ~SteeringWindow() {
        if (process_ > 0) ::kill(process_, SIGKILL);  // of a test that has failed
    }

    QString runs() const { return server_.home() + "/.local/share/thaw/runs"; }
    QString run() const { return runs() + "/0000-by-hand"; }
    MainWindow& window() const { return *fixture_.window; }
    RunsList& list() const { return *window().runPage()->runs(); }
    const QSignalSpy& answered() const { return *answered_; }
    const QSignalSpy& failed() const { return *failed_; }
    int cuts() const { return cuts_; }

    void connectTo() {
        fixture_.open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture_.state(), RunState::Ready, kSshPatience);
        window().workbench()->arrange("train");
        window().machine().connectTo({"gpu1", FarLine::program()});
        QTRY_COMPARE_WITH_TIMEOUT(list().known().folder(), runs(), kSshPatience);
        QTRY_COMPARE_WITH_TIMEOUT(fixture_.state(), RunState::Ready, kSshPatience);
        answered_ = std::make_unique<QSignalSpy>(&list().steerer(), &RunSteerer::answered);
        failed_ = std::make_unique<QSignalSpy>(&list().steerer(), &RunSteerer::failed);
    }
    void startByHand() {
        QFile config(line_.path("finetune.json"));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write(R"({"batch": 8, "fid_every_kimg": 0, "fid_images": 50, "snapshot_every_kimg": 0})");
        config.close();
        const QByteArray number = server_.shell(
            QStringLiteral("mkdir -p '%1'; setsid nohup '%2' finetune --model builtin --data builtin --config '%3' "
                           "--kimg 1000 --threads 1 --out '%4' </dev/null >'%5' 2>&1 & echo $!")
                .arg(runs(), FarLine::program(), config.fileName(), run(), line_.path("finetune_log")));
        process_ = number.toInt();
        QVERIFY2(process_ > 0, number.constData());
    }
    /// The line breaks, and is made again by itself.
    void cut() {
        const int lines = line_.lines();
        line_.cut();
        ++cuts_;
        QTRY_VERIFY_WITH_TIMEOUT(line_.lines() > lines, kSshPatience);
        QTRY_VERIFY_WITH_TIMEOUT(!window().machine().link()->isBroken(), kSshPatience);
        QTRY_COMPARE_WITH_TIMEOUT(fixture_.state(), RunState::Ready, kSshPatience);
    }
    /// By the menu of the table, as soon as the state of the run allows it; the line breaks while the request is on its way.
    void steer(SteeringVerb verb) {
        QTRY_COMPARE_WITH_TIMEOUT(list().steerer().obstacle(run(), verb), QString(), kSshPatience);
        const int before = int(answered_->size());
        auto* table = list().findChild<QTreeWidget*>("runsTable");
        table->setCurrentItem(table->findItems("0000-by-hand", Qt::MatchStartsWith).value(0));
        list().showMenu({});
        auto* menu = list().findChildren<QMenu*>("runMenu").back();
        auto* action = menu->findChild<QAction*>(QStringLiteral("steer_") + wordFor(verb));
        QVERIFY2(action && action->isEnabled(), wordFor(verb));
        action->trigger();
        menu->close();
        if (verb == SteeringVerb::Stop) confirm();
        cut();
        QTRY_COMPARE_WITH_TIMEOUT(int(answered_->size()), before + 1, kSshPatience);
    }
    QString words() const { return answered_->isEmpty() ? QString() : answered_->back()[1].toString(); }
    /// Steps of the run that are drawn.
    int drawn() const {
        int points = 0;
        for (const CurveSeries& series : fixture_.losses().figure().series)
            if (series.visible) points = std::max(points, int(series.x.size()));
        return points;
    }
    QList<QJsonObject> log() const {
        QFile file(run() + "/stats.jsonl");
        QList<QJsonObject> lines;
        if (file.open(QIODevice::ReadOnly))
            for (const QByteArray& line : file.readAll().split('\n'))
                if (!line.isEmpty()) lines << QJsonDocument::fromJson(line).object();
        return lines;
    }
    void hasEnded() { process_ = 0; }

private:
    void confirm() const {
        auto* box = window().findChild<QMessageBox*>("stopOtherRun");
        QVERIFY(box);
        for (QAbstractButton* button : box->buttons())
            if (box->buttonRole(button) == QMessageBox::AcceptRole) return button->click();
    }

    const FarLine& line_;
    const OwnSshd& server_;
    WindowFixture fixture_;
    std::unique_ptr<QSignalSpy> answered_, failed_;
    pid_t process_ = 0;
    int cuts_ = 0;
};

}  // namespace

class SshTest : public QObject {
    Q_OBJECT

    struct Window {
        explicit Window(const QString& command)
            : compute([&](EngineFacts& facts) {
                  auto made = std::make_unique<RemoteLink>(RemoteHost{"gpu1", command}, facts);
                  link = made.get();
                  return made;
              }) {
            QObject::connect(compute.facts(), &EngineFacts::stepsDone, &receiver,
                             [this](const std::vector<StepMetrics>& done) { lastStep = done.back().step; });
            compute.openModel("builtin");
            compute.openData("builtin");
        }

        RemoteLink* link = nullptr;
        ComputeThread compute;
        QObject receiver;
        std::int64_t lastStep = 0;
    };

private Q_SLOTS:
    void initTestCase() {
        // packaging/test.sh installs one wherever that starts no service for everybody: there it has to be.
        if (sshd().isEmpty() && QFile::exists("/run/systemd/system")) QSKIP("there is no sshd on this machine");
        QVERIFY2(!sshd().isEmpty(), "there is no sshd: install openssh-server");
        QVERIFY2(QFile::exists(FarLine::program()), "THAW_CLI names the program under test");
    }
    void init() {
        line_ = std::make_unique<FarLine>();
        server_ = std::make_unique<OwnSshd>(*line_);
        QTRY_VERIFY2_WITH_TIMEOUT(server_->answers(), server_->log().constData(), 30'000);
    }
    void cleanup() {
        server_.reset();
        line_.reset();
    }

    // By a path that a shell would take apart, cut on the way, and taken over.
    void aRunOutlivesItsConnection() {
        QVERIFY(QDir().mkpath(line_->path("it's far")));
        QVERIFY(QFile::link(FarLine::program(), line_->path("it's far/thaw cli")));
        Window window(line_->path("it's far/thaw cli"));
        QTRY_VERIFY2_WITH_TIMEOUT(window.compute.state() == RunState::Ready, server_->log().constData(), kSshPatience);
        FinetuneConfig config;
        config.batch = 8;
        config.kimg = 1000;
        config.fidEveryKimg = 0;
        config.fidImages = 200;
        config.snapshotEveryKimg = 0;
        QVERIFY(window.compute.start(config, line_->path("runs")));
        QTRY_VERIFY_WITH_TIMEOUT(window.lastStep > 1, kSshPatience);
        const std::int64_t before = window.lastStep;
        line_->cut();
        QTRY_COMPARE_WITH_TIMEOUT(window.compute.state(), RunState::Disconnected, kSshPatience);
        QTRY_COMPARE_WITH_TIMEOUT(window.compute.state(), RunState::Running, kSshPatience);
        QTRY_VERIFY_WITH_TIMEOUT(window.lastStep > before, kSshPatience);
        QVERIFY(window.compute.stop());
        QTRY_COMPARE_WITH_TIMEOUT(window.compute.state(), RunState::Finished, kSshPatience);
        QCOMPARE(line_->lines(), 2);
    }

    // The window has lost its line ten times by the end, and the run has noticed nothing of that.
    void aRunThatWasStartedThereByHandIsSteered() {
        SteeringWindow far(*line_, *server_);
        far.connectTo();
        far.startByHand();
        const QString run = far.run();
        const auto shown = [&] { return far.list().known().find(run); };
        QTRY_VERIFY_WITH_TIMEOUT(shown() && shown()->process && shown()->process->state == RunState::Running,
                                 kSshPatience);
        far.cut();
        // Beside the others: its curve is drawn, and grows.
        far.list().showOverlays({run});
        QTRY_VERIFY_WITH_TIMEOUT(far.drawn() > 2, kSshPatience);
        const int before = far.drawn();
        far.cut();
        QTRY_VERIFY_WITH_TIMEOUT(far.drawn() > before, kSshPatience);

        far.steer(SteeringVerb::Pause);
        QVERIFY2(far.words().startsWith("Paused at "), qPrintable(far.words()));
        const auto paused = readStatus(run.toStdString());
        QVERIFY(paused && paused->state == RunState::Paused);
        const int steps = int(paused->step);
        QTRY_COMPARE_WITH_TIMEOUT(far.drawn(), steps, kSshPatience);
        far.cut();
        QCOMPARE(int(far.log().size()), steps);  // it rests

        far.window().blocksPage()->changePlan(parseFreezePlan("enc"));
        far.steer(SteeringVerb::Freeze);
        QCOMPARE(far.words(), QString("Frozen from the next step on: enc."));
        far.cut();
        far.steer(SteeringVerb::Resume);
        QVERIFY2(far.words().startsWith("Goes on at "), qPrintable(far.words()));
        QTRY_VERIFY_WITH_TIMEOUT(far.drawn() > steps, kSshPatience);
        far.steer(SteeringVerb::Snapshot);
        QVERIFY2(far.words().startsWith("Saved at "), qPrintable(far.words()));
        far.cut();
        far.steer(SteeringVerb::Stop);
        QVERIFY2(far.words().startsWith("Stopped at "), qPrintable(far.words()));
        QCOMPARE(far.cuts(), 10);
        QVERIFY2(far.failed().isEmpty(), qPrintable(far.failed().value(0).value(1).toString()));
        QTRY_VERIFY_WITH_TIMEOUT(!isRunning(run.toStdString()), kSshPatience);
        far.hasEnded();

        // Each step once and in turn; the plan changed where the run rested; each request was done once.
        QStringList events;
        int last = 0;
        for (const QJsonObject& line : far.log()) {
            if (line.contains("event")) {
                events << line["event"].toString();
                QCOMPARE(line["step"].toInt(), last);
                if (events.size() == 1) QCOMPARE(last, steps);
                continue;
            }
            QCOMPARE(line["step"].toInt(), last + 1);
            ++last;
        }
        QCOMPARE(events, QStringList({"freeze", "stopped"}));
        QVERIFY(last > steps);
        const auto status = readStatus(run.toStdString());
        QVERIFY(status && status->outcome == RunOutcome::Stopped && status->step == last);
        QCOMPARE(status->answered.size(), std::size_t(5));
        for (const SteeringAnswer& answer : status->answered) QVERIFY2(answer.ok, answer.message.c_str());
    }

    void whatSshSaysIsShown() {
        {
            const Window window("no-such-thaw");
            QTRY_VERIFY_WITH_TIMEOUT(window.link->isBroken(), kSshPatience);
            QVERIFY2(window.link->fault().why.contains("not found"), qPrintable(window.link->fault().why));
            QVERIFY(!window.link->fault().mends);
        }
        {
            server_->useKey("other_key");
            const Window window(FarLine::program());
            QTRY_VERIFY_WITH_TIMEOUT(window.link->isBroken(), kSshPatience);
            QVERIFY2(window.link->fault().why.contains("Permission denied"), qPrintable(window.link->fault().why));
            QVERIFY(!window.link->fault().mends);
        }
        server_->stop();
        const Window window(FarLine::program());
        QTRY_VERIFY_WITH_TIMEOUT(window.link->isBroken(), kSshPatience);
        QVERIFY2(window.link->fault().why.contains("Connection refused"), qPrintable(window.link->fault().why));
        QVERIFY(window.link->fault().mends);
    }

private:
    std::unique_ptr<FarLine> line_;
    std::unique_ptr<OwnSshd> server_;
};

THAW_TEST(SshTest);
#include "ssh_test.moc"
