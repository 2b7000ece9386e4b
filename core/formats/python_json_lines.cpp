// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/python_json_lines.h"

#include "core/values/error.h"

#include <algorithm>
#include <fstream>
#include <vector>

namespace thaw {
namespace {

constexpr std::size_t kLongestLine = 1 << 20;

}  // namespace

void LinePlace::refuse(const std::string& what) const {
    throw Error(ErrorCode::FileDamaged,
                "'" + path + "' is damaged at line " + std::to_string(number) + ": " + what + ".",
                "Remove that line, or take a copy of the file.");
}

std::string withoutNan(std::string_view line) {
    std::string text;
    bool quoted = false;
    for (std::size_t i = 0; i < line.size();) {
        if (quoted && line[i] == '\\' && i + 1 < line.size()) {
            text += line.substr(i, 2);
            i += 2;
            continue;
        }
        if (line[i] == '"') quoted = !quoted;
        const auto remaining = line.substr(i);
        std::size_t length = 0;
        for (const std::string_view word : {"NaN", "Infinity", "-Infinity"})
            if (!quoted && remaining.starts_with(word)) length = word.size();
        text += length > 0 ? std::string_view("null") : remaining.substr(0, 1);
        i += std::max<std::size_t>(length, 1);
    }
    return text;
}

void forEachJsonLine(const std::string& path,
                     const std::function<void(const nlohmann::json&, const LinePlace&)>& take) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) throw Error(ErrorCode::FileMissing, "Cannot read '" + path + "'.", "Check the path and permissions.");
    // Bounded, so that a file without line ends does not fill the memory.
    std::vector<char> buffer(kLongestLine + 1);
    LinePlace place{path};
    while (stream.getline(buffer.data(), std::streamsize(buffer.size())) || stream.gcount() > 0) {
        ++place.number;
        if (stream.fail()) place.refuse("it is longer than " + std::to_string(kLongestLine) + " bytes");
        const std::string_view line(buffer.data());
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const auto json = nlohmann::json::parse(withoutNan(line), nullptr, /*allow_exceptions=*/false);
        if (json.is_discarded() && stream.eof()) return;  // a run that was killed leaves half a line
        if (!json.is_object()) place.refuse("it is no JSON object");
        take(json, place);
    }
}

}  // namespace thaw
