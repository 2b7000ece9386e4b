// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/model/model_card_words.h"

#include <QByteArray>

namespace thaw {

/// The card as a Markdown document in the user's language, for a README or a lab book.
QString cardMarkdown(const ModelCardContent& content);

/// The card for programs: `class, architecture, img_resolution, img_channels, label_dim, parameters, frozen_parameters,
/// freeze, kinds:[{kind, tensors, parameters, frozen_parameters}], config{}, file, format, bytes, sha256, kimg, notes,
/// metadata{}, licence`. Unknown values are null.
QByteArray cardJson(const ModelCardContent& content);

}  // namespace thaw
