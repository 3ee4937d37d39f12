// A wireless network as the wizard joins it: its name, its passphrase and what came of it. WPA2 and
// WPA3 for persons only. Pure; any thread.
#pragma once

#include "base/message_id.hpp"

#include <optional>
#include <string_view>

namespace domain::set_up {

// IEEE 802.11: 1 … 32 bytes; here text without control characters.
inline constexpr std::size_t network_name_bytes_max = 32;
bool is_network_name(std::string_view name);
// IEEE 802.11i: 8 … 63 characters of ASCII that can be printed.
inline constexpr std::size_t passphrase_least = 8, passphrase_most = 63;
bool is_passphrase(std::string_view text);

enum class JoinOutcome {
    joined,
    wrong_passphrase,
    no_such_network,
    no_adapter,   // or it is switched off
    no_manager,   // nmcli or NetworkManager is not there
    not_allowed,  // to whoever asked
    failed        // anything else: too far, no address, no answer in time
};
// joined, wrong_passphrase, …
std::string_view name(JoinOutcome outcome);
// For the technician; of `joined` with {name}.
base::MessageId sentence(JoinOutcome outcome);
std::optional<JoinOutcome> join_outcome_from(std::string_view word);

}  // namespace domain::set_up
