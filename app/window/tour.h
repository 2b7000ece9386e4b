// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointer>
#include <QString>
#include <QWidget>

#include <vector>

class QFrame;
class QLabel;
class QPushButton;

namespace thaw {

/// One stop of the tour: a part of the window and what to see there.
struct TourStop {
    QPointer<QWidget> target;
    QString title;
    QString text;
};

/// A guided tour over a window: everything but the part spoken of is dimmed, and that part stays alive, so that the
/// user can do what is said. Return and Enter press the button that has the focus, → goes on, ← goes back, Escape ends it.
/// Deletes itself at the end.
class Tour : public QWidget {
    Q_OBJECT
public:
    Tour(std::vector<TourStop> stops, QWidget* window);

    int stop() const { return stop_; }
    int count() const { return int(stops_.size()); }
    void goTo(int stop);  ///< past the last one: the end

Q_SIGNALS:
    void ended();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void watch(QWidget* target);
    void place();
    QRect hole() const;  // of the target, in own coordinates; null when it cannot be seen

    std::vector<TourStop> stops_;
    int stop_ = -1;
    QList<QPointer<QWidget>> watched_;  // the part spoken of and all it lies in
    QFrame* bubble_;
    QLabel* title_;
    QLabel* text_;
    QLabel* count_;
    QPushButton* back_;
    QPushButton* next_;
};

}  // namespace thaw
