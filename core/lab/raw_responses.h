// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/npz.h"
#include "core/session/session.h"

#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

/// The raw responses of the open model behind a measurement, see exportResponses (core/spectral/response_export.h).
NpzArchive rawResponses(Session& session, const std::vector<std::string>& names, double sigma, std::uint64_t firstSeed,
                        int images, const ClassChoice& classes = {});

}  // namespace thaw
