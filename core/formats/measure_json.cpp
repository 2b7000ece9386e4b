// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/measure_json.h"

namespace thaw {

nlohmann::ordered_json measureJson(const Measure& measure) {
    return {{"name", measureName(measure)},   {"kind", wordFor(measure.kind)},
            {"features", measure.features},   {"images", measure.images},
            {"reference", measure.reference}, {"reference_images", measure.referenceImages},
            {"selection", measure.selection}};
}

std::optional<Measure> measureFromJson(const nlohmann::json& value) {
    if (!value.is_object()) return {};
    const auto kind = valueOfWord<MeasureKind>(value.value("kind", std::string()));
    if (!kind) return {};
    return Measure{*kind,
                   value.value("features", std::string()),
                   value.value("images", std::int64_t(0)),
                   value.value("reference", std::string()),
                   value.value("reference_images", std::int64_t(0)),
                   value.value("selection", false)};
}

}  // namespace thaw
