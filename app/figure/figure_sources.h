// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/figure_recipe.h"

#include <QObject>
#include <QString>

#include <optional>
#include <vector>

namespace thaw {

class EngineFacts;

/// The files that what is on screen was measured from: what a panel's recipe names. Checksums are taken on another thread; until
/// one is known its recipe goes without.
class FigureSources : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Takes model, data set and the snapshots of the run from what the compute thread reports.
    void follow(const EngineFacts& facts);

    /// Files are those of another machine from now on: recipes name them without checksums.
    void setFar(bool far);
    void setModel(const QString& path, const QString& title);
    void setData(const QString& path, const QString& title);
    /// Another model as B; empty = the tuned generator again.
    void setAgainst(const QString& path);
    /// The tuned generator: empty while it is in no file (a run is going); else the snapshot it was saved in.
    void setTunedFile(const QString& snapshot, const QString& title);

    /// The recipe of one panel, with absolute paths; nothing when it shows a generator that is in no file. `showsB`: B is
    /// drawn wherever the panel has room for two (profiles, transfer functions).
    std::optional<FigureRecipe> recipeOf(const PanelRecipe& panel, bool showsB = false) const;
    /// What legends of figures call the two models.
    QString titleOfA() const { return QString::fromStdString(model_.title); }
    QString titleOfB() const { return QString::fromStdString(b().title); }

    QString tunedFile() const { return QString::fromStdString(tuned_.path); }
    /// The sources of a recipe that are open and have another checksum now.
    std::vector<RecipeSource> changedSince(const FigureRecipe& recipe) const;

    bool isReady() const { return pending_ == 0; }

Q_SIGNALS:
    void ready();  ///< every checksum asked for is known

private:
    void set(RecipeSource FigureSources::*source, const QString& path, const QString& title);

    const RecipeSource& b() const { return against_.path.empty() ? tuned_ : against_; }

    RecipeSource model_, data_, against_, tuned_;
    QString run_;  // folder of the open run; empty = none
    bool isFar_ = false;
    int pending_ = 0;
};

}  // namespace thaw
