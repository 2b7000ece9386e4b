// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/save_report.h"

#include "widgets/base/message_strip.h"

#include <QDir>

namespace thaw {

SaveReport::SaveReport(MessageStrip& strip, QObject* parent) : QObject(parent), strip_(strip) {}

void SaveReport::showSaved(const QString& path) {
    strip_.showMessage(MessageStrip::Severity::Success, tr("Saved %1").arg(QDir::toNativeSeparators(path)));
}

void SaveReport::showWaiting(const QString& path) {
    const QString why =
        tr("What is on screen does not answer the present settings yet; its computing goes on, as the "
           "status line shows.");
    if (path.isEmpty())
        strip_.showMessage(MessageStrip::Severity::Info, tr("The panel is added as soon as what it shows is computed"),
                           why);
    else
        strip_.showMessage(MessageStrip::Severity::Info,
                           tr("%1 is written as soon as what it shows is computed").arg(QDir::toNativeSeparators(path)),
                           why);
}

void SaveReport::showFailure(const QString& path, const QString& why) {
    if (path.isEmpty())
        return strip_.showMessage(MessageStrip::Severity::Error, tr("The panel could not be added to the figure"), why);
    strip_.showMessage(MessageStrip::Severity::Error, tr("%1 could not be written").arg(QDir::toNativeSeparators(path)),
                       why);
}

}  // namespace thaw
