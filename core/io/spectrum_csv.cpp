// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/spectrum_file.h"

#include <charconv>
#include <cmath>

namespace thaw {
namespace {

using Doubles = std::vector<double>;

std::string text(double number) {
    if (std::isnan(number)) return "";
    char digits[32];
    return {digits, std::to_chars(digits, digits + sizeof digits, number).ptr};
}

std::string line(const std::vector<std::string>& names, const Doubles& numbers) {
    std::string row;
    for (const auto& name : names) row += name + ",";
    for (const double number : numbers) row += text(number) + ",";
    row.back() = '\n';
    return row;
}

template <class Table, class Row>
std::string csvOver(const Table& table, const std::string& header, const Row& row) {
    std::string csv = header + "\n";
    for (std::size_t b = 0; b < table.blocks.size(); ++b)
        for (std::size_t s = 0; s < table.sigmas.size(); ++s)
            for (std::size_t k = 0; k < table.frequencies.size(); ++k) {
                const Doubles values = row(b, s, k);
                if (std::isnan(values.front())) continue;
                Doubles numbers{table.sigmas[s], table.frequencies[k]};
                numbers.insert(numbers.end(), values.begin(), values.end());
                csv += line({table.blocks[b]}, numbers);
            }
    return csv;
}

}  // namespace

std::string csvOf(const LayerSweepTable& table) {
    return csvOver(table, "block,sigma,frequency,power,deviation", [&](std::size_t b, std::size_t s, std::size_t k) {
        const auto cell = table.cell(b, s, k);
        return Doubles{table.power[cell], table.deviation[cell]};
    });
}

std::string bandsCsvOf(const LayerSweepTable& table) {
    std::string csv = "block,sigma,energy,energy_deviation,centroid,centroid_deviation,slope,log_amplitude";
    for (std::size_t m = 0; m < table.bands(); ++m)
        csv += ",band_" + text(table.bandEdges[m]) + "_" + text(table.bandEdges[m + 1]);
    csv += "\n";
    for (std::size_t b = 0; b < table.blocks.size(); ++b)
        for (std::size_t s = 0; s < table.sigmas.size(); ++s) {
            const auto cell = table.cell(b, s);
            if (std::isnan(table.energy[cell])) continue;
            Doubles numbers{table.sigmas[s],
                            table.energy[cell],
                            table.energyDeviation[cell],
                            table.centroid[cell],
                            table.centroidDeviation[cell],
                            table.slope[cell],
                            table.logAmplitudeAtEnd(b, s)};
            for (std::size_t m = 0; m < table.bands(); ++m)
                numbers.push_back(table.bandShare[cell * table.bands() + m]);
            csv += line({table.blocks[b]}, numbers);
        }
    return csv;
}

std::string csvOf(const LayerDifferenceTable& table) {
    return csvOver(table, "block,sigma,frequency,difference_db,standard_error,t,p,q",
                   [&](std::size_t b, std::size_t s, std::size_t k) {
                       const auto cell = table.cell(b, s, k);
                       return Doubles{table.difference[cell], table.standardError[cell], table.t[cell], table.p[cell],
                                      table.q[cell]};
                   });
}

std::string csvOf(const BlockSwapTable& table) {
    auto csv =
        csvOver(table, "block,sigma,frequency,power,deviation,share", [&](std::size_t b, std::size_t s, std::size_t k) {
            const auto cell = table.cell(b, s, k);
            return Doubles{table.power[cell], table.deviation[cell], table.share[table.cell(b, s)]};
        });
    for (std::size_t s = 0; s < table.sigmas.size(); ++s)
        for (std::size_t k = 0; k < table.frequencies.size(); ++k)
            if (const double power = table.wholePower[s * table.frequencies.size() + k]; !std::isnan(power))
                csv += line({"all"}, {table.sigmas[s], table.frequencies[k], power, NAN, 1});
    return csv;
}

std::string csvOf(const std::vector<TransferFunction>& transfers) {
    std::string csv = "block,sigma,frequency,response_gain,gain,coherence,coherence_line\n";
    for (const auto& part : transfers)
        for (std::size_t k = 0; k < part.frequencies.size(); ++k) {
            const bool cross = k < part.ringGain.size();
            csv += line({partName(part)},
                        {part.sigma, part.frequencies[k], part.responseGain[k], cross ? part.ringGain[k] : NAN,
                         cross ? part.ringCoherence[k] : NAN, cross ? part.coherenceLine : NAN});
        }
    return csv;
}

std::string csvOf(const std::vector<FourierGainMap>& maps) {
    std::string csv = "block,sigma,vertical,horizontal,gain\n";
    const auto withSign = [](int index, int size) { return double(index <= size / 2 ? index : index - size); };
    for (const auto& map : maps)
        for (int u = 0; u < map.height; ++u)
            for (int v = 0; v < map.width; ++v)
                if (const double gain = map.gain[std::size_t(u) * std::size_t(map.width) + std::size_t(v)];
                    !std::isnan(gain))
                    csv += line({partName(map)}, {map.sigma, withSign(u, map.height), withSign(v, map.width), gain});
    return csv;
}

std::string csvOf(const ImageSpectrumTable& table) {
    std::string csv = "frequency,power,deviation\n";
    for (std::size_t k = 0; k < table.profile.power.size(); ++k)
        csv += line({}, {table.profile.frequency[k], table.profile.power[k], table.deviation[k]});
    return csv;
}

std::string slicesCsvOf(const ImageSpectrumTable& table) {
    std::string csv = "degrees,frequency,power\n";
    for (const auto& [degrees, slice] : {std::pair{0.0, &table.slice0}, {45.0, &table.slice45}})
        for (std::size_t k = 0; k < slice->power.size(); ++k)
            csv += line({}, {degrees, slice->frequency[k], slice->power[k]});
    return csv;
}

std::string csvOf(const ChannelProfiles& profiles) {
    std::string csv = "channel,frequency,power\n";
    for (std::size_t c = 0; c < profiles.power.size(); ++c)
        for (std::size_t k = 0; k < profiles.frequencies.size(); ++k)
            csv += line({}, {double(c), profiles.frequencies[k], profiles.power[c][k]});
    return csv;
}

std::string csvOf(const FrozenProfiles& profiles) {
    std::string csv = "sigma,frequency,frozen,trainable\n";
    const std::size_t K = profiles.frequencies.size();
    for (std::size_t s = 0; s < profiles.sigmas.size(); ++s)
        for (std::size_t k = 0; k < K; ++k)
            csv += line({}, {profiles.sigmas[s], profiles.frequencies[k], profiles.frozen[s * K + k],
                             profiles.trainable[s * K + k]});
    return csv;
}

}  // namespace thaw
