// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/script_module.h"

#include "core/values/error.h"
#include "core/values/torch_fault.h"

#include <caffe2/serialize/inline_container.h>
#include <zlib.h>

#include <cstdio>
#include <fstream>
#include <sstream>

namespace thaw {
namespace {

// The interpreter's complaint is a page of call stack; its last line says what happened.
std::string lastLine(const std::string& text) {
    std::istringstream stream(text);
    std::string line, last;
    while (std::getline(stream, line))
        if (line.find_first_not_of(" \t~^<") != std::string::npos && line.rfind("Exception raised from", 0) != 0 &&
            line.rfind("frame #", 0) != 0)
            last = line;
    for (const std::string start : {"RuntimeError: ", "torch.jit.Error: "})
        if (last.rfind(start, 0) == 0) last = last.substr(start.size());
    last.erase(0, last.find_first_not_of(" \t"));
    while (!last.empty() && (last.back() == '.' || std::isspace(static_cast<unsigned char>(last.back()))))
        last.pop_back();
    return last.size() > 200 ? last.substr(0, 197) + "..." : last;
}

}  // namespace

std::string scriptFault(const std::exception& fault) {
    const auto* torchFault = dynamic_cast<const c10::Error*>(&fault);
    return lastLine(torchFault ? torchFault->what_without_backtrace() : fault.what());
}

std::string scriptChecksum(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    std::vector<char> block(1 << 20);
    auto sum = crc32(0, nullptr, 0);
    while (stream.read(block.data(), std::streamsize(block.size())), stream.gcount() > 0)
        sum = crc32(sum, reinterpret_cast<const Bytef*>(block.data()), uInt(stream.gcount()));
    char number[16];
    std::snprintf(number, sizeof number, "#%08lx", static_cast<unsigned long>(sum));
    return number;
}

torch::jit::Module loadScript(const std::string& path, torch::Device device) {
    if (!std::ifstream(path, std::ios::binary))
        throw Error(ErrorCode::FileMissing, "The file '" + path + "' cannot be read.", "Check the path.");
    bool program = false;
    try {
        program = caffe2::serialize::PyTorchStreamReader(path).hasRecord("constants.pkl");
    } catch (const std::exception&) {
        throw Error(ErrorCode::FileDamaged, "'" + path + "' is damaged or no TorchScript file.",
                    "Export the feature network again, for example with packaging/export_features.py.");
    }
    if (!program)
        throw Error(ErrorCode::WrongKind, "'" + path + "' holds weights without a program, not a TorchScript module.",
                    "Export it with packaging/export_features.py.");
    try {
        auto module = torch::jit::load(path, device);
        module.eval();
        for (auto parameter : module.parameters()) parameter.set_requires_grad(false);
        return module;
    } catch (const std::exception& fault) {
        if (meansOutOfMemory(fault.what()))
            throw Error(ErrorCode::OutOfMemory, "There is not enough memory for '" + path + "'.", "Use --device cpu.");
        throw Error(ErrorCode::FileDamaged,
                    "'" + path + "' cannot be loaded as TorchScript: " + scriptFault(fault) + ".",
                    "Export it again with a PyTorch no newer than this program's LibTorch.");
    }
}

}  // namespace thaw
