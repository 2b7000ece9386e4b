// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/figure_arrays.h"

#include "core/io/npz.h"
#include "core/io/zip_reader.h"
#include "core/values/error.h"

#include <QCoreApplication>

#include <cstring>

namespace thaw {
namespace {

struct FigureText {
    Q_DECLARE_TR_FUNCTIONS(FigureText)
};

template <class Number>
NpyArray array(const std::vector<std::int64_t>& shape, const std::vector<Number>& values, NumberType type) {
    NpyArray result{shape, type, std::string(values.size() * sizeof(Number), '\0')};
    if (!values.empty()) std::memcpy(result.data.data(), values.data(), result.data.size());
    return result;
}
NpyArray array(const std::vector<double>& values) {
    return array({std::int64_t(values.size())}, values, NumberType::Float64);
}

std::string lines(const std::vector<QString>& names) {
    std::string all;
    for (const QString& name : names) all += name.toStdString() + "\n";
    return all;
}

void addAxis(NpzArchive& archive, const HeatmapAxis& axis, const std::string& values, const std::string& names) {
    if (axis.names.empty()) archive.arrays[values] = array(axis.values);
    else archive.texts[names] = lines(axis.names);
}

void add(NpzArchive& archive, const std::string& prefix, const MapFigure& map) {
    const auto& data = map.data;
    archive.arrays[prefix + "values"] = array({data.rows, data.cols}, data.values, NumberType::Float64);
    addAxis(archive, data.x, prefix + "x", prefix + "cols.txt");
    addAxis(archive, data.y, prefix + "y", prefix + "rows.txt");
}

void add(NpzArchive& archive, const std::string& prefix, const CurveFigure& figure) {
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

void add(NpzArchive& archive, const std::string& prefix, const SampleFigure& figure) {
    std::vector<QString> names;
    for (const auto& block : figure.blocks) {
        const std::string name = prefix + "block" + std::to_string(names.size());
        names.push_back(block.caption.isEmpty() ? block.title : block.title + QStringLiteral(", ") + block.caption);
        const auto& images = block.samples.images;
        if (images.empty()) continue;
        const Image& first = images.front();
        std::vector<std::uint8_t> pixels;
        for (const Image& image : images) pixels.insert(pixels.end(), image.pixels.begin(), image.pixels.end());
        archive.arrays[name] =
            array({std::int64_t(images.size()), first.height, first.width, first.channels}, pixels, NumberType::UInt8);
        archive.arrays[name + "_seeds"] =
            array({std::int64_t(images.size())},
                  std::vector<std::int64_t>(block.samples.seeds.begin(),
                                            block.samples.seeds.begin() + std::ptrdiff_t(images.size())),
                  NumberType::Int64);
    }
    archive.texts[prefix + "blocks.txt"] = lines(names);
}

std::string letterOf(std::size_t index) {
    const std::string letter(1, char('a' + index % 26));
    return index < 26 ? letter : letterOf(index / 26 - 1) + letter;
}

}  // namespace

QString writeFigureArrays(const FigureSheet& sheet, const QString& path) {
    NpzArchive archive;
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
    try {
        writeNpz(path.toStdString(), archive);
    } catch (const std::exception& e) {
        return QString::fromUtf8(e.what());
    }
    return {};
}

QByteArray recipeInArrays(const QString& path, QString* error) {
    constexpr std::uint64_t kLargest = 4 << 20;
    try {
        const ZipReader zip(path.toStdString());
        for (std::size_t i = 0; i < zip.entries().size(); ++i)
            if (zip.entries()[i].name == "recipe.json") return QByteArray::fromStdString(zip.read(i, kLargest));
        *error = FigureText::tr("%1 holds no recipe: it is an archive, but no figure that Thaw wrote.").arg(path);
    } catch (const std::exception& e) {
        *error = QString::fromUtf8(e.what());
    }
    return {};
}

}  // namespace thaw
