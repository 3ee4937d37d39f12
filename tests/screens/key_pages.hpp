// Key pages whose pictures are references: which page, on which panel, and what is done on it
// before the picture is taken. Nothing here may depend on how fast something loads. Main thread.
#pragma once

#include "app/present/present.hpp"
#include "app/training/samples/samples.hpp"
#include "base/clock.hpp"
#include "ui/shell/interface.hpp"

#include <functional>
#include <vector>

namespace key_pages {

struct Panel {
    int width = 1080, height = 1920;
    float px_per_mm = 4.034F;
};

struct KeyPage {
    const char* name;
    std::function<app::Page()> page;
    Panel panel{};
    // After the first frames: keys, taps, time.
    std::function<void(ui::shell::Interface&, const ui::screens::Screen&, base::ManualClock&)>
        then{};
};

// The journey in its usual dress, and each mode on one page.
std::vector<KeyPage> of_the_journey();
// Overlays, the keyboard's pages, English, the small panel, the five keys, what is seldom seen.
std::vector<KeyPage> further();

// Of one walk, on a terminal on a quiet day.
app::Page page_of(const app::training::samples::Walker& walker);

}  // namespace key_pages
