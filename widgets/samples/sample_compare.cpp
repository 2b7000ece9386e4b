// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/samples/sample_compare.h"

#include "widgets/base/colour_map.h"
#include "widgets/base/number_text.h"

#include <QCoreApplication>

#include <cmath>
#include <limits>

namespace thaw {
namespace {

struct SampleCompareText {
    Q_DECLARE_TR_FUNCTIONS(SampleCompareText)
};

bool isSound(const Image& image) {
    return image.width > 0 && image.height > 0 && image.channels > 0 &&
           image.pixels.size() == std::size_t(image.width) * std::size_t(image.height) * std::size_t(image.channels);
}

bool alike(const Image& a, const Image& b) {
    return isSound(a) && isSound(b) && a.width == b.width && a.height == b.height && a.channels == b.channels;
}

double psnr(const Image& a, const Image& b) {
    double squares = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        const double d = double(a.pixels[i]) - double(b.pixels[i]);
        squares += d * d;
    }
    if (squares == 0) return std::numeric_limits<double>::infinity();
    return 10 * std::log10(255.0 * 255.0 * double(a.pixels.size()) / squares);
}

double sharpness(const Image& image) {
    const std::ptrdiff_t c = image.channels, stride = image.width * c;
    double sum = 0;
    for (int y = 1; y + 1 < image.height; ++y)
        for (int x = 1; x + 1 < image.width; ++x)
            for (std::ptrdiff_t k = 0; k < c; ++k) {
                const auto* p = image.pixels.data() + y * stride + x * c + k;
                const double laplacian = (4.0 * p[0] - p[-c] - p[c] - p[-stride] - p[stride]) / 255;
                sum += laplacian * laplacian;
            }
    return sum / (double(image.width - 2) * (image.height - 2) * c);
}

}  // namespace

QImage differenceImage(const Image& own, const Image& reference) {
    if (!alike(own, reference)) return {};
    const auto table = colourTable(ColourMap::Diverging, 511);
    QImage image(own.width, own.height, QImage::Format_RGB32);
    const int c = own.channels;
    for (int y = 0; y < own.height; ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < own.width; ++x) {
            const std::size_t at = (std::size_t(y) * std::size_t(own.width) + std::size_t(x)) * std::size_t(c);
            int sum = 0;
            for (int k = 0; k < c; ++k)
                sum += int(own.pixels[at + std::size_t(k)]) - int(reference.pixels[at + std::size_t(k)]);
            const int level = 255 + sum / c;
            line[x] = table[std::size_t(level)];
        }
    }
    return image;
}

std::optional<double> measure(SampleMetric metric, const Image& own, const Image* reference) {
    if (metric == SampleMetric::Psnr)
        return reference && alike(own, *reference) ? std::optional(psnr(own, *reference)) : std::nullopt;
    if (metric == SampleMetric::Sharpness && isSound(own) && own.width > 2 && own.height > 2) return sharpness(own);
    return std::nullopt;
}

QString metricText(SampleMetric metric, double value) {
    switch (metric) {
    case SampleMetric::Seed: break;
    case SampleMetric::Psnr:
        return std::isinf(value) ? SampleCompareText::tr("identical")
                                 : SampleCompareText::tr("PSNR %1 dB").arg(formatNumber(value, 3));
    case SampleMetric::Sharpness: return SampleCompareText::tr("sharpness %1").arg(formatNumber(value, 2));
    }
    return {};
}

}  // namespace thaw
