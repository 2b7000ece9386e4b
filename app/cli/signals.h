// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace thaw::cli {

/// From now on INT (Ctrl+C), TERM, HUP (the terminal is closed) and a closed pipe (nobody reads the output any more) ask the
/// work to end, and interrupted() tells of it: finish the step, save, leave with 130. A second INT or TERM kills, so that a
/// hung program stays killable; a second HUP does not, since shell and kernel both send one. Under nohup HUP stays ignored.
void catchSignals();

/// From now on a second INT or TERM does not kill: for work that others end, who may ask twice.
void outlastRepeatedSignals();

/// True after one of these signals; catches them from the first question on.
bool interrupted();

/// Standard input, output and error are open from now on, so that no file of ours gets their numbers and what is meant for
/// a closed standard output does not land in it; writing there fails as it should.
void holdStandardStreams();

}  // namespace thaw::cli
