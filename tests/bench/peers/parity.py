# SPDX-License-Identifier: GPL-3.0-or-later
"""The same work on the CPU and on the GPU: images and losses must agree. Started by packaging/gpu_check.py."""
import json
import math
import struct
import time

import numpy

from checks import Failed
from verdicts import image_difference, worst_differences

# Grey levels that images may be apart: at most, and on average. bfloat16 keeps 8 bits of every intermediate number; on the
# CPU it moves the embedded model's images by 6 at most and 0.12 on average.
IMAGE_LIMITS = {"fp32": (1, 0.1), "bf16": (24, 1.0)}
LOSS_LIMITS = {"fp32": 1e-3, "bf16": 5e-2}
TF32_OFF = {"NVIDIA_TF32_OVERRIDE": "0"}


# ---- images ------------------------------------------------------------------------------------------------------------

# Outputs of the last two are hundreds wide, so white is their largest value.
CASES = ["ddpmpp_gray_28", "ddpmpp_edm", "ncsnpp_edm_cond", "adm_edm_cond", "ddpmpp_vp", "ncsnpp_ve"]


def read_floats(file):
    """The float32 tensors of a safetensors file."""
    content = file.read_bytes()
    size = struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8:8 + size])
    return {name: numpy.frombuffer(content, "<f4", math.prod(entry["shape"]), 8 + size + entry["data_offsets"][0])
            .reshape(entry["shape"]) for name, entry in header.items() if entry.get("dtype") == "F32"}


def sampled(part, site, name, arguments, device, precision, env=None):
    out = site.file(f"{name}-{precision}-{'cpu' if device == 'cpu' else 'gpu'}-{time.monotonic_ns()}.npy")
    part.done([site.cli, "sample", *arguments, "--device", device, "--precision", precision, "--out", out, "--quiet"], 60, env)
    return numpy.load(out)


def compared(site, images, expected, scale, precision, again):
    """`again` makes the same without TF32, which tells rounding from faults."""
    highest, mean = IMAGE_LIMITS[precision]
    figures = image_difference(images, expected, scale)
    if figures["max"] > highest or figures["mean"] > mean:
        if site.gpu and precision == "fp32":
            figures["max without TF32"] = image_difference(again(), expected, scale)["max"]
        raise Failed(f"{figures} grey levels apart; {highest} at most and {mean} on average are allowed.", figures)
    return figures


def golden(part, site):
    cases = {}
    for name in CASES[:1] if site.quick else CASES:
        io = read_floats(site.golden / f"{name}.io.safetensors")
        numpy.save(site.file(f"{name}.latents.npy"), io["latents"])
        arguments = ["--model", site.golden / f"{name}.weights.safetensors", "--latents", site.file(f"{name}.latents.npy"),
                     "--sampler", "heun", "--steps", 18]
        if "class_labels" in io:
            arguments += ["--labels", ",".join(str(k) for k in io["class_labels"][:len(io["latents"])].argmax(1))]
        wide = float(numpy.abs(io["heun_18_steps"]).max())
        cases[name] = arguments, io["heun_18_steps"], wide if wide > 10 else 1.0
    for sampler in ["one-step"] if site.quick else ["one-step", "heun"]:
        cases[f"embedded-{sampler}"] = ["--model", "builtin", "--seeds", "0-15", "--sampler", sampler], None, 1.0
    works = {(name, precision): lambda case=case, name=name, p=precision: sampled(part, site, name, case[0], site.device, p)
             for name, case in cases.items() for precision in IMAGE_LIMITS}
    works.update({(name, "cpu"): lambda case=case, name=name: sampled(part, site, name, case[0], "cpu", "fp32")
                  for name, case in cases.items() if case[1] is None})
    found = part.gather(works)
    for name, (arguments, expected, scale) in cases.items():
        for precision in IMAGE_LIMITS:
            part.check(f"{name}, {precision}", lambda: compared(
                site, found[name, precision].result(), found[name, "cpu"].result() if expected is None else expected, scale,
                precision, lambda: sampled(part, site, name, arguments, site.device, precision, TF32_OFF)))


# ---- training ----------------------------------------------------------------------------------------------------------

# Name -> verb, configuration, figures that must agree. R1 comes in the second step, so that it is among them. A network that
# is new answers with nearly 0 whatever its layers do, so it learns fast, and longer.
IMITATION = {"distill": {"pairs": 32, "teacher_steps": 4}}
RUNS = {
    "gan": ("finetune", {"r1": {"interval": 2}}, ["g_loss", "d_loss", "r1", "grad_g", "grad_d"]),
    "pretrain": ("pretrain", {"warm_up_kimg": 0, "decay_fraction": 0, "adam": {"learning_rate": 0.005}}, ["loss"]),
    "cd,gan": ("finetune", IMITATION, ["g_loss", "d_loss", "distill_loss", "grad_g"]),
    **{name: ("finetune", IMITATION, ["distill_loss", "grad_g"]) for name in ("regression", "pd", "ctm", "rcd")},
}


def steps_of(part, site, name, device, precision, env=None):
    """The lines of stats.jsonl of a run of two steps; of pre-training, which does not note every step, the last of four and
    the mean."""
    verb, config, _ = RUNS[name]
    pretrain = verb == "pretrain"
    tag = f"{name}-{precision}-{'cpu' if device == 'cpu' else 'gpu'}-{time.monotonic_ns()}"
    config = site.file(tag + ".json", {"batch": site.batch, "snapshot_every_kimg": 0, **config})
    own = [] if pretrain else ["--model", "builtin", "--features", "none", "--objective", name]
    outcome = part.done([site.cli, verb, "--data", site.data, "--config", config, *own, "--seed", 1, "--kimg",
                         (4 if pretrain else 2) * site.batch / 1000, "--device", device, "--precision", precision, "--out",
                         site.file(tag), "--json", "--quiet"], 90, env)
    steps = [json.loads(line) for line in (site.file(tag) / "stats.jsonl").read_text().splitlines()]
    steps = [step for step in steps if "event" not in step]
    return [steps[-1], {"loss": json.loads(outcome.out)["loss"]}] if pretrain else steps


def agreeing(site, steps, expected, name, precision, again):
    """Gradients, which rounding moves more than losses, may differ ten times as much in float32."""
    keys, limit = RUNS[name][2], LOSS_LIMITS[precision]
    figures = worst_differences(steps, expected, keys)
    allowed = {key: limit * (10 if precision == "fp32" and key in ("grad_g", "grad_d", "r1") else 1) for key in keys}
    if wrong := [key for key in keys if figures[key] > allowed[key]]:
        if site.gpu and precision == "fp32":
            figures.update({f"{key} without TF32": value for key, value in worst_differences(again(), expected, wrong).items()})
        words = ", ".join(f"{key} by {figures[key]:.2g} of its value ({allowed[key]} is allowed)" for key in wrong)
        raise Failed(f"This differs from the CPU's: {words}.", figures)
    return {key: f"{value:.1e}" for key, value in figures.items()}


def training(part, site):
    names = list(RUNS)[:2] if site.quick else list(RUNS)
    works = {(name, kind): lambda name=name, where=where: steps_of(part, site, name, *where) for name in names
             for kind, where in (("cpu", ("cpu", "fp32")), ("fp32", (site.device, "fp32")), ("bf16", (site.device, "bf16")))}
    found = part.gather(works)
    for name in names:
        for precision in LOSS_LIMITS:
            part.check(f"steps of {name}, {precision}", lambda: agreeing(
                site, found[name, precision].result(), found[name, "cpu"].result(), name, precision,
                lambda: steps_of(part, site, name, site.device, precision, TF32_OFF)))
