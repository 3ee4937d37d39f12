#pragma once

#include "base/clock.hpp"
#include "base/fault.hpp"
#include "domain/printing.hpp"
#include "domain/proof_paper.hpp"
#include "flows/hand_in/hand_in_states.hpp"
#include "flows/journey.hpp"

#include <optional>

namespace flows {

// The centre is asked for the paper. The journey's sub_id names the request: one session prints one
// paper, and asking again, or for another period, counts no second copy.
struct AskingForProof {
    Journey journey;
    domain::Ticket ticket;
    base::Instant since{};
};

// There is none, and why.
struct NoProof {
    enum class Why { none, not_now, used_up, no_line, not_genuine, not_understood, face_wanted };
    Journey journey;
    Why why{};
    std::optional<base::Fault> fault{};
};

// What another try may mend: no line, an answer that made no sense, a paper that came damaged.
inline bool may_ask_again(const NoProof& page) {
    switch (page.why) {
        case NoProof::Why::no_line:
        case NoProof::Why::not_genuine:
        case NoProof::Why::not_understood:
        case NoProof::Why::not_now:
            return true;
        case NoProof::Why::none:
        case NoProof::Why::used_up:
        case NoProof::Why::face_wanted:
            return false;
    }
    return false;
}

// What will be printed.
struct ShowingProof {
    Journey journey;
    domain::ProofPaper proof;
};

// The paper state is as on the receipt's page. The same bytes are printed again when nothing came
// out: no other copy is asked for.
struct PrintingProof {
    Journey journey;
    domain::ProofPaper proof;
    domain::Ticket ticket;  // of the newest print
    Paper paper = Paper::printing;
    domain::DeviceKind printer = domain::DeviceKind::document_printer;
    int page = 0, pages = 1;
    std::optional<base::Fault> fault{};
    domain::PaperSlots printed{};  // where some paper came out
    bool in_tray = false;          // the printer sees the paper lie there
    bool emptied = false;          // it saw it go
    bool take_asked = false;       // somebody wanted to go without it
    int paper_calls = 0;           // how often the paper was called for
    base::Instant settled{};       // when the paper last moved
};

// Nothing at all came out, as far as is known: the same bytes may go again. What may lie in the
// tray half is not printed a second time.
inline bool may_print_again(const PrintingProof& page) {
    return page.paper == Paper::problem && page.fault.has_value() && page.page == 0;
}

}  // namespace flows
