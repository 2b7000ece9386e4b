// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>

namespace thaw::cli {

/// A process that answers questions about files (core/formats/file_answers.h): a folder whose line is broken then keeps
/// nobody else waiting. Frames Ask go into the socket that is returned, frames Answer come out of it, without
/// greetings; the process ends with it. `ours`: what is open here and none of its business. -1 where there is no room
/// for a process.
int startFileAnswers(std::initializer_list<int> ours);

}  // namespace thaw::cli
