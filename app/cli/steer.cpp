// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_asking.h"
#include "app/cli/verbs.h"
#include "core/io/freeze_plan_file.h"
#include "core/values/error.h"

#include <memory>
#include <optional>

namespace thaw::cli {
namespace {

struct SteerOptions {
    SteeringVerb verb = SteeringVerb::Pause;
    std::string run, plan;
    std::optional<double> g, d;
    double timeout = 30;
};

void runSteer(const SteerOptions& options, const Context& context) {
    SteeringRequest request;
    request.verb = options.verb;
    request.g = options.g;
    request.d = options.d;
    if (options.verb == SteeringVerb::Rate && !options.g && !options.d)
        throw Error(ErrorCode::Usage, "No learning rate is named.",
                    "Say --g X for the generator, --d Y for D, or both.");
    // A plan in a file is one of this machine; its patterns go to the other.
    if (options.verb == SteeringVerb::Freeze) request.plan = openFreezePlan(options.plan);
    catchSignals();
    const auto answered = ask(options.run, request, options.timeout);
    auto result = resultOf(options.run, answered.status);
    result["message"] = answered.message;
    report(context, result, answered.message);
}

}  // namespace

void addSteer(CLI::App& app, Context& context) {
    const auto add = [&](SteeringVerb steering, const char* help) {
        auto* verb = app.add_subcommand(wordFor(steering), help);
        auto options = std::make_shared<SteerOptions>();
        options->verb = steering;
        verb->add_option("RUN", options->run, "folder of a run that another process works on")->required();
        if (steering == SteeringVerb::Freeze)
            verb->add_option("PLAN", options->plan,
                             "none (D2O), d2o-f, d2o-f+qkv, d2o-f+qkv+skip, a .json plan, or globs")
                ->required();
        if (steering == SteeringVerb::Rate) {
            verb->add_option("--g", options->g, "learning rate of the generator, or of a pre-training")
                ->check(aboveZero());
            verb->add_option("--d", options->d, "learning rate of the discriminator")->check(aboveZero());
        }
        verb->add_option("--timeout", options->timeout, "seconds to wait for its answer")
            ->check(aboveZero())
            ->capture_default_str();
        addCommonOptions(*verb, context);
        verb->callback([options, &context] { context.run = [options, &context] { runSteer(*options, context); }; });
    };
    add(SteeringVerb::Pause, "hold a run of another process between two steps");
    add(SteeringVerb::Resume, "let a paused run of another process go on");
    add(SteeringVerb::Stop, "save and end a run of another process");
    add(SteeringVerb::Snapshot, "save a run of another process now");
    add(SteeringVerb::Freeze, "give a run of another process another freeze plan");
    add(SteeringVerb::Rate, "give a run of another process other learning rates");
}

}  // namespace thaw::cli
