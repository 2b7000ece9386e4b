// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/generate.h"
#include "app/cli/image_input.h"
#include "app/cli/output.h"
#include "app/cli/quality.h"

#include "core/data/open_dataset.h"
#include "core/diffusion/seed_sampling.h"
#include "core/io/open_model.h"
#include "core/io/resources.h"
#include "core/metrics/feature_workflow.h"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <memory>

namespace thaw::cli {
namespace {

struct EvaluateOptions {
    std::string model, images, metrics = "fid", features = "builtin", reference, seeds, against, saveFeatures;
    std::int64_t num = 5000, referenceNum = 10000;
    DataChoice data;
    bool dataGiven = false, partGiven = false, numGiven = false, force = false;
    int neighbours = 3;
    SamplerOptions sampler;
};

// One evaluation: the options and what they opened.
struct Evaluation {
    const EvaluateOptions& options;
    const Context& context;
    Metrics metrics;
    ComputeDevice compute;
    std::unique_ptr<FeatureNetwork> network;
    std::vector<std::uint64_t> seeds;
    bool keep = false;  // vectors of the generated images
};

constexpr std::int64_t kPiece = 500;  // images between two looks at Ctrl+C

void addAll(FeatureCollector& collector, const Evaluation& evaluation, const torch::Tensor& images,
            const std::string& title) {
    ProgressBar bar(evaluation.context, title, double(images.size(0)), "img");
    std::int64_t done = 0;
    for (const auto& piece : images.split(kPiece)) {
        if (interrupted()) throw Error(ErrorCode::Interrupted, "The evaluation was interrupted.");
        collector.add(piece);
        bar.update(double(done += piece.size(0)));
    }
}

void addGenerated(FeatureCollector& collector, const Evaluation& evaluation, const std::string& path) {
    auto model = openModelFile(path);
    const auto& config = model.denoiser->config();
    evaluation.network->requireFits(config.imgChannels, config.imgResolution, config.imgResolution,
                                    "the model '" + path + "'");
    generate(model.denoiser, evaluation.context, evaluation.compute, evaluation.options.sampler, {evaluation.seeds, {}},
             [&](const torch::Tensor& batch) {
                 if (!batch.isfinite().all().item<bool>())
                     throw Error(
                         ErrorCode::WrongKind, "The model '" + path + "' makes images that are not finite.",
                         "Look at some with 'thaw-cli sample'; the weights may be damaged or the run diverged.");
                 collector.add(quantise(batch));
             });
}

torch::Tensor chosenImages(const EvaluateOptions& options) {
    const auto images = readImages(options.images);
    if (!options.numGiven) return images;
    if (images.size(0) < options.num)
        throw Error(ErrorCode::Configuration,
                    "--num is " + std::to_string(options.num) + ", but '" + options.images + "' has " +
                        std::to_string(images.size(0)) + " images.",
                    "Make more of them, or leave --num out.");
    DatasetOptions subset;
    subset.maxImages = options.num;
    const auto chosen = chosenIndices(images.size(0), subset);
    return chosen.defined() ? images.index_select(0, chosen) : images;
}

ReferenceStatistics measured(const Evaluation& evaluation, const FeatureCollector& collector, const std::string& data) {
    return {collector.moments(), evaluation.network->title(), data, evaluation.network->resizing(),
            collector.vectors()};
}

ReferenceStatistics dataReference(const Evaluation& evaluation) {
    const auto& options = evaluation.options;
    auto choice = options.data;
    const bool builtin = choice.path == "builtin";
    if (!options.partGiven) choice.options.part = builtin ? "t10k" : "train";
    const bool needVectors = evaluation.metrics.needVectors();
    if (builtin && choice.options.part == "t10k" && choice.options.maxImages == 0 && options.features == "builtin" &&
        !needVectors) {
        const auto file = resourceFile("models/fashion-mnist/reference.npz");
        auto reference = readStatistics(file);
        requireSameFeatures(reference, file, evaluation.network->title(), evaluation.network->featureCount());
        return reference;
    }
    // A random part, not the first images: many data sets are sorted by class.
    if (choice.options.maxImages == 0) choice.options.maxImages = options.referenceNum;
    const auto data = openData(choice, evaluation.context);
    const auto& path = choice.path;
    evaluation.network->requireFits(data.images.size(1), data.images.size(2), data.images.size(3), "'" + path + "'");
    if (data.count() < 2)
        throw Error(ErrorCode::Configuration, "The reference '" + path + "' has fewer than 2 images.",
                    "Choose more with --max-images.");
    FeatureCollector collector(*evaluation.network, needVectors, false);
    addAll(collector, evaluation, data.images, "reference");
    return measured(evaluation, collector, data.title + ", " + std::to_string(data.count()) + " images");
}

ReferenceStatistics openReference(const Evaluation& evaluation, std::vector<std::string>& warnings) {
    const auto& options = evaluation.options;
    const bool needVectors = evaluation.metrics.needVectors();
    if (!evaluation.metrics.needReference()) return {};
    if (!options.against.empty()) {
        FeatureCollector collector(*evaluation.network, needVectors, false);
        addGenerated(collector, evaluation, options.against);
        return measured(evaluation, collector, options.against + ", " + options.sampler.name() + ", same seeds");
    }
    if (options.reference.empty()) return dataReference(evaluation);

    auto reference = readStatistics(options.reference);
    requireSameFeatures(reference, options.reference, evaluation.network->title(), evaluation.network->featureCount());
    if (reference.features.empty())
        warnings.push_back("'" + options.reference +
                           "' does not name its feature network: the distance holds only if that was '" +
                           evaluation.network->title() + "'.");
    if (reference.data.empty()) reference.data = options.reference;
    if (needVectors && !reference.vectors.defined()) {
        if (!options.dataGiven)
            throw Error(
                ErrorCode::Usage,
                "'" + options.reference +
                    "' holds a mean and a covariance; kid, precision and recall need the features of each image.",
                "Name the images with --data, or a reference written with --save-features.");
        reference.vectors = dataReference(evaluation).vectors;
    }
    return reference;
}

void requireSane(const EvaluateOptions& options) {
    if (options.model.empty() == options.images.empty())
        throw Error(ErrorCode::Usage, "Name either --model or --images.", "For example --model builtin.");
    if (!options.against.empty() && (!options.reference.empty() || options.model.empty()))
        throw Error(ErrorCode::Usage, "--against compares two models; it goes with --model, and without --reference.",
                    "For example --model tuned.safetensors --against builtin.");
    if (!options.saveFeatures.empty()) requireNewFile(options.saveFeatures, options.force);
    options.sampler.requireSane();
}

void saveFeatures(const Evaluation& evaluation, const FeatureCollector& generated, const std::string& made) {
    if (evaluation.options.saveFeatures.empty()) return;
    writeStatistics(evaluation.options.saveFeatures, measured(evaluation, generated, made));
}

void runEvaluate(const EvaluateOptions& options, const Context& context) {
    Evaluation evaluation{options, context, parseMetrics(options.metrics), {}, {}, {}, false};
    const auto& metrics = evaluation.metrics;
    evaluation.keep = metrics.needVectors() || !options.saveFeatures.empty();
    requireSane(options);
    if (!options.seeds.empty()) evaluation.seeds = parseSeeds(options.seeds);
    else
        for (std::int64_t i = 0; i < options.num; ++i) evaluation.seeds.push_back(std::uint64_t(i));
    if (options.images.empty() && evaluation.seeds.size() < 2)
        throw Error(
            ErrorCode::Configuration,
            "There is " + std::to_string(evaluation.seeds.size()) + " seed; a distance needs at least 2 images.",
            "Use --num 5000.");
    evaluation.compute = chooseCompute(context.compute.device, context.compute.precision, context.compute.threads);
    evaluation.network = openFeatureNetwork(options.features, evaluation.compute.device);
    const auto& network = *evaluation.network;
    if (metrics.has("is") && !network.hasLogits())
        throw Error(ErrorCode::Configuration,
                    "'" + network.title() + "' gives no class scores, and the Inception score needs them.",
                    "Leave 'is' out of --metrics, or name them as \"logits\" in the network's description.");
    std::vector<std::string> warnings = network.notes();
    // A missing model or folder is said before minutes of reference, the reference before hours of sampling.
    torch::Tensor images;
    if (options.images.empty()) openModelFile(options.model);
    else images = chosenImages(options);
    const auto reference = openReference(evaluation, warnings);

    FeatureCollector generated(*evaluation.network, evaluation.keep, metrics.has("is"));
    const auto started = std::chrono::steady_clock::now();
    if (images.defined()) {
        evaluation.network->requireFits(images.size(1), images.size(2), images.size(3), "'" + options.images + "'");
        if (images.size(0) < 2)
            throw Error(ErrorCode::Configuration,
                        "'" + options.images + "' has fewer than 2 images; a distance needs at least 2.",
                        "Make more of them.");
        addAll(generated, evaluation, images, "images");
    } else {
        addGenerated(generated, evaluation, options.model);
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    const bool made = !options.model.empty();
    const auto seedText = !options.seeds.empty() ? options.seeds : "0-" + std::to_string(options.num - 1);
    saveFeatures(evaluation, generated,
                 made ? options.model + ", " + options.sampler.name() + ", seeds " + seedText : options.images);

    ProgressBar bar(context, "neighbours", 100, "%");
    const auto quality = measureQuality(metrics, generated, reference, network, options.neighbours,
                                        evaluation.compute.device, [&](double share) {
                                            bar.update(share * 100);
                                            return !interrupted();
                                        });
    warnings.insert(warnings.end(), quality.warnings.begin(), quality.warnings.end());
    for (const auto& warning : warnings) say(context, warning);

    auto result = quality.values;
    result["num"] = generated.count();
    result["features"] = network.title();
    result["reference"] = metrics.needReference() ? nlohmann::ordered_json(reference.data) : nlohmann::ordered_json();
    result["reference_num"] =
        metrics.needReference() ? nlohmann::ordered_json(reference.moments.count) : nlohmann::ordered_json();
    result["model"] = made ? options.model : options.images;
    result["seeds"] = made ? nlohmann::ordered_json(seedText) : nlohmann::ordered_json();
    result["sampler"] = made ? nlohmann::ordered_json(options.sampler.name()) : nlohmann::ordered_json();
    result["nfe"] =
        made ? nlohmann::ordered_json(networkEvaluations(options.sampler.config)) : nlohmann::ordered_json();
    result["seconds"] = seconds;
    result["warnings"] = warnings;
    report(context, result,
           quality.text + " (" + std::to_string(generated.count()) + " images, " + network.title() +
               (metrics.needReference() ? ", against " + reference.data : "") + ")");
}

}  // namespace

void addEvaluate(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("evaluate", "quality of a generator");
    auto options = std::make_shared<EvaluateOptions>();
    verb->add_option("--model", options->model, "model file, run folder, or builtin");
    verb->add_option("--images", options->images, "folder of images or .npy, instead of a model");
    addDataOptions(*verb, options->data);
    auto* part = verb->add_option("--part", options->data.options.part,
                                  "train or t10k, where the data have both; t10k of builtin")
                     ->check(CLI::IsMember({"train", "t10k"}));
    verb->add_option("--reference-num", options->referenceNum,
                     "reference images without --max-images: a random subset of the data, 0 = all")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    verb->add_option("--reference", options->reference, "statistics file (.npz) instead of --data");
    verb->add_option("--against", options->against, "distance between two generators on the same seeds");
    addSamplerOptions(*verb, options->sampler);
    auto* num = verb->add_option("--num", options->num, "images: seeds 0 to N-1, or a random subset of --images")
                    ->check(CLI::Range(2, 10000000))
                    ->capture_default_str();
    verb->add_option("--seeds", options->seeds, "these seeds instead of --num");
    verb->add_option("--metrics", options->metrics, "fid, kid, is, precision, recall, density, coverage")
        ->capture_default_str();
    verb->add_option("--features", options->features,
                     "builtin, a file of train-features, or a TorchScript network (.pt)")
        ->capture_default_str();
    verb->add_option("--neighbours", options->neighbours, "k of precision and recall")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    verb->add_option("--save-features", options->saveFeatures, "write the generated images' features here (.npz)");
    verb->add_flag("--force", options->force, "replace that file");
    addCommonOptions(*verb, context);
    verb->callback([options, verb, part, num, &context] {
        options->dataGiven = verb->get_option("--data")->count() > 0;
        options->partGiven = part->count() > 0;
        options->numGiven = num->count() > 0;
        context.run = [options, &context] { runEvaluate(*options, context); };
    });
}

}  // namespace thaw::cli
