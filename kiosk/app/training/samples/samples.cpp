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

}  // namespace app::training::samples
