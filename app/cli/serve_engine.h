// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace thaw::cli {

struct Context;

/// The number under which the engine finds its end of the line.
inline constexpr int kEngineSocket = 3;

/// The engine of `thaw-cli serve`, in a process and a session of its own. It ends with the line, unless a run is
/// open: that one goes on to its end. TERM, INT and HUP suspend it. Throws Error for what the window sent that is no
/// message.
void serveEngine(Context& context);

}  // namespace thaw::cli
