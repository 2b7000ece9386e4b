// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/frequency_files.h"

#include "app/engine/compute_thread.h"
#include "app/figure/figure_sources.h"
#include "app/frequency/frequency_page.h"
#include "app/shared/make_action.h"
#include "app/shared/open_target.h"
#include "app/shared/settings.h"
#include "app/window/file_chooser.h"
#include "app/window/opening.h"
#include "app/window/run_report.h"
#include "core/values/model_name.h"
#include "widgets/base/message_strip.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

#include <utility>

namespace thaw {

FrequencyFiles::FrequencyFiles(FrequencyPage& page, FigureSources& sources, Opening& opening, ComputeThread& compute,
                               RunReport& report, MessageStrip& strip, Settings& settings, QWidget* window)
    : QObject(window),
      page_(page),
      sources_(sources),
      opening_(opening),
      compute_(compute),
      report_(report),
      strip_(strip),
      settings_(settings),
      window_(window) {
    connect(&page, &FrequencyPage::againstWanted, this, &FrequencyFiles::askForAgainst);
    connect(compute.facts(), &EngineFacts::responsesKnown, this, [this] {
        if (const auto recipe = std::exchange(pending_, {})) showPanel(*recipe);
    });
}

void FrequencyFiles::askForAgainst() {
    if (opening_.files()->askThere(tr("Compare with another model"), false,
                                   [this](const QString& path) { setAgainst(path); }))
        return;
    auto* dialog = new QFileDialog(window_, tr("Compare with another model"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Models (*.safetensors *.pkl *.pt *.pth)"), tr("All files (*)")});
    if (!settings_.recentModels().isEmpty())
        dialog->setDirectory(QFileInfo(settings_.recentModels().front()).absolutePath());
    connect(dialog, &QFileDialog::fileSelected, this, &FrequencyFiles::setAgainst);
    dialog->open();
}

void FrequencyFiles::setAgainst(const QString& path) {
    sources_.setAgainst(path);
    page_.setAgainst(path);
}

void FrequencyFiles::restoreView(const FigureRecipe& recipe) {
    const QString model = QString::fromStdString(recipe.model.path), data = QString::fromStdString(recipe.data.path);
    const auto plain = [](const std::string& name) { return QString::fromStdString(modelName(name).path); };
    for (const QString& file :
         {plain(recipe.model.path), data, plain(recipe.against ? recipe.against->path : std::string())})
        if (!file.isEmpty() && !isBuiltinName(file) && !QFileInfo::exists(file))
            return report_.showProblem(tr("A file of this figure is not where it was"), QDir::toNativeSeparators(file),
                                       tr("Put it back, or correct the path in the recipe."));
    const auto same = [](const QString& a, const QString& b) {
        return a.isEmpty() || a == b || (!isBuiltinName(a) && QFileInfo(a) == QFileInfo(b));
    };
    const bool sameModel = same(model, opening_.originalPath()), sameData = same(data, opening_.dataPath());
    if (sameModel && sameData && compute_.state() != RunState::Loading) return showPanel(recipe);
    pending_ = recipe;
    if (!sameModel) opening_.openModelAlone(model);  // what the figure calls A
    if (!sameData) opening_.openData(data);
}

void FrequencyFiles::showPanel(const FigureRecipe& recipe) {
    showDockOf(page_);
    if (recipe.against) setAgainst(QString::fromStdString(recipe.against->path));
    page_.showPanel(recipe.panels.front());
    checkSources(recipe);
}

// Other weights under the old name would make another figure: the view is shown, and the strip says that it differs.
void FrequencyFiles::checkSources(const FigureRecipe& recipe) {
    const auto compare = [this, recipe] {
        for (const RecipeSource& changed : sources_.changedSince(recipe))
            strip_.showMessage(MessageStrip::Severity::Warning,
                               tr("%1 is not the file this figure was made with")
                                   .arg(QDir::toNativeSeparators(QString::fromStdString(changed.path))),
                               tr("Its SHA-256 is another, so the numbers may differ."));
    };
    if (sources_.isReady()) return compare();
    auto* once = new QObject(this);
    connect(&sources_, &FigureSources::ready, once, [compare, once] {
        once->deleteLater();
        compare();
    });
}

}  // namespace thaw
