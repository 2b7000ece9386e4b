// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include "core/io/atomic_file.h"
#include "core/values/error.h"

#include <fcntl.h>
#include <unistd.h>
#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <ostream>

namespace thaw::cli {
namespace {

namespace fs = std::filesystem;

// Endings that nobody means as the name of a folder. Others are left alone: run.v2 and lr-0.5 are good names.
constexpr const char* kFileEndings[] = {
    ".jpg",  ".jpeg", ".jpe",  ".jfif", ".png",         ".gif",  ".bmp", ".tif",  ".tiff", ".webp", ".avif",
    ".heic", ".jxl",  ".ppm",  ".pgm",  ".exr",         ".svg",  ".pdf", ".eps",  ".ps",   ".npy",  ".npz",
    ".csv",  ".tsv",  ".txt",  ".md",   ".json",        ".zip",  ".tar", ".gz",   ".tgz",  ".7z",   ".pkl",
    ".pt",   ".pth",  ".ckpt", ".bin",  ".safetensors", ".onnx", ".h5",  ".hdf5", ".mat",  ".mp4",  ".webm"};

std::string orList(const std::vector<std::string>& words) {
    std::string text;
    for (std::size_t k = 0; k < words.size(); ++k)
        text += (k == 0 ? "" : k + 1 == words.size() ? " or " : ", ") + words[k];
    return text;
}

bool isOneOf(const std::vector<std::string>& endings, const std::string& ending) {
    return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

Error wrongEnding(const Output& output) {
    const auto what = output.option + " '" + output.path + "': ";
    if (output.folder == Output::Folder::No)
        return {ErrorCode::Usage, what + "this program writes " + orList(output.endings) + " here.",
                "Give the file one of these endings."};
    if (output.endings.empty())
        return {ErrorCode::Usage, what + "this is the name of a file, and a folder is made here.",
                "Leave the ending out."};
    return {ErrorCode::Usage, what + "this program writes " + orList(output.endings) + " here, or a folder of PNGs.",
            "Give the file one of these endings, or the folder a name without one."};
}

// The folder that is there already and has to take what is made; not the one that is yet to be made.
void requireWritable(const Output& output, fs::path folder) {
    std::error_code error;
    if (output.folder == Output::Folder::No) {
        if (!folder.empty() && !fs::is_directory(folder, error))
            throw Error(ErrorCode::FileMissing, "There is no folder '" + folder.string() + "' to write into.",
                        "Create it first.");
    } else {
        while (!folder.empty() && !fs::exists(folder, error) && folder != folder.parent_path())
            folder = folder.parent_path();
        if (!folder.empty() && !fs::is_directory(folder, error))
            throw Error(ErrorCode::FileMissing,
                        "'" + output.path + "' cannot be made: '" + folder.string() + "' is not a folder.",
                        "Choose another place.");
    }
    if (folder.empty()) folder = ".";
    // Tried, since permissions alone do not tell of file systems that take no files.
    const auto trial = (folder / (".thaw" + std::to_string(::getpid()))).string();
    const int file = ::open(trial.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        throw Error(ErrorCode::FileMissing,
                    "Nothing can be written into '" + folder.string() + "': " + std::strerror(errno) + ".",
                    "Choose a folder you may write to.");
    ::close(file);
    ::unlink(trial.c_str());
}

void requireFreeFile(const Output& output) {
    std::error_code error;
    if (fs::is_directory(output.path, error))
        throw Error(ErrorCode::Configuration, "'" + output.path + "' is a folder.", "Name a file.");
    if (!output.force && fs::exists(fs::symlink_status(output.path, error)))
        throw Error(ErrorCode::Configuration, "'" + output.path + "' exists already.",
                    "Choose another name, or replace it with --force.");
    requireWritable(output, fs::path(output.path).parent_path());
}

void requireFreeFolder(const Output& output, const std::string& path) {
    std::error_code error;
    const bool isThere = fs::exists(path, error), isFolder = fs::is_directory(path, error);
    if (isThere && !isFolder)
        throw Error(ErrorCode::Configuration, "'" + output.path + "' exists already and is a file.",
                    "Choose another name for the folder.");
    if (isThere && output.folder == Output::Folder::Empty && !fs::is_empty(path, error))
        throw Error(ErrorCode::Configuration,
                    "'" + output.path + "' exists already and is not empty; nothing in it is overwritten.",
                    "Choose a new folder.");
    requireWritable(output, path);
}

}  // namespace

std::string endingOf(const std::string& path) {
    auto ending = fs::path(path).extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return ending;
}

std::string requireOutput(const Output& output) {
    if (output.path.empty()) throw Error(ErrorCode::Usage, output.option + " is empty.", "Name what to write.");
    if (output.path == "-")
        throw Error(ErrorCode::Usage, output.option + " is '-', but nothing is written to the standard output.",
                    "Name a file or a folder; --json prints the result.");
    auto path = output.path;
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    auto ending = endingOf(path);
    const bool saysFolder = path != output.path;
    if (!saysFolder && isOneOf(output.endings, ending)) {
        requireFreeFile(output);
        return ending;
    }
    std::error_code error;
    const bool goesOn = output.folder == Output::Folder::Goes && fs::is_directory(path, error);
    const bool saysFile = std::find(std::begin(kFileEndings), std::end(kFileEndings), ending) != std::end(kFileEndings);
    if (output.folder == Output::Folder::No || (saysFile && !goesOn)) throw wrongEnding(output);
    requireFreeFolder(output, path);
    return {};
}

void writeText(const std::string& path, const std::string& text) {
    writeFileAtomically(path, [&](std::ostream& stream) { stream << text; });
}

}  // namespace thaw::cli
