// SPDX-License-Identifier: GPL-3.0-or-later

// What can be chosen on the frequency page, depending on the view and on what is open.
#include "app/frequency/frequency_lab.h"
#include "app/frequency/frequency_page.h"
#include "app/shared/selection.h"

#include <QResizeEvent>

#include <utility>

namespace thaw {

// What can be chosen in the second list depends on the view and, for a block, on the block.
void FrequencyPage::offerParts() {
    std::vector<std::pair<QString, QString>> parts;
    const auto add = [&](const QString& text, const QString& value) { parts.emplace_back(text, value); };
    if (kind().blocks == PanelKindEntry::Blocks::All) {
        add(tr("Whole blocks"), {});
        QStringList operations;
        for (const auto& response : responses_)
            if (const auto operation = QString::fromStdString(response.operation);
                !operation.isEmpty() && !operations.contains(operation))
                operations << operation;
        for (const QString& operation : std::as_const(operations))
            add(tr("%1 of every block").arg(operation), operation);
    } else if (kind().blocks == PanelKindEntry::Blocks::OneOrWhole) {
        add(tr("Selected block"), {});
        add(tr("Whole denoiser"), QStringLiteral("*"));
    } else if (kind().blocks == PanelKindEntry::Blocks::One) {
        add(tr("Whole block"), {});
        for (const auto& response : responses_)
            if (response.block == selection_.block().toStdString() && !response.operation.empty())
                add(QString::fromStdString(response.operation), QString::fromStdString(response.name));
        add(tr("Denoised image"), QStringLiteral("output"));
    }
    head_->setParts(parts);
    showModels();
}

void FrequencyPage::showModels() {
    head_->setModels(kind(), lab_->against().has_value(), {nameOf(Original), nameOf(Tuned), nameOf(Difference)},
                     against_.isEmpty() ? tr("B: the tuned generator (EMA weights)") : tr("B: %1").arg(against_));
    if (source() == Difference && kind().hasSides && !kind().hasDifference) {
        head_->setModel(Original);
        Q_EMIT sourceChanged(Original);
    }
}

QString FrequencyPage::nameOf(Source source) const {
    if (against_.isEmpty()) return source == Original ? tr("Before") : source == Tuned ? tr("After") : tr("Change");
    return source == Original ? tr("A", "first model") : source == Tuned ? tr("B", "second model") : tr("B − A");
}

}  // namespace thaw
