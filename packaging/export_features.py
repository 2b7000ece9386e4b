#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports a feature network to TorchScript, with the description thaw-cli reads beside it.

    export_features.py inception --weights pt_inception-2015-12-05-6726825d.pth --out inception.pt
    export_features.py torchvision --model efficientnet_b0 [--weights FILE.pth] --out efficientnet.pt
    export_features.py timm --model vit_small_patch14_dinov2.lvd142m [--weights FILE] --out dino.pt
    export_features.py clip --model openai/clip-vit-base-patch32 --out clip.pt
    export_features.py torchvision --model vgg16_bn --maps --out vgg.pt       (for discriminator.backbones)
    export_features.py timm --model tf_efficientnet_lite0 --maps --out lite0.pt
    export_features.py lpips --model vgg --out lpips.pt                       (for distill.network)
    export_features.py --self-test

    thaw-cli evaluate --model M --data D --features inception.pt --metrics fid,kid,is,precision,recall

`inception` needs PyTorch alone; the others need the package they name (clip: transformers). Without --weights,
torchvision, timm and transformers fetch their published weights themselves.
"""
import argparse
import json
import os
import sys
import tempfile

import torch
from torch import nn
from torch.nn import functional as F

IMAGENET = {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}


# ---- Inception v3 as FID programs use it: Szegedy et al. 2016, with the pooling of the 2015-12-05 graph --------------

class Conv(nn.Module):
    def __init__(self, cin, cout, kernel, stride=1, padding=0):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, kernel, stride, padding, bias=False)
        self.bn = nn.BatchNorm2d(cout, eps=0.001)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))


class Block(nn.Module):
    """Parallel branches, joined. `branches` lists names of modules run in a row; a nested tuple runs side by side."""

    def __init__(self, branches, convs, pool, stride=1):
        super().__init__()
        self.branches, self.pool, self.stride = branches, pool, stride
        for name, arguments in convs.items():
            self.add_module(name, Conv(*arguments))

    def forward(self, x):
        if self.stride == 2:
            pooled = F.max_pool2d(x, 3, 2)
        elif self.pool == "max":
            pooled = F.max_pool2d(x, 3, 1, 1)
        else:  # padding does not count in the mean: that is what differs from torchvision
            pooled = F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)
        outputs = []
        for branch in self.branches:
            h = [x]
            for step in branch:
                names = step if isinstance(step, tuple) else (step,)
                h = [pooled] if step == "pool" else [getattr(self, name)(part) for part in h for name in names]
            outputs += h
        return torch.cat(outputs, 1)


def block_a(cin, pool):
    return Block([["branch1x1"], ["branch5x5_1", "branch5x5_2"], ["branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3"],
                  ["pool", "branch_pool"]],
                 {"branch1x1": (cin, 64, 1), "branch5x5_1": (cin, 48, 1), "branch5x5_2": (48, 64, 5, 1, 2),
                  "branch3x3dbl_1": (cin, 64, 1), "branch3x3dbl_2": (64, 96, 3, 1, 1), "branch3x3dbl_3": (96, 96, 3, 1, 1),
                  "branch_pool": (cin, pool, 1)}, "average")


def block_b(cin):
    return Block([["branch3x3"], ["branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3"], ["pool"]],
                 {"branch3x3": (cin, 384, 3, 2), "branch3x3dbl_1": (cin, 64, 1), "branch3x3dbl_2": (64, 96, 3, 1, 1),
                  "branch3x3dbl_3": (96, 96, 3, 2)}, "max", 2)


def block_c(c):
    row, column = (1, 7), (7, 1)
    across, down = (0, 3), (3, 0)
    return Block([["branch1x1"], [f"branch7x7_{i}" for i in (1, 2, 3)], [f"branch7x7dbl_{i}" for i in (1, 2, 3, 4, 5)],
                  ["pool", "branch_pool"]],
                 {"branch1x1": (768, 192, 1), "branch7x7_1": (768, c, 1), "branch7x7_2": (c, c, row, 1, across),
                  "branch7x7_3": (c, 192, column, 1, down), "branch7x7dbl_1": (768, c, 1),
                  "branch7x7dbl_2": (c, c, column, 1, down), "branch7x7dbl_3": (c, c, row, 1, across),
                  "branch7x7dbl_4": (c, c, column, 1, down), "branch7x7dbl_5": (c, 192, row, 1, across),
                  "branch_pool": (768, 192, 1)}, "average")


def block_d():
    return Block([["branch3x3_1", "branch3x3_2"], [f"branch7x7x3_{i}" for i in (1, 2, 3, 4)], ["pool"]],
                 {"branch3x3_1": (768, 192, 1), "branch3x3_2": (192, 320, 3, 2), "branch7x7x3_1": (768, 192, 1),
                  "branch7x7x3_2": (192, 192, (1, 7), 1, (0, 3)), "branch7x7x3_3": (192, 192, (7, 1), 1, (3, 0)),
                  "branch7x7x3_4": (192, 192, 3, 2)}, "max", 2)


def block_e(cin, pool):
    return Block([["branch1x1"], ["branch3x3_1", ("branch3x3_2a", "branch3x3_2b")],
                  ["branch3x3dbl_1", "branch3x3dbl_2", ("branch3x3dbl_3a", "branch3x3dbl_3b")], ["pool", "branch_pool"]],
                 {"branch1x1": (cin, 320, 1), "branch3x3_1": (cin, 384, 1), "branch3x3_2a": (384, 384, (1, 3), 1, (0, 1)),
                  "branch3x3_2b": (384, 384, (3, 1), 1, (1, 0)), "branch3x3dbl_1": (cin, 448, 1),
                  "branch3x3dbl_2": (448, 384, 3, 1, 1), "branch3x3dbl_3a": (384, 384, (1, 3), 1, (0, 1)),
                  "branch3x3dbl_3b": (384, 384, (3, 1), 1, (1, 0)), "branch_pool": (cin, 192, 1)}, pool)


class Inception(nn.Module):
    """[N, 3, 299, 299] in -1..1 -> (features [N, 2048], logits [N, classes] without bias)."""

    def __init__(self, classes=1008):
        super().__init__()
        stem = [("Conv2d_1a_3x3", Conv(3, 32, 3, 2)), ("Conv2d_2a_3x3", Conv(32, 32, 3)),
                ("Conv2d_2b_3x3", Conv(32, 64, 3, 1, 1)), (None, nn.MaxPool2d(3, 2)), ("Conv2d_3b_1x1", Conv(64, 80, 1)),
                ("Conv2d_4a_3x3", Conv(80, 192, 3)), (None, nn.MaxPool2d(3, 2))]
        mixed = {"5b": block_a(192, 32), "5c": block_a(256, 64), "5d": block_a(288, 64), "6a": block_b(288),
                 "6b": block_c(128), "6c": block_c(160), "6d": block_c(160), "6e": block_c(192), "7a": block_d(),
                 "7b": block_e(1280, "average"), "7c": block_e(2048, "max")}
        self.order = []
        for k, (name, module) in enumerate(stem + [(f"Mixed_{n}", m) for n, m in mixed.items()]):
            name = name or f"pool_{k}"
            self.add_module(name, module)
            self.order.append(name)
        self.fc = nn.Linear(2048, classes)

    def forward(self, x):
        for name in self.order:
            x = getattr(self, name)(x)
        features = x.mean((2, 3))
        return features, F.linear(features, self.fc.weight)


# ---- The sources ----------------------------------------------------------------------------------------------------

def load_weights(module, path):
    state = torch.load(path, map_location="cpu", weights_only=True)
    state = state.get("state_dict", state) if isinstance(state, dict) else state.state_dict()
    problems = module.load_state_dict(state, strict=False)
    missing = [name for name in problems.missing_keys if not name.endswith("num_batches_tracked")]
    if missing:
        sys.exit(f"'{path}' lacks {len(missing)} tensors of the network, the first is {missing[0]}.")


def inception(args):
    if not args.weights:
        sys.exit("inception needs --weights: pt_inception-2015-12-05-6726825d.pth of the pytorch-fid project.")
    module = Inception()
    load_weights(module, args.weights)
    return module, {"title": "Inception v3 (pytorch-fid)", "range": "-1..1", "size": 299, "resize": "bilinear",
                    "output": {"features": 0, "logits": 1}, "inception": True, "licence": "Apache-2.0 (weights)"}


class Headless(nn.Module):
    """Features before the last linear layer, and the layer's scores."""

    def __init__(self, body, head):
        super().__init__()
        self.body, self.head = body, head

    def forward(self, x):
        features = self.body(x)
        return features, self.head(features)


def torchvision_model(args):
    import torchvision
    model = torchvision.models.get_model(args.model, weights=None if args.weights else "DEFAULT")
    if args.weights:
        load_weights(model, args.weights)
    name = "fc" if hasattr(model, "fc") else "classifier" if hasattr(model, "classifier") else "heads"
    last = getattr(model, name)
    if isinstance(last, nn.Sequential):  # VGG, EfficientNet, ...: all but the last layer belongs to the body
        head, last[-1] = last[-1], nn.Identity()
    else:
        head = last
        setattr(model, name, nn.Identity())
    size = args.size or (299 if "inception" in args.model else 224)
    return Headless(model, head), {"title": f"torchvision {args.model}", "range": IMAGENET, "size": size, "inception": False,
                                   "resize": "bilinear-antialias", "output": {"features": 0, "logits": 1}, "licence": "BSD-3-Clause"}


def timm_model(args):
    import timm
    model = timm.create_model(args.model, pretrained=not args.weights, num_classes=0, exportable=True)
    if args.weights:
        load_weights(model, args.weights)
    data = timm.data.resolve_model_data_config(model)
    return model, {"title": f"timm {args.model}", "range": {"mean": list(data["mean"]), "std": list(data["std"])},
                   "size": args.size or data["input_size"][-1], "channels": data["input_size"][0], "inception": False,
                   "resize": "bicubic-antialias" if data["interpolation"] == "bicubic" else "bilinear-antialias",
                   "output": {"features": 0}, "licence": model.pretrained_cfg.get("license") or "see timm"}


class ClipTower(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.vision, self.projection = model.vision_model, model.visual_projection

    def forward(self, x):
        return self.projection(self.vision(pixel_values=x, return_dict=False)[1])


def clip(args):
    from transformers import CLIPVisionModelWithProjection
    model = CLIPVisionModelWithProjection.from_pretrained(args.weights or args.model, attn_implementation="eager")
    return ClipTower(model), {"title": f"CLIP {args.model}", "size": model.config.image_size, "resize": "bicubic-antialias",
                              "range": {"mean": [0.48145466, 0.4578275, 0.40821073], "std": [0.26862954, 0.26130258, 0.27577711]},
                              "inception": False, "output": {"features": 0}, "licence": "MIT (weights)"}


# ---- Backbones of a discriminator: four maps instead of one vector ---------------------------------------------------

class Stages(nn.Module):
    """Parts run in a row, each one's output kept."""

    def __init__(self, *parts):
        super().__init__()
        self.parts = nn.ModuleList(parts)

    def forward(self, x):
        maps = []
        for part in self.parts:
            x = part(x)
            maps.append(x)
        return tuple(maps)


class TokenMaps(nn.Module):
    """Token outputs of four transformer blocks, as maps, resized by random layers that are never trained."""

    def __init__(self, model, blocks=(2, 5, 8, 11)):
        super().__init__()
        self.model, self.blocks = model, blocks
        self.prefix, self.side, width = model.num_prefix_tokens, model.patch_embed.grid_size[0], model.embed_dim
        self.resize = nn.ModuleList([
            nn.Sequential(nn.Conv2d(width, 96, 1), nn.ConvTranspose2d(96, 96, 4, 4)),
            nn.Sequential(nn.Conv2d(width, 192, 1), nn.ConvTranspose2d(192, 192, 2, 2)),
            nn.Conv2d(width, 384, 1),
            nn.Sequential(nn.Conv2d(width, 768, 1), nn.Conv2d(768, 768, 3, 2, 1))])

    def forward(self, x):
        x = self.model._pos_embed(self.model.patch_embed(x))
        maps = []
        for k, block in enumerate(self.model.blocks):
            x = block(x)
            if k in self.blocks:
                tokens = x[:, self.prefix:].transpose(1, 2)
                maps.append(self.resize[len(maps)](tokens.reshape(-1, tokens.shape[1], self.side, self.side)))
        return tuple(maps)


def maps_of(args):
    """The published choices: vgg16_bn of torchvision; efficientnet_lite0, efficientnet_b0, DeiT-B or ViT-B of timm."""
    if args.source == "torchvision":
        if args.model != "vgg16_bn":
            sys.exit(f"--maps knows torchvision's vgg16_bn, not {args.model}; take others from timm.")
        import torchvision
        model = torchvision.models.vgg16_bn(weights=None if args.weights else "DEFAULT")
        if args.weights:
            load_weights(model, args.weights)
        f = model.features
        return Stages(f[0:13], f[13:23], f[23:33], f[33:43]), {"title": "torchvision vgg16_bn, 4 maps", "range": IMAGENET,
                                                              "licence": "BSD-3-Clause"}
    if args.source != "timm":
        sys.exit("--maps takes torchvision or timm.")
    import timm
    os.environ.setdefault("TIMM_FUSED_ATTN", "0")  # fused attention has no second derivative
    model = timm.create_model(args.model, pretrained=not args.weights, exportable=True)
    if args.weights:
        load_weights(model, args.weights)
    data = timm.data.resolve_model_data_config(model)
    description = {"title": f"timm {args.model}, 4 maps", "range": {"mean": list(data["mean"]), "std": list(data["std"])},
                   "licence": model.pretrained_cfg.get("license") or "see timm"}
    if hasattr(model, "conv_stem"):
        b = model.blocks
        act = getattr(model, "act1", nn.Identity())
        stages = Stages(nn.Sequential(model.conv_stem, model.bn1, act, b[0], b[1]), b[2], nn.Sequential(b[3], b[4]), nn.Sequential(b[5], b[6]))
        return stages, description
    for module in model.modules():
        if hasattr(module, "fused_attn"):
            module.fused_attn = False
    torch.manual_seed(0)  # the random layers are part of the file
    return TokenMaps(model), description


def lpips_distance(args):
    """Zhang et al.'s distance as a program of two batches; needs the lpips package."""
    import lpips
    return lpips.LPIPS(net=args.model or "vgg", verbose=False)


SOURCES = {"inception": inception, "torchvision": torchvision_model, "timm": timm_model, "clip": clip}


# ---- Writing --------------------------------------------------------------------------------------------------------

def export(module, description, out):
    """Writes OUT (.pt) and its .json after comparing the traced network with the original on other images."""
    if not out.endswith(".pt"):
        sys.exit(f"--out is '{out}'; its name must end in .pt.")
    description.setdefault("channels", 3)
    module = module.eval().float()
    for parameter in module.parameters():
        parameter.requires_grad_(False)
    size, channels = description["size"] or 64, description["channels"]
    first = lambda output: output[0] if isinstance(output, tuple) else output
    with torch.no_grad():
        traced = torch.jit.trace(module, torch.rand(2, channels, size, size) * 2 - 1)
        other = torch.rand(3, channels, size, size) * 2 - 1
        expected, found = first(module(other)), first(traced(other))
    if not torch.allclose(expected, found, rtol=1e-3, atol=1e-4):
        sys.exit(f"The exported network differs from the original by {(expected - found).abs().max():g}.")
    description["dimensions"] = found.shape[1]
    for path, write in ((out, lambda p: torch.jit.save(traced, p)), (out[:-3] + ".json", lambda p: write_json(description, p))):
        write(path + ".part")  # whole or not at all
        os.replace(path + ".part", path)
    return description


def export_maps(module, description, out, size=224):
    description.update(size=size, resize="bilinear", channels=3, inception=False, output={"features": 0})
    return export_program(module, lambda n: (torch.rand(n, 3, size, size),), description, out)


def export_program(module, inputs, description, out):
    """Traces on one batch and compares on another; description None writes no .json."""
    if not out.endswith(".pt"):
        sys.exit(f"--out is '{out}'; its name must end in .pt.")
    module = module.eval().float()
    for parameter in module.parameters():
        parameter.requires_grad_(False)
    with torch.no_grad():
        traced = torch.jit.trace(module, inputs(2))
        other = inputs(3)
        expected, found = module(*other), traced(*other)
    for a, b in zip(*((x,) if torch.is_tensor(x) else x for x in (expected, found))):
        if not torch.allclose(a, b, rtol=1e-3, atol=1e-3 * a.abs().max().item()):
            sys.exit(f"The exported network differs from the original by {(a - b).abs().max():g}.")
    writes = [(out, lambda p: torch.jit.save(traced, p))]
    if description is not None:
        writes.append((out[:-3] + ".json", lambda p: write_json(description, p)))
    for path, write in writes:
        write(path + ".part")
        os.replace(path + ".part", path)
    return description


def write_json(description, path):
    with open(path, "w") as file:
        json.dump(description, file, indent=2)
        file.write("\n")


def self_test():
    torch.manual_seed(0)
    with tempfile.TemporaryDirectory() as folder:
        body = nn.Sequential(nn.Conv2d(3, 8, 3, 2, 1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())
        out = os.path.join(folder, "small.pt")
        export(Headless(body, nn.Linear(8, 4)), {"title": "small", "range": "0..1", "size": 32, "resize": "bilinear",
                                                 "output": {"features": 0, "logits": 1}, "licence": "none"}, out)
        x = torch.rand(5, 3, 32, 32)
        features, logits = torch.jit.load(out)(x)
        assert features.shape == (5, 8) and logits.shape == (5, 4) and torch.allclose(features, body(x), atol=1e-6)
        with open(os.path.join(folder, "small.json")) as file:
            assert json.load(file)["dimensions"] == 8

        out = os.path.join(folder, "maps.pt")
        stages = Stages(nn.Conv2d(3, 4, 3, 2, 1), nn.Conv2d(4, 8, 3, 2, 1))
        export_maps(stages, {"title": "maps", "range": "0..1", "licence": "none"}, out, 32)
        found = torch.jit.load(out)(torch.rand(3, 3, 32, 32))
        assert [tuple(m.shape) for m in found] == [(3, 4, 16, 16), (3, 8, 8, 8)]

        module = Inception()
        # Inception v3 without its auxiliary head and with 1008 classes.
        assert sum(p.numel() for p in module.parameters()) == 23850960
        weights, out = os.path.join(folder, "w.pth"), os.path.join(folder, "inception.pt")
        torch.save(module.state_dict(), weights)
        again = inception(argparse.Namespace(weights=weights))
        assert export(*again, out)["dimensions"] == 2048
        x = torch.rand(1, 3, 299, 299) * 2 - 1
        assert torch.allclose(torch.jit.load(out)(x)[0], module.eval()(x)[0], rtol=1e-3, atol=1e-4)
    print("self-test passed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", nargs="?", choices=sorted([*SOURCES, "lpips"]))
    parser.add_argument("--model", help="name of the model (torchvision, timm, clip)")
    parser.add_argument("--weights", help="file of weights of your own")
    parser.add_argument("--size", type=int, help="pixels the network gets, where not its default")
    parser.add_argument("--out", help="file to write (.pt); the description lands beside it (.json)")
    parser.add_argument("--maps", action="store_true", help="four feature maps for a discriminator instead of one vector")
    parser.add_argument("--force", action="store_true", help="replace the files")
    parser.add_argument("--self-test", action="store_true", help="export small random networks and compare")
    args = parser.parse_args()
    if args.self_test:
        return self_test()
    if not args.source or not args.out or (args.source not in ("inception", "lpips") and not args.model):
        parser.error("name a source, --model (but for inception) and --out")
    for path in (args.out, args.out[:-3] + ".json"):
        if os.path.exists(path) and not args.force:
            sys.exit(f"'{path}' exists already; choose another name or add --force.")
    if args.source == "lpips":
        export_program(lpips_distance(args), lambda n: (torch.rand(n, 3, 224, 224), torch.rand(n, 3, 224, 224)), None, args.out)
        return print(f"Wrote {args.out}: name it as distill.network with distill.distance lpips")
    if args.maps:
        description = export_maps(*maps_of(args), args.out, args.size or 224)
        return print(f"Wrote {args.out} and {args.out[:-3]}.json: {description['title']}; name it among discriminator.backbones")
    description = export(*SOURCES[args.source](args), args.out)
    print(f"Wrote {args.out} and {args.out[:-3]}.json: {description['title']}, {description['dimensions']} features")


if __name__ == "__main__":
    main()
