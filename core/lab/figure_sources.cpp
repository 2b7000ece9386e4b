// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lab/figure_sources.h"

#include "core/io/content_hash.h"
#include "core/io/open_model.h"
#include "core/values/error.h"
#include "core/values/model_name.h"

#include <filesystem>

namespace thaw {
namespace {

namespace fs = std::filesystem;

std::string hashIfFile(const std::string& path) {
    std::error_code error;
    return fs::is_regular_file(path, error) ? fileHash(path) : std::string();
}

void requireThere(const std::string& path, const char* what) {
    std::error_code error;
    if (isBuiltin(path) || fs::exists(path, error) || fs::exists(modelName(path).path, error)) return;
    throw Error(ErrorCode::FileMissing, std::string("The ") + what + " '" + path + "' of this figure is not there.",
                "Put it back, or correct the path in the recipe.");
}

void requireSame(const RecipeSource& source, const std::string& now, const char* what) {
    if (source.sha256.empty() || source.sha256 == now) return;
    throw Error(ErrorCode::WrongKind,
                std::string("The ") + what + " '" + source.path +
                    "' is not the one this figure was made with: its SHA-256 begins with " +
                    (now.empty() ? "nothing, it is no single file," : now.substr(0, 12)) +
                    ", that of the figure with " + source.sha256.substr(0, 12) + ".",
                "Name the file it was made with, or remove \"sha256\" from the recipe to make the figure anew.");
}

}  // namespace

RecipeSource modelSource(const std::string& path, const std::string& title) {
    return {path, title, fileHash(modelFilesOf(path))};
}
RecipeSource dataSource(const std::string& path, const std::string& title) {
    return {path, title, path == "builtin" ? std::string() : hashIfFile(path)};
}

FigureRecipe withChecksums(FigureRecipe recipe) {
    const auto fill = [](RecipeSource& source, bool isModel) {
        if (!source.path.empty() && source.sha256.empty())
            source.sha256 = (isModel ? modelSource(source.path, {}) : dataSource(source.path, {})).sha256;
    };
    fill(recipe.model, true);
    fill(recipe.data, false);
    if (recipe.against) fill(*recipe.against, true);
    return recipe;
}

void requireUnchangedModel(const RecipeSource& model) {
    requireThere(model.path, "model");
    if (!model.sha256.empty()) requireSame(model, fileHash(modelFilesOf(model.path)), "model");
}

void requireUnchangedData(const RecipeSource& data) {
    requireThere(data.path, "data set");
    if (!data.sha256.empty()) requireSame(data, hashIfFile(data.path), "data set");
}

}  // namespace thaw
