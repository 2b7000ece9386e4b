// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/run_stats_file.h"

#include "core/formats/running_mark.h"
#include "core/values/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

namespace thaw {
namespace {

using SortedJson = nlohmann::json;

double number(const SortedJson& line, const char* key) {
    const auto it = line.find(key);
    return it != line.end() && it->is_number() ? it->get<double>() : std::numeric_limits<double>::quiet_NaN();
}

StatsStep stepOf(const SortedJson& line) {
    StatsStep step;
    step.kimg = number(line, "kimg");
    step.step = line.at("step").get<std::int64_t>();
    step.loss = number(line, "loss");
    step.gLoss = number(line, "g_loss");
    step.dLoss = number(line, "d_loss");
    step.distillLoss = number(line, "distill_loss");
    step.r1 = number(line, "r1");
    step.realLogit = number(line, "real_logit");
    step.fakeLogit = number(line, "fake_logit");
    step.gradG = number(line, "grad_g");
    step.gradD = number(line, "grad_d");
    step.realSign = number(line, "real_sign");
    step.fakeSign = number(line, "fake_sign");
    return step;
}

void takeBack(RunStats& stats, std::int64_t step, double kimg) {
    std::erase_if(stats.steps, [&](const StatsStep& s) { return s.step > step; });
    std::erase_if(stats.events, [&](const RunEvent& e) { return e.step > step; });
    if (std::isfinite(kimg)) std::erase_if(stats.fids, [&](const FidPoint& f) { return f.kimg > kimg; });
}

void add(RunStats& stats, const SortedJson& line) {
    const auto event = line.value("event", std::string());
    if (event.empty()) {
        const auto step = stepOf(line);
        stats.finetune =
            stats.finetune || std::isfinite(step.gLoss) || std::isfinite(step.dLoss) || std::isfinite(step.distillLoss);
        stats.steps.push_back(step);
    } else if (event == "fid") {
        FidPoint point;
        point.kimg = number(line, "kimg");
        point.fid = number(line, "fid");
        point.num = line.value("num", std::int64_t(0));
        point.features = line.value("features", "");
        point.reference = line.value("reference", "");
        point.kid = number(line, "kid");
        point.precision = number(line, "precision");
        point.recall = number(line, "recall");
        point.best = line.value("best", false);
        stats.fids.push_back(point);
    } else {
        const auto step = line.value("step", std::int64_t(0));
        if (event == "resume") takeBack(stats, step, number(line, "kimg"));
        const double kimg = stats.steps.empty() ? 0 : stats.steps.back().kimg;
        stats.events.push_back({step, kimg, line.value("text", event), event});
    }
}

}  // namespace

StatsStep statsStep(const StepMetrics& m) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    const auto where = [](bool has, double value) { return has ? value : none; };
    // Without a discriminator there is neither a GAN loss nor a logit.
    const bool d = m.gradD >= 0, g = m.gradG >= 0 && (d || m.part == StepPart::Generator);
    return {m.kimg,
            m.step,
            none,
            where(g, m.gLoss),
            where(d, m.dLoss),
            where(m.distillLoss >= 0, m.distillLoss),
            where(m.r1 >= 0, m.r1),
            where(d, m.realLogit),
            where(d, m.fakeLogit),
            where(d, m.realSign),
            where(d, m.fakeSign),
            where(m.gradG >= 0, m.gradG),
            where(d, m.gradD)};
}

RunStats readRunStats(const std::string& runFolder) {
    namespace fs = std::filesystem;
    std::error_code error;
    if (!fs::exists(runFolder, error))
        throw Error(ErrorCode::FileMissing, "There is no run folder '" + runFolder + "'.", "Check the path.");
    const auto path = (fs::path(runFolder) / "stats.jsonl").string();
    if (!fs::is_directory(runFolder, error) || !fs::exists(path, error))
        throw Error(ErrorCode::WrongKind, "'" + runFolder + "' is no run folder: it has no stats.jsonl.",
                    "Name the --out folder of a training run.");
    std::ifstream stream(path);
    RunStats stats;
    int number = 0;
    for (std::string text; std::getline(stream, text);) {
        ++number;
        if (text.empty()) continue;
        try {
            add(stats, SortedJson::parse(text));
        } catch (const SortedJson::exception&) {
            if (stream.eof()) break;  // a run that was killed leaves half a line
            throw Error(ErrorCode::FileDamaged, "'" + path + "' is damaged at line " + std::to_string(number) + ".",
                        "Remove that line, or take a copy of the file.");
        }
    }
    if (stats.steps.empty())
        throw Error(ErrorCode::WrongKind, "'" + path + "' holds no training step yet.",
                    "Let the run take some steps first.");
    return stats;
}

RunStats runStatsIfAny(const std::string& runFolder) {
    try {
        return readRunStats(runFolder);
    } catch (const std::exception&) {
        return {};
    }
}

RunSummary summariseRun(const std::string& runFolder) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    RunSummary summary{runFolder, {}, {}, {}, none, none, none, false};
    std::ifstream file((std::filesystem::path(runFolder) / "config.json").string());
    std::stringstream text;
    text << file.rdbuf();
    const auto json = SortedJson::parse(text.str(), nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) return summary;
    summary.config = text.str();
    const auto word = [&](const char* key) {
        return json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : std::string();
    };
    summary.objective = word("objective");
    summary.freeze = word("freeze");
    summary.interrupted = wasInterrupted(runFolder);
    try {
        const auto stats = readRunStats(runFolder);
        summary.kimg = stats.steps.back().kimg;
        for (const auto& point : stats.fids) {
            summary.lastFid = point.fid;
            if (!(summary.bestFid <= point.fid)) summary.bestFid = point.fid;
        }
    } catch (const Error&) {
        // A run that was stopped before its first step has a configuration all the same.
    }
    return summary;
}

std::vector<ConfigDifference> configDifferences(const std::string& a, const std::string& b) {
    const auto parse = [](const std::string& text) {
        const auto json = SortedJson::parse(text, nullptr, /*allow_exceptions=*/false);
        return json.is_object() ? json.flatten() : SortedJson::object();
    };
    const auto first = parse(a), second = parse(b);
    std::vector<ConfigDifference> all;
    // `/generator/learning_rate` as the path is written elsewhere.
    const auto dotted = [](std::string path) {
        path.erase(0, 1);
        std::replace(path.begin(), path.end(), '/', '.');
        return path;
    };
    const auto text = [](const SortedJson& json, const std::string& key) {
        const auto it = json.find(key);
        return it == json.end() ? std::string() : it->is_string() ? it->get<std::string>() : it->dump();
    };
    for (const auto& [key, value] : first.items())
        if (const auto it = second.find(key); it == second.end() || *it != value)
            all.push_back({dotted(key), text(first, key), text(second, key)});
    for (const auto& [key, value] : second.items())
        if (!first.contains(key)) all.push_back({dotted(key), "", text(second, key)});
    return all;
}

std::string toCsv(const RunStats& stats) {
    std::ostringstream csv;
    csv.precision(10);
    const auto cell = [&](double value) {
        csv << ',';
        if (std::isfinite(value)) csv << value;
    };
    // A column more where the run imitates a teacher; the others keep their places.
    const bool imitates = std::any_of(stats.steps.begin(), stats.steps.end(),
                                      [](const StatsStep& s) { return std::isfinite(s.distillLoss); });
    csv << (stats.finetune ? "kimg,step,g_loss,d_loss,r1,real_sign,fake_sign,fid" : "kimg,step,loss")
        << (imitates ? ",distill_loss\n" : "\n");
    auto fid = stats.fids.begin();
    const auto writeFidsBelow = [&](double kimg) {
        for (; fid != stats.fids.end() && fid->kimg < kimg; ++fid)
            csv << fid->kimg << ",,,,,,," << fid->fid << (imitates ? ",\n" : "\n");
    };
    for (const auto& step : stats.steps) {
        writeFidsBelow(step.kimg);
        csv << step.kimg << ',' << step.step;
        if (stats.finetune)
            for (const double value : {step.gLoss, step.dLoss, step.r1, step.realSign, step.fakeSign}) cell(value);
        else cell(step.loss);
        if (stats.finetune) csv << ',';
        if (imitates) cell(step.distillLoss);
        csv << '\n';
    }
    writeFidsBelow(std::numeric_limits<double>::infinity());
    return csv.str();
}

}  // namespace thaw
