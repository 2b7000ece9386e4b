// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

#include <functional>

class QDropEvent;
class QWidget;

namespace thaw {

class DropHint;

/// Files dragged from elsewhere, anywhere on the window and its floating views. It sees them before the fields do,
/// which would take a file's path as text.
class FileDrop : public QObject {
    Q_OBJECT
public:
    /// `refusal` says why nothing may be opened just now; empty where it may.
    FileDrop(QWidget* window, std::function<QString()> refusal);

Q_SIGNALS:
    void dropped(const QStringList& paths);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool isOurs(const QObject* watched) const;
    void consider(const QStringList& paths);

    QWidget* window_;
    DropHint* hint_;
    std::function<QString()> refusal_;
};

}  // namespace thaw
