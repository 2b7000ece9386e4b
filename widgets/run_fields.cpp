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

}  // namespace

std::vector<RunField> runFields() {
    const QString kimg = RunFieldText::tr("kimg"), images = RunFieldText::tr("images"), steps = RunFieldText::tr("steps");
    return {
        {"kimg", RunFieldText::tr("Length"), kimg, RunFieldText::tr("Thousand real images the run sees in all"), false,
         RunFieldText::tr("Run"), [](C& c) -> P { return &c.kimg; }},
        {"batch", RunFieldText::tr("Batch"), images, RunFieldText::tr("Images per step, for generator and discriminator alike"),
         false, {}, [](C& c) -> P { return &c.batch; }},
        {"seed", RunFieldText::tr("Seed"), {}, RunFieldText::tr("Starts every random number of the run; the same seed gives the same run on the CPU"),
         false, {}, [](C& c) -> P { return &c.seed; }},
        {"generator.learning_rate", RunFieldText::tr("Generator"), {}, RunFieldText::tr("Adam's learning rate for the thawed weights of the generator G"),
         false, RunFieldText::tr("Learning rates"), [](C& c) -> P { return &c.generator.learningRate; }},
        {"discriminator.learning_rate", RunFieldText::tr("Discriminator"), {}, RunFieldText::tr("Adam's learning rate for the heads of the discriminator D"),
         false, {}, [](C& c) -> P { return &c.discriminator.learningRate; }},
        {"fid_every_kimg", RunFieldText::tr("Every"), kimg, RunFieldText::tr("How often the Fréchet distance of the averaged weights is measured; 0 measures at the end only"),
         false, RunFieldText::tr("FID"), [](C& c) -> P { return &c.fidEveryKimg; }},
        {"fid_images", RunFieldText::tr("Samples"), images, RunFieldText::tr("Generated images per measurement. Few images make FID larger; compare only values of equal number"),
         false, {}, [](C& c) -> P { return &c.fidImages; }},

        {"loss", RunFieldText::tr("GAN loss"), {}, RunFieldText::tr("Non-saturating: softplus(−D(G(z))) and softplus(±D). Hinge: max(0, 1 ∓ D)"), true,
         RunFieldText::tr("Objective"), [](C& c) -> P { return &c.loss; }, {RunFieldText::tr("Non-saturating"), RunFieldText::tr("Hinge")}},
        {"reduction", RunFieldText::tr("Reduction"), {}, RunFieldText::tr("How the losses of a batch become one number; the sum weighs R1 less the larger the batch"), true,
         {}, [](C& c) -> P { return &c.reduction; }, {RunFieldText::tr("Mean"), RunFieldText::tr("Sum")}},
        {"sigma", RunFieldText::tr("Noise level σ"), {}, RunFieldText::tr("The generator is G(z) = D(σ z; σ): the denoiser at this one noise level"), true,
         {}, [](C& c) -> P { return &c.sigma; }},
        {"r1.gamma", RunFieldText::tr("R1 weight γ"), {}, RunFieldText::tr("Weight of the gradient penalty γ/2 · |∇D(x)|² on real images"), true,
         RunFieldText::tr("R1 penalty"), [](C& c) -> P { return &c.r1.gamma; }},
        {"r1.interval", RunFieldText::tr("R1 every"), steps, RunFieldText::tr("The penalty is applied on every so-many-th step with that gain; 0 switches it off"), true,
         {}, [](C& c) -> P { return &c.r1.interval; }},
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
        {"discriminator.beta1", RunFieldText::tr("Discriminator β₁"), {}, RunFieldText::tr("Adam's memory of the gradient"), true,
         {}, [](C& c) -> P { return &c.discriminator.beta1; }},
        {"discriminator.beta2", RunFieldText::tr("Discriminator β₂"), {}, RunFieldText::tr("Adam's memory of the squared gradient"), true,
         {}, [](C& c) -> P { return &c.discriminator.beta2; }},
        {"discriminator.epsilon", RunFieldText::tr("Discriminator ε"), {}, RunFieldText::tr("Keeps Adam's division finite"), true,
         {}, [](C& c) -> P { return &c.discriminator.epsilon; }},
        {"snapshot_every_kimg", RunFieldText::tr("Snapshot every"), kimg, RunFieldText::tr("How often a snapshot is written from which the run can be resumed; 0 writes one at the end only"), true,
         RunFieldText::tr("Run folder and machine"), [](C& c) -> P { return &c.snapshotEveryKimg; }},
        {"precision", RunFieldText::tr("Precision"), {}, RunFieldText::tr("Number format of the convolutions; metrics and R1 are always float32"), true,
         {}, [](C& c) -> P { return &c.precision; }, {RunFieldText::tr("Automatic"), RunFieldText::tr("float32"), RunFieldText::tr("bfloat16")}},
    };
}

}  // namespace thaw
