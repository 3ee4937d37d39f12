// What the transitions of the flows write with. Used inside one call of step() only.
#pragma once

#include "domain/masking.hpp"
#include "domain/printing.hpp"
#include "session/step.hpp"

#include <utility>

namespace session {

struct Machine {
    Session& session;
    const World& world;
    Effects effects;

    template <class NewState>
    void go(NewState state) {
        session.state = std::move(state);
    }
    void run(Effect effect) { effects.push_back(std::move(effect)); }

    // A new request; every older one is a stranger from now on.
    domain::Ticket new_ticket() { return {session.id, ++session.last_request}; }

    const catalogue::ServiceItem& item(const std::string& code) const;
    base::Date today() const { return base::local_date(world.now); }

    // Back to Idle: devices stop, the printer forgets, everything of the person goes. While the
    // card still lies there, CardLeft comes in between.
    void end(std::string how);
    // The end of whoever is done: wiped, then told what to take along.
    void say_goodbye(domain::PaperSlots paper);
    // Says 请取走身份证 as often as is due by now; returns how often it was said.
    int call_for_card(base::Instant since, int calls);

    void ask_for_card(flows::Purpose purpose, std::string item_code, std::string notice_at);
    // After the identity is settled: face page if wanted and not settled, else the first question.
    void after_identity(flows::Journey journey);
    // The next question that applies, a kind end, or the form.
    void next_question(flows::Journey journey);
    void reopen_form(flows::Journey journey);  // at its last page that is asked
    void open_form(flows::Journey journey);
    // The page of materials; straight to the review where no paper is asked for (零材料).
    void check_materials(flows::Journey journey);
    // ---- the letter
    catalogue::SignedLetter signed_letter(const flows::SigningLetter& letter) const;
    void say_what_is_missing(flows::SigningLetter letter);
    void ask_for_witness(flows::SigningLetter letter);
    void view_letter(const flows::SigningLetter& letter);
    void hand_in_signed(const flows::SigningLetter& letter,
                        base::Secret<catalogue::Witness> witness);
    void hand_in(catalogue::Submission submission);
    void show_receipt(catalogue::Submission submission, domain::LocalReceipt receipt);
    // What the item's questions say is settled: the centre is asked for the paper.
    void ask_for_proof(flows::Journey journey);
    // What is needed, on paper, and the page that waits for it.
    void print_list(flows::TakingAlong::AskedOn from);
    void ask_booking(flows::BookingTalk talk, domain::booking::Wish wish);
    void ask_progress(flows::AskingProgress request);
    void look_up_receipt(std::string code);  // typed from the slip, or what its QR code says

    // ---- asking, complaining, rating
    void keep_voice(catalogue::Voice voice);
    void keep_rating(const flows::Rating& rating, bool timed_out);
    void ask_replies(flows::AskingReplies request);
    void open_paying(std::string item_code, flows::From from);  // empty: from the first page
    void ask_due(base::Secret<domain::CitizenIdentity> person);

    catalogue::Facts facts(const flows::Journey& journey) const;
};

// One handler per state: true when the event meant something there. States come as copies, because
// a transition replaces the one in the session.
bool handle(const flows::Idle&, const Event&, Machine&);
bool handle(const flows::ChoosingService&, const Event&, Machine&);
bool handle(const flows::SearchingService&, const Event&, Machine&);
bool handle(const flows::ReadingColumn&, const Event&, Machine&);
bool handle(const flows::ReadingDocuments&, const Event&, Machine&);
bool handle(const flows::ReadingGuide&, const Event&, Machine&);
bool handle(const flows::TakingAlong&, const Event&, Machine&);
bool handle(const flows::CheckingTrade&, const Event&, Machine&);
bool handle(const flows::ReadingNotice&, const Event&, Machine&);
bool handle(const flows::AwaitingCard&, const Event&, Machine&);
bool handle(const flows::CardRefused&, const Event&, Machine&);
bool handle(const flows::ConfirmingIdentity&, const Event&, Machine&);
bool handle(const flows::ConsideringFace&, const Event&, Machine&);
bool handle(const flows::CheckingFace&, const Event&, Machine&);
bool handle(const flows::FaceNotMatched&, const Event&, Machine&);
bool handle(const flows::AnsweringSituation&, const Event&, Machine&);
bool handle(const flows::NotEligible&, const Event&, Machine&);
bool handle(const flows::FillingForm&, const Event&, Machine&);
bool handle(const flows::CheckingMaterials&, const Event&, Machine&);
bool handle(const flows::Reviewing&, const Event&, Machine&);
bool handle(const flows::SigningLetter&, const Event&, Machine&);
bool handle(const flows::ChoosingWay&, const Event&, Machine&);
bool handle(const flows::TakingThumbPrint&, const Event&, Machine&);
bool handle(const flows::AwaitingWitness&, const Event&, Machine&);
bool handle(const flows::WitnessSigning&, const Event&, Machine&);
bool handle(const flows::ViewingLetter&, const Event&, Machine&);
bool handle(const flows::HandingIn&, const Event&, Machine&);
bool handle(const flows::HandInProblem&, const Event&, Machine&);
bool handle(const flows::TakingCard&, const Event&, Machine&);
bool handle(const flows::CardLeft&, const Event&, Machine&);
bool handle(const flows::ShowingReceipt&, const Event&, Machine&);
bool handle(const flows::AskingForProof&, const Event&, Machine&);
bool handle(const flows::NoProof&, const Event&, Machine&);
bool handle(const flows::ShowingProof&, const Event&, Machine&);
bool handle(const flows::PrintingProof&, const Event&, Machine&);
bool handle(const flows::Rating&, const Event&, Machine&);
bool handle(const flows::Farewell&, const Event&, Machine&);
bool handle(const flows::ChoosingProgressWay&, const Event&, Machine&);
bool handle(const flows::EnteringCode&, const Event&, Machine&);
bool handle(const flows::AskingProgress&, const Event&, Machine&);
bool handle(const flows::ShowingProgress&, const Event&, Machine&);
bool handle(const flows::SpeakingUp&, const Event&, Machine&);
bool handle(const flows::KeepingVoice&, const Event&, Machine&);
bool handle(const flows::VoiceProblem&, const Event&, Machine&);
bool handle(const flows::VoiceKept&, const Event&, Machine&);
bool handle(const flows::AskingReplies&, const Event&, Machine&);
bool handle(const flows::ShowingReplies&, const Event&, Machine&);
bool handle(const flows::AskingDue&, const Event&, Machine&);
bool handle(const flows::ShowingDue&, const Event&, Machine&);
bool handle(const flows::ReadingDue&, const Event&, Machine&);
bool handle(const flows::AskingOrder&, const Event&, Machine&);
bool handle(const flows::ShowingPayCode&, const Event&, Machine&);
bool handle(const flows::PaymentKnown&, const Event&, Machine&);
bool handle(const flows::AskingBooking&, const Event&, Machine&);
bool handle(const flows::Booking&, const Event&, Machine&);
bool handle(const flows::BookingNotPossible&, const Event&, Machine&);
bool handle(const flows::Suspended&, const Event&, Machine&);
bool handle(const flows::TechnicianSigningIn&, const Event&, Machine&);
bool handle(const flows::TechnicianOverview&, const Event&, Machine&);
bool handle(const flows::TechnicianLooking&, const Event&, Machine&);
bool handle(const flows::TechnicianCourier&, const Event&, Machine&);
bool handle(const flows::TechnicianPausing&, const Event&, Machine&);
bool handle(const flows::TechnicianAsked&, const Event&, Machine&);
bool handle(const flows::TechnicianCleaning&, const Event&, Machine&);
bool handle(const flows::SettingUp&, const Event&, Machine&);

// Doors, power and what the centre says of the terminal come before every page and whatever lies
// over it; true for their events.
bool handle_cabinet(const Event&, Machine&);
// The way to 咨询、投诉建议 and 办不成事, from wherever it stands; true for its event.
bool handle_speaking_up(const Event&, Machine&);
// Remembers where the step led and what failed, for whoever cannot get it done.
void note_what_was_tried(const char* page_before, Machine&);
// The technician's pages come up over what stands there, where they may; true for their event.
bool handle_technician_called(const Event&, Machine&);
// On their pages: what means the same on all of them. Theirs alone, so that nothing of a citizen's
// pages applies to them.
bool handle_maintenance(const Event&, Machine&);
// Signs out: back to what lies below. `how` as in the log event TechnicianLeft.
void leave_maintenance(const char* how, Machine&);
void watch_the_technician(Machine&);
// The battery at its end, a terminal that the centre revoked: as soon as nothing goes on that is
// not to be broken off.
void suspend_where_due(Machine&);

template <class Wanted>
const Wanted* as(const Event& event) {
    return std::get_if<Wanted>(&event);
}

}  // namespace session
