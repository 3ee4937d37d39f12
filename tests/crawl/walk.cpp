#include "tests/crawl/walk.hpp"

#include "domain/comfort_code.hpp"
#include "tests/crawl/walk_forms.hpp"

#include <algorithm>
#include <deque>
#include <map>

namespace crawl {

using namespace ui::screens;
using namespace session;
using session::Overlay;
namespace samples = app::training::samples;

namespace {

base::Secret<domain::IdCardRecord> secret(domain::IdCardRecord card) {
    return base::Secret<domain::IdCardRecord>(std::move(card));
}

void happen(std::vector<Move>& out, std::string what, Event event) {
    out.push_back({std::move(what), std::move(event), false});
}

void card_results(std::vector<Move>& out, domain::Ticket ticket) {
    happen(out, "a card is seen", CardSeen{ticket});
    happen(out, "a good card is read", CardRead{ticket, secret(samples::good_card())});
    happen(out, "a young person's card is read", CardRead{ticket, secret(samples::young_card())});
    happen(out, "an expired card is read", CardRead{ticket, secret(samples::expired_card())});
    happen(out, "a child's card is read", CardRead{ticket, secret(samples::child_card())});
    for (const auto code :
         {base::FaultCode::CardLiftedEarly, base::FaultCode::CardFrameGarbled,
          base::FaultCode::CardReaderUnplugged, base::FaultCode::CardReaderAbsent})
        happen(out, "the card fails: " + std::string(base::name(code)),
               CardRead{ticket, base::fail(code)});
}

void face_results(std::vector<Move>& out, domain::Ticket ticket) {
    using domain::FaceOutcome;
    for (const auto outcome : {FaceOutcome::match, FaceOutcome::no_match})
        happen(out, outcome == FaceOutcome::match ? "the face matches" : "the face does not match",
               FaceChecked{ticket, domain::FaceVerdict{outcome, {}, 0.5, 1}});
    happen(out, "the camera fails", FaceChecked{ticket, base::fail(base::FaultCode::CameraAbsent)});
}

base::Secret<domain::Strokes> whole_sweep() {
    domain::Strokes out;
    for (float y = 0.005F; y < 1; y += 0.01F) out.lines.push_back({{0, y}, {1, y}});
    return base::Secret<domain::Strokes>(std::move(out));
}
base::Secret<domain::Strokes> diagonal() {
    domain::Strokes out;
    out.lines = {{{0, 0}, {1, 1}}};
    return base::Secret<domain::Strokes>(std::move(out));
}

base::Secret<domain::Strokes> on_the_cross(std::size_t number) {
    const auto& at = domain::set_up::crosses.at(number);
    domain::Strokes out;
    out.lines = {{{static_cast<float>(at.x), static_cast<float>(at.y)}}};
    return base::Secret<domain::Strokes>(std::move(out));
}

struct Results {
    std::vector<Move>& out;
    const Session& session;

    void operator()(const flows::Idle&) const {
        happen(out, "the cabinet is opened", DoorOpened{domain::Door::service});
        happen(out, "a technician taps the chain", TechnicianCalled{});
        happen(out, "the set-up is not finished", SetUpFound{});
        happen(out, "the centre takes the terminal out of service", RevocationTold{true});
    }
    void operator()(const flows::SettingUp& here) const {
        using Page = flows::SettingUp::Page;
        switch (here.page) {
            case Page::loading:
                happen(out, "the terminal is known",
                       SetUpKnown{here.ticket, samples::set_up_known()});
                happen(out, "its configuration has problems",
                       SetUpKnown{here.ticket, base::fail(base::FaultCode::ConfigInvalid)});
                break;
            case Page::question:
                if (!here.printing.empty())
                    happen(out, "the test page is out",
                           PrintEnded{here.ticket, PrintResult::printed});
                if (here.scanning)
                    happen(out, "an invitation is shown",
                           CodeSeen{session.scan.ticket, base::SecretText("CWE1|x")});
                break;
            case Page::keeping: {
                auto known = here.known;
                known.progress.put({here.decision});
                happen(out, "it is kept", SetUpKept{here.ticket, known});
                happen(out, "the disk is full",
                       SetUpKept{here.ticket, base::fail(base::FaultCode::DiskFull)});
                break;
            }
            case Page::enrolling:
                happen(out, "it is enrolled", SetUpKnown{here.ticket, samples::set_up_known()});
                break;
            case Page::joining: {
                auto known = here.known;
                known.join = domain::set_up::JoinOutcome::joined;
                happen(out, "it is joined", SetUpKnown{here.ticket, known});
                known.join = domain::set_up::JoinOutcome::wrong_passphrase;
                happen(out, "the passphrase is wrong", SetUpKnown{here.ticket, known});
                break;
            }
            case Page::cross:
                out.push_back({"a finger on the cross",
                               session::SignatureDrawn{on_the_cross(here.crossed.size())}, true});
                break;
            case Page::touch:
                out.push_back(
                    {"a finger sweeps it all", session::SignatureDrawn{whole_sweep()}, true});
                break;
            case Page::drift:
                out.push_back(
                    {"a finger draws the line", session::SignatureDrawn{diagonal()}, true});
                break;
            case Page::display:
                out.push_back({"a finger on the colours", SetUpTestTapped{}, true});
                break;
            default:
                break;
        }
    }
    void operator()(const flows::TechnicianSigningIn& here) const {
        using Step = flows::TechnicianSigningIn::Step;
        if (here.step == Step::card) card_results(out, here.ticket);
        if (here.step == Step::answer)
            happen(out, "a code is shown",
                   CodeSeen{session.scan.ticket, base::SecretText("CWMA1:T-0007:-:0:0")});
        if (here.step != Step::checking) return;
        happen(out, "the technician is recognised",
               TechnicianChecked{here.ticket, samples::technician(), {}});
        happen(out, "a technician without rights is recognised",
               TechnicianChecked{here.ticket, domain::Technician{"T-0002", {}}, {}});
        for (const auto code : {base::FaultCode::TechnicianRefused,
                                base::FaultCode::TechnicianLocked, base::FaultCode::AnswerWrong})
            happen(out, "refused: " + std::string(base::name(code)),
                   TechnicianChecked{here.ticket, base::fail(code), {1, samples::morning()}});
    }
    void operator()(const flows::TechnicianLooking& here) const {
        happen(out, "the outbox is counted", StockKnown{here.ticket, samples::stock()});
        happen(out, "the post does not answer",
               StockKnown{here.ticket, base::fail(base::FaultCode::PostUnreachable)});
        happen(out, "the record is read", AuditRead{here.ticket, {}, 0, false});
        happen(out, "the supplies are read", SuppliesRead{here.ticket, samples::supplies()});
        happen(out, "the new paper is noted", PaperChangeNoted{here.ticket, {}});
        happen(out, "the new paper cannot be noted",
               PaperChangeNoted{here.ticket, base::fail(base::FaultCode::DiskFull)});
    }
    void operator()(const flows::TechnicianCourier& here) const {
        if (!here.at_work) return;
        happen(out, "the stick is done", CourierFinished{here.ticket, true});
        happen(out, "the stick is unfit",
               CourierFinished{here.ticket, base::fail(base::FaultCode::MediumUnfit)});
    }
    void operator()(const flows::Suspended& here) const {
        happen(out, "a technician taps the chain", TechnicianCalled{});
        for (const auto door : here.open) happen(out, "it is closed", DoorClosed{door});
        if (here.revoked) happen(out, "the centre trusts it again", RevocationTold{false});
    }
    void operator()(const flows::AwaitingCard& here) const { card_results(out, here.ticket); }
    void operator()(const flows::AwaitingWitness& here) const { card_results(out, here.ticket); }
    void operator()(const flows::TakingThumbPrint& here) const {
        happen(out, "a good print", ThumbPictureTaken{here.ticket, samples::thumb_picture()});
        for (const auto quality : {domain::PrintQuality::no_picture, domain::PrintQuality::blurred})
            happen(out, "no good print", ThumbPictureTaken{here.ticket, {quality, {}}});
    }
    void operator()(const flows::ViewingLetter& here) const {
        happen(out, "the letter is drawn", LetterDrawn{here.ticket, samples::paper_pages()});
        happen(out, "the letter cannot be drawn",
               LetterDrawn{here.ticket, base::fail(base::FaultCode::InternalError)});
    }
    void operator()(const flows::CheckingFace& here) const { face_results(out, here.ticket); }
    void operator()(const flows::HandingIn& here) const {
        happen(out, "it is kept", SubmissionKept{here.ticket, samples::receipt()});
        for (const auto code : {base::FaultCode::DiskFull, base::FaultCode::PostUnreachable,
                                base::FaultCode::HandInUnknown})
            happen(out, "it is not kept: " + std::string(base::name(code)),
                   SubmissionKept{here.ticket, base::fail(code)});
    }
    void operator()(const flows::TakingCard&) const {
        happen(out, "the card is taken", CardRemoved{{session.id, session.last_request}});
    }
    void operator()(const flows::ShowingReceipt& here) const {
        happen(out, "a page is printed", PageOfPrintDone{here.ticket, 1, 2});
        happen(out, "it is printed", PrintEnded{here.ticket, PrintResult::printed});
        happen(out, "nobody knows", PrintEnded{here.ticket, PrintResult::unknown});
        happen(out, "no paper",
               PrintEnded{here.ticket, base::fail(base::FaultCode::PrinterPaperOut)});
    }
    void operator()(const flows::KeepingVoice& here) const {
        happen(out, "it is kept", SubmissionKept{here.ticket, samples::receipt()});
        happen(out, "it is not kept",
               SubmissionKept{here.ticket, base::fail(base::FaultCode::DiskFull)});
    }
    void operator()(const flows::VoiceKept& here) const {
        happen(out, "it is printed", PrintEnded{here.ticket, PrintResult::printed});
        happen(out, "no paper",
               PrintEnded{here.ticket, base::fail(base::FaultCode::PrinterPaperOut)});
    }
    void operator()(const flows::AskingReplies& here) const {
        domain::VoiceReply reply;
        reply.number = "0001";
        reply.kind = "complaint";
        reply.state = "replied";
        reply.reply = "已办好。";
        reply.asks = true;
        happen(out, "an answer comes", RepliesAnswered{here.ticket, std::vector{reply}});
        happen(out, "nothing is there",
               RepliesAnswered{here.ticket, std::vector<domain::VoiceReply>{}});
        happen(out, "no network",
               RepliesAnswered{here.ticket, base::fail(base::FaultCode::NetworkUnreachable)});
    }
    void operator()(const flows::AskingForProof& here) const {
        using domain::ProofOutcome;
        happen(out, "the paper comes",
               ProofAnswered{here.ticket,
                             domain::ProofAnswer{ProofOutcome::here, samples::proof_paper()}});
        for (const auto outcome :
             {ProofOutcome::none, ProofOutcome::not_now, ProofOutcome::used_up})
            happen(out, "there is no paper",
                   ProofAnswered{here.ticket, domain::ProofAnswer{outcome, std::nullopt}});
        for (const auto code : {base::FaultCode::NetworkUnreachable,
                                base::FaultCode::PaperNotGenuine, base::FaultCode::CentreNonsense})
            happen(out, "no paper: " + std::string(base::name(code)),
                   ProofAnswered{here.ticket, base::fail(code)});
    }
    void operator()(const flows::PrintingProof& here) const {
        happen(out, "a page is printed", PageOfPrintDone{here.ticket, 1, 1});
        happen(out, "it is printed", PrintEnded{here.ticket, PrintResult::printed});
        happen(out, "nobody knows", PrintEnded{here.ticket, PrintResult::unknown});
        happen(out, "no paper",
               PrintEnded{here.ticket, base::fail(base::FaultCode::PrinterPaperOut)});
    }
    void operator()(const flows::AskingProgress& here) const {
        domain::SubmissionStatus status;
        status.delivery = domain::Delivery::received;
        if (!here.person) status.sub_id = domain::SubId{{1, 2, 3}}.text();  // asked by the slip
        happen(out, "an answer comes", ProgressAnswered{here.ticket, std::vector{status}});
        happen(out, "nothing is there",
               ProgressAnswered{here.ticket, std::vector<domain::SubmissionStatus>{}});
        happen(out, "no network",
               ProgressAnswered{here.ticket, base::fail(base::FaultCode::NetworkUnreachable)});
    }
    void operator()(const flows::AskingDue& here) const {
        happen(out, "two fees are there",
               PaymentAnswered{here.ticket,
                               samples::orders({samples::due_fee(), samples::waived_fee()})});
        happen(out, "one was paid",
               PaymentAnswered{here.ticket,
                               samples::orders({samples::pay_order(domain::PaymentState::paid)})});
        happen(out, "nothing is due", PaymentAnswered{here.ticket, samples::orders({})});
        happen(out, "no network",
               PaymentAnswered{here.ticket, base::fail(base::FaultCode::NetworkUnreachable)});
    }
    void operator()(const flows::AskingOrder& here) const {
        happen(out, "the code comes",
               PaymentAnswered{here.ticket,
                               samples::orders({samples::pay_order(domain::PaymentState::shown)})});
        happen(out, "no network",
               PaymentAnswered{here.ticket, base::fail(base::FaultCode::NetworkUnreachable)});
    }
    void operator()(const flows::ShowingPayCode& here) const {
        if (!here.asked) return;
        for (const auto state : {domain::PaymentState::shown, domain::PaymentState::paid,
                                 domain::PaymentState::failed})
            happen(out, "the order is " + std::string(domain::name(state)),
                   PaymentAnswered{here.ticket, samples::orders({samples::pay_order(state)})});
        happen(out, "the line is lost",
               PaymentAnswered{here.ticket, base::fail(base::FaultCode::NetworkUnreachable)});
    }
    void operator()(const flows::PaymentKnown& here) const {
        if (here.paper != flows::Paper::printing) return;
        happen(out, "it is printed", PrintEnded{here.ticket, PrintResult::printed});
        happen(out, "no paper",
               PrintEnded{here.ticket, base::fail(base::FaultCode::PrinterPaperOut)});
    }
    void operator()(const flows::AskingBooking& here) const {
        using domain::booking::Action;
        auto mine = samples::booking_made();
        mine.points = samples::booking_offices().points;
        auto answer = samples::booking_made();
        if (here.wish.action == Action::mine) answer = mine;
        if (here.wish.action == Action::slots) answer = samples::booking_times();
        happen(out, "an answer comes", BookingAnswered{here.ticket, answer});
        if (here.wish.action == Action::mine)
            happen(out, "nothing is booked",
                   BookingAnswered{here.ticket, samples::booking_offices()});
        auto taken = samples::booking_times();
        taken.outcome = domain::booking::Outcome::taken;
        happen(out, "somebody was quicker", BookingAnswered{here.ticket, taken});
        happen(out, "no network",
               BookingAnswered{here.ticket, base::fail(base::FaultCode::NetworkUnreachable)});
    }
    void operator()(const flows::Booking& here) const {
        if (here.paper != flows::Paper::printing) return;
        happen(out, "it is printed", PrintEnded{here.ticket, PrintResult::printed});
        happen(out, "nobody knows", PrintEnded{here.ticket, PrintResult::unknown});
        happen(out, "no paper",
               PrintEnded{here.ticket, base::fail(base::FaultCode::PrinterPaperOut)});
    }
    template <class Other>
    void operator()(const Other&) const {}
};

// What a person types there: something that passes and something that does not.
std::vector<std::string> typed_into(const Session& session, const Field& field) {
    if (const auto* asked = field_of(session, field.id);
        asked != nullptr && asked->type != catalogue::FieldType::division &&
        item_of(session) != samples::item_code) {
        const auto right = right_there(session, *asked);
        return right.empty() ? std::vector<std::string>{"1"} : std::vector{right, std::string("1")};
    }
    if (field.id == flows::search_field) return {"lrbt", "qqqq"};
    if (field.id == "passphrase") return {"correct horse", "short"};
    switch (field.keyboard) {
        case Keyboard::none:
            return {};
        case Keyboard::number:
        case Keyboard::number_x:
            return {"6222020000000000018", "13800138000", "12"};
        case Keyboard::code:
            return {"L3K790F261QX", ""};
        default:
            return {"三组大塘边新屋", "三"};
    }
}

std::vector<std::string> dates_into(const Session& session, const std::string& id) {
    const auto* asked = field_of(session, id);
    if (asked != nullptr && item_of(session) != samples::item_code)
        if (const auto right = right_there(session, *asked); !right.empty())
            return {right, "2019-02-31"};
    return {"2019-06-05", "2019-02-31"};
}

}  // namespace

app::Page page_at(const Session& session, const samples::Terminal& terminal) {
    domain::PostStatus post;
    post.line = domain::Line::offline;
    post.taking = true;
    return app::present(
        {session, &samples::pack(), terminal.settings, terminal.health, post, terminal.now});
}

std::vector<Move> moves_at(const Session& now, const app::Page& page) {
    std::vector<Move> out;
    const auto& screen = page.screen;
    for (const auto& [id, event] : page.on_press) {
        const auto off = std::find_if(screen.utility.begin(), screen.utility.end(),
                                      [&](const auto& b) { return b.id == id && !b.enabled; });
        const bool covered =
            screen.overlay && id != screen.overlay->stay.id && id != screen.overlay->leave.id;
        if (off == screen.utility.end() && !covered) out.push_back({"tap " + id, event, true});
    }
    if (screen.overlay) return out;
    for (const auto& block : screen.blocks) {
        if (const auto* field = std::get_if<Field>(&block); field && field->focused)
            for (const auto& text : typed_into(now, *field))
                out.push_back({"type " + text + " into " + field->id,
                               TextTyped{field->id, base::SecretText(text)}, true});
        if (const auto* date = std::get_if<DateField>(&block); date && date->focused)
            for (const auto& text : dates_into(now, date->id))
                out.push_back({"type a date into " + date->id,
                               TextTyped{date->id, base::SecretText(text)}, true});
        if (std::holds_alternative<SignaturePad>(block))
            out.push_back(
                {"sign",
                 session::SignatureDrawn{base::Secret<domain::Strokes>(samples::signature())},
                 true});
    }
    if (now.overlay == Overlay::none) std::visit(Results{out, now}, now.state);
    if (now.scan.with != flows::Listening::none) {
        happen(out, "a strange code is seen",
               CodeSeen{now.scan.ticket, base::SecretText("https://example.org")});
        happen(out, "a receipt's code is seen",
               CodeSeen{now.scan.ticket, base::SecretText("CW1." + std::string(160, 'A'))});
        happen(out, "a guide's code is seen",
               CodeSeen{now.scan.ticket, base::SecretText("CWG1:" + samples::item_code)});
    }
    if (now.overlay == Overlay::comfort_scan) {
        // A person holds it before the camera: asked for as a press is.
        out.push_back(
            {"show settings",
             CodeSeen{now.scan.ticket, base::SecretText(domain::comfort_code(now.comfort))}, true});
    }
    return out;
}

std::vector<Place> every_place(bool elder) {
    samples::Terminal terminal;
    terminal.health.speech.state = domain::DeviceState::ready;  // a letter may be confirmed by ear
    Session first = samples::Walker{}.session;
    if (elder) first.comfort = domain::Comfort::for_elders();
    std::map<std::string, std::size_t> known;
    std::vector<Place> places;
    std::vector<Session> sessions;
    std::deque<std::size_t> open;
    const auto visit = [&](const Session& session, const std::string& way) {
        const app::Page page = page_at(session, terminal);
        const auto [at, fresh] = known.try_emplace(place_of(session, page), places.size());
        if (fresh) {
            places.push_back(
                {page.screen.name, session::name(session.state), session.overlay, {}, way});
            sessions.push_back(session);
            open.push_back(at->second);
        }
        return at->second;
    };
    visit(first, "");
    while (!open.empty()) {
        const std::size_t here = open.front();
        open.pop_front();
        const Session session = sessions[here];
        for (const Move& move : moves_at(session, page_at(session, terminal))) {
            Session next = step(session, move.event, terminal.world()).session;
            if (auto* letter = std::get_if<flows::SigningLetter>(&next.state))
                letter->shown_at = terminal.now - flows::letter_page_time;  // it was read
            const std::size_t there = visit(next, places[here].way + "; " + move.what);
            places[here].next.emplace_back(there, move.by_hand);
        }
        // Silence leads to the warning.
        samples::Terminal later = terminal;
        later.now += std::chrono::seconds{400};
        Session silent = step(session, TimePassed{}, later.world()).session;
        if (silent.overlay == Overlay::still_there) {
            silent.warned = silent.last_touch = terminal.now;
            places[here].next.emplace_back(visit(silent, places[here].way + "; silence"), false);
        }
    }
    return places;
}

std::vector<int> taps_to(const std::vector<Place>& places, bool (*is_goal)(const Place&)) {
    std::vector<std::vector<std::size_t>> back(places.size());
    std::vector<int> taps(places.size(), -1);
    std::deque<std::size_t> open;
    for (std::size_t i = 0; i < places.size(); ++i) {
        for (const auto& [to, by_hand] : places[i].next)
            if (by_hand) back[to].push_back(i);
        if (is_goal(places[i])) {
            taps[i] = 0;
            open.push_back(i);
        }
    }
    while (!open.empty()) {
        const std::size_t at = open.front();
        open.pop_front();
        for (const std::size_t from : back[at])
            if (taps[from] < 0) {
                taps[from] = taps[at] + 1;
                open.push_back(from);
            }
    }
    return taps;
}

}  // namespace crawl
