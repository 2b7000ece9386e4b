// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>
#include <QStringList>

namespace thaw {

/// The panels of a figure in reading order. Drag or Alt+Up and Alt+Down move one, Delete removes it, F2 or a double click
/// renames it. It only asks: who owns the figure changes it and calls setPanels.
class PanelList : public QListWidget {
    Q_OBJECT
public:
    explicit PanelList(QWidget* parent = nullptr);

    /// `letters`: shown before the titles.
    void setPanels(const QStringList& titles, bool letters);

public Q_SLOTS:
    void moveUp();
    void moveDown();
    void removeCurrent();

Q_SIGNALS:
    void moveRequested(int from, int to);
    void removeRequested(int row);
    void renameRequested(int row, const QString& title);  ///< empty = the panel's own title again

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void dropEvent(QDropEvent* event) override;
};

}  // namespace thaw
