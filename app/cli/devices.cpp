// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs.h"

#include "core/device/devices.h"

namespace thaw::cli {

void addDevices(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("devices", "what this machine offers");
    addCommonOptions(*verb, context);
    verb->callback([&context] {
        context.run = [&context] {
            nlohmann::ordered_json list = nlohmann::ordered_json::array();
            std::string text;
            for (const auto& device : availableDevices()) {
                list.push_back({{"name", device.name}, {"title", device.title}, {"bf16", device.bfloat16}});
                text += (text.empty() ? "" : "\n") + device.name + "  " + device.title +
                        (device.bfloat16 ? ", bf16 in hardware" : ", fp32");
            }
            report(context, {{"devices", list}}, text);
        };
    });
}

}  // namespace thaw::cli
