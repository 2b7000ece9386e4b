// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/measure.h"
#include "core/values/number_text.h"

namespace thaw {
namespace {

constexpr int kMaxLevel = 4;
// What the embedded classifier takes.
constexpr int kBuiltinChannels = 1, kBuiltinResolution = 28;

bool isBuiltin(const MeasuredImages& images) {
    return images.builtin && images.channels == kBuiltinChannels && images.resolution == kBuiltinResolution;
}

}  // namespace

std::string measureName(const Measure& measure) {
    switch (measure.kind) {
    case MeasureKind::Wavelets: return "FWD";
    case MeasureKind::Network: return "FD";
    case MeasureKind::Inception: break;
    }
    const bool enough =
        measure.images >= kFidImages && (measure.referenceImages == 0 || measure.referenceImages >= kFidImages);
    return enough ? "FID" : "FD";
}

std::string kernelDistanceName(MeasureKind kind) { return kind == MeasureKind::Inception ? "KID" : "kernel distance"; }

std::string measureTitle(const Measure& measure) {
    std::string text = measureName(measure) + " (";
    if (!measure.features.empty()) text += measure.features + "; ";
    text += countedImages(measure.images);
    if (!measure.reference.empty()) text += " against " + measure.reference;
    return text + (measure.selection ? "; selection criterion)" : ")");
}

std::string chosenFeatures(const std::string& features, const MeasuredImages& images) {
    if (features != kAutoFeatures) return features;
    if (isBuiltin(images)) return kBuiltinFeatures;
    return waveletLevel(images.resolution) > 0 ? kWaveletFeatures : kNoFeatures;
}

std::string missingMeasure(const std::string& features, const MeasuredImages& images) {
    if (chosenFeatures(features, images) != kNoFeatures) return {};
    if (features == kNoFeatures) return "The run measures no quality: the features are 'none'.";
    return "The run measures no quality: images of " + std::to_string(images.resolution) +
           " pixels have no wavelet level, and no feature network is named.";
}

int waveletLevel(int resolution) {
    int level = 0;
    while (level < kMaxLevel && resolution % 2 == 0 && resolution >= 4) {
        resolution /= 2;
        ++level;
    }
    return level;
}

}  // namespace thaw
