// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QString>
#include <QStringList>

#include <functional>

class QMenu;
class QWidget;

namespace thaw {

class FarFiles;
class Settings;

/// The ways to name what to open: dialogs, the list of recent models and data sets, a drop onto the window. What a path
/// is decides its content, not the dialog it was chosen in.
class FileChooser : public QObject {
    Q_OBJECT
public:
    FileChooser(Settings& settings, const QString& runsFolder, QWidget* window);

    /// Files are those of another machine, of this name; null = of this one.
    void setFar(FarFiles* far, const QString& host);
    bool isFar() const;
    /// Asks for a file, or a folder, of the other machine; false, and nothing asked, where files are of this one.
    bool askThere(const QString& title, bool folder, const std::function<void(const QString&)>& take);

    QMenu* recentMenu() const { return recent_; }  ///< missing files are greyed

    void askForModel();
    void askForRunModel();  ///< a run folder, whose newest generator becomes the model
    void askForData();
    void askForDataFolder();
    void askForTeacher();  ///< the model that a run was made from
    void askForRun();      ///< a run folder, to be continued
    void askForFigure();   ///< a figure that Thaw made

    /// The first model (or run) and the first data set among the paths; none of either announces `refused`.
    void open(const QStringList& paths);
    void rememberModel(const QString& path);
    void rememberData(const QString& path);

Q_SIGNALS:
    void modelChosen(const QString& path);
    void dataChosen(const QString& path);
    void teacherChosen(const QString& path);
    void runChosen(const QString& folder);  ///< to be continued
    void sessionChosen(const QString& path);
    void figureChosen(const QString& path);
    void curvesChosen(const QString& path);  ///< of another program's run
    void refused(const QString& path);       ///< neither a model nor a data set

private:
    void fillRecent();
    void addRecent(const QString& path, bool isModel);
    void openAs(const QString& path, bool model);

    Settings& settings_;
    QString runsFolder_;
    QWidget* window_;
    QMenu* recent_;
    QPointer<FarFiles> far_;
    QString host_, lastFar_;  // the machine, and the folder there that was chosen from last
};

}  // namespace thaw
