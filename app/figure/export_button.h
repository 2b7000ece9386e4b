// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/figure/figure_sheet.h"

#include <QToolButton>

#include <functional>

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
    /// The panel as it is now, to the figure that is being composed; nothing while there is nothing to show.
    void addToFigure();
    /// Offers the numbers of the visible window beside all of them (FigureOptions::visibleOnly).
    void offerVisibleNumbers();

public Q_SLOTS:
    void ask(const QString& format = QStringLiteral("pdf"), bool visibleOnly = false);  ///< opens the file dialog
    void exportTo(const QString& path, bool visibleOnly = false);

Q_SIGNALS:
    void exported(const QString& path);
    void panelOffered(const thaw::SheetPanel& panel);
    void exportFailed(const QString& path, const QString& why);

private:
    QMenu* paperMenu();

    QAction* afterFormats_ = nullptr;

    Settings& settings_;
    QString stem_;
    Writer writer_;
    Panel panel_;
};

}  // namespace thaw
