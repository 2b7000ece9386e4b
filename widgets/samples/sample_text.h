// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace thaw {

/// The context under which translations/*.ts keep the words of sample grids, for code outside SampleGrid itself.
struct SampleText {
    Q_DECLARE_TR_FUNCTIONS(thaw::SampleGrid)
};

}  // namespace thaw
