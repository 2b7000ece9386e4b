// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/data_options.h"

#include "app/cli/output.h"
#include "core/formats/steering_files.h"
#include "core/session/job.h"
#include "core/session/run_continuation.h"

#include <filesystem>
#include <memory>

namespace thaw::cli {

void addDataOptions(CLI::App& verb, DataChoice& choice) {
    choice.data = verb.add_option("--data", choice.path, kDataHelp)->capture_default_str();
    choice.maxImages =
        verb.add_option("--max-images", choice.options.maxImages, "a random subset of so many images, 0 = all")
            ->check(atLeast(0));
    verb.add_option("--data-seed", choice.options.seed, "seed of the subset")->capture_default_str();
    verb.add_flag("--strict-data", choice.options.strict,
                  "an image that cannot be read is an error instead of being left out");
}

void takeOrigin(const RunRecord& record, DataChoice& choice, std::string* model, const CLI::Option* modelOption) {
    const auto named = [](const CLI::Option* option) { return option && option->count() > 0; };
    if (model && !named(modelOption)) *model = modelToOpen(record);
    if (!named(choice.data)) choice.path = record.data;
    if (named(choice.maxImages)) return;
    choice.options.maxImages = record.options.maxImages;
    if (record.options.maxImages > 0) choice.options.seed = record.options.seed;
}

void takeDevice(const RunRecord& record, ComputeOptions& compute) {
    if (compute.device == "auto" && record.environment.device == "cpu") compute.device = "cpu";
}

namespace {

bool isFinished(const std::string& run) {
    const auto status = readStatus(run);
    return status && status->outcome == RunOutcome::Finished;
}

}  // namespace

bool runGoesOn(const Context& context, const std::string& out, bool resume) {
    namespace fs = std::filesystem;
    std::error_code none;
    const auto holds = [&](const char* file) { return fs::exists(fs::path(out) / file, none); };
    const bool again = !resume && context.restarts > 0;
    // What is finished was not lost: a launcher also starts a job again that was refused because of another one's run.
    // The first process looks for all of them, since other machines may see late what is in a folder.
    if (again) resume = anyProcess(context.compute, context.first && holds("state.safetensors") && !isFinished(out));
    if (!context.first) return resume;
    if (again && !holds("state.safetensors") && holds("config.json")) {
        const auto aside = out + ".lost-" + std::to_string(context.restarts);
        fs::rename(out, aside, none);
        if (!none) say(context, "The lost job had saved nothing yet; its folder is '" + aside + "' now.");
    }
    requireOutput({out, {}, false, resume ? Output::Folder::Goes : Output::Folder::Empty});
    return resume;
}

Progress dataProgress(const Context& context) {
    // Made at the first sign of length: most data sets open at once.
    auto bar = std::make_shared<std::unique_ptr<ProgressBar>>();
    return [bar, &context](double share) {
        if (share > 0 && !*bar) *bar = std::make_unique<ProgressBar>(context, "data", 100, "%");
        if (*bar) (*bar)->update(share * 100);
        return !interrupted();
    };
}

void sayNotes(const Context& context, const std::vector<std::string>& notes) {
    for (const auto& note : notes) say(context, note);
}

void sayRemark(const Context& context, const std::string& remark) {
    if (!remark.empty()) say(context, remark);
}

void addTensorboardOption(CLI::App& verb, std::optional<bool>& on) {
    verb.add_flag_function(
        "--tensorboard,!--no-tensorboard", [&on](std::int64_t count) { on = count > 0; },
        "write the log for TensorBoard too, into the run folder (also with --resume)");
}

void requireFit(const Context& context, const std::vector<FitProblem>& problems) {
    throwErrors(problems);
    for (const auto& problem : problems) say(context, problem.text + " " + problem.hint);
}

}  // namespace thaw::cli
