// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/spectrum_figure.h"

#include "app/cli/curve_png.h"
#include "app/cli/heatmap_png.h"
#include "app/cli/output.h"
#include "core/io/png.h"
#include "core/io/spectrum_file.h"
#include "core/spectral/spectrum_slices.h"
#include "core/values/decibel.h"

#include <algorithm>
#include <cmath>

namespace thaw::cli {
namespace {

constexpr double kFloor = -120;  // dB; a bin without power is drawn there

std::vector<double> relativeToMean(const std::vector<double>& power) {
    double sum = 0;
    int count = 0;
    for (const double p : power)
        if (std::isfinite(p)) {
            sum += p;
            ++count;
        }
    const double mean = count > 0 && sum > 0 ? sum / count : 1;
    std::vector<double> levels;
    for (const double p : power) levels.push_back(decibel(p / mean, kFloor));
    return levels;
}

std::string seedsText(std::uint64_t first, std::int64_t images) {
    return std::to_string(images) + " images, seeds " + std::to_string(first) + " to " +
           std::to_string(first + std::uint64_t(std::max<std::int64_t>(images, 1)) - 1);
}

constexpr const char* kInputText =
    "; sigma of 80 and above: pure noise, below: real images plus noise; hatched: beyond the block's resolution";

// Rows of blocks, a panel a noise level; `row(b, s)` are the values over frequency.
template <class Table, class Row>
HeatmapFigure blockFigure(const Table& table, const Row& row) {
    HeatmapFigure figure;
    figure.xLabel = "radial frequency, cycles per image";
    figure.columns = table.frequencies;
    figure.rowNames = table.blocks;
    for (std::size_t s = 0; s < table.sigmas.size(); ++s) {
        HeatmapPanel panel{"sigma " + numberText(table.sigmas[s]), {}};
        for (std::size_t b = 0; b < table.blocks.size(); ++b) panel.values.push_back(row(b, s));
        figure.panels.push_back(std::move(panel));
    }
    return figure;
}

template <class Table>
std::vector<double> rowOf(const Table& table, const std::vector<double>& values, std::size_t b, std::size_t s) {
    const auto first = values.begin() + std::ptrdiff_t(table.cell(b, s, 0));
    return {first, first + std::ptrdiff_t(table.frequencies.size())};
}

void writePicture(const std::string& path, const Image& image, const std::string& caption) {
    writePng(path, image, {{"Software", "Thaw " THAW_VERSION}, {"Description", caption}});
}

// Numbers where the ending says so; false when a picture is wanted.
template <class Value>
bool wroteNumbers(const std::string& path, const Value& value) {
    const auto format = outputFormat(path, {".png", ".csv", ".npz"});
    if (format == ".csv") writeText(path, csvOf(value));
    if (format == ".npz") writeNpz(path, npzOf(value));
    return format != ".png";
}

HeatmapPanel centredPanel(const std::string& title, const FourierGainMap& map) {
    HeatmapPanel panel{title, {}};
    for (int y = 0; y < map.height; ++y) {
        panel.values.emplace_back();
        for (int x = 0; x < map.width; ++x) {
            const int u = (y - map.height / 2 + map.height) % map.height,
                      v = (x - map.width / 2 + map.width) % map.width;
            panel.values.back().push_back(map.gain[std::size_t(u * map.width + v)]);
        }
    }
    return panel;
}

std::string partTitle(const std::string& block, double sigma) {
    return (block.empty() ? "denoiser" : block) + ", sigma " + numberText(sigma);
}

}  // namespace

std::string numberText(double number) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", number);
    return text;
}

void writeLayerFigure(const std::string& path, const LayerSweepTable& table) {
    if (wroteNumbers(path, table)) return;
    auto figure = blockFigure(
        table, [&](std::size_t b, std::size_t s) { return relativeToMean(rowOf(table, table.power, b, s)); });
    figure.title = "Power per block and radial frequency";
    figure.caption = table.model + "; " + seedsText(table.firstSeed, table.images.front()) + kInputText;
    figure.valueLabel = "dB re row mean";
    writePicture(path, drawHeatmap(figure), figure.caption);
}

void writeBandFigure(const std::string& path, const LayerSweepTable& table) {
    if (outputFormat(path, {".png", ".csv", ".npz"}) == ".csv") return writeText(path, bandsCsvOf(table));
    if (wroteNumbers(path, table)) return;
    HeatmapFigure figure;
    figure.title = "Share of the energy per band";
    figure.caption = table.model + "; " + seedsText(table.firstSeed, table.images.front()) +
                     "; noise level 1 is sigma " + numberText(table.sigmas.front()) + ", the last sigma " +
                     numberText(table.sigmas.back()) + "; bands in cycles per image";
    figure.xLabel = "noise level";
    figure.valueLabel = "share of the energy";
    figure.rowNames = table.blocks;
    for (std::size_t s = 0; s < table.sigmas.size(); ++s) figure.columns.push_back(double(s + 1));
    for (std::size_t m = 0; m < table.bands(); ++m) {
        HeatmapPanel panel{numberText(table.bandEdges[m]) + " to " + numberText(table.bandEdges[m + 1]), {}};
        for (std::size_t b = 0; b < table.blocks.size(); ++b) {
            panel.values.emplace_back();
            for (std::size_t s = 0; s < table.sigmas.size(); ++s)
                panel.values.back().push_back(table.bandShare[table.cell(b, s) * table.bands() + m]);
        }
        figure.panels.push_back(std::move(panel));
    }
    writePicture(path, drawHeatmap(figure), figure.caption);
}

void writeChannelFigure(const std::string& path, const ChannelProfiles& profiles) {
    if (wroteNumbers(path, profiles)) return;
    HeatmapFigure figure;
    figure.title = "Power per channel and radial frequency";
    figure.caption =
        profiles.block + ", sigma " + numberText(profiles.sigma) + "; " + std::to_string(profiles.images) + " images";
    figure.xLabel = "radial frequency, cycles per image";
    figure.valueLabel = "dB re row mean";
    figure.columns = profiles.frequencies;
    HeatmapPanel panel{"", {}};
    for (std::size_t c = 0; c < profiles.power.size(); ++c) {
        figure.rowNames.push_back(std::to_string(c));
        panel.values.push_back(relativeToMean(profiles.power[c]));
    }
    figure.panels.push_back(std::move(panel));
    writePicture(path, drawHeatmap(figure), figure.caption);
}

void writeFrozenFigure(const std::string& path, const FrozenProfiles& profiles, const std::string& model) {
    if (wroteNumbers(path, profiles)) return;
    CurveFigure figure{"Frozen against trainable blocks",
                       model + "; profiles of unit sum, averaged over blocks",
                       "radial frequency, cycles per image",
                       {}};
    const std::size_t K = profiles.frequencies.size();
    for (std::size_t s = 0; s < profiles.sigmas.size(); ++s) {
        const auto row = [&](const std::vector<double>& values) {
            const auto first = values.begin() + std::ptrdiff_t(s * K);
            return decibel(std::vector<double>(first, first + std::ptrdiff_t(K)), kFloor);
        };
        figure.panels.push_back({"dB, sigma " + numberText(profiles.sigmas[s]),
                                 {{"frozen", {0, 114, 178}, profiles.frequencies, row(profiles.frozen), true},
                                  {"trainable", {213, 94, 0}, profiles.frequencies, row(profiles.trainable), true}}});
    }
    writePicture(path, drawCurves(figure), figure.caption);
}

void writeDifferenceFigure(const std::string& path, const LayerDifferenceTable& table) {
    if (wroteNumbers(path, table)) return;
    auto figure = blockFigure(table, [&](std::size_t b, std::size_t s) {
        auto row = rowOf(table, table.difference, b, s);
        for (std::size_t k = 0; k < row.size(); ++k)
            if (!(table.q[table.cell(b, s, k)] <= 0.05)) row[k] = NAN;
        return row;
    });
    figure.title = "Difference of power per block and radial frequency";
    figure.caption = table.model + " minus " + table.against + "; " + seedsText(table.firstSeed, table.images.front()) +
                     "; hatched: beyond the resolution, or q > 0.05 (paired t-test, Benjamini-Hochberg)";
    figure.valueLabel = "dB";
    writePicture(path, drawHeatmap(figure), figure.caption);
}

void writeSwapFigure(const std::string& path, const BlockSwapTable& table) {
    if (wroteNumbers(path, table)) return;
    auto figure = blockFigure(
        table, [&](std::size_t b, std::size_t s) { return decibel(rowOf(table, table.power, b, s), kFloor); });
    figure.title = "Change of the output with pre-trained weights in one block";
    figure.caption =
        table.model + ", weights of " + table.against + "; " + seedsText(table.firstSeed, table.images.front());
    figure.valueLabel = "dB, power per pixel";
    writePicture(path, drawHeatmap(figure), figure.caption);
}

void writeTransferFigure(const std::string& path, const std::vector<TransferFunction>& parts) {
    if (wroteNumbers(path, parts)) return;
    static constexpr Rgb kColours[] = {{0, 114, 178},   {213, 94, 0},   {0, 158, 115},
                                       {204, 121, 167}, {86, 180, 233}, {230, 159, 0}};
    CurveFigure figure{"Transfer function",
                       parts.front().model + "; " + seedsText(parts.front().firstSeed, parts.front().images),
                       "radial frequency, cycles per image",
                       {{"response gain", {}, true}, {"gain", {}, true}, {"coherence", {}, true}}};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto& part = parts[i];
        const auto colour = kColours[i % std::size(kColours)];
        const auto name = partTitle(part.block, part.sigma);
        figure.panels[0].series.push_back({name, colour, part.frequencies, part.responseGain, true});
        if (part.ringGain.empty()) continue;
        figure.panels[1].series.push_back({name, colour, part.frequencies, part.ringGain, true});
        figure.panels[2].series.push_back({name, colour, part.frequencies, part.ringCoherence, true});
    }
    figure.panels.erase(std::remove_if(figure.panels.begin(), figure.panels.end(),
                                       [](const CurvePanel& panel) { return panel.series.empty(); }),
                        figure.panels.end());
    writePicture(path, drawCurves(figure), figure.caption);
}

void writeProbeFigure(const std::string& path, const std::vector<FourierGainMap>& maps) {
    if (wroteNumbers(path, maps)) return;
    const auto& first = maps.front();
    HeatmapFigure figure;
    figure.title = "Gain for single frequencies";
    figure.caption = first.model + "; " + seedsText(first.firstSeed, first.images);
    figure.xLabel = "horizontal frequency, cycles per image";
    figure.yLabel = "vertical frequency";
    figure.valueLabel = "gain";
    for (int x = 0; x < first.width; ++x) figure.columns.push_back(x - first.width / 2);
    for (int y = 0; y < first.height; ++y) figure.rows.push_back(y - first.height / 2);
    for (const auto& map : maps)
        if (map.width == first.width && map.height == first.height)
            figure.panels.push_back(centredPanel(partTitle(map.block, map.sigma), map));
    writePicture(path, drawHeatmap(figure), figure.caption);
}

void writeImageFigure(const std::string& path, const ImageSpectrumTable& table) {
    if (wroteNumbers(path, table)) return;
    HeatmapFigure figure;
    figure.title = table.interpolation > 1 ? "Mean power spectrum, whitened and windowed" : "Mean power spectrum";
    figure.caption = table.title + "; " + std::to_string(table.spectrum.maps) + " maps";
    figure.xLabel = "horizontal frequency, cycles per image";
    figure.yLabel = "vertical frequency";
    figure.valueLabel = table.interpolation > 1 ? "dB re white noise" : "dB, power per pixel";
    HeatmapPanel panel;
    if (table.interpolation > 1) {
        const auto map = styleGan3HeatMap(table.spectrum, table.interpolation);
        figure.columns = map.frequencyX;
        figure.rows = map.frequencyY;
        for (int y = 0; y < map.height; ++y)
            panel.values.emplace_back(map.level.begin() + std::ptrdiff_t(y) * map.width,
                                      map.level.begin() + std::ptrdiff_t(y + 1) * map.width);
    } else {
        FourierGainMap centred;
        centred.height = table.spectrum.height;
        centred.width = table.spectrum.width;
        centred.gain = decibel(table.spectrum.power, kFloor);
        panel = centredPanel("", centred);
        for (int x = 0; x < centred.width; ++x) figure.columns.push_back(x - centred.width / 2);
        for (int y = 0; y < centred.height; ++y) figure.rows.push_back(y - centred.height / 2);
    }
    figure.panels.push_back(std::move(panel));
    writePicture(path, drawHeatmap(figure), figure.caption);
}

}  // namespace thaw::cli
