// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/quality.h"

#include "core/values/error.h"

#include <algorithm>
#include <iterator>
#include <sstream>

namespace thaw {
namespace {

constexpr const char* kMetrics[] = {"fid", "kid", "is", "precision", "recall", "density", "coverage"};

}  // namespace

bool Metrics::needVectors() const {
    for (const auto* name : {"kid", "precision", "recall", "density", "coverage"})
        if (has(name)) return true;
    return false;
}

bool Metrics::needReference() const { return has("fid") || needVectors(); }

Metrics parseMetrics(const std::string& text) {
    Metrics metrics;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, ',');) {
        if (std::find(std::begin(kMetrics), std::end(kMetrics), part) == std::end(kMetrics))
            throw Error(ErrorCode::Configuration,
                        "--metrics has '" + part + "'; it knows fid, kid, is, precision, recall, density and coverage.",
                        "Use --metrics fid,kid,is,precision,recall.");
        metrics.names.insert(part);
    }
    if (metrics.names.empty()) throw Error(ErrorCode::Usage, "--metrics is empty.", "Use --metrics fid.");
    return metrics;
}

}  // namespace thaw
