#include "tests/pages/stage.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace pages {

namespace {

constexpr base::Millis settled{2000};
constexpr int enough = 8;             // pixels that are more than an edge
constexpr float least_range = 0.15F;  // fainter shapes are not meant to be seen

}  // namespace

float light_of(const std::uint8_t* rgb) {
    static const auto table = [] {
        std::array<float, 256> out{};
        for (std::size_t i = 0; i < out.size(); ++i) {
            const float part = static_cast<float>(i) / 255;
            out[i] = part <= 0.04045F ? part / 12.92F : std::pow((part + 0.055F) / 1.055F, 2.4F);
        }
        return out;
    }();
    return 0.2126F * table[rgb[0]] + 0.7152F * table[rgb[1]] + 0.0722F * table[rgb[2]];
}

Stage::Stage(const Panel& panel, bool transitions) {
    ui::shell::Interface::Options options;
    options.width = panel.width;
    options.height = panel.height;
    options.px_per_mm = panel.px_per_mm;
    options.icon_font = ICON_FONT;
    options.transitions = transitions;
    auto made = ui::shell::Interface::create(options, clock_);
    if (!made) throw std::runtime_error(made.error().safe_detail);
    interface_ = std::move(*made);
    interface_->finish_preparing_input();
    camera_.put({base::Secret<domain::Picture>(app::training::gallery::camera_picture()),
                 base::Millis{0}, 1});
}

void Stage::show(const Screen& screen) {
    interface_->end_session();
    frame(screen);
    later(screen, settled);
}

void Stage::later(const Screen& screen, base::Millis by) {
    clock_.forward(by);
    frame(screen);
}

bool Stage::tap(const Screen& screen, const std::string& id) {
    clock_.forward(settled);
    if (!interface_->tap(id)) return false;
    frame(screen);
    // What a widget does for itself shows in the frame after.
    later(screen, settled);
    return true;
}

Grey::Grey(const domain::Picture& picture, Rect part) {
    const int left = std::max(0, static_cast<int>(std::ceil(part.x)));
    const int top = std::max(0, static_cast<int>(std::ceil(part.y)));
    width_ = std::max(0, std::min(picture.width, static_cast<int>(part.right())) - left);
    height_ = std::max(0, std::min(picture.height, static_cast<int>(part.bottom())) - top);
    std::array<int, 256> counts{};
    for (int y = top; y < top + height_; ++y) {
        const auto* rgb = picture.rgb.data() +
                          (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                           static_cast<std::size_t>(left)) *
                              3;
        for (int x = 0; x < width_; ++x, rgb += 3) {
            grey_.push_back(std::pow(light_of(rgb), 1 / 2.2F));
            ++counts[static_cast<std::size_t>(grey_.back() * 255)];
        }
    }
    const auto value = [](std::size_t level) { return (static_cast<float>(level) + 0.5F) / 255; };
    ground_ = ink_ = value(
        static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin()));
    for (std::size_t level = 0; level < counts.size(); ++level)
        if (counts[level] >= enough && std::abs(value(level) - ground_) > std::abs(ink_ - ground_))
            ink_ = value(level);
}

bool Grey::ink(int x, int y) const {
    const float range = std::abs(ink_ - ground_);
    const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                    static_cast<std::size_t>(x);
    return range >= least_range && std::abs(grey_[at] - ground_) > range / 2;
}

int differing_shape(const Grey& a, const Grey& b) {
    int count = 0;
    for (int y = 0; y < std::min(a.height(), b.height()); ++y)
        for (int x = 0; x < std::min(a.width(), b.width()); ++x)
            count += a.ink(x, y) != b.ink(x, y);
    return count;
}

}  // namespace pages
