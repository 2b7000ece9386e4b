// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/evaluation.h"

#include "core/data/finite_rows.h"
#include "core/data/float_images.h"
#include "core/data/image_files.h"
#include "core/data/open_dataset.h"
#include "core/diffusion/seed_batches.h"
#include "core/io/open_model.h"
#include "core/io/resources.h"
#include "core/metrics/quality_measurement.h"
#include "core/session/chosen_compute_impl.h"
#include "core/values/number_text.h"

#include <torch/torch.h>

#include <chrono>
#include <memory>

namespace thaw {
namespace {

constexpr const char* kChosenBy = "chosen_by";  // in a run's best snapshot
constexpr std::int64_t kPiece = 500;            // images between two questions to the caller

// One evaluation: the request and what it opened.
class Evaluation {
public:
    Evaluation(const EvaluationRequest& request, const EvaluationProgress& progress)
        : request_(request), progress_(progress), compute_(computeOf(request.compute)) {}

    EvaluationResult run() {
        torch::Tensor images;
        std::string chosenBy;
        if (request_.images.empty()) {
            const auto model = openModelFile(request_.model);
            if (const auto words = model.metadata.find(kChosenBy); words != model.metadata.end())
                chosenBy = words->second;
            openNetwork(model.denoiser->config().imgChannels, model.denoiser->config().imgResolution);
        } else {
            images = chosenImages();
            openNetwork(int(images.size(1)), int(images.size(2)));
        }
        const auto reference = openReference();
        FeatureCollector generated(*network_, needVectors() || !request_.saveFeatures.empty(),
                                   request_.metrics.has("is"), compute_.processes);
        const auto started = std::chrono::steady_clock::now();
        if (images.defined()) addFiles(generated, images);
        else addSamples(generated, request_.model, request_.sampler);
        result_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        if (!request_.saveFeatures.empty() && isFirst(compute_.processes))
            writeStatistics(
                request_.saveFeatures,
                measured(generated, request_.images.empty() ? request_.model + ", " + samplerTitle(request_.sampler) +
                                                                  ", seeds " + request_.seedText
                                                            : request_.images));
        result_.quality = measureQuality(request_.metrics, generated, reference, *network_, request_.neighbours,
                                         compute_.device, progressOf(EvaluationStage::Neighbours, 100));
        markSelection(chosenBy);
        warnings_.insert(warnings_.end(), result_.quality.warnings.begin(), result_.quality.warnings.end());
        result_.quality.warnings = warnings_;
        result_.images = generated.count();
        if (request_.metrics.needReference()) {
            result_.reference = reference.data;
            result_.referenceImages = reference.moments.count;
        }
        return result_;
    }

private:
    bool needVectors() const { return request_.metrics.needVectors(); }

    // What `auto` means here, beside what chosenFeatures says of runs.
    std::string featuresOf(const MeasuredImages& images) {
        if (request_.features != kAutoFeatures) return request_.features;
        const MeasuredImages ownData{images.channels, images.resolution, true};
        const bool fits = chosenFeatures(kAutoFeatures, ownData) == kBuiltinFeatures;
        if (request_.metrics.needNetwork() || (fits && !request_.saveFeatures.empty())) {
            if (fits && !images.builtin)
                warnings_.push_back(
                    "The built-in classifier knows Fashion-MNIST alone: of other images its features say "
                    "less than those of a network named by --features.");
            return kBuiltinFeatures;
        }
        if (!request_.reference.empty())
            return readStatistics(request_.reference).moments.mean.dim() == 2 ? kWaveletFeatures : kBuiltinFeatures;
        return chosenFeatures(kAutoFeatures, images);
    }

    void openNetwork(int channels, int resolution) {
        const MeasuredImages images{channels, resolution, request_.data == "builtin"};
        network_ = openFeatureNetwork(featuresOf(images), compute_.device, images);
        if (request_.metrics.has("is") && !network_->hasLogits())
            throw Error(ErrorCode::Configuration,
                        "'" + network_->title() + "' gives no class scores, and the Inception score needs them.",
                        "Leave 'is' out of --metrics, or name them as \"logits\" in the network's description.");
        if (needVectors() && network_->bandCount() > 1)
            throw Error(ErrorCode::Configuration,
                        "Kernel distance, precision, recall, density and coverage need a feature network; " +
                            network_->title() + " have a Fréchet distance alone.",
                        "Use --metrics fid, or name a network with --features.");
        result_.features = network_->title();
        const auto notes = network_->notes();
        warnings_.insert(warnings_.end(), notes.begin(), notes.end());
    }

    void markSelection(const std::string& chosenBy) {
        auto& measure = result_.quality.measure;
        measure.selection = result_.quality.fid && !chosenBy.empty() && chosenBy == network_->title();
        if (measure.selection)
            warnings_.push_back(
                "These weights are the best snapshot of a run by this very distance, which flatters them: "
                "compare it with other snapshots chosen in the same way.");
    }

    Progress progressOf(EvaluationStage stage, double total) const {
        return [this, stage, total](double share) { return !progress_ || progress_(stage, share * total, total); };
    }

    void addAll(FeatureCollector& collector, const torch::Tensor& images, EvaluationStage stage,
                const std::string& origin) const {
        const auto total = double(images.size(0));
        const auto asked = progressOf(stage, total);
        std::int64_t done = 0;
        const auto& processes = compute_.processes;
        while (done < images.size(0)) {
            if (!asked(double(done) / total)) throw Error(ErrorCode::Interrupted, "The evaluation was interrupted.");
            const auto first = std::min(done + (processes ? processes->rank() : 0) * kPiece, images.size(0));
            collector.add(images.slice(0, first, std::min(first + kPiece, images.size(0))));
            done = std::min(done + countOf(processes) * kPiece, images.size(0));
            if (collector.finite().hopeless()) break;
        }
        collector.requireFinite(origin);
        asked(1);
    }

    void addFiles(FeatureCollector& collector, const torch::Tensor& images) const {
        const auto named = "'" + request_.images + "'";
        network_->requireFits(images.size(1), images.size(2), images.size(3), named);
        if (images.size(0) < 2)
            throw Error(ErrorCode::Configuration, named + " has fewer than 2 images; a distance needs at least 2.",
                        "Make more of them.");
        addAll(collector, images, EvaluationStage::Images, (request_.subset ? "those chosen of " : "") + named);
    }

    void addSamples(FeatureCollector& collector, const std::string& path, const SamplerConfig& sampler) const {
        auto model = openModelFile(path);
        const auto& config = model.denoiser->config();
        network_->requireFits(config.imgChannels, config.imgResolution, config.imgResolution,
                              "the model '" + path + "'");
        const SeedBatches how{sampler,
                              request_.labels,
                              request_.batch,
                              request_.compute.precision,
                              request_.classes,
                              compute_.processes ? compute_.processes->rank() : 0,
                              countOf(compute_.processes)};
        FaultyRows made;
        const auto take = [&](const torch::Tensor& batch) {
            made.add(rowsNotFinite(batch));
            requireFiniteImages(made, path);
            collector.add([&] { return quantise(batch); });
            collector.requireFinite("the samples of '" + path + "'");
        };
        sampleBatches(model.denoiser, compute_, how, {request_.seeds}, take,
                      progressOf(EvaluationStage::Samples, double(request_.seeds.size())));
    }

    torch::Tensor chosenImages() const {
        auto images = readImages(request_.images);
        // Distances are defined on 8-bit images, as a model's samples are taken too.
        if (images.is_floating_point()) {
            requireImageUnits(images, request_.images);
            images = quantise(images);
        }
        if (!request_.subset) return images;
        if (images.size(0) < *request_.subset)
            throw Error(ErrorCode::Configuration,
                        "--num is " + std::to_string(*request_.subset) + ", but '" + request_.images + "' has " +
                            std::to_string(images.size(0)) + " images.",
                        "Make more of them, or leave --num out.");
        DatasetOptions subset;
        subset.maxImages = *request_.subset;
        const auto chosen = chosenIndices(images.size(0), subset);
        return chosen.defined() ? images.index_select(0, chosen) : images;
    }

    ReferenceStatistics measured(const FeatureCollector& collector, const std::string& data) const {
        return {collector.moments(), network_->title(), data, network_->resizing(), collector.vectors(), {}};
    }

    bool isBuiltinNetwork() const {
        return request_.features == kBuiltinFeatures ||
               (request_.features == kAutoFeatures && network_->hasLogits());  // no other is chosen by itself
    }

    ReferenceStatistics dataReference() {
        auto options = request_.dataOptions;
        const auto& path = request_.data;
        const bool builtin = path == "builtin";
        if (!request_.partGiven) options.part = builtin ? "t10k" : "train";
        if (builtin && options.part == "t10k" && options.maxImages == 0 && isBuiltinNetwork() && !needVectors()) {
            const auto file = resourceFile("models/fashion-mnist/reference.npz");
            auto reference = readStatistics(file);
            requireSameFeatures(reference, file, network_->title(), network_->featureCount());
            return reference;
        }
        // A random part, not the first images: many data sets are sorted by class.
        if (options.maxImages == 0) options.maxImages = request_.referenceImages;
        const auto data = openDataset(path, options, progressOf(EvaluationStage::Data, 100));
        result_.notes.insert(result_.notes.end(), data.notes.begin(), data.notes.end());
        network_->requireFits(data.images.size(1), data.images.size(2), data.images.size(3), "'" + path + "'");
        if (data.count() < 2)
            throw Error(ErrorCode::Configuration, "The reference '" + path + "' has fewer than 2 images.",
                        "Choose more with --max-images.");
        FeatureCollector collector(*network_, needVectors(), false, compute_.processes);
        const bool part = options.maxImages > 0 && options.maxImages == data.count();
        addAll(collector, data.images, EvaluationStage::Reference, (part ? "those chosen of '" : "'") + path + "'");
        return measured(collector, data.title + ", " + countedImages(data.count()));
    }

    ReferenceStatistics openReference() {
        if (!request_.metrics.needReference()) return {};
        if (!request_.against.empty()) {
            FeatureCollector collector(*network_, needVectors(), false, compute_.processes);
            const auto sampler = request_.againstSampler.value_or(request_.sampler);
            addSamples(collector, request_.against, sampler);
            return measured(collector, request_.against + ", " + samplerTitle(sampler) + ", same seeds");
        }
        if (request_.reference.empty()) return dataReference();

        auto reference = readStatistics(request_.reference);
        requireSameFeatures(reference, request_.reference, network_->title(), network_->featureCount(),
                            network_->bandCount());
        if (reference.features.empty())
            warnings_.push_back("'" + request_.reference +
                                "' does not name its feature network: the distance holds only if that was '" +
                                network_->title() + "'.");
        if (reference.data.empty()) reference.data = request_.reference;
        if (needVectors() && !reference.vectors.defined()) {
            if (!request_.dataGiven)
                throw Error(
                    ErrorCode::Usage,
                    "'" + request_.reference +
                        "' holds a mean and a covariance; kid, precision and recall need the features of each image.",
                    "Name the images with --data, or a reference written with --save-features.");
            reference.vectors = dataReference().vectors;
        }
        return reference;
    }

    const EvaluationRequest& request_;
    const EvaluationProgress& progress_;
    ComputeDevice compute_;
    std::unique_ptr<FeatureNetwork> network_;
    EvaluationResult result_;
    std::vector<std::string> warnings_;
};

}  // namespace

EvaluationResult evaluateImages(const EvaluationRequest& request, const EvaluationProgress& progress) {
    requireSane(request.sampler);
    return Evaluation(request, progress).run();
}

}  // namespace thaw
