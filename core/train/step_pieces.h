// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN  // its parser knows no concepts
#include <coroutine>
#endif
#include <exception>
#include <utility>

namespace thaw {

/// Work that is written as one function and done in pieces: a coroutine that rests at every `co_yield kPieceDone` until it is
/// taken up again. What it computes does not depend on how long it rests. What is true of a thread and not of an object (a
/// NoGradGuard) must not live across a `co_yield`; parameters that are references must outlive the work.
class StepPieces {
public:
    struct PieceDone {};
    struct promise_type {  // NOLINT(readability-identifier-naming): the language's name
        std::exception_ptr fault;

        // NOLINTBEGIN(readability-identifier-naming): the language's names
        StepPieces get_return_object() { return StepPieces(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        std::suspend_always yield_value(PieceDone) noexcept { return {}; }
        void return_void() noexcept {}
        void unhandled_exception() { fault = std::current_exception(); }
        // NOLINTEND(readability-identifier-naming)
    };

    StepPieces() = default;
    StepPieces(StepPieces&& other) noexcept : work_(std::exchange(other.work_, {})) {}
    StepPieces& operator=(StepPieces&& other) noexcept {
        std::swap(work_, other.work_);
        return *this;
    }
    ~StepPieces() {
        if (work_) work_.destroy();
    }

    /// Something is left to do.
    bool isOpen() const { return work_ && !work_.done(); }
    /// One piece; true while there is more to do. Throws what the work throws, after which nothing is left of it.
    bool advance() {
        if (!isOpen()) return false;
        work_.resume();
        if (const auto fault = std::exchange(work_.promise().fault, nullptr)) std::rethrow_exception(fault);
        return isOpen();
    }

private:
    explicit StepPieces(std::coroutine_handle<promise_type> work) : work_(work) {}

    std::coroutine_handle<promise_type> work_{};
};

inline constexpr StepPieces::PieceDone kPieceDone{};

}  // namespace thaw
