#pragma once

#include "base/clock.hpp"
#include "base/fault.hpp"
#include "catalogue/application.hpp"
#include "catalogue/voice.hpp"
#include "domain/local_receipt.hpp"
#include "domain/printing.hpp"

#include <optional>
#include <string>
#include <vector>

namespace flows {

// The submission lives here until the post has it, so a failed try can be repeated with the same
// id.
struct HandingIn {
    catalogue::Submission submission;
    domain::Ticket ticket;
    base::Instant since{};
};

// Not kept, or not known whether kept.
struct HandInProblem {
    catalogue::Submission submission;
    base::Fault fault;
    bool unknown = false;
};

enum class Paper { none, printing, printed, problem };

// Both pages after the seal keep the signed letter for a copy the citizen may want; leaving them
// wipes it.
struct TakingCard {
    catalogue::Submission submission;
    domain::LocalReceipt receipt;
    base::Instant since{};
    int calls = 0;  // how often the card was called for
};

// The session is over and wiped, but its card still lies on the reader (UX-105): no next session
// begins over it. Holds no personal data.
struct CardLeft {
    domain::SessionId card_of = 0;  // whose reader request sees the card
    base::Instant since{};
    int calls = 0;
    bool reported = false;
};

struct ShowingReceipt {
    catalogue::Submission submission;
    domain::LocalReceipt receipt;
    domain::Ticket ticket;  // of the newest print
    Paper paper = Paper::none;
    bool letter_printing = false;  // the newest print is the letter
    domain::DeviceKind printer = domain::DeviceKind::document_printer;  // of the newest print
    int page = 0, pages = 1;
    std::optional<base::Fault> fault;
    int prints = 0;
    domain::PaperSlots printed{};  // where some paper came out
    bool in_tray = false;          // the printer sees the paper lie there
    bool emptied = false;          // it saw it go
    bool take_asked = false;       // somebody wanted to go without it
    int paper_calls = 0;           // how often the paper was called for
    base::Instant settled{};  // when the paper last moved: the page's own limit counts from here
};

struct Rating {
    std::string item_code;
    base::Instant since{};       // of the last touch
    domain::PaperSlots paper{};  // where something was printed
    std::string about_case{};    // local number of what was handed in
    // Who rates, so that the answer finds them; not shown, so not called what person_of() looks
    // for.
    base::Secret<domain::CitizenIdentity> rater{};
    int level = 0;  // 0: none chosen yet; nothing is chosen beforehand
    std::vector<std::string> reasons{};
    std::vector<catalogue::VoiceDimension> dimensions{};
    base::SecretText text{};
    bool writing = false;  // the field of the words is open, alone on its page
};

// 清除与再见 (S05): the session is over and wiped; what there is to take, for a few seconds.
struct Farewell {
    base::Instant since{};
    domain::PaperSlots paper{};
    // What became of the rating of whoever leaves.
    enum class Rated { none, keeping, kept, lost };
    Rated rated = Rated::none;
    domain::Ticket ticket{};  // of its keeping
};

}  // namespace flows
