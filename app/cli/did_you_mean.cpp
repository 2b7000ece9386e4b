// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/did_you_mean.h"

#include "core/values/enum_words.h"
#include "core/values/near_word.h"

#include <algorithm>
#include <cctype>

namespace thaw::cli {
namespace {

std::vector<const CLI::App*> verbsOf(const CLI::App& app) {
    return app.get_subcommands([](const CLI::App*) { return true; });
}

std::vector<std::string> optionsOf(const CLI::App& verb) {
    std::vector<std::string> names;
    for (const auto* option : verb.get_options()) {
        for (const auto& name : option->get_lnames()) names.push_back("--" + name);
        for (const auto& name : option->get_snames()) names.push_back("-" + name);
    }
    return names;
}

bool has(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

UnknownWord noVerb(const CLI::App& app, const std::string& word) {
    static const std::vector<std::pair<std::string, std::string>> kOtherNames{
        {"generate", "sample"}, {"train", "finetune"}, {"distill", "finetune"}, {"tune", "finetune"},
        {"fid", "evaluate"},    {"test", "evaluate"},  {"plot", "figure"},      {"export", "convert"}};
    std::vector<std::string> verbs;
    for (const auto* verb : verbsOf(app)) verbs.push_back(verb->get_name());
    std::optional<std::string> near;
    for (const auto& [other, verb] : kOtherNames)
        if (word == other) near = verb;
    if (!near) near = nearestWord(word, verbs);
    return {"There is no verb '" + word + "'." + (near ? " Did you mean '" + *near + "'?" : ""),
            near ? "'thaw-cli --help' lists all verbs." : "The verbs are " + listed(verbs) + "."};
}

UnknownWord noOption(const CLI::App& app, const CLI::App& verb, const std::string& word) {
    const auto near = nearestWord(word, optionsOf(verb));
    std::vector<std::string> others;
    for (const auto* other : verbsOf(app))
        if (has(optionsOf(*other), word)) others.push_back("'" + other->get_name() + "'");
    const bool elsewhere = !others.empty() && others.size() < 6;
    return {"'" + verb.get_name() + "' has no option '" + word + "'" +
                (elsewhere ? "; " + listed(others) + (others.size() == 1 ? " has it." : " have it.") : ".") +
                (near ? " Did you mean '" + *near + "'?" : ""),
            "'thaw-cli " + verb.get_name() + " --help' lists its options."};
}

}  // namespace

std::optional<UnknownWord> unknownWord(const CLI::App& app, const std::vector<std::string>& arguments) {
    if (arguments.empty()) return {};
    if (arguments[0].starts_with("-")) {
        const auto word = arguments[0].substr(0, arguments[0].find('='));
        const auto known = optionsOf(app);
        if (has(known, word)) return {};
        const auto near = nearestWord(word, known);
        return UnknownWord{
            "There is no option '" + word + "' before the verb." + (near ? " Did you mean '" + *near + "'?" : ""),
            "'thaw-cli --help' lists all verbs."};
    }
    const auto verbs = verbsOf(app);
    const auto found =
        std::find_if(verbs.begin(), verbs.end(), [&](const auto* verb) { return verb->get_name() == arguments[0]; });
    if (found == verbs.end()) return noVerb(app, arguments[0]);
    const auto* verb = *found;
    const auto options = optionsOf(*verb);
    for (std::size_t i = 1; i < arguments.size() && arguments[i] != "--"; ++i) {
        const auto word = arguments[i].substr(0, arguments[i].find('='));
        const bool isLong = word.size() > 2 && word.starts_with("--");
        const bool isShort = word.size() > 1 && word[0] == '-' && std::isalpha(static_cast<unsigned char>(word[1]));
        // -inf and -nan are numbers.
        if ((isLong || (isShort && word != "-inf" && word != "-nan")) && !has(options, word)) {
            if (isShort && has(options, word.substr(0, 2))) continue;
            return noOption(app, *verb, word);
        }
    }
    return {};
}

}  // namespace thaw::cli
