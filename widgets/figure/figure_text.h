// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace thaw {

// The names of these structs are the contexts under which translations/*.ts keep the words of this folder's free functions.

/// Words of figures and of writing them.
struct FigureText {
    Q_DECLARE_TR_FUNCTIONS(FigureText)
};

/// Titles, axes and captions of frequency figures.
struct FrequencyText {
    Q_DECLARE_TR_FUNCTIONS(FrequencyText)
};

}  // namespace thaw
