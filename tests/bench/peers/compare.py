# SPDX-License-Identifier: GPL-3.0-or-later
"""Thaw beside plain PyTorch, workload by workload, in one run: ours, theirs, ours, theirs, ...; the median of each.

    python3 compare.py THAW_CLI [--workload one-step,finetune] [--model builtin|cifar-ddpmpp|...] [--threads 1]

Prints a table and, with --out FILE.json, writes the figures. Peers: eager float32, eager bfloat16 (autocast), and
torch.compile where this PyTorch has it (--compiled), each in the memory layout in which it is quicker. On CUDA every time is taken after a synchronisation.
"""
import argparse
import contextlib
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

import numpy
import torch

from networks import SHAPES, Denoiser, UNetBlock, open_model
from sampling import heun, latents, one_step
from training import FineTuning, Pretraining

BUILTIN = pathlib.Path(__file__).resolve().parents[3] / "resources/models/fashion-mnist/model.safetensors"
PERIOD = {"finetune": 16}


def autocast(device, bf16):
    if not bf16:
        return contextlib.nullcontext
    return lambda: torch.autocast(device.type, dtype=torch.bfloat16)


def spectra(denoiser, images, noise_levels):
    """Mean power over images and channels of every block's output, in NumPy."""
    kept, tables = {}, []
    hooks = [module.register_forward_hook(lambda m, i, o, name=name: kept.__setitem__(name, o))
             for name, module in denoiser.named_modules() if isinstance(module, UNetBlock)]
    for sigma in noise_levels:
        sums = {}
        for part in images.split(16):
            with torch.no_grad():
                denoiser(part + sigma * torch.randn_like(part), torch.full((1,), sigma, device=images.device))
            for name, h in kept.items():
                power = numpy.abs(numpy.fft.fft2(h.float().cpu().numpy())) ** 2
                sums[name] = sums.get(name, 0) + power.sum((0, 1))
        tables.append(sums)
    for hook in hooks:
        hook.remove()
    return tables


def frechet(a, b):
    from scipy.linalg import sqrtm
    (mean_a, cov_a), (mean_b, cov_b) = a, b
    return ((mean_a - mean_b) ** 2).sum() + numpy.trace(cov_a + cov_b - 2 * sqrtm(cov_a @ cov_b).real)


class Peer:
    """A workload in plain PyTorch: `once()` is one unit of `counted` images. `layout` is a memory format."""

    def __init__(self, workload, model, batch, device, bf16, compiled, layout):
        self.counted, cast = batch, autocast(device, bf16)
        if workload == "frechet":
            draws = [numpy.random.default_rng(seed).standard_normal((4096, 2048)) for seed in (1, 2)]
            a, b = [(x.mean(0), numpy.cov(x, rowvar=False)) for x in draws]
            self.counted, self.once = 1, lambda: frechet(a, b)
            return
        net = (Denoiser(SHAPES[model]()) if model in SHAPES else open_model(model)).to(device)
        shape = self.shape(net)
        net = net.to(memory_format=layout)
        labels = self.labels(net, batch, device)
        images = torch.rand(batch, *shape, device=device).mul(2).sub(1).contiguous(memory_format=layout)
        if workload in ("finetune", "pretrain"):
            trainer = FineTuning(net, shape[1], cast) if workload == "finetune" else Pretraining(net, cast)
            if compiled:
                trainer.net = torch.compile(trainer.net)
            self.once = lambda: trainer.step(images)
            return
        run = torch.compile(net.eval()) if compiled else net.eval()
        sampler = {"one-step": one_step, "multi-step": heun}.get(workload)

        def once():
            with torch.no_grad(), cast():
                if sampler:
                    z = latents(range(batch), shape).to(device).contiguous(memory_format=layout)
                    sampler(run, z, labels).cpu()
                else:
                    spectra(net, images, numpy.geomspace(0.002, 80, 16).tolist())
        self.once = once

    @staticmethod
    def shape(net):
        conv = next(module for name, module in net.model.enc.items() if name.endswith("_conv"))
        resolution = int(next(iter(net.model.enc)).split("x")[0])
        return conv.weight.shape[1], resolution, resolution

    @staticmethod
    def labels(net, batch, device):
        count = net.model.label_dim
        return torch.nn.functional.one_hot(torch.arange(batch) % count, count).float().to(device) if count else None


def rate(peer, units, device):
    started = time.perf_counter()
    for _ in range(units):
        peer.once()
    if device.type == "cuda":
        torch.cuda.synchronize()
    return units * peer.counted / (time.perf_counter() - started)


def units_for(peer, workload, device):
    rate(peer, 1, device)
    once = peer.counted / rate(peer, 1, device)
    period = PERIOD.get(workload, 1)
    return -(-max(1, int(1 / once)) // period) * period


LAYOUTS = {"channels first": torch.contiguous_format, "channels last": torch.channels_last}


def faster_layout(workload, model, batch, device, bf16, compiled):
    """Which layout PyTorch is quicker in depends on its version, the processor and the workload."""
    tried = []
    for name, layout in LAYOUTS.items():
        peer = Peer(workload, model, batch, device, bf16, compiled, layout)
        peer.layout = name
        if workload in ("frechet", "spectra"):
            return peer
        rate(peer, 1, device)
        tried.append((max(rate(peer, 1, device) for _ in range(3)), peer))
    return max(tried, key=lambda pair: pair[0])[1]


def ours(options, workload, precision):
    command = [options.cli, "bench", "--workload", workload, "--model", options.model, "--batch", str(options.batch),
               "--threads", str(options.threads), "--device", options.device, "--precision", precision, "--json", "--quiet",
               "--repetitions", "1"]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["results"][0]


def measure(options, workload, precision, device):
    kinds = [("eager fp32", False, False), ("eager bf16", True, False)]
    if options.compiled:
        kinds += [("compiled fp32", False, True), ("compiled bf16", True, True)]
    if workload in ("frechet", "spectra"):
        kinds = kinds[:1]
    model = str(BUILTIN) if options.model == "builtin" else options.model
    peers = {title: faster_layout(workload, model, options.batch, device, bf16, compiled) for title, bf16, compiled in kinds}
    units = {title: units_for(peer, workload, device) for title, peer in peers.items()}
    rates, mine = {title: [] for title in peers}, []
    for _ in range(options.rounds):
        mine.append(ours(options, workload, precision))
        for title, peer in peers.items():
            rates[title].append(rate(peer, units[title], device))
    median = {title: statistics.median(values) for title, values in rates.items()}
    value = statistics.median(r["value"] for r in mine)
    ceilings = [r["ceiling"] for r in mine if r["ceiling"]]
    return {"workload": workload, "model": options.model, "batch": options.batch, "precision": precision,
            "unit": mine[0]["unit"], "ours": value, "low": min(r["value"] for r in mine),
            "high": max(r["value"] for r in mine), "ceiling": statistics.median(ceilings) if ceilings else None,
            "peak_mib": max(r["peak_mib"] for r in mine), "peers": median, "layouts": {title: peer.layout for title, peer in peers.items()},
            "ratios": {title: value / peer for title, peer in median.items()}}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cli", help="thaw-cli")
    parser.add_argument("--workload", default="finetune,pretrain,one-step,multi-step,spectra,frechet")
    parser.add_argument("--model", default="builtin")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--precision", default="fp32,bf16", help="ours, separated by commas")
    parser.add_argument("--compiled", action="store_true")
    parser.add_argument("--out")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.backends.cudnn.benchmark = True
    device = torch.device(options.device)
    rows = []
    for workload in options.workload.split(","):
        for precision in options.precision.split(",") if workload not in ("frechet", "spectra") else ["fp32"]:
            row = measure(options, workload, precision, device)
            rows.append(row)
            share = f"{100 * row['ours'] / row['ceiling']:.0f} % of the ceiling" if row["ceiling"] else ""
            ratios = ", ".join(f"{ratio:.2f} x {title}" for title, ratio in row["ratios"].items())
            print(f"{workload:<11} {precision}  {row['ours']:9.4g} {row['unit']}: {ratios}  {share}", flush=True)
    if options.out:
        machine = {"processor": platform.processor() or platform.machine(), "cores": os.cpu_count(),
                   "threads": options.threads, "torch": torch.__version__,
                   "device": torch.cuda.get_device_name() if device.type == "cuda" else cpu_name()}
        result = {"command": " ".join(["compare.py"] + sys.argv[2:]), "machine": machine, "results": rows}
        pathlib.Path(options.out).write_text(json.dumps(result, indent=1) + "\n")


def cpu_name():
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


if __name__ == "__main__":
    main()
