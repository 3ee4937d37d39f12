#include "app/training/gallery/sample_walks.hpp"

namespace app::training::gallery {

using namespace session;
using samples::Walker;
using namespace std::chrono_literals;

namespace {

domain::DeviceHealth broken(base::FaultCode code) {
    return {domain::DeviceState::unavailable, domain::Supply::unknown, base::Fault{code, {}}};
}

Walker item_chosen() {
    return Walker{}.on(ItemChosen{samples::item_code});
}

Walker card_read(const domain::IdCardRecord& card) {
    Walker walker;
    walker.to_card();
    return walker.on(CardRead{walker.in<flows::AwaitingCard>()->ticket,
                              base::Secret<domain::IdCardRecord>(card)});
}

Walker card_failed(base::FaultCode code) {
    Walker walker;
    walker.to_card();
    return walker.on(CardRead{walker.in<flows::AwaitingCard>()->ticket, base::fail(code)});
}

Walker comparing() {
    return Walker{}.to_identity().on(IdentityConfirmed{}).on(FaceConsented{});
}

Walker face_failed(int times) {
    Walker walker = comparing();
    for (int i = 0; i < times; ++i) {
        if (i > 0) walker.on(FaceTriedAgain{}).on(FaceConsented{});
        if (const auto* check = walker.in<flows::CheckingFace>())
            walker.on(FaceChecked{check->ticket,
                                  domain::FaceVerdict{domain::FaceOutcome::no_match, {}, 0.1, 1}});
    }
    return walker;
}

}  // namespace

void Collector::add(std::string name, const Walker& walker, const Change& change) {
    SamplePage page{std::move(name), walker.session, walker.terminal, {}, true};
    page.post.line = domain::Line::offline;
    page.post.taking = true;
    page.terminal.health.id_card_reader.state = domain::DeviceState::ready;
    page.terminal.health.document_printer.state = domain::DeviceState::ready;
    if (change) change(page);
    pages_.push_back(std::move(page));
}

void first_pages(Collector& pages) {
    const Walker home;
    pages.add("home", home);
    pages.add("home_online", home, [](SamplePage& p) { p.post.line = domain::Line::online; });
    pages.add("home_kept", home, [](SamplePage& p) { p.post.unshown = {{"L3K790F261QX"}}; });
    pages.add("home_notice", home, [](SamplePage& p) {
        p.notice = "今天下午三点起停机检修，约两小时，急办请到二楼窗口";
    });
    pages.add("home_code_unknown", Walker{}.with_scanner().scan("x"));
    pages.add("home_code_appointment", Walker{}.with_scanner().scan("CWA1:B20261126-0042"));
    pages.add("home_no_reader", home, [](SamplePage& p) {
        p.terminal.health.id_card_reader = broken(base::FaultCode::CardReaderUnplugged);
    });
    pages.add("home_no_printer", home, [](SamplePage& p) {
        p.terminal.health.document_printer = broken(base::FaultCode::PrinterPaperOut);
    });
    pages.add("home_printer_broken", home, [](SamplePage& p) {
        p.terminal.health.document_printer = broken(base::FaultCode::PrinterAbsent);
    });
    pages.add("home_not_taking", home, [](SamplePage& p) { p.post.taking = false; });
    pages.add("home_no_post", home, [](SamplePage& p) { p.post.line = domain::Line::absent; });
    pages.add("out_of_service", home, [](SamplePage& p) { p.in_service = false; });
    pages.add("home_on_battery", Walker{}.on(PowerChanged{domain::PowerLevel::battery}));
    pages.add("home_battery_low", Walker{}.on(PowerChanged{domain::PowerLevel::low}));
    pages.add("suspended_open", Walker{}.on(DoorOpened{domain::Door::service}));
    pages.add("suspended_card", Walker{}.to_form().on(DoorOpened{domain::Door::tamper}));
    pages.add("suspended_revoked", Walker{}.on(RevocationTold{true}));
    pages.add("suspended_power", Walker{}.on(PowerChanged{domain::PowerLevel::critical}));
    pages.add("guide", item_chosen());
    pages.add("guide_no_reader", item_chosen(), [](SamplePage& p) {
        p.terminal.health.id_card_reader = broken(base::FaultCode::CardReaderUnplugged);
    });
    pages.add("guide_no_printer", item_chosen(), [](SamplePage& p) {
        p.terminal.health.document_printer = broken(base::FaultCode::PrinterPaperOut);
    });
    pages.add("guide_no_face", item_chosen(), [](SamplePage& p) {
        p.terminal.settings.face_check_wanted = true;
        p.terminal.health.camera = broken(base::FaultCode::CameraAbsent);
        p.terminal.health.document_printer = broken(base::FaultCode::PrinterPaperOut);
    });
    for (const auto& [name, page] : {std::pair{"guide_materials", flows::GuidePage::materials},
                                     {"guide_terms", flows::GuidePage::terms},
                                     {"guide_steps", flows::GuidePage::steps},
                                     {"guide_basis", flows::GuidePage::basis}})
        pages.add(name, item_chosen().on(GuidePageOpened{page}));
    pages.add("guide_battery_low", item_chosen().on(PowerChanged{domain::PowerLevel::low}));
    pages.add("notice", item_chosen().on(ItemStarted{}));
    pages.add("notice_progress", Walker{}.on(ProgressOpened{}).on(ProgressByCardChosen{}));
}

void identifying_pages(Collector& pages) {
    using base::FaultCode;
    Walker waiting;
    waiting.to_card();
    pages.add("place_card", waiting);
    pages.add("place_card_slip_printer", Walker{waiting}.with_receipt_printer());
    pages.add("place_card_found",
              Walker{waiting}.on(CardSeen{waiting.in<flows::AwaitingCard>()->ticket}));
    // A card that takes long, and one that nobody places.
    pages.add("place_card_slow",
              Walker{waiting}.on(CardSeen{waiting.in<flows::AwaitingCard>()->ticket}).wait(12s));
    pages.add("place_card_long", Walker{waiting}.wait(31s));
    pages.add("place_card_lifted", card_failed(FaultCode::CardLiftedEarly));
    pages.add("place_card_in_the_way",
              Walker{waiting}.on(CardInTheWay{waiting.in<flows::AwaitingCard>()->ticket}));
    pages.add("card_refused_expired", card_read(samples::expired_card()));
    pages.add("card_refused_foreign", card_read(samples::foreign_card()));
    pages.add("card_refused_child", card_read(samples::child_card()));
    pages.add("card_refused_no_reader", card_failed(FaultCode::CardReaderUnplugged));
    pages.add("confirm_identity", Walker{}.to_identity().on(ElderOfferDeclined{}));
    pages.add("confirm_identity_elder_offer", Walker{}.to_identity());
    pages.add("confirm_identity_unknown_ethnicity",
              card_read(samples::unknown_ethnicity_card()).on(ElderOfferDeclined{}));
    pages.add("face_consent", Walker{}.to_identity().on(IdentityConfirmed{}));
    const Walker check = comparing();
    pages.add("face_check", check);
    domain::FaceMeasures measures;
    measures.guidance = domain::FaceGuidance::hold_still;
    pages.add("face_check_guided",
              Walker{check}.on(FaceGuided{check.in<flows::CheckingFace>()->ticket, measures}));
    measures = {domain::FaceGuidance::turn_left, true, true, true, true};
    pages.add("face_check_movement",
              Walker{check}.on(FaceGuided{check.in<flows::CheckingFace>()->ticket, measures}));
    pages.add("face_not_matched", face_failed(1));
    domain::FaceVerdict unseen;
    unseen.reason = domain::FaceGuidance::liveness_unseen;
    pages.add("face_not_matched_tip",
              Walker{check}.on(FaceChecked{check.in<flows::CheckingFace>()->ticket, unseen}));
    pages.add("face_not_matched_thrice", face_failed(flows::face_tries_allowed));
    pages.add("face_unavailable",
              Walker{check}.on(FaceChecked{check.in<flows::CheckingFace>()->ticket,
                                           base::fail(FaultCode::CameraAbsent)}));
    // Every question, and every kind end a first or last answer leads to.
    Walker asking;
    asking.to_questions();
    while (const auto* at = asking.in<flows::AnsweringSituation>()) {
        const std::string question = at->question;
        pages.add("situation_" + question, asking);
        for (const auto& known : samples::pack().find_item(samples::item_code)->situation) {
            if (known.id != question) continue;
            for (const auto& option : known.options) {
                const Walker ended = Walker{asking}.on(QuestionAnswered{question, option.value});
                if (ended.in<flows::NotEligible>())
                    pages.add("not_eligible_" + option.value, ended);
            }
            asking.on(QuestionAnswered{question, known.options.front().value});
        }
    }
    Walker young = card_read(samples::young_card());
    young.on(IdentityConfirmed{}).on(FaceRefused{});
    while (const auto* at = young.in<flows::AnsweringSituation>()) {
        const std::string question = at->question;
        for (const auto& known : samples::pack().find_item(samples::item_code)->situation)
            if (known.id == question)
                young.on(QuestionAnswered{question, known.options.front().value});
    }
    pages.add("not_eligible_too_young", young);
}

}  // namespace app::training::gallery
