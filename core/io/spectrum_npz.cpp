// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/json_text.h"
#include "core/io/spectrum_file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace thaw {
namespace {

using Json = nlohmann::ordered_json;
using Doubles = std::vector<double>;

template <class Number>
NpyArray array(const std::vector<std::int64_t>& shape, const std::vector<Number>& values, NumberType type) {
    NpyArray result{shape, type, std::string(values.size() * sizeof(Number), '\0')};
    if (!values.empty()) std::memcpy(result.data.data(), values.data(), result.data.size());
    return result;
}
NpyArray array(const std::vector<std::int64_t>& shape, const Doubles& values) {
    return array(shape, values, NumberType::Float64);
}
NpyArray array(const Doubles& values) { return array({std::int64_t(values.size())}, values); }
NpyArray integers(const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& values) {
    return array(shape, values, NumberType::Int64);
}

template <class List>
std::int64_t count(const List& list) {
    return std::int64_t(list.size());
}

std::string lines(const std::vector<std::string>& names) {
    std::string all;
    for (const auto& name : names) all += name + "\n";
    return all;
}

// What every table over blocks, noise levels and frequencies has in common.
template <class Table>
NpzArchive archiveOf(const Table& table, Json provenance) {
    NpzArchive archive;
    archive.arrays["sigmas"] = array(table.sigmas);
    archive.arrays["frequencies"] = array(table.frequencies);
    archive.texts["blocks.txt"] = lines(table.blocks);
    provenance["first_seed"] = table.firstSeed;
    archive.texts["provenance.json"] = jsonText(provenance, 2) + "\n";
    return archive;
}

// What lists of parts of a network have in common.
template <class Part>
NpzArchive archiveOfParts(const std::vector<Part>& parts) {
    NpzArchive archive;
    Doubles sigmas;
    for (const auto& part : parts) {
        sigmas.push_back(part.sigma);
        archive.texts["blocks.txt"] += partName(part) + "\n";
    }
    archive.arrays["sigmas"] = array(sigmas);
    if (parts.empty()) return archive;
    const auto& first = parts.front();
    archive.texts["provenance.json"] =
        jsonText(Json{{"model", first.model}, {"images", first.images}, {"first_seed", first.firstSeed}}, 2) + "\n";
    return archive;
}

std::int64_t fewest(const std::vector<std::int64_t>& images) {
    return images.empty() ? 0 : *std::min_element(images.begin(), images.end());
}

}  // namespace

NpzArchive npzOf(const LayerSweepTable& table) {
    auto archive = archiveOf(table, {{"model", table.model}, {"images", fewest(table.images)}});
    const auto B = count(table.blocks), S = count(table.sigmas), K = count(table.frequencies);
    archive.arrays["power"] = array({B, S, K}, table.power);
    archive.arrays["deviation"] = array({B, S, K}, table.deviation);
    archive.arrays["energy"] = array({B, S}, table.energy);
    archive.arrays["energy_deviation"] = array({B, S}, table.energyDeviation);
    archive.arrays["centroid"] = array({B, S}, table.centroid);
    archive.arrays["centroid_deviation"] = array({B, S}, table.centroidDeviation);
    archive.arrays["slope"] = array({B, S}, table.slope);
    archive.arrays["log_amplitude"] = array({B, S, std::int64_t(table.logAmplitudes())}, table.logAmplitude);
    archive.arrays["band_edges"] = array(table.bandEdges);
    archive.arrays["band_share"] = array({B, S, std::int64_t(table.bands())}, table.bandShare);
    archive.arrays["images"] = integers({S}, table.images);
    archive.arrays["resolutions"] = integers({B}, {table.resolutions.begin(), table.resolutions.end()});
    archive.arrays["channels"] = integers({B}, {table.channels.begin(), table.channels.end()});
    return archive;
}

NpzArchive npzOf(const LayerDifferenceTable& table) {
    auto archive = archiveOf(table, {{"model", table.model},
                                     {"against", table.against},
                                     {"images", fewest(table.images)},
                                     {"images_asked", table.imagesAsked},
                                     {"complete", table.complete},
                                     {"replicate", "image, two fixed networks"},
                                     {"test", "paired t-test, q of Benjamini-Hochberg over all cells"},
                                     {"significant_q", kSignificanceLevel},
                                     {"smallest_difference_db", kSmallestDifferenceDb}});
    const std::vector<std::int64_t> shape{count(table.blocks), count(table.sigmas), count(table.frequencies)};
    archive.arrays["difference_db"] = array(shape, table.difference);
    archive.arrays["standard_error"] = array(shape, table.standardError);
    archive.arrays["t"] = array(shape, table.t);
    archive.arrays["p"] = array(shape, table.p);
    archive.arrays["q"] = array(shape, table.q);
    archive.arrays["images"] = integers({shape[1]}, table.images);
    return archive;
}

NpzArchive npzOf(const BlockSwapTable& table) {
    auto archive =
        archiveOf(table, {{"model", table.model}, {"against", table.against}, {"images", fewest(table.images)}});
    const auto B = count(table.blocks), S = count(table.sigmas), K = count(table.frequencies);
    archive.arrays["power"] = array({B, S, K}, table.power);
    archive.arrays["deviation"] = array({B, S, K}, table.deviation);
    archive.arrays["energy"] = array({B, S}, table.energy);
    archive.arrays["share"] = array({B, S}, table.share);
    archive.arrays["whole_power"] = array({S, K}, table.wholePower);
    archive.arrays["whole_energy"] = array({S}, table.wholeEnergy);
    archive.arrays["images"] = integers({B, S}, table.images);
    return archive;
}

NpzArchive npzOf(const std::vector<TransferFunction>& transfers) {
    std::size_t K = 0;
    for (const auto& part : transfers) K = std::max(K, part.frequencies.size());
    NpzArchive archive = archiveOfParts(transfers);
    Doubles frequencies, responseGain, ringGain, ringCoherence, coherenceLine;
    for (std::size_t k = 0; k < K; ++k) frequencies.push_back(double(k));
    const auto append = [K](Doubles& rows, Doubles row) {
        row.resize(K, NAN);
        rows.insert(rows.end(), row.begin(), row.end());
    };
    for (std::size_t i = 0; i < transfers.size(); ++i) {
        const auto& part = transfers[i];
        append(responseGain, part.responseGain);
        append(ringGain, part.ringGain);
        append(ringCoherence, part.ringCoherence);
        coherenceLine.push_back(part.ringCoherence.empty() ? NAN : part.coherenceLine);
        if (part.gain.empty()) continue;
        const auto number = std::string("_").append(std::to_string(i));
        const std::vector<std::int64_t> shape{part.height, part.width};
        archive.arrays["real" + number] = array(shape, part.real);
        archive.arrays["imaginary" + number] = array(shape, part.imaginary);
        archive.arrays["gain" + number] = array(shape, part.gain);
        archive.arrays["coherence" + number] = array(shape, part.coherence);
    }
    const std::vector<std::int64_t> shape{count(transfers), std::int64_t(K)};
    archive.arrays["frequencies"] = array(frequencies);
    archive.arrays["response_gain"] = array(shape, responseGain);
    archive.arrays["ring_gain"] = array(shape, ringGain);
    archive.arrays["ring_coherence"] = array(shape, ringCoherence);
    archive.arrays["coherence_line"] = array(coherenceLine);
    return archive;
}

NpzArchive npzOf(const std::vector<FourierGainMap>& maps) {
    NpzArchive archive = archiveOfParts(maps);
    for (std::size_t i = 0; i < maps.size(); ++i)
        archive.arrays["probed_gain_" + std::to_string(i)] = array({maps[i].height, maps[i].width}, maps[i].gain);
    return archive;
}

NpzArchive npzOf(const ImageSpectrumTable& table) {
    NpzArchive archive;
    archive.arrays["power"] = array({table.spectrum.height, table.spectrum.width}, table.spectrum.power);
    archive.arrays["frequencies"] = array(table.profile.frequency);
    archive.arrays["profile"] = array(table.profile.power);
    archive.arrays["deviation"] = array(table.deviation);
    archive.arrays["slice_0_frequencies"] = array(table.slice0.frequency);
    archive.arrays["slice_0"] = array(table.slice0.power);
    archive.arrays["slice_45_frequencies"] = array(table.slice45.frequency);
    archive.arrays["slice_45"] = array(table.slice45.power);
    archive.arrays["log_amplitude"] = array(table.logAmplitude.amplitude);
    archive.arrays["slope"] = array({}, Doubles{table.slope});
    archive.arrays["centroid"] = array({}, Doubles{table.centroid});
    archive.texts["provenance.json"] =
        jsonText(Json{{"title", table.title}, {"images", table.images}, {"interpolation", table.interpolation}}, 2) +
        "\n";
    return archive;
}

NpzArchive npzOf(const ChannelProfiles& profiles) {
    NpzArchive archive;
    Doubles power;
    for (const auto& channel : profiles.power) power.insert(power.end(), channel.begin(), channel.end());
    archive.arrays["power"] = array({count(profiles.power), count(profiles.frequencies)}, power);
    archive.arrays["frequencies"] = array(profiles.frequencies);
    archive.texts["provenance.json"] =
        jsonText(Json{{"block", profiles.block}, {"sigma", profiles.sigma}, {"images", profiles.images}}, 2) + "\n";
    return archive;
}

NpzArchive npzOf(const FrozenProfiles& profiles) {
    NpzArchive archive;
    const std::vector<std::int64_t> shape{count(profiles.sigmas), count(profiles.frequencies)};
    archive.arrays["sigmas"] = array(profiles.sigmas);
    archive.arrays["frequencies"] = array(profiles.frequencies);
    archive.arrays["frozen"] = array(shape, profiles.frozen);
    archive.arrays["trainable"] = array(shape, profiles.trainable);
    return archive;
}

}  // namespace thaw
