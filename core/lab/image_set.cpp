// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lab/image_set.h"

#include "core/data/finite_rows.h"
#include "core/data/image_files.h"
#include "core/data/open_dataset.h"
#include "core/diffusion/seed_batches.h"
#include "core/io/open_model.h"
#include "core/spectral/image_spectrum.h"
#include "core/values/error.h"

#include <torch/torch.h>

#include <optional>

namespace thaw {
namespace {

struct NamedImages {
    torch::Tensor images;  // uint8 or float [N, C, H, W]
    std::string title;
};

NamedImages samplesOf(const ImageSetRequest& request, const ComputeDevice& compute, const Progress& progress) {
    requireSane(request.sampler);
    auto model = openModelFile(request.model);
    std::vector<torch::Tensor> batches;
    sampleBatches(
        model.denoiser, compute,
        {request.sampler, request.labels, request.batch, request.compute.precision, request.classes}, {request.seeds},
        [&](const torch::Tensor& batch) { batches.push_back(batch.clone()); }, progress);
    const auto images = torch::cat(batches);
    requireFiniteImages(rowsNotFinite(images), request.model);
    return {images, summarise(model, request.model).title + ", " + samplerTitle(request.sampler)};
}

}  // namespace

ImageSetSpectrum measureImageSet(const ImageSetRequest& request, const Progress& reading, const Progress& sampling) {
    const auto compute = chooseCompute(request.compute.device, request.compute.precision, request.compute.threads);
    ImageSetSpectrum result;
    NamedImages set;
    std::optional<Dataset> data;
    if (!request.data.empty()) {
        DatasetOptions options;
        options.maxImages = request.model.empty() && request.images.empty() ? request.limit : 0;
        options.subset = Subset::First;
        data = openDataset(request.data, options, reading);
        result.notes = data->notes;
        set = {data->images, data->title};
    }
    if (!request.model.empty()) set = samplesOf(request, compute, sampling);
    else if (!request.images.empty()) {
        set = {readImages(request.images, request.limit), request.images};
    }
    if (!set.images.defined() || set.images.numel() == 0)
        throw Error(ErrorCode::WrongKind, "There are no images to measure.", "Name some images.");
    const auto stream = [images = set.images](const ImageRange& range) {
        const auto piece = images.slice(0, range.first, range.last);
        return piece.scalar_type() == torch::kByte ? piece.to(torch::kFloat) / 127.5 - 1 : piece;
    };
    const int count = int(set.images.size(0));
    ImageSpectrumOptions options;
    options.styleGan3 = request.styleGan3;
    if (options.styleGan3) {
        // Samples are whitened with the data's mean and deviation where data are named, else with their own.
        const auto whitening = data ? datasetWhitening(*data) : measureWhitening(stream({0, count}));
        options.mean = whitening.mean;
        options.std = whitening.std;
    }
    ImageSpectrum measurement(stream, count, options, set.title);
    if (!runToEnd(measurement, [&](double) { return !sampling || sampling(1); }))
        throw Error(ErrorCode::Interrupted, "The measurement was interrupted.");
    result.table = measurement.value();
    return result;
}

}  // namespace thaw
