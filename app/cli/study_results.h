// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/verbs.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace thaw::cli {

/// Raised when the protocol of a study changes in what its settings do not say: results of two versions are never mixed.
inline constexpr int kStudyVersion = 2;

/// What the results of a study hold for: version, checksums of model and data, length, samples, precision, and the settings
/// of each objective without their seed. `data_hash` names what the checksum is taken of.
nlohmann::ordered_json studyIdentity(Session& session, const std::string& study, double kimg, int num,
                                     const std::vector<std::pair<std::string, FinetuneConfig>>& settings);

/// What was measured, by objective and seed, in `results.json` of the study's folder beside the identity that it holds for:
/// {"study": identity, "results": {objective: {seed: numbers}}}. Written after every run, so that an interrupted study goes
/// on.
class StudyResults {
public:
    /// Opens the folder, or begins in it. Throws Configuration, naming what differs, where it is of another study or does
    /// not say of which; FileDamaged where it is no JSON object.
    StudyResults(const std::string& folder, const nlohmann::ordered_json& identity);

    bool has(const std::string& objective, int seed) const;
    void add(const std::string& objective, int seed, const FidPoint& point);
    const nlohmann::ordered_json& json() const { return results_["results"]; }

private:
    void write() const;

    std::string file_;
    nlohmann::ordered_json results_;
};

}  // namespace thaw::cli
