// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

class QSystemTrayIcon;
class QWidget;

namespace thaw {

/// Notifies a user who is looking at another window: the task bar asks for attention, and a notification appears where
/// the desktop has a place for it. Does nothing while the window is active.
class Notifier : public QObject {
    Q_OBJECT
public:
    explicit Notifier(QWidget* window);

    void notify(const QString& text);
    const QString& lastText() const { return text_; }

private:
    QWidget* window_;
    QSystemTrayIcon* tray_ = nullptr;
    QString text_;
};

}  // namespace thaw
