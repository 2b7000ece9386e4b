// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure/export_button.h"

#include "app/figure/figure_recipe_sheet.h"
#include "app/figure/figure_saving.h"
#include "app/shared/settings.h"
#include "core/formats/figure_recipe_json.h"

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
    for (const auto& [format, text] : entries) menu->addAction(text, this, [this, format = format] { ask(format); });
    afterFormats_ = menu->addSeparator();
    menu->addMenu(paperMenu());
    setMenu(menu);
}

QMenu* ExportButton::paperMenu() {
    auto* menu = new QMenu(tr("Width on paper"), this);
    auto* group = new QActionGroup(menu);
    const std::pair<double, QString> widths[] = {
        {83, tr("83 mm (one column)")}, {120, tr("120 mm")}, {174, tr("174 mm (two columns)")}};
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

void ExportButton::setPanel(const QString& stem, Panel panel) {
    if (!panel_) {
        auto* arrays = new QAction(tr("NPZ, the numbers for NumPy…"), this);
        connect(arrays, &QAction::triggered, this, [this] { ask(QStringLiteral("npz")); });
        menu()->insertAction(afterFormats_, arrays);
        auto* add = new QAction(tr("Add to figure"), this);
        add->setToolTip(tr("Puts this panel into a figure of several panels"));
        connect(add, &QAction::triggered, this, &ExportButton::addToFigure);
        menu()->insertSeparator(menu()->actions().front());
        menu()->insertAction(menu()->actions().front(), add);
    }
    panel_ = std::move(panel);
    setFigure(stem, [this](const QString& path, const FigureOptions& options) {
        FigureSheet sheet;
        sheet.panels = {panel_()};
        // A part of the numbers has no recipe: it would give all of them.
        if (auto* curves = std::get_if<CurveFigure>(&sheet.panels.front().figure))
            curves->visibleOnly = options.visibleOnly;
        const auto recipe = options.visibleOnly ? std::nullopt : recipeOf(sheet, options);
        if (recipe) sheet.recipe = QByteArray::fromStdString(toJson(*recipe));
        return saveFigure(sheet, path, options);
    });
}

void ExportButton::setFreshness(std::function<Freshness()> freshness, std::function<void()> renew) {
    freshness_ = std::move(freshness);
    renew_ = std::move(renew);
}

bool ExportButton::mustWait(const Waiting& order) {
    if (!freshness_ || freshness_() == Freshness::Fresh) return false;
    waiting_ = order;
    Q_EMIT exportWaits(order.path);
    if (freshness_() == Freshness::Outdated) renew_();
    freshnessChanged();
    return true;
}

void ExportButton::freshnessChanged() {
    if (!waiting_) return;
    const Freshness now = freshness_();
    if (now == Freshness::Coming) return;
    const Waiting order = *std::exchange(waiting_, {});
    if (now == Freshness::Outdated)
        Q_EMIT exportFailed(order.path,
                            tr("What it shows is out of date, and computing it anew was cancelled or failed. "
                               "Nothing was written."));
    else if (order.path.isEmpty()) offer();
    else write(order.path, order.visibleOnly);
}

void ExportButton::addToFigure() {
    if (panel_ && !mustWait({})) offer();
}

void ExportButton::offer() {
    const SheetPanel panel = panel_();
    if (isEmpty(panel.figure)) Q_EMIT exportFailed({}, tr("There is nothing to add yet: this panel is empty."));
    else Q_EMIT panelOffered(panel);
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
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, visibleOnly](const QString& path) { exportTo(path, visibleOnly); });
    dialog->open();
}

void ExportButton::exportTo(const QString& path, bool visibleOnly) {
    if (!mustWait({path, visibleOnly})) write(path, visibleOnly);
}

void ExportButton::write(const QString& path, bool visibleOnly) {
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
