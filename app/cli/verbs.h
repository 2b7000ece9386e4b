// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/signals.h"
#include "app/cli/validators.h"
#include "core/session/session.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace thaw::cli {

/// What every verb shares: the common options, and what it has to say.
struct Context {
    ComputeOptions compute;
    bool json = false;
    bool quiet = false;
    std::function<void()> run;  ///< the verb that was named
    /// How the verb works with others that a launcher started: on the same step, or each on a job of its own.
    enum class Sharing { None, Steps, Jobs } sharing = Sharing::None;
    bool first = true;  ///< of them; it alone writes and speaks
    int restarts = 0;   ///< times the launcher has started the job again
    int status = 0;     ///< exit code of a program that the verb started and that has told what went wrong
};

/// Each verb registers its options and sets `context.run`; one file a verb.
void addInfo(CLI::App& app, Context& context);
void addConvert(CLI::App& app, Context& context);
void addDenoise(CLI::App& app, Context& context);
void addSample(CLI::App& app, Context& context);
void addPretrain(CLI::App& app, Context& context);
void addFinetune(CLI::App& app, Context& context);
void addEvaluate(CLI::App& app, Context& context);
void addStatistics(CLI::App& app, Context& context);
void addTrainFeatures(CLI::App& app, Context& context);
void addSpectrum(CLI::App& app, Context& context);
void addFigure(CLI::App& app, Context& context);
void addCurves(CLI::App& app, Context& context);
void addStudy(CLI::App& app, Context& context);
void addDevices(CLI::App& app, Context& context);
void addBench(CLI::App& app, Context& context);
void addWatch(CLI::App& app, Context& context);
void addServe(CLI::App& app, Context& context);
void addSteer(CLI::App& app, Context& context);  ///< pause, resume, stop, snapshot, freeze, rate

/// `--device`, `--precision`, `--threads`, `--json`, `--quiet` on a verb.
void addCommonOptions(CLI::App& verb, Context& context);

/// No more threads than cores; says so where more were asked for.
void cutThreads(Context& context);

/// Finds the other processes where a launcher started several (core/session/job.h); all but the first become quiet.
void joinOthers(Context& context);

/// Throws FileMissing unless everything that was printed has arrived: on a full disk nothing else tells of it.
void requireStandardOutput();

/// `--precond` on a verb that names a model: how the weights of a file that does not say its class are to be used. The
/// verb puts it into the model's name with withPrecond (core/values/model_name.h).
void addPrecondOption(CLI::App& verb, std::string& precond);

/// Says on standard error what was assumed of a model and which of several networks of its file is taken; returns the
/// assumed class, empty where the file says its own. Throws what openModel throws.
std::string sayOpening(const Context& context, const std::string& model);

/// The result: one JSON object on standard output with --json, `text` otherwise. Throws as requireStandardOutput does.
void report(const Context& context, const nlohmann::ordered_json& result, const std::string& text);

/// What was not measured is null.
nlohmann::ordered_json orNull(std::optional<double> value);

/// A line on standard error, unless --quiet.
void say(const Context& context, const std::string& text);

/// Progress on standard error: a bar with rate and time left on a terminal, a plain line now and then otherwise.
class ProgressBar {
public:
    ProgressBar(const Context& context, std::string title, double total, std::string unit);
    ~ProgressBar();
    void update(double done, const std::string& detail = {});

private:
    bool quiet_, terminal_;
    std::string title_, unit_;
    double total_, started_, lastShown_ = -1;
    bool open_ = false;
};

/// Progress of one piece of long work, as core asks for it: a bar that is made at the first question, so that its rate is
/// that of the work alone. Answers false after Ctrl+C.
Progress barProgress(const Context& context, const std::string& title, double total, const std::string& unit);

/// `0-63`, `7`, `1,5,9-12`. Throws Usage.
std::vector<std::uint64_t> parseSeeds(const std::string& text);
/// `0.5,2,80`. Throws Usage naming the bad number.
std::vector<double> parseNumbers(const std::string& text, const std::string& option);

/// The whole text of a file. Throws FileMissing.
std::string readTextFile(const std::string& path);

}  // namespace thaw::cli
