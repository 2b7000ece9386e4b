// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/tensorboard_file.h"

#include "core/formats/running_mark.h"

#include <unistd.h>
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <utility>

namespace thaw {
namespace {

namespace files = std::filesystem;

constexpr std::string_view kEventsHead = "events.out.tfevents.";

double wallTime() { return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(); }

// A slash would be a folder.
std::string hostForName() {
    auto text = machineName();
    std::replace(text.begin(), text.end(), '/', '-');
    return text;
}

// Behind every other event file of the folder, whatever the clock says.
std::int64_t secondsForName(const std::string& runFolder) {
    auto seconds = std::int64_t(wallTime());
    std::error_code error;
    for (files::directory_iterator it(runFolder, error), end; !error && it != end; it.increment(error)) {
        const auto name = it->path().filename().string();
        if (!name.starts_with(kEventsHead)) continue;
        std::int64_t other = 0;
        const char* begin = name.data() + kEventsHead.size();
        if (std::from_chars(begin, name.data() + name.size(), other).ec == std::errc() && other < INT64_MAX)
            seconds = std::max(seconds, other + 1);
    }
    return seconds;
}

}  // namespace

TensorboardFile::TensorboardFile(const std::string& runFolder, std::optional<std::int64_t> resumedStep) {
    const auto name = std::string(kEventsHead) + std::to_string(secondsForName(runFolder)) + "." + hostForName() + "." +
                      std::to_string(long(getpid())) + ".thaw";
    path_ = (files::path(runFolder) / name).string();
    stream_.open(path_, std::ios::binary | std::ios::trunc);
    write(versionEvent(wallTime()));
    // TensorBoard forgets from the named step on, so the one that the run goes on from stays. Only from the second session
    // of a folder on, which is why a new run has one too.
    write(sessionEvent(wallTime(), resumedStep ? *resumedStep + 1 : 0));
}

void TensorboardFile::write(std::string_view payload) {
    if (path_.empty() || failed_) return;
    if (stream_) stream_ << eventRecord(payload) << std::flush;
    if (stream_) return;
    failed_ = true;
    fault_ = "TensorBoard's file '" + path_ +
             "' cannot be written, so the run goes on without it: check free space and permissions.";
}

void TensorboardFile::add(std::int64_t step, const std::vector<EventScalar>& scalars) {
    std::vector<EventScalar> finite;
    for (const auto& scalar : scalars)
        if (std::abs(scalar.value) <= double(std::numeric_limits<float>::max())) finite.push_back(scalar);
    if (!finite.empty()) write(scalarsEvent(wallTime(), step, finite));
}

void TensorboardFile::addText(std::int64_t step, std::string_view tag, std::string_view text) {
    write(textEvent(wallTime(), step, tag, text));
}

std::string TensorboardFile::takeFault() { return std::exchange(fault_, {}); }

std::vector<EventScalar> scalarsOf(const StepMetrics& m, bool withBlocks) {
    std::vector<EventScalar> scalars{{"Progress/kimg", m.kimg}};
    const auto add = [&](const std::string& tag, double value) { scalars.push_back({tag, value}); };
    for (const auto& field : kStepFields)
        if (const auto& value = m.*field.value) add(field.tag, *value);
    if (m.loss) return scalars;  // pre-training has nothing else
    if (m.augmentP > 0) add("Augmentation/p", m.augmentP);
    add("Progress/seconds_per_step", m.secondsPerStep);
    add("Calls/student", double(m.calls.student));
    add("Calls/teacher", double(m.calls.teacher));
    add("Calls/discriminator", double(m.calls.discriminator));
    add("Calls/features", double(m.calls.features));
    add("Gradient/sanitised", double(m.sanitisedGradients));
    if (withBlocks)
        for (const auto& [block, norm] : m.blockGradients) add("Gradient/blocks/" + block, norm);
    return scalars;
}

std::vector<EventScalar> scalarsOf(const FidPoint& point) {
    const auto measure = measureOf(point);
    std::vector<EventScalar> scalars{{"Distance/" + measureName(measure), point.fid}};
    if (point.kid) scalars.push_back({"Distance/" + kernelDistanceName(measure.kind), *point.kid});
    if (point.precision) scalars.push_back({"Distance/precision", *point.precision});
    if (point.recall) scalars.push_back({"Distance/recall", *point.recall});
    for (std::size_t band = 0; band < point.bands.size(); ++band)
        scalars.push_back({"Distance/bands/" + std::to_string(band), point.bands[band]});
    return scalars;
}

}  // namespace thaw
