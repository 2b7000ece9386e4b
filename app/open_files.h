// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

class QMenu;
class QMimeData;
class QWidget;

namespace thaw {

class Settings;

/// The ways to name a file: dialogs, the list of recent models, a drop onto the window.
class OpenFiles : public QObject {
    Q_OBJECT
public:
    OpenFiles(Settings& settings, const QString& runsFolder, QWidget* window);

    QMenu* recentMenu() const { return recent_; }  ///< missing files are greyed

    void askForModel();
    void askForData();
    void askForRun();
    bool accepts(const QMimeData* mime) const;
    void take(const QMimeData* mime);  ///< opens the first thing it accepts
    void remember(const QString& model);

Q_SIGNALS:
    void modelChosen(const QString& path);
    void dataChosen(const QString& path);
    void runChosen(const QString& folder);  ///< to be continued

private:
    QString firstUsable(const QMimeData* mime) const;
    void fillRecent();

    Settings& settings_;
    QString runsFolder_;
    QWidget* window_;
    QMenu* recent_;
};

}  // namespace thaw
