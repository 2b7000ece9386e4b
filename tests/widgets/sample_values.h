// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/image.h"
#include "core/values/model_summary.h"
#include "core/values/spectrum.h"

#include <cmath>
#include <limits>

namespace thaw::test {

/// A U-Net of six modules with the parameter names of the real ones.
inline ModelSummary smallModel() {
    ModelSummary model;
    model.title = "small";
    const auto add = [&](const std::string& name, const std::string& kind, int resolution,
                         const std::vector<std::pair<std::string, std::vector<std::int64_t>>>& tensors) {
        BlockInfo block;
        block.name = name;
        block.kind = kind;
        block.resolution = resolution;
        block.inChannels = resolution ? 4 : 0;
        block.outChannels = resolution ? 4 : 0;
        block.hasResponse = resolution > 0;
        for (auto& [tensor, shape] : tensors) {
            std::int64_t count = 1;
            for (const auto side : shape) count *= side;
            block.parameters.push_back({name + "." + tensor, shape, count});
        }
        model.parameters += block.parameterCount();
        model.blocks.push_back(std::move(block));
    };
    add("map_layer0", "linear", 0, {{"weight", {8, 4}}, {"bias", {8}}});
    add("enc.28x28_conv", "conv", 28, {{"weight", {4, 1, 3, 3}}, {"bias", {4}}});
    add("enc.28x28_block0", "block", 28,
        {{"norm0.weight", {4}}, {"conv0.weight", {4, 4, 3, 3}}, {"conv1.weight", {4, 4, 3, 3}}});
    add("enc.14x14_down", "down", 14,
        {{"conv0.weight", {4, 4, 3, 3}}, {"conv1.weight", {4, 4, 3, 3}}, {"skip.weight", {4, 4, 1, 1}}});
    add("dec.14x14_in0", "attention block", 14,
        {{"conv0.weight", {4, 4, 3, 3}},
         {"conv1.weight", {4, 4, 3, 3}},
         {"qkv.weight", {12, 4, 1, 1}},
         {"proj.weight", {4, 4, 1, 1}}});
    add("dec.28x28_aux_conv", "conv", 28, {{"weight", {1, 4, 3, 3}}});
    return model;
}

/// Grey images whose every pixel is 10 · seed + offset.
inline SampleColumn flatSamples(int count, int offset, int side = 4) {
    SampleColumn column;
    for (int seed = 0; seed < count; ++seed) {
        column.seeds.push_back(std::uint64_t(seed));
        Image image{side, side, 1, {}};
        image.pixels.assign(std::size_t(side) * std::size_t(side), std::uint8_t(10 * seed + offset));
        column.images.push_back(image);
    }
    return column;
}

/// Power (1 + radius)^-2 on a height × width grid, unshifted.
inline LayerSpectrum fallingSpectrum(int height = 6, int width = 8) {
    LayerSpectrum layer;
    layer.model = "small";
    layer.block = "enc.28x28_block0";
    layer.sigma = 80;
    layer.images = 16;
    layer.channels = 4;
    layer.firstSeed = 3;
    layer.spectrum.height = height;
    layer.spectrum.width = width;
    layer.spectrum.maps = 64;
    for (int v = 0; v < height; ++v)
        for (int u = 0; u < width; ++u) {
            const int fy = v < (height + 1) / 2 ? v : v - height, fx = u < (width + 1) / 2 ? u : u - width;
            layer.spectrum.power.push_back(std::pow(1 + std::hypot(fx, fy), -2));
        }
    for (int k = 0; k <= std::min(height, width) / 2; ++k) {
        layer.profile.frequency.push_back(k);
        layer.profile.power.push_back(std::pow(1.0 + k, -2));
    }
    return layer;
}

/// Three blocks, the second with half the frequencies.
inline LayerTable raggedTable() {
    const double none = std::numeric_limits<double>::quiet_NaN();
    LayerTable table;
    table.blocks = {"enc.28x28_conv", "enc.14x14_down", "dec.28x28_aux_conv"};
    table.frequencies = {0, 1, 2, 3};
    table.power = {{8, 4, 2, 2}, {3, 1, none, none}, {1, 1, 1, 1}};
    table.sigma = 80;
    table.images = 16;
    return table;
}

}  // namespace thaw::test
