// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/figure_words.h"

#include "core/engine/figure_now.h"

#include <QCoreApplication>

namespace thaw {

FigureAnswer inWords(FigureAnswer answer) {
    if (!answer.message.empty()) return answer;
    if (answer.error == ErrorCode::OutOfMemory) {
        answer.message =
            QCoreApplication::translate("thaw::FigureReader", "There is not enough memory for this figure.")
                .toStdString();
        answer.hint =
            QCoreApplication::translate("thaw::FigureReader", "Ask for fewer images in its recipe.").toStdString();
    } else if (answer.error == ErrorCode::Interrupted) {
        answer.message =
            QCoreApplication::translate("thaw::SideWork", "It was cancelled while it was measured.").toStdString();
    }
    return answer;
}

FigureAnswer figureNowInWords(const std::string& device, const FigureRecipe& recipe, const Progress& progress) {
    return inWords(figureNow(device, recipe, progress));
}

}  // namespace thaw
