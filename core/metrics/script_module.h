// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/script.h>

#include <string>

namespace thaw {

/// A TorchScript module in evaluation mode, its weights without gradients. A TorchScript file is a program and is run:
/// open only files you trust. Throws FileMissing, FileDamaged (truncated), WrongKind (weights without a program),
/// OutOfMemory.
torch::jit::Module loadScript(const std::string& path, torch::Device device);

/// What went wrong inside, in one line: the interpreter's complaint is a page of call stack.
std::string scriptFault(const std::exception& fault);

/// `#1a2b3c4d`: checksum of a file, to tell networks apart.
std::string scriptChecksum(const std::string& path);

}  // namespace thaw
