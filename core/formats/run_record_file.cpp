// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/run_record_file.h"

#include "core/formats/json_text.h"
#include "core/values/error.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace thaw {

namespace {

using RecordJson = nlohmann::ordered_json;

RecordJson recordJsonOf(const std::string& path) {
    auto json = RecordJson::parse(textOfRunFile(path), nullptr, /*allow_exceptions=*/false);
    if (!json.is_object())
        throw Error(ErrorCode::FileDamaged, "'" + path + "' is no JSON object.",
                    "Its snapshots (ema-*.safetensors) can still be opened; start a new run.");
    return json;
}

std::string textIn(const RecordJson& json, const char* key) {
    const auto it = json.find(key);
    return it != json.end() && it->is_string() ? it->get<std::string>() : std::string();
}

// Older versions have the title alone: "CPU, 2 threads, bf16", "CUDA 0, fp32".
void readTitle(const std::string& title, RunEnvironment& environment) {
    std::istringstream parts(title);
    for (std::string part; std::getline(parts >> std::ws, part, ',');) {
        if (part == "CPU") environment.device = "cpu";
        else if (part.rfind("CUDA ", 0) == 0) environment.device = "cuda:" + part.substr(5);
        else if (part == "bf16" || part == "fp32") environment.precision = part;
        else if (part.find(" process") != std::string::npos)
            environment.processes = std::max(1, std::atoi(part.c_str()));
        else if (part.find(" thread") != std::string::npos) environment.threads = std::atoi(part.c_str());
    }
}

void readEnvironment(const RecordJson& json, RunEnvironment& environment) {
    readTitle(textIn(json, "compute"), environment);
    if (const auto versions = json.find("versions"); versions != json.end()) {
        environment.thaw = textIn(*versions, "thaw");
        environment.libtorch = textIn(*versions, "libtorch");
    }
    const auto it = json.find("environment");
    if (it == json.end() || !it->is_object()) return;
    environment.device = textIn(*it, "device");
    environment.processor = textIn(*it, "processor");
    environment.precision = textIn(*it, "precision");
    environment.threads = it->at("threads").get<int>();
    environment.processes = it->value("processes", 1);
    environment.kernels = textIn(*it, "kernels");
    environment.instructionSet = textIn(*it, "instruction_set");
}

// The fields that are there; the others keep what they had.
void readRecordFields(const RecordJson& json, RunRecord& record) {
    const auto take = [&](const char* key, std::string& field) {
        if (json.contains(key)) field = textIn(json, key);
    };
    take("model", record.model);
    take("model_file", record.modelFile);
    take("model_sha256", record.modelSha256);
    take("model_assumed", record.modelAssumed);
    take("data", record.data);
    take("data_sha256", record.dataSha256);
    take("labels_sha256", record.labelsSha256);
    if (json.contains("data_sha256_of"))
        record.dataHash = valueOfWord<DataHashKind>(textIn(json, "data_sha256_of")).value_or(DataHashKind::Images);
    if (json.contains("data")) record.options = {};
    if (const auto subset = json.find("data_subset"); subset != json.end()) {
        record.options.maxImages = subset->at("images").get<std::int64_t>();
        record.options.seed = subset->at("seed").get<std::uint64_t>();
    }
    readEnvironment(json, record.environment);
}

bool isFinetuning(const std::string& file) { return file.ends_with("config.json"); }

}  // namespace

std::string runRecordFile(const std::string& runFolder) {
    const auto data = std::filesystem::path(runFolder) / "data.json";
    std::error_code error;
    return (std::filesystem::exists(data, error) ? data : std::filesystem::path(runFolder) / "config.json").string();
}

std::string textOfRunFile(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    if (stream && (text << stream.rdbuf())) return text.str();
    const std::filesystem::path file(path);
    throw Error(ErrorCode::FileMissing,
                "'" + file.parent_path().string() + "' is no folder of a run: it has no " + file.filename().string() +
                    " that can be read.",
                "Name the folder into which the run was started.");
}

RunRecord readRunRecord(const std::string& runFolder) {
    const auto file = runRecordFile(runFolder);
    const auto json = recordJsonOf(file);
    RunRecord record;
    try {
        readRecordFields(json, record);
        if (const auto resumed = json.find("resumed"); resumed != json.end() && !resumed->empty())
            readRecordFields(resumed->back(), record);
    } catch (const nlohmann::json::exception&) {
        throw Error(ErrorCode::FileDamaged, "'" + file + "' does not say whole what the run was made from.",
                    "Start a new run.");
    }
    if (record.data.empty() || (isFinetuning(file) && record.model.empty()))
        throw Error(ErrorCode::FileDamaged,
                    "'" + file + "' does not name the run's " + (isFinetuning(file) ? "model and data." : "data."),
                    "Start a new run.");
    return record;
}

std::optional<RunRecord> runRecordIfAny(const std::string& runFolder) {
    try {
        return readRunRecord(runFolder);
    } catch (const Error&) {
        return {};
    }
}

namespace {

void addRecordFields(RecordJson& json, const RunRecord& record) {
    const auto put = [&](const char* key, const std::string& text) {
        if (!text.empty()) json[key] = text;
    };
    put("model", record.model);
    put("model_file", record.modelFile);
    put("model_sha256", record.modelSha256);
    put("model_assumed", record.modelAssumed);
    json["data"] = record.data;
    if (record.options.maxImages > 0)
        json["data_subset"] = {{"images", record.options.maxImages}, {"seed", record.options.seed}};
    put("data_sha256", record.dataSha256);
    json["data_sha256_of"] = wordFor(record.dataHash);
    put("labels_sha256", record.labelsSha256);
    const auto& e = record.environment;
    json["compute"] = titleOf(e);
    json["versions"] = {{"thaw", e.thaw}, {"libtorch", e.libtorch}};
    json["environment"] = {{"device", e.device},   {"processor", e.processor}, {"precision", e.precision},
                           {"threads", e.threads}, {"kernels", e.kernels},     {"instruction_set", e.instructionSet}};
    if (e.processes > 1) json["environment"]["processes"] = e.processes;
}

}  // namespace

std::string withRecord(const std::string& text, const RunRecord& record) {
    auto json = RecordJson::parse(text);
    addRecordFields(json, record);
    return jsonText(json, 2);
}

std::optional<std::string> withContinuation(const std::string& runFolder, const RunRecord& record,
                                            const RunContinuation& continuation) {
    const auto file = runRecordFile(runFolder);
    std::error_code error;
    if (!std::filesystem::exists(file, error)) return {};
    auto json = recordJsonOf(file);
    RecordJson entry{
        {"step", continuation.step}, {"kimg", continuation.kimg}, {"differences", continuation.differences}};
    addRecordFields(entry, record);
    if (!json["resumed"].is_array()) json["resumed"] = RecordJson::array();
    json["resumed"].push_back(entry);
    return jsonText(json, 2);
}

std::vector<RunContinuation> continuationsOf(const std::string& runFolder) {
    std::vector<RunContinuation> all;
    try {
        const auto json = recordJsonOf(runRecordFile(runFolder));
        if (const auto resumed = json.find("resumed"); resumed != json.end())
            for (const auto& entry : *resumed)
                all.push_back({entry.at("step").get<std::int64_t>(), entry.at("kimg").get<double>(),
                               textIn(entry, "differences")});
    } catch (const std::exception&) {
        // A folder that cannot be read has nothing to tell.
    }
    return all;
}

}  // namespace thaw
