// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/figure_recipe.h"

namespace thaw {

/// A recipe's source with the SHA-256 of the file behind it: of a model file, of the newest snapshot of a run folder, of a
/// data set in one file. Folders of images and the built-in data have none. Throws FileMissing, WrongKind.
RecipeSource modelSource(const std::string& path, const std::string& title);
RecipeSource dataSource(const std::string& path, const std::string& title);

/// The recipe with the checksums that it does not have yet. Throws what modelSource throws.
FigureRecipe withChecksums(FigureRecipe recipe);

/// Nothing when the file is still the one the recipe was written with; throws FileMissing when it is gone and WrongKind when
/// its contents are others, because a figure made of other numbers would carry the old one's name.
void requireUnchangedModel(const RecipeSource& model);
void requireUnchangedData(const RecipeSource& data);

}  // namespace thaw
