#include "app/present/guide_of_terms.hpp"

#include "domain/dates.hpp"

namespace app {

namespace {

using catalogue::Text;

Text said(MessageId id) {
    return {std::string(base::text(id, base::Locale::zh)),
            std::string(base::text(id, base::Locale::en))};
}

MessageId text_of(catalogue::ProcessKind kind) {
    using catalogue::ProcessKind;
    switch (kind) {
        case ProcessKind::review:
            return MessageId::terms_process_review;
        case ProcessKind::instant:
            return MessageId::terms_process_instant;
        case ProcessKind::record:
            return MessageId::terms_process_record;
        case ProcessKind::promise:
            return MessageId::terms_process_promise;
        case ProcessKind::query:
            break;
    }
    return MessageId::terms_process_query;
}

MessageId text_of_once(std::int64_t mode) {
    if (mode == 1) return MessageId::terms_once_1;
    if (mode == 2) return MessageId::terms_once_2;
    return mode == 3 ? MessageId::terms_once_3 : MessageId::terms_once_4;
}

MessageId text_of(catalogue::Level level) {
    using catalogue::Level;
    switch (level) {
        case Level::county:
            return MessageId::terms_level_county;
        case Level::town:
            return MessageId::terms_level_town;
        case Level::village:
            break;
    }
    return MessageId::terms_level_village;
}

MessageId text_of(catalogue::Delivery way) {
    using catalogue::Delivery;
    switch (way) {
        case Delivery::counter:
            return MessageId::delivery_counter;
        case Delivery::kiosk:
            return MessageId::delivery_kiosk;
        case Delivery::post:
            return MessageId::delivery_post;
        case Delivery::elicence:
            return MessageId::delivery_elicence;
        case Delivery::agent:
            break;
    }
    return MessageId::delivery_agent;
}

template <class Enum>
Text all_of(const std::vector<Enum>& values) {
    Text out;
    for (const auto value : values) {
        const Text one = said(text_of(value));
        out.zh += (out.zh.empty() ? "" : "、") + one.zh;
        out.en += (out.en.empty() ? "" : ", ") + one.en;
    }
    return out;
}

Text decided_by(const catalogue::ItemTerms& terms) {
    const Text& here = terms.deciding_office->name;
    if (terms.deciding_field.empty()) return here;
    const auto both = [&](base::Locale locale) {
        return base::text(MessageId::terms_decided_there, locale,
                          {{"here", here.in(locale)}, {"there", terms.deciding_there.in(locale)}});
    };
    return {both(base::Locale::zh), both(base::Locale::en)};
}

}  // namespace

std::vector<catalogue::GuideRow> rows_of_terms(const catalogue::ServiceItem& item) {
    const auto& terms = item.terms;
    std::vector<catalogue::GuideRow> rows;
    if (terms.process_kind)
        rows.push_back({said(MessageId::terms_process), said(text_of(*terms.process_kind))});
    if (terms.once_mode != 0)
        rows.push_back({said(MessageId::terms_once), said(text_of_once(terms.once_mode))});
    if (!terms.levels.empty())
        rows.push_back({said(MessageId::terms_levels), all_of(terms.levels)});
    if (terms.lenient)
        rows.push_back(
            {said(MessageId::terms_lenient),
             said(*terms.lenient == catalogue::LenientClass::a ? MessageId::terms_lenient_a
                                                               : MessageId::terms_lenient_b)});
    if (terms.receiving_office)
        rows.push_back({said(MessageId::terms_received_by), terms.receiving_office->name});
    if (terms.deciding_office)
        rows.push_back({said(MessageId::terms_decided_by), decided_by(terms)});
    if (!terms.delivery.empty())
        rows.push_back({said(MessageId::terms_delivery), all_of(terms.delivery)});
    return rows;
}

std::string chosen_delivery(const PageBuilder& b, const catalogue::ServiceItem& item,
                            const catalogue::SituationAnswers& answers) {
    const auto answer = answers.find(std::string(catalogue::delivery_question));
    if (item.terms.delivery.size() < 2 || answer == answers.end()) return {};
    for (const auto& question : item.situation)
        for (const auto& option : question.options)
            if (question.id == catalogue::delivery_question && option.value == answer->second)
                return b.say(option.label);
    return {};
}

std::optional<MissingSaid> not_taken_today(const PageBuilder& b,
                                           const catalogue::ServiceItem& item) {
    const auto today = base::local_date(b.in.now);
    const auto& terms = item.terms;
    if (terms.taken_on(today)) return std::nullopt;
    const auto note = [&](MessageId id, const std::string& day) {
        const auto date = domain::date_from_iso(day);
        return b.say(id, {{"date", date ? domain::in_words(*date, b.locale()) : day}});
    };
    const auto from = domain::date_from_iso(terms.effective_from);
    if (from && today < *from)
        return MissingSaid{"calendar-time", MessageId::terms_not_yet,
                           note(MessageId::terms_not_yet_note, terms.effective_from)};
    const bool paused = terms.state == catalogue::ItemState::paused;
    return MissingSaid{
        "player-pause", paused ? MessageId::terms_paused : MessageId::terms_ended,
        note(MessageId::terms_over_note, terms.ends_on) + "\n" + b.window_sentence()};
}

}  // namespace app
