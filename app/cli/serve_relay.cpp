// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/serve_relay.h"

#include "core/wire/ask_sorter.h"
#include "core/wire/frame.h"
#include "core/wire/frame_cutter.h"
#include "core/wire/heartbeat.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <string>

namespace thaw::cli {
namespace {

// Who reads slowly makes the other end wait, not this process grow.
constexpr std::size_t kMostHeld = 1 << 20;
// So many bytes a pipe takes at once after poll has said that it takes any.
constexpr std::size_t kOfOneWrite = 4096;
constexpr double kLastWordsSeconds = 5;

double relayClock() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Bytes on their way in one direction.
class Held {
public:
    std::size_t size() const { return bytes_.size() - begin_; }
    bool empty() const { return size() == 0; }
    bool hasRoom() const { return size() < kMostHeld; }
    void add(std::string_view bytes) {
        if (begin_ > kMostHeld) bytes_.erase(0, begin_), begin_ = 0;
        bytes_ += bytes;
    }
    const char* data() const { return bytes_.data() + begin_; }
    void drop(std::size_t count) {
        begin_ += count;
        if (empty()) bytes_.clear(), begin_ = 0;
    }

private:
    std::string bytes_;
    std::size_t begin_ = 0;
};

bool isTemporary(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

// To a standard stream, which must not be made one that never waits: other programs may have it too. False when it is
// closed.
bool writeSome(int out, Held& held) {
    const ssize_t count = ::write(out, held.data(), std::min(held.size(), kOfOneWrite));
    if (count < 0) return isTemporary(errno);
    held.drop(std::size_t(count));
    return true;
}

bool sendSome(int socket, Held& held) {
    const ssize_t count = ::send(socket, held.data(), held.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count < 0) return isTemporary(errno);
    held.drop(std::size_t(count));
    return true;
}

// What an end that has closed its side has said before.
template <class Write>
void pourOut(int to, Held& held, const Write& write) {
    const double end = relayClock() + kLastWordsSeconds;
    while (!held.empty() && relayClock() < end) {
        pollfd ready{to, POLLOUT, 0};
        if (::poll(&ready, 1, 100) > 0 && ((ready.revents & POLLOUT) == 0 || !write(to, held))) return;
    }
}

}  // namespace

bool relay(int in, int out, int engine, int files) {
    const std::string beat = wire::frameBytes(wire::FrameKind::Beat, {});
    std::array<char, 65536> piece;
    wire::FrameCutter cutter, answers(true);
    wire::AskSorter sorter;
    wire::Heartbeat heartbeat(relayClock());
    Held toEngine, toWindow, toFiles;
    while (true) {
        const double now = relayClock();
        // What is held back is not for want of the window's words.
        if (!toEngine.hasRoom()) heartbeat.heard(now);
        if (heartbeat.isSilent(now)) return false;
        if (!toWindow.empty()) heartbeat.sent(now);
        else if (heartbeat.beatIsDue(now) && cutter.hasGreeted()) toWindow.add(beat);
        // Without a number poll looks past an end, also where that is closed and nothing can be done about it now.
        const short ofEngine = short((toWindow.hasRoom() ? POLLIN : 0) | (toEngine.empty() ? 0 : POLLOUT));
        const bool mayAnswer = toWindow.hasRoom() && cutter.hasGreeted();
        const short ofFiles = short((mayAnswer ? POLLIN : 0) | (toFiles.empty() ? 0 : POLLOUT));
        std::array<pollfd, 4> ready{
            pollfd{toEngine.hasRoom() ? in : -1, POLLIN, 0}, pollfd{ofEngine != 0 ? engine : -1, ofEngine, 0},
            pollfd{out, short(toWindow.empty() ? 0 : POLLOUT), 0}, pollfd{ofFiles != 0 ? files : -1, ofFiles, 0}};
        const double soonest = std::clamp(heartbeat.untilNext(now), 0.05, 1.0);
        if (::poll(ready.data(), ready.size(), int(soonest * 1000)) < 0) {
            if (errno == EINTR) continue;
            return false;
        }
        if ((ready[2].revents & POLLOUT) != 0) {
            if (!writeSome(out, toWindow)) return false;
        } else if (ready[2].revents != 0) {
            return false;  // nobody reads
        }
        if ((ready[1].revents & POLLOUT) != 0 && !sendSome(engine, toEngine)) toEngine = {};
        if ((ready[1].revents & (POLLIN | POLLHUP | POLLERR)) != 0 && toWindow.hasRoom()) {
            const ssize_t count = ::recv(engine, piece.data(), piece.size(), MSG_DONTWAIT);
            if (count == 0 || (count < 0 && !isTemporary(errno))) {
                pourOut(out, toWindow, writeSome);
                return true;
            }
            if (count > 0) cutter.feed({piece.data(), std::size_t(count)});
            toWindow.add(cutter.takeWhole());
        }
        if ((ready[3].revents & POLLOUT) != 0 && !sendSome(files, toFiles)) toFiles = {};
        if ((ready[3].revents & (POLLIN | POLLHUP | POLLERR)) != 0 && mayAnswer) {
            const ssize_t count = ::recv(files, piece.data(), piece.size(), MSG_DONTWAIT);
            if (count == 0 || (count < 0 && !isTemporary(errno))) {
                files = -1;  // it is closed with the process
                toFiles = {};
            }
            if (count > 0) answers.feed({piece.data(), std::size_t(count)});
            toWindow.add(answers.takeWhole());
        }
        if (ready[0].revents != 0) {
            const ssize_t count = ::read(in, piece.data(), piece.size());
            if (count == 0 || (count < 0 && !isTemporary(errno))) {
                pourOut(engine, toEngine, sendSome);
                return false;
            }
            if (count > 0) {
                heartbeat.heard(relayClock());
                sorter.feed({piece.data(), std::size_t(count)});
                toEngine.add(sorter.takeForEngine());
                if (std::string asks = sorter.takeAsks(); files >= 0) toFiles.add(asks);
            }
        }
    }
}

}  // namespace thaw::cli
