// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/file_question.h"
#include "core/wire/run_fields.h"
#include "core/wire/steering_fields.h"

namespace thaw::wire {

// Questions about the files of another machine, and their answers.
template <>
struct Fields<question::Place> {
    static void visit(auto&, auto&) {}
};
template <>
struct Fields<question::List> {
    static void visit(auto& v, auto& value) { v("folder", value.folder); }
};
template <>
struct Fields<question::Look> {
    static void visit(auto& v, auto& value) {
        v("folder", value.folder);
        v("run_folders", value.runFolders);
        v("list", value.list);
        v("shown", value.shown);
        v("anew", value.anew);
    }
};
template <>
struct Fields<question::Stats> {
    static void visit(auto& v, auto& value) { v("folder", value.folder); }
};
template <>
struct Fields<question::Interrupted> {
    static void visit(auto& v, auto& value) {
        v("folder", value.folder);
        v("last", value.last);
    }
};
template <>
struct Fields<question::Steer> {
    static void visit(auto& v, auto& value) {
        v("folder", value.folder);
        v("step", value.step);
        v("request", value.request);
    }
};
template <>
struct KindNames<FileQuestion> {
    static constexpr std::array<const char*, 6> all{"place", "list", "look", "stats", "interrupted", "steer"};
};
template <>
struct Fields<FileAsk> {
    static void visit(auto& v, auto& value) {
        v("number", value.number);
        v("question", value.question);
    }
};
template <>
struct Fields<RunFiles> {
    static void visit(auto& v, auto& value) {
        v("snapshot", value.snapshot);
        v("snapshot_kimg", value.snapshotKimg);
        v("grid", value.grid);
        v("grid_kimg", value.gridKimg);
    }
};
template <>
struct Fields<RunNews> {
    static void visit(auto& v, auto& value) {
        v("folder", value.folder);
        v("summary", value.summary);
        v("stats", value.stats);
        v("whole", value.whole);
        v("files", value.files);
    }
};
template <>
struct Fields<RunsNews> {
    static void visit(auto& v, auto& value) {
        v("problem", value.problem);
        v("folders", value.folders);
        v("runs", value.runs);
        v("unfinished", value.unfinished);
    }
};
template <>
struct Fields<answer::Failed> {
    static void visit(auto& v, auto& value) {
        v("message", value.message);
        v("hint", value.hint);
    }
};
template <>
struct Fields<answer::Place> {
    static void visit(auto& v, auto& value) {
        v("host", value.host);
        v("home", value.home);
        v("runs", value.runs);
    }
};
template <>
struct Fields<answer::Entry> {
    static void visit(auto& v, auto& value) {
        v("name", value.name);
        v("is_folder", value.isFolder);
        v("bytes", value.bytes);
    }
};
template <>
struct Fields<answer::Listing> {
    static void visit(auto& v, auto& value) {
        v("folder", value.folder);
        v("entries", value.entries);
    }
};
template <>
struct Fields<answer::News> {
    static void visit(auto& v, auto& value) { v("news", value.news); }
};
template <>
struct Fields<answer::Stats> {
    static void visit(auto& v, auto& value) { v("stats", value.stats); }
};
template <>
struct Fields<answer::Interrupted> {
    static void visit(auto& v, auto& value) { v("runs", value.runs); }
};
template <>
struct Fields<answer::Steered> {
    static void visit(auto& v, auto& value) { v("run", value.run); }
};
template <>
struct KindNames<FileAnswer> {
    static constexpr std::array<const char*, 7> all{"failed", "place",       "listing", "news",
                                                    "stats",  "interrupted", "steered"};
};
template <>
struct Fields<FileReply> {
    static void visit(auto& v, auto& value) {
        v("number", value.number);
        v("answer", value.answer);
    }
};

}  // namespace thaw::wire
