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
    for (int view = 0; view < FrequencyPage::ViewCount; ++view)
        all.append({FrequencyPage::viewName(FrequencyPage::View(view)), view});
    views = makeActionGroup(this, all);
    sources = makeActionGroup(this, {{tr("B&efore"), FrequencyPage::Original},
                                     {tr("&After"), FrequencyPage::Tuned},
                                     {tr("&Change, after minus before"), FrequencyPage::Difference}});
    exportFigure = makeAction(this, tr("F&requency figure…"), {}, Qt::CTRL | Qt::Key_E);
    setActionIcon(exportFigure, QStringLiteral("export"), &page);

    connect(views, &QActionGroup::triggered, this, [&page](const QAction* action) {
        showDockOf(page);
        page.setView(FrequencyPage::View(action->data().toInt()));
    });
    connect(sources, &QActionGroup::triggered, this,
            [&page](const QAction* action) { page.setSource(FrequencyPage::Source(action->data().toInt())); });
    connect(&page, &FrequencyPage::viewChanged, this,
            [this](FrequencyPage::View view) { views->actions().at(view)->setChecked(true); });
    connect(&page, &FrequencyPage::sourceChanged, this,
            [this](FrequencyPage::Source source) { sources->actions().at(source)->setChecked(true); });
    connect(exportFigure, &QAction::triggered, page.exportButton(), [&page] { page.exportButton()->ask(); });
    views->actions().at(page.view())->setChecked(true);
    sources->actions().at(page.source())->setChecked(true);
}

}  // namespace thaw
