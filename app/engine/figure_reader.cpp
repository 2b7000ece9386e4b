// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/figure_reader.h"

#include "app/engine/compute_thread.h"
#include "app/engine/figure_words.h"

#include <utility>

namespace thaw {

FigureReader::FigureReader(ComputeThread& compute, QObject* parent) : QObject(parent), compute_(&compute) {
    connect(compute.facts(), &EngineFacts::figureProgressed, this, [this](quint64 generation, double share) {
        if (generation == generation_) Q_EMIT progressed(share);
    });
    connect(compute.facts(), &EngineFacts::figureMade, this, [this](quint64 generation, const FigureAnswer& answer) {
        if (generation != generation_) return;
        generation_ = 0;
        Q_EMIT answered(inWords(answer));
    });
}

FigureReader::~FigureReader() { cancel(); }

void FigureReader::cancel() {
    const quint64 generation = std::exchange(generation_, 0);
    if (generation != 0 && compute_) compute_->forgetFigure(generation);
}

void FigureReader::read(const FigureRecipe& recipe) {
    cancel();
    generation_ = compute_->requestFigure(recipe);
}

}  // namespace thaw
