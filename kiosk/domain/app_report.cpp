#include "domain/app_report.hpp"

#include "base/bytes.hpp"

#include <algorithm>
#include <array>

namespace domain {

std::string_view name(CommandKind kind) {
    constexpr std::array<std::string_view, command_kind_count> names{"notice", "restart", "reload",
                                                                     "support-bundle"};
    return names.at(static_cast<std::size_t>(kind));
}

std::vector<PartReport> parts_of(const TerminalHealth& health) {
    std::vector<PartReport> out;
    TerminalHealth all = health;
    for (int i = 0; i <= static_cast<int>(DeviceKind::cabinet); ++i) {
        const auto kind = static_cast<DeviceKind>(i);
        const auto& one = part(all, kind);
        if (one.state == DeviceState::unavailable && !one.fault) continue;
        out.push_back({kind, one.state, one.supply,
                       one.fault ? std::string(base::name(one.fault->code)) : std::string{}});
    }
    return out;
}

bool is_report_word(std::string_view text) {
    return !text.empty() && text.size() <= 48 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '.' || c == '-';
    });
}

bool is_notice_text(std::string_view text) {
    return text.size() <= notice_bytes_max && base::is_valid_utf8(text) &&
           std::ranges::none_of(
               text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; });
}

}  // namespace domain
