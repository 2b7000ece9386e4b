// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/engine_messages.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QTimer;
class QToolButton;

namespace thaw {

/// The one place that says what is computed for the window beside training: what it is, how far, how much waits behind it,
/// and a button that cancels all of it. Shows itself when it lasts, so that quick answers do not flash.
class WorkIndicator : public QWidget {
    Q_OBJECT
public:
    static constexpr int kPatienceMs = 400;

    explicit WorkIndicator(QWidget* parent = nullptr);

    void setWork(const ComputeWork& work);
    QString text() const;  ///< "Sampling… 40 %, 2 more wait"; empty when there is nothing
    QToolButton* cancelButton() const { return cancel_; }

Q_SIGNALS:
    void cancelRequested();

private:
    ComputeWork work_;
    QLabel* what_;
    QProgressBar* bar_;
    QToolButton* cancel_;
    QTimer* patience_;
};

}  // namespace thaw
