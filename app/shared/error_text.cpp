// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/error_text.h"

namespace thaw {

ErrorText ErrorText::of(const Failure& failure) {
    ErrorText text;
    text.what = headline(failure);
    text.why = QString::fromStdString(failure.message);
    text.hint = failure.hint.empty() ? usualHint(failure) : QString::fromStdString(failure.hint);
    return text;
}

QString ErrorText::headline(const Failure& failure) {
    if (!failure.code) return tr("Something went wrong that Thaw did not foresee");
    switch (*failure.code) {
    case ErrorCode::OutOfMemory: return tr("Not enough memory");
    case ErrorCode::NoDevice: return tr("The compute device cannot be used");
    case ErrorCode::ProcessLost: return tr("Another process of this job was lost");
    case ErrorCode::Diverged: return tr("The run diverged");
    case ErrorCode::Interrupted: return tr("Interrupted");
    case ErrorCode::Usage:
    case ErrorCode::Configuration:
    case ErrorCode::OtherInput:
    case ErrorCode::FileMissing:
    case ErrorCode::FileDamaged:
    case ErrorCode::WrongKind: break;
    }
    switch (failure.task) {
    case Task::OpenModel:
        return *failure.code == ErrorCode::FileMissing ? tr("The model is not there")
                                                       : tr("The model cannot be opened");
    case Task::OpenData:
        return *failure.code == ErrorCode::FileMissing ? tr("The data set is not there")
                                                       : tr("The data set cannot be opened");
    case Task::Start: return tr("The run cannot start");
    case Task::Train: return tr("The run failed");
    case Task::Save: return tr("The run could not be saved");
    case Task::Sample: return tr("No samples could be drawn");
    case Task::Spectrum: return tr("No spectrum could be taken");
    case Task::Fid: return tr("The Fréchet distance could not be measured");
    }
    return {};
}

QString ErrorText::usualHint(const Failure& failure) {
    if (!failure.code) return tr("What was saved before is safe. Please report this with the steps that led here.");
    switch (*failure.code) {
    case ErrorCode::OutOfMemory: return tr("A smaller batch, fewer seeds or fewer images need less.");
    case ErrorCode::Diverged:
        return tr("The last good snapshot stands. A lower learning rate or a larger R1 weight helps.");
    case ErrorCode::FileMissing: return tr("Check the path, or open another file.");
    case ErrorCode::FileDamaged: return tr("Copy or download the file once more.");
    case ErrorCode::WrongKind: return tr("Models are .safetensors files or run folders.");
    case ErrorCode::Usage:
    case ErrorCode::Configuration:
    case ErrorCode::OtherInput:
    case ErrorCode::NoDevice:
    case ErrorCode::ProcessLost:
    case ErrorCode::Interrupted: break;
    }
    if (failure.task == Task::Save) return tr("Make room on the disk, then save again or resume.");
    return {};
}

}  // namespace thaw
