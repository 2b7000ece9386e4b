// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/run_fields.h"

#include <QCoreApplication>

namespace thaw {
namespace {

struct RunFieldText {
    Q_DECLARE_TR_FUNCTIONS(RunFieldText)
};

using C = FinetuneConfig;
using P = SettingPlace;

bool hasGan(const C& c) { return c.gan; }
bool imitates(const C& c) { return c.distill.kind != Distillation::None; }
bool jumps(const C& c) { return imitates(c) && c.distill.kind != Distillation::Regression; }
bool regresses(const C& c) { return c.distill.kind == Distillation::Regression; }
bool weighs(const C& c) { return imitates(c) && c.gan; }
bool usesLpips(const C& c) { return imitates(c) && c.distill.distance == ImageDistance::Lpips; }

}  // namespace

std::vector<RunField> runFields() {
    const QString kimg = RunFieldText::tr("kimg"), images = RunFieldText::tr("images"), steps = RunFieldText::tr("steps");
    return {
        {"gan", RunFieldText::tr("GAN loss"), {}, RunFieldText::tr("The standalone GAN objective of D2O: the discriminator D judges one-step images G(z) against real ones"), false,
         RunFieldText::tr("Objective"), [](C& c) -> P { return &c.gan; }, {}, nullptr},
        {"distill.kind", RunFieldText::tr("Imitation"), {}, RunFieldText::tr("Imitation of the teacher beside the GAN loss or instead of it. PD, CD, CTM and RCD train a two-time student, which is our own definition: the published one was not released"), false,
         {}, [](C& c) -> P { return &c.distill.kind; }, {RunFieldText::tr("None"), RunFieldText::tr("PD: progressive"), RunFieldText::tr("CD: consistency"), RunFieldText::tr("CTM: trajectory"), RunFieldText::tr("RCD: restart"), RunFieldText::tr("Regression on pairs")}, nullptr},
        {"student_steps", RunFieldText::tr("Steps m"), steps, RunFieldText::tr("Network calls of the student per image: 1 is the one-step generator; more make a two-time student whose jumps are trained together"), false,
         {}, [](C& c) -> P { return &c.studentSteps; }, {}, nullptr},
        {"kimg", RunFieldText::tr("Length"), kimg, RunFieldText::tr("Thousand real images the run sees in all"), false,
         RunFieldText::tr("Run"), [](C& c) -> P { return &c.kimg; }},
        {"batch", RunFieldText::tr("Batch"), images, RunFieldText::tr("Images per step, for generator and discriminator alike"),
         false, {}, [](C& c) -> P { return &c.batch; }},
        {"seed", RunFieldText::tr("Seed"), {}, RunFieldText::tr("Starts every random number of the run; the same seed gives the same run on the CPU"),
         false, {}, [](C& c) -> P { return &c.seed; }},
        {"generator.learning_rate", RunFieldText::tr("Generator"), {}, RunFieldText::tr("Adam's learning rate for the thawed weights of the generator G"),
         false, RunFieldText::tr("Learning rates"), [](C& c) -> P { return &c.generator.learningRate; }},
        {"discriminator.learning_rate", RunFieldText::tr("Discriminator"), {}, RunFieldText::tr("Adam's learning rate for the heads of the discriminator D"),
         false, {}, [](C& c) -> P { return &c.discriminator.learningRate; }, {}, hasGan},
        {"fid_every_kimg", RunFieldText::tr("Every"), kimg, RunFieldText::tr("How often the Fréchet distance of the averaged weights is measured; 0 measures at the end only"),
         false, RunFieldText::tr("FID"), [](C& c) -> P { return &c.fidEveryKimg; }},
        {"fid_images", RunFieldText::tr("Samples"), images, RunFieldText::tr("Generated images per measurement. Few images make FID larger; compare only values of equal number"),
         false, {}, [](C& c) -> P { return &c.fidImages; }},

        {"sigma", RunFieldText::tr("Noise level σ"), {}, RunFieldText::tr("The generator is G(z) = D(σ z; σ): the denoiser at this one noise level"), true,
         RunFieldText::tr("Generator"), [](C& c) -> P { return &c.sigma; }},
        {"loss", RunFieldText::tr("Kind"), {}, RunFieldText::tr("Non-saturating: softplus(−D(G(z))) and softplus(±D). Hinge: max(0, 1 ∓ D)"), true,
         RunFieldText::tr("GAN loss"), [](C& c) -> P { return &c.loss; }, {RunFieldText::tr("Non-saturating"), RunFieldText::tr("Hinge")}, hasGan},
        {"reduction", RunFieldText::tr("Reduction"), {}, RunFieldText::tr("How the losses of a batch become one number; the sum weighs R1 less the larger the batch"), true,
         {}, [](C& c) -> P { return &c.reduction; }, {RunFieldText::tr("Mean"), RunFieldText::tr("Sum")}, hasGan},
        {"distill.distance", RunFieldText::tr("Distance"), {}, RunFieldText::tr("How far student and target are apart. Squared: mean of (a − b)². Features: of the frozen denoiser's encoder. LPIPS: a TorchScript file of yours"), true,
         RunFieldText::tr("Imitation"), [](C& c) -> P { return &c.distill.distance; }, {RunFieldText::tr("Squared (L2)"), RunFieldText::tr("Features"), RunFieldText::tr("LPIPS file")}, imitates},
        {"distill.network", RunFieldText::tr("LPIPS file"), {}, RunFieldText::tr("TorchScript file that takes two batches of images in −1 … 1 and returns a distance per image; packaging/export_features.py lpips writes one"), true,
         {}, [](C& c) -> P { return &c.distill.network; }, {}, usesLpips},
        {"distill.weight", RunFieldText::tr("Weight"), {}, RunFieldText::tr("Factor on the imitation loss beside the GAN loss"), true,
         {}, [](C& c) -> P { return &c.distill.weight; }, {}, weighs},
        {"distill.timesteps", RunFieldText::tr("Levels N"), {}, RunFieldText::tr("Rungs of the ladder of noise levels from 80 to 0.002"), true,
         {}, [](C& c) -> P { return &c.distill.timesteps; }, {}, jumps},
        {"distill.teacher_steps", RunFieldText::tr("Teacher steps"), steps, RunFieldText::tr("Heun steps of the teacher for each pair of noise and image"), true,
         {}, [](C& c) -> P { return &c.distill.teacherSteps; }, {}, regresses},
        {"distill.pairs", RunFieldText::tr("Pairs"), images, RunFieldText::tr("Pairs of noise and teacher image; each is computed once and used in turns"), true,
         {}, [](C& c) -> P { return &c.distill.pairs; }, {}, regresses},
        {"discriminator.kind", RunFieldText::tr("Kind"), {}, RunFieldText::tr("Direct: heads on the features as they are, ours for the denoiser's own encoder. Projected: heads on random mixtures of the maps (CCM and CSM), as published"), true,
         RunFieldText::tr("Discriminator"), [](C& c) -> P { return &c.discriminatorKind; }, {RunFieldText::tr("Direct"), RunFieldText::tr("Projected")}, hasGan},
        {"discriminator.backbones", RunFieldText::tr("Looks through"), {}, RunFieldText::tr("Frozen networks whose features D sees, separated by commas: denoiser (the pre-trained encoder, no outside weights) and TorchScript files that return feature maps"), true,
         {}, [](C& c) -> P { return &c.backbones; }, {}, hasGan},
        {"discriminator.width", RunFieldText::tr("Width"), {}, RunFieldText::tr("Base width of the heads; published 64"), true,
         {}, [](C& c) -> P { return &c.discriminatorWidth; }, {}, hasGan},
        {"augment.target", RunFieldText::tr("ADA target"), {}, RunFieldText::tr("Mean sign of D on real images that adaptive augmentation holds; 0 switches adaptation off, as published"), true,
         {}, [](C& c) -> P { return &c.augment.target; }, {}, hasGan},
        {"augment.p", RunFieldText::tr("ADA start p"), {}, RunFieldText::tr("Probability of each augmentation at the start; 0 is off, as published"), true,
         {}, [](C& c) -> P { return &c.augment.p; }, {}, hasGan},
        {"r1.gamma", RunFieldText::tr("R1 weight γ"), {}, RunFieldText::tr("Weight of the gradient penalty γ/2 · |∇D(x)|² on real images"), true,
         RunFieldText::tr("R1 penalty"), [](C& c) -> P { return &c.r1.gamma; }, {}, hasGan},
        {"r1.interval", RunFieldText::tr("R1 every"), steps, RunFieldText::tr("The penalty is applied on every so-many-th step with that gain; 0 switches it off"), true,
         {}, [](C& c) -> P { return &c.r1.interval; }, {}, hasGan},
        {"ema.half_life_kimg", RunFieldText::tr("Half-life"), kimg, RunFieldText::tr("Thousand images until a weight's influence on the average has halved"), true,
         RunFieldText::tr("Averaged weights (EMA)"), [](C& c) -> P { return &c.ema.halfLifeKimg; }},
        {"ema.ramp_up", RunFieldText::tr("Ramp-up"), {}, RunFieldText::tr("The half-life never exceeds this share of the images seen; 0 switches the ramp off"), true,
         {}, [](C& c) -> P { return &c.ema.rampUp; }},
        {"generator.beta1", RunFieldText::tr("Generator β₁"), {}, RunFieldText::tr("Adam's memory of the gradient"), true,
         RunFieldText::tr("Adam"), [](C& c) -> P { return &c.generator.beta1; }},
        {"generator.beta2", RunFieldText::tr("Generator β₂"), {}, RunFieldText::tr("Adam's memory of the squared gradient"), true,
         {}, [](C& c) -> P { return &c.generator.beta2; }},
        {"generator.epsilon", RunFieldText::tr("Generator ε"), {}, RunFieldText::tr("Keeps Adam's division finite"), true,
         {}, [](C& c) -> P { return &c.generator.epsilon; }},
        {"generator.rectified", RunFieldText::tr("RAdam for G"), {}, RunFieldText::tr("Plain momentum until the variance estimate can be trusted (RAdam)"), true,
         {}, [](C& c) -> P { return &c.generator.rectified; }, {}, nullptr},
        {"discriminator.beta1", RunFieldText::tr("Discriminator β₁"), {}, RunFieldText::tr("Adam's memory of the gradient"), true,
         {}, [](C& c) -> P { return &c.discriminator.beta1; }, {}, hasGan},
        {"discriminator.beta2", RunFieldText::tr("Discriminator β₂"), {}, RunFieldText::tr("Adam's memory of the squared gradient"), true,
         {}, [](C& c) -> P { return &c.discriminator.beta2; }, {}, hasGan},
        {"discriminator.epsilon", RunFieldText::tr("Discriminator ε"), {}, RunFieldText::tr("Keeps Adam's division finite"), true,
         {}, [](C& c) -> P { return &c.discriminator.epsilon; }, {}, hasGan},
        {"discriminator.rectified", RunFieldText::tr("RAdam for D"), {}, RunFieldText::tr("Plain momentum until the variance estimate can be trusted (RAdam)"), true,
         {}, [](C& c) -> P { return &c.discriminator.rectified; }, {}, hasGan},
        {"rethaw", RunFieldText::tr("Thawed again"), {}, RunFieldText::tr("What Adam remembers of a weight that was frozen during the run and is thawed again"), true,
         {}, [](C& c) -> P { return &c.rethaw; }, {RunFieldText::tr("Starts afresh"), RunFieldText::tr("Takes up its memory")}, nullptr},
        {"kid", RunFieldText::tr("KID"), {}, RunFieldText::tr("Kernel distance beside every FID point"), true,
         RunFieldText::tr("Measuring"), [](C& c) -> P { return &c.kid; }, {}, nullptr},
        {"coverage", RunFieldText::tr("Precision, recall"), {}, RunFieldText::tr("Precision and recall (k = 3) beside every FID point"), true,
         {}, [](C& c) -> P { return &c.coverage; }, {}, nullptr},
        {"xflip", RunFieldText::tr("Mirror images"), {}, RunFieldText::tr("Mirrors half of the real images; published: off"), true,
         RunFieldText::tr("Data"), [](C& c) -> P { return &c.xflip; }, {}, nullptr},
        {"micro_batch", RunFieldText::tr("Micro-batch"), images, RunFieldText::tr("Images of one forward pass; the gradients of a batch add up exactly. 0 takes the whole batch"), true,
         {}, [](C& c) -> P { return &c.microBatch; }, {}, nullptr},
        {"snapshot_every_kimg", RunFieldText::tr("Snapshot every"), kimg, RunFieldText::tr("How often a snapshot is written from which the run can be resumed; 0 writes one at the end only"), true,
         RunFieldText::tr("Run folder and machine"), [](C& c) -> P { return &c.snapshotEveryKimg; }},
        {"precision", RunFieldText::tr("Precision"), {}, RunFieldText::tr("Number format of the convolutions; metrics and R1 are always float32"), true,
         {}, [](C& c) -> P { return &c.precision; }, {RunFieldText::tr("Automatic"), RunFieldText::tr("float32"), RunFieldText::tr("bfloat16")}},
    };
}

QString presetTitle(const FinetunePreset& preset) {
    if (preset.key == "fashion-mnist") return RunFieldText::tr("Fashion-MNIST (embedded)");
    return QString::fromStdString(preset.title);
}

QString presetNote(const FinetunePreset& preset) {
    if (preset.key == "fashion-mnist") return RunFieldText::tr("Our settings, chosen on the embedded model.");
    const QString backbones = preset.key == "cifar10" ? QStringLiteral("VGG16-BN, EfficientNet-lite0") : QStringLiteral("DeiT-B, EfficientNet-lite0");
    return RunFieldText::tr("Published settings. The published discriminator looks through %1: export them with packaging/export_features.py --maps.").arg(backbones);
}

}  // namespace thaw
