// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export_button.h"

#include "app/settings.h"

#include <QActionGroup>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>

#include <utility>

namespace thaw {

ExportButton::ExportButton(Settings& settings, QWidget* parent) : QToolButton(parent), settings_(settings) {
    setText(tr("Export ▾"));
    setProperty("thawRole", "menu");
    setToolTip(tr("Save this figure for a paper, or its numbers"));
    setAccessibleName(tr("Export this figure"));
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    auto* menu = new QMenu(this);
    const std::pair<QString, QString> entries[] = {{QStringLiteral("pdf"), tr("PDF…")},
                                                   {QStringLiteral("svg"), tr("SVG…")},
                                                   {QStringLiteral("png"), tr("PNG…")},
                                                   {QStringLiteral("csv"), tr("CSV, the numbers…")}};
    for (const auto& [format, text] : entries)
        menu->addAction(text, this, [this, format = format] { ask(format); });
    afterFormats_ = menu->addSeparator();
    menu->addMenu(paperMenu());
    setMenu(menu);
}

QMenu* ExportButton::paperMenu() {
    auto* menu = new QMenu(tr("Width on paper"), this);
    auto* group = new QActionGroup(menu);
    const std::pair<double, QString> widths[] = {{83, tr("83 mm (one column)")},
                                                 {120, tr("120 mm")},
                                                 {174, tr("174 mm (two columns)")}};
    for (const auto& [width, text] : widths) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        action->setData(width);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, width = width] {
            FigureOptions options = settings_.figureOptions();
            options.widthMm = width;
            settings_.setFigureOptions(options);
        });
    }
    connect(menu, &QMenu::aboutToShow, this, [this, group] {
        for (QAction* action : group->actions())
            action->setChecked(action->data().toDouble() == settings_.figureOptions().widthMm);
    });
    return menu;
}

void ExportButton::setFigure(const QString& stem, Writer writer) {
    stem_ = stem;
    writer_ = std::move(writer);
}

void ExportButton::offerVisibleNumbers() {
    auto* action = new QAction(tr("CSV, the visible window…"), this);
    connect(action, &QAction::triggered, this, [this] { ask(QStringLiteral("csv"), true); });
    menu()->insertAction(afterFormats_, action);
}

void ExportButton::ask(const QString& format, bool visibleOnly) {
    auto* dialog = new QFileDialog(window(), tr("Export figure"), settings_.exportFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(format);
    dialog->setNameFilter(QStringLiteral("%1 (*.%2)").arg(format.toUpper(), format));
    dialog->selectFile(stem_ + QLatin1Char('.') + format);
    connect(dialog, &QFileDialog::fileSelected, this, [this, visibleOnly](const QString& path) { exportTo(path, visibleOnly); });
    dialog->open();
}

void ExportButton::exportTo(const QString& path, bool visibleOnly) {
    FigureOptions options = settings_.figureOptions();
    options.visibleOnly = visibleOnly;
    const QString problem = writer_(path, options);
    if (!problem.isEmpty()) {
        Q_EMIT exportFailed(path, problem);
        return;
    }
    settings_.setExportFolder(QFileInfo(path).absolutePath());
    Q_EMIT exported(path);
}

}  // namespace thaw
