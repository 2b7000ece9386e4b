// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QString>

class QCheckBox;
class QLabel;
class QMenu;
class QPushButton;

namespace thaw {

/// A line above a view of a run that another process writes: what that process does, which snapshot is shown, and whether a
/// newer one is there, which a click shows. Hidden while there is nothing to say.
class WatchedRunBar : public QFrame {
    Q_OBJECT
public:
    struct Words {
        QString text;             ///< empty: hidden
        bool hasNewer = false;    ///< the click is offered
        bool mayFollow = false;   ///< the tick is offered
        bool hasSamples = false;  ///< images that the run wrote itself
        bool isWarning = false;   ///< what is shown may be old
        bool maySteer = false;    ///< the menu is offered
    };

    explicit WatchedRunBar(QWidget* parent = nullptr);

    void say(const Words& words);
    void setFollowing(bool on);
    QString text() const;

Q_SIGNALS:
    void newestRequested();
    void followingChanged(bool on);  ///< by the user
    void samplesRequested();
    void menuShown(QMenu* menu);  ///< of what the run can be asked for; empty, to be filled

private:
    QLabel* label_;
    QPushButton* newest_;
    QCheckBox* follow_;
    QPushButton* samples_;
    QPushButton* steer_;
};

}  // namespace thaw
