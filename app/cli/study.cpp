// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/data_options.h"
#include "app/cli/output.h"
#include "app/cli/study_running.h"
#include "app/cli/verbs.h"
#include "core/formats/json_text.h"
#include "core/formats/running_mark.h"
#include "core/formats/study_report_text.h"
#include "core/study/study_folder.h"
#include "core/study/study_plans.h"
#include "core/study/study_runner.h"
#include "core/values/model_name.h"
#include "core/values/number_text.h"
#include "core/values/train_words.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>

namespace thaw::cli {
namespace {

struct StudyOptions {
    DataChoice data;
    std::string name, model = "builtin", precond, out, scale = "quick";
    MeasureChoice measure;
    std::optional<double> kimg;
    std::optional<int> seeds, num;
    StudyRequest request;
};

std::vector<std::string> studyWords() {
    std::vector<std::string> words;
    for (const auto& kind : studyKinds()) words.emplace_back(kind.word);
    return words;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ",") + word;
    return text;
}

std::string studyHelp() {
    std::string text;
    for (const auto& kind : studyKinds())
        text += (text.empty() ? "" : "; ") + std::string(kind.word) + ": " + kind.question;
    return text;
}

const StudyKind& kindOf(const StudyOptions& options) {
    if (const auto* kind = studyKind(options.name)) return *kind;
    throw Error(ErrorCode::Usage, "There is no study '" + options.name + "'.", "Use " + listed(studyWords()) + ".");
}

StudyRequest studyRequestOf(const StudyOptions& options, const StudyKind& kind, const Context& context) {
    auto request = options.request;
    request.scale = options.scale == "full" ? kind.full : kind.quick;
    if (options.kimg) request.scale.kimg = *options.kimg;
    if (options.seeds) request.scale.seeds = *options.seeds;
    if (options.num) request.scale.images = *options.num;
    request.tuning.images = std::min(request.tuning.images, request.scale.images);
    request.precision = context.compute.precision;
    return request;
}

void checkRequest(const StudyOptions& options, const StudyKind& kind, const StudyRequest& request) {
    const auto& scale = request.scale;
    if (scale.seeds < 1 || scale.seeds > 1000)
        throw Error(ErrorCode::Configuration, "--seeds is " + std::to_string(scale.seeds) + ", must be 1 to 1000.",
                    "Use --seeds 3.");
    if (scale.images < 2)
        throw Error(ErrorCode::Configuration, "--num is " + std::to_string(scale.images) + ", must be at least 2.",
                    "Use --num 5000.");
    if (!(scale.kimg > 0))
        throw Error(ErrorCode::Configuration, "--kimg is " + shortNumber(scale.kimg) + ", must be more than 0.",
                    "Use --kimg 20.");
    if (request.further && options.name != "objectives")
        throw Error(ErrorCode::Usage, "The study '" + options.name + "' has no --further.",
                    "Leave it out; 'thaw-cli study objectives' has it.");
    if (request.tune && options.name != "objectives" && options.name != "data-efficiency")
        throw Error(ErrorCode::Usage, "The study '" + options.name + "' has no --tune.",
                    "Leave it out; 'thaw-cli study objectives' and 'data-efficiency' have it.");
    if (!request.backbone.empty() && !(request.tune && options.name == "data-efficiency"))
        throw Error(ErrorCode::Usage, "--backbone is tried by 'thaw-cli study data-efficiency --tune' alone.",
                    "Leave it out.");
    if (request.tune && options.data.path != "builtin" && options.measure.reference.empty())
        throw Error(
            ErrorCode::Configuration,
            "--tune compares settings by the training images of '" + options.data.path +
                "', so the table needs other images.",
            "Write their statistics with 'thaw-cli statistics --data TEST --out test.npz' and give --reference.");
    if (options.name == "data-efficiency" && options.data.path != "builtin" && options.measure.reference.empty())
        throw Error(
            ErrorCode::Configuration,
            "data-efficiency trains on parts of '" + options.data.path + "' and would measure each by its own part.",
            "Write the statistics of other images with 'thaw-cli statistics --data TEST --out test.npz' and give "
            "--reference.");
    const auto known = kind.rows(request);
    for (const auto& name : request.only)
        if (std::find(known.begin(), known.end(), name) == known.end())
            throw Error(ErrorCode::Configuration, "--only has '" + name + "', must be " + listed(known) + ".",
                        "Name rows of the table, separated by commas.");
}

// Paths that mean the same from everywhere: they are kept in the folder.
void makeAbsolute(StudyOptions& options) {
    const auto absolute = [](std::string& path) {
        std::error_code error;
        if (std::filesystem::exists(path, error)) path = std::filesystem::absolute(path).string();
    };
    const auto named = modelName(options.model);
    if (std::filesystem::exists(named.path)) {
        auto path = named.path;
        absolute(path);
        options.model = path + options.model.substr(named.path.size());
    }
    for (auto* path :
         {&options.data.path, &options.measure.features, &options.measure.reference, &options.request.backbone})
        absolute(*path);
}

// What continues it from anywhere but here; the folder is named by who continues.
std::vector<std::string> argumentsOf(const StudyOptions& options, const StudyRequest& request) {
    std::vector<std::string> words{options.name,  "--scale", options.scale,    "--model",
                                   options.model, "--data",  options.data.path};
    const auto add = [&](const char* option, const std::string& value) {
        words.emplace_back(option);
        words.push_back(value);
    };
    if (options.kimg) add("--kimg", shortNumber(*options.kimg));
    if (options.seeds) add("--seeds", std::to_string(*options.seeds));
    if (options.num) add("--num", std::to_string(*options.num));
    if (!request.only.empty()) add("--only", joined(request.only));
    if (request.further) words.emplace_back("--further");
    if (request.tune) {
        words.emplace_back("--tune");
        add("--tune-kimg", shortNumber(request.tuning.kimg));
        add("--tune-seeds", std::to_string(request.tuning.seeds));
        std::vector<std::string> levels;
        for (const int n : request.tuneLevels) levels.push_back(std::to_string(n));
        if (!levels.empty()) add("--tune-levels", joined(levels));
        if (!request.backbone.empty()) add("--backbone", request.backbone);
    }
    if (options.measure.features != kAutoFeatures) add("--features", options.measure.features);
    if (!options.measure.reference.empty()) add("--reference", options.measure.reference);
    if (request.precision != Precision::Auto) add("--precision", wordFor(request.precision));
    if (options.data.options.strict) words.emplace_back("--strict-data");
    if (const auto& subset = options.data.options; subset.maxImages > 0) {
        add("--max-images", std::to_string(subset.maxImages));
        add("--data-seed", std::to_string(subset.seed));
    }
    return words;
}

std::string identityOf(const StudyOptions& options, const StudyRequest& request, const StudyRunner& runner) {
    nlohmann::ordered_json identity{
        {"study", options.name},         {"model_sha256", runner.modelHash()}, {"data_sha256", runner.dataHash()},
        {"kimg", request.scale.kimg},    {"num", request.scale.images},        {"precision", runner.precision()},
        {"measure", runner.measureKey()}};
    const auto& subset = options.data.options;
    if (subset.maxImages > 0) identity["data_subset"] = {{"images", subset.maxImages}, {"seed", subset.seed}};
    return jsonText(identity, 1);
}

// The first process makes the folder; the others come after it.
void awaitStudyFolder(const std::string& folder) {
    constexpr std::chrono::minutes kPatience(2);
    const auto since = std::chrono::steady_clock::now();
    while (!std::filesystem::exists(std::filesystem::path(folder) / "study.json")) {
        if (interrupted()) throw Error(ErrorCode::Interrupted, "The study was interrupted.", "Start it again.");
        if (std::chrono::steady_clock::now() - since > kPatience)
            throw Error(ErrorCode::ProcessLost, "The first process has not made the study's folder '" + folder + "'.",
                        "Look at what it said; the folder has to be the same for all processes.");
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
}

void runStudy(StudyOptions options, const Context& context) {
    makeAbsolute(options);
    const auto& kind = kindOf(options);
    const auto request = studyRequestOf(options, kind, context);
    checkRequest(options, kind, request);
    if (context.first) {
        requireOutput({options.out, {}, false, Output::Folder::Goes});
        requireIdleRun(options.out);
    }
    catchSignals();
    sayOpening(context, options.model);
    StudyRunner runner(
        {options.out, options.model, options.data.path, options.data.options, options.measure, context.compute},
        dataProgress(context));
    sayNotes(context, runner.notes());
    if (!context.first) {
        awaitStudyFolder(options.out);
        claimStudyFolder(options.out, identityOf(options, request, runner));
        return helpToTheEnd(runner, kind, request, context);
    }
    claimStudyFolder(options.out, identityOf(options, request, runner));
    const RunLock lock(options.out);
    if (!lock.note().empty()) say(context, lock.note());
    writeRequest(options.out, argumentsOf(options, request));
    const auto [results, outcome] = runToTheEnd(runner, kind, request, options.out, context);
    auto list = nlohmann::ordered_json::array();
    for (const auto& [name, result] : results) {
        auto entry = nlohmann::ordered_json::parse(resultText(result));
        entry["name"] = name;
        list.push_back(std::move(entry));
    }
    report(context,
           {{"study", options.name},
            {"results", list},
            {"report", (std::filesystem::path(options.out) / "report.html").string()}},
           reportMarkdown(outcome));
}

}  // namespace

void addStudy(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("study", "a whole experiment with its report; goes on where it was interrupted");
    auto options = std::make_shared<StudyOptions>();
    auto& request = options->request;
    verb->add_option("name", options->name, studyHelp())->required();
    verb->add_option("--out", options->out, "folder of runs, results and report")->required();
    verb->add_option("--scale", options->scale, "quick: minutes, one seed; full: hours, three seeds")
        ->check(oneOfWords({"quick", "full"}))
        ->capture_default_str();
    verb->add_option("--model", options->model, "model file, run folder, or builtin")->capture_default_str();
    addPrecondOption(*verb, options->precond);
    addDataOptions(*verb, options->data);
    verb->add_option("--kimg", options->kimg, "length of every run, in thousand images");
    verb->add_option("--seeds", options->seeds, "runs of every row");
    verb->add_option("--num", options->num, "samples of every measurement");
    verb->add_flag(
        "--tune", request.tune,
        "objectives, data-efficiency: first look for the settings, by their distance to the training images");
    verb->add_option("--backbone", request.backbone,
                     "data-efficiency --tune: a classifier of train-features for D to look through, tried too");
    verb->add_option("--tune-kimg", request.tuning.kimg, "length of a run of that search")->capture_default_str();
    verb->add_option("--tune-seeds", request.tuning.seeds, "runs of every setting of that search")
        ->capture_default_str();
    verb->add_option("--tune-levels", request.tuneLevels, "try only these N, separated by commas, of 4,8,16,32,64")
        ->delimiter(',')
        ->check(oneOfWords({"4", "8", "16", "32", "64"}));
    verb->add_option("--only", request.only, "rows to run, separated by commas, instead of all")->delimiter(',');
    verb->add_flag(
        "--further", request.further,
        "objectives: more rows, the GAN loss with all weights free and on random weights, imitation beside the GAN "
        "loss");
    verb->add_option("--features", options->measure.features,
                     "auto, builtin, fwd, a file of train-features, or a TorchScript network (.pt)")
        ->capture_default_str();
    verb->add_option("--reference", options->measure.reference,
                     "statistics (.npz) the table compares with; the test images of builtin");
    addCommonOptions(*verb, context);
    verb->callback([options, &context] {
        if (!options->precond.empty()) options->model = withPrecond(options->model, options->precond);
        context.sharing = Context::Sharing::Jobs;
        context.run = [options, &context] { runStudy(*options, context); };
    });
}

}  // namespace thaw::cli
