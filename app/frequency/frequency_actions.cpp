// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/frequency/frequency_actions.h"

#include "app/figure/export_button.h"
#include "app/frequency/frequency_page.h"
#include "app/shared/action_icons.h"
#include "app/shared/make_action.h"

#include <QAction>
#include <QActionGroup>

namespace thaw {

FrequencyActions::FrequencyActions(FrequencyPage& page) : QObject(&page) {
    QList<std::pair<QString, QVariant>> all;
    for (const PanelKind view : FrequencyPage::views()) all.append({FrequencyPage::viewName(view), int(view)});
    views = makeActionGroup(this, all);
    sources = makeActionGroup(this, {{tr("B&efore"), FrequencyPage::Original},
                                     {tr("&After"), FrequencyPage::Tuned},
                                     {tr("&Change, after minus before"), FrequencyPage::Difference}});
    exportFigure = makeAction(this, tr("F&requency figure…"), {}, Qt::CTRL | Qt::Key_E);
    setActionIcon(exportFigure, QStringLiteral("export"), &page);

    connect(views, &QActionGroup::triggered, this, [&page](const QAction* action) {
        showDockOf(page);
        page.setView(PanelKind(action->data().toInt()));
    });
    connect(sources, &QActionGroup::triggered, this,
            [&page](const QAction* action) { page.setSource(FrequencyPage::Source(action->data().toInt())); });
    const auto checkView = [this](PanelKind view) {
        for (QAction* action : views->actions())
            if (action->data().toInt() == int(view)) action->setChecked(true);
    };
    connect(&page, &FrequencyPage::viewChanged, this, checkView);
    connect(&page, &FrequencyPage::sourceChanged, this,
            [this](FrequencyPage::Source source) { sources->actions().at(source)->setChecked(true); });
    connect(exportFigure, &QAction::triggered, page.exportButton(), [&page] { page.exportButton()->ask(); });
    checkView(page.view());
    sources->actions().at(page.source())->setChecked(true);
}

}  // namespace thaw
