// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/progress.h"

namespace thaw {

/// A long measurement in pieces, so that a picture can fill while it grows and anything may happen between two pieces:
/// showing, cancelling, other work. It belongs to the thread that made it.
///
///     LayerSweep sweep(denoiser, data, request);
///     while (sweep.advance()) show(sweep.value());
template <class Value>
class Measurement {
public:
    virtual ~Measurement() = default;

    /// Measures the next piece; true while there is more to do. After the end it does nothing. Throws Error; what was
    /// measured before stays.
    virtual bool advance() = 0;
    /// The share done, 0 .. 1.
    virtual double progress() const = 0;
    /// What is known so far, with the number of images behind it; cells without any are NaN.
    virtual Value value() const = 0;
};

/// Runs a measurement to its end, asking `progress` between pieces. False when it was cancelled; the value so far stays.
template <class Value>
bool runToEnd(Measurement<Value>& measurement, const Progress& progress = {}) {
    do {
        if (progress && !progress(measurement.progress())) return false;
    } while (measurement.advance());
    return true;
}

}  // namespace thaw
