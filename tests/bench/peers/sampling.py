# SPDX-License-Identifier: GPL-3.0-or-later
"""Sampling in plain PyTorch: one step, and EDM's algorithm 2 without churn."""
import torch


def latents(seeds, shape):
    """One generator an image, as EDM draws them."""
    return torch.stack([torch.randn(shape, generator=torch.Generator().manual_seed(seed % 2 ** 32)) for seed in seeds])


def levels(steps, low=0.002, high=80.0, rho=7.0):
    i = torch.arange(steps, dtype=torch.float64)
    t = (high ** (1 / rho) + i / (steps - 1) * (low ** (1 / rho) - high ** (1 / rho))) ** rho
    return torch.cat([t, torch.zeros(1, dtype=torch.float64)])


def one_step(denoiser, z, labels=None, sigma=80.0):
    return denoiser(z * sigma, torch.full((1,), sigma, device=z.device), labels)


def heun(denoiser, z, labels=None, steps=18):
    t = levels(steps).to(z.device)
    x = z.double() * t[0]
    for i, (now, then) in enumerate(zip(t[:-1], t[1:])):
        d = (x - denoiser(x.float(), now.float().reshape(1), labels).double()) / now
        ahead = x + (then - now) * d
        if i + 1 < steps:  # asking the level itself would wait for a GPU
            d = (d + (ahead - denoiser(ahead.float(), then.float().reshape(1), labels).double()) / then) / 2
            ahead = x + (then - now) * d
        x = ahead
    return x.float()
