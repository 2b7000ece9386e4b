// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/steering_files.h"

#include "core/formats/note_file.h"
#include "core/formats/open_file.h"
#include "core/formats/steering_json.h"
#include "core/values/error.h"
#include "core/values/train_words.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <random>
#include <string_view>

namespace thaw {
namespace {

namespace fs = std::filesystem;

constexpr const char* kControl = "control";
constexpr const char* kStatus = "status.json";
constexpr std::string_view kRequestEnding = ".json";
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kIdLetters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
constexpr std::size_t kLongestOrder = 18, kLongestId = 64;

std::string controlOf(const std::string& runFolder) { return (fs::path(runFolder) / kControl).string(); }

int openFolder(const std::string& path) {
    return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

bool isOursAlone(const struct stat& file) {
    return file.st_uid == ::geteuid() && (file.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/// The name of a request's file, taken apart.
struct RequestName {
    std::string file, id;
    std::uint64_t order = 0;

    bool operator<(const RequestName& other) const {
        return order != other.order ? order < other.order : id < other.id;
    }
};

bool isMadeOf(std::string_view text, std::string_view letters, std::size_t longest) {
    return !text.empty() && text.size() <= longest && text.find_first_not_of(letters) == std::string_view::npos;
}

// Nothing for a file that is still being written, and for all that is no request.
std::optional<RequestName> requestNameOf(const std::string& file) {
    const std::string_view name(file);
    const auto dash = name.find('-');
    if (dash == std::string_view::npos || !name.ends_with(kRequestEnding)) return {};
    const auto order = name.substr(0, dash);
    const auto id = name.substr(dash + 1, name.size() - kRequestEnding.size() - dash - 1);
    if (!isMadeOf(order, kDigits, kLongestOrder) || !isMadeOf(id, kIdLetters, kLongestId)) return {};
    return RequestName{file, std::string(id), std::stoull(std::string(order))};
}

std::vector<std::string> entriesOf(int folder) {
    std::vector<std::string> names;
    const int copy = ::dup(folder);
    DIR* stream = copy < 0 ? nullptr : ::fdopendir(copy);
    if (!stream) {
        if (copy >= 0) ::close(copy);
        return names;
    }
    while (const dirent* entry = ::readdir(stream)) {
        const std::string name = entry->d_name;
        if (name != "." && name != "..") names.push_back(name);
    }
    ::closedir(stream);
    return names;
}

// The files of the request with that id; more than one where it was copied.
std::vector<std::string> filesOf(int folder, const std::string& id) {
    std::vector<std::string> files;
    for (auto& file : entriesOf(folder))
        if (const auto name = requestNameOf(file); name && name->id == id) files.push_back(std::move(file));
    return files;
}

// The text of a request, or in `fault` why it is not taken. Without O_NONBLOCK a pipe in its place would hold the run.
std::string requestText(int folder, const std::string& name, std::string& fault) {
    const OpenFile file(::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    const bool isLink = file.number < 0 && errno == ELOOP;
    struct stat there {};
    if (isLink || (file.number >= 0 && (::fstat(file.number, &there) != 0 || !S_ISREG(there.st_mode)))) {
        fault = "The request '" + name + "' is no regular file.";
    } else if (file.number < 0) {
        fault = "The request '" + name + "' cannot be read: " + std::strerror(errno) + ".";
    } else if (!isOursAlone(there)) {
        fault = "The request '" + name + "' belongs to another user, or others may write it.";
    } else if (there.st_size > off_t(kLargestRequest)) {
        fault = "The request '" + name + "' has " + std::to_string(there.st_size) + " bytes; " +
                std::to_string(kLargestRequest) + " are the most.";
    }
    if (!fault.empty()) return {};
    std::string text(kLargestRequest, '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        const auto count = ::read(file.number, text.data() + size, text.size() - size);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        size += std::size_t(count);
    }
    text.resize(size);
    return text;
}

TakenRequest readRequest(const RequestName& name, const std::string& text, std::string fault) {
    TakenRequest taken{name.id, {}, std::move(fault)};
    if (!taken.fault.empty()) return taken;
    try {
        auto request = steeringRequestFromJson(text);
        if (request.id.empty() || request.id == name.id) {
            request.id = name.id;
            taken.request = std::move(request);
        } else {
            taken.fault = "The request '" + name.file + "' says that its id is another.";
        }
    } catch (const Error& error) {
        taken.fault = error.message();
    }
    return taken;
}

bool writeAll(int file, const std::string& text) {
    for (std::size_t done = 0; done < text.size();) {
        const auto count = ::write(file, text.data() + done, text.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        done += std::size_t(count);
    }
    return true;
}

// Under another name first, then in its place; false, with errno, where that fails.
bool putFile(int folder, const std::string& name, const std::string& text, mode_t mode) {
    const std::string temporary = "." + name + "." + std::to_string(long(::getpid())) + ".part";
    ::unlinkat(folder, temporary.c_str(), 0);  // of a process that was killed
    int fault = 0;
    {
        const OpenFile file(
            ::openat(folder, temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
        if (file.number < 0) return false;
        if (!writeAll(file.number, text)) fault = errno;
    }
    if (fault == 0 && ::renameat(folder, temporary.c_str(), folder, name.c_str()) != 0) fault = errno;
    if (fault == 0) return true;
    ::unlinkat(folder, temporary.c_str(), 0);
    errno = fault;
    return false;
}

}  // namespace

void openControl(const std::string& runFolder) {
    const auto path = controlOf(runFolder);
    const bool made = ::mkdir(path.c_str(), 0700) == 0;
    if (!made && errno != EEXIST)
        throw Error(ErrorCode::FileMissing, "The folder '" + path + "' cannot be made: " + std::strerror(errno) + ".",
                    "The run goes on, but cannot be steered from elsewhere.");
    const OpenFile folder(openFolder(path));
    struct stat there {};
    if (folder.number < 0 || ::fstat(folder.number, &there) != 0 || there.st_uid != ::geteuid() ||
        ::fchmod(folder.number, 0700) != 0)
        throw Error(
            ErrorCode::WrongKind, "'" + path + "' is no folder of the user who runs this.",
            "The run goes on, but cannot be steered from elsewhere; remove it before the run is started again.");
    for (const auto& name : entriesOf(folder.number)) ::unlinkat(folder.number, name.c_str(), 0);
}

std::vector<TakenRequest> takeRequests(const std::string& runFolder) {
    const OpenFile folder(openFolder(controlOf(runFolder)));
    struct stat there {};
    if (folder.number < 0 || ::fstat(folder.number, &there) != 0 || !isOursAlone(there)) return {};
    std::vector<RequestName> names;
    for (const auto& file : entriesOf(folder.number))
        if (auto name = requestNameOf(file)) names.push_back(std::move(*name));
    std::sort(names.begin(), names.end());
    std::vector<TakenRequest> taken;
    for (const auto& name : names) {
        std::string fault;
        const auto text = requestText(folder.number, name.file, fault);
        // What cannot be taken away would be done again and again.
        if (::unlinkat(folder.number, name.file.c_str(), 0) != 0) continue;
        taken.push_back(readRequest(name, text, std::move(fault)));
    }
    return taken;
}

void closeControl(const std::string& runFolder) {
    const auto path = controlOf(runFolder);
    {
        const OpenFile folder(openFolder(path));
        if (folder.number < 0) return;
        for (const auto& name : entriesOf(folder.number)) ::unlinkat(folder.number, name.c_str(), 0);
    }
    ::rmdir(path.c_str());
}

bool writeStatus(const std::string& runFolder, const RunStatus& status) {
    // The run's folder itself may be named by a link.
    const OpenFile folder(::open(runFolder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return folder.number >= 0 && putFile(folder.number, kStatus, toJson(status), 0644);
}

std::optional<RunStatus> readStatus(const std::string& runFolder) {
    const auto json = noteIn(runFolder, kStatus);
    const auto state = valueOfWord<RunState>(noteValue(json, "state", std::string()));
    if (!state) return {};
    RunStatus status;
    status.state = *state;
    status.outcome = valueOfWord<RunOutcome>(noteValue(json, "outcome", std::string()));
    status.step = noteValue(json, "step", std::int64_t(0));
    status.kimg = noteValue(json, "kimg", 0.0);
    status.targetKimg = noteValue(json, "target_kimg", 0.0);
    status.distance = noteValue<double>(json, "distance");
    status.loss = noteValue<double>(json, "loss");
    status.gLoss = noteValue<double>(json, "g_loss");
    status.dLoss = noteValue<double>(json, "d_loss");
    status.distillLoss = noteValue<double>(json, "distill_loss");
    status.imagesPerSecond = noteValue<double>(json, "images_per_second");
    status.message = noteValue(json, "message", std::string());
    status.host = noteValue(json, "host", std::string());
    status.pid = noteValue(json, "pid", 0L);
    status.since = noteValue(json, "since", std::string());
    status.written = noteValue(json, "written", std::string());
    const auto answers = json.find("answered");
    if (answers == json.end() || !answers->is_array()) return status;
    for (const auto& answer : *answers)
        if (answer.is_object())
            status.answered.push_back({noteValue(answer, "id", std::string()), noteValue(answer, "ok", false),
                                       noteValue(answer, "message", std::string())});
    return status;
}

LastWord lastWordOf(const std::string& runFolder) {
    LastWord life;
    // First the process: whoever ends between the two looks has left its last word by then.
    life.process = writingProcess(runFolder);
    life.status = readStatus(runFolder);
    life.isFresh = life.process && life.status && life.status->pid == life.process->number &&
                   life.status->host == life.process->host && !life.status->outcome;
    return life;
}

std::string newRequestId() {
    std::random_device source;
    std::string id;
    for (int i = 0; i < 16; ++i) id += kIdLetters[source() % 16];
    return id;
}

void putRequest(const std::string& runFolder, SteeringRequest& request) {
    if (request.id.empty()) request.id = newRequestId();
    if (request.host.empty()) request.host = machineName();
    if (request.time.empty()) request.time = utcNow();
    // The id becomes a part of a file's name, and may have come over a line.
    if (!isMadeOf(request.id, kIdLetters, kLongestId))
        throw Error(ErrorCode::Configuration, "'" + request.id + "' cannot be the id of a request.",
                    "Take up to 64 letters, digits, - and _.");
    const auto text = toJson(request);
    steeringRequestFromJson(text);  // as the run will read it
    const auto path = controlOf(runFolder);
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto name = std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(now).count()) + "-" +
                      request.id + std::string(kRequestEnding);
    const OpenFile folder(openFolder(path));
    // A file that others may write would be refused, so the mode is the strictest.
    if (folder.number < 0 || !putFile(folder.number, name, text, 0600))
        throw Error(ErrorCode::FileMissing,
                    "Nothing can be asked of the run in '" + runFolder + "': '" + path + "' cannot be written (" +
                        std::strerror(errno) + ").",
                    "A run is steered by the user who started it, while it goes on.");
}

bool isWaiting(const std::string& runFolder, const std::string& id) {
    const OpenFile folder(openFolder(controlOf(runFolder)));
    return folder.number >= 0 && !filesOf(folder.number, id).empty();
}

bool withdrawRequest(const std::string& runFolder, const std::string& id) {
    const OpenFile folder(openFolder(controlOf(runFolder)));
    bool isBack = false;
    if (folder.number >= 0)
        for (const auto& file : filesOf(folder.number, id))
            isBack = ::unlinkat(folder.number, file.c_str(), 0) == 0 || isBack;
    return isBack;
}

std::string utcNow() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[32] = {};
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

}  // namespace thaw
