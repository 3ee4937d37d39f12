// 缴费: what is due, one fee, its code, what the centre says of it.
#include "app/present/paper_line.hpp"
#include "session/inactivity.hpp"

#include <algorithm>

namespace app {

using domain::PaymentOrder;
using domain::PaymentState;
using screens::Tone;

namespace {

std::string yuan(const PageBuilder& b, std::int64_t fen) {
    return b.say(MessageId::pay_yuan, {{"amount", domain::yuan_text(fen)}});
}

screens::KeyValue row(const PageBuilder& b, MessageId label, std::string value,
                      bool strong = false) {
    return {b.say(label), std::move(value), strong, {}, {}, screens::Sensitivity::personal};
}

// Who gets it, for what, by which rule, what is waived and by which rule.
screens::KeyValues fee_card(const PageBuilder& b, const PaymentOrder& order) {
    screens::KeyValues card;
    card.rows.push_back(row(b, MessageId::pay_total, yuan(b, order.total_fen), true));
    card.rows.push_back(row(b, MessageId::pay_payee, order.payee));
    for (const auto& item : order.items) {
        card.rows.push_back(row(b, MessageId::pay_item, item.name));
        card.rows.push_back(row(b, MessageId::pay_amount, yuan(b, item.amount_fen)));
        if (!item.basis.empty()) card.rows.push_back(row(b, MessageId::pay_basis, item.basis));
        if (item.relief_fen == 0) continue;
        card.rows.push_back(row(b, MessageId::pay_relief, "-" + yuan(b, item.relief_fen)));
        card.rows.push_back(row(b, MessageId::pay_relief_basis, item.relief_basis));
    }
    return card;
}

screens::Button ways_button(PageBuilder& b) {
    return b.secondary("pay_ways", MessageId::pay_ways, session::PayWaysOpened{});
}

void ways_page(PageBuilder& b) {
    b.name("pay_ways");
    b.title(b.say(MessageId::pay_ways_title));
    screens::KeyValues card;
    const auto line = [&](MessageId label, std::string value) {
        card.rows.push_back({b.say(label), std::move(value), false, {}, {}, {}});
    };
    line(MessageId::pay_ways_counter, b.say(b.pack.counter_address) + "\n" + b.say(b.pack.hours));
    line(MessageId::pay_ways_telephone, b.pack.telephone);
    b.add(std::move(card));
    b.add(screens::ButtonRow{
        {b.primary("pay_ways_back", MessageId::pay_ways_back, session::PayWaysOpened{})}});
}

MessageId state_text(PaymentState state) {
    if (state == PaymentState::paid) return MessageId::pay_state_paid;
    return state == PaymentState::waived ? MessageId::pay_state_waived : MessageId::pay_state_due;
}

void waiting_page(MessageId title, base::Instant since, PageBuilder& b) {
    b.title(b.say(title));
    b.add(screens::Progress{"search", b.say(title), -1});
    if (b.in.now - since >= session::wait_explained)
        b.add(screens::ButtonRow{
            {b.secondary("ask_cancel", MessageId::progress_cancel, session::WentBack{})}});
}

void fault_page(const flows::ShowingDue& here, PageBuilder& b) {
    b.name("pay_due_failed");
    b.title(b.say(MessageId::pay_failed_title));
    b.page.screen.low = true;
    b.add(screens::Notice{Tone::warn,
                          "info-circle",
                          std::string(base::citizen_text(here.fault->code, b.locale())),
                          {b.say(MessageId::pay_failed_text)},
                          true});
    screens::ButtonRow buttons{{ways_button(b)}};
    if (here.person)
        buttons.buttons.push_back(
            b.primary("pay_again", MessageId::pay_again, session::PayAskedAgain{}));
    b.add(std::move(buttons));
}

std::string time_left(const flows::ShowingPayCode& here, const PageBuilder& b) {
    const auto left = std::max<std::int64_t>(
        0, std::chrono::duration_cast<std::chrono::seconds>(here.until - b.in.now).count());
    return b.say(MessageId::pay_left_text,
                 {{"minutes", std::to_string(left / 60)}, {"seconds", std::to_string(left % 60)}});
}

void outcome_notice(const flows::PaymentKnown& here, PageBuilder& b) {
    using flows::PayOutcome;
    switch (here.outcome) {
        case PayOutcome::paid:
            return b.add(screens::Notice{Tone::success,
                                         "circle-check",
                                         b.say(MessageId::pay_paid_title),
                                         {b.say(MessageId::pay_paid_text)},
                                         true});
        case PayOutcome::timed_out:
            return b.add(screens::Notice{Tone::warn,
                                         "info-circle",
                                         b.say(MessageId::pay_timed_out_title),
                                         {b.say(MessageId::pay_failed_result_text)},
                                         true});
        case PayOutcome::failed:
            return b.add(screens::Notice{Tone::warn,
                                         "info-circle",
                                         b.say(MessageId::pay_failed_result_title),
                                         {b.say(MessageId::pay_failed_result_text)},
                                         true});
        case PayOutcome::unknown:
            return b.add(screens::Notice{Tone::warn,
                                         "hourglass",
                                         b.say(MessageId::pay_unknown_title),
                                         {b.say(MessageId::pay_unknown_text)},
                                         true});
    }
}

PaperLine bill_of(const flows::PaymentKnown& here, const PageBuilder& b) {
    PaperLine line{here.paper, here.printer, here.fault};
    line.printing = b.say(MessageId::pay_printing);
    line.printed = b.say(MessageId::pay_printed);
    line.unknown = b.say(MessageId::pay_print_unknown);
    return line;
}

}  // namespace

void show(const flows::AskingDue& here, PageBuilder& b) {
    waiting_page(MessageId::pay_asking, here.since, b);
}

void show(const flows::ShowingDue& here, PageBuilder& b) {
    if (here.ways) return ways_page(b);
    if (here.fault) return fault_page(here, b);
    if (!here.orders || here.orders->all.empty()) {
        b.title(b.say(MessageId::pay_title));
        b.add(screens::Notice{Tone::info,
                              "info-circle",
                              b.say(MessageId::pay_nothing_title),
                              {b.say(MessageId::pay_nothing_text)},
                              true});
        b.add(screens::ButtonRow{
            {b.secondary("pay_again", MessageId::pay_again, session::PayAskedAgain{}),
             ways_button(b), b.primary("pay_done", MessageId::pay_done, session::Ended{})}});
        return;
    }
    b.title(b.say(MessageId::pay_title), b.say(MessageId::pay_subtitle));
    screens::Choices list;
    for (std::size_t i = 0; i < here.orders->all.size(); ++i) {
        const auto& order = here.orders->all[i];
        list.choices.push_back(
            {b.bind("due:" + std::to_string(i), session::DueChosen{i}),
             order.items.at(0).name + "  " + yuan(b, order.total_fen),
             b.say(MessageId::pay_row_note,
                   {{"state", b.say(state_text(order.state))}, {"payee", order.payee}}),
             "receipt", false});
    }
    b.add(std::move(list));
    b.add(screens::ButtonRow{{ways_button(b)}});
}

void show(const flows::ReadingDue& here, PageBuilder& b) {
    if (here.ways) return ways_page(b);
    const auto& due = here.orders->all.at(here.chosen);
    const bool waived = due.state == PaymentState::waived;
    b.title(b.say(waived ? MessageId::pay_waived_title : MessageId::pay_fee_title),
            waived ? b.say(MessageId::pay_waived_text) : std::string());
    b.add(fee_card(b, due));
    screens::ButtonRow buttons{{ways_button(b)}};
    if (waived)
        buttons.buttons.push_back(b.primary("pay_back", MessageId::back, session::WentBack{}));
    else
        buttons.buttons.push_back(b.primary("pay_go", MessageId::pay_go, session::PayConfirmed{}));
    b.add(std::move(buttons));
}

void show(const flows::AskingOrder& here, PageBuilder& b) {
    waiting_page(MessageId::pay_ordering, here.since, b);
}

void show(const flows::ShowingPayCode& here, PageBuilder& b) {
    if (here.ways) return ways_page(b);
    const auto& order = here.order->all.at(0);
    const bool over = b.in.now >= here.until;
    b.title(b.say(over ? MessageId::pay_code_over : MessageId::pay_code_title),
            b.say(MessageId::pay_code_subtitle));
    screens::KeyValues card;
    card.rows.push_back(row(b, MessageId::pay_total, yuan(b, order.total_fen), true));
    card.rows.push_back(row(b, MessageId::pay_payee, order.payee));
    card.rows.push_back(row(b, MessageId::pay_item, order.items.at(0).name));
    card.rows.push_back(row(b, MessageId::pay_left, time_left(here, b), true));
    if (!over) {
        card.qr_text = order.qr_text;
        card.qr_caption = {b.say(MessageId::pay_code_caption)};
    }
    b.add(std::move(card));
    b.add(screens::Notice{
        here.line_lost ? Tone::warn : Tone::info,
        here.line_lost ? "info-circle" : "hourglass",
        b.say(here.line_lost ? MessageId::pay_line_lost : MessageId::pay_code_watching),
        {},
        false});
    b.add(screens::ButtonRow{
        {ways_button(b), b.secondary("pay_cancel", MessageId::pay_cancel, session::WentBack{})}});
}

void show(const flows::PaymentKnown& here, PageBuilder& b) {
    if (here.ways) return ways_page(b);
    const auto& order = here.order->all.at(0);
    const bool paid = here.outcome == flows::PayOutcome::paid;
    outcome_notice(here, b);
    screens::KeyValues card;
    card.rows.push_back(row(b, MessageId::pay_total, yuan(b, order.total_fen), true));
    card.rows.push_back(row(b, MessageId::pay_payee, order.payee));
    card.rows.push_back(row(b, MessageId::pay_item, order.items.at(0).name));
    card.rows.push_back(row(b, MessageId::pay_order_no, order.order_no));
    if (paid) {
        card.rows.push_back(row(b, MessageId::pay_bill_code, order.bill_code));
        card.rows.push_back(row(b, MessageId::pay_bill_no, order.bill_no));
    }
    b.add(std::move(card));
    add_paper_line(b, bill_of(here, b));
    screens::ButtonRow buttons;
    if (paid && here.paper == flows::Paper::printing)
        buttons.buttons.push_back({{}, b.say(MessageId::pay_print_again)});
    else if (paid)
        buttons.buttons.push_back(b.secondary(
            "pay_print", here.prints > 0 ? MessageId::pay_print_again : MessageId::pay_print,
            session::BillWanted{}));
    else
        buttons.buttons = {ways_button(b), b.secondary("pay_again", MessageId::pay_again,
                                                       session::PayAskedAgain{})};
    buttons.buttons.push_back(b.primary("pay_done", MessageId::pay_done, session::PayFinished{}));
    b.add(std::move(buttons));
}

}  // namespace app
