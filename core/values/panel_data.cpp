// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/panel_data.h"

namespace thaw {
namespace {

// One overload a type of value, so that a new one is not forgotten.
struct Keep {
    PanelData& data;
    const PanelPart& part;

    void operator()(LayerSpectrum&& value) const { ofSide(data.spectrumA, data.spectrumB) = std::move(value); }
    void operator()(LayerSweepTable&& value) const { ofSide(data.sweepA, data.sweepB) = std::move(value); }
    void operator()(LayerDifferenceTable&& value) const { data.difference = std::move(value); }
    void operator()(ChannelProfiles&& value) const { data.channels = std::move(value); }
    void operator()(TransferFunction&& value) const { ofSide(data.transferA, data.transferB) = std::move(value); }
    void operator()(FourierGainMap&& value) const { data.probe = std::move(value); }
    void operator()(BlockSwapTable&& value) const { data.swap = std::move(value); }
    void operator()(ImageSpectrumTable&& value) const { data.images.emplace_back(part.place, std::move(value)); }

private:
    template <class Value>
    Value& ofSide(Value& a, Value& b) const {
        return part.side == PanelSide::A ? a : b;
    }
};

}  // namespace

void PanelData::keep(const PanelPart& part, MeasuredValue value) { std::visit(Keep{*this, part}, std::move(value)); }

}  // namespace thaw
