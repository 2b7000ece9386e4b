// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace thaw::cli {

/// What a verb is going to write, and as which option it was named.
struct Output {
    std::string path;
    std::vector<std::string> endings;  ///< of the files it can be, in lower case: ".png"
    bool force = false;                ///< replace a file that is there
    enum class Folder {
        No,     ///< files alone
        Empty,  ///< what has no ending of a file is a folder, new or empty
        Goes    ///< a folder, which may be there already and goes on
    } folder = Folder::No;
    std::string option = "--out";
};

/// Everything that can be known of an output before the work: its ending (upper case counts as lower), that its place is
/// free, that its folder is there and can be written. One function for all verbs, so that no measurement of hours ends in a
/// wrong name. Returns the ending in lower case; empty for a folder. Throws Usage for an ending that this verb does not
/// write, Configuration for a place that is taken, FileMissing for one that cannot be written.
std::string requireOutput(const Output& output);

/// The ending of a path in lower case: `.png` of `X.PNG`; empty where there is none.
std::string endingOf(const std::string& path);

/// Writes a text file whole or not at all.
void writeText(const std::string& path, const std::string& text);

}  // namespace thaw::cli
