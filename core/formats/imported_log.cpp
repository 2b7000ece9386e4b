// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/imported_log.h"

#include "core/formats/python_json_lines.h"
#include "core/values/error.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace thaw {
namespace {

namespace fs = std::filesystem;
using LogJson = nlohmann::json;

constexpr std::size_t kHeadBytes = 1 << 16;
constexpr double kMostKimg = 1e9;
constexpr std::size_t kNamedKeys = 12, kLongestKey = 60;  // of keys in a note
constexpr std::size_t kKeptKeys = 1000;

struct LogField {
    const char* key;
    StepValue value;
};
constexpr std::array<LogField, 8> kLogFields{{{"loss_loss", &StepMetrics::loss},
                                              {"loss_g_loss", &StepMetrics::gLoss},
                                              {"loss_d_loss", &StepMetrics::dLoss},
                                              {"loss_scores_real", &StepMetrics::realLogit},
                                              {"loss_scores_fake", &StepMetrics::fakeLogit},
                                              {"loss_signs_real", &StepMetrics::realSign},
                                              {"loss_signs_fake", &StepMetrics::fakeSign},
                                              {"loss_r1_penalty", &StepMetrics::r1}}};

std::string plainKey(std::string key) {
    std::transform(key.begin(), key.end(), key.begin(), [](char c) {
        return c == '/' ? '_' : c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    });
    return key;
}

// {"mean": 0.5, ...}; nothing where the log has no number.
std::optional<double> meanOf(const LogJson& value) {
    const auto it = value.is_object() ? value.find("mean") : value.end();
    return value.is_object() && it != value.end() && it->is_number() && std::isfinite(it->get<double>())
               ? std::optional(it->get<double>())
               : std::nullopt;
}

struct ImportedLog {
    RunStats stats;
    std::set<std::string> homeless;                           // keys without a place
    std::map<std::string, std::map<double, double>> metrics;  // values by kimg, by name
    std::int64_t missing = 0;                                 // values that are no numbers
    std::int64_t nameless = 0;                                // measurements that name no snapshot
    bool gan = false, denoising = false;

    void keepName(const std::string& key) {
        if (homeless.size() < kKeptKeys) homeless.insert(key.substr(0, kLongestKey));
    }
};

void addTick(ImportedLog& log, const LogJson& line, const LinePlace& place) {
    StepMetrics step;
    std::optional<double> kimg;
    step.step = place.number;
    for (const auto& [key, value] : line.items()) {
        const auto plain = plainKey(key);
        const auto mean = meanOf(value);
        if (plain == "progress_kimg") {
            kimg = mean;
            continue;
        }
        if (!value.is_object() || !value.contains("mean")) {
            if (plain != "timestamp") log.keepName(key);
            continue;
        }
        const auto field =
            std::find_if(kLogFields.begin(), kLogFields.end(), [&](const LogField& f) { return plain == f.key; });
        if (plain == "progress_tick" && mean && *mean >= 0 && *mean < kMostKimg) step.step = std::int64_t(*mean);
        else if (plain == "progress_augment") step.augmentP = mean.value_or(0);
        else if (field != kLogFields.end()) {
            step.*field->value = mean;
            log.missing += !mean;
            (field->value == &StepMetrics::loss ? log.denoising : log.gan) = true;
        } else log.keepName(key);
    }
    if (!kimg) place.refuse("it has no number under Progress/kimg");
    if (!(*kimg >= 0 && *kimg <= kMostKimg)) place.refuse("Progress/kimg must lie between 0 and 1e9");
    step.kimg = *kimg;
    auto& steps = log.stats.steps;
    while (!steps.empty() && steps.back().kimg >= step.kimg) steps.pop_back();  // taken up again from before
    steps.push_back(step);
}

// 200 of `network-snapshot-000200.pkl`.
std::optional<double> kimgOfSnapshot(const std::string& name) {
    constexpr std::string_view kHead = "network-snapshot-";
    const auto at = name.rfind(kHead);
    if (at == std::string::npos) return {};
    const char* begin = name.data() + at + kHead.size();
    std::int64_t kimg = 0;
    const auto [end, error] = std::from_chars(begin, name.data() + name.size(), kimg);
    if (error != std::errc() || kimg < 0 || double(kimg) > kMostKimg || std::string_view(end) != ".pkl") return {};
    return double(kimg);
}

void addMetric(ImportedLog& log, const LogJson& line, const LinePlace& place) {
    const auto results = line.find("results");
    if (results == line.end() || !results->is_object()) place.refuse("it has no results");
    const auto snapshot = line.find("snapshot_pkl");
    const auto kimg =
        snapshot != line.end() && snapshot->is_string() ? kimgOfSnapshot(snapshot->get<std::string>()) : std::nullopt;
    if (!kimg) {
        ++log.nameless;
        return;
    }
    for (const auto& [name, value] : results->items()) {
        if (value.is_number() && std::isfinite(value.get<double>())) {
            if (log.metrics.size() < kKeptKeys) log.metrics[name.substr(0, kLongestKey)][*kimg] = value.get<double>();
        } else if (value.is_number() || value.is_null()) ++log.missing;
        else place.refuse("the result '" + name.substr(0, kLongestKey) + "' is no number");
    }
}

/// `fid50k_full`: 50,000 generated images against all real ones; `fid50k`: against as many.
struct MetricName {
    std::int64_t images = 0;
    bool full = false;
};
std::optional<MetricName> metricNamed(std::string_view name, std::string_view kind) {
    if (!name.starts_with(kind)) return {};
    name.remove_prefix(kind.size());
    std::int64_t thousands = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), thousands);
    if (error != std::errc() || thousands <= 0 || thousands > 1'000'000) return {};
    name.remove_prefix(std::size_t(end - name.data()));
    if (name != "k" && name != "k_full") return {};
    return MetricName{thousands * 1000, name == "k_full"};
}

// The metric of that kind which is drawn: against all images where there is one, the most images then.
std::string chosenMetric(const ImportedLog& log, std::string_view kind) {
    std::string chosen;
    std::optional<MetricName> best;
    for (const auto& [name, values] : log.metrics) {
        const auto found = metricNamed(name, kind);
        if (!found) continue;
        if (best && std::pair(best->full, best->images) >= std::pair(found->full, found->images)) continue;
        best = found;
        chosen = name;
    }
    return chosen;
}

void addMeasurements(ImportedLog& log) {
    const auto fid = chosenMetric(log, "fid"), kid = chosenMetric(log, "kid");
    if (!fid.empty()) {
        const auto named = *metricNamed(fid, "fid");
        for (const auto& [kimg, value] : log.metrics[fid]) {
            FidPoint point;
            point.kimg = kimg;
            point.fid = value;
            point.num = named.images;
            point.kind = MeasureKind::Inception;
            point.features = "Inception, as the log's " + fid;
            point.reference = named.full ? "all training images" : "training images";
            point.referenceNum = named.full ? 0 : named.images;
            log.stats.fids.push_back(std::move(point));
        }
    }
    std::size_t placed = 0;
    if (!kid.empty())
        for (auto& point : log.stats.fids)
            if (const auto it = log.metrics[kid].find(point.kimg); it != log.metrics[kid].end()) {
                point.kid = it->second;
                ++placed;
            }
    for (const auto& [name, values] : log.metrics)
        if (name != fid && (name != kid || placed < values.size())) log.keepName(name);
}

void noteLeftOut(ImportedLog& log) {
    auto& notes = log.stats.notes;
    if (!log.homeless.empty()) {
        std::string names;
        std::size_t count = 0;
        for (const auto& key : log.homeless)
            if (count++ < kNamedKeys) names += (names.empty() ? "" : ", ") + key;
        if (count > kNamedKeys) names += " and " + std::to_string(count - kNamedKeys) + " more";
        notes.push_back("Not shown, since a run here has no place for them: " + names + ".");
    }
    if (log.missing > 0)
        notes.push_back("Values left out, because they are no numbers: " + std::to_string(log.missing) + ".");
    if (log.nameless > 0)
        notes.push_back("Measurements left out, because they name no network-snapshot-NNNNNN.pkl: " +
                        std::to_string(log.nameless) + ".");
}

enum class LogKind { None, Ticks, Metric };

// By how the first line begins; a line of ours begins with another key and has no such members.
LogKind kindOfLog(const fs::path& path) {
    std::error_code error;
    if (!fs::is_regular_file(path, error)) return LogKind::None;
    std::ifstream stream(path.string(), std::ios::binary);
    std::string head(kHeadBytes, '\0');
    stream.read(head.data(), std::streamsize(head.size()));
    head.resize(std::size_t(std::max<std::streamsize>(stream.gcount(), 0)));
    const auto first = head.find_first_not_of(" \t\r\n");
    if (first == std::string::npos || head[first] != '{') return LogKind::None;
    head.resize(std::min(head.find('\n', first), head.size()));
    const auto has = [&](const std::string& key) {
        const auto at = head.find('"' + key + '"');
        if (at == std::string::npos) return false;
        const auto next = head.find_first_not_of(" \t", at + key.size() + 2);
        return next != std::string::npos && head[next] == ':';
    };
    if (has("Progress/kimg") || has("Progress/tick") || has("mean")) return LogKind::Ticks;
    return has("results") && has("metric") ? LogKind::Metric : LogKind::None;
}

std::vector<fs::path> metricFiles(const std::string& folder) {
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const auto name = it->path().filename().string();
        if (name.starts_with("metric-") && name.ends_with(".jsonl") && kindOfLog(it->path()) == LogKind::Metric)
            found.push_back(it->path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace

bool isImportedLog(const std::string& path) {
    std::error_code error;
    if (!fs::is_directory(path, error)) return kindOfLog(path) != LogKind::None;
    const auto stats = fs::path(path) / "stats.jsonl";
    // Somebody may have measured a run of ours with the other programs.
    if (fs::exists(stats, error)) return kindOfLog(stats) == LogKind::Ticks;
    return !metricFiles(path).empty();
}

RunStats readImportedLog(const std::string& path) {
    std::error_code error;
    std::vector<fs::path> files{path};
    if (fs::is_directory(path, error)) {
        files = metricFiles(path);
        files.insert(files.begin(), fs::path(path) / "stats.jsonl");
    }
    ImportedLog log;
    for (const auto& file : files) {
        const auto kind = kindOfLog(file);
        if (kind == LogKind::None) continue;
        forEachJsonLine(file.string(), [&](const LogJson& line, const LinePlace& place) {
            if (kind == LogKind::Ticks) addTick(log, line, place);
            else addMetric(log, line, place);
        });
    }
    addMeasurements(log);
    noteLeftOut(log);
    if (log.stats.steps.empty() && log.stats.fids.empty())
        throw Error(ErrorCode::WrongKind,
                    "'" + path + "' holds no line of a log of EDM, D2O or StyleGAN that can be drawn.",
                    "Name the folder of such a run, its stats.jsonl or its metric-fid50k_full.jsonl.");
    log.stats.finetune = log.gan;
    log.stats.importedFrom = log.denoising && !log.gan ? "EDM" : "StyleGAN or D2O";
    return std::move(log.stats);
}

}  // namespace thaw
