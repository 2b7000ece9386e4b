// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/studies/study_folders.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace thaw {

class MessageStrip;
class Settings;
class StudyProcess;
class StudyReportView;

/// Studies: what there are, how far each is, and the report of the chosen one. Starts and pauses them as processes of their own
/// (StudyProcess); those that others work at are shown as they go on.
class StudiesPage : public QWidget {
    Q_OBJECT
public:
    /// Studies lie in `runsFolder`/studies. `device` is that of the window.
    StudiesPage(const QString& runsFolder, const QString& device, Settings& settings, QWidget* parent = nullptr);

    /// What a new study is about: the files that are open.
    void setModel(const QString& path, const QString& title);
    void setData(const QString& path, const QString& title);

    void start();           ///< a study of the chosen kind and length
    void continueChosen();  ///< where it stopped
    void pause();
    void choose(const QString& folder);
    QString chosen() const;  ///< folder; empty = none

    StudyProcess& process() const { return *process_; }
    StudyFolders& folders() const { return *folders_; }
    StudyReportView* view() const { return view_; }
    MessageStrip* strip() const { return strip_; }

Q_SIGNALS:
    void openRunRequested(const QString& folder);
    void curvesRequested(const QStringList& folders);  ///< beside the open run's

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    enum Column { NameColumn, LengthColumn, StageColumn };

    QWidget* makeStarter();
    QWidget* makeList();
    void showKind();
    void showStates();
    void showChosen();
    bool starting() const;
    void readReport(const StudyFolderState& state);
    void showButtons();
    void offerRuns(const QStringList& folders);
    void copyCommand();

    QString device_;
    QString model_, modelTitle_, data_, dataTitle_;
    StudyProcess* process_;
    StudyFolders* folders_;
    QComboBox* kind_;
    QComboBox* length_;
    QLabel* question_;
    QLabel* subject_;
    QPushButton* start_;
    QTreeWidget* list_;
    QLabel* stage_;
    QProgressBar* bar_;
    QPushButton* continue_;
    QPushButton* pause_;
    QPushButton* pages_;
    QPushButton* command_;
    MessageStrip* strip_;
    StudyReportView* view_;
    QString toChoose_;  // as soon as it is there
    QString shownFolder_;
    long long shownTime_ = 0;  // of the report on screen
};

}  // namespace thaw
