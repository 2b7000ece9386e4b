// SPDX-License-Identifier: GPL-3.0-or-later

// What a ComparePage does to the network before it makes images.
#include "app/samples/compare_page.h"

#include "app/figure/export_button.h"
#include "app/samples/sample_columns.h"
#include "app/samples/sample_panel.h"
#include "app/samples/surgery_strip.h"
#include "app/shared/selection.h"

#include <QLabel>
#include <QTimer>
#include <QToolButton>

namespace thaw {

void ComparePage::connectSurgery() {
    surgeryButton_->setObjectName(QStringLiteral("surgeryButton"));
    surgeryButton_->setText(tr("Surgery"));
    surgeryButton_->setCheckable(true);
    surgeryButton_->setToolTip(
        tr("Band surgery: scale a band of frequencies inside the selected block and see every generated image follow "
           "(Ctrl+B)"));
    surgeryButton_->setAccessibleName(tr("Band surgery"));
    surgeryButton_->setShortcut(Qt::CTRL | Qt::Key_B);
    surgery_->hide();
    connect(surgeryButton_, &QToolButton::toggled, surgery_, &QWidget::setVisible);
    connect(&selection_, &Selection::blockChanged, surgery_, &SurgeryStrip::setBlock);
    connect(surgery_, &SurgeryStrip::changed, this, [this] {
        const auto filter = surgery_->filter();
        if (filter == columns_->filter()) return;
        columns_->setFilter(filter);
        columns_->requestQuick();
        waitForRest();
    });
    export_->setPanel(QStringLiteral("samples"), [this] {
        return samplePanel(*columns_, *grid_,
                           {modelTitle_, seedRange_->text(), selection_.firstSeed(), sources_, selection_.classes()});
    });
    export_->setFreshness(
        [this] {
            switch (columns_->freshness()) {
            case SampleColumns::Freshness::Fresh: return ExportButton::Freshness::Fresh;
            case SampleColumns::Freshness::Coming: return ExportButton::Freshness::Coming;
            case SampleColumns::Freshness::Outdated: break;
            }
            return ExportButton::Freshness::Outdated;
        },
        [this] { columns_->renew(); });
}

void ComparePage::setResponses(const std::vector<ResponseInfo>& responses) { surgery_->setResponses(responses); }
void ComparePage::setSurgeryShown(bool shown) { surgeryButton_->setChecked(shown); }
bool ComparePage::surgeryShown() const { return surgeryButton_->isChecked(); }

}  // namespace thaw
