// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QProgressBar;
class QPushButton;
class QTimer;

namespace thaw {

/// One line about work that takes a while: what it is, how far it got, and a button that cancels it. Shows itself only
/// when the work lasts, so that quick work does not flash.
class ProgressStrip : public QFrame {
    Q_OBJECT
public:
    explicit ProgressStrip(QWidget* parent = nullptr);

    void begin(const QString& what);
    void setShare(double share);  ///< [0, 1]; until the first call the bar only says that something moves
    void end();

    bool isBusy() const { return busy_; }  ///< between begin and end, shown or not
    QString what() const;
    static constexpr int kPatienceMs = 400;

Q_SIGNALS:
    void cancelRequested();

private:
    bool busy_ = false;
    QTimer* patience_;
    QLabel* what_;
    QProgressBar* bar_;
    QPushButton* cancel_;
};

}  // namespace thaw
