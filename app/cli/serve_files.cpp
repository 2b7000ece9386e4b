// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/serve_files.h"

#include "core/formats/file_answers.h"
#include "core/values/error.h"
#include "core/wire/file_codec.h"
#include "core/wire/frame.h"
#include "core/wire/greeting.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <exception>
#include <string>

namespace thaw::cli {
namespace {

constexpr const char* kAsking = "the window";

bool writeWhole(int socket, const std::string& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t count = ::send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        sent += std::size_t(count);
    }
    return true;
}

std::string answerFrame(const FileReply& reply) {
    try {
        return wire::frameBytes(wire::FrameKind::Answer, wire::payloadOf(reply));
    } catch (const Error& error) {  // logs that are longer than any message
        const FileReply failed{reply.number, answer::Failed{error.message(), error.hint()}};
        return wire::frameBytes(wire::FrameKind::Answer, wire::payloadOf(failed));
    }
}

void answerAll(int socket) {
    FileAnswers files;
    wire::FrameReader reader(kAsking);
    reader.feed(wire::greetingBytes({"thaw-cli", THAW_VERSION}));  // that of the window went to the engine
    std::array<char, 65536> piece;
    while (true) {
        while (const auto frame = reader.next()) {
            if (frame->kind != wire::FrameKind::Ask) continue;
            const FileAsk ask = wire::askOf(frame->payload, kAsking);
            if (!writeWhole(socket, answerFrame({ask.number, files.answer(ask.question)}))) return;
        }
        const ssize_t count = ::recv(socket, piece.data(), piece.size(), 0);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return;
        reader.feed({piece.data(), std::size_t(count)});
    }
}

// Nobody waits for its output, and it must not keep a connection from ending.
void leaveStreams(std::initializer_list<int> ours) {
    for (const int number : ours) ::close(number);
    const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nowhere, number);
}

}  // namespace

int startFileAnswers(std::initializer_list<int> ours) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return -1;
    const pid_t process = ::fork();
    if (process != 0) {
        ::close(ends[1]);
        if (process > 0) return ends[0];
        ::close(ends[0]);
        return -1;
    }
    ::close(ends[0]);
    leaveStreams(ours);
    try {
        answerAll(ends[1]);
    } catch (const std::exception&) {
        // What is no question ends it; the window hears no answer any more, and the rest of the line goes on.
    }
    ::_exit(0);
}

}  // namespace thaw::cli
