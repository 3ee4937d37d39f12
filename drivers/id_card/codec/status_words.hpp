// What to do for each SW3 of the module: the one table of GA/T 467 results and our retry rules.
#pragma once

#include "base/fault.hpp"

#include <array>
#include <cstdint>

namespace drivers::id_card {

inline constexpr std::uint8_t sw_success = 0x90;
inline constexpr std::uint8_t sw_card_found = 0x9F;
inline constexpr std::uint8_t sw_no_card = 0x80;
inline constexpr std::uint8_t sw_unknown_command = 0x21;
inline constexpr std::uint8_t sw_card_distrusts_module = 0x31;

enum class NextStep {
    go_on,           // it worked
    resend,          // the link hiccuped: the same command once more
    find_again,      // start over from find while the card lies there
    place_again,     // this card must be lifted and placed again
    give_up,         // no use trying with this card
    out_of_service,  // the module itself is not usable
};

struct StatusWord {
    std::uint8_t sw3;
    NextStep next;
    base::FaultCode fault;  // when it is the end of the request
    const char* word;       // for logs
};

inline constexpr std::array<StatusWord, 21> status_words{{
    {0x90, NextStep::go_on, base::FaultCode::CardReadFailed, "success"},
    {0x9F, NextStep::go_on, base::FaultCode::CardReadFailed, "card_found"},
    {0x91, NextStep::go_on, base::FaultCode::CardReadFailed, "content_absent"},
    {0x10, NextStep::resend, base::FaultCode::CardFrameGarbled, "module_saw_bad_check"},
    {0x11, NextStep::resend, base::FaultCode::CardFrameGarbled, "module_saw_bad_length"},
    {0x21, NextStep::give_up, base::FaultCode::CardReadFailed, "unknown_command"},
    {0x23, NextStep::give_up, base::FaultCode::CardReadFailed, "not_permitted"},
    {0x24, NextStep::find_again, base::FaultCode::CardReadFailed, "unrecognised_error"},
    {0x31, NextStep::place_again, base::FaultCode::CardReadFailed, "card_distrusts_module"},
    {0x32, NextStep::place_again, base::FaultCode::CardReadFailed, "module_distrusts_card"},
    {0x33, NextStep::place_again, base::FaultCode::CardReadFailed, "information_unverified"},
    {0x34, NextStep::find_again, base::FaultCode::CardReadFailed, "no_find_before"},
    {0x37, NextStep::place_again, base::FaultCode::CardReadFailed, "fingerprint_unverified"},
    {0x3F, NextStep::place_again, base::FaultCode::CardReadFailed, "information_length"},
    {0x40, NextStep::give_up, base::FaultCode::CardNotIdCard, "not_an_id_card"},
    {0x41, NextStep::place_again, base::FaultCode::CardReadFailed, "read_failed"},
    {0x47, NextStep::place_again, base::FaultCode::CardReadFailed, "random_failed"},
    {0x80, NextStep::find_again, base::FaultCode::CardLiftedEarly, "no_card"},
    {0x81, NextStep::find_again, base::FaultCode::CardReadFailed, "select_failed"},
    {0x60, NextStep::out_of_service, base::FaultCode::CardReaderModuleFailed, "self_test_failed"},
    {0x66, NextStep::out_of_service, base::FaultCode::CardReaderModuleFailed, "not_authorised"},
}};

constexpr StatusWord status_word(std::uint8_t sw3) {
    for (const auto& row : status_words)
        if (row.sw3 == sw3) return row;
    return {sw3, NextStep::give_up, base::FaultCode::CardReadFailed, "unlisted"};
}

}  // namespace drivers::id_card
