// Is every promise kept that had been made when the power went? Asked of the real outbox, opened on
// what the cut left behind, and then of its tables.
#pragma once

#include "tests/power_loss/cuts/outbox_workload.hpp"

namespace power_loss {

enum class Breach {
    none,
    lost,        // promised, and not there (I1)
    no_body,     // a number, a receipt or a slip without its submission or its tombstone (I4 I5 I9)
    ghost,       // there, but nobody had asked for it, or not as it was asked (I3 I8)
    chain,       // the chain of manifests does not lead to its head (I13)
    corrupt,     // reported as OutboxCorrupt
    unopenable,  // any other fault while opening, or one when work goes on
};
std::string_view name(Breach breach);

struct Verdict {
    Breach breach = Breach::none;
    std::string what;
    explicit operator bool() const { return breach == Breach::none; }
};

// How much is asked. All of it follows from the seed of the cut.
struct Questions {
    bool signatures = false;  // verify every manifest's, and integrity_check
    bool goes_on = false;     // re-offer what was open, accept one more
    bool cut_again = false;   // the power goes once more while the outbox is being opened
};

Verdict check_outbox(const Image& image, const History& history, std::int64_t mark,
                     const Questions& questions, Random& random);

}  // namespace power_loss
