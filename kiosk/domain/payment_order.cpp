#include "domain/payment_order.hpp"

#include "base/clock.hpp"
#include "base/secret.hpp"

#include <algorithm>
#include <array>

namespace domain {

namespace {

constexpr std::int64_t item_fen_max = 1'000'000'000'000;

bool digits(const std::string& text, std::size_t count) {
    return text.size() == count &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_sound(const PaymentItem& item) {
    return !item.name.empty() && item.amount_fen >= 0 && item.amount_fen <= item_fen_max &&
           item.relief_fen >= 0 && item.relief_fen <= item.amount_fen &&
           (item.relief_fen > 0) == !item.relief_basis.empty();
}

}  // namespace

std::string_view name(PaymentState state) {
    static constexpr std::array<std::string_view, payment_states> names{
        "due", "waived", "created", "shown", "paid", "timed_out", "failed", "cancelled"};
    return names.at(static_cast<std::size_t>(state));
}

void PaymentOrders::wipe() {
    for (auto& order : all) {
        for (auto* text : {&order.order_no, &order.fee_no, &order.payee, &order.qr_text,
                           &order.expires_at, &order.bill_code, &order.bill_no})
            base::wipe(*text);
        for (auto& item : order.items) {
            for (auto* text : {&item.name, &item.basis, &item.relief_basis}) base::wipe(*text);
            base::wipe(item.amount_fen);
            base::wipe(item.relief_fen);
        }
        base::wipe(order.total_fen);
    }
    all.clear();
}

bool is_sound(const PaymentOrder& order) {
    constexpr std::size_t items_max = 100;  // so that no sum overflows
    if (order.items.empty() || order.items.size() > items_max || order.payee.empty()) return false;
    std::int64_t sum = 0;
    for (const auto& item : order.items) {
        if (!is_sound(item)) return false;
        sum += item.amount_fen - item.relief_fen;
    }
    if (sum != order.total_fen) return false;
    const bool ordered = order.state != PaymentState::due && order.state != PaymentState::waived;
    base::Instant end{};
    if (ordered != !order.order_no.empty()) return false;
    if (ordered ? !base::parse_iso8601(order.expires_at, end) : !order.expires_at.empty())
        return false;
    if ((order.state == PaymentState::shown) != !order.qr_text.empty()) return false;
    if ((order.state == PaymentState::waived) != (order.total_fen == 0)) return false;
    if (order.state == PaymentState::paid)
        return digits(order.bill_code, 8) && digits(order.bill_no, 10);
    return order.bill_code.empty() && order.bill_no.empty();
}

std::string yuan_text(std::int64_t fen) {
    std::string whole = std::to_string(fen / 100);
    for (auto at = static_cast<std::ptrdiff_t>(whole.size()) - 3; at > 0; at -= 3)
        whole.insert(static_cast<std::size_t>(at), ",");
    const auto rest = fen % 100;
    return whole + (rest < 10 ? ".0" : ".") + std::to_string(rest);
}

}  // namespace domain
