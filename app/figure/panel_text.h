// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace thaw {

/// The context under which translations/*.ts keep the words inside panels.
struct PanelText {
    Q_DECLARE_TR_FUNCTIONS(PanelText)
};

}  // namespace thaw
