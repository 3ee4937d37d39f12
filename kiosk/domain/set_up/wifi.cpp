#include "domain/set_up/wifi.hpp"

#include "base/bytes.hpp"

#include <algorithm>
#include <array>

namespace domain::set_up {

namespace {
constexpr std::array<std::string_view, 7> words{"joined",     "wrong_passphrase", "no_such_network",
                                                "no_adapter", "no_manager",       "not_allowed",
                                                "failed"};
}

bool is_network_name(std::string_view name) {
    return !name.empty() && name.size() <= network_name_bytes_max && base::is_valid_utf8(name) &&
           std::ranges::none_of(name, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

bool is_passphrase(std::string_view text) {
    return text.size() >= passphrase_least && text.size() <= passphrase_most &&
           std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

std::string_view name(JoinOutcome outcome) {
    return words.at(static_cast<std::size_t>(outcome));
}

base::MessageId sentence(JoinOutcome outcome) {
    using enum base::MessageId;
    constexpr std::array sentences{set_up_wifi_joined,          set_up_wifi_wrong_passphrase,
                                   set_up_wifi_no_such_network, set_up_wifi_no_adapter,
                                   set_up_wifi_no_manager,      set_up_wifi_not_allowed,
                                   set_up_wifi_failed};
    return sentences.at(static_cast<std::size_t>(outcome));
}

std::optional<JoinOutcome> join_outcome_from(std::string_view word) {
    const auto found = std::ranges::find(words, word);
    if (found == words.end()) return std::nullopt;
    return static_cast<JoinOutcome>(found - words.begin());
}

}  // namespace domain::set_up
