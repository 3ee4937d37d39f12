#include "offline/questions/reply_question.hpp"

#include "domain/identifiers.hpp"
#include "offline/questions/strict_json.hpp"

#include <algorithm>
#include <array>

namespace offline::questions {

namespace {

using base::FaultCode;
using domain::ReplyAct;
using nlohmann::json;

constexpr std::array<std::string_view, 3> acts{"ask", "content", "not_yet"};
constexpr std::array<std::string_view, 4> kinds{"consult", "complaint", "stuck", "rating"};
constexpr std::array<std::string_view, 5> states{"received", "assigned", "replied", "satisfied",
                                                 "closed"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

base::SecretText reply_question(const ReplyAsked& asked) {
    return base::SecretText(json{
        {"kind", name(Kind::reply)},
        {"act", acts.at(static_cast<std::size_t>(asked.act))},
        {"number", asked.number},
        {"sub_id", asked.sub_id},
        {"id_number", asked.person.id_number},
        {"name",
         asked.person.name}}.dump());
}

base::Result<ReplyAsked> read_reply_question(std::string_view text) {
    const json value = json::parse(text, nullptr, false);
    StrictObject in(value);
    in.exactly("kind", name(Kind::reply));
    const std::string act = in.text("act", 16);
    ReplyAsked out;
    out.number = in.text("number", 64);
    out.sub_id = in.text("sub_id", 32);
    out.person = {in.text("id_number"), in.text("name")};
    const auto* known = std::find(acts.begin(), acts.end(), act);
    in.is(known != acts.end());
    if (known != acts.end()) out.act = static_cast<ReplyAct>(known - acts.begin());
    in.is(out.number.empty() == (out.act == ReplyAct::ask));
    // Either whose it is, or which it is.
    const bool by_slip = !out.sub_id.empty();
    in.is(!by_slip || domain::SubId::parse(out.sub_id).has_value());
    in.is(out.person.id_number.empty() == by_slip && out.person.name.empty() == by_slip);
    if (!in.whole()) return base::fail(FaultCode::BytesMalformed, "reply question");
    return out;
}

std::string reply_answer(const std::vector<domain::VoiceReply>& orders) {
    json list = json::array();
    for (const auto& order : orders) {
        if (list.size() == list_max) break;
        list.push_back({{"number", order.number},
                        {"kind", order.kind},
                        {"state", order.state},
                        {"since", order.since},
                        {"due", order.due},
                        {"reply", order.reply},
                        {"asks", order.asks ? 1 : 0}});
    }
    return json{{"kind", name(Kind::reply)}, {"orders", list}}.dump();
}

base::Result<std::vector<domain::VoiceReply>> read_reply_answer(std::string_view text) {
    if (auto reason = refusal_in(text)) return base::fail(FaultCode::CentreRefused, *reason);
    const json value = json::parse(text, nullptr, false);
    StrictObject in(value);
    in.exactly("kind", name(Kind::reply));
    std::vector<domain::VoiceReply> out;
    for (const auto& item : in.list("orders")) {
        StrictObject fields(item);
        domain::VoiceReply order;
        order.number = fields.text("number", 64);
        order.kind = fields.text("kind", 16);
        order.state = fields.text("state", 16);
        order.since = fields.text("since", 64);
        order.due = fields.text("due", 64);
        order.reply = fields.text("reply", reply_bytes_max);
        order.asks = fields.integer("asks", 0, 1) == 1;
        in.is(fields.whole() && is_one_of(kinds, order.kind) && is_one_of(states, order.state));
        out.push_back(std::move(order));
    }
    if (!in.whole()) return base::fail(FaultCode::CentreNonsense, "reply answer");
    return out;
}

}  // namespace offline::questions
