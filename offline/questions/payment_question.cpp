#include "offline/questions/payment_question.hpp"

#include "offline/questions/fee_question.hpp"
#include "offline/questions/strict_json.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace offline::questions {

using base::FaultCode;
using domain::PaymentState;
using nlohmann::json;

namespace {

constexpr std::array<std::string_view, 4> action_names{"list", "create", "ask", "cancel"};

std::optional<PaymentState> state_from(const std::string& text) {
    for (int i = 0; i < domain::payment_states; ++i)
        if (domain::name(static_cast<PaymentState>(i)) == text) return static_cast<PaymentState>(i);
    return std::nullopt;
}

// Which of the two numbers an action has.
bool fits(const PaymentAsked& asked) {
    return !asked.payer.id_number.empty() && !asked.payer.name.empty() &&
           (asked.action == PaymentAction::list) == asked.number.empty() &&
           (asked.action == PaymentAction::create) == !asked.key.empty();
}

domain::PaymentOrder read_order(const json& value, bool& right) {
    StrictObject in(value);
    domain::PaymentOrder out;
    out.order_no = in.text("order_no", 50);
    out.fee_no = in.text("fee_no", 64);
    out.payee = in.text("payee");
    for (const auto& item : in.list("items")) {
        StrictObject fields(item);
        domain::PaymentItem one;
        one.name = fields.text("name");
        one.basis = fields.text("basis");
        one.amount_fen = fields.integer("amount_fen", 0, fen_max);
        one.relief_fen = fields.integer("relief_fen", 0, fen_max);
        one.relief_basis = fields.text("relief_basis");
        in.is(fields.whole());
        out.items.push_back(std::move(one));
    }
    out.total_fen = in.integer("total_fen", 0, fen_max);
    out.qr_text = in.text("qr_text", 300);
    out.expires_at = in.text("expires_at", 64);
    const auto state = state_from(in.text("state", 16));
    out.state = state.value_or(PaymentState::due);
    out.bill_code = in.text("bill_code", 8);
    out.bill_no = in.text("bill_no", 10);
    right = right && state && in.whole() && domain::is_sound(out);
    return out;
}

}  // namespace

base::SecretText payment_question(const PaymentAsked& asked) {
    return base::SecretText(json{
        {"kind", name(Kind::payment)},
        {"action", action_names.at(static_cast<std::size_t>(asked.action))},
        {"id_number", asked.payer.id_number},
        {"name", asked.payer.name},
        {"number", asked.number},
        {"key", asked.key}}.dump());
}

base::Result<PaymentAsked> read_payment_question(std::string_view text) {
    const json value = json::parse(text, nullptr, false);
    StrictObject in(value);
    in.exactly("kind", name(Kind::payment));
    const std::string action = in.text("action", 16);
    PaymentAsked out;
    out.payer = {in.text("id_number"), in.text("name")};
    out.number = in.text("number", 64);
    out.key = in.text("key", 64);
    const auto* at = std::find(action_names.begin(), action_names.end(), action);
    if (at != action_names.end())
        out.action = static_cast<PaymentAction>(at - action_names.begin());
    if (!in.whole() || at == action_names.end() || !fits(out))
        return base::fail(FaultCode::BytesMalformed, "payment question");
    return out;
}

std::string payment_answer(const std::vector<domain::PaymentOrder>& orders) {
    json list = json::array();
    for (const auto& order : orders) {
        json items = json::array();
        for (const auto& item : order.items)
            items.push_back({{"name", item.name},
                             {"basis", item.basis},
                             {"amount_fen", item.amount_fen},
                             {"relief_fen", item.relief_fen},
                             {"relief_basis", item.relief_basis}});
        list.push_back({{"order_no", order.order_no},
                        {"fee_no", order.fee_no},
                        {"payee", order.payee},
                        {"items", items},
                        {"total_fen", order.total_fen},
                        {"qr_text", order.qr_text},
                        {"expires_at", order.expires_at},
                        {"state", domain::name(order.state)},
                        {"bill_code", order.bill_code},
                        {"bill_no", order.bill_no}});
    }
    return json{{"kind", name(Kind::payment)}, {"orders", list}}.dump();
}

base::Result<std::vector<domain::PaymentOrder>> read_payment_answer(std::string_view text) {
    if (auto reason = refusal_in(text)) return base::fail(FaultCode::CentreRefused, *reason);
    const json value = json::parse(text, nullptr, false);
    StrictObject in(value);
    in.exactly("kind", name(Kind::payment));
    std::vector<domain::PaymentOrder> out;
    bool right = true;
    for (const auto& order : in.list("orders")) out.push_back(read_order(order, right));
    if (!in.whole() || !right) return base::fail(FaultCode::CentreNonsense, "payment answer");
    return out;
}

}  // namespace offline::questions
