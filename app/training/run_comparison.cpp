// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/run_comparison.h"

#include "app/engine/compute_thread.h"
#include "app/shared/known_runs.h"
#include "app/shared/value_text.h"
#include "core/formats/run_stats_file.h"
#include "widgets/base/number_text.h"
#include "widgets/base/theme.h"
#include "widgets/samples/sample_grid.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QDir>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace thaw {
namespace {

constexpr int kImages = 16;
constexpr int kFirstSlot = 1 << 20;  // apart from the slots of the sample grid's columns

// Windows that are open together must not take each other's requests away.
int nextSlot() {
    static int next = kFirstSlot;
    return next++;
}

QString dashIfEmpty(const QString& text) { return text.isEmpty() ? QStringLiteral("–") : text; }

QString frozenText(const RunSummary& run) {
    QString text = QString::fromStdString(run.freeze);
    for (const RunEvent& plan : run.plans)
        text +=
            RunComparison::tr("; %1 from %2 kimg").arg(QString::fromStdString(plan.text), formatNumber(plan.kimg, 3));
    return text;
}

QString pointText(const std::optional<FidPoint>& point) {
    return point ? RunComparison::tr("%1 at %2 kimg").arg(distanceText(*point), formatNumber(point->kimg, 3))
                 : QString();
}

QString numberText(const std::optional<double>& value) { return value ? formatNumber(*value, 3) : QString(); }

}  // namespace

RunComparison::RunComparison(ComputeThread& compute, const std::vector<RunSummary>& runs, const QString& open,
                             QWidget* parent)
    : QDialog(parent),
      compute_(compute),
      runs_(runs),
      grid_(new SampleGrid(this)),
      remark_(new QLabel(this)),
      table_(new QTableWidget(this)) {
    setObjectName(QStringLiteral("runComparison"));
    setAttribute(Qt::WA_DeleteOnClose);
    QStringList names, folders;
    for (const RunSummary& run : runs_) {
        names << runName(run);
        if (run.importedFrom.empty()) folders << QString::fromStdString(run.folder);
    }
    setWindowTitle(tr("Comparison of %1").arg(names.join(QStringLiteral(", "))));
    remark_->setWordWrap(true);
    makeMuted(remark_);
    fillTable();
    auto* parts = new QSplitter(Qt::Vertical, this);
    parts->setChildrenCollapsible(false);
    parts->addWidget(grid_);
    parts->addWidget(table_);
    parts->setStretchFactor(0, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* copy = buttons->addButton(tr("Copy table"), QDialogButtonBox::ActionRole);
    auto* columns = buttons->addButton(tr("Add as columns"), QDialogButtonBox::ActionRole);
    copy->setAutoDefault(false);
    columns->setAutoDefault(false);
    columns->setToolTip(tr("Show these runs in the sample grid, beside the original"));
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(kGrid);
    layout->addWidget(parts, 1);
    layout->addWidget(remark_);
    layout->addWidget(buttons);
    resize(880, 680);
    const auto copyText = [this] { QGuiApplication::clipboard()->setText(text()); };
    connect(copy, &QPushButton::clicked, this, copyText);
    connect(columns, &QPushButton::clicked, this, [this, folders] { Q_EMIT columnsRequested(folders); });
    auto* shortcut = new QShortcut(QKeySequence::Copy, table_);
    shortcut->setContext(Qt::WidgetShortcut);
    connect(shortcut, &QShortcut::activated, this, copyText);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(compute_.facts(), &EngineFacts::samplesReady, this, &RunComparison::showImages);
    connect(compute_.facts(), &EngineFacts::failed, this, [this](const Failure& failure) {
        if (failure.task == Task::Sample) giveUp();
    });
    connect(compute_.facts(), &EngineFacts::modelOpened, this, &RunComparison::askAgain);
    connect(compute_.facts(), &EngineFacts::dataOpened, this, &RunComparison::askAgain);
    prepareGrid(open);
    requestImages();
}

RunComparison::~RunComparison() {
    for (const Column& column : columns_) compute_.forgetSamples(column.slot);
}

void RunComparison::prepareGrid(const QString& open) {
    SampleRequest request;
    request.steps = kTrainedSteps;
    for (int seed = 0; seed < kImages; ++seed) request.seeds.push_back(std::uint64_t(seed));
    grid_->setSeeds(request.seeds);
    grid_->setBlockCount(int(runs_.size()));
    for (int r = 0; r < int(runs_.size()); ++r) {
        const RunSummary& run = runs_[std::size_t(r)];
        grid_->setHeading(r, runName(run), runDetails(run));
        grid_->setEmptyHint(r, tr("This run has no generator to show."));
        const bool isOpen = !open.isEmpty() && QDir(QString::fromStdString(run.folder)) == QDir(open);
        request.source = isOpen ? SampleSource::TunedOneStep : SampleSource::OtherModel;
        request.path = isOpen ? std::string() : run.folder;
        // An import has no generator here, and nothing is asked for.
        columns_.push_back({request, nextSlot(), 0, !run.importedFrom.empty()});
    }
}

void RunComparison::requestImages() {
    for (int r = 0; r < int(columns_.size()); ++r) {
        Column& column = columns_[std::size_t(r)];
        if (column.complete) continue;
        column.generation = compute_.requestSamples(column.request, column.slot);
        grid_->setBusy(r, tr("sampling…"));
    }
}

// Opening something drops what was asked for, and a run that was open is one among others then.
void RunComparison::askAgain() {
    for (std::size_t r = 0; r < columns_.size(); ++r)
        if (columns_[r].request.source == SampleSource::TunedOneStep) {
            columns_[r].request.source = SampleSource::OtherModel;
            columns_[r].request.path = runs_[r].folder;
        }
    requestImages();
}

void RunComparison::showImages(quint64 generation, const SampleColumn& samples) {
    for (int r = 0; r < int(columns_.size()); ++r) {
        Column& column = columns_[std::size_t(r)];
        if (column.generation != generation) continue;
        grid_->setSamples(r, samples);
        column.complete = samples.images.size() >= column.request.seeds.size();
        if (column.complete) grid_->setBusy(r, {});
    }
}

void RunComparison::giveUp() {
    for (int r = 0; r < int(runs_.size()); ++r) grid_->setBusy(r, {});
}

void RunComparison::addSection(const QString& title) {
    const int row = table_->rowCount();
    table_->insertRow(row);
    auto* item = new QTableWidgetItem(title);
    QFont font = table_->font();
    font.setWeight(QFont::DemiBold);
    item->setFont(font);
    table_->setItem(row, 0, item);
    for (int column = 1; column < table_->columnCount(); ++column) table_->setItem(row, column, new QTableWidgetItem);
}

void RunComparison::addRow(const QString& what, const QStringList& values) {
    const int row = table_->rowCount();
    table_->insertRow(row);
    for (int column = 0; column < table_->columnCount(); ++column) {
        const QString text = column == 0 ? what : values.value(column - 1);
        auto* item = new QTableWidgetItem(dashIfEmpty(text));
        item->setToolTip(text);
        table_->setItem(row, column, item);
    }
}

void RunComparison::fillTable() {
    QStringList head{tr("Run")};
    std::vector<std::string> configs;
    for (const RunSummary& run : runs_) {
        head << runName(run);
        if (run.importedFrom.empty()) configs.push_back(run.config);
    }
    table_->setColumnCount(int(head.size()));
    table_->setHorizontalHeaderLabels(head);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setAlternatingRowColors(true);
    table_->verticalHeader()->hide();
    table_->setAccessibleName(tr("Numbers and settings of the runs"));
    const auto row = [this](const QString& what, auto valueOf) {
        QStringList values;
        for (const RunSummary& run : runs_) values << valueOf(run);
        addRow(what, values);
    };
    addSection(tr("Numbers"));
    row(tr("Objective"), [](const RunSummary& run) { return objectiveText(run.objective, run.importedFrom); });
    row(tr("Frozen"), frozenText);
    row(tr("Images seen (kimg)"), kimgText);
    row(tr("Lowest distance"), [](const RunSummary& run) { return pointText(run.best); });
    row(tr("Newest distance"), [](const RunSummary& run) { return pointText(run.last); });
    row(tr("Measured with"), [](const RunSummary& run) { return run.last ? provenanceText(*run.last) : QString(); });
    row(tr("Kernel distance"),
        [](const RunSummary& run) { return numberText(run.last ? run.last->kid : std::nullopt); });
    row(tr("Precision"),
        [](const RunSummary& run) { return numberText(run.last ? run.last->precision : std::nullopt); });
    row(tr("Recall"), [](const RunSummary& run) { return numberText(run.last ? run.last->recall : std::nullopt); });
    const auto differences = configDifferences(configs);
    if (!differences.empty()) addSection(tr("Settings that differ"));
    for (const auto& difference : differences) {
        QStringList values;
        auto value = difference.values.begin();
        for (const RunSummary& run : runs_)
            values << (run.importedFrom.empty() ? QString::fromStdString(*value++) : QString());
        addRow(QString::fromStdString(difference.field), values);
    }
    remark_->setText(remark(differences.size()));
    table_->resizeColumnsToContents();
    for (int column = 0; column < table_->columnCount(); ++column)
        table_->setColumnWidth(column, std::min(table_->columnWidth(column) + kGrid, 40 * kGrid));
    table_->horizontalHeader()->setStretchLastSection(true);
}

// Whether the numbers may be set beside each other, and how the settings stand.
QString RunComparison::remark(std::size_t settings) const {
    QString text = settings == 0 ? tr("The runs have the same settings.")
                                 : tr("%n settings differ; all others are the same.", nullptr, int(settings));
    const bool imports =
        std::any_of(runs_.begin(), runs_.end(), [](const RunSummary& run) { return !run.importedFrom.empty(); });
    if (imports) text += QLatin1Char(' ') + tr("The settings of imports are not known.");
    std::vector<Measure> measures;
    for (const RunSummary& run : runs_)
        if (run.last) {
            measures.push_back(measureOf(*run.last));
            measures.back().selection = false;  // what it is used for makes it no other number
        }
    const bool alike = std::all_of(measures.begin(), measures.end(),
                                   [&](const Measure& measure) { return measure == measures.front(); });
    if (!alike)
        text.prepend(tr("The distances are of different kinds, numbers of images or references, and do not compare.") +
                     QLatin1Char(' '));
    return text;
}

QString RunComparison::text() const {
    QStringList lines;
    QStringList head;
    for (int column = 0; column < table_->columnCount(); ++column) head << table_->horizontalHeaderItem(column)->text();
    lines << head.join(QLatin1Char('\t'));
    for (int row = 0; row < table_->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < table_->columnCount(); ++column) cells << table_->item(row, column)->text();
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace thaw
