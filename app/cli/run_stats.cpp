// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_stats.h"

#include "core/values/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

namespace thaw::cli {
namespace {

using Json = nlohmann::json;

double number(const Json& line, const char* key) {
    const auto it = line.find(key);
    return it != line.end() && it->is_number() ? it->get<double>() : std::numeric_limits<double>::quiet_NaN();
}

StatsStep stepOf(const Json& line) {
    StatsStep step;
    step.kimg = number(line, "kimg");
    step.step = line.at("step").get<std::int64_t>();
    step.loss = number(line, "loss");
    step.gLoss = number(line, "g_loss");
    step.dLoss = number(line, "d_loss");
    step.r1 = number(line, "r1");
    step.realSign = number(line, "real_sign");
    step.fakeSign = number(line, "fake_sign");
    return step;
}

void takeBack(RunStats& stats, std::int64_t step, double kimg) {
    std::erase_if(stats.steps, [&](const StatsStep& s) { return s.step > step; });
    std::erase_if(stats.events, [&](const RunEvent& e) { return e.step > step; });
    if (std::isfinite(kimg)) std::erase_if(stats.fids, [&](const FidPoint& f) { return f.kimg > kimg; });
}

void add(RunStats& stats, const Json& line) {
    const auto event = line.value("event", std::string());
    if (event.empty()) {
        const auto step = stepOf(line);
        stats.finetune = stats.finetune || std::isfinite(step.gLoss) || std::isfinite(step.dLoss);
        stats.steps.push_back(step);
    } else if (event == "fid") {
        FidPoint point;
        point.kimg = number(line, "kimg");
        point.fid = number(line, "fid");
        point.num = line.value("num", std::int64_t(0));
        point.features = line.value("features", "");
        point.reference = line.value("reference", "");
        stats.fids.push_back(point);
    } else {
        const auto step = line.value("step", std::int64_t(0));
        if (event == "resume") takeBack(stats, step, number(line, "kimg"));
        const double kimg = stats.steps.empty() ? 0 : stats.steps.back().kimg;
        stats.events.push_back({step, kimg, line.value("text", event)});
    }
}

}  // namespace

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
            add(stats, Json::parse(text));
        } catch (const Json::exception&) {
            if (stream.eof()) break;  // a run that was killed leaves half a line
            throw Error(ErrorCode::FileDamaged, "'" + path + "' is damaged at line " + std::to_string(number) + ".",
                        "Remove that line, or take a copy of the file.");
        }
    }
    if (stats.steps.empty())
        throw Error(ErrorCode::WrongKind, "'" + path + "' holds no training step yet.", "Let the run take some steps first.");
    return stats;
}

std::string toCsv(const RunStats& stats) {
    std::ostringstream csv;
    csv.precision(10);
    const auto cell = [&](double value) {
        csv << ',';
        if (std::isfinite(value)) csv << value;
    };
    csv << (stats.finetune ? "kimg,step,g_loss,d_loss,r1,real_sign,fake_sign,fid\n" : "kimg,step,loss\n");
    auto fid = stats.fids.begin();
    const auto writeFidsBelow = [&](double kimg) {
        for (; fid != stats.fids.end() && fid->kimg < kimg; ++fid) csv << fid->kimg << ",,,,,,," << fid->fid << '\n';
    };
    for (const auto& step : stats.steps) {
        writeFidsBelow(step.kimg);
        csv << step.kimg << ',' << step.step;
        if (stats.finetune)
            for (const double value : {step.gLoss, step.dLoss, step.r1, step.realSign, step.fakeSign}) cell(value);
        else cell(step.loss);
        csv << (stats.finetune ? ",\n" : "\n");
    }
    writeFidsBelow(std::numeric_limits<double>::infinity());
    return csv.str();
}

}  // namespace thaw::cli
