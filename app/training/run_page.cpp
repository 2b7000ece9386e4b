// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/run_page.h"

#include "app/training/runs_list.h"
#include "widgets/base/theme.h"
#include "widgets/run/run_form.h"

#include <QVBoxLayout>

namespace thaw {

RunPage::RunPage(const QString& runsFolder, QWidget* parent)
    : QWidget(parent), form_(new RunForm(this)), runs_(new RunsList(runsFolder, this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kGrid, 0, kGrid, kGrid);
    layout->setSpacing(2 * kGrid);
    setMinimumWidth(35 * kGrid);
    layout->addWidget(form_, 3);
    layout->addWidget(runs_, 1);
}

}  // namespace thaw
