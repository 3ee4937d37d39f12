#include "samples.hpp"

#include "base/bytes.hpp"

#include <gtest/gtest.h>

namespace session::samples {

using namespace flows;

const catalogue::Pack& pack() {
    static const catalogue::Pack sample = [] {
        const auto bytes =
            base::read_file(CW_SOURCE_DIR "/kiosk/catalogue/packs/sample_county/pack.json");
        EXPECT_TRUE(bytes.has_value());
        auto read = catalogue::read_pack(*bytes);
        EXPECT_TRUE(read.problems.empty());
        return std::move(read.pack);
    }();
    return sample;
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

domain::LocalReceipt receipt() {
    domain::LocalReceipt out;
    out.local_number = "L3K790F261QX";
    out.look_up_code = "7KQ2M9XA";
    out.seq = 1;
    out.kept_at = morning();
    out.qr_text = "CW1.sample";
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
Walker& Walker::wait(base::Millis by) {
    terminal.now += by;
    return on(TimePassed{});
}
Walker& Walker::to_card() {
    return on(ItemChosen{item_code}).on(ItemStarted{}).on(NoticeAccepted{});
}
Walker& Walker::to_identity() {
    to_card();
    return on(CardRead{in<AwaitingCard>()->ticket, secret(good_card())});
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
Walker& Walker::to_materials() {
    to_form();
    while (const auto* form = in<FillingForm>()) {
        const auto page = pack().find_item(item_code)->form.at(form->page);
        for (const auto& field : page.fields) {
            if (field.locked) continue;
            if (field.type == catalogue::FieldType::choice)
                on(OptionPicked{field.key, field.options.front().value});
            else if (field.type == catalogue::FieldType::bank_account)
                on(TextTyped{field.key, base::SecretText("6222020000000000018")});
            else if (field.type == catalogue::FieldType::text)
                on(TextTyped{field.key, base::SecretText("三组大塘边新屋")});
        }
        const auto before = form->page;
        on(PageCompleted{});
        if (in<FillingForm>() && in<FillingForm>()->page == before) {
            ADD_FAILURE() << "the sample answers do not pass page " << before;
            break;
        }
    }
    return *this;
}
Walker& Walker::to_letter() {
    return to_materials()
        .on(MaterialsAccepted{})
        .on(ReviewAccepted{})
        .on(LetterTurned{})
        .on(LetterTurned{});
}
Walker& Walker::to_sealing() {
    to_letter();
    const auto clauses = pack().find_item(item_code)->letter.clauses.size();
    for (std::size_t i = 0; i < clauses; ++i) on(ClauseTicked{i});
    on(UndertakingChosen{catalogue::Undertaking::commit});
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

const Maker makers[] = {
    {"home", [] { return Walker{}; }},
    {"services", [] { return Walker{}.on(ServicesOpened{}); }},
    {"guide", [] { return Walker{}.on(ItemChosen{item_code}); }},
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
    {"handing_in", [] { return Walker{}.to_sealing(); }},
    {"hand_in_problem", [] { return handed_in(base::fail(base::FaultCode::PostUnreachable)); }},
    {"take_card", [] { return handed_in(receipt()); }},
    {"receipt", [] { return Walker{}.to_receipt(); }},
    {"rating", [] { return Walker{}.to_receipt().on(ReceiptTaken{}); }},
    {"progress_way", [] { return Walker{}.on(ProgressOpened{}); }},
    {"progress_code", [] { return Walker{}.on(ProgressOpened{}).on(ProgressByCodeChosen{}); }},
    {"progress_wait", asking_by_code},
    {"progress", answered},
};

}  // namespace

std::size_t state_count() {
    return std::size(makers);
}

NamedSession state(std::size_t index) {
    Session session = makers[index].second().session;
    session.id = waited_for.session;
    session.last_request = waited_for.request;
    std::visit(
        [](auto& here) {
            if constexpr (requires { here.ticket; }) here.ticket = waited_for;
        },
        session.state);
    return {makers[index].first, std::move(session)};
}

std::vector<NamedSession> states() {
    std::vector<NamedSession> out;
    for (std::size_t i = 0; i < state_count(); ++i) out.push_back(state(i));
    return out;
}

domain::Comfort high_contrast() {
    domain::Comfort comfort;
    comfort.contrast = domain::Contrast::high;
    return comfort;
}

std::vector<NamedEvent> events() {
    const auto no_match = domain::FaceVerdict{domain::FaceOutcome::no_match, {}, 0.1, 1};
    const auto match = domain::FaceVerdict{domain::FaceOutcome::match, {}, 0.9, 1};
    const auto& item = *pack().find_item(item_code);
    const auto& question = item.situation.front();
    return {
        {"touched", Touched{}},
        {"went back", WentBack{}},
        {"went home", WentHome{}},
        {"ended", Ended{}},
        {"disowned the identity", DisownedIdentity{}},
        {"opened help", HelpOpened{}},
        {"closed help", HelpClosed{}},
        {"toggled elder mode", ElderModeToggled{}},
        {"opened comfort", ComfortOpened{}},
        {"closed comfort", ComfortClosed{}},
        {"chose high contrast", ComfortChosen{high_contrast()}},
        {"toggled the language", LanguageToggled{}},
        {"chose to confirm by ear", ReadAloudChosen{}},
        {"confirmed a clause", ClauseConfirmed{}},
        {"used the keypad", KeypadUsed{}},
        {"plugged headphones in", HeadphonesPlugged{}},
        {"unplugged headphones", HeadphonesUnplugged{}},
        {"speech ran", SpeechRan{}},
        {"heard the page", PageHeard{}},
        {"chose to stay", StayChosen{}},
        {"chose to leave", LeaveChosen{}},
        {"time passed", TimePassed{}},
        {"opened the services", ServicesOpened{}},
        {"opened the guides", GuidesOpened{}},
        {"chose an item", ItemChosen{item_code}},
        {"started the item", ItemStarted{}},
        {"opened progress", ProgressOpened{}},
        {"saw the kept number", KeptNumberSeen{"L3K790F261QX"}},
        {"accepted the notice", NoticeAccepted{}},
        {"confirmed the identity", IdentityConfirmed{}},
        {"tried the card again", CardTriedAgain{}},
        {"consented to the face comparison", FaceConsented{}},
        {"refused the face comparison", FaceRefused{}},
        {"tried the face again", FaceTriedAgain{}},
        {"answered a question", QuestionAnswered{question.id, question.options.front().value}},
        {"answered a question with the stop",
         QuestionAnswered{question.id, question.options.back().value}},
        {"focused a field", FieldFocused{"p.live_detail"}},
        {"typed a text", TextTyped{"p.live_detail", base::SecretText("三组")}},
        {"picked an option", OptionPicked{"b.kind", "social_card"}},
        {"completed the page", PageCompleted{}},
        {"reopened a page", PageReopened{0}},
        {"accepted the materials", MaterialsAccepted{}},
        {"accepted the review", ReviewAccepted{}},
        {"turned the letter", LetterTurned{}},
        {"ticked a clause", ClauseTicked{0}},
        {"chose to commit", UndertakingChosen{catalogue::Undertaking::commit}},
        {"drew a signature", SignatureDrawn{base::Secret<domain::Strokes>(signature())}},
        {"submitted the letter", LetterSubmitted{}},
        {"tried to hand in again", HandInTriedAgain{}},
        {"declared the card taken", CardDeclaredTaken{}},
        {"asked for another receipt", ReceiptPrintedAgain{}},
        {"asked for the letter", LetterCopyWanted{}},
        {"took the receipt", ReceiptTaken{}},
        {"rated", Rated{2}},
        {"skipped the rating", RatingSkipped{}},
        {"chose progress by card", ProgressByCardChosen{}},
        {"chose progress by code", ProgressByCodeChosen{}},
        {"submitted the code", CodeSubmitted{}},
        {"a card was seen", CardSeen{waited_for}},
        {"a good card was read", CardRead{waited_for, secret(good_card())}},
        {"a child's card was read", CardRead{waited_for, secret(child_card())}},
        {"an expired card was read", CardRead{waited_for, secret(expired_card())}},
        {"a foreigner's card was read", CardRead{waited_for, secret(foreign_card())}},
        {"the card was lifted too early",
         CardRead{waited_for, base::fail(base::FaultCode::CardLiftedEarly)}},
        {"the reader was unplugged",
         CardRead{waited_for, base::fail(base::FaultCode::CardReaderUnplugged)}},
        {"the card was removed", CardRemoved{waited_for}},
        {"the face was guided", FaceGuided{waited_for, {}}},
        {"the face matched", FaceChecked{waited_for, match}},
        {"the face did not match", FaceChecked{waited_for, no_match}},
        {"the face could not be compared",
         FaceChecked{waited_for, base::fail(base::FaultCode::CameraAbsent)}},
        {"it was kept", SubmissionKept{waited_for, receipt()}},
        {"it was not kept: disk full",
         SubmissionKept{waited_for, base::fail(base::FaultCode::DiskFull)}},
        {"a page was printed", PageOfPrintDone{waited_for, 1, 1}},
        {"printing ended", PrintEnded{waited_for, PrintResult::printed}},
        {"the printer ran out of paper",
         PrintEnded{waited_for, base::fail(base::FaultCode::PrinterPaperOut)}},
        {"progress was answered",
         ProgressAnswered{waited_for, std::vector<domain::SubmissionStatus>{}}},
        {"progress could not be asked",
         ProgressAnswered{waited_for, base::fail(base::FaultCode::NetworkUnreachable)}},
    };
}

}  // namespace session::samples
