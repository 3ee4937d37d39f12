#include "provisioning/config/cabinet_section.hpp"

#include "base/message_id.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <sstream>
#include <string>

namespace provisioning::config {

namespace {

using base::MessageId;
using domain::CabinetLine;
using domain::CabinetSettings;

constexpr int not_wired = -1, most_lines = 1023;

// One line of the chip; two things on the same line are reported.
void read_line(SectionReader& section, const std::string& key, std::optional<unsigned>& out,
               std::set<int>& taken) {
    int offset = not_wired;
    section.whole_number(key, offset, not_wired, most_lines);
    if (offset == not_wired) return;
    if (!taken.insert(offset).second)
        section.report(key, std::to_string(offset),
                       in_chinese(MessageId::config_expects_free_line));
    out = static_cast<unsigned>(offset);
}

void read_active_low(SectionReader& section, CabinetSettings& out) {
    std::string words;
    section.text("active_low", words, Presence::optional);
    std::istringstream in(words);
    for (std::string word; in >> word;) {
        bool known = word == "lamps";
        if (known) out.lamps_active_low = true;
        for (std::size_t i = 0; i < domain::cabinet_line_count; ++i) {
            if (name(static_cast<CabinetLine>(i)) != word) continue;
            out.active_low.set(i);
            known = true;
        }
        if (!known)
            section.report("active_low", word, in_chinese(MessageId::config_expects_line_names));
    }
}

bool read_hex(std::string_view text, std::uint16_t& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, 16);
    return text.size() == 4 && error == std::errc{} && end == text.data() + text.size();
}

void read_usb_id(SectionReader& section, CabinetSettings& out) {
    std::string id;
    section.text("usb_id", id, Presence::optional);
    if (out.board != CabinetSettings::Board::usb && id.empty()) return;
    const bool fits = id.size() == 9 && id[4] == ':' &&
                      read_hex(std::string_view(id).substr(0, 4), out.usb_vendor) &&
                      read_hex(std::string_view(id).substr(5), out.usb_product);
    if (!fits) section.report("usb_id", id, in_chinese(MessageId::config_expects_usb_id));
}

// It becomes the one argument of upsc: no option, and no other machine than this.
bool is_ups_here(std::string_view name) {
    const auto at = name.find('@');
    if (at != std::string_view::npos) {
        const auto host = name.substr(at + 1);
        if (host != "localhost" && host != "127.0.0.1") return false;
        name = name.substr(0, at);
    }
    return !name.empty() && name.front() != '-' && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.';
    });
}

void read_ups(SectionReader& section, CabinetSettings& out) {
    section.text("ups", out.ups, Presence::optional);
    if (!out.ups.empty() && !is_ups_here(out.ups))
        section.report("ups", out.ups, in_chinese(MessageId::config_expects_ups));
    section.whole_number("low_percent", out.power.low_percent, 5, 95);
    section.whole_number("low_minutes", out.power.low_minutes, 1, 60);
}

void read_light(SectionReader& section, CabinetSettings& out) {
    section.path("backlight", out.backlight, Presence::optional);
    section.whole_number("bright_percent", out.light.bright_percent, 10, 100);
    section.whole_number("dim_percent", out.light.dim_percent, 5, out.light.bright_percent);
}

}  // namespace

void read_cabinet(SectionReader section, CabinetSettings& out) {
    using Board = CabinetSettings::Board;
    using Bias = CabinetSettings::Bias;
    read_one_of<Board>(section, "board", out.board,
                       {{"none", Board::none}, {"gpio", Board::gpio}, {"usb", Board::usb}});
    section.text("chip", out.chip, Presence::optional);
    if (out.board == Board::gpio && out.chip.empty())
        section.report("chip", in_chinese(MessageId::config_is_empty),
                       in_chinese(MessageId::config_expects_text));
    read_one_of<Bias>(
        section, "bias", out.bias,
        {{"as-is", Bias::as_is}, {"pull-up", Bias::pull_up}, {"pull-down", Bias::pull_down}});
    std::set<int> taken;
    for (std::size_t i = 0; i < domain::cabinet_line_count; ++i)
        read_line(section, std::string(name(static_cast<CabinetLine>(i))) + "_line",
                  out.lines.at(i), taken);
    for (std::size_t i = 0; i < domain::lamp_count; ++i)
        read_line(section, std::string(name(static_cast<domain::Lamp>(i))) + "_lamp",
                  out.lamp_lines.at(i), taken);
    read_active_low(section, out);
    read_usb_id(section, out);
    auto debounce = out.debounce.count();
    section.whole_number("debounce_ms", debounce, 5, 500);
    out.debounce = base::Millis{debounce};
    read_ups(section, out);
    read_light(section, out);
    section.finish();
}

}  // namespace provisioning::config
