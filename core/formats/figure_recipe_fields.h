// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/maybe_const.h"
#include "core/values/figure_recipe.h"

#include <utility>

namespace thaw {

// The fields of a figure's recipe under their names: the one list that recipes in JSON (figure_recipe_json.h) and
// messages (core/wire) go through. A visitor is called with (name, field).

template <class V, MaybeConst<BandFilter> Filter>
void visitRecipe(V& v, Filter& f) {
    v("block", f.block);
    v("low", f.low);
    v("high", f.high);
    v("factor", f.factor);
}
template <class V, MaybeConst<ClassChoice> Choice>
void visitRecipe(V& v, Choice& c) {
    v("kind", c.kind);
    v("index", c.index);
}
template <class V, MaybeConst<std::pair<SampleSource, int>> Column>
void visitRecipe(V& v, Column& c) {
    v("source", c.first);
    v("steps", c.second);
}
template <class V, MaybeConst<RecipeSource> Source>
void visitRecipe(V& v, Source& s) {
    v("path", s.path);
    v("title", s.title);
    v("sha256", s.sha256);
}
template <class V, MaybeConst<PanelRecipe> Panel>
void visitRecipe(V& v, Panel& p) {
    v("kind", p.kind);
    v("side", p.side);
    v("title", p.title);
    v("block", p.block);
    v("sigma", p.sigma);
    v("sigmas", p.sigmas);
    v("images", p.images);
    v("first_seed", p.firstSeed);
    v("classes", p.classes);
    v("responses", p.responses);
    v("hann_window", p.hannWindow);
    v("remove_mean", p.removeMean);
    v("stylegan3", p.styleGan3);
    v("real_data", p.realData);
    v("surgery", p.surgery);
    v("freeze", p.freeze);
    v("columns", p.columns);
    v("order", p.order);
    v("reference", p.reference);
    v("runs", p.runs);
    v("curve", p.curve);
    v("smoothing", p.smoothing);
    v("map", p.map);
    v("range", p.range);
}
template <class V, MaybeConst<FigureRecipe> Recipe>
void visitRecipe(V& v, Recipe& r) {
    v("version", r.version);
    v("model", r.model);
    v("against", r.against);
    v("data", r.data);
    v("panels", r.panels);
    v("columns", r.columns);
    v("letters", r.letters);
    v("width_mm", r.widthMm);
    v("height_mm", r.heightMm);
    v("font_pt", r.fontPt);
    v("dpi", r.dpi);
    v("font_family", r.fontFamily);
    v("titles", r.titles);
    v("caption", r.caption);
    v("caption_text", r.captionText);
    v("language", r.language);
}

}  // namespace thaw
