// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/open_files.h"

namespace thaw {

/// Which checksums of the open files are still awaited; they are read in pieces while nothing else is to be done. The
/// start of a run may compute the rest in between.
class Checksums {
public:
    void awaitModel() { model_ = true; }
    void awaitData(bool wanted) { data_ = wanted; }
    bool areAwaited() const { return model_ || data_; }
    /// One piece. True when the model's checksum is there now.
    bool advance(OpenFiles& files) {
        if (!model_) {
            data_ = files.advanceDataHash();
            return false;
        }
        files.modelHash().advance();
        model_ = files.modelHash().isPending();
        return !files.modelHash().hex().empty();
    }

private:
    bool model_ = false, data_ = false;
};

}  // namespace thaw
