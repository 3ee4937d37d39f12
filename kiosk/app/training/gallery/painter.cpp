#include "app/training/gallery/painter.hpp"

#include <cmath>

namespace app::training::gallery {

namespace {
// Longer than any guard against touches that were meant for the page before.
constexpr base::Millis settled{2000};
}  // namespace

base::Result<std::unique_ptr<Painter>> Painter::create(const Panel& panel,
                                                       const std::filesystem::path& icon_font) {
    std::unique_ptr<Painter> painter(new Painter);
    ui::shell::Interface::Options options;
    options.width = panel.width;
    options.height = panel.height;
    options.px_per_mm = panel.px_per_mm;
    options.icon_font = icon_font;
    painter->interface_ = TRY(ui::shell::Interface::create(options, painter->clock_));
    // Whether the pinyin dictionary was already there must not decide about a picture.
    painter->interface_->finish_preparing_input();
    painter->camera_.put({base::Secret<domain::Picture>(camera_picture()), base::Millis{0}, 1});
    return painter;
}

std::optional<ui::screens::Action> Painter::frame(const ui::screens::Screen& screen) {
    return interface_->frame(screen, {&camera_, nullptr});
}

void Painter::draw(const ui::screens::Screen& screen) {
    forget();
    frame(screen);
    clock_.forward(settled);
    frame(screen);
}

std::optional<ui::screens::Action> Painter::tap(const ui::screens::Screen& screen,
                                                const std::string& id) {
    clock_.forward(settled);
    if (!interface_->tap(id)) return std::nullopt;
    auto action = frame(screen);
    // What a widget does for itself shows in the frame after.
    clock_.forward(settled);
    if (auto late = frame(screen); late && !action) action = std::move(late);
    return action;
}

bool Painter::next_part(const ui::screens::Screen& screen) {
    if (screen.overlay) return false;  // it swallows the touch
    // The pages of a text or table first: on the page's next part it may not stand any more.
    std::vector<std::string> turns;
    for (const auto& block : screen.blocks) {
        if (const auto* text = std::get_if<ui::screens::LongText>(&block))
            turns.push_back(text->id + ".on");
        if (const auto* table = std::get_if<ui::screens::Table>(&block))
            turns.push_back(table->id + ".on");
    }
    turns.emplace_back("part.on");
    for (const std::string& turn : turns) {
        const auto* on = tree().find(turn);
        if (on == nullptr || on->id != turn || !on->interactive() || !on->enabled) continue;
        tap(screen, turn);
        return true;
    }
    return false;
}

domain::Picture camera_picture() {
    domain::Picture p;
    p.width = 640;
    p.height = 480;
    p.rgb.reserve(640 * 480 * 3);
    for (int y = 0; y < p.height; ++y) {
        for (int x = 0; x < p.width; ++x) {
            const auto inside = [&](double cx, double cy, double rx, double ry) {
                return std::pow((x - cx) / rx, 2) + std::pow((y - cy) / ry, 2) < 1;
            };
            std::uint8_t r = 46, g = 58, b = 82;
            if (inside(320, 520, 190, 190)) r = 92, g = 112, b = 146;
            if (inside(320, 200, 108, 130)) r = 62, g = 58, b = 60;
            if (inside(320, 225, 95, 120)) r = 202, g = 168, b = 136;
            p.rgb.insert(p.rgb.end(), {r, g, b});
        }
    }
    return p;
}

}  // namespace app::training::gallery
