// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace thaw {

/// A line around a widget while it has the focus and got it from the keyboard, for lists and drawings, which show nothing of
/// it themselves. Lies over the widget, whose child it is, and takes no click.
class FocusRing : public QWidget {
    Q_OBJECT
public:
    explicit FocusRing(QWidget* target);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace thaw
