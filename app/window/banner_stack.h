// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace thaw {

/// Messages that float over the lower edge of a widget, one above the other: they come and go without moving anything
/// beneath them. They keep clear of the right, where the settings of a run have their place.
class BannerStack : public QWidget {
    Q_OBJECT
public:
    explicit BannerStack(QWidget* over);

    /// A widget that shows and hides itself; the first one is the topmost.
    void add(QWidget* banner);

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();
};

}  // namespace thaw
