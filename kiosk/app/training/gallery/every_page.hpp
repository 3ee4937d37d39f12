// Every page the app can show, from the session's samples through present(): each state, the pages
// inside a state, what stands over a page, and the boundary cases (faults, missing answers, broken
// devices). The gallery draws them, the crawler checks them, the reference trees describe them. A
// new state or page joins here; a test compares this list with the pages that a walk by taps finds.
// Main thread.
#pragma once

#include "app/present/present.hpp"
#include "app/training/samples/samples.hpp"
#include "catalogue/text.hpp"

#include <string>
#include <vector>

namespace app::training::gallery {

struct SamplePage {
    std::string name;  // stable, e.g. form_payment_faults
    session::Session session;
    samples::Terminal terminal;
    domain::PostStatus post;
    bool in_service = true;
    MachineFacts machine{};
    std::string notice{};                   // of the centre
    const catalogue::Pack* pack = nullptr;  // another than the sample county's
};
std::vector<SamplePage> every_page();

// How a person may want the terminal; each is drawn for every page.
struct Mode {
    std::string name;
    catalogue::Text label;
    domain::Comfort comfort;
};
std::vector<Mode> every_mode();

// Panels that terminals have; size in pixels, resolution of the real glass.
struct Panel {
    std::string name;
    int width = 0, height = 0;
    float px_per_mm = 0;
    catalogue::Text label;
    bool tall() const { return height > width; }
};
std::vector<Panel> every_panel();

// The page as that person sees it.
Page page_of(const SamplePage& sample, const Mode& mode, base::Locale locale);

}  // namespace app::training::gallery
