// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace thaw {

class MessageStrip;

/// Says in the strip whether a file could be saved.
class SaveReport : public QObject {
    Q_OBJECT
public:
    explicit SaveReport(MessageStrip& strip, QObject* parent = nullptr);

    void showSaved(const QString& path);
    /// It waits for what it shows; an empty path: for a figure of several panels.
    void showWaiting(const QString& path);
    void showFailure(const QString& path, const QString& why);

private:
    MessageStrip& strip_;
};

}  // namespace thaw
