// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QTableWidget;

namespace thaw {

/// The settings in which two runs differ, and nothing else. Not modal; Ctrl+C copies the table.
class SettingsDifference : public QDialog {
    Q_OBJECT
public:
    SettingsDifference(const QString& nameA, const QString& configA, const QString& nameB, const QString& configB,
                       QWidget* parent = nullptr);

    QString text() const;  ///< as tab-separated lines

private:
    QTableWidget* table_;
};

}  // namespace thaw
