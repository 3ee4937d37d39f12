// Draws pages without a display: one Interface of one panel, with a clock that only moves when the
// painter moves it, so that the same page always gives the same pixels. A page that does not fit is
// shown in parts, as it is to a citizen. Main thread. Faults: those of ui::shell::Interface.
#pragma once

#include "app/training/gallery/every_page.hpp"
#include "ui/shell/interface.hpp"

#include <filesystem>
#include <memory>

namespace app::training::gallery {

class Painter {
  public:
    static base::Result<std::unique_ptr<Painter>> create(const Panel& panel,
                                                         const std::filesystem::path& icon_font);

    // The first part of the page as it stands once nothing moves any more.
    void draw(const ui::screens::Screen& screen);
    // The next part of the same page, or the next page of a text or table on it; false when that
    // was the last.
    bool next_part(const ui::screens::Screen& screen);
    // A touch on a control of the page drawn, long enough after it came up to count.
    std::optional<ui::screens::Action> tap(const ui::screens::Screen& screen,
                                           const std::string& id);

    const ui::widgets::SemanticTree& tree() const { return interface_->tree(); }
    base::Result<domain::Picture> pixels() const { return interface_->pixels(); }
    // Between pages: nothing of the one before stays.
    void forget() { interface_->end_session(); }

  private:
    Painter() : clock_(samples::morning()) {}
    std::optional<ui::screens::Action> frame(const ui::screens::Screen& screen);

    base::ManualClock clock_;
    base::LatestValue<domain::Frame> camera_;
    std::unique_ptr<ui::shell::Interface> interface_;
};

// 640 × 480, something that looks like a person in front of the camera.
domain::Picture camera_picture();

}  // namespace app::training::gallery
