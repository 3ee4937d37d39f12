// The crawler: draws every page × mode × language × panel and asks every check of it, then the same
// pages with texts 40 % longer. Whole, or a seeded part of it. Main thread.
#pragma once

#include "tests/crawl/checks.hpp"

#include <filesystem>
#include <functional>
#include <optional>

namespace crawl {

struct Plan {
    std::filesystem::path icon_font;
    // One drawing in this many, chosen by the seed; 1 = all.
    unsigned one_in = 1;
    unsigned seed = 0;
    bool longer_texts = true;
    std::string pages = "*";  // those whose name "page mode/language/panel" fits this shell pattern
    std::function<void(int, int)> drawn = [](int, int) {};
};

struct Outcome {
    int pages = 0;  // drawings, each part counted
    std::vector<Finding> findings;
};

base::Result<Outcome> crawl(const Plan& plan);

}  // namespace crawl
