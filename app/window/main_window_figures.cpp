// SPDX-License-Identifier: GPL-3.0-or-later

// Figures of several panels: adding to them, opening them again; the second model of comparisons.
#include "app/engine/compute_thread.h"
#include "app/figure/export_button.h"
#include "app/figure/figure_paths.h"
#include "app/figure/figure_saving.h"
#include "app/figure/figure_sources.h"
#include "app/figure/figure_window.h"
#include "app/frequency/frequency_page.h"
#include "app/samples/compare_page.h"
#include "app/shared/settings.h"
#include "app/training/train_page.h"
#include "app/window/actions.h"
#include "app/window/main_window.h"
#include "app/window/open_files.h"
#include "app/window/run_report.h"
#include "app/window/workbench.h"
#include "core/values/panel_kinds.h"
#include "widgets/base/message_strip.h"
#include "widgets/figure/figure_editor.h"

#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>

#include <algorithm>

namespace thaw {
namespace {

// The newest generator of a run, as a file that stays: training goes on in others.
QString newestSnapshotOf(const QString& run) {
    const QDir folder(run);
    const QStringList names = folder.entryList({QStringLiteral("ema-*.safetensors")}, QDir::Files, QDir::Name);
    return names.isEmpty() ? QString() : folder.filePath(names.last());
}

}  // namespace

void MainWindow::connectFigures() {
    const Engine* facts = compute_->facts();
    connect(facts, &Engine::modelOpened, this, [this](const ModelSummary& model) {
        sources_->setModel(QString::fromStdString(model.path), QString::fromStdString(model.title));
    });
    connect(facts, &Engine::dataOpened, this, [this](const DataSummary& data) {
        sources_->setData(QString::fromStdString(data.path), QString::fromStdString(data.title));
    });
    connect(facts, &Engine::runStarted, this, [this](const QString& folder) {
        sources_->setTunedFile({}, {});
        curves_->setRunFolder(folder);
    });
    // A generator that learns on is in no file; one that is saved is.
    connect(facts, &Engine::stepsDone, this, [this] {
        if (!sources_->tunedFile().isEmpty()) sources_->setTunedFile({}, {});
    });
    const auto saved = [this] {
        if (const QString file = newestSnapshotOf(report_->runFolder()); !file.isEmpty())
            sources_->setTunedFile(file, tr("run %1").arg(report_->runTitle()));
    };
    connect(facts, &Engine::snapshotSaved, this, saved);
    connect(facts, &Engine::runEnded, this, saved);
    frequency_->setSources(sources_);
    curves_->setSources(sources_);
    samples_->setSources(sources_);

    for (ExportButton* button :
         {samples_->exportButton(), curves_->lossExport(), curves_->fidExport(), frequency_->exportButton()})
        connect(button, &ExportButton::panelOffered, this, [this](const SheetPanel& panel) { addToFigure(panel); });
    connect(frequency_, &FrequencyPage::addToFigureRequested, frequency_->exportButton(), &ExportButton::addToFigure);
    connect(actions_->newFigure, &QAction::triggered, this, [this] { showFigure(makeFigureWindow()); });
    connect(actions_->openFigure, &QAction::triggered, files_, &OpenFiles::askForFigure);
    connect(files_, &OpenFiles::figureChosen, this, &MainWindow::openFigure);
    connect(frequency_, &FrequencyPage::againstWanted, this, &MainWindow::askForAgainst);
    connect(facts, &Engine::responsesKnown, this, [this] {
        if (const auto view = std::exchange(pendingView_, {})) showPanel(*view);
    });
}

void MainWindow::askForAgainst() {
    auto* dialog = new QFileDialog(this, tr("Compare with another model"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Models (*.safetensors *.pkl *.pt *.pth)"), tr("All files (*)")});
    if (!settings_.recentModels().isEmpty())
        dialog->setDirectory(QFileInfo(settings_.recentModels().front()).absolutePath());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) { setAgainst(path); });
    dialog->open();
}

void MainWindow::setAgainst(const QString& path) {
    sources_->setAgainst(path);
    frequency_->setAgainst(path);
}

FigureWindow* MainWindow::makeFigureWindow() {
    auto* window = new FigureWindow(settings_, *compute_, this);
    figures_ << window;
    connect(window, &FigureWindow::helpRequested, this, &MainWindow::showHelp);
    connect(window, &FigureWindow::figureDropped, this, &MainWindow::openFigure);
    connect(window, &QObject::destroyed, this, [this, window] { figures_.removeAll(window); });
    return window;
}

void MainWindow::showFigure(FigureWindow* window) {
    // The last one shown is the one that panels go to.
    figures_.removeAll(window);
    figures_ << window;
    window->show();
    window->raise();
}

void MainWindow::addToFigure(const SheetPanel& panel) {
    FigureWindow* window = figures_.isEmpty() ? makeFigureWindow() : figures_.last();
    window->add(panel);
    showFigure(window);
}

FigureWindow* MainWindow::figureWindow() const { return figures_.isEmpty() ? nullptr : figures_.last(); }

// One view of the frequency page comes back on that page, with its model and data; everything else is measured anew in a
// window of its own, beside what is open.
void MainWindow::openFigure(const QString& path) {
    const OpenedRecipe opened = openRecipe(path);
    if (!opened.recipe)
        return report_->showProblem(tr("%1 could not be opened").arg(QDir::toNativeSeparators(path)), opened.error,
                                    opened.hint);
    const FigureRecipe recipe = withAbsolutePaths(*opened.recipe, opened.folder);
    const bool one = recipe.panels.size() == 1 && entryOf(recipe.panels.front().kind).isOnFrequencyPage;
    if (one && compute_->allows(Command::OpenModel)) return restoreView(recipe);
    auto* window = !figures_.isEmpty() && figures_.last()->isEmpty() && !figures_.last()->isReading()
                       ? figures_.last()
                       : makeFigureWindow();
    showFigure(window);
    window->open(path);
}

void MainWindow::restoreView(const FigureRecipe& recipe) {
    const QString model = QString::fromStdString(recipe.model.path), data = QString::fromStdString(recipe.data.path);
    for (const QString& file :
         {model, data, QString::fromStdString(recipe.against ? recipe.against->path : std::string())})
        if (!file.isEmpty() && file != QLatin1String("builtin") && !QFileInfo::exists(file))
            return report_->showProblem(tr("A file of this figure is not where it was"), QDir::toNativeSeparators(file),
                                        tr("Put it back, or correct the path in the recipe."));
    const auto same = [](const QString& a, const QString& b) {
        return a.isEmpty() || a == b || (a != QLatin1String("builtin") && QFileInfo(a) == QFileInfo(b));
    };
    const bool sameModel = same(model, modelPath_), sameData = same(data, dataPath_);
    if (sameModel && sameData && compute_->state() != RunState::Loading) return showPanel(recipe);
    pendingView_ = recipe;
    if (!sameModel) openModel(model);
    if (!sameData) openData(data);
}

void MainWindow::showPanel(const FigureRecipe& recipe) {
    QDockWidget* dock = workbench_->frequency();
    dock->show();
    dock->raise();
    if (recipe.against) setAgainst(QString::fromStdString(recipe.against->path));
    frequency_->showPanel(recipe.panels.front());
    checkSources(recipe);
}

// Other weights under the old name would make another figure; the view is shown, and said not to be the same.
void MainWindow::checkSources(const FigureRecipe& recipe) {
    const auto compare = [this, recipe] {
        for (const RecipeSource& changed : sources_->changedSince(recipe))
            strip_->showMessage(MessageStrip::Severity::Warning,
                                tr("%1 is not the file this figure was made with")
                                    .arg(QDir::toNativeSeparators(QString::fromStdString(changed.path))),
                                tr("Its SHA-256 is another, so the numbers may differ."));
    };
    if (sources_->isReady()) return compare();
    auto* once = new QObject(this);
    connect(sources_, &FigureSources::ready, once, [compare, once] {
        once->deleteLater();
        compare();
    });
}

// Figures that are in no file ask first; the program stays until they have been answered.
bool MainWindow::figuresMayClose() {
    for (FigureWindow* window : figures_) {
        if (!window->isModified() || window->isEmpty()) continue;
        showFigure(window);
        window->close();
        return false;
    }
    return true;
}

}  // namespace thaw
