// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/did_you_mean.h"
#include "app/cli/verbs.h"

#include "core/values/torch_fault.h"

#include <csignal>
#include <cstdio>
#include <iostream>
#include <new>

namespace thaw::cli {
namespace {

int fail(const std::string& message, const std::string& hint, int code) {
    std::cerr << "thaw-cli: " << message << '\n';
    if (!hint.empty()) std::cerr << "          " << hint << '\n';
    return code;
}

// What does not parse, in the form of every other fault.
int failUsage(const CLI::App& app, const std::vector<std::string>& arguments, const CLI::ParseError& e) {
    const int code = exitCode(ErrorCode::Usage);
    if (const auto unknown = unknownWord(app, arguments)) return fail(unknown->message, unknown->hint, code);
    const auto verbs = app.get_subcommands();
    if (verbs.empty()) return fail("The verb is missing.", "'thaw-cli --help' lists all verbs.", code);
    std::string message = e.what();
    // Before what a check says of a value stands the option with a colon.
    if (const auto colon = message.find(": is '"); colon != std::string::npos) message.replace(colon, 2, " ");
    if (!message.ends_with('?') && !message.ends_with('.')) message += '.';
    return fail(message, "'thaw-cli " + verbs.front()->get_name() + " --help' lists its options.", code);
}

// The one catch site of the command line.
int runGuarded(Context& context) {
    try {
        cutThreads(context);
        if (context.sharing != Context::Sharing::None) joinOthers(context);
        context.run();
        return context.status;
    } catch (const Error& e) {
        return fail(e.message(), e.hint(), exitCode(e.code()));
    } catch (const std::bad_alloc&) {
        return fail("There is not enough memory.", "Use a smaller --batch or --num.", exitCode(ErrorCode::OutOfMemory));
    } catch (const std::exception& e) {
        if (meansOutOfMemory(e.what()))
            return fail("There is not enough memory.", "Use a smaller --batch or --num.",
                        exitCode(ErrorCode::OutOfMemory));
        return fail("Unexpected fault: " + withoutStackTrace(e.what()), "Please report this with the command you ran.",
                    1);
    }
}

}  // namespace

int runMain(int argc, char** argv) {
    holdStandardStreams();
    Context context;
    CLI::App app("Thaw: unlock one-step generation in diffusion models, without a display", "thaw-cli");
    app.set_version_flag("--version", "thaw-cli " THAW_VERSION);
    app.require_subcommand(1);
    app.fallthrough(false);
    for (const auto add : {addInfo, addConvert, addDenoise, addSample, addPretrain, addFinetune, addEvaluate,
                           addStatistics, addTrainFeatures, addSpectrum, addFigure, addCurves, addStudy, addDevices,
                           addBench, addWatch, addSteer, addServe})
        add(app, context);
    for (auto* verb : app.get_subcommands({})) requirePlainNumbers(*verb);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        // CLI11 returns 0 for --help and --version; everything else is wrong usage.
        if (e.get_exit_code() != 0) return failUsage(app, {argv + 1, argv + argc}, e);
        app.exit(e);
        context.run = requireStandardOutput;
    }
    return runGuarded(context);
}

}  // namespace thaw::cli

int main(int argc, char** argv) {
    try {
        return thaw::cli::runMain(argc, argv);
    } catch (...) {
        // The verbs' faults are told above; before them only memory can be lacking.
        std::fputs("thaw-cli: There is not enough memory to begin.\n", stderr);
        return thaw::exitCode(thaw::ErrorCode::OutOfMemory);
    }
}
