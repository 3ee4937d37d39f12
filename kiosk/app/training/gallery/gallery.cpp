#include "app/training/gallery/gallery.hpp"

#include "app/training/gallery/painter.hpp"
#include "base/bytes.hpp"
#include "ui/shell/png.hpp"

#include <fnmatch.h>

namespace app::training::gallery {

namespace fs = std::filesystem;

std::string Picture::name() const {
    return page + " " + mode + (locale == base::Locale::zh ? "/zh/" : "/en/") + panel;
}

std::string Picture::file() const {
    return panel + "/" + (locale == base::Locale::zh ? "zh/" : "en/") + mode + "/" + page +
           (part > 1 ? "." + std::to_string(part) : "") + ".png";
}

base::Result<std::vector<Picture>> draw_gallery(const GalleryPlan& plan) {
    const auto pages = every_page();
    const auto modes = every_mode();
    const auto panels = every_panel();
    const auto all = static_cast<int>(pages.size() * modes.size() * panels.size() * 2);
    std::vector<Picture> pictures;
    int done = 0;
    for (const Panel& panel : panels) {
        const auto painter = TRY(Painter::create(panel, plan.icon_font));
        for (const auto locale : {base::Locale::zh, base::Locale::en}) {
            for (const Mode& mode : modes) {
                for (const SamplePage& sample : pages) {
                    plan.drawn(++done, all);
                    Picture picture{sample.name, mode.name, panel.name, locale, 0};
                    if (fnmatch(plan.pages.c_str(), picture.name().c_str(), 0) != 0) continue;
                    const Page page = page_of(sample, mode, locale);
                    painter->draw(page.screen);
                    do {
                        ++picture.part;
                        const fs::path path = plan.folder / picture.file();
                        std::error_code none;
                        fs::create_directories(path.parent_path(), none);
                        TRY_STATUS(ui::shell::write_png(path, TRY(painter->pixels())));
                        pictures.push_back(picture);
                    } while (painter->next_part(page.screen));
                }
            }
        }
    }
    TRY_STATUS(base::write_file(plan.folder / "index.html", base::to_bytes(index_html(pictures))));
    return pictures;
}

}  // namespace app::training::gallery
