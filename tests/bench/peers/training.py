# SPDX-License-Identifier: GPL-3.0-or-later
"""A pre-training step of EDM and a fine-tuning step of D2O-F in plain PyTorch, with the shapes Thaw trains by default."""
import copy
import math

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils import spectral_norm

from networks import SIGMA_DATA


class Ema:
    def __init__(self, net):
        self.net = copy.deepcopy(net).eval().requires_grad_(False)

    @torch.no_grad()
    def update(self, net, beta):
        for average, parameter in zip(self.net.parameters(), net.parameters()):
            average.lerp_(parameter, 1 - beta)


def sanitise(parameters):
    for parameter in parameters:
        if parameter.grad is not None:
            torch.nan_to_num(parameter.grad, nan=0, posinf=1e5, neginf=-1e5, out=parameter.grad)


class Pretraining:
    """EDM's loss, Adam, EMA."""

    def __init__(self, denoiser, autocast, labels=None):
        self.net, self.autocast, self.labels = denoiser.train(), autocast, labels
        self.adam = torch.optim.Adam(self.net.parameters(), lr=1e-3, betas=(0.9, 0.999))
        self.ema = Ema(self.net)

    def compile(self):
        self.net = torch.compile(self.net)

    def step(self, images):
        sigma = (torch.randn(len(images), device=images.device) * 1.2 - 1.2).exp()
        s = sigma.reshape(-1, 1, 1, 1)
        weight = (s * s + SIGMA_DATA ** 2) / (s * SIGMA_DATA) ** 2
        with self.autocast():
            denoised = self.net(images + s * torch.randn_like(images), sigma, self.labels)
        loss = (weight * (denoised - images) ** 2).mean()
        self.adam.zero_grad(set_to_none=True)
        loss.backward()
        sanitise(self.net.parameters())
        self.adam.step()
        self.ema.update(self.net, 0.999)
        return loss


class Head(nn.Module):
    """A spectral-norm head over one map of the frozen denoiser's encoder."""

    def __init__(self, channels, resolution, width=64):
        super().__init__()
        layers = [spectral_norm(nn.Conv2d(channels, width, 1))]
        while resolution > 7:
            layers.append(spectral_norm(nn.Conv2d(width, width, 4, 2, 1)))
            resolution //= 2
        layers.append(spectral_norm(nn.Conv2d(width, width, 3, 1, 1)))
        layers.append(spectral_norm(nn.Conv2d(width, 1, min(4, resolution))))
        self.layers = nn.ModuleList(layers)

    def forward(self, x):
        for i, layer in enumerate(self.layers):
            x = layer(F.leaky_relu(x, 0.2) if i else x)
        return x.flatten(1).float()


class FineTuning:
    """D2O-F: non-saturating GAN loss, R1 every 16th step (`interval` 0: never), conv0, conv1 and proj frozen."""

    def __init__(self, denoiser, resolution, autocast, labels=None, interval=16):
        self.autocast, self.labels, self.interval, self.steps = autocast, labels, interval, 0
        self.net = copy.deepcopy(denoiser).train()
        for name, parameter in self.net.named_parameters():
            parameter.requires_grad_(not any(part in name for part in (".conv0.", ".conv1.", ".proj.")))
        self.frozen = self.features = denoiser.eval().requires_grad_(False)
        self.taps = [name for name in denoiser.model.enc if name.endswith("_block0")]
        with torch.no_grad():
            probe = torch.zeros(1, self.channels(), resolution, resolution, device=next(denoiser.parameters()).device)
            one = None if labels is None else labels[:1]
            maps = self.frozen(probe, torch.full((1,), 0.1, device=probe.device), one, until=self.taps)
        self.heads = nn.ModuleList(Head(m.shape[1], m.shape[2]) for m in maps).to(probe.device)
        self.learnt = [p for p in self.net.parameters() if p.requires_grad]
        self.adam_g = torch.optim.Adam(self.learnt, lr=2e-4, betas=(0.0, 0.99))
        ratio = 16 / 17
        self.adam_d = torch.optim.Adam(self.heads.parameters(), lr=2e-4 * ratio, betas=(0.0, 0.99 ** ratio))
        self.ema = Ema(self.net)

    def compile(self):
        self.net, self.features = torch.compile(self.net), torch.compile(self.frozen)

    def channels(self):
        return self.frozen.model.enc[next(iter(self.frozen.model.enc))].weight.shape[1]

    def made(self, like):
        with self.autocast():
            return self.net(torch.randn_like(like) * 80, torch.full((1,), 80.0, device=like.device), self.labels)

    def maps(self, images, network=None):
        low, high = math.log(0.03), math.log(0.37)
        sigma = (torch.rand(len(images), device=images.device) * (high - low) + low).exp()
        with self.autocast():
            network, noise = self.features if network is None else network, torch.randn_like(images)
            return network(images + sigma.reshape(-1, 1, 1, 1) * noise, sigma, self.labels, until=self.taps)

    def logits(self, maps):
        with self.autocast():
            return [head(m) for head, m in zip(self.heads, maps)]

    def step(self, real):
        self.heads.requires_grad_(False)
        loss = sum(F.softplus(-l).mean() for l in self.logits(self.maps(self.made(real)))) / len(self.heads)
        self.adam_g.zero_grad(set_to_none=True)
        loss.backward()
        sanitise(self.learnt)
        self.adam_g.step()
        self.ema.update(self.net, 0.999)
        self.heads.requires_grad_(True)
        with torch.no_grad():
            fake_maps, real_maps = self.maps(self.made(real)), self.maps(real)
        pairs = zip(self.logits(fake_maps), self.logits(real_maps))
        loss_d = sum(F.softplus(f).mean() + F.softplus(-r).mean() for f, r in pairs) / len(self.heads)
        self.update_d(loss_d)
        self.steps += 1
        if self.interval and self.steps % self.interval == 0:
            images = real.detach().clone().requires_grad_(True)
            autocast, self.autocast = self.autocast, torch.enable_grad  # R1 in float32
            logits = self.logits(self.maps(images, self.frozen))  # a compiled one has no second derivative
            self.autocast = autocast
            (gradient,) = torch.autograd.grad(sum(l.sum() for l in logits), images, create_graph=True)
            self.update_d(gradient.square().sum([1, 2, 3]).mean() * (1e-3 / 2 * self.interval))
        return loss

    def update_d(self, loss):
        self.adam_d.zero_grad(set_to_none=True)
        loss.backward()
        sanitise(self.heads.parameters())
        self.adam_d.step()
