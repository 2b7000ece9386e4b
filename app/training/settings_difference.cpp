// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/settings_difference.h"

#include "core/formats/run_stats_file.h"
#include "widgets/base/theme.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QTableWidget>
#include <QVBoxLayout>

namespace thaw {

SettingsDifference::SettingsDifference(const QString& nameA, const QString& configA, const QString& nameB,
                                       const QString& configB, QWidget* parent)
    : QDialog(parent), table_(new QTableWidget(this)) {
    setObjectName(QStringLiteral("settingsDifference"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Settings of %1 and %2").arg(nameA, nameB));
    const auto differences = configDifferences(configA.toStdString(), configB.toStdString());
    table_->setColumnCount(3);
    table_->setRowCount(int(differences.size()));
    table_->setHorizontalHeaderLabels({tr("Setting"), nameA, nameB});
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setAlternatingRowColors(true);
    table_->verticalHeader()->hide();
    table_->setAccessibleName(tr("Settings that differ"));
    for (int row = 0; row < table_->rowCount(); ++row) {
        const auto& difference = differences[std::size_t(row)];
        const QString cells[] = {QString::fromStdString(difference.field), QString::fromStdString(difference.a),
                                 QString::fromStdString(difference.b)};
        for (int column = 0; column < 3; ++column) {
            auto* item = new QTableWidgetItem(cells[column].isEmpty() ? QStringLiteral("–") : cells[column]);
            item->setToolTip(cells[column]);
            table_->setItem(row, column, item);
        }
    }
    table_->resizeColumnsToContents();
    for (int column = 0; column < 3; ++column)
        table_->setColumnWidth(column, std::min(table_->columnWidth(column) + kGrid, 40 * kGrid));
    table_->horizontalHeader()->setStretchLastSection(true);
    auto* heading = new QLabel(
        differences.empty() ? tr("The two runs have the same settings.")
                            : tr("%n settings differ; all others are the same.", nullptr, int(differences.size())),
        this);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(kGrid);
    layout->addWidget(heading);
    layout->addWidget(table_, 1);
    layout->addWidget(buttons);
    resize(640, 420);
    const auto copyText = [this] { QGuiApplication::clipboard()->setText(text()); };
    connect(copy, &QPushButton::clicked, this, copyText);
    connect(new QShortcut(QKeySequence::Copy, this), &QShortcut::activated, this, copyText);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
}

QString SettingsDifference::text() const {
    QString text;
    for (int column = 0; column < 3; ++column)
        text += (column ? QStringLiteral("\t") : QString()) + table_->horizontalHeaderItem(column)->text();
    for (int row = 0; row < table_->rowCount(); ++row) {
        text += QLatin1Char('\n');
        for (int column = 0; column < 3; ++column)
            text += (column ? QStringLiteral("\t") : QString()) + table_->item(row, column)->text();
    }
    return text;
}

}  // namespace thaw
