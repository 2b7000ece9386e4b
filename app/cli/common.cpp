// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs.h"

#include "core/device/devices.h"
#include "core/formats/json_text.h"
#include "core/io/model_description.h"
#include "core/session/job.h"
#include "core/values/model_name.h"
#include "core/values/number_text.h"
#include "core/values/train_words.h"

#include <unistd.h>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>

namespace thaw::cli {
namespace {

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

std::string minutes(double seconds) {
    if (seconds < 90) return fixedNumber(seconds, 0) + " s";
    return seconds < 5400 ? fixedNumber(seconds / 60, 0) + " min" : fixedNumber(seconds / 3600, 1) + " h";
}

}  // namespace

void addCommonOptions(CLI::App& verb, Context& context) {
    std::map<std::string, Precision> precisions;
    for (const auto& [precision, word] : EnumWords<Precision>::all) precisions[word] = precision;
    verb.add_option("--device", context.compute.device, "auto, cpu, cuda or cuda:N")->capture_default_str();
    verb.add_option("--precision", context.compute.precision, listedWords<Precision>() + " (training steps)")
        ->transform(oneOf(precisions));
    verb.add_option("--threads", context.compute.threads, "CPU threads, 0 = all")->check(atLeast(0));
    verb.add_flag("--json", context.json, "machine-readable result on standard output");
    verb.add_flag("--quiet", context.quiet, "no progress");
}

void addPrecondOption(CLI::App& verb, std::string& precond) {
    std::vector<std::string> words;
    words.reserve(kPrecondWords.size());
    for (const auto& [word, name] : kPrecondWords) words.emplace_back(word);
    verb.add_option("--precond", precond,
                    "preconditioning of a model file that does not say its class; without it EDM's is assumed")
        ->check(oneOfWords(words));
}

std::string sayOpening(const Context& context, const std::string& model) {
    const auto metadata = describeModel(model).metadata;
    for (const auto& note : openingNotes(metadata)) say(context, note);
    const auto assumed = metadata.find("assumed");
    return assumed == metadata.end() ? std::string() : assumed->second;
}

void report(const Context& context, const nlohmann::ordered_json& result, const std::string& text) {
    if (!context.first) return;
    std::cout << (context.json ? jsonText(result, 2) : text) << '\n';
    requireStandardOutput();
}

void requireStandardOutput() {
    errno = 0;
    std::cout.flush();
    if (std::cout) return;
    throw Error(ErrorCode::FileMissing,
                std::string("Standard output cannot be written") +
                    (errno != 0 ? ": " + std::string(std::strerror(errno)) : std::string()) + ".",
                "Files that were named with an option are written; free some space, or send the result elsewhere.");
}

void cutThreads(Context& context) {
    const int cores = usableCores();
    auto& threads = context.compute.threads;
    if (threads <= cores) return;
    say(context, "--threads is " + std::to_string(threads) + ", but there are " + std::to_string(cores) +
                     " cores: more threads would only wait for each other, so " + std::to_string(cores) + " are used.");
    threads = cores;
}

void joinOthers(Context& context) {
    const auto place =
        context.sharing == Context::Sharing::Steps ? joinJob(context.compute) : takePlace(context.compute);
    if (!place) return;
    context.first = place->rank == 0;
    context.restarts = place->restarts;
    if (!context.first) context.quiet = true;
    if (place->size > 1) say(context, std::to_string(place->size) + " processes share the work.");
}

nlohmann::ordered_json orNull(std::optional<double> value) {
    return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json();
}

void say(const Context& context, const std::string& text) {
    if (!context.quiet) std::cerr << text << std::endl;
}

ProgressBar::ProgressBar(const Context& context, std::string title, double total, std::string unit)
    : quiet_(context.quiet),
      terminal_(::isatty(STDERR_FILENO)),
      title_(std::move(title)),
      unit_(std::move(unit)),
      total_(total),
      started_(now()) {}

ProgressBar::~ProgressBar() {
    if (open_) std::cerr << std::endl;
}

void ProgressBar::update(double done, const std::string& detail) {
    const double time = now(), elapsed = time - started_;
    // A terminal is redrawn in place; a log file gets a line every half minute and the last one.
    if (quiet_ || (done < total_ && time - lastShown_ < (terminal_ ? 0.2 : 30))) return;
    lastShown_ = time;
    const double share = total_ > 0 ? std::min(done / total_, 1.0) : 1.0;
    const double rate = elapsed > 0.2 ? done / elapsed : 0;  // sooner it says nothing of what is to come
    std::ostringstream line;
    line << title_ << ' ';
    if (terminal_) {
        const int width = 28, filled = int(std::lround(share * width));
        for (int i = 0; i < width; ++i) line << (i < filled ? "█" : "░");
        line << ' ';
    }
    line << std::lround(share * 100) << " %";
    const bool counts = !unit_.empty() && unit_ != "%";
    if (rate > 0 && counts) line << "  " << std::lround(rate) << ' ' << unit_ << "/s";
    if (share < 1 && rate > 0) line << "  " << minutes((total_ - done) / rate) << " left";
    if (!detail.empty()) line << "  " << detail;
    if (terminal_) std::cerr << "\r\033[K" << line.str() << std::flush;
    else std::cerr << line.str() << std::endl;
    open_ = terminal_;
}

Progress barProgress(const Context& context, const std::string& title, double total, const std::string& unit) {
    auto bar = std::make_shared<std::unique_ptr<ProgressBar>>();
    return [=, &context](double share) {
        if (!*bar) *bar = std::make_unique<ProgressBar>(context, title, total, unit);
        (*bar)->update(share * total);
        return !interrupted();
    };
}

std::vector<double> parseNumbers(const std::string& text, const std::string& option) {
    std::vector<double> numbers;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, ',');) {
        const auto value = numberOf(part);
        if (!value)
            throw Error(ErrorCode::Usage, option + " has '" + part + "', which is no number.",
                        "Write " + option + (option == "--labels" ? " 3 or 0,1,2." : " 0.5,2,80."));
        numbers.push_back(*value);
    }
    return numbers;
}

std::vector<std::uint64_t> parseSeeds(const std::string& text) {
    const auto bad = [&]() {
        return Error(ErrorCode::Usage, "--seeds has '" + text + "'.", "Write --seeds 0-63 or --seeds 1,5,9-12.");
    };
    const auto number = [&](const std::string& digits) {
        if (digits.size() > 18 && digits.find_first_not_of("0123456789") == std::string::npos)
            throw Error(ErrorCode::Usage, "--seeds has '" + digits + "'; a seed has at most 18 digits.",
                        "Choose smaller seeds.");
        if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos) throw bad();
        return std::stoull(digits);
    };
    std::vector<std::uint64_t> seeds;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, ',');) {
        const auto dash = part.find('-');
        const auto first = number(part.substr(0, dash));
        const auto last = dash == std::string::npos ? first : number(part.substr(dash + 1));
        if (last < first)
            throw Error(ErrorCode::Usage, "--seeds has '" + part + "', whose end is before its beginning.",
                        "Write --seeds " + std::to_string(last) + "-" + std::to_string(first) + ".");
        if (last - first > 10'000'000)
            throw Error(ErrorCode::Usage, "--seeds has '" + part + "', more than ten million at once.",
                        "Take them in several parts.");
        for (auto seed = first; seed <= last; ++seed) seeds.push_back(seed);
    }
    if (seeds.empty()) throw bad();
    return seeds;
}

std::string readTextFile(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    if (!stream || !(text << stream.rdbuf()))
        throw Error(ErrorCode::FileMissing, "The file '" + path + "' cannot be read.", "Check the path.");
    return text.str();
}

}  // namespace thaw::cli
