#include "domain/cabinet.hpp"

namespace domain {

namespace {

template <std::size_t size, class Value>
std::string_view word(const std::array<std::string_view, size>& words, Value value) {
    return words.at(static_cast<std::size_t>(value));
}

constexpr std::array<std::string_view, 3> doors{"service", "paper", "tamper"};
constexpr std::array<std::string_view, lamp_count> lamps{"id_card_reader", "document_printer",
                                                         "camera", "receipt_printer"};
constexpr std::array<std::string_view, 4> lamp_states{"off", "slow", "quick", "continuous"};
constexpr std::array<std::string_view, cabinet_line_count> lines{
    "presence", "service_door", "paper_door", "tamper",     "headphones",
    "key_next", "key_previous", "key_select", "key_repeat", "key_help"};
constexpr std::array<std::string_view, 4> levels{"mains", "battery", "low", "critical"};

}  // namespace

std::string_view name(Door door) {
    return word(doors, door);
}
std::string_view name(Lamp lamp) {
    return word(lamps, lamp);
}
std::string_view name(LampState state) {
    return word(lamp_states, state);
}
std::string_view name(CabinetLine line) {
    return word(lines, line);
}
std::string_view name(PowerLevel level) {
    return word(levels, level);
}

}  // namespace domain
