// How much of a roll the slips of this terminal take: a few bytes beside the ledger of slips, so
// that a roll can be foretold by what is printed here and not by a guess. Of no weight: a file that
// is missing or torn only means that no length is known. Values and pure rules.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace drivers::printer {

struct RollUse {
    std::int64_t slips = 0, millimetres = 0;  // of all of them

    bool known() const { return slips > 0 && millimetres > 0; }
    // One more. What was long ago counts less and less.
    void add(std::int64_t millimetres_of_slip);
    friend bool operator==(const RollUse&, const RollUse&) = default;
};

// Where it lies beside a ledger.
std::string roll_use_file(const std::string& ledger_file);
std::string as_text(const RollUse& use);
RollUse read_roll_use(std::string_view text);  // anything wrong: nothing known

// Slips of a new roll of so many metres; 0: not known.
std::int64_t slips_of_a_roll(const RollUse& use, int metres);

}  // namespace drivers::printer
