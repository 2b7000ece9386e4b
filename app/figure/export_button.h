// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/figure/figure_sheet.h"

#include <QToolButton>

#include <functional>
#include <optional>

class QActionGroup;

namespace thaw {

class Settings;

/// "Export ▾": PDF, SVG, PNG or CSV of one figure, and the paper sizes. Asks for a file name, then writes with the
/// same drawing code as the screen.
class ExportButton : public QToolButton {
    Q_OBJECT
public:
    /// Writes the figure to a path whose suffix names the format; returns an error for the user or nothing.
    using Writer = std::function<QString(const QString& path, const FigureOptions& options)>;

    explicit ExportButton(Settings& settings, QWidget* parent = nullptr);

    /// `stem` proposes the file's name.
    void setFigure(const QString& stem, Writer writer);
    /// A panel with its recipe: it can also be added to a figure of several panels, and is written as NumPy arrays too.
    using Panel = std::function<SheetPanel()>;
    void setPanel(const QString& stem, Panel panel);
    /// Is the panel what would be asked for now, on its way to be, or does nobody make it anew? A file is written, and a panel
    /// added to a figure, only when it is; `renew` asks for it. Without this a panel always is.
    enum class Freshness { Fresh, Coming, Outdated };
    void setFreshness(std::function<Freshness()> freshness, std::function<void()> renew);
    /// A file, or a figure of several panels, waits for the panel.
    bool isWaiting() const { return bool(waiting_); }
    /// The panel as it is now, to the figure that is being composed; nothing while there is nothing to show.
    void addToFigure();
    /// Offers the numbers of the visible window beside all of them (FigureOptions::visibleOnly).
    void offerVisibleNumbers();

public Q_SLOTS:
    void ask(const QString& format = QStringLiteral("pdf"), bool visibleOnly = false);  ///< opens the file dialog
    void exportTo(const QString& path, bool visibleOnly = false);
    void freshnessChanged();  ///< what waits for the panel goes on, or is given up

Q_SIGNALS:
    void exported(const QString& path);
    void panelOffered(const thaw::SheetPanel& panel);
    void exportFailed(const QString& path, const QString& why);
    /// It is written as soon as what it shows is computed; an empty path: added to a figure.
    void exportWaits(const QString& path);

private:
    struct Waiting {
        QString path;  // empty: to a figure of several panels
        bool visibleOnly = false;
    };
    QMenu* paperMenu();
    bool mustWait(const Waiting& order);
    void write(const QString& path, bool visibleOnly);
    void offer();

    QAction* afterFormats_ = nullptr;

    Settings& settings_;
    QString stem_;
    Writer writer_;
    Panel panel_;
    std::function<Freshness()> freshness_;
    std::function<void()> renew_;
    std::optional<Waiting> waiting_;
};

}  // namespace thaw
