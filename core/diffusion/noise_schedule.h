// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/sampler_config.h"

#include <vector>

namespace thaw {

/// sigma_i = (max^(1/rho) + i/(N-1)·(min^(1/rho) - max^(1/rho)))^rho, i = 0..N-1, without the final 0 (EDM, eq. 5).
std::vector<double> edmSigmas(int steps, double sigmaMin, double sigmaMax, double rho);
/// sigma_i² = max²·(min²/max²)^(i/(N-1)).
std::vector<double> veSigmas(int steps, double sigmaMin, double sigmaMax);
/// sigma(t_i) with t_i = 1 + i/(N-1)·(epsilonS - 1) on the VP curve through (epsilonS, min) and (1, max).
std::vector<double> vpSigmas(int steps, double sigmaMin, double sigmaMax, double epsilonS);
/// N of the published 1000 levels of iDDPM inside [min, max], evenly spaced by index.
std::vector<double> iddpmSigmaSteps(int steps, double sigmaMin, double sigmaMax);

/// sigma(t), its inverse and derivative, and s(t) with derivative, for one choice of schedule and scaling.
class NoiseCurve {
public:
    /// The VP constants are those whose curve passes (epsilonS, sigmaMin) and (1, sigmaMax).
    NoiseCurve(Schedule schedule, Scaling scaling, double sigmaMin, double sigmaMax, double epsilonS);
    double sigma(double t) const;
    double time(double sigma) const;
    double sigmaSlope(double t) const;
    double scale(double t) const;
    double scaleSlope(double t) const;

private:
    Schedule schedule_;
    Scaling scaling_;
    double betaD_, betaMin_;
};

}  // namespace thaw
