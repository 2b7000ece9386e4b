// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QString>
#include <QTemporaryDir>

#include <csignal>

namespace thaw {

/// Stands in for ssh: what THAW_SSH names while this lives is a script that runs the command here, as the far shell
/// would there.
class FarLine {
public:
    FarLine() {
        setScript(QStringLiteral("for last; do :; done\necho $$ >>'%1'\nexec sh -c \"exec $last\"\n").arg(pids()));
    }
    ~FarLine() { qunsetenv("THAW_SSH"); }
    FarLine(const FarLine&) = delete;
    FarLine& operator=(const FarLine&) = delete;

    static QString program() { return qEnvironmentVariable("THAW_CLI"); }
    QString path(const QString& name) const { return folder_.filePath(name); }

    void setScript(const QString& text) const {
        QFile script(folder_.filePath(QStringLiteral("line")));
        const bool isWritten = script.open(QIODevice::WriteOnly) && script.write("#!/bin/sh\n" + text.toUtf8()) > 0;
        Q_ASSERT(isWritten);
        Q_UNUSED(isWritten)
        script.close();
        script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        qputenv("THAW_SSH", QFile::encodeName(script.fileName()));
    }
    /// How often a line was made.
    int lines() const { return int(numbers().size()); }
    /// The newest line breaks without a word.
    void cut() const {
        if (const auto all = numbers(); !all.isEmpty()) ::kill(all.back(), SIGKILL);
    }

private:
    QString pids() const { return folder_.filePath(QStringLiteral("pids")); }
    QList<pid_t> numbers() const {
        QFile file(pids());
        QList<pid_t> all;
        if (!file.open(QIODevice::ReadOnly)) return all;
        for (const QByteArray& line : file.readAll().split('\n'))
            if (!line.isEmpty()) all << pid_t(line.toInt());
        return all;
    }

    QTemporaryDir folder_;
};

}  // namespace thaw
