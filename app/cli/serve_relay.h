// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace thaw::cli {

/// Between a window and an engine that outlives it: passes on what the window sends (standard input, whose number is
/// `in`), and the engine's frames to `out`, with a beat where the engine says nothing. Ends with the window: when its
/// end is closed, or when nothing was heard of it for wire::Heartbeat::kSilenceSeconds. True where the engine ended
/// first. Questions about files go to `files` (serve_files.h) instead; -1 = nobody answers them.
bool relay(int in, int out, int engine, int files);

}  // namespace thaw::cli
