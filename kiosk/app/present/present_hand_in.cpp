// Sealing, its problems, card gate, receipt, rating.
#include "app/present/case_standing.hpp"
#include "app/present/guide_of_terms.hpp"
#include "app/present/page_builder.hpp"
#include "app/present/paper_line.hpp"
#include "domain/dates.hpp"
#include "domain/masking.hpp"
#include "session/inactivity.hpp"

#include <array>

namespace app {

using screens::ButtonLook;
using screens::Tone;

void show(const flows::HandingIn& here, PageBuilder& b) {
    b.title(b.say(MessageId::sealing_title), b.say(MessageId::sealing_text));
    const auto waited = b.in.now - here.since;
    // It is one transaction and cannot be broken off; how long it may take at most can be said.
    b.add(screens::Progress{
        "lock",
        waited < session::wait_explained
            ? b.say(MessageId::sealing_title)
            : b.say(MessageId::sealing_long,
                    {{"seconds", std::to_string(session::hand_in_limit.count())}}),
        -1});
}

void show(const flows::HandInProblem& here, PageBuilder& b) {
    b.title(
        b.say(here.unknown ? MessageId::hand_in_unknown_title : MessageId::hand_in_problem_title));
    b.page.screen.low = true;
    b.add(screens::Notice{
        Tone::warn,
        "alert-triangle",
        std::string(base::citizen_text(here.fault.code, b.locale())),
        {b.say(here.unknown ? MessageId::hand_in_unknown_text : MessageId::hand_in_problem_kept),
         b.say(MessageId::hand_in_window,
               {{"address", b.say(b.pack.counter_address)}, {"telephone", b.pack.telephone}}),
         b.say(MessageId::hand_in_hours, {{"hours", b.say(b.pack.hours)}}),
         b.say(MessageId::hand_in_reference,
               {{"reference", domain::grouped_by_four(here.submission.sub_id.reference())}})},
        true});
    b.add(screens::ButtonRow{
        {b.primary("hand_in_again", MessageId::hand_in_again, session::HandInTriedAgain{})}});
}

void show(const flows::TakingCard&, PageBuilder& b) {
    b.title(b.say(MessageId::take_card_title), b.say(MessageId::take_card_text));
    b.add(b.reader_picture(screens::DevicePictureKind::take_card, b.say(MessageId::take_card_title),
                           true));
    b.add(screens::ButtonRow{
        {b.secondary("card_taken", MessageId::take_card_done, session::CardDeclaredTaken{})}});
}

void show(const flows::CardLeft&, PageBuilder& b) {
    b.title(b.say(MessageId::card_left_title), b.say(MessageId::card_left_text));
    b.add(b.reader_picture(screens::DevicePictureKind::take_card, b.say(MessageId::card_left_title),
                           true));
    b.add(screens::ButtonRow{
        {b.secondary("card_taken", MessageId::take_card_done, session::CardDeclaredTaken{})}});
}

namespace {

PaperLine paper_of(const flows::ShowingReceipt& here, const PageBuilder& b) {
    const std::string n = std::to_string(std::max(here.page, 1));
    const std::string m = std::to_string(std::max(here.pages, 1));
    PaperLine line{here.paper, here.printer, here.fault};
    line.printing = b.say(
        here.letter_printing ? MessageId::receipt_letter_printing : MessageId::receipt_printing,
        {{"n", n}, {"m", m}});
    line.fraction = print_fraction(here.page, here.pages);
    if (here.in_tray && here.take_asked)
        line.waits = b.say(MessageId::receipt_paper_waits, {{"m", m}});
    if (here.page > 0) line.problem = {b.say(MessageId::receipt_pages_done, {{"n", n}, {"m", m}})};
    return line;
}

}  // namespace

void show(const flows::ShowingReceipt& here, PageBuilder& b) {
    const auto& item = *b.item(here.submission.application.item_code);
    const bool online = b.in.post.line == domain::Line::online;
    const std::string closed = out_of_hours(b);
    b.add(screens::Notice{
        Tone::success,
        "circle-check",
        b.say(MessageId::receipt_state),
        {b.say(online ? MessageId::receipt_online_line_1 : MessageId::receipt_offline_line_1) +
         "\n" +
         b.say(online ? MessageId::receipt_online_line_2 : MessageId::receipt_offline_line_2) +
         (closed.empty() ? "" : "\n" + closed)},
        true});
    screens::KeyValues card;
    const auto row = [&](MessageId label, std::string value, bool strong = false) {
        // Whoever hears number and code can ask for the progress.
        card.rows.push_back(
            {b.say(label), std::move(value), strong, {}, {}, screens::Sensitivity::personal});
    };
    row(MessageId::receipt_item, b.say(item.name));
    row(MessageId::receipt_number, domain::grouped_by_four(here.receipt.local_number), true);
    row(MessageId::receipt_look_up_code, domain::grouped_by_four(here.receipt.look_up_code));
    row(MessageId::receipt_kept_at,
        domain::in_words(base::local_date(here.receipt.kept_at), b.locale()) + " " +
            base::local_time_hh_mm(here.receipt.kept_at));
    row(MessageId::receipt_filing_date, b.say(item.filing_date == catalogue::FilingDate::captured
                                                  ? MessageId::receipt_filing_captured
                                                  : MessageId::receipt_filing_received));
    if (item.terms.receiving_office)
        row(MessageId::terms_received_by, b.say(item.terms.receiving_office->name));
    if (const auto decides =
            catalogue::decided_by(item, b.pack.divisions, here.submission.application.offices);
        !decides.empty())
        row(MessageId::terms_decided_by, b.say(decides));
    if (const auto delivery = chosen_delivery(b, item, here.submission.application.situation);
        !delivery.empty())
        row(MessageId::terms_delivery, delivery);
    row(MessageId::receipt_next, b.say(item.next_step));
    if (auto promise = promise_if_accepted(b.pack, item, here.receipt.kept_at, b.locale());
        !promise.empty())
        row(MessageId::receipt_promise, std::move(promise));
    card.qr_text = here.receipt.qr_text;
    card.qr_caption = {b.say(MessageId::receipt_qr_1), b.say(MessageId::receipt_qr_2)};
    b.add(std::move(card));
    add_paper_line(b, paper_of(here, b));
    b.add(screens::Strip{"id",
                         b.say(MessageId::receipt_take_title),
                         b.say(MessageId::receipt_take_note),
                         {},
                         Tone::warn});
    screens::ButtonRow row_of_buttons;
    const bool printing = here.paper == flows::Paper::printing;
    if (printing) {
        // They come when the paper is out; the finger on its way to the primary must not meet them.
        for (const auto text : {MessageId::receipt_print_again, MessageId::receipt_print_letter})
            row_of_buttons.buttons.push_back({{}, b.say(text)});
    } else {
        row_of_buttons.buttons.push_back(b.secondary("print_again", MessageId::receipt_print_again,
                                                     session::ReceiptPrintedAgain{}));
        row_of_buttons.buttons.push_back(b.secondary(
            "print_letter", MessageId::receipt_print_letter, session::LetterCopyWanted{}));
    }
    row_of_buttons.buttons.push_back(
        b.primary("taken", MessageId::receipt_taken, session::ReceiptTaken{}));
    b.add(std::move(row_of_buttons));
    const int seconds = session::closing_in(b.in.session, b.in.now, b.in.settings.times);
    b.line(b.say(MessageId::receipt_deleted_note) +
           (printing ? " · " + b.say(MessageId::receipt_waits_for_paper)
            : seconds > 0
                ? " · " + b.say(MessageId::closing_in, {{"seconds", std::to_string(seconds)}})
                : ""));
}

void show(const flows::Rating& here, PageBuilder& b) {
    if (here.level != 0 && b.pack.voice) return rating_reasons_page(here, b);
    const auto* item = b.item(here.item_code);  // none: of paying
    b.title(b.say(MessageId::rating_title),
            b.say(MessageId::rating_subtitle,
                  {{"item", item != nullptr ? b.say(item->name) : b.say(MessageId::pay_title)}}));
    b.page.screen.low = true;
    constexpr std::array<std::pair<MessageId, const char*>, 5> levels{
        {{MessageId::rating_1, "mood-happy"},
         {MessageId::rating_2, "mood-smile"},
         {MessageId::rating_3, "mood-empty"},
         {MessageId::rating_4, "mood-sad"},
         {MessageId::rating_5, "mood-cry"}}};
    screens::Choices list;
    for (int level = 1; level <= 5; ++level) {
        const auto& [text, icon] = levels[static_cast<std::size_t>(level - 1)];
        list.choices.push_back({b.bind("rate:" + std::to_string(level), session::Rated{level}),
                                b.say(text),
                                {},
                                icon,
                                false});
    }
    b.add(std::move(list));
    b.add(screens::ButtonRow{
        {b.secondary("rating_skip", MessageId::rating_skip, session::RatingSkipped{}),
         b.secondary("rating_end", MessageId::rating_end, session::Ended{})}});
    const int seconds = session::closing_in(b.in.session, b.in.now, b.in.settings.times);
    b.line(b.say(MessageId::rating_closing, {{"seconds", std::to_string(seconds)}}));
}

void show(const flows::Farewell& here, PageBuilder& b) {
    b.page.screen.low = true;
    b.add(
        screens::Notice{Tone::success, "circle-check", b.say(MessageId::goodbye_title), {}, true});
    using Rated = flows::Farewell::Rated;
    if (here.rated != Rated::none)
        b.add(screens::Notice{here.rated == Rated::lost ? Tone::warn : Tone::info,
                              "info-circle",
                              b.say(here.rated == Rated::kept   ? MessageId::rating_kept
                                    : here.rated == Rated::lost ? MessageId::rating_lost
                                                                : MessageId::rating_keeping),
                              {},
                              false});
    // A list to read, not to press. What was really here comes first (UX-169).
    screens::TextCard card;
    card.title = b.say(MessageId::goodbye_text);
    const auto thing = [&](MessageId name) {
        card.paragraphs.push_back({{}, b.say(name), {}, false, {}});
    };
    thing(MessageId::goodbye_card);
    if (here.paper.any()) thing(MessageId::goodbye_paper);
    thing(MessageId::goodbye_documents);
    thing(MessageId::goodbye_phone);
    b.add(std::move(card));
    b.add(screens::ButtonRow{
        {b.primary("goodbye_home", MessageId::goodbye_home, session::GoodbyeRead{})}});
}

}  // namespace app
