# SPDX-License-Identifier: GPL-3.0-or-later
"""A workload in plain PyTorch, ready to be timed: its networks, memory layout, number type, and torch.compile."""
import contextlib
import time

import numpy
import torch

from card import MIB
from limits import Fault
from networks import SHAPES, Denoiser, UNetBlock, open_model
from sampling import heun, latents, one_step
from training import FineTuning, Pretraining

PERIOD = {"finetune": 16}
LAYOUTS = {"channels first": torch.contiguous_format, "channels last": torch.channels_last}
# Title -> (bfloat16, compiled)
KINDS = {"eager fp32": (False, False), "eager bf16": (True, False), "compiled fp32": (False, True),
         "compiled bf16": (True, True)}


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
    """A workload in plain PyTorch: `once()` is one unit of `counted` images. `layout` is a name of LAYOUTS. `nets` keeps
    networks that only make images, so that the next sampler does not compile the same one again. Without `r1` a step of
    fine-tuning never is one of those with R1."""

    def __init__(self, workload, model, batch, device, title, layout, nets=None, r1=True):
        (bf16, self.compiled), self.layout, self.counted = KINDS[title], layout, batch
        self.kept_mib = 0  # of networks that were there before
        cast, form = autocast(device, bf16), LAYOUTS[layout]
        if self.compiled and not hasattr(torch, "compile"):
            raise Fault("this PyTorch has no torch.compile")
        if workload == "frechet":
            draws = [numpy.random.default_rng(seed).standard_normal((4096, 2048)) for seed in (1, 2)]
            a, b = [(x.mean(0), numpy.cov(x, rowvar=False)) for x in draws]
            self.counted, self.once = 1, lambda: frechet(a, b)
        elif workload in ("finetune", "pretrain"):
            self.once = self.training(workload, self.network(model, device, form), cast, form, r1)
        else:
            key = (model, batch, title, layout)
            nets = {} if nets is None else nets
            if key in nets:
                self.kept_mib = sum(p.numel() * p.element_size() for p in nets[key][0].parameters()) / MIB
            else:
                net = self.network(model, device, form).eval()
                nets[key] = net, torch.compile(net) if self.compiled else net
            self.once = self.inference(workload, *nets[key], cast, form)

    @staticmethod
    def network(model, device, form):
        net = Denoiser(SHAPES[model]()) if model in SHAPES else open_model(model)
        return net.to(device).to(memory_format=form)

    def training(self, workload, net, cast, form, r1):
        shape, device = self.shape(net), next(net.parameters()).device
        images, labels = self.images(shape, device, form), self.labels(net, self.counted, device)
        if workload == "pretrain":
            trainer = Pretraining(net, cast, labels)
        else:
            trainer = FineTuning(net, shape[1], cast, labels, PERIOD["finetune"] if r1 else 0)
        if self.compiled:
            trainer.compile()
        return lambda: trainer.step(images)

    def inference(self, workload, net, run, cast, form):
        shape, device, batch = self.shape(net), next(net.parameters()).device, self.counted
        labels, sampler = self.labels(net, batch, device), {"one-step": one_step, "multi-step": heun}.get(workload)
        images = None if sampler else self.images(shape, device, form)

        def once():
            with torch.no_grad(), cast():
                if sampler:
                    z = latents(range(batch), shape).to(device).contiguous(memory_format=form)
                    sampler(run, z, labels).cpu()
                else:
                    spectra(net, images, numpy.geomspace(0.002, 80, 16).tolist())
        return once

    def images(self, shape, device, form):
        return torch.rand(self.counted, *shape, device=device).mul(2).sub(1).contiguous(memory_format=form)

    @staticmethod
    def shape(net):
        conv = next(module for name, module in net.model.enc.items() if name.endswith("_conv"))
        resolution = int(next(iter(net.model.enc)).split("x")[0])
        return conv.weight.shape[1], resolution, resolution

    @staticmethod
    def labels(net, batch, device):
        count = net.model.label_dim
        return torch.nn.functional.one_hot(torch.arange(batch) % count, count).float().to(device) if count else None


def rate(peer, units, card):
    card.wait()
    started = time.perf_counter()
    for _ in range(units):
        peer.once()
    card.wait()
    return units * peer.counted / (time.perf_counter() - started)


def units_for(peer, workload, card):
    rate(peer, 1, card)
    once = peer.counted / rate(peer, 1, card)
    period = PERIOD.get(workload, 1)
    return -(-max(1, int(1 / once)) // period) * period


def warm(workload, model, batch, title, layout, card, nets, r1):
    """A peer that has done its first units, in which kernels are chosen and compiled."""
    before = card.reserved()
    peer = Peer(workload, model, batch, card.device, title, layout, nets, r1)
    rate(peer, 1, card)
    peer.gpu_mib = card.peak_of(peer.once, before) + peer.kept_mib if card.cuda else None
    return peer


def in_faster_layout(workload, model, batch, title, layouts, card, nets=None, r1=True):
    """Which layout PyTorch is quicker in depends on its version, the processor and the workload."""
    best, highest = None, 0
    if workload in ("frechet", "spectra"):
        peer = Peer(workload, model, batch, card.device, title, "channels first", nets)
        peer.gpu_mib = None
        return peer
    for layout in layouts:
        peer = warm(workload, model, batch, title, layout, card, nets, r1)
        found = max(rate(peer, 1, card) for _ in range(1 if card.cuda else 3)) if len(layouts) > 1 else 1
        if found > highest:
            best, highest = peer, found
        del peer
        card.clear()
    return best
