// 暂停服务 (S08): a technician or the centre said so, the cabinet stands open, or the battery is
// about to go out.
#include "app/present/page_builder.hpp"

namespace app {

using screens::Tone;

namespace {

// UX-258: the cause in plain words, when it is expected back, where else, and whom to ask.
screens::Notice paused(const domain::ServicePause& pause, bool large, PageBuilder& b) {
    constexpr auto reason_0 = static_cast<int>(MessageId::maintain_pause_reason_0);
    const auto until = pause.until();
    std::string when;
    if (until && *until > b.in.now)
        when = b.say(MessageId::maintain_paused_until, {{"time", base::local_time_hh_mm(*until)}});
    else if (pause.length == domain::PauseLength::rest_of_the_day &&
             base::local_date(pause.since) == base::local_date(b.in.now))
        when = b.say(MessageId::maintain_paused_tomorrow);
    else
        when = b.say(MessageId::maintain_paused_unknown);
    const auto reason = static_cast<MessageId>(reason_0 + static_cast<int>(pause.reason));
    return {Tone::warn,
            "player-pause",
            b.say(MessageId::maintain_paused_title),
            {b.say(reason), std::move(when),
             b.say(MessageId::maintain_paused_other, {{"place", b.say(b.pack.counter_address)}}),
             b.say(MessageId::out_of_service_hotline)},
            large};
}

screens::Notice revoked(bool large, PageBuilder& b) {
    screens::Notice notice{
        Tone::warn,
        "alert-triangle",
        b.say(MessageId::suspended_revoked_title),
        {b.say(MessageId::suspended_revoked_text),
         b.say(MessageId::maintain_paused_other, {{"place", b.say(b.pack.counter_address)}})},
        large};
    if (!b.pack.telephone.empty())
        notice.lines.push_back(
            b.say(MessageId::suspended_revoked_staff, {{"telephone", b.pack.telephone}}));
    notice.lines.push_back(b.say(MessageId::suspended_revoked_before));
    notice.lines.push_back(b.say(MessageId::out_of_service_hotline));
    return notice;
}

}  // namespace

void show(const flows::Suspended& here, PageBuilder& b) {
    const bool opened = !here.open.empty();
    b.page.screen.low = true;
    // What somebody can still do comes first.
    if (here.card)
        b.add(screens::Notice{
            Tone::warn, "id", b.say(MessageId::card_left_title), {b.reader_is()}, true});
    if (here.revoked && !opened && !here.power_out) {
        b.add(revoked(!here.card, b));
        return;
    }
    if (here.set_up && !opened && !here.power_out) {
        b.name("set_up_unfinished");
        b.add(screens::Notice{
            Tone::warn,
            "tool",
            b.say(MessageId::set_up_unfinished_title),
            {b.say(MessageId::set_up_unfinished_text), b.say(MessageId::set_up_unfinished_how)},
            !here.card});
        return;
    }
    if (here.pause && !opened && !here.power_out) {
        b.add(paused(*here.pause, !here.card, b));
        return;
    }
    b.add(screens::Notice{
        Tone::warn,
        "alert-triangle",
        b.say(opened ? MessageId::suspended_open_title : MessageId::suspended_power_title),
        {b.say(MessageId::suspended_kept),
         b.say(opened ? MessageId::suspended_open_until : MessageId::suspended_power_until),
         b.say(MessageId::out_of_service_hotline)},
        !here.card});
}

}  // namespace app
