// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session.h"

#include "core/device/compute_device.h"
#include "core/device/device_memory.h"
#include "core/session/chosen_compute_impl.h"
#include "core/session/open_files_impl.h"

namespace thaw {

Session::Session(const ComputeOptions& options) : Session(computeOf(options)) {}
Session::Session(const ComputeDevice& compute) : files_(compute), run_(files_) {}

std::unique_ptr<Session> Session::another() const {
    return std::unique_ptr<Session>(new Session(files_.impl().compute));
}

std::string Session::computeTitle() const { return titleOf(computing()); }
RunEnvironment Session::computing() const { return run_.hasRun() ? run_.environment() : environment(); }

RunEnvironment Session::environment() const { return environmentOf(files_.impl().compute); }

double Session::releaseMemory() {
    files_.releaseMemory();
    return releaseCaches();
}

}  // namespace thaw
