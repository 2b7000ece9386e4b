// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QDockWidget;
class QLabel;
class QToolButton;

namespace thaw {

/// The heading of a view: its name, and buttons that appear under the pointer. Drag it to move the view, double-click
/// it to let the view fill the window and once more to go back.
class DockTitle : public QWidget {
    Q_OBJECT
public:
    explicit DockTitle(QDockWidget* dock);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void fillRequested();
    void helpRequested();

protected:
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retint();

    QLabel* name_;
    QToolButton* help_;
    QToolButton* fill_;
    QToolButton* close_;
};

}  // namespace thaw
