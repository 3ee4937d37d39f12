// The form, the letter, the seal, the receipt, and asking for progress.
#include "app/training/gallery/sample_walks.hpp"
#include "session/inactivity.hpp"

#include <algorithm>

namespace app::training::gallery {

using namespace session;
using base::FaultCode;
using base::SecretText;
using samples::Walker;

namespace {

const std::vector<catalogue::FormPage>& form() {
    return samples::pack().find_item(samples::item_code)->form;
}

// Something of each kind that a person gets wrong.
Walker answered_wrongly(Walker walker) {
    for (const auto& field : form().at(walker.in<flows::FillingForm>()->page).fields) {
        if (field.locked) continue;
        switch (field.type) {
            case catalogue::FieldType::text:
                walker.on(TextTyped{field.key, SecretText("三")});
                break;
            case catalogue::FieldType::phone:
            case catalogue::FieldType::bank_account:
            case catalogue::FieldType::id_number:
            case catalogue::FieldType::name:
            case catalogue::FieldType::credit_code:
            case catalogue::FieldType::money:
            case catalogue::FieldType::date:
            case catalogue::FieldType::plate:
            case catalogue::FieldType::digits:
                walker.on(TextTyped{field.key, SecretText("123")});
                break;
            case catalogue::FieldType::choice:
            case catalogue::FieldType::choices:
            case catalogue::FieldType::division:
                break;
        }
    }
    return walker.on(PageCompleted{});
}

bool has_faults(const Walker& walker) {
    const auto* filling = walker.in<flows::FillingForm>();
    return filling != nullptr && !filling->problems.empty();
}

// The towns of the county, the villages of one town, a place that is in no list, other counties.
void division_lists(Collector& pages, const Walker& walker) {
    for (const auto& field : form().at(walker.in<flows::FillingForm>()->page).fields) {
        if (field.type != catalogue::FieldType::division || field.locked) continue;
        const Walker towns = Walker{walker}.on(FieldFocused{field.key});
        pages.add("form_division", towns);
        const auto& table = samples::pack().divisions;
        const auto under = towns.in<flows::FillingForm>()->place.under;
        Walker villages = towns;
        pages.add("form_division_villages",
                  villages.on(OptionPicked{field.key, table.within(under).front()->code}));
        pages.add("form_division_counties",
                  Walker{towns}.on(OptionPicked{field.key, catalogue::code_above(under)}));
        Walker by_hand = towns;
        pages.add("form_place", by_hand.on(PlaceNotListed{field.key}));
        pages.add("form_place_empty", Walker{by_hand}.on(PageCompleted{}));
        pages.add("form_place_typed", by_hand.on(TextTyped{field.key, SecretText("新桥镇团结村")}));
    }
}

// The pages that are asked of who lives away from the register.
void pages_of_living_elsewhere(Collector& pages) {
    Walker walker;
    walker.to_questions()
        .on(QuestionAnswered{"applicant", "self"})
        .on(QuestionAnswered{"household", "elsewhere"})
        .on(QuestionAnswered{"social_card", "yes"});
    while (const auto* filling = walker.in<flows::FillingForm>()) {
        const auto& page = form().at(filling->page);
        const bool dated =
            std::any_of(page.fields.begin(), page.fields.end(), [](const auto& field) {
                return field.type == catalogue::FieldType::date && !field.locked;
            });
        if (dated) {
            const std::string name = "form_" + page.id;
            pages.add(name, walker);
            pages.add(name + "_empty", Walker{walker}.on(PageCompleted{}));
            pages.add(name + "_wrong", answered_wrongly(walker));
            walker.answer_page();
            pages.add(name + "_answered", walker);
        } else {
            walker.answer_page();
        }
        walker.on(PageCompleted{});
    }
}

Walker handed_in(base::Result<domain::LocalReceipt> result) {
    Walker walker;
    walker.to_sealing();
    return walker.on(SubmissionKept{walker.in<flows::HandingIn>()->ticket, std::move(result)});
}

Walker printed(const base::Result<PrintResult>& result, Walker walker = {}) {
    walker.to_receipt();
    return walker.on(PrintEnded{walker.in<flows::ShowingReceipt>()->ticket, result});
}

Walker asking() {
    return Walker{}
        .on(ProgressOpened{})
        .on(ProgressByCodeChosen{})
        .on(TextTyped{"receipt_code", SecretText("L3K790F261QX")})
        .on(CodeSubmitted{});
}

Walker answer(base::Result<std::vector<domain::SubmissionStatus>> statuses) {
    Walker walker = asking();
    return walker.on(
        ProgressAnswered{walker.in<flows::AskingProgress>()->ticket, std::move(statuses)});
}

domain::SubmissionStatus status(domain::Delivery delivery) {
    domain::SubmissionStatus out;
    out.delivery = delivery;
    out.local_number = "L3K790F261QX";
    out.since = "2026-11-22T09:41:00+08:00";
    if (delivery == domain::Delivery::received) {
        out.case_number = "000101-2026-000123";
        out.item_name = samples::pack().find_item(samples::item_code)->name.in(base::Locale::zh);
    }
    return out;
}

void other_ways(Collector& pages) {
    using catalogue::SignatureWay;
    const Walker ways = Walker{}.to_signature().on(OtherWaysOpened{});
    pages.add("letter_ways", ways);
    Walker by_ear = ways;
    by_ear.terminal.health.speech.state = domain::DeviceState::ready;
    by_ear.on(WayChosen{SignatureWay::read_aloud});
    pages.add("letter_read", by_ear);
    pages.add("letter_read_heard", by_ear.on(PageHeard{}));
    pages.add("letter_thumb", Walker{ways}.on(WayChosen{SignatureWay::thumb}));
    Walker camera = Walker{}.to_thumb_camera();
    pages.add("letter_thumb_camera", camera);
    camera.on(ThumbPictureWanted{});
    pages.add("letter_thumb_blurred",
              camera.on(ThumbPictureTaken{camera.in<flows::TakingThumbPrint>()->ticket,
                                          {domain::PrintQuality::blurred, {}}}));
    const Walker taken = Walker{}.to_thumb_taken();
    pages.add("letter_thumb_taken", taken);
    pages.add("letter_thumb_done", Walker{taken}.on(ThumbConfirmed{}));
    pages.add("letter_mark", Walker{ways}.on(WayChosen{SignatureWay::witnessed}));
    const Walker witness = Walker{}.to_witness();
    pages.add("letter_witness", witness);
    const auto read = [&](domain::IdCardRecord card) {
        return Walker{witness}.on(CardRead{witness.in<flows::AwaitingWitness>()->ticket,
                                           base::Secret<domain::IdCardRecord>(std::move(card))});
    };
    pages.add("letter_witness_same", read(samples::good_card()));
    pages.add("letter_witness_child", read(samples::child_card()));
    pages.add("letter_witness_expired", read(samples::expired_card()));
    pages.add("letter_witness_card", read(samples::young_card()));
    pages.add("letter_witness_sign", Walker{}.to_witness_signing());
    Walker view = Walker{}.to_signature().on(LetterViewed{});
    pages.add("letter_view_drawing", view);
    pages.add("letter_view", view.on(LetterDrawn{view.in<flows::ViewingLetter>()->ticket,
                                                 samples::paper_pages()}));
}

}  // namespace

void form_pages(Collector& pages) {
    Walker walker;
    walker.to_form();
    while (const auto* filling = walker.in<flows::FillingForm>()) {
        const std::string name = "form_" + form().at(filling->page).id;
        pages.add(name, walker);
        division_lists(pages, walker);
        if (const Walker empty = Walker{walker}.on(PageCompleted{}); has_faults(empty))
            pages.add(name + "_empty", empty);
        if (const Walker wrong = answered_wrongly(walker); has_faults(wrong))
            pages.add(name + "_wrong", wrong);
        walker.answer_page();
        pages.add(name + "_answered", walker);
        walker.on(PageCompleted{});
    }
    pages.add("materials", walker);
    walker.on(MaterialsAccepted{});
    pages.add("review", walker);
    pages.add("form_reopened", walker.on(PageReopened{1}));
    pages_of_living_elsewhere(pages);
}

void signing_pages(Collector& pages) {
    Walker letter = Walker{}.to_materials().on(MaterialsAccepted{}).on(ReviewAccepted{});
    pages.add("letter_conditions", letter);
    pages.add("letter_application", letter.wait(flows::letter_page_time).on(LetterTurned{}));
    pages.add("letter_undertaking", letter.wait(flows::letter_page_time).on(LetterTurned{}));
    pages.add("letter_missing", Walker{letter}.on(LetterSubmitted{}));
    for (std::size_t i = 0; i < letter.in<flows::SigningLetter>()->ticks.size(); ++i)
        letter.on(ClauseTicked{i});
    letter.on(UndertakingChosen{catalogue::Undertaking::commit});
    pages.add("letter_signed",
              letter.on(SignatureDrawn{base::Secret<domain::Strokes>(samples::signature())}));
    other_ways(pages);
    pages.add("form_on_battery", Walker{}.to_form().on(PowerChanged{domain::PowerLevel::battery}));
    pages.add("handing_in", Walker{}.to_sealing());
    pages.add("handing_in_10_s", Walker{}.to_sealing().wait(session::wait_explained));
    pages.add("hand_in_disk_full", handed_in(base::fail(FaultCode::DiskFull)));
    pages.add("hand_in_no_post", handed_in(base::fail(FaultCode::PostUnreachable)));
    pages.add("hand_in_unknown", handed_in(base::fail(FaultCode::HandInUnknown)));
}

void closing_pages(Collector& pages) {
    pages.add("take_card", handed_in(samples::receipt()));
    pages.add("card_left", handed_in(samples::receipt()).wait(std::chrono::seconds{30}));
    Walker receipt;
    receipt.to_receipt();
    pages.add("receipt_printing", receipt);
    pages.add("receipt_cover_open", receipt, [](SamplePage& p) {
        p.terminal.health.document_printer = {domain::DeviceState::unavailable,
                                              domain::Supply::unknown,
                                              base::Fault{FaultCode::PrinterCoverOpen, {}}};
    });
    pages.add("receipt_online", receipt, [](SamplePage& p) { p.post.line = domain::Line::online; });
    pages.add("receipt_printed", printed(PrintResult::printed));
    // The same out of the receipt printer.
    const Walker with_slips = Walker{}.with_receipt_printer();
    pages.add("receipt_slip_printing", Walker{with_slips}.to_receipt());
    pages.add("receipt_slip_cover_open", Walker{with_slips}.to_receipt(), [](SamplePage& p) {
        p.terminal.health.receipt_printer = {domain::DeviceState::unavailable,
                                             domain::Supply::unknown,
                                             base::Fault{FaultCode::ReceiptPrinterCoverOpen, {}}};
    });
    pages.add("receipt_slip_printed", printed(PrintResult::printed, with_slips));
    pages.add("receipt_unknown", printed(PrintResult::unknown));
    pages.add("receipt_no_paper", printed(base::fail(FaultCode::PrinterPaperOut)));
    pages.add("receipt_letter", printed(PrintResult::printed).on(LetterCopyWanted{}));
    pages.add("rating", Walker{receipt}.on(ReceiptTaken{}));
    pages.add("goodbye", Walker{receipt}.on(ReceiptTaken{}).on(RatingSkipped{}));
}

void progress_pages(Collector& pages) {
    using domain::Delivery;
    pages.add("progress_way", Walker{}.on(ProgressOpened{}));
    const Walker code = Walker{}.on(ProgressOpened{}).on(ProgressByCodeChosen{});
    pages.add("progress_code", code);
    pages.add("progress_code_empty", Walker{code}.on(CodeSubmitted{}));
    pages.add("progress_code_typed",
              Walker{code}.on(TextTyped{"receipt_code", SecretText("L3K790F261QX")}));
    const Walker scan = Walker{}.on(ProgressOpened{}).on(ReceiptScanOpened{});
    pages.add("progress_scan", scan);
    pages.add("progress_scan_strange", Walker{scan}.scan("x"));
    const Walker scanner = Walker{}.with_scanner().on(ProgressOpened{});
    pages.add("progress_way_scanner", scanner);
    pages.add("progress_way_guide_code", Walker{scanner}.scan("CWG1:" + samples::item_code));
    pages.add("progress_code_scanner", Walker{scanner}.on(ProgressByCodeChosen{}));
    pages.add("progress_code_strange", Walker{scanner}.on(ProgressByCodeChosen{}).scan("x"));
    pages.add("progress_wait", asking());
    pages.add("progress_wait_10_s", asking().wait(session::wait_explained));
    pages.add("progress_wait_30_s", asking().wait(session::wait_questioned));
    pages.add("progress_none", answer(std::vector<domain::SubmissionStatus>{}));
    pages.add("progress_not_found", answer(base::fail(FaultCode::AnswerNotFound)));
    pages.add("progress_no_network", answer(base::fail(FaultCode::NetworkUnreachable)));
    pages.add("progress_kept", answer(std::vector{status(Delivery::kept)}));
    pages.add("progress_attention", answer(std::vector{status(Delivery::attention)}));
    pages.add("progress_received", answer(std::vector{status(Delivery::received)}));
    pages.add("progress_several",
              answer(std::vector{status(Delivery::received), status(Delivery::sending),
                                 status(Delivery::kept), status(Delivery::unknown)}));
}

void overlays(Collector& pages) {
    const std::vector<SamplePage> below = pages.pages();
    const auto put = [&](const SamplePage& page, const char* name, Overlay overlay) {
        Walker walker;
        walker.session = page.session;
        walker.terminal = page.terminal;
        walker.session.overlay = overlay;
        walker.session.warned = walker.terminal.now;
        pages.add(page.name + "+" + name, walker);
    };
    // The overlays are the same over every page of a kind; these are the short, the long, the one
    // with the keyboard and the one with something to lose.
    for (const SamplePage& page : below) {
        const bool first = page.name == "home";
        const bool form = page.name == "form_address";
        if (first || form || page.name == "receipt_printed") {
            put(page, "help", Overlay::help);
            put(page, "comfort", Overlay::comfort);
            put(page, "comfort_code", Overlay::comfort_code);
            put(page, "comfort_scan", Overlay::comfort_scan);
        }
        if (page.name == "search_found") put(page, "help", Overlay::help);
        if (form || page.name == "guide" || page.name == "confirm_identity" ||
            page.name == "review")
            put(page, "still_there", Overlay::still_there);
        if (form || page.name == "letter_signed" || page.name == "hand_in_no_post")
            put(page, "leave", Overlay::leave);
    }
    auto no_room = Walker{}.to_form();
    pages.add("guide_no_room", no_room.on(RoomReserved{no_room.session.room->ticket,
                                                       base::fail(base::FaultCode::DiskFull)}));
}

}  // namespace app::training::gallery
