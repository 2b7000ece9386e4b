// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/engine_messages.h"

#include <QCoreApplication>
#include <QString>

namespace thaw {

/// A failure as the message strip says it: what happened (translated), why (the core's own words, with the offending
/// value), and what to do next.
struct ErrorText {
    Q_DECLARE_TR_FUNCTIONS(thaw::ErrorText)
public:
    QString what;
    QString why;
    QString hint;

    static ErrorText of(const Failure& failure);

private:
    static QString headline(const Failure& failure);
    static QString usualHint(const Failure& failure);
};

}  // namespace thaw
