#include "offline/questions/draft_question.hpp"

#include "offline/questions/strict_json.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace offline::questions {

using base::FaultCode;
using nlohmann::json;

namespace {

constexpr std::array<std::string_view, 3> action_names{"store", "fetch", "delete"};
constexpr std::array<std::string_view, 4> outcome_names{"stored", "found", "none", "deleted"};
constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}
base::Instant instant(std::int64_t value) {
    return base::Instant{base::Millis{value}};
}

template <class Enum, std::size_t N>
Enum word(StrictObject& in, const char* field, const std::array<std::string_view, N>& names) {
    const std::string found = in.text(field, 16);
    const auto* at = std::find(names.begin(), names.end(), found);
    in.is(at != names.end());
    return at == names.end() ? Enum{} : static_cast<Enum>(at - names.begin());
}

}  // namespace

base::SecretText draft_question(const DraftAsked& asked) {
    return base::SecretText(json{
        {"kind", name(Kind::draft)},
        {"action", action_names.at(static_cast<std::size_t>(asked.action))},
        {"id_number", asked.person.id_number},
        {"name", asked.person.name},
        {"item", asked.item_code},
        {"asked_at", ms(asked.asked_at)},
        {"keep_hours", asked.keep_hours},
        {"content",
         *asked.content}}.dump());
}

base::Result<DraftAsked> read_draft_question(std::string_view text) {
    const json value = json::parse(text, nullptr, false);
    StrictObject in(value);
    in.exactly("kind", name(Kind::draft));
    DraftAsked out;
    out.action = word<DraftAction>(in, "action", action_names);
    out.person = {in.text("id_number"), in.text("name")};
    out.item_code = in.text("item", 64);
    out.asked_at = instant(in.integer("asked_at", 0, no_limit));
    out.keep_hours = in.integer("keep_hours", 0, draft_hours_max);
    out.content = base::SecretText(in.text("content", draft_bytes_max));
    const bool stores = out.action == DraftAction::store;
    in.is((out.keep_hours > 0) == stores && !out.content->empty() == stores);
    if (!in.whole()) return base::fail(FaultCode::BytesMalformed, "draft question");
    return out;
}

base::SecretText draft_answer(const DraftAnswer& answer) {
    return base::SecretText(json{
        {"kind", name(Kind::draft)},
        {"outcome", outcome_names.at(static_cast<std::size_t>(answer.outcome))},
        {"until", ms(answer.until)},
        {"content",
         *answer.content}}.dump());
}

base::Result<DraftAnswer> read_draft_answer(std::string_view text) {
    if (auto reason = refusal_in(text)) return base::fail(FaultCode::CentreRefused, *reason);
    const json value = json::parse(text, nullptr, false);
    StrictObject in(value);
    in.exactly("kind", name(Kind::draft));
    DraftAnswer out;
    out.outcome = word<DraftAnswer::Outcome>(in, "outcome", outcome_names);
    out.until = instant(in.integer("until", 0, no_limit));
    out.content = base::SecretText(in.text("content", draft_bytes_max));
    in.is(!out.content->empty() == (out.outcome == DraftAnswer::Outcome::found));
    if (!in.whole()) return base::fail(FaultCode::CentreNonsense, "draft answer");
    return out;
}

}  // namespace offline::questions
