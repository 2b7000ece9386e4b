// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace thaw {

/// Another machine with Thaw on it, as ssh reaches it.
struct RemoteHost {
    QString name;                                  ///< `gpu1`, `user@gpu1`, or a name in ~/.ssh/config
    QString command = QStringLiteral("thaw-cli");  ///< the program there, or its path; `~/` is the home folder there

    bool operator==(const RemoteHost&) const = default;
};

/// Why no such host can be asked for, in a sentence; empty where it can.
QString problemOf(const RemoteHost& host);

/// The program that makes the line: `ssh`, or what the environment variable THAW_SSH names.
QString lineProgram();
/// Its arguments: no terminal, no question, and a sign of life every 15 seconds. What is to be said of the host besides
/// (port, user, key) stands in ~/.ssh/config.
QStringList lineArguments(const RemoteHost& host);

}  // namespace thaw
