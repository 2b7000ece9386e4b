// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace thaw {

class BlocksPage;
class ComparePage;
class FrequencyPage;
class ModelPage;
class RunPage;
class StudiesPage;
class TrainPage;

/// The seven views of the window, which owns them.
struct Pages {
    BlocksPage& blocks;
    ModelPage& card;
    ComparePage& samples;
    TrainPage& curves;
    FrequencyPage& frequency;
    RunPage& run;
    StudiesPage& studies;
};

}  // namespace thaw
