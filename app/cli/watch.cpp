// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_asking.h"
#include "app/cli/verbs.h"
#include "core/values/error.h"
#include "core/values/number_text.h"
#include "core/values/train_words.h"

#include <chrono>
#include <iostream>
#include <memory>
#include <optional>
#include <thread>

namespace thaw::cli {
namespace {

using WatchClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLookEvery{200};
constexpr std::chrono::seconds kLostFor{3};     // without a process, before it counts as gone without a word
constexpr std::chrono::seconds kSilentFor{60};  // before it is said

struct WatchOptions {
    std::string run;
    bool once = false;
    double timeout = 30;
};

std::string stateText(const RunStatus& status) {
    if (!status.outcome) return std::string(wordFor(status.state)) + " on " + status.host + " since " + status.since;
    return std::string(wordFor(*status.outcome)) + (status.message.empty() ? "" : ": " + status.message);
}

// "1.28 of 100 kimg  G 0.693  D 1.386  distance 12.3  812 img/s  running on HOST since …"
std::string lineOf(const RunStatus& status) {
    std::string line = shortNumber(status.kimg) + " of " + shortNumber(status.targetKimg) + " kimg";
    const auto add = [&](const char* name, std::optional<double> value, int digits = 4) {
        if (value) line += std::string("  ") + name + " " + shortNumber(*value, digits);
    };
    add("loss", status.loss);
    add("G", status.gLoss);
    add("D", status.dLoss);
    add("imitation", status.distillLoss);
    add("distance", status.distance);
    if (status.imagesPerSecond) line += "  " + fixedNumber(*status.imagesPerSecond, 0) + " img/s";
    return line + "  " + stateText(status);
}

bool isNews(const RunStatus& now, const std::optional<RunStatus>& shown) {
    return !shown || now.state != shown->state || now.outcome != shown->outcome || now.kimg != shown->kimg ||
           now.distance != shown->distance || now.pid != shown->pid || now.host != shown->host;
}

// With --json the one object at the end is all that standard output gets.
void tellLine(const Context& context, const std::string& line) {
    if (context.json) return say(context, line);
    std::cout << line << std::endl;
    requireStandardOutput();
}

// Its last word where it has ended, else that of its process.
void watchOnce(const WatchOptions& options, const Context& context) {
    const auto life = lastWordOf(options.run);
    const bool hasEnded = !life.process && life.status && life.status->outcome;
    const auto status = hasEnded ? *life.status : requireLivingRun(options.run, options.timeout);
    report(context, resultOf(options.run, status), lineOf(status));
}

void runWatch(const WatchOptions& options, const Context& context) {
    requireRunFolder(options.run);
    catchSignals();
    if (options.once) return watchOnce(options, context);
    std::optional<RunStatus> shown = requireLivingRun(options.run, options.timeout);
    tellLine(context, lineOf(*shown));
    auto heard = WatchClock::now();
    std::string written = shown->written;
    bool isSilent = false;
    while (!interrupted()) {
        std::this_thread::sleep_for(kLookEvery);
        const auto life = lastWordOf(options.run);
        const auto now = WatchClock::now();
        const bool hasEnded = life.status && life.status->outcome;
        if (life.status && life.status->written != written) {
            written = life.status->written;
            heard = now;
            isSilent = false;
        }
        if ((life.isFresh || hasEnded) && isNews(*life.status, shown)) {
            shown = life.status;
            tellLine(context, lineOf(*shown));
        }
        if (hasEnded) {
            if (context.json) report(context, resultOf(options.run, *shown), {});
            return;
        }
        if (life.process) {
            if (!isSilent && now - heard > kSilentFor) {
                isSilent = true;
                say(context, "Nothing was heard of the run for a minute; its last word is of " + written + ".");
            }
        } else if (now - heard > kLostFor) {
            throw goneError(options.run, life.status);
        }
    }
    throw Error(ErrorCode::Interrupted, "The run is not watched any more; it goes on.");
}

}  // namespace

void addWatch(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("watch", "follow a run of another process");
    auto options = std::make_shared<WatchOptions>();
    verb->add_option("RUN", options->run, "run folder")->required();
    verb->add_flag("--once", options->once, "one line, of a run that has ended too");
    verb->add_option("--timeout", options->timeout, "seconds to wait for the first word")
        ->check(aboveZero())
        ->capture_default_str();
    addCommonOptions(*verb, context);
    verb->callback([options, &context] { context.run = [options, &context] { runWatch(*options, context); }; });
}

}  // namespace thaw::cli
