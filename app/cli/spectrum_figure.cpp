// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/spectrum_figure.h"

#include "app/cli/heatmap_png.h"
#include "app/cli/output.h"
#include "core/io/npz.h"
#include "core/io/png.h"
#include "core/values/decibel.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstring>
#include <sstream>

namespace thaw::cli {
namespace {

constexpr double kFloor = -120;  // dB; a bin without power is drawn there

NpyArray arrayOf(const std::vector<std::int64_t>& shape, const std::vector<double>& values) {
    NpyArray array{shape, NpyType::Float64, std::string(values.size() * sizeof(double), '\0')};
    if (!values.empty()) std::memcpy(array.data.data(), values.data(), array.data.size());
    return array;
}

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

std::string captionOf(const LayerFigureData& data) {
    const auto images = data.tables.front().images;
    return data.model + "; " + std::to_string(images) + " images, seeds " + std::to_string(data.firstSeed) + " to " +
           std::to_string(data.firstSeed + std::uint64_t(images) - 1) +
           "; sigma of 80 and above: pure noise, below: real images plus noise; hatched: beyond the block's resolution";
}

Image drawLayers(const LayerFigureData& data) {
    HeatmapFigure figure;
    figure.title = "Power per block and radial frequency";
    figure.caption = captionOf(data);
    figure.xLabel = "radial frequency, cycles per image";
    figure.valueLabel = "dB re row mean";
    figure.columns = data.tables.front().frequencies;
    figure.rowNames = data.tables.front().blocks;
    for (std::size_t k = 0; k < data.sigmas.size(); ++k) {
        HeatmapPanel panel{"sigma " + numberText(data.sigmas[k]), {}};
        for (const auto& row : data.tables[k].power) panel.values.push_back(relativeToMean(row));
        figure.panels.push_back(std::move(panel));
    }
    return drawHeatmap(figure);
}

std::string layersCsv(const LayerFigureData& data) {
    std::ostringstream csv;
    csv.precision(10);
    csv << "block,sigma,frequency,power\n";
    for (std::size_t k = 0; k < data.sigmas.size(); ++k)
        for (std::size_t b = 0; b < data.tables[k].blocks.size(); ++b)
            for (std::size_t f = 0; f < data.tables[k].frequencies.size(); ++f)
                if (const double power = data.tables[k].power[b][f]; std::isfinite(power))
                    csv << data.tables[k].blocks[b] << ',' << data.sigmas[k] << ',' << data.tables[k].frequencies[f] << ',' << power << '\n';
    return csv.str();
}

NpzArchive layersNpz(const LayerFigureData& data) {
    const auto& first = data.tables.front();
    std::vector<double> power;
    for (std::size_t b = 0; b < first.blocks.size(); ++b)
        for (const auto& table : data.tables) power.insert(power.end(), table.power[b].begin(), table.power[b].end());
    const auto count = [](const auto& list) { return std::int64_t(list.size()); };
    NpzArchive archive;
    archive.arrays["power"] = arrayOf({count(first.blocks), count(data.sigmas), count(first.frequencies)}, power);
    archive.arrays["sigmas"] = arrayOf({count(data.sigmas)}, data.sigmas);
    archive.arrays["frequencies"] = arrayOf({count(first.frequencies)}, first.frequencies);
    for (const auto& block : first.blocks) archive.texts["blocks.txt"] += block + "\n";
    archive.texts["provenance.json"] =
        nlohmann::ordered_json{{"model", data.model}, {"images", first.images}, {"first_seed", data.firstSeed}}.dump(2) + "\n";
    return archive;
}

// Rows and columns from the lowest to the highest frequency, 0 at index n/2.
Image drawImageSpectrum(const ImageFigureData& data) {
    const int h = data.spectrum.height, w = data.spectrum.width;
    HeatmapFigure figure;
    figure.title = "Mean power spectrum";
    figure.caption = data.title + "; " + std::to_string(data.images) + " maps";
    figure.xLabel = "horizontal frequency, cycles per image";
    figure.yLabel = "vertical frequency";
    figure.valueLabel = "dB, power per pixel";
    for (int x = 0; x < w; ++x) figure.columns.push_back(x - w / 2);
    HeatmapPanel panel;
    for (int y = 0; y < h; ++y) {
        figure.rows.push_back(y - h / 2);
        std::vector<double> row;
        for (int x = 0; x < w; ++x) {
            const int v = (y - h / 2 + h) % h, u = (x - w / 2 + w) % w;
            row.push_back(decibel(data.spectrum.power[std::size_t(v) * std::size_t(w) + std::size_t(u)], kFloor));
        }
        panel.values.push_back(std::move(row));
    }
    figure.panels.push_back(std::move(panel));
    return drawHeatmap(figure);
}

std::string imageCsv(const ImageFigureData& data) {
    std::ostringstream csv;
    csv.precision(10);
    csv << "frequency,power\n";
    for (std::size_t k = 0; k < data.profile.frequency.size(); ++k)
        csv << data.profile.frequency[k] << ',' << data.profile.power[k] << '\n';
    return csv.str();
}

}  // namespace

std::string numberText(double number) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", number);
    return text;
}

void writeLayerFigure(const std::string& path, const LayerFigureData& data) {
    const auto format = outputFormat(path, {".png", ".csv", ".npz"});
    if (format == ".csv") writeText(path, layersCsv(data));
    else if (format == ".npz") writeNpz(path, layersNpz(data));
    else writePng(path, drawLayers(data), {{"Software", "Thaw " THAW_VERSION}, {"Description", captionOf(data)}});
}

void writeImageFigure(const std::string& path, const ImageFigureData& data) {
    const auto format = outputFormat(path, {".png", ".csv", ".npz"});
    if (format == ".csv") return writeText(path, imageCsv(data));
    if (format == ".png") return writePng(path, drawImageSpectrum(data), {{"Software", "Thaw " THAW_VERSION}, {"Description", data.title}});
    const auto rings = std::int64_t(data.profile.frequency.size());
    NpzArchive archive;
    archive.arrays["power"] = arrayOf({data.spectrum.height, data.spectrum.width}, data.spectrum.power);
    archive.arrays["frequencies"] = arrayOf({rings}, data.profile.frequency);
    archive.arrays["profile"] = arrayOf({rings}, data.profile.power);
    writeNpz(path, archive);
}

}  // namespace thaw::cli
