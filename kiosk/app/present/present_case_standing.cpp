// Where a case stands, in a citizen's words, and the days an office promises.
#include "app/present/case_standing.hpp"
#include "domain/case_life.hpp"
#include "domain/dates.hpp"

namespace app {

using domain::OfficeState;
using screens::Tone;

namespace {

struct Words {
    MessageId title, next;
    Tone tone;
    const char* icon;
};

Words words_of(OfficeState state, const std::string& result) {
    using M = MessageId;
    switch (state) {
        case OfficeState::received:
            return {M::delivery_received, M::case_received_next, Tone::success, "circle-check"};
        case OfficeState::correction:
            return {M::case_correction, M::case_correction_next, Tone::warn, "info-circle"};
        case OfficeState::accepted:
            return {M::case_accepted, M::case_accepted_next, Tone::success, "circle-check"};
        case OfficeState::refused:
            return {M::case_refused, M::case_refused_next, Tone::warn, "info-circle"};
        case OfficeState::in_review:
            return {M::case_in_review, M::case_accepted_next, Tone::info, "hourglass"};
        case OfficeState::special:
            return {M::case_special, M::case_special_next, Tone::info, "hourglass"};
        case OfficeState::decided:
            if (result == "NO")
                return {M::case_decided_no, M::case_decided_no_next, Tone::warn, "info-circle"};
            return {result == "YES" ? M::case_decided_yes : M::case_decided, M::case_decided_next,
                    Tone::success, "circle-check"};
        case OfficeState::finished:
            return {M::case_finished, M::case_finished_next, Tone::success, "circle-check"};
        case OfficeState::delivered:
            return {M::case_delivered, M::case_delivered_next, Tone::success, "circle-check"};
        case OfficeState::withdrawn:
            return {M::case_withdrawn, M::case_withdrawn_next, Tone::info, "info-circle"};
        case OfficeState::lapsed:
            break;
    }
    return {M::case_lapsed, M::case_lapsed_next, Tone::warn, "info-circle"};
}

}  // namespace

std::optional<CaseWords> case_words(const PageBuilder& b, const domain::SubmissionStatus& status) {
    if (status.delivery != domain::Delivery::received) return std::nullopt;
    const auto state = domain::office_state_from(status.centre_state);
    if (!state) return std::nullopt;
    const Words words = words_of(*state, status.result);
    // Of a refusal without its reason the counter tells.
    const bool unexplained = *state == OfficeState::refused && status.note.empty();
    return CaseWords{b.say(words.title),
                     b.say(unexplained ? MessageId::case_refused_ask : words.next), words.tone,
                     words.icon};
}

std::string by_day(const PageBuilder& b, const std::string& iso_date) {
    const auto date = domain::date_from_iso(iso_date);
    if (!date) return iso_date;
    const auto weekday = std::chrono::weekday{std::chrono::sys_days{*date}}.c_encoding();
    const auto name = static_cast<MessageId>(static_cast<unsigned>(MessageId::weekday_0) + weekday);
    return b.say(MessageId::case_due_by, {{"month", std::to_string(unsigned(date->month()))},
                                          {"day", std::to_string(unsigned(date->day()))},
                                          {"weekday", b.say(name)}});
}

std::string out_of_hours(const PageBuilder& b) {
    if (domain::is_open(b.pack.calendar, b.pack.office_hours, b.in.now)) return {};
    return b.say(MessageId::out_of_hours);
}

std::string promise_if_accepted(const catalogue::Pack& pack, const catalogue::ServiceItem& item,
                                base::Instant kept_at, base::Locale locale) {
    const base::Date today = base::local_date(kept_at);
    if (item.promised_days <= 0 || !pack.calendar.is_known(today)) return {};
    // On a day on which nobody accepts it is the next one.
    const bool worked = pack.calendar.is_workday(today);
    const base::Date accepted = worked ? today : domain::add_workdays(pack.calendar, today, 1);
    const base::Date day =
        domain::add_workdays(pack.calendar, accepted, static_cast<int>(item.promised_days));
    if (!pack.calendar.is_known(day)) return {};
    return base::text(worked ? MessageId::receipt_promise_by : MessageId::receipt_promise_next_day,
                      locale,
                      {{"month", std::to_string(unsigned(day.month()))},
                       {"day", std::to_string(unsigned(day.day()))}});
}

}  // namespace app
