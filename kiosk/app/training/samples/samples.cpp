#include "app/training/samples/samples.hpp"

#include "app/training/samples/right_answers.hpp"
#include "app/training/samples/sample_pack.hpp"
#include "base/assert.hpp"
#include "base/bytes.hpp"

#include <cmath>

namespace app::training::samples {

using namespace flows;
using namespace session;

const catalogue::Pack& pack() {
    static const catalogue::Pack sample = [] {
        auto read = catalogue::read_pack(base::to_bytes(sample_pack_json()));
        KIOSK_ASSERT(read.problems.empty());
        return std::move(read.pack);
    }();
    return sample;
}

domain::TerminalHealth devices_well() {
    const domain::DeviceHealth well{domain::DeviceState::ready, domain::Supply::plenty,
                                    std::nullopt};
    domain::TerminalHealth health;
    health.id_card_reader = health.camera = health.face_comparison = well;
    health.document_printer = well;
    return health;
}

base::Instant morning() {
    base::Instant out;
    base::parse_iso8601("2026-11-22T09:41:00+08:00", out);
    return out;
}

domain::IdCardRecord good_card() {
    domain::IdCardRecord card;
    card.type = domain::CardType::resident;
    card.name = "王秀兰";
    card.sex_code = "2";
    card.ethnicity_code = "01";
    card.birth_yyyymmdd = "19430518";
    card.address = "示例县示例镇示例村三组";
    card.number = "000101194305180020";
    card.authority = "示例县公安局";
    card.valid_from_yyyymmdd = "20100101";
    card.valid_until = "长期";
    card.photo.assign(1024, 7);
    // The check character follows from the other digits.
    for (const char c : std::string("0123456789X")) {
        card.number.back() = c;
        if (domain::IdNumber::parse(card.number)) break;
    }
    return card;
}

namespace {
domain::IdCardRecord born(const std::string& yyyymmdd) {
    auto card = good_card();
    card.birth_yyyymmdd = yyyymmdd;
    card.number = "000101" + yyyymmdd + "0020";
    for (const char c : std::string("0123456789X")) {
        card.number.back() = c;
        if (domain::IdNumber::parse(card.number)) break;
    }
    return card;
}
base::Secret<domain::IdCardRecord> secret(domain::IdCardRecord card) {
    return base::Secret<domain::IdCardRecord>(std::move(card));
}
}  // namespace

domain::IdCardRecord young_card() {
    return born("19810302");
}
domain::IdCardRecord child_card() {
    return born("20140101");
}
domain::IdCardRecord expired_card() {
    auto card = good_card();
    card.valid_until = "20200101";
    return card;
}
domain::IdCardRecord foreign_card() {
    auto card = good_card();
    card.type = domain::CardType::foreigner_2023;
    return card;
}
domain::IdCardRecord unknown_ethnicity_card() {
    auto card = good_card();
    card.ethnicity_code = "81";
    return card;
}

domain::Strokes signature() {
    return {2.0, {{{0.1f, 0.5f}, {0.5f, 0.5f}, {0.9f, 0.5f}}, {{0.5f, 0.2f}, {0.5f, 0.9f}}}};
}

domain::Strokes mark() {
    return {2.0, {{{0.4f, 0.3f}, {0.6f, 0.7f}}}};
}

// Red arches on paper, as arithmetic draws them.
domain::ThumbPicture thumb_picture() {
    domain::GreyPicture print{domain::print_width, domain::print_height, {}};
    for (int y = 0; y < print.height; ++y)
        for (int x = 0; x < print.width; ++x) {
            const double dx = x - print.width / 2.0, dy = y - print.height / 2.0;
            const bool ink =
                std::hypot(dx / 52, dy / 70) <= 1 && std::sin(std::hypot(dx, (dy - 16) * 0.8)) > 0;
            print.grey.push_back(static_cast<std::uint8_t>(ink ? 60 : 225));
        }
    return {domain::PrintQuality::good, base::Secret<domain::GreyPicture>(std::move(print))};
}

std::vector<base::Secret<domain::Picture>> paper_pages() {
    domain::Picture page{60, 85, {}};
    page.rgb.assign(static_cast<std::size_t>(page.width * page.height) * 3, 250);
    return {base::Secret<domain::Picture>(page), base::Secret<domain::Picture>(page)};
}

domain::LocalReceipt receipt() {
    domain::LocalReceipt out;
    out.local_number = "L3K790F261QX";
    out.look_up_code = "7KQ2M9XA";
    out.seq = 1;
    out.kept_at = morning();
    out.qr_text = "CW1.sample";
    return out;
}

domain::ProofPaper proof_paper() {
    domain::ProofPaper out;
    out.title = "社会保险参保缴费证明";
    out.period = "2025年12月 – 2026年11月";
    out.pages = 1;
    out.code = "SBZM202611229";
    out.issued_at = "2026-11-22T08:00:00+08:00";
    out.valid_to = "2027-02-22";
    out.copies_left = 2;
    out.pdf = base::Secret<base::Bytes>(base::to_bytes("%PDF-1.4\n<< /Type /Page >>\n%%EOF\n"));
    return out;
}
domain::booking::Answer booking_offices() {
    domain::booking::Answer out;
    out.points = {{"hall", "示例县政务服务中心", "示例镇人民路 1 号", "9:00–17:00", "0000-12345"},
                  {"east", "东街便民服务中心", "东街 8 号", "9:00–17:00", "0000-12346"}};
    return out;
}
domain::booking::Answer booking_times() {
    using domain::booking::Kind;
    domain::booking::Answer out;
    out.slots = {{"1", "2026-11-23", "09:00", "10:00", Kind::normal, 3},
                 {"2", "2026-11-23", "17:00", "18:00", Kind::extended, 2},
                 {"3", "2026-11-28", "09:00", "10:00", Kind::weekend, 1}};
    return out;
}
domain::booking::Answer booking_made() {
    domain::booking::Answer out;
    out.bookings = {{domain::booking::booking_number("2026-11-22", 42),
                     {},
                     booking_offices().points.front(),
                     booking_times().slots.back()}};
    return out;
}

Walker::Walker() {
    auto first = begin(terminal.world());
    session = std::move(first.session);
    effects = std::move(first.effects);
}
Walker& Walker::on(const Event& event) {
    auto next = step(std::move(session), event, terminal.world());
    session = std::move(next.session);
    effects = std::move(next.effects);
    return *this;
}
Walker& Walker::with_scanner() {
    terminal.settings.has_scanner = true;
    terminal.health.code_scanner.state = domain::DeviceState::ready;
    return on(TimePassed{});
}
Walker& Walker::with_receipt_printer() {
    terminal.health.receipt_printer.state = domain::DeviceState::ready;
    return *this;
}
Walker& Walker::scan(std::string code) {
    return on(CodeSeen{session.scan.ticket, base::SecretText(std::move(code))});
}
Walker& Walker::wait(base::Millis by) {
    terminal.now += by;
    return on(TimePassed{});
}
Walker& Walker::to_card() {
    return on(ItemChosen{item_code}).on(ItemStarted{}).on(NoticeAccepted{});
}
Walker& Walker::booking_answer(base::Result<domain::booking::Answer> answer) {
    return on(BookingAnswered{in<AskingBooking>()->ticket, std::move(answer)});
}
Walker& Walker::to_booking(domain::booking::Answer mine) {
    on(BookingOpened{}).on(NoticeAccepted{});
    on(CardRead{in<AwaitingCard>()->ticket, secret(good_card())});
    return booking_answer(std::move(mine));
}
Walker& Walker::to_booking_days() {
    return to_booking().on(BookingPointChosen{"hall"}).booking_answer(booking_times());
}
Walker& Walker::to_booking_confirm() {
    return to_booking_days().on(BookingDayChosen{"2026-11-28"}).on(BookingTimeChosen{"3"});
}
Walker& Walker::to_identity() {
    to_card();
    return on(CardRead{in<AwaitingCard>()->ticket, secret(good_card())});
}
Walker& Walker::to_proof_asked() {
    on(ItemChosen{proof_item_code}).on(ItemStarted{}).on(NoticeAccepted{});
    on(CardRead{in<AwaitingCard>()->ticket, secret(good_card())}).on(IdentityConfirmed{});
    return on(QuestionAnswered{"period", "months_12"});
}
Walker& Walker::to_proof() {
    to_proof_asked();
    return on(ProofAnswered{in<AskingForProof>()->ticket,
                            domain::ProofAnswer{domain::ProofOutcome::here, proof_paper()}});
}
Walker& Walker::to_proof_printing() {
    return to_proof().on(ProofPrinted{});
}
Walker& Walker::to_questions() {
    return to_identity().on(IdentityConfirmed{}).on(FaceRefused{});
}
Walker& Walker::to_form() {
    to_questions();
    while (const auto* asking = in<AnsweringSituation>()) {
        for (const auto& question : pack().find_item(item_code)->situation)
            if (question.id == asking->question) {
                on(QuestionAnswered{question.id, question.options.front().value});
                break;
            }
    }
    return *this;
}
void Walker::pick_the_first_place(const std::string& key) {
    on(FieldFocused{key});
    // The list opens at the towns of the terminal's county.
    while (in<FillingForm>() != nullptr && in<FillingForm>()->focused == key) {
        const auto below = pack().divisions.within(in<FillingForm>()->place.under);
        if (below.empty()) break;
        on(OptionPicked{key, below.front()->code});
    }
}
Walker& Walker::answer_page() {
    const auto& item = *pack().find_item(in<FillingForm>()->journey.item_code);
    const auto page = item.form.at(in<FillingForm>()->page);
    for (const auto& field : page.fields) {
        if (field.locked) continue;
        const auto journey = in<FillingForm>()->journey;
        const auto facts =
            catalogue::facts_for(item, *journey.person, journey.situation,
                                 base::local_date(terminal.now), terminal.settings.division);
        const auto given = journey.draft.find(field.key);
        const bool empty =
            given == journey.draft.end() || !given->second.text || given->second.text->empty();
        // What need not be answered stays empty, but for a choice and a few words.
        const bool usual = field.required || field.type == catalogue::FieldType::choice ||
                           field.type == catalogue::FieldType::text;
        if (!usual || !catalogue::is_visible(field, facts)) continue;
        const auto value = right_answer(pack(), page, field, journey.draft, facts);
        if (field.type == catalogue::FieldType::choice) {
            on(OptionPicked{field.key, value});
        } else if (field.type == catalogue::FieldType::choices) {
            for (const auto& each : catalogue::chosen_values(empty ? value : std::string()))
                on(OptionPicked{field.key, each});
        } else if (field.type == catalogue::FieldType::division) {
            if (empty) pick_the_first_place(field.key);
        } else {
            on(TextTyped{field.key, base::SecretText(value)});
        }
    }
    return *this;
}
Walker& Walker::to_materials() {
    to_form();
    while (const auto* form = in<FillingForm>()) {
        const auto before = form->page;
        answer_page().on(PageCompleted{});
        const auto* after = in<FillingForm>();
        KIOSK_ASSERT(after == nullptr || after->page != before);  // the sample answers pass
    }
    return *this;
}
Walker& Walker::to_letter() {
    return to_materials()
        .on(MaterialsAccepted{})
        .on(ReviewAccepted{})
        .wait(letter_page_time)
        .on(LetterTurned{})
        .wait(letter_page_time)
        .on(LetterTurned{});
}
Walker& Walker::to_signature() {
    to_letter();
    const auto clauses = pack().find_item(item_code)->letter.clauses.size();
    for (std::size_t i = 0; i < clauses; ++i) on(ClauseTicked{i});
    return on(UndertakingChosen{catalogue::Undertaking::commit});
}
Walker& Walker::to_thumb_camera() {
    return to_signature()
        .on(OtherWaysOpened{})
        .on(WayChosen{catalogue::SignatureWay::thumb})
        .on(ThumbConsented{});
}
Walker& Walker::to_thumb_taken() {
    to_thumb_camera().on(ThumbPictureWanted{});
    return on(ThumbPictureTaken{in<TakingThumbPrint>()->ticket, thumb_picture()});
}
Walker& Walker::to_witness() {
    to_signature().on(CardRemoved{{session.id, 1}});
    on(OtherWaysOpened{}).on(WayChosen{catalogue::SignatureWay::witnessed});
    on(SignatureDrawn{base::Secret<domain::Strokes>(mark())});
    return on(LetterSubmitted{});
}
Walker& Walker::to_witness_signing() {
    to_witness();
    on(CardRead{in<AwaitingWitness>()->ticket, secret(young_card())});
    return on(CardRemoved{{session.id, 1}});
}
Walker& Walker::to_sealing() {
    to_signature();
    on(SignatureDrawn{base::Secret<domain::Strokes>(signature())});
    return on(LetterSubmitted{});
}
Walker& Walker::to_receipt() {
    to_sealing();
    on(CardRemoved{{session.id, 1}});
    return on(SubmissionKept{in<HandingIn>()->ticket, receipt()});
}

namespace {

using Maker = std::pair<const char*, Walker (*)()>;

Walker with_card(domain::IdCardRecord card) {
    Walker walker;
    walker.to_card();
    walker.on(CardRead{walker.in<AwaitingCard>()->ticket, secret(std::move(card))});
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
