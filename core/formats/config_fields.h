// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/maybe_const.h"
#include "core/values/train_config.h"

#include <string>

namespace thaw {

// The fields of a run's settings under their names, `group.name` inside a group: the one list that configurations in
// JSON (config_json.h) and messages (core/wire) go through. A visitor is called with (name, field).

template <class Visitor, MaybeConst<AdamConfig> Config>
void visitAdam(Visitor& v, const std::string& path, Config& c) {
    v(path + ".learning_rate", c.learningRate);
    v(path + ".beta1", c.beta1);
    v(path + ".beta2", c.beta2);
    v(path + ".epsilon", c.epsilon);
    v(path + ".rectified", c.rectified);
}

template <class Visitor, MaybeConst<EmaConfig> Config>
void visitEma(Visitor& v, Config& c) {
    v("ema.half_life_kimg", c.halfLifeKimg);
    v("ema.ramp_up", c.rampUp);
}

// A switch that is off in most runs. A visitor with `onlyWhenOn` writes it where it is on, so that the text of all other
// configurations, by which studies know their runs, stays the same.
template <class Visitor, class Bool>
void visitSwitch(Visitor& v, const char* name, Bool& on) {
    if constexpr (requires { v.onlyWhenOn(name, on); }) v.onlyWhenOn(name, on);
    else v(name, on);
}

template <class Visitor, MaybeConst<FinetuneConfig> Config>
void visitConfig(Visitor& v, Config& c) {
    v("kimg", c.kimg);
    v("batch", c.batch);
    visitAdam(v, "generator", c.generator);
    visitAdam(v, "discriminator", c.discriminator);
    visitEma(v, c.ema);
    v("r1.gamma", c.r1.gamma);
    v("r1.interval", c.r1.interval);
    v("gan", c.gan);
    v("discriminator.kind", c.discriminatorKind);
    v("discriminator.backbones", c.backbones);
    v("discriminator.width", c.discriminatorWidth);
    v("augment.p", c.augment.p);
    v("augment.target", c.augment.target);
    v("rethaw", c.rethaw);
    v("distill.kind", c.distill.kind);
    v("distill.distance", c.distill.distance);
    v("distill.network", c.distill.network);
    v("distill.weight", c.distill.weight);
    v("distill.recipe", c.distill.recipe);
    v("distill.timesteps", c.distill.timesteps);
    v("distill.target_decay", c.distill.targetDecay);
    v("distill.teacher_steps", c.distill.teacherSteps);
    v("distill.pairs", c.distill.pairs);
    v("student_steps", c.studentSteps);
    v("random_start", c.randomStart);
    visitSwitch(v, "discriminator.sync_batch_norm", c.syncBatchNorm);
    v("xflip", c.xflip);
    v("micro_batch", c.microBatch);
    v("loss", c.loss);
    v("reduction", c.reduction);
    v("seed", c.seed);
    v("precision", c.precision);
    v("measure.features", c.measure.features);
    v("measure.reference", c.measure.reference);
    v("fid_every_kimg", c.fidEveryKimg);
    v("fid_images", c.fidImages);
    v("kid", c.kid);
    v("coverage", c.coverage);
    v("snapshot_every_kimg", c.snapshotEveryKimg);
    v("dropout", c.dropout);
    v("label_dropout", c.labelDropout);
    v("sigma", c.sigma);
    visitSwitch(v, "tensorboard", c.tensorboard);
    v("freeze", c.freeze);
}

}  // namespace thaw
