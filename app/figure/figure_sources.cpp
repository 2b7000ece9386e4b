// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure/figure_sources.h"

#include "app/engine/engine_facts.h"
#include "app/engine/source_checksum.h"
#include "app/shared/open_target.h"
#include "app/shared/read_aside.h"
#include "core/values/figure_recipe_check.h"
#include "core/values/panel_kinds.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>

namespace thaw {
namespace {

// The newest generator of a run, as a file that stays: training goes on in others.
QString newestSnapshotOf(const QString& run) {
    if (run.isEmpty()) return {};
    const QDir folder(run);
    const QStringList names = folder.entryList({QStringLiteral("ema-*.safetensors")}, QDir::Files, QDir::Name);
    return names.isEmpty() ? QString() : folder.filePath(names.last());
}

}  // namespace

void FigureSources::follow(const EngineFacts& facts) {
    connect(&facts, &EngineFacts::modelOpened, this, [this](const ModelSummary& model) {
        run_.clear();
        setModel(QString::fromStdString(model.path), QString::fromStdString(model.title));
    });
    connect(&facts, &EngineFacts::dataOpened, this, [this](const DataSummary& data) {
        setData(QString::fromStdString(data.path), QString::fromStdString(data.title));
    });
    connect(&facts, &EngineFacts::runStarted, this, [this](const QString& folder) {
        run_ = folder;
        setTunedFile({}, {});
    });
    connect(&facts, &EngineFacts::runOpened, this, [this](const OpenedRun& run) {
        if (!run.hasTuned()) return;
        run_ = QString::fromStdString(run.folder);
        setTunedFile(QString::fromStdString(run.snapshot), tr("run %1").arg(QFileInfo(run_).fileName()));
    });
    connect(&facts, &EngineFacts::runRenewed, this, [this](const OpenedRun& run) {
        run_ = QString::fromStdString(run.folder);
        setTunedFile(QString::fromStdString(run.snapshot), tr("run %1").arg(QFileInfo(run_).fileName()));
    });
    // A generator that goes on learning is in no file; one that is saved is.
    connect(&facts, &EngineFacts::stepsDone, this, [this] {
        if (!tunedFile().isEmpty()) setTunedFile({}, {});
    });
    const auto takeSnapshot = [this] {
        if (isFar_) return;
        if (const QString file = newestSnapshotOf(run_); !file.isEmpty())
            setTunedFile(file, tr("run %1").arg(QFileInfo(run_).fileName()));
    };
    connect(&facts, &EngineFacts::snapshotSaved, this, takeSnapshot);
    connect(&facts, &EngineFacts::runEnded, this, takeSnapshot);
}

void FigureSources::setFar(bool far) {
    isFar_ = far;
    run_.clear();
    model_ = data_ = against_ = tuned_ = {};
}

void FigureSources::set(RecipeSource FigureSources::*source, const QString& path, const QString& title) {
    const bool named = isBuiltinName(path) || path.isEmpty();
    const std::string absolute = named ? path.toStdString() : QFileInfo(path).absoluteFilePath().toStdString();
    this->*source = {absolute, title.toStdString(), {}};
    if (path.isEmpty() || (isFar_ && !named)) return;
    ++pending_;
    const bool isModel = source != &FigureSources::data_;
    readAside(
        this, [absolute, isModel] { return sourceChecksum(absolute, isModel); },
        [this, source, absolute](const std::string& sha256) {
            if ((this->*source).path == absolute) (this->*source).sha256 = sha256;
            if (--pending_ == 0) Q_EMIT ready();
        });
}

void FigureSources::setModel(const QString& path, const QString& title) {
    set(&FigureSources::model_, path, title);
    tuned_ = {};
}

void FigureSources::setData(const QString& path, const QString& title) { set(&FigureSources::data_, path, title); }
void FigureSources::setAgainst(const QString& path) { set(&FigureSources::against_, path, QFileInfo(path).fileName()); }
void FigureSources::setTunedFile(const QString& snapshot, const QString& title) {
    set(&FigureSources::tuned_, snapshot, title);
}

std::optional<FigureRecipe> FigureSources::recipeOf(const PanelRecipe& panel, bool showsB) const {
    FigureRecipe recipe;
    recipe.version = THAW_VERSION;
    recipe.language = QLocale().name().section(QLatin1Char('_'), 0, 0).toStdString();
    recipe.panels = {panel};
    recipe.panels.front().title.clear();
    if (needsModel(panel) || needsAgainst(panel)) recipe.model = model_;
    if (needsData(panel)) recipe.data = data_;
    const auto sides = sidesOf(panel, true);
    const bool hasRoom = std::find(sides.begin(), sides.end(), PanelSide::B) != sides.end();
    if (needsAgainst(panel) || (showsB && hasRoom)) {
        if (b().path.empty()) return {};
        recipe.against = b();
    }
    return recipe;
}

std::vector<RecipeSource> FigureSources::changedSince(const FigureRecipe& recipe) const {
    std::vector<RecipeSource> changed;
    const auto compare = [&](const RecipeSource& then, const RecipeSource& now) {
        if (then.path == now.path && !then.sha256.empty() && then.sha256 != now.sha256) changed.push_back(then);
    };
    compare(recipe.model, model_);
    compare(recipe.data, data_);
    if (recipe.against) compare(*recipe.against, b());
    return changed;
}

}  // namespace thaw
