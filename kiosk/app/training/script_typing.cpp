// The verbs that draw on a pad, and those that type and write Chinese, each by its own page of the
// keyboard:
//   pinyin sanzu 三组     nine_key 72698 三组     strokes hspn 木
//   write 三 15,27>86,27 20,50>80,50 10,77>90,77
// Strokes are points from the left and the top of the square in the pad's middle, in hundredths.
#include "app/training/script_player.hpp"
#include "domain/set_up/touch_calibration.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace app::training {

namespace {

using namespace std::chrono_literals;
using ui::theme::Point;
using ui::widgets::Node;
using ui::widgets::Role;

std::vector<std::string> split(const std::string& text, char by) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find(by, at), text.size());
        if (end > at) parts.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

// In hundredths.
std::optional<Point> point_of(const std::string& text) {
    Point point{};
    const char* const end = text.data() + text.size();
    const auto x = std::from_chars(text.data(), end, point.x);
    if (x.ec != std::errc{} || x.ptr == end || *x.ptr != ',') return std::nullopt;
    const auto y = std::from_chars(x.ptr + 1, end, point.y);
    if (y.ec != std::errc{} || y.ptr != end) return std::nullopt;
    return point;
}

}  // namespace

ScriptPlayer::Pending ScriptPlayer::compose(const std::string& verb, const std::string& rest) {
    if (verb != "pinyin" && verb != "nine_key" && verb != "strokes" && verb != "write") return {};
    const auto space = rest.find(' ');
    if (space == std::string::npos) return error(verb + " needs two words");
    const std::string first = rest.substr(0, space), second = rest.substr(space + 1);
    if (verb == "write") return write(first, second);
    std::vector<std::string> keys{"method." + verb};
    for (const char key : first) keys.push_back(std::string("key.") + key);
    return in_turn({tap_each(std::move(keys)), choose(second)});
}

ScriptPlayer::Pending ScriptPlayer::in_turn(std::vector<Pending> parts) {
    return [parts = std::move(parts), at = std::size_t{0}]() mutable -> std::optional<Reply> {
        while (at < parts.size()) {
            const auto reply = parts[at]();
            if (!reply) return std::nullopt;
            if (!reply->error.empty()) return reply;
            ++at;
        }
        return Reply{};
    };
}

// Looks for the candidate page after page.
ScriptPlayer::Pending ScriptPlayer::choose(const std::string& hanzi) {
    return [this, hanzi, choosing = Pending{}, pages = 0, looks = 0,
            until = std::chrono::steady_clock::time_point{}]() mutable -> std::optional<Reply> {
        if (until == std::chrono::steady_clock::time_point{}) until = deadline();
        if (choosing) {
            const auto chosen = choosing();
            if (!chosen) return std::nullopt;
            if (!chosen->error.empty() || pages < 0) return chosen;
            choosing = nullptr;
        }
        for (const auto& node : stage_.interface.tree().nodes())
            if (node.role == Role::candidate && node.text == hanzi) {
                pages = -1;
                choosing = tap_each({node.id});
                return std::nullopt;
            }
        // The frame that shows the newest candidates may still be to come.
        constexpr int looks_a_page = 30;
        if (++looks < looks_a_page) return std::nullopt;
        if (pages < 20 && stage_.interface.tree().find("candidate.next") != nullptr) {
            looks = 0;
            ++pages;
            choosing = tap_each({"candidate.next"});
            return std::nullopt;
        }
        if (std::chrono::steady_clock::now() >= until)
            return Reply{{}, "no such candidate: " + hanzi};
        return std::nullopt;
    };
}

ScriptPlayer::Pending ScriptPlayer::write(const std::string& hanzi, const std::string& strokes) {
    StrokePoints lines;
    for (const auto& stroke : split(strokes, ' ')) {
        auto& line = lines.emplace_back();
        for (const auto& text : split(stroke, '>')) {
            const auto point = point_of(text);
            if (!point) return error("a point is X,Y in hundredths, not " + text);
            line.push_back(*point);
        }
    }
    if (lines.empty()) return error("write HANZI X,Y>X,Y X,Y>X,Y …");
    Pending draw = trace(Role::writing_pad, std::move(lines), [](const Node& pad, Point at) {
        const float side = std::min(pad.rect.w, pad.rect.h) / 100;
        return Point{pad.rect.centre_x() + (at.x - 50) * side,
                     pad.rect.centre_y() + (at.y - 50) * side};
    });
    return in_turn({tap_each({"method.handwriting"}), std::move(draw), choose(hanzi)});
}

// Three strokes across the pad, as a finger would.
ScriptPlayer::Pending ScriptPlayer::sign() {
    static const StrokePoints strokes{
        {{0.2f, 0.3f}, {0.35f, 0.28f}, {0.5f, 0.3f}},
        {{0.35f, 0.25f}, {0.36f, 0.5f}, {0.34f, 0.75f}},
        {{0.55f, 0.7f}, {0.65f, 0.45f}, {0.8f, 0.72f}},
    };
    return trace(Role::signature_pad, strokes, [](const Node& pad, Point at) {
        return Point{pad.rect.x + at.x * pad.rect.w, pad.rect.y + at.y * pad.rect.h};
    });
}

// A finger over the whole panel, row by row, closer than its smallest cells.
ScriptPlayer::Pending ScriptPlayer::sweep() {
    constexpr int rows = 80;
    StrokePoints strokes;
    for (int row = 0; row < rows; ++row) {
        const float y = (static_cast<float>(row) + 0.5F) / rows;
        strokes.push_back({{0.002F, y}, {0.998F, y}});
    }
    return trace(Role::signature_pad, std::move(strokes), [](const Node& pad, Point at) {
        return Point{pad.rect.x + at.x * pad.rect.w, pad.rect.y + at.y * pad.rect.h};
    });
}

// From the upper left to the lower right corner, as along a ruler.
ScriptPlayer::Pending ScriptPlayer::line_across() {
    const StrokePoints strokes{{{0.01F, 0.01F}, {0.5F, 0.5F}, {0.99F, 0.99F}}};
    return trace(Role::signature_pad, strokes, [](const Node& pad, Point at) {
        return Point{pad.rect.x + at.x * pad.rect.w, pad.rect.y + at.y * pad.rect.h};
    });
}

// Each of the five that calibrate the touch, when its turn comes.
ScriptPlayer::Pending ScriptPlayer::crosses() {
    StrokePoints taps;
    for (const auto& cross : domain::set_up::crosses)
        taps.push_back({{static_cast<float>(cross.x), static_cast<float>(cross.y)}});
    return trace(Role::signature_pad, std::move(taps), [](const Node& pad, Point at) {
        return Point{pad.rect.x + at.x * pad.rect.w, pad.rect.y + at.y * pad.rect.h};
    });
}

// One point of a finger each turn; the pad may still be coming.
ScriptPlayer::Pending ScriptPlayer::trace(Role role, StrokePoints strokes,
                                          std::function<Point(const Node&, Point)> place) {
    return [this, role, strokes = std::move(strokes), place = std::move(place),
            stroke = std::size_t{0}, point = std::size_t{0},
            until = deadline()]() mutable -> std::optional<Reply> {
        const auto& nodes = stage_.interface.tree().nodes();
        const auto pad = std::find_if(nodes.begin(), nodes.end(),
                                      [&](const Node& node) { return node.role == role; });
        if (pad == nodes.end()) {
            if (std::chrono::steady_clock::now() >= until)
                return Reply{{},
                             "no " + std::string(ui::widgets::name(role)) + " on page " + page()};
            return std::nullopt;
        }
        if (stroke == strokes.size()) return Reply{};
        const auto& line = strokes[stroke];
        if (point < line.size()) {
            const auto at = place(*pad, line[point]);
            if (point == 0) {
                stage_.touch_clock.forward(hand_comes);
                stage_.interface.press(at.x, at.y);
            } else {
                stage_.interface.move(at.x, at.y);
            }
            ++point;
        } else {
            stage_.interface.release();
            ++stroke;
            point = 0;
        }
        return std::nullopt;
    };
}

}  // namespace app::training
