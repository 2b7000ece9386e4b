// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure/figure_arrays.h"

#include "app/engine/array_files.h"
#include "widgets/figure/figure_text.h"

namespace thaw {
namespace {

NamedArray array(const std::vector<double>& values) { return {{std::int64_t(values.size())}, values}; }

std::string lines(const std::vector<QString>& names) {
    std::string all;
    for (const QString& name : names) all += name.toStdString() + "\n";
    return all;
}

void addAxis(NamedArrays& archive, const HeatmapAxis& axis, const std::string& values, const std::string& names) {
    if (axis.names.empty()) archive.arrays[values] = array(axis.values);
    else archive.texts[names] = lines(axis.names);
}

void add(NamedArrays& archive, const std::string& prefix, const MapFigure& map) {
    const auto& data = map.data;
    archive.arrays[prefix + "values"] = {{data.rows, data.cols}, data.values};
    addAxis(archive, data.x, prefix + "x", prefix + "cols.txt");
    addAxis(archive, data.y, prefix + "y", prefix + "rows.txt");
}

void add(NamedArrays& archive, const std::string& prefix, const CurveFigure& figure) {
    std::vector<QString> names;
    for (const auto& series : figure.series) {
        const std::string name = prefix + "series" + std::to_string(names.size());
        archive.arrays[name + "_x"] = array(series.x);
        archive.arrays[name + "_y"] = array(series.y);
        if (!series.low.empty()) archive.arrays[name + "_low"] = array(series.low);
        names.push_back(series.name);
    }
    archive.texts[prefix + "series.txt"] = lines(names);
}

void add(NamedArrays& archive, const std::string& prefix, const SampleFigure& figure) {
    std::vector<QString> names;
    for (const auto& block : figure.blocks) {
        const std::string name = prefix + "block" + std::to_string(names.size());
        names.push_back(block.caption.isEmpty() ? block.title : block.title + QStringLiteral(", ") + block.caption);
        const auto& images = block.samples.images;
        if (images.empty()) continue;
        const Image& first = images.front();
        std::vector<std::uint8_t> pixels;
        for (const Image& image : images) pixels.insert(pixels.end(), image.pixels.begin(), image.pixels.end());
        const auto count = std::int64_t(images.size());
        archive.arrays[name] = {{count, first.height, first.width, first.channels}, std::move(pixels)};
        const auto& seeds = block.samples.seeds;
        archive.arrays[name + "_seeds"] = {
            {count}, std::vector<std::int64_t>(seeds.begin(), seeds.begin() + std::ptrdiff_t(count))};
    }
    archive.texts[prefix + "blocks.txt"] = lines(names);
}

std::string letterOf(std::size_t index) {
    const std::string letter(1, char('a' + index % 26));
    return index < 26 ? letter : letterOf(index / 26 - 1) + letter;
}

}  // namespace

QString writeFigureArrays(const FigureSheet& sheet, const QString& path) {
    NamedArrays archive;
    for (std::size_t i = 0; i < sheet.panels.size(); ++i) {
        const std::string prefix = sheet.panels.size() > 1 ? letterOf(i) + "_" : std::string();
        std::visit(
            [&](const auto& figure) {
                if constexpr (!std::is_same_v<std::decay_t<decltype(figure)>, std::monostate>)
                    add(archive, prefix, figure);
            },
            sheet.panels[i].figure);
    }
    if (archive.arrays.empty()) return FigureText::tr("There is nothing to export yet.");
    if (!sheet.recipe.isEmpty()) archive.texts["recipe.json"] = sheet.recipe.toStdString();
    return saveArrays(path, archive);
}

QByteArray recipeInArrays(const QString& path, QString* error) {
    if (const auto recipe = textOfArrays(path, QStringLiteral("recipe.json"), error)) return *recipe;
    if (error->isEmpty())
        *error = FigureText::tr("%1 holds no recipe: it is an archive, but no figure that Thaw wrote.").arg(path);
    return {};
}

}  // namespace thaw
