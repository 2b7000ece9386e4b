// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/failures.h"

#include "core/values/torch_fault.h"

#include <new>

namespace thaw {

WorkResult attemptWork(const std::function<void()>& work, Failure& failure) {
    try {
        work();
        return WorkResult::Done;
    } catch (const Error& error) {
        if (error.code() == ErrorCode::Interrupted) return WorkResult::Interrupted;
        failure.code = error.code();
        failure.message = error.message();
        failure.hint = error.hint();
    } catch (const std::bad_alloc&) {
        failure.code = ErrorCode::OutOfMemory;
    } catch (const std::exception& error) {
        if (meansOutOfMemory(error.what())) failure.code = ErrorCode::OutOfMemory;
        failure.message = withoutStackTrace(error.what());
    }
    return WorkResult::Failed;
}

}  // namespace thaw
