#include "tree_text.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

namespace trees {

namespace {

std::string one_line(std::string text) {
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos;)
        text.replace(at, 1, "⏎");
    return text;
}

std::string place(const Thing& t) {
    return "[" + std::to_string(t.x) + " " + std::to_string(t.y) + " " + std::to_string(t.w) + " " +
           std::to_string(t.h) + "]";
}

bool read_place(const std::string& text, Thing& out) {
    std::istringstream in(text);
    char open = 0;
    return static_cast<bool>(in >> open >> out.x >> out.y >> out.w >> out.h) && open == '[';
}

// elder/zh/portrait → zh
std::string language_of(const std::string& variant) {
    const auto from = variant.find('/') + 1;
    return variant.substr(from, variant.find('/', from) - from);
}

// The role and id, without the text: what makes it the same thing with other words.
std::string id_of(const Thing& thing) {
    return thing.what.substr(0, thing.what.find(" “"));
}

}  // namespace

std::vector<Thing> things_of(const std::vector<ui::widgets::Node>& nodes) {
    std::vector<Thing> out;
    ui::theme::Rect room;
    std::string keys;
    const auto thing = [](std::string what, const ui::theme::Rect& r) {
        const auto n = [](float value) { return static_cast<int>(std::lround(value)); };
        return Thing{std::move(what), n(r.x), n(r.y), n(r.w), n(r.h)};
    };
    for (const auto& node : nodes) {
        if (node.role == ui::widgets::Role::key || node.role == ui::widgets::Role::candidate) {
            room = room.joined(node.rect);
            keys += " " + (node.text.empty() ? node.id : node.text);
            continue;
        }
        std::string what = std::string(name(node.role)) + " " + node.id;
        if (node.selected) what += " selected";
        if (!node.enabled) what += " disabled";
        what += " “" + one_line(node.text) + "”";
        if (!node.value.empty()) what += " = " + one_line(node.value);
        out.push_back(thing(std::move(what), node.rect));
    }
    if (!keys.empty()) out.push_back(thing("keys “" + one_line(keys.substr(1)) + "”", room));
    return out;
}

std::string as_text(const std::vector<Variant>& variants) {
    std::string out;
    std::map<std::string, std::map<std::string, std::size_t>> numbers;  // language → thing → number
    for (const Variant& variant : variants) {
        out += "== " + variant.name + "\n";
        auto& known = numbers[language_of(variant.name)];
        for (const Thing& thing : variant.things) {
            const auto [at, fresh] = known.try_emplace(thing.what, known.size() + 1);
            out += std::to_string(at->second) + " " + place(thing);
            if (fresh) out += " " + thing.what;
            out += "\n";
        }
    }
    return out;
}

std::vector<Variant> from_text(const std::string& text) {
    std::vector<Variant> out;
    std::map<std::string, std::map<int, std::string>> known;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("== ")) {
            out.push_back({line.substr(3), {}});
            continue;
        }
        const auto open = line.find('['), close = line.find(']');
        if (out.empty() || open == std::string::npos || close == std::string::npos) continue;
        Thing thing;
        if (!read_place(line.substr(open), thing)) continue;
        const int number = std::atoi(line.c_str());
        auto& words = known[language_of(out.back().name)];
        if (close + 2 <= line.size()) words[number] = line.substr(close + 2);
        thing.what = words[number];
        out.back().things.push_back(std::move(thing));
    }
    return out;
}

std::vector<std::string> differences(const std::vector<Variant>& expected,
                                     const std::vector<Variant>& actual, std::size_t limit) {
    std::vector<std::string> out;
    const auto say = [&](const std::string& words) {
        if (out.size() < limit) out.push_back(words);
    };
    for (const Variant& was : expected)
        if (std::none_of(actual.begin(), actual.end(),
                         [&](const Variant& is) { return is.name == was.name; }))
            say(was.name + " vanished");
    for (const Variant& is : actual) {
        const auto was = std::find_if(expected.begin(), expected.end(),
                                      [&](const Variant& v) { return v.name == is.name; });
        if (was == expected.end()) {
            say(is.name + " appeared");
            continue;
        }
        // Equal things pair first, then those with the same words, then those with the same id.
        std::vector<Thing> before = was->things, after = is.things;
        const auto pair = [&](auto same, auto tell) {
            for (auto b = before.begin(); b != before.end();) {
                const auto a = std::find_if(after.begin(), after.end(),
                                            [&](const Thing& thing) { return same(*b, thing); });
                if (a == after.end()) {
                    ++b;
                    continue;
                }
                tell(*b, *a);
                after.erase(a);
                b = before.erase(b);
            }
        };
        pair([](const Thing& b, const Thing& a) { return b == a; },
             [](const Thing&, const Thing&) {});
        pair([](const Thing& b, const Thing& a) { return b.what == a.what; },
             [&](const Thing& b, const Thing& a) {
                 say(is.name + ": " + b.what + " moved from " + place(b) + " to " + place(a));
             });
        pair([](const Thing& b, const Thing& a) { return id_of(b) == id_of(a); },
             [&](const Thing& b, const Thing& a) {
                 say(is.name + ": " + b.what + " is now " + a.what);
             });
        for (const Thing& b : before) say(is.name + ": " + b.what + " vanished");
        for (const Thing& a : after) say(is.name + ": " + a.what + " appeared");
    }
    return out;
}

}  // namespace trees
