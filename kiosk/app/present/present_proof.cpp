// A paper that the centre makes out: asked for, shown, printed, or why there is none.
#include "app/present/paper_line.hpp"
#include "domain/dates.hpp"
#include "domain/masking.hpp"
#include "session/inactivity.hpp"

#include <algorithm>

namespace app {

using screens::ButtonLook;
using screens::Tone;

// Says more the longer it takes (UX-150).
void show(const flows::AskingForProof& here, PageBuilder& b) {
    b.title(b.say(MessageId::proof_asking));
    const auto waited = b.in.now - here.since;
    if (waited < session::wait_explained) {
        b.add(screens::Progress{"search", b.say(MessageId::proof_asking), -1});
        return;
    }
    const auto seconds =
        std::to_string(std::chrono::duration_cast<std::chrono::seconds>(waited).count());
    b.add(screens::Progress{"search", b.say(MessageId::proof_waited, {{"seconds", seconds}}), -1});
    if (waited < session::wait_questioned) {
        b.add(screens::ButtonRow{
            {b.secondary("proof_cancel", MessageId::proof_cancel, session::WentBack{})}});
        return;
    }
    b.add(screens::ButtonRow{{b.button("proof_wait_on", b.say(MessageId::proof_wait_on),
                                       ButtonLook::equal, session::Touched{}),
                              b.button("proof_cancel", b.say(MessageId::proof_cancel),
                                       ButtonLook::equal, session::WentBack{})}});
}

namespace {

struct Said {
    MessageId title, text;
};

Said said(flows::NoProof::Why why) {
    switch (why) {
        case flows::NoProof::Why::none:
            return {MessageId::proof_none_title, MessageId::proof_none_text};
        case flows::NoProof::Why::not_now:
            return {MessageId::proof_not_now_title, MessageId::proof_not_now_text};
        case flows::NoProof::Why::used_up:
            return {MessageId::proof_used_up_title, MessageId::proof_used_up_text};
        case flows::NoProof::Why::no_line:
            return {MessageId::proof_no_line_title, MessageId::proof_no_line_text};
        case flows::NoProof::Why::not_genuine:
            return {MessageId::proof_not_genuine_title, MessageId::proof_not_genuine_text};
        case flows::NoProof::Why::not_understood:
            return {MessageId::proof_not_understood_title, MessageId::proof_not_understood_text};
        case flows::NoProof::Why::face_wanted:
            break;
    }
    return {MessageId::proof_face_title, MessageId::proof_face_text};
}

std::vector<std::string> counter_lines(const PageBuilder& b) {
    return {b.say(MessageId::proof_at_counter, {{"address", b.say(b.pack.counter_address)}}),
            b.say(MessageId::proof_telephone,
                  {{"telephone", b.pack.telephone}, {"hours", b.say(b.pack.hours)}})};
}

std::string valid_to(const domain::ProofPaper& proof, const PageBuilder& b) {
    if (proof.valid_to.empty()) return b.say(MessageId::proof_without_end);
    const auto date = domain::date_from_iso(proof.valid_to);
    return date ? domain::in_words(*date, b.locale()) : proof.valid_to;
}

screens::KeyValues card_of(const domain::ProofPaper& proof, const PageBuilder& b) {
    screens::KeyValues card;
    const auto row = [&](MessageId label, std::string value, bool strong = false) {
        // Whoever hears the code can ask the centre about the paper.
        card.rows.push_back(
            {b.say(label), std::move(value), strong, {}, {}, screens::Sensitivity::personal});
    };
    row(MessageId::proof_paper, proof.title, true);
    row(MessageId::proof_period, proof.period);
    row(MessageId::proof_pages,
        b.say(MessageId::proof_pages_value, {{"pages", std::to_string(proof.pages)}}));
    row(MessageId::proof_code, domain::grouped_by_four(proof.code));
    row(MessageId::proof_valid_to, valid_to(proof, b));
    row(MessageId::proof_copies_left,
        b.say(MessageId::proof_copies_left_value, {{"copies", std::to_string(proof.copies_left)}}));
    return card;
}

PaperLine paper_of(const flows::PrintingProof& here, const PageBuilder& b) {
    const auto n = std::to_string(std::max(here.page, 1));
    const auto m = std::to_string(std::max(here.pages, 1));
    PaperLine line{here.paper, here.printer, here.fault};
    line.printing = b.say(MessageId::proof_printing, {{"n", n}, {"m", m}});
    line.printed = b.say(MessageId::proof_printed,
                         {{"place", b.place(b.in.settings.places.document_printer)}});
    line.unknown = b.say(MessageId::proof_unknown);
    line.fraction = print_fraction(here.page, here.pages);
    if (here.in_tray && here.take_asked)
        line.waits = b.say(MessageId::receipt_paper_waits, {{"m", m}});
    line.problem = counter_lines(b);
    return line;
}

MessageId title_of(flows::Paper paper) {
    switch (paper) {
        case flows::Paper::printed:
            return MessageId::proof_printed_title;
        case flows::Paper::problem:
            return MessageId::proof_problem_title;
        case flows::Paper::none:
        case flows::Paper::printing:
            break;
    }
    return MessageId::proof_printing_title;
}

}  // namespace

void show(const flows::NoProof& here, PageBuilder& b) {
    const auto words = said(here.why);
    b.title(b.say(words.title));
    b.page.screen.low = true;
    std::vector<std::string> lines{
        b.window_sentence(), b.say(MessageId::proof_telephone, {{"telephone", b.pack.telephone},
                                                                {"hours", b.say(b.pack.hours)}})};
    b.add(screens::Notice{Tone::warn, "info-circle", b.say(words.text), std::move(lines), true});
    screens::ButtonRow row;
    const bool again = flows::may_ask_again(here);
    if (here.why == flows::NoProof::Why::none)
        row.buttons.push_back(
            b.secondary("proof_not_this", MessageId::proof_not_this, session::WentBack{}));
    if (again) {
        row.buttons.push_back(b.secondary("proof_leave", MessageId::proof_leave, session::Ended{}));
        row.buttons.push_back(
            b.primary("proof_again", MessageId::proof_again, session::ProofWantedAgain{}));
    } else {
        row.buttons.push_back(b.primary("proof_leave", MessageId::proof_leave, session::Ended{}));
    }
    b.add(std::move(row));
}

void show(const flows::ShowingProof& here, PageBuilder& b) {
    b.title(b.say(MessageId::proof_title), b.say(MessageId::proof_subtitle));
    b.add(card_of(here.proof, b));
    b.add(screens::ButtonRow{
        {b.secondary("proof_not_this", MessageId::proof_not_this, session::WentBack{}),
         b.primary("proof_print", MessageId::proof_print, session::ProofPrinted{})}});
}

void show(const flows::PrintingProof& here, PageBuilder& b) {
    b.title(b.say(title_of(here.paper)), here.proof.title);
    add_paper_line(b, paper_of(here, b));
    b.add(screens::Strip{"id",
                         b.say(MessageId::proof_take_card),
                         b.say(MessageId::proof_take_card_note),
                         {},
                         Tone::warn});
    screens::ButtonRow row;
    if (flows::may_print_again(here))
        row.buttons.push_back(b.secondary("proof_print_again", MessageId::proof_print_again,
                                          session::ProofPrinted{}));
    // It comes when the paper is out, or when nothing more will come.
    if (here.paper == flows::Paper::printing)
        row.buttons.push_back({{}, b.say(MessageId::proof_taken)});
    else
        row.buttons.push_back(b.primary(
            "taken",
            here.paper == flows::Paper::printed ? MessageId::proof_taken : MessageId::proof_leave,
            session::ReceiptTaken{}));
    b.add(std::move(row));
    const int seconds = session::closing_in(b.in.session, b.in.now, b.in.settings.times);
    if (seconds > 0) b.line(b.say(MessageId::closing_in, {{"seconds", std::to_string(seconds)}}));
}

}  // namespace app
