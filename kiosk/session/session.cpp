#include "session/session.hpp"

namespace session {

namespace {

struct Name {
    const char* operator()(const flows::Idle&) const { return "home"; }
    const char* operator()(const flows::ChoosingService&) const { return "services"; }
    const char* operator()(const flows::SearchingService&) const { return "search"; }
    const char* operator()(const flows::ReadingColumn&) const { return "column"; }
    const char* operator()(const flows::ReadingDocuments&) const { return "documents"; }
    const char* operator()(const flows::ReadingGuide&) const { return "guide"; }
    const char* operator()(const flows::TakingAlong&) const { return "take_along"; }
    const char* operator()(const flows::CheckingTrade&) const { return "trade_check"; }
    const char* operator()(const flows::ReadingNotice&) const { return "notice"; }
    const char* operator()(const flows::AwaitingCard&) const { return "place_card"; }
    const char* operator()(const flows::CardRefused&) const { return "card_refused"; }
    const char* operator()(const flows::ConfirmingIdentity&) const { return "confirm_identity"; }
    const char* operator()(const flows::ConsideringFace&) const { return "face_consent"; }
    const char* operator()(const flows::CheckingFace&) const { return "face_check"; }
    const char* operator()(const flows::FaceNotMatched&) const { return "face_not_matched"; }
    const char* operator()(const flows::AnsweringSituation&) const { return "situation"; }
    const char* operator()(const flows::NotEligible&) const { return "not_eligible"; }
    const char* operator()(const flows::FillingForm&) const { return "form"; }
    const char* operator()(const flows::CheckingMaterials&) const { return "materials"; }
    const char* operator()(const flows::Reviewing&) const { return "review"; }
    const char* operator()(const flows::SigningLetter&) const { return "letter"; }
    const char* operator()(const flows::ChoosingWay&) const { return "letter_ways"; }
    const char* operator()(const flows::TakingThumbPrint&) const { return "letter_thumb"; }
    const char* operator()(const flows::AwaitingWitness&) const { return "letter_witness"; }
    const char* operator()(const flows::WitnessSigning&) const { return "letter_witness_sign"; }
    const char* operator()(const flows::ViewingLetter&) const { return "letter_view"; }
    const char* operator()(const flows::HandingIn&) const { return "handing_in"; }
    const char* operator()(const flows::HandInProblem&) const { return "hand_in_problem"; }
    const char* operator()(const flows::TakingCard&) const { return "take_card"; }
    const char* operator()(const flows::CardLeft&) const { return "card_left"; }
    const char* operator()(const flows::ShowingReceipt&) const { return "receipt"; }
    const char* operator()(const flows::AskingForProof&) const { return "proof_wait"; }
    const char* operator()(const flows::NoProof&) const { return "proof_none"; }
    const char* operator()(const flows::ShowingProof&) const { return "proof"; }
    const char* operator()(const flows::PrintingProof&) const { return "proof_printing"; }
    const char* operator()(const flows::Rating&) const { return "rating"; }
    const char* operator()(const flows::Farewell&) const { return "goodbye"; }
    const char* operator()(const flows::ChoosingProgressWay&) const { return "progress_way"; }
    const char* operator()(const flows::EnteringCode&) const { return "progress_code"; }
    const char* operator()(const flows::AskingProgress&) const { return "progress_wait"; }
    const char* operator()(const flows::ShowingProgress&) const { return "progress"; }
    const char* operator()(const flows::SpeakingUp&) const { return "speak_up"; }
    const char* operator()(const flows::KeepingVoice&) const { return "voice_keeping"; }
    const char* operator()(const flows::VoiceProblem&) const { return "voice_problem"; }
    const char* operator()(const flows::VoiceKept&) const { return "voice_kept"; }
    const char* operator()(const flows::AskingReplies&) const { return "replies_wait"; }
    const char* operator()(const flows::ShowingReplies&) const { return "replies"; }
    const char* operator()(const flows::AskingDue&) const { return "pay_wait"; }
    const char* operator()(const flows::ShowingDue&) const { return "pay_due"; }
    const char* operator()(const flows::ReadingDue&) const { return "pay_fee"; }
    const char* operator()(const flows::AskingOrder&) const { return "pay_order"; }
    const char* operator()(const flows::ShowingPayCode&) const { return "pay_code"; }
    const char* operator()(const flows::PaymentKnown&) const { return "pay_result"; }
    const char* operator()(const flows::AskingBooking&) const { return "booking_wait"; }
    const char* operator()(const flows::Booking&) const { return "booking"; }
    const char* operator()(const flows::BookingNotPossible&) const { return "booking_problem"; }
    const char* operator()(const flows::Suspended&) const { return "suspended"; }
    const char* operator()(const flows::TechnicianSigningIn&) const { return "maintain_sign_in"; }
    const char* operator()(const flows::TechnicianOverview&) const { return "maintain_overview"; }
    const char* operator()(const flows::TechnicianLooking&) const { return "maintain_look"; }
    const char* operator()(const flows::TechnicianCourier&) const { return "maintain_courier"; }
    const char* operator()(const flows::TechnicianPausing&) const { return "maintain_pause"; }
    const char* operator()(const flows::TechnicianAsked&) const { return "maintain_ask"; }
    const char* operator()(const flows::TechnicianCleaning&) const { return "maintain_clean"; }
    const char* operator()(const flows::SettingUp&) const { return "set_up"; }
};

}  // namespace

const char* name(const State& state) {
    return std::visit(Name{}, state);
}

namespace {

struct PersonIn {
    using Person = const base::Secret<domain::CitizenIdentity>*;
    Person operator()(const flows::TakingAlong& here) const { return std::visit(*this, here.from); }
    template <class Other>
    Person operator()(const Other& here) const {
        if constexpr (requires { here.journey.person; })
            return &here.journey.person;
        else if constexpr (requires { here.letter.journey.person; })
            return &here.letter.journey.person;
        else if constexpr (requires { here.submission.application.person; })
            return &here.submission.application.person;
        else if constexpr (requires { here.talk.person; })
            return &here.talk.person;
        else if constexpr (requires { here.person; })
            return &here.person;
        else
            return nullptr;
    }
};

struct SubmissionIn {
    const domain::SubId* operator()(const flows::TakingAlong& here) const {
        return std::visit(*this, here.from);
    }
    template <class Other>
    const domain::SubId* operator()(const Other& here) const {
        if constexpr (requires { here.journey.sub_id; })
            return &here.journey.sub_id;
        else if constexpr (requires { here.letter.journey.sub_id; })
            return &here.letter.journey.sub_id;
        else if constexpr (requires { here.submission.sub_id; })
            return &here.submission.sub_id;
        else
            return nullptr;
    }
};

}  // namespace

const base::Secret<domain::CitizenIdentity>* person_of(const State& state) {
    return std::visit(PersonIn{}, state);
}

const domain::SubId* submission_of(const State& state) {
    return std::visit(SubmissionIn{}, state);
}

bool uses_camera(const State& state) {
    if (const auto* thumb = std::get_if<flows::TakingThumbPrint>(&state))
        return thumb->consented && !thumb->print;
    if (const auto* wizard = std::get_if<flows::SettingUp>(&state))
        return wizard->page == flows::SettingUp::Page::question &&
               wizard->decision == domain::set_up::Decision::camera;
    return std::holds_alternative<flows::CheckingFace>(state);
}

flows::Below* below(State& state) {
    return std::visit(
        [](auto& here) -> flows::Below* {
            if constexpr (requires { here.below; })
                return &here.below;
            else
                return nullptr;
        },
        state);
}
const flows::Below* below(const State& state) {
    return below(const_cast<State&>(state));
}

const domain::Technician* technician_of(const State& state) {
    return std::visit(
        [](const auto& here) -> const domain::Technician* {
            if constexpr (requires { here.who; })
                return &here.who;
            else
                return nullptr;
        },
        state);
}

bool may_speak_up(const State& state) {
    return std::visit(
        [](const auto& here) {
            using S = std::decay_t<decltype(here)>;
            using namespace flows;
            return std::is_same_v<S, Idle> || std::is_same_v<S, ChoosingService> ||
                   std::is_same_v<S, SearchingService> || std::is_same_v<S, ReadingColumn> ||
                   std::is_same_v<S, ReadingDocuments> || std::is_same_v<S, ReadingGuide> ||
                   std::is_same_v<S, ReadingNotice> || std::is_same_v<S, CardRefused> ||
                   std::is_same_v<S, FaceNotMatched> || std::is_same_v<S, NotEligible> ||
                   std::is_same_v<S, ChoosingProgressWay> || std::is_same_v<S, EnteringCode> ||
                   std::is_same_v<S, ShowingProgress> || std::is_same_v<S, ShowingReplies>;
        },
        state);
}

bool shows_a_person(const State& state) {
    const auto* person = person_of(state);
    if (person != nullptr && *person) return true;
    // Asked by the slip: no name is known here, but what is shown is one person's matter.
    return std::holds_alternative<flows::EnteringCode>(state) ||
           std::holds_alternative<flows::ShowingProgress>(state) ||
           std::holds_alternative<flows::SpeakingUp>(state) ||
           std::holds_alternative<flows::ShowingReplies>(state);
}

}  // namespace session
