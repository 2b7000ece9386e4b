// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/figure_recipe.h"

#include <nlohmann/json.hpp>

#include <string>

namespace thaw::cli {

struct Context;

/// Is there the program `thaw` beside this one? Builds without Qt have none.
bool hasWindowProgram();

/// For a picture that cannot be drawn for want of it: the file of the same name that ends in `.csv`, which the numbers go
/// to instead. Says so on standard error. Throws Configuration where it exists and `force` is off.
std::string numbersInstead(const std::string& picture, bool force);

/// Every picture of a measurement is drawn by the window's own code, in the program `thaw` beside this one, without a
/// display. `recipe` is a file, `out` .pdf, .svg, .png, .csv or .npz. Returns what it reports (`width_mm`, `height_mm`,
/// `panels`). What goes wrong it says itself, on standard error; then this sets `context.status` to its exit code and returns
/// null. Throws Usage when there is no such program.
nlohmann::json drawFigure(Context& context, const std::string& recipe, const std::string& out);
/// The same for a recipe that is in no file.
nlohmann::json drawFigure(Context& context, const FigureRecipe& recipe, const std::string& out);

/// Has `thaw` draw the charts of a study's report and its pages, report.html and report.pdf. What goes wrong it says itself and
/// leaves the report as it was; false then, and where there is no such program, which is said.
bool drawReport(const Context& context, const std::string& studyFolder);

}  // namespace thaw::cli
