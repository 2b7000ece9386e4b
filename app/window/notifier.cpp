// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/notifier.h"

#include <QApplication>
#include <QSystemTrayIcon>
#include <QTimer>
#include <QWidget>

namespace thaw {
namespace {
constexpr int kShownMs = 10'000;
}

Notifier::Notifier(QWidget* window) : QObject(window), window_(window) {}

void Notifier::notify(const QString& text) {
    if (window_->isActiveWindow()) return;
    text_ = text;
    QApplication::alert(window_);
    if (!QSystemTrayIcon::isSystemTrayAvailable() || !QSystemTrayIcon::supportsMessages()) return;
    if (!tray_) {
        tray_ = new QSystemTrayIcon(window_->windowIcon(), this);
        connect(tray_, &QSystemTrayIcon::messageClicked, window_, [window = window_] {
            window->raise();
            window->activateWindow();
        });
    }
    // The icon is shown only as long as the message: Thaw has a window and needs no place in the tray.
    tray_->show();
    tray_->showMessage(QStringLiteral("Thaw"), text, window_->windowIcon(), kShownMs);
    QTimer::singleShot(kShownMs, tray_, &QSystemTrayIcon::hide);
}

}  // namespace thaw
