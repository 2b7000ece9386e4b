# SPDX-License-Identifier: GPL-3.0-or-later
"""The networks in plain PyTorch, from their equations: what a researcher would run instead of Thaw.

Nothing here is tuned and nothing is written to be slow: modules of torch.nn.functional, channels last where the caller
asks for it, `torch.autocast` for bfloat16. Names of parameters are those of the published checkpoints, so that a model
file of Thaw loads and both sides compute the same numbers (`check.py`).
"""
import json
import math
import struct

import torch
from torch import nn
from torch.nn import functional as F

SIGMA_DATA = 0.5


def read_safetensors(path):
    """(tensors, metadata) of a file."""
    kinds = {"F32": torch.float32, "F64": torch.float64, "I64": torch.int64, "F16": torch.float16,
             "BF16": torch.bfloat16, "U8": torch.uint8, "I32": torch.int32}
    with open(path, "rb") as stream:
        (size,) = struct.unpack("<Q", stream.read(8))
        header = json.loads(stream.read(size))
        body = bytearray(stream.read())
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        first, last = entry["data_offsets"]
        flat = torch.frombuffer(body, dtype=kinds[entry["dtype"]], offset=first,
                                count=(last - first) // torch.empty((), dtype=kinds[entry["dtype"]]).element_size()
                                ) if last > first else torch.empty(0, dtype=kinds[entry["dtype"]])
        tensors[name] = flat.reshape(entry["shape"]).clone()
    return tensors, metadata


class Linear(nn.Module):
    def __init__(self, inputs, outputs, bias=True):
        super().__init__()
        bound = math.sqrt(6 / (inputs + outputs))
        self.weight = nn.Parameter(torch.empty(outputs, inputs).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.zeros(outputs)) if bias else None

    def forward(self, x):
        return F.linear(x, self.weight, self.bias)


class Conv2d(nn.Module):
    """k×k convolution after an optional resampling; kernel 0 only resamples."""

    def __init__(self, inputs, outputs, kernel, up=False, down=False, taps=(1, 1), fused=False, scale=1.0):
        super().__init__()
        self.kernel, self.up, self.down, self.fused = kernel, up, down, fused
        self.weight = self.bias = None
        if kernel:
            bound = scale * math.sqrt(6 / ((inputs + outputs) * kernel * kernel))
            self.weight = nn.Parameter(torch.empty(outputs, inputs, kernel, kernel).uniform_(-bound, bound))
            self.bias = nn.Parameter(torch.zeros(outputs))
        if up or down:
            taps = torch.tensor(taps, dtype=torch.float32)
            self.register_buffer("resample_filter", (torch.outer(taps, taps) / taps.sum().square())[None, None])

    def forward(self, x):
        if self.up or self.down:
            pad = (self.resample_filter.shape[-1] - 1) // 2
            channels = x.shape[1]
            if self.fused and self.down:
                x = F.conv2d(x, self.weight, padding=self.kernel // 2 + pad)
                taps = self.resample_filter.to(x.dtype).expand(x.shape[1], 1, -1, -1)
                return F.conv2d(x, taps, self.bias.to(x.dtype), stride=2, groups=x.shape[1])
            taps = self.resample_filter.to(x.dtype).expand(channels, 1, -1, -1)
            if self.up:
                x = F.conv_transpose2d(x, taps * 4, stride=2, padding=pad, groups=channels)
            else:
                x = F.conv2d(x, taps, stride=2, padding=pad, groups=channels)
        return F.conv2d(x, self.weight, self.bias, padding=self.kernel // 2) if self.kernel else x


class GroupNorm(nn.Module):
    def __init__(self, channels, eps):
        super().__init__()
        self.groups, self.eps = min(32, channels // 4), eps
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x):
        return F.group_norm(x, self.groups, self.weight.to(x.dtype), self.bias.to(x.dtype), self.eps)


class UNetBlock(nn.Module):
    def __init__(self, inputs, outputs, emb, heads=0, up=False, down=False, taps=(1, 1), skip_scale=1.0, eps=1e-5,
                 adaptive=False, project=False, small=1.0):
        super().__init__()
        self.heads, self.skip_scale, self.adaptive = heads, skip_scale, adaptive
        self.norm0 = GroupNorm(inputs, eps)
        self.conv0 = Conv2d(inputs, outputs, 3, up, down, taps)
        self.affine = Linear(emb, 2 * outputs if adaptive else outputs)
        self.norm1 = GroupNorm(outputs, eps)
        self.conv1 = Conv2d(outputs, outputs, 3, scale=small)
        self.skip = None
        if inputs != outputs or up or down:
            self.skip = Conv2d(inputs, outputs, 1 if project or inputs != outputs else 0, up, down, taps)
        if heads:
            self.norm2 = GroupNorm(outputs, eps)
            self.qkv = Conv2d(outputs, 3 * outputs, 1, scale=math.sqrt(0.2))
            self.proj = Conv2d(outputs, outputs, 1, scale=small)

    def forward(self, x, emb):
        h = self.conv0(F.silu(self.norm0(x)))
        p = self.affine(emb)[:, :, None, None].to(h.dtype)
        if self.adaptive:
            scale, shift = p.chunk(2, 1)
            h = F.silu(torch.addcmul(shift, self.norm1(h), scale + 1))
        else:
            h = F.silu(self.norm1(h + p))
        x = (self.conv1(h) + (self.skip(x) if self.skip is not None else x)) * self.skip_scale
        if self.heads:
            n, c, height, width = x.shape
            qkv = self.qkv(self.norm2(x)).reshape(n * self.heads, c // self.heads, 3, height * width)
            q, k, v = qkv.unbind(2)
            w = torch.einsum("ncq,nck->nqk", q.float(), k.float() / math.sqrt(c // self.heads)).softmax(2).to(v.dtype)
            a = torch.einsum("nqk,nck->ncq", w, v).reshape(n, c, height, width)
            x = (self.proj(a) + x) * self.skip_scale
        return x


def positional(x, channels, endpoint):
    half = channels // 2
    k = torch.arange(half, dtype=torch.float32, device=x.device) / (half - (1 if endpoint else 0))
    angle = torch.outer(x, (1 / 10000) ** k)
    return torch.cat([angle.cos(), angle.sin()], 1)


class SongUNet(nn.Module):
    """DDPM++ (standard encoder, positional embedding) and NCSN++ (residual encoder, Fourier embedding)."""

    def __init__(self, resolution, channels, label_dim=0, model_channels=128, mult=(2, 2, 2), blocks=4,
                 attention=(16,), ncsnpp=False, augment_dim=0):
        super().__init__()
        self.label_dim, self.ncsnpp = label_dim, ncsnpp
        emb, noise = 4 * model_channels, model_channels * (2 if ncsnpp else 1)
        self.noise_channels = noise
        taps = (1, 3, 3, 1) if ncsnpp else (1, 1)
        common = dict(emb=emb, taps=taps, skip_scale=math.sqrt(0.5), eps=1e-6, project=True, small=1e-5)
        if ncsnpp:
            self.map_noise = nn.Module()
            self.map_noise.register_buffer("freqs", torch.randn(noise // 2) * 16)
        if label_dim:
            self.map_label = Linear(label_dim, noise)
        if augment_dim:
            self.map_augment = Linear(augment_dim, noise, bias=False)
        self.map_layer0, self.map_layer1 = Linear(noise, emb), Linear(emb, emb)
        self.enc, self.dec, skips, width, aux = nn.ModuleDict(), nn.ModuleDict(), [], channels, channels
        for level, factor in enumerate(mult):
            r = resolution >> level
            if level == 0:
                self.enc[f"{r}x{r}_conv"] = Conv2d(width, model_channels, 3)
                width = model_channels
            else:
                self.enc[f"{r}x{r}_down"] = UNetBlock(width, width, down=True, **common)
                if ncsnpp:
                    self.enc[f"{r}x{r}_aux_residual"] = Conv2d(aux, width, 3, down=True, taps=taps, fused=True)
                    aux = width
            skips.append(width)
            for i in range(blocks):
                out = model_channels * factor
                self.enc[f"{r}x{r}_block{i}"] = UNetBlock(width, out, heads=int(r in attention), **common)
                width = out
                skips.append(width)
        for level, factor in reversed(list(enumerate(mult))):
            r = resolution >> level
            if level == len(mult) - 1:
                self.dec[f"{r}x{r}_in0"] = UNetBlock(width, width, heads=1, **common)
                self.dec[f"{r}x{r}_in1"] = UNetBlock(width, width, **common)
            else:
                self.dec[f"{r}x{r}_up"] = UNetBlock(width, width, up=True, **common)
            for i in range(blocks + 1):
                out = model_channels * factor
                self.dec[f"{r}x{r}_block{i}"] = UNetBlock(width + skips.pop(), out,
                                                          heads=int(i == blocks and r in attention), **common)
                width = out
        self.dec[f"{resolution}x{resolution}_aux_norm"] = GroupNorm(width, 1e-6)
        self.dec[f"{resolution}x{resolution}_aux_conv"] = Conv2d(width, channels, 3, scale=1e-5)

    def forward(self, x, c_noise, labels=None, until=None):
        """`until`: names of encoder modules whose outputs are returned instead, the last one ends the pass."""
        if self.ncsnpp:
            angle = torch.outer(c_noise, 2 * math.pi * self.map_noise.freqs)
            emb = torch.cat([angle.cos(), angle.sin()], 1)
        else:
            emb = positional(c_noise, self.noise_channels, True)
        emb = emb.reshape(len(emb), 2, -1).flip(1).reshape(len(emb), -1)
        if self.label_dim:
            emb = emb + self.map_label(labels * math.sqrt(self.label_dim))
        emb = F.silu(self.map_layer1(F.silu(self.map_layer0(emb))))
        skips, aux, taken = [], x, []
        for name, module in self.enc.items():
            if "aux_residual" in name:
                x = aux = skips[-1] = (x + module(aux)) / math.sqrt(2)
            else:
                x = module(x, emb) if isinstance(module, UNetBlock) else module(x)
                skips.append(x)
            if until and name in until:
                taken.append(x)
                if len(taken) == len(until):
                    return taken
        for name, module in self.dec.items():
            if "aux_norm" in name:
                x = F.silu(module(x))
            elif "aux_conv" in name:
                return module(x)
            else:
                if "_block" in name:
                    x = torch.cat([x, skips.pop()], 1)
                x = module(x, emb)


class DhariwalUNet(nn.Module):
    """ADM."""

    def __init__(self, resolution, channels, label_dim=0, model_channels=192, mult=(1, 2, 3, 4), blocks=3,
                 attention=(32, 16, 8)):
        super().__init__()
        self.label_dim, self.model_channels, emb = label_dim, model_channels, 4 * model_channels
        common = dict(emb=emb, adaptive=True, small=0.0)
        self.map_layer0, self.map_layer1 = Linear(model_channels, emb), Linear(emb, emb)
        if label_dim:
            self.map_label = Linear(label_dim, emb, bias=False)
        self.enc, self.dec, skips, width = nn.ModuleDict(), nn.ModuleDict(), [], channels
        for level, factor in enumerate(mult):
            r = resolution >> level
            if level == 0:
                width = model_channels * factor
                self.enc[f"{r}x{r}_conv"] = Conv2d(channels, width, 3)
            else:
                self.enc[f"{r}x{r}_down"] = UNetBlock(width, width, down=True, **common)
            skips.append(width)
            for i in range(blocks):
                out = model_channels * factor
                self.enc[f"{r}x{r}_block{i}"] = UNetBlock(width, out, heads=(r in attention) * (out // 64), **common)
                width = out
                skips.append(width)
        for level, factor in reversed(list(enumerate(mult))):
            r = resolution >> level
            if level == len(mult) - 1:
                self.dec[f"{r}x{r}_in0"] = UNetBlock(width, width, heads=width // 64, **common)
                self.dec[f"{r}x{r}_in1"] = UNetBlock(width, width, **common)
            else:
                self.dec[f"{r}x{r}_up"] = UNetBlock(width, width, up=True, **common)
            for i in range(blocks + 1):
                out = model_channels * factor
                self.dec[f"{r}x{r}_block{i}"] = UNetBlock(width + skips.pop(), out,
                                                          heads=(r in attention) * (out // 64), **common)
                width = out
        self.out_norm, self.out_conv = GroupNorm(width, 1e-5), Conv2d(width, channels, 3, scale=0.0)

    def forward(self, x, c_noise, labels=None, until=None):
        emb = positional(c_noise, self.model_channels, False)
        emb = self.map_layer1(F.silu(self.map_layer0(emb)))
        if self.label_dim:
            emb = emb + self.map_label(labels)
        emb, skips, taken = F.silu(emb), [], []
        for name, module in self.enc.items():
            x = module(x, emb) if isinstance(module, UNetBlock) else module(x)
            skips.append(x)
            if until and name in until:
                taken.append(x)
                if len(taken) == len(until):
                    return taken
        for name, module in self.dec.items():
            if "_block" in name:
                x = torch.cat([x, skips.pop()], 1)
            x = module(x, emb)
        return self.out_conv(F.silu(self.out_norm(x)))


class Denoiser(nn.Module):
    """EDM's preconditioning; with epsilon 0.002 that of a one-step student."""

    def __init__(self, model, epsilon=0.0):
        super().__init__()
        self.model, self.epsilon = model, epsilon

    def forward(self, x, sigma, labels=None, until=None):
        s = sigma.reshape(-1, 1, 1, 1)
        near = s - self.epsilon
        root = (s * s + SIGMA_DATA ** 2).sqrt()
        skip, out = SIGMA_DATA ** 2 / (near * near + SIGMA_DATA ** 2), near * SIGMA_DATA / root
        # One level for a batch is embedded once an image, as everybody writes it.
        noise = (sigma.log() / 4).expand(len(x)) if len(sigma) == 1 else sigma.log() / 4
        h = self.model(x / root, noise, labels, until)
        return h if until else skip * x + out * h.float()


CIFAR = dict(resolution=32, channels=3)
SHAPES = {
    "cifar-ddpmpp": lambda: SongUNet(**CIFAR),
    "cifar-ncsnpp": lambda: SongUNet(**CIFAR, ncsnpp=True),
    "ncsnpp-64": lambda: SongUNet(64, 3, mult=(1, 2, 2, 2), ncsnpp=True),
    "adm-64": lambda: DhariwalUNet(64, 3, label_dim=1000),
}


def open_model(path):
    """A model file of Thaw with its weights, as a Denoiser."""
    tensors, metadata = read_safetensors(path)
    c = json.loads(metadata["config"]) if "config" in metadata else metadata
    kind = c.get("model_type", "SongUNet")
    shape = dict(resolution=int(c["img_resolution"]), channels=int(c["img_channels"]), label_dim=int(c.get("label_dim", 0)),
                 model_channels=int(c["model_channels"]), mult=tuple(c["channel_mult"]), blocks=int(c["num_blocks"]),
                 attention=tuple(c["attn_resolutions"]))
    if kind == "DhariwalUNet":
        network = DhariwalUNet(**shape)
    else:
        network = SongUNet(**shape, ncsnpp=c.get("encoder_type") == "residual", augment_dim=int(c.get("augment_dim", 0)))
    denoiser = Denoiser(network, 0.002 if metadata.get("class") == "D2OPrecond" else 0.0)
    missing, unexpected = denoiser.load_state_dict(tensors, strict=False)
    assert not missing and not unexpected, (missing[:3], unexpected[:3])
    return denoiser
