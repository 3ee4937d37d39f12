#include "drivers/emulation/pictures/moving_person.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace drivers::emulation {

namespace {

using Colour = std::array<double, 3>;

std::uint8_t* pixel(domain::Picture& picture, int x, int y) {
    return picture.rgb.data() + static_cast<std::size_t>((y * picture.width + x) * 3);
}

Colour colour_at(const domain::Picture& picture, int x, int y) {
    const auto* p = picture.rgb.data() +
                    static_cast<std::size_t>((std::clamp(y, 0, picture.height - 1) * picture.width +
                                              std::clamp(x, 0, picture.width - 1)) *
                                             3);
    return {double(p[0]), double(p[1]), double(p[2])};
}

void put(domain::Picture& picture, int x, int y, const Colour& colour) {
    for (std::size_t c = 0; c < 3; ++c)
        pixel(picture, x, y)[c] =
            static_cast<std::uint8_t>(std::clamp(colour[c] + 0.5, 0.0, 255.0));
}

Colour mixed(const Colour& a, const Colour& b, double share_of_b) {
    Colour out{};
    for (std::size_t c = 0; c < 3; ++c) out[c] = a[c] * (1 - share_of_b) + b[c] * share_of_b;
    return out;
}

}  // namespace

domain::Picture turned_head(const domain::Picture& room, Area face, double degrees) {
    domain::Picture out = room;
    const double middle = face.left + face.width / 2, radius = face.width * 0.95,
                 turn = degrees * std::numbers::pi / 180;
    for (int x = 0; x < room.width; ++x) {
        const double across = (x - middle) / radius;
        if (std::abs(across) >= 1) continue;
        const double from =
            std::clamp(std::asin(across) - turn, -std::numbers::pi / 2, std::numbers::pi / 2);
        const double edge = std::min(1.0, (1 - std::abs(across)) / 0.15);
        const double source = middle + radius * (std::sin(from) * edge + across * (1 - edge));
        const int left = static_cast<int>(std::floor(source));
        for (int y = 0; y < room.height; ++y)
            put(out, x, y,
                mixed(colour_at(room, left, y), colour_at(room, left + 1, y), source - left));
    }
    return out;
}

domain::Picture closed_eyes(domain::Picture room, const Eyes& eyes) {
    const domain::Picture open = room;
    const double half_width = eyes.width * 0.65, half_height = eyes.width * 0.35;
    for (const auto& [middle_x, middle_y] :
         {std::pair{eyes.left_x, eyes.left_y}, std::pair{eyes.right_x, eyes.right_y}})
        for (int y = static_cast<int>(middle_y - half_height); y <= middle_y + half_height; ++y)
            for (int x = static_cast<int>(middle_x - half_width); x <= middle_x + half_width; ++x) {
                if (x < 0 || y < 0 || x >= room.width || y >= room.height) continue;
                const double far = std::pow((x - middle_x) / half_width, 2) +
                                   std::pow((y - middle_y) / half_height, 2);
                if (far > 1) continue;
                const double lashes = std::abs(y - middle_y - half_height * 0.35) < 1.6 ? 0.35 : 1;
                auto skin = colour_at(
                    open, x, static_cast<int>(middle_y + half_height + (y - middle_y) * 0.3));
                for (auto& value : skin) value *= lashes;
                put(room, x, y, mixed(colour_at(open, x, y), skin, std::min(1.0, (1 - far) * 3)));
            }
    return room;
}

domain::Picture before_a_window(domain::Picture room, Area face) {
    const double middle_x = face.left + face.width / 2, middle_y = face.top + face.height / 2;
    for (int y = 0; y < room.height; ++y)
        for (int x = 0; x < room.width; ++x) {
            const bool head = std::hypot((x - middle_x) / (face.width * 0.62),
                                         (y - middle_y) / (face.height * 0.6)) < 1;
            const bool chest = y > middle_y && std::abs(x - middle_x) < face.width * 0.5;
            if (!head && !chest) {
                put(room, x, y, {250, 250, 250});
                continue;
            }
            auto colour = colour_at(room, x, y);
            for (auto& value : colour) value *= 0.42;
            put(room, x, y, colour);
        }
    return room;
}

// Each pixel the mean of its neighbours, along one axis and then the other, twice.
domain::Picture out_of_focus(const domain::Picture& room, int reach) {
    domain::Picture from = room, to = room;
    for (int pass = 0; pass < 4; ++pass) {
        const int dx = pass % 2 == 0 ? 1 : 0, dy = 1 - dx;
        for (int y = 0; y < room.height; ++y)
            for (int x = 0; x < room.width; ++x) {
                Colour sum{};
                for (int step = -reach; step <= reach; ++step) {
                    const auto colour = colour_at(from, x + step * dx, y + step * dy);
                    for (std::size_t c = 0; c < 3; ++c) sum[c] += colour[c];
                }
                for (auto& value : sum) value /= 2 * reach + 1;
                put(to, x, y, sum);
            }
        std::swap(from, to);
    }
    return from;
}

}  // namespace drivers::emulation
