// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/data_options.h"
#include "app/cli/output.h"
#include "app/cli/sampler_options.h"

#include "core/formats/measure_json.h"
#include "core/session/evaluation.h"
#include "core/values/model_name.h"
#include "core/values/number_text.h"

#include <algorithm>
#include <memory>
#include <optional>

namespace thaw::cli {
namespace {

using Json = nlohmann::ordered_json;

struct EvaluateOptions {
    EvaluationRequest request;
    std::string metrics = "fid", seeds, precond;
    std::int64_t num = 5000;
    DataChoice data;
    bool numGiven = false, force = false;
    SamplerOptions sampler;
};

void requireWhatGoesTogether(const EvaluateOptions& options) {
    const auto& request = options.request;
    if (request.model.empty() == request.images.empty())
        throw Error(ErrorCode::Usage, "Name either --model or --images.", "For example --model builtin.");
    if (!request.against.empty() && (!request.reference.empty() || request.model.empty()))
        throw Error(ErrorCode::Usage, "--against compares two models; it goes with --model, and without --reference.",
                    "For example --model tuned.safetensors --against builtin.");
    if (!request.saveFeatures.empty())
        requireOutput({request.saveFeatures, {".npz"}, options.force, Output::Folder::No, "--save-features"});
}

struct Asked {
    EvaluationRequest request;
    ModelSampling sampling;  // of the model, where there is one
};

Asked requestOf(const EvaluateOptions& options, const Context& context) {
    ModelSampling sampling{options.sampler.samplerFor({}), 0, {}};
    auto request = options.request;
    request.metrics = parseMetrics(options.metrics);
    requireWhatGoesTogether(options);
    request.seedText = options.seeds.empty() ? "0-" + std::to_string(options.num - 1) : options.seeds;
    request.seeds = parseSeeds(request.seedText);
    if (request.images.empty() && request.seeds.size() < 2)
        throw Error(ErrorCode::Configuration,
                    "There is " + std::to_string(request.seeds.size()) + " seed; a distance needs at least 2 images.",
                    "Use --num 5000.");
    if (options.numGiven) request.subset = options.num;
    requireSane(sampling.sampler);
    if (!request.model.empty()) sampling = samplingOf(request.model, options.sampler, context);
    if (!request.against.empty())
        request.againstSampler = samplingOf(request.against, options.sampler, context).sampler;
    request.sampler = sampling.sampler;
    request.labels = options.sampler.classes();
    request.classes = options.sampler.classChoice().value_or(ClassChoice());
    request.batch = options.sampler.batch;
    request.data = options.data.path;
    request.dataOptions = options.data.options;
    request.compute = context.compute;
    return {request, sampling};
}

// A bar a stage.
EvaluationProgress stageBars(const Context& context, const std::string& samplerWords) {
    struct Shown {
        std::optional<EvaluationStage> stage;
        std::unique_ptr<ProgressBar> bar;
    };
    auto shown = std::make_shared<Shown>();
    return [shown, samplerWords, &context](EvaluationStage stage, double done, double total) {
        if (shown->stage != stage) {
            shown->bar.reset();
            shown->stage = stage;
        }
        const auto begin = [&](const std::string& title, const char* unit) {
            if (!shown->bar) shown->bar = std::make_unique<ProgressBar>(context, title, total, unit);
        };
        switch (stage) {
        case EvaluationStage::Data:
            if (done > 0) begin("data", "%");  // most data sets open at once
            break;
        case EvaluationStage::Reference: begin("reference", "img"); break;
        case EvaluationStage::Images: begin("images", "img"); break;
        case EvaluationStage::Samples: begin(samplerWords, "img"); break;
        case EvaluationStage::Neighbours: begin("neighbours", "%"); break;
        }
        if (shown->bar) shown->bar->update(done);
        return !interrupted();
    };
}

void append(std::string& text, const std::string& name, const std::string& value) {
    text += (text.empty() ? "" : ", ") + name + " " + value;
}

std::string textOf(const Quality& quality) {
    std::string text;
    if (quality.fid) append(text, measureName(quality.measure), shortNumber(*quality.fid, 4));
    if (quality.kid)
        append(text, kernelDistanceName(quality.measure.kind),
               fixedNumber(*quality.kid, 5) + " ± " + fixedNumber(*quality.kidStd, 5));
    const bool inception = quality.measure.kind == MeasureKind::Inception;
    if (quality.inceptionScore)
        append(text, inception ? "Inception score" : "classifier score (not Inception's)",
               shortNumber(*quality.inceptionScore, 4));
    const auto share = [&](const char* name, const std::optional<double>& value) {
        if (value) append(text, name, fixedNumber(*value, 4));
    };
    share("precision", quality.precision);
    share("recall", quality.recall);
    share("density", quality.density);
    share("coverage", quality.coverage);
    return text;
}

template <class Value>
Json orNull(const std::optional<Value>& value) {
    return value ? Json(*value) : Json();
}

Json jsonOf(const Quality& quality) {
    return {{"fid", orNull(quality.fid)},
            {"kid", orNull(quality.kid)},
            {"inception_score", orNull(quality.inceptionScore)},
            {"precision", orNull(quality.precision)},
            {"recall", orNull(quality.recall)},
            {"density", orNull(quality.density)},
            {"coverage", orNull(quality.coverage)},
            {"kid_std", orNull(quality.kidStd)},
            {"inception_score_std", orNull(quality.inceptionScoreStd)},
            {"rank", orNull(quality.rank)},
            {"reference_rank", orNull(quality.referenceRank)},
            {"precision_k", orNull(quality.neighbours)},
            {"density_k", orNull(quality.densityNeighbours)},
            {"measure", quality.fid ? Json(measureJson(quality.measure)) : Json()},
            {"bands", quality.bands.empty() ? Json() : Json(quality.bands)}};
}

void runEvaluate(const EvaluateOptions& options, const Context& context) {
    const auto [request, sampling] = requestOf(options, context);
    if (!request.model.empty()) sayOpening(context, request.model);
    if (!request.against.empty()) sayOpening(context, request.against);
    const auto measured = evaluateImages(request, stageBars(context, samplerTitle(request.sampler)));
    sayNotes(context, measured.notes);
    sayNotes(context, measured.quality.warnings);
    const bool made = !request.model.empty(), against = request.metrics.needReference();
    auto result = jsonOf(measured.quality);
    result["num"] = measured.images;
    result["features"] = measured.features;
    result["reference"] = against ? Json(measured.reference) : Json();
    result["reference_num"] = orNull(measured.referenceImages);
    result["model"] = made ? request.model : request.images;
    result["seeds"] = made ? Json(request.seedText) : Json();
    result["sampler"] = made ? Json(samplerTitle(request.sampler)) : Json();
    result["nfe"] = made ? Json(networkEvaluations(request.sampler)) : Json();
    result["labels"] = sampling.labels;
    result["seconds"] = measured.seconds;
    result["warnings"] = measured.quality.warnings;
    report(context, result,
           textOf(measured.quality) + " (" + std::to_string(measured.images) + " images, " + measured.features +
               (against ? ", against " + measured.reference : "") +
               (measured.quality.measure.selection ? ", the selection criterion" : "") + ")");
}

}  // namespace

void addEvaluate(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("evaluate", "quality of a generator");
    auto options = std::make_shared<EvaluateOptions>();
    verb->add_option("--model", options->request.model, "model file, run folder, or builtin");
    addPrecondOption(*verb, options->precond);
    verb->add_option("--images", options->request.images,
                     "folder of images or .npy, instead of a model; floats (-1 to 1) are rounded to the 8 bits that "
                     "distances are defined on");
    addDataOptions(*verb, options->data);
    auto* part = verb->add_option("--part", options->data.options.part,
                                  "train or t10k, where the data have both; t10k of builtin")
                     ->check(oneOfWords({"train", "t10k"}));
    verb->add_option("--reference-num", options->request.referenceImages,
                     "reference images without --max-images: a random subset of the data, 0 = all")
        ->check(atLeast(0))
        ->capture_default_str();
    verb->add_option("--reference", options->request.reference, "statistics file (.npz) instead of --data");
    verb->add_option("--against", options->request.against, "distance between two generators on the same seeds");
    addSamplerOptions(*verb, options->sampler);
    auto* num = verb->add_option("--num", options->num, "images: seeds 0 to N-1, or a random subset of --images")
                    ->check(between(2, 10000000))
                    ->capture_default_str();
    verb->add_option("--seeds", options->seeds, "these seeds instead of --num");
    verb->add_option("--metrics", options->metrics, "fid, kid, is, precision, recall, density, coverage")
        ->capture_default_str();
    verb->add_option("--features", options->request.features,
                     "auto, builtin, fwd (wavelets, without a network), a file of train-features, or a TorchScript "
                     "network (.pt)")
        ->capture_default_str();
    verb->add_option("--neighbours", options->request.neighbours, "k of precision and recall")
        ->check(between(1, 1000))
        ->capture_default_str();
    verb->add_option("--save-features", options->request.saveFeatures,
                     "write the generated images' features here (.npz)");
    verb->add_flag("--force", options->force, "replace that file");
    addCommonOptions(*verb, context);
    verb->callback([options, verb, part, num, &context] {
        options->request.dataGiven = verb->get_option("--data")->count() > 0;
        options->request.partGiven = part->count() > 0;
        options->numGiven = num->count() > 0;
        auto& model = options->request.model;
        if (!options->precond.empty() && !model.empty()) model = withPrecond(model, options->precond);
        context.sharing = Context::Sharing::Steps;
        context.run = [options, &context] { runEvaluate(*options, context); };
    });
}

}  // namespace thaw::cli
