// 信使U盘, 暂停服务, 清洁屏幕 (T14, T15): pages on which something is done.
#include "app/present/maintenance.hpp"
#include "session/inactivity.hpp"

#include <array>

namespace app {

using domain::CourierWork;
using screens::Tone;

namespace {

MessageId work_name(CourierWork work) {
    switch (work) {
        case CourierWork::register_stick:
            return MessageId::maintain_courier_register;
        case CourierWork::export_bundle:
            return MessageId::maintain_courier_export;
        case CourierWork::import_returns:
            return MessageId::maintain_courier_import;
        case CourierWork::list:
            break;
    }
    return MessageId::maintain_courier_list;
}

void courier_menu(const flows::TechnicianCourier& here, PageBuilder& b) {
    b.title(b.say(MessageId::maintain_courier), b.say(MessageId::maintain_courier_note));
    if (!here.sticks)
        b.add(screens::Notice{
            Tone::warn, "alert-triangle", b.say(MessageId::maintain_courier_none), {}, false});
    screens::Choices list;
    const auto add = [&](const char* id, CourierWork work, MessageId note, const char* icon) {
        list.choices.push_back({b.bind(id, session::CourierWanted{work}), b.say(work_name(work)),
                                b.say(note), icon, false});
    };
    if (here.sticks) {
        add("courier_export", CourierWork::export_bundle, MessageId::maintain_courier_export_note,
            "send");
        add("courier_import", CourierWork::import_returns, MessageId::maintain_courier_import_note,
            "receipt");
    }
    add("courier_list", CourierWork::list, MessageId::maintain_courier_list_note, "list");
    if (here.sticks)
        add("courier_register", CourierWork::register_stick,
            MessageId::maintain_courier_register_note, "file-check");
    b.add(std::move(list));
    b.add(screens::ButtonRow{
        {b.secondary("maintain_back", MessageId::maintain_back, session::WentBack{})}});
}

void add_said(const flows::TechnicianCourier& here, PageBuilder& b) {
    if (here.lines.empty()) return;
    screens::TextCard card;
    for (const auto& line : here.lines) card.paragraphs.push_back({{}, {}, line, false, {}});
    b.add(std::move(card));
}

}  // namespace

void show(const flows::TechnicianCourier& here, PageBuilder& b) {
    if (!here.work) return courier_menu(here, b);
    if (here.at_work) {
        b.name("maintain_courier_work");
        b.title(
            b.say(MessageId::maintain_courier_under_way, {{"what", b.say(work_name(*here.work))}}));
        b.add(screens::Progress{"archive", b.say(MessageId::maintain_courier_busy)});
        add_said(here, b);
        return;
    }
    b.name("maintain_courier_end");
    b.title(b.say(work_name(*here.work)));
    if (here.fault)
        b.add(screens::Notice{Tone::danger,
                              "alert-circle",
                              b.say(MessageId::maintain_courier_failed),
                              {fault_words(b, *here.fault), here.fault->safe_detail},
                              false});
    else
        b.add(here.all_well.value_or(true)
                  ? screens::Notice{Tone::success,
                                    "circle-check",
                                    b.say(MessageId::maintain_courier_done),
                                    {},
                                    false}
                  : screens::Notice{Tone::warn,
                                    "alert-triangle",
                                    b.say(MessageId::maintain_courier_partly),
                                    {},
                                    false});
    add_said(here, b);
    screens::ButtonRow row;
    if (here.fault)
        row.buttons.push_back(b.secondary("courier_again", MessageId::maintain_courier_again,
                                          session::CourierWanted{*here.work}, "refresh"));
    row.buttons.push_back(
        b.primary("maintain_back", MessageId::maintain_back, session::WentBack{}));
    b.add(std::move(row));
}

void show(const flows::TechnicianPausing& here, PageBuilder& b) {
    constexpr auto reason_0 = static_cast<int>(MessageId::maintain_pause_reason_0);
    constexpr auto length_0 = static_cast<int>(MessageId::maintain_pause_until_0);
    static_assert(static_cast<int>(MessageId::maintain_pause_reason_3) - reason_0 + 1 ==
                  domain::pause_reason_count);
    static_assert(static_cast<int>(MessageId::maintain_pause_until_3) - length_0 + 1 ==
                  domain::pause_length_count);
    b.title(b.say(MessageId::maintain_pause));
    screens::Choices reasons;
    reasons.radio = true;
    for (int i = 0; i < domain::pause_reason_count; ++i) {
        const auto reason = static_cast<domain::PauseReason>(i);
        reasons.choices.push_back(
            {b.bind("pause_reason:" + std::to_string(i), session::PauseReasonChosen{reason}),
             b.say(static_cast<MessageId>(reason_0 + i)),
             {},
             {},
             here.reason == reason});
    }
    b.add(std::move(reasons));
    screens::OptionRow lengths{"clock", b.say(MessageId::maintain_pause_until), {}};
    for (int i = 0; i < domain::pause_length_count; ++i) {
        const auto length = static_cast<domain::PauseLength>(i);
        lengths.options.push_back(
            {b.bind("pause_length:" + std::to_string(i), session::PauseLengthChosen{length}),
             b.say(static_cast<MessageId>(length_0 + i)), here.length == length});
    }
    b.add(std::move(lengths));
    b.add(screens::ButtonRow{
        {b.secondary("maintain_cancel", MessageId::maintain_cancel, session::WentBack{}),
         b.primary("pause_now", MessageId::maintain_pause_now, session::PauseConfirmed{})}});
}

void show(const flows::TechnicianCleaning& here, PageBuilder& b) {
    const auto left = session::cleaning_time - (b.in.now - here.since);
    const auto seconds = std::max<std::int64_t>(
        0, (std::chrono::duration_cast<base::Millis>(left).count() + 999) / 1000);
    b.page.screen.low = true;
    b.add(screens::Notice{Tone::info,
                          "eraser",
                          b.say(MessageId::maintain_clean_text),
                          {b.say(MessageId::maintain_clean_left, {{"n", std::to_string(seconds)}})},
                          true});
}

}  // namespace app
