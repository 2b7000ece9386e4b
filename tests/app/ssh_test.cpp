// SPDX-License-Identifier: GPL-3.0-or-later
// The line as it is meant: ssh to a real sshd, on the loopback, with keys, configuration and port of its own.
#include "app/engine/compute_thread.h"
#include "app/engine/remote_link.h"
#include "tests/app/far_line.h"
#include "tests/registry.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
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

/// An sshd for this user alone, and an ssh that knows it as gpu1.
class OwnSshd {
public:
    explicit OwnSshd(const FarLine& line) : line_(line), port_(freePort()) {
        for (const char* name : {"host_key", "key", "other_key"}) makeKey(QLatin1String(name));
        QFile::copy(line.path("key.pub"), line.path("authorized"));
        put("sshd_config", QStringLiteral("ListenAddress 127.0.0.1\nPort %1\nHostKey %2\nAuthorizedKeysFile %3\n"
                                          "PidFile none\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
                                          "KbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\n")
                               .arg(port_)
                               .arg(line.path("host_key"), line.path("authorized")));
        useKey("key");
        // For its unprivileged half, where it is started by root; the service has it anyway.
        if (::geteuid() == 0) QDir().mkpath("/run/sshd");
        process_.setStandardErrorFile(line.path("sshd_log"));
        process_.start(sshd(), {"-D", "-e", "-f", line.path("sshd_config")});
    }
    ~OwnSshd() { stop(); }

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
        if (sshd().isEmpty()) QSKIP("there is no sshd on this machine");
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
