// kiosk-training --gallery: every page × mode × language × panel as PNG, with an HTML index to look
// through and filter. Needs no device, no configuration and no display. Main thread.
// Faults: FileUnwritable, and those of the painter.
#pragma once

#include "app/training/gallery/every_page.hpp"

#include <filesystem>
#include <functional>

namespace app::training::gallery {

struct Picture {
    std::string page, mode, panel;
    base::Locale locale = base::Locale::zh;
    int part = 1;              // of a page that did not fit at once
    std::string name() const;  // "home elder/zh/portrait"
    std::string file() const;  // portrait/zh/elder/home.png, below the gallery's folder
};

struct GalleryPlan {
    std::filesystem::path folder, icon_font;
    // Which to draw: a shell pattern of "page mode/language/panel", e.g. "form_* elder/*/small".
    std::string pages = "*";
    // Called after each page with how many are done, and how many there are.
    std::function<void(int, int)> drawn = [](int, int) {};
};
base::Result<std::vector<Picture>> draw_gallery(const GalleryPlan& plan);

// The index as one HTML page: thumbnails by page, filters of plain CSS, no script.
std::string index_html(const std::vector<Picture>& pictures);

}  // namespace app::training::gallery
