// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/save_report.h"

#include "widgets/base/message_strip.h"

#include <QDir>

namespace thaw {

SaveReport::SaveReport(MessageStrip& strip, QObject* parent) : QObject(parent), strip_(strip) {}

void SaveReport::showSaved(const QString& path) {
    strip_.showMessage(MessageStrip::Severity::Success, tr("Saved %1").arg(QDir::toNativeSeparators(path)));
}

void SaveReport::showFailure(const QString& path, const QString& why) {
    strip_.showMessage(MessageStrip::Severity::Error, tr("%1 could not be written").arg(QDir::toNativeSeparators(path)),
                       why);
}

}  // namespace thaw
