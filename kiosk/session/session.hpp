// One immutable Session: who is here and where they are. Personal data lives only inside the state
// alternatives that need it; going back to Idle{} is the wipe. step() is the only function that
// makes a new one.
#pragma once

#include "base/clock.hpp"
#include "base/locale.hpp"
#include "domain/cabinet.hpp"
#include "domain/comfort.hpp"
#include "domain/identifiers.hpp"
#include "flows/book/book_states.hpp"
#include "flows/check_face/check_face_states.hpp"
#include "flows/choose_service/choose_service_states.hpp"
#include "flows/fill_form/fill_form_states.hpp"
#include "flows/hand_in/hand_in_states.hpp"
#include "flows/identify_citizen/identify_states.hpp"
#include "flows/maintain/maintain_states.hpp"
#include "flows/pay/pay_states.hpp"
#include "flows/print_proof/print_proof_states.hpp"
#include "flows/review_and_sign/other_ways_states.hpp"
#include "flows/review_and_sign/review_and_sign_states.hpp"
#include "flows/scan_code/scan_code_states.hpp"
#include "flows/set_up/set_up_states.hpp"
#include "flows/speak_up/speak_up_states.hpp"
#include "flows/suspend/suspend_states.hpp"
#include "flows/take_along/take_along_states.hpp"
#include "flows/track_progress/track_progress_states.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace session {

// One a line, so that parts of the journey come and go without touching one another.
// clang-format off
using State = std::variant<
    flows::Idle,
    flows::ChoosingService,
    flows::SearchingService,
    flows::ReadingColumn,
    flows::ReadingDocuments,
    flows::ReadingGuide,
    flows::TakingAlong,
    flows::CheckingTrade,
    flows::ReadingNotice,
    flows::AwaitingCard,
    flows::CardRefused,
    flows::ConfirmingIdentity,
    flows::ConsideringFace,
    flows::CheckingFace,
    flows::FaceNotMatched,
    flows::AnsweringSituation,
    flows::NotEligible,
    flows::FillingForm,
    flows::CheckingMaterials,
    flows::Reviewing,
    flows::SigningLetter,
    flows::ChoosingWay,
    flows::TakingThumbPrint,
    flows::AwaitingWitness,
    flows::WitnessSigning,
    flows::ViewingLetter,
    flows::HandingIn,
    flows::HandInProblem,
    flows::TakingCard,
    flows::CardLeft,
    flows::ShowingReceipt,
    flows::AskingForProof,
    flows::NoProof,
    flows::ShowingProof,
    flows::PrintingProof,
    flows::Rating,
    flows::Farewell,
    flows::ChoosingProgressWay,
    flows::EnteringCode,
    flows::AskingProgress,
    flows::ShowingProgress,
    flows::SpeakingUp,
    flows::KeepingVoice,
    flows::VoiceProblem,
    flows::VoiceKept,
    flows::AskingReplies,
    flows::ShowingReplies,
    flows::AskingDue,
    flows::ShowingDue,
    flows::ReadingDue,
    flows::AskingOrder,
    flows::ShowingPayCode,
    flows::PaymentKnown,
    flows::AskingBooking,
    flows::Booking,
    flows::BookingNotPossible,
    flows::Suspended,
    flows::TechnicianSigningIn,
    flows::TechnicianOverview,
    flows::TechnicianLooking,
    flows::TechnicianCourier,
    flows::TechnicianPausing,
    flows::TechnicianAsked,
    flows::TechnicianCleaning,
    flows::SettingUp>;
// clang-format on

// Over the state, never instead of it.
enum class Overlay {
    none,
    help,
    comfort,
    still_there,
    leave,
    curtain,
    comfort_code,  // the settings as a code to take along
    comfort_scan   // the camera looks for such a code
};

// How many of this session's touches came quickly after the one before, and how many slowly.
struct TouchPace {
    int quick = 0, slow = 0;
};

// Room on the disk that the form which is open has, or has asked for.
struct Room {
    domain::SubId sub_id;
    domain::Ticket ticket;
};

struct Session {
    domain::SessionId id = 0;
    domain::RequestId last_request = 0;
    base::Locale locale = base::Locale::zh;
    domain::Comfort comfort{};
    domain::Comfort found{};  // how whoever comes finds the terminal: quieter in quiet hours
    bool card_present =
        false;  // a card was read and has not been taken away, as far as the reader tells
    bool card_unread = false;  // a card that could not be read lies there
    bool card_watched = true;  // the reader will tell when it is taken
    Overlay overlay = Overlay::none;
    base::Instant last_touch{};
    TouchPace pace;
    base::Instant warned{};  // when still_there came up
    flows::CodeScan scan;
    bool settings_came = false;  // by a code, just now: the settings' page says so
    // 长辈模式 is offered once, on the page that follows the card (UX-201); unanswered it goes.
    bool elder_offered = false;
    std::optional<base::Instant> elder_offer;
    // Nobody has stood there since then, as far as a sensor tells.
    std::optional<base::Instant> nobody_since;
    bool nobody = false;         // the sensor saw the last one go; what it says outlives a session
    domain::PowerLevel power{};  // as told last; outlives a session
    bool revoked = false;        // as the post told last; outlives a session
    // What was tried in this session, the newest last: names of pages and words of faults, nothing
    // of a person. Goes along with 办不成事 only when the citizen wants that.
    std::vector<std::string> tried;
    std::optional<Room> room;  // given back when the state does not hold its submission any more
    // The privacy curtain is down: what the page shows is neither drawn nor spoken (UX-069).
    std::optional<base::Instant> hidden_since;
    State state;

    // The language and the comfort of a terminal nobody has touched.
    bool as_found() const { return locale == base::Locale::zh && comfort == found; }
    bool hidden() const { return hidden_since.has_value(); }
    void lift_curtain() {
        hidden_since.reset();
        if (overlay == Overlay::curtain) overlay = Overlay::none;
    }
    bool idle() const { return std::holds_alternative<flows::Idle>(state); }
};

// The stable name of a state, for logs, tests and transitions.md.
const char* name(const State& state);
// The person the state knows, if any.
const base::Secret<domain::CitizenIdentity>* person_of(const State& state);
// The submission that the state is about, once its form was opened.
const domain::SubId* submission_of(const State& state);
// Whether the state has the camera, and keeps it under a page that lies over it: the face
// comparison, the picture of a thumb print.
bool uses_camera(const State& state);
// What lies below the technician's pages; none: it is no page of theirs.
const flows::Below* below(const State& state);
flows::Below* below(State& state);
// Who is signed in there.
const domain::Technician* technician_of(const State& state);
// Whether the way to 咨询、投诉建议 may lead away from there: nothing is lost and no device works.
bool may_speak_up(const State& state);
// Whether the page of this state shows something about one person.
bool shows_a_person(const State& state);

}  // namespace session
