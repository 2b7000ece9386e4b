// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The only way to QCustomPlot. Its header spells Qt's keywords, which this program switches off (QT_NO_KEYWORDS), so
// they are lent to it for the length of one include.
#include <QtCore/qobjectdefs.h>

#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit Q_EMIT
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef signals
#undef slots
#undef emit
#undef foreach
