// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lab/raw_responses.h"

#include "core/session/open_files_impl.h"
#include "core/spectral/response_export.h"

namespace thaw {

NpzArchive rawResponses(Session& session, const std::vector<std::string>& names, double sigma, std::uint64_t firstSeed,
                        int images, const ClassChoice& classes) {
    auto& open = session.files().impl();
    open.requireModel();
    return exportResponses(open.original.denoiser, open.data, names, sigma, firstSeed, images, classes);
}

}  // namespace thaw
