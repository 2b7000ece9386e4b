// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

class QSystemTrayIcon;
class QWidget;

namespace thaw {

/// A word to a person who is looking at another window: the task bar asks for attention, and a notification appears
/// where the desktop has a place for it. Silent while the window is active.
class Notifier : public QObject {
    Q_OBJECT
public:
    explicit Notifier(QWidget* window);

    void tell(const QString& text);
    const QString& lastTold() const { return told_; }

private:
    QWidget* window_;
    QSystemTrayIcon* tray_ = nullptr;
    QString told_;
};

}  // namespace thaw
