// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_continuation.h"

#include "core/data/data_hash.h"
#include "core/device/compute_device.h"
#include "core/device/devices.h"
#include "core/formats/run_record_file.h"
#include "core/io/atomic_file.h"
#include "core/session/open_files_impl.h"
#include "core/session/run_description.h"
#include "core/values/enum_words.h"
#include "core/values/error.h"
#include "core/values/model_name.h"
#include "core/values/train_words.h"

#include <algorithm>
#include <filesystem>
#include <ostream>

namespace thaw {
namespace {

// Differences that change what is learnt, not only its last bits.
std::vector<RunDifference> refusedDifferences(const RunRecord& then, const RunRecord& now) {
    auto differences = inputDifferences(then, now);
    for (const auto& difference : environmentDifferences(then.environment, now.environment))
        if (difference.what == "precision") differences.push_back(difference);
    return differences;
}

std::vector<RunDifference> allDifferences(const RunRecord& then, const RunRecord& now) {
    auto differences = inputDifferences(then, now);
    for (const auto& difference : environmentDifferences(then.environment, now.environment))
        differences.push_back(difference);
    return differences;
}

}  // namespace

std::string modelToOpen(const RunRecord& record) {
    std::error_code error;
    const auto [path, precond] = modelName(record.model);
    const bool folder = !isBuiltin(path) && std::filesystem::is_directory(path, error);
    return folder && std::filesystem::exists(record.modelFile, error) ? withPrecond(record.modelFile, precond)
                                                                      : record.model;
}

bool isOpenDataOf(OpenFiles& files, const RunRecord& record) {
    auto& open = files.impl();
    const bool sameSubset = open.dataOptions.maxImages == record.options.maxImages &&
                            (record.options.maxImages == 0 || open.dataOptions.seed == record.options.seed);
    if (!open.data.images.defined() || !sameSubset) return false;
    return absoluteSource(open.dataSummary.path) == absoluteSource(record.data) ||
           (!record.dataSha256.empty() && open.dataHash.kind() == record.dataHash &&
            open.dataHash.whole() == record.dataSha256);
}

RunSources sourcesToOpen(OpenFiles& files, const std::string& runFolder) {
    const auto record = readRunRecord(runFolder);
    auto& open = files.impl();
    RunSources sources;
    sources.options.maxImages = record.options.maxImages;
    sources.options.seed = record.options.seed;
    const bool ownModel = open.original.denoiser &&
                          modelName(open.modelSummary.path).precond == modelName(record.model).precond &&
                          (open.modelCard.file == absoluteSource(record.modelFile) ||
                           (!record.modelSha256.empty() && open.modelHash.whole() == record.modelSha256));
    // What has been moved away may be open from elsewhere; where it is not, the comparison says so.
    const auto isThere = [](const std::string& path) {
        std::error_code error;
        return isBuiltin(path) || std::filesystem::exists(path, error) ||
               std::filesystem::exists(modelName(path).path, error);
    };
    const bool modelLeft = open.original.denoiser && !record.modelSha256.empty() && !isThere(record.model);
    if (!ownModel && !modelLeft) sources.model = modelToOpen(record);
    const bool dataLeft = open.data.images.defined() && !record.dataSha256.empty() && !isThere(record.data);
    if (!isOpenDataOf(files, record) && !dataLeft) sources.data = record.data;
    return sources;
}

RunRecord comparable(RunRecord now, const RunRecord& then, const Dataset& data) {
    if (then.dataHash != DataHashKind::Images || now.dataHash == DataHashKind::Images) return now;
    now.dataSha256 = imagesHash(data);
    now.dataHash = DataHashKind::Images;
    now.labelsSha256.clear();  // they are part of it
    return now;
}

ComputeDevice resumedCompute(ComputeDevice compute, const RunRecord& then, Precision configured,
                             const ResumeOptions& options) {
    const auto recorded = valueOfWord<Precision>(then.environment.precision).value_or(Precision::Auto);
    for (const auto precision : {options.precision, recorded, configured})
        if (precision != Precision::Auto) {
            compute = withPrecision(compute, precision);
            break;
        }
    const int threads = options.threads > 0 ? options.threads : then.environment.threads;
    if (threads > 0) compute.threads = std::min(threads, usableCores());
    return compute;
}

std::vector<std::string> checkContinuation(const RunRecord& then, const RunRecord& now, bool anyway) {
    const auto refused = refusedDifferences(then, now);
    if (!refused.empty() && !anyway) {
        std::string message = "This run was not made with what it would go on with:";
        for (const auto& d : refused)
            message += " its " + d.what + " was " + d.then + ", and would now be " + d.now +
                       (&d == &refused.back() ? "." : ";");
        throw Error(
            ErrorCode::OtherInput, message,
            "Put back what it was made with, or go on all the same with --resume-anyway; the run folder notes it.");
    }
    std::vector<std::string> notes;
    if (const auto differences = allDifferences(then, now); !differences.empty())
        notes.push_back("The run goes on with other values of " + listed(differences) +
                        "; from here on it is not bit for bit what it would have been without the stop.");
    if (const auto names = unrecorded(then); !names.empty())
        notes.push_back("The run folder does not record " + listed(names, " and ") +
                        ", so it could not be checked whether they are still the same.");
    return notes;
}

void recordContinuation(const std::string& folder, const RunRecord& then, const RunRecord& now, std::int64_t step,
                        double kimg) {
    const auto differences = allDifferences(then, now);
    if (differences.empty()) return;
    const auto text = withContinuation(folder, now, {step, kimg, listed(differences)});
    if (text) writeFileAtomically(runRecordFile(folder), [&](std::ostream& stream) { stream << *text << '\n'; });
}

}  // namespace thaw
