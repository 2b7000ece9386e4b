// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/remote_host.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace thaw {
namespace {

struct HostWords {
    Q_DECLARE_TR_FUNCTIONS(thaw::RemoteHost)
};

// One word of the shell there, whatever it holds; only a home folder at its beginning is left to the shell.
QString shellWord(const QString& text) {
    const QString home = QStringLiteral("~/");
    QString rest = text.startsWith(home) ? text.mid(home.size()) : text;
    rest.replace(QLatin1Char('\''), QStringLiteral("'\\''"));
    return (text.startsWith(home) ? home : QString()) + QLatin1Char('\'') + rest + QLatin1Char('\'');
}

}  // namespace

QString problemOf(const RemoteHost& host) {
    static const QRegularExpression gap(QStringLiteral("[\\s\\x00-\\x1f\\x7f]"));
    if (host.name.isEmpty()) return HostWords::tr("Name the other machine.");
    if (host.name.startsWith(QLatin1Char('-')) || host.name.contains(gap))
        return HostWords::tr("'%1' is no name of a machine.").arg(host.name);
    if (host.command.trimmed().isEmpty()) return HostWords::tr("Name the program there; usually it is thaw-cli.");
    return {};
}

QString lineProgram() {
    const QString named = qEnvironmentVariable("THAW_SSH");
    return named.isEmpty() ? QStringLiteral("ssh") : named;
}

QStringList lineArguments(const RemoteHost& host) {
    return {QStringLiteral("-T"),
            QStringLiteral("-o"),
            QStringLiteral("BatchMode=yes"),
            QStringLiteral("-o"),
            QStringLiteral("ServerAliveInterval=15"),
            QStringLiteral("--"),
            host.name,
            shellWord(host.command.trimmed()) + QStringLiteral(" serve")};
}

}  // namespace thaw
