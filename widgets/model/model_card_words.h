// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/model_card.h"
#include "core/values/model_summary.h"
#include "core/values/parameter_kind.h"

#include <QList>
#include <QString>

namespace thaw {

/// Everything a card is written from.
struct ModelCardContent {
    ModelSummary model;
    ModelCard card;
    FreezePlan plan;
    QString sha256;  ///< hexadecimal; empty until it is known
};

/// One line of a card: a human name, the value, and the published name or full value for the tooltip.
struct CardRow {
    QString name;
    QString value;
    QString more;
};

struct CardSection {
    QString title;
    QList<CardRow> rows;
};

/// What the card says in the user's language, in the order it is shown: the model, its configuration, where it comes
/// from. The weights by kind are a table of their own.
CardSection modelSection(const ModelCardContent& content);
CardSection configurationSection(const ModelCardContent& content);
CardSection provenanceSection(const ModelCardContent& content);
QString licenceText(const ModelCard& card);

/// "First convolutions"; `key` is the name papers and files use, "conv0".
QString kindTitle(ParameterKind kind);
QString kindKey(ParameterKind kind);

}  // namespace thaw
