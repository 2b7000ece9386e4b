// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/figure_recipe_fields.h"
#include "core/values/panel_data.h"
#include "core/values/panel_kinds.h"
#include "core/wire/measured_fields.h"
#include "core/wire/model_fields.h"
#include "core/wire/request_fields.h"
#include "core/wire/run_fields.h"

namespace thaw::wire {

// Figures: the recipe, and what was measured for its panels.
template <>
struct Words<PanelKind> {
    static std::string_view of(PanelKind kind) { return wordOf(kind); }
    static std::optional<PanelKind> value(std::string_view word) { return panelKindOf(std::string(word)); }
};

template <>
struct Fields<RecipeSource> {
    static void visit(auto& v, auto& value) { visitRecipe(v, value); }
};
template <>
struct Fields<PanelRecipe> {
    static void visit(auto& v, auto& value) { visitRecipe(v, value); }
};
template <>
struct Fields<FigureRecipe> {
    static void visit(auto& v, auto& value) { visitRecipe(v, value); }
};
template <>
struct Fields<ReportSeries> {
    static void visit(auto& v, auto& value) {
        v("name", value.name);
        v("x", value.x);
        v("mean", value.mean);
        v("deviation", value.deviation);
        v("runs", value.runs);
    }
};
template <>
struct Fields<ReportLine> {
    static void visit(auto& v, auto& value) {
        v("y", value.y);
        v("text", value.text);
    }
};
template <>
struct Fields<ReportChart> {
    static void visit(auto& v, auto& value) {
        v("name", value.name);
        v("title", value.title);
        v("x_label", value.xLabel);
        v("y_label", value.yLabel);
        v("log_x", value.logX);
        v("log_y", value.logY);
        v("series", value.series);
        v("lines", value.lines);
    }
};
template <>
struct Fields<PanelData> {
    static void visit(auto& v, auto& value) {
        v("name_a", value.nameA);
        v("name_b", value.nameB);
        v("spectrum_a", value.spectrumA);
        v("spectrum_b", value.spectrumB);
        v("sweep_a", value.sweepA);
        v("sweep_b", value.sweepB);
        v("difference", value.difference);
        v("channels", value.channels);
        v("transfer_a", value.transferA);
        v("transfer_b", value.transferB);
        v("probe", value.probe);
        v("swap", value.swap);
        v("images", value.images);
        v("samples", value.samples);
        v("model", value.model);
        v("runs", value.runs);
        v("chart", value.chart);
        v("study_title", value.studyTitle);
    }
};

}  // namespace thaw::wire
