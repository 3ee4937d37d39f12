// Every state of the session, by name: what the table of transitions is played over.
#include "app/training/samples/samples.hpp"

namespace app::training::samples {

using namespace flows;
using namespace session;

namespace {

using Maker = std::pair<const char*, Walker (*)()>;

Walker with_card(domain::IdCardRecord card) {
    Walker walker;
    walker.to_card();
    walker.on(CardRead{walker.in<AwaitingCard>()->ticket,
                       base::Secret<domain::IdCardRecord>(std::move(card))});
    return walker;
}

Walker not_eligible() {
    Walker walker = with_card(young_card());
    walker.on(IdentityConfirmed{}).on(FaceRefused{});
    while (const auto* asking = walker.in<AnsweringSituation>()) {
        const auto question = asking->question;
        for (const auto& known : pack().find_item(item_code)->situation)
            if (known.id == question)
                walker.on(QuestionAnswered{question, known.options.front().value});
    }
    return walker;
}

Walker comparing() {
    return Walker{}.to_identity().on(IdentityConfirmed{}).on(FaceConsented{});
}

Walker not_matched() {
    Walker walker = comparing();
    return walker.on(FaceChecked{walker.in<CheckingFace>()->ticket,
                                 domain::FaceVerdict{domain::FaceOutcome::no_match, {}, 0.1, 1}});
}

Walker handed_in(base::Result<domain::LocalReceipt> result) {
    Walker walker;
    walker.to_sealing();
    return walker.on(SubmissionKept{walker.in<HandingIn>()->ticket, std::move(result)});
}

Walker asking_by_code() {
    return Walker{}
        .on(ProgressOpened{})
        .on(ProgressByCodeChosen{})
        .on(TextTyped{"receipt_code", base::SecretText("L3K790F261QX")})
        .on(CodeSubmitted{});
}

Walker answered() {
    Walker walker = asking_by_code();
    domain::SubmissionStatus status;
    status.delivery = domain::Delivery::received;
    return walker.on(ProgressAnswered{walker.in<AskingProgress>()->ticket, std::vector{status}});
}

Walker looking() {
    return Walker{}.to_technician().on(MaintenanceViewOpened{flows::MaintenanceView::outbox});
}

Walker without_proof(base::Result<domain::ProofAnswer> answer) {
    Walker walker = Walker{}.to_proof_asked();
    return walker.on(ProofAnswered{walker.in<AskingForProof>()->ticket, std::move(answer)});
}

const catalogue::ServiceItem& sample_item() {
    return *pack().find_item(item_code);
}

Walker searching() {
    return Walker{}.on(SearchOpened{}).on(TextTyped{flows::search_field, base::SecretText("lrbt")});
}

Walker at_column() {
    return Walker{}.on(ColumnOpened{pack().columns.at(0).id});
}

Walker at_documents() {
    return at_column().on(ColumnDoorOpened{flows::ColumnDoor::documents});
}

Walker speaking(catalogue::VoiceKind kind) {
    return Walker{}.on(HelpOpened{}).on(SpeakUpOpened{kind});
}

Walker at_words() {
    return speaking(catalogue::VoiceKind::complaint).on(VoiceTopicChosen{"delay"});
}

Walker at_check() {
    return at_words()
        .on(TextTyped{flows::voice_text_field, base::SecretText("等了两个月")})
        .on(VoiceWritten{})
        .on(VoiceUnnamed{});
}

Walker keeping_voice() {
    return at_check().on(VoiceSubmitted{});
}

Walker voice_answered(base::Result<domain::LocalReceipt> result) {
    Walker walker = keeping_voice();
    return walker.on(SubmissionKept{walker.in<flows::KeepingVoice>()->ticket, std::move(result)});
}

Walker asking_replies() {
    Walker walker = asking_by_code();
    domain::SubmissionStatus status;
    status.delivery = domain::Delivery::received;
    status.sub_id = domain::SubId{{1, 2, 3}}.text();
    return walker.on(ProgressAnswered{walker.in<AskingProgress>()->ticket, std::vector{status}})
        .on(RepliesOpened{});
}

Walker replied() {
    Walker walker = asking_replies();
    domain::VoiceReply reply;
    reply.number = "11000101DEM000199Z9990599000000202611220001";
    reply.kind = "complaint";
    reply.state = "replied";
    reply.since = reply.due = base::iso8601_local(morning());
    reply.reply = "已经办好，请带身份证来取。";
    reply.asks = true;
    return walker.on(
        RepliesAnswered{walker.in<flows::AskingReplies>()->ticket, std::vector{reply}});
}

const Maker makers[] = {
    {"home", [] { return Walker{}; }},
    {"services", [] { return Walker{}.on(ServicesOpened{}); }},
    {"services",
     [] { return Walker{}.on(ServicesOpened{}).on(TopicChosen{sample_item().topics.at(0)}); }},
    {"search", [] { return searching(); }},
    {"column", [] { return at_column(); }},
    {"column", [] { return at_column().on(ColumnDoorOpened{flows::ColumnDoor::guides}); }},
    {"documents", [] { return at_documents(); }},
    {"documents",
     [] {
         const auto& column = pack().columns.at(0);
         return at_documents().on(DocumentChosen{column.documents.at(0)});
     }},
    {"guide", [] { return Walker{}.on(ItemChosen{item_code}); }},
    {"guide", [] { return searching().on(ItemChosen{item_code}); }},
    {"guide",
     [] { return Walker{}.on(ItemChosen{item_code}).on(GuidePageOpened{GuidePage::materials}); }},
    {"guide",
     [] { return Walker{}.on(ItemChosen{item_code}).on(GuidePageOpened{GuidePage::take_along}); }},
    {"take_along",
     [] {
         return Walker{}
             .on(ItemChosen{item_code})
             .on(GuidePageOpened{GuidePage::take_along})
             .on(ListPrintWanted{});
     }},
    {"take_along", [] { return Walker{}.to_materials().on(ListPrintWanted{}); }},
    {"trade_check", [] { return Walker{}.on(ItemChosen{"000131128000"}).on(TradeCheckOpened{}); }},
    {"notice", [] { return Walker{}.on(ItemChosen{item_code}).on(ItemStarted{}); }},
    {"place_card", [] { return Walker{}.to_card(); }},
    {"card_refused", [] { return with_card(expired_card()); }},
    {"confirm_identity", [] { return Walker{}.to_identity(); }},
    {"face_consent", [] { return Walker{}.to_identity().on(IdentityConfirmed{}); }},
    {"face_check", comparing},
    {"face_not_matched", not_matched},
    {"situation", [] { return Walker{}.to_questions(); }},
    {"not_eligible", not_eligible},
    {"form", [] { return Walker{}.to_form(); }},
    {"materials", [] { return Walker{}.to_materials(); }},
    {"review", [] { return Walker{}.to_materials().on(MaterialsAccepted{}); }},
    {"letter", [] { return Walker{}.to_letter(); }},
    {"letter_ways", [] { return Walker{}.to_signature().on(OtherWaysOpened{}); }},
    {"letter_thumb", [] { return Walker{}.to_thumb_camera().on(ThumbPictureWanted{}); }},
    {"letter_thumb", [] { return Walker{}.to_thumb_taken(); }},
    {"letter_witness", [] { return Walker{}.to_witness(); }},
    {"letter_witness_sign", [] { return Walker{}.to_witness_signing(); }},
    {"letter_view", [] { return Walker{}.to_signature().on(LetterViewed{}); }},
    {"handing_in", [] { return Walker{}.to_sealing(); }},
    {"hand_in_problem", [] { return handed_in(base::fail(base::FaultCode::PostUnreachable)); }},
    {"take_card", [] { return handed_in(receipt()); }},
    {"card_left", [] { return handed_in(receipt()).wait(std::chrono::seconds{30}); }},
    {"receipt", [] { return Walker{}.to_receipt(); }},
    {"proof_wait", [] { return Walker{}.to_proof_asked(); }},
    {"proof_none", [] { return without_proof(base::fail(base::FaultCode::NetworkUnreachable)); }},
    {"proof_none",
     [] {
         return without_proof(domain::ProofAnswer{domain::ProofOutcome::none, std::nullopt});
     }},
    {"proof", [] { return Walker{}.to_proof(); }},
    {"proof_printing", [] { return Walker{}.to_proof_printing(); }},
    {"rating", [] { return Walker{}.to_receipt().on(ReceiptTaken{}); }},
    {"rating", [] { return Walker{}.to_receipt().on(ReceiptTaken{}).on(Rated{5}); }},
    {"goodbye", [] { return Walker{}.to_receipt().on(ReceiptTaken{}).on(RatingSkipped{}); }},
    {"progress_way", [] { return Walker{}.on(ProgressOpened{}); }},
    {"progress_code", [] { return Walker{}.on(ProgressOpened{}).on(ProgressByCodeChosen{}); }},
    {"progress_wait", asking_by_code},
    {"progress", answered},
    {"speak_up", [] { return speaking(catalogue::VoiceKind::stuck); }},
    {"speak_up", at_words},
    {"speak_up", at_check},
    {"voice_keeping", keeping_voice},
    {"voice_problem", [] { return voice_answered(base::fail(base::FaultCode::DiskFull)); }},
    {"voice_kept", [] { return voice_answered(receipt()); }},
    {"replies_wait", asking_replies},
    {"replies", replied},
    {"pay_wait", [] { return Walker{}.to_due_wait(); }},
    {"pay_due", [] { return Walker{}.to_due(); }},
    {"pay_fee", [] { return Walker{}.to_due().on(DueChosen{0}); }},
    {"pay_order", [] { return Walker{}.to_pay_order(); }},
    {"pay_code", [] { return Walker{}.to_pay_code().ask_whether_paid(); }},
    {"pay_result",
     [] {
         return Walker{}.to_pay_code().ask_whether_paid().pay_answer(domain::PaymentState::paid);
     }},
    {"booking_wait", [] { return Walker{}.to_booking_confirm().on(BookingConfirmed{}); }},
    {"booking", [] { return Walker{}.to_booking(); }},
    {"booking",
     [] {
         auto mine = booking_made();
         mine.points = booking_offices().points;
         return Walker{}.to_booking(std::move(mine));
     }},
    {"booking", [] { return Walker{}.to_booking_days(); }},
    {"booking", [] { return Walker{}.to_booking_confirm(); }},
    {"booking_problem",
     [] {
         return Walker{}
             .to_booking_confirm()
             .on(BookingConfirmed{})
             .booking_answer(base::fail(base::FaultCode::NetworkUnreachable));
     }},
    {"suspended", [] { return Walker{}.to_form().on(DoorOpened{domain::Door::service}); }},
    {"suspended", [] { return Walker{}.on(PowerChanged{domain::PowerLevel::critical}); }},
    {"maintain_sign_in", [] { return Walker{}.on(TechnicianCalled{}); }},
    {"maintain_sign_in", [] { return Walker{}.to_pin(); }},
    {"maintain_sign_in", [] { return Walker{}.to_checking(); }},
    {"maintain_sign_in", [] { return Walker{}.on(TechnicianCalled{}).on(TechnicianByAnswer{}); }},
    {"maintain_overview", [] { return Walker{}.to_technician(); }},
    {"maintain_look", looking},
    {"maintain_courier", [] { return Walker{}.to_technician().on(CourierOpened{}); }},
    {"maintain_courier", [] { return Walker{}.to_stick_work(domain::CourierWork::export_bundle); }},
    {"maintain_pause", [] { return Walker{}.to_technician().on(PauseOpened{}); }},
    {"maintain_ask",
     [] {
         return Walker{}.to_technician().on(MaintenanceAsked{flows::MaintenanceQuestion::restart});
     }},
    {"maintain_clean", [] { return Walker{}.to_technician().on(CleaningWanted{}); }},
    {"set_up", [] { return Walker{}.to_technician().on(SetUpOpened{}); }},
    {"set_up", [] { return Walker{}.to_wizard(); }},
    {"set_up", [] { return Walker{}.to_decision(domain::set_up::Decision::printers); }},
    {"set_up",
     [] {
         return Walker{}.to_decision(domain::set_up::Decision::screen).on(SetUpTestWanted{"touch"});
     }},
    {"suspended", [] { return Walker{}.on(SetUpFound{}); }},
};

}  // namespace

std::size_t state_count() {
    return std::size(makers);
}

NamedSession state(std::size_t index) {
    Session session = makers[index].second().session;
    session.id = waited_for.session;
    session.last_request = waited_for.request;
    if (session.room) session.room->ticket = waited_for;
    std::visit(
        [](auto& here) {
            if constexpr (requires { here.ticket; }) here.ticket = waited_for;
            if constexpr (requires { here.card_of; }) here.card_of = waited_for.session;
            if constexpr (requires { here.card->card_of; })
                if (here.card) here.card->card_of = waited_for.session;
        },
        session.state);
    return {makers[index].first, std::move(session)};
}

std::vector<NamedSession> states() {
    std::vector<NamedSession> out;
    for (std::size_t i = 0; i < state_count(); ++i) out.push_back(state(i));
    return out;
}

}  // namespace app::training::samples
