#include "offline/intake/paying/order_book.hpp"

#include "offline/questions/payment_question.hpp"

#include <filesystem>

namespace offline::intake {

namespace {

using base::FaultCode;
using domain::PaymentOrder;
using domain::PaymentState;
using Found = base::Result<std::optional<PaymentOrder>>;

constexpr const char* schema = R"sql(
CREATE TABLE payment_order(
    order_no TEXT PRIMARY KEY, person BLOB NOT NULL, fee_no TEXT NOT NULL, key TEXT NOT NULL,
    content TEXT NOT NULL, state TEXT NOT NULL, expires_at INTEGER NOT NULL,
    paid_at INTEGER NOT NULL, UNIQUE (person, key)
) STRICT;
CREATE INDEX order_by_fee ON payment_order(person, fee_no);
PRAGMA user_version = 1;
)sql";

constexpr std::int64_t orders_shown = 50;

std::int64_t ms(base::Instant instant) {
    return instant.time_since_epoch().count();
}

std::string padded(std::int64_t number, std::size_t digits) {
    const auto text = std::to_string(number);
    return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
}

std::string state_text(PaymentState state) {
    return std::string(domain::name(state));
}

}  // namespace

base::Result<OrderBook> OrderBook::open(const std::string& folder) {
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    store::Database database =
        TRY(store::Database::open(folder + "/orders.sqlite", store::Access::shared));
    TRY_STATUS(database.quick_check());
    store::Transaction transaction = TRY(store::Transaction::begin(database));
    const std::int64_t version = TRY(database.integer("PRAGMA user_version"));
    if (version > 1) return base::fail(FaultCode::OutboxCorrupt, "orders: of a newer program");
    if (version == 0) TRY_STATUS(database.execute(schema));
    TRY_STATUS(transaction.commit());
    return OrderBook(std::move(database));
}

base::Result<std::vector<PaymentOrder>> OrderBook::list(store::Query query) {
    std::vector<PaymentOrder> out;
    while (TRY(query.row())) {
        auto read = TRY(questions::read_payment_answer(query.text(0)));
        if (read.size() != 1) return base::fail(FaultCode::OutboxCorrupt, "orders: content");
        out.push_back(std::move(read.front()));
    }
    return out;
}

Found OrderBook::one(store::Query query) {
    auto found = TRY(list(std::move(query)));
    if (found.empty()) return std::optional<PaymentOrder>{};
    return std::optional(std::move(found.front()));
}

base::Status OrderBook::keep(const PaymentOrder& order) {
    return database_
        .prepare("UPDATE payment_order SET content = ?2, state = ?3 WHERE order_no = ?1")
        .bind(order.order_no)
        .bind(questions::payment_answer({order}))
        .bind(state_text(order.state))
        .run();
}

base::Status OrderBook::let_time_pass(base::Instant now) {
    store::Query over = database_.prepare(
        "SELECT content FROM payment_order WHERE state = 'shown' AND expires_at <= ?");
    over.bind(ms(now));
    for (auto& order : TRY(list(std::move(over)))) {
        order.state = PaymentState::timed_out;
        order.qr_text.clear();
        TRY_STATUS(keep(order));
    }
    return {};
}

base::Result<PaymentOrder> OrderBook::create(base::ByteView person, PaymentOrder due,
                                             const std::string& key, Cashier& cashier,
                                             base::Instant now) {
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    TRY_STATUS(let_time_pass(now));
    store::Query there = database_.prepare(
        "SELECT content FROM payment_order WHERE person = ?1 AND (key = ?2 OR (fee_no = ?3 AND"
        " state IN ('shown', 'paid'))) ORDER BY key = ?2 DESC, state = 'paid' DESC LIMIT 1");
    there.bind(person).bind(key).bind(due.fee_no);
    if (auto known = TRY(one(std::move(there)))) {
        TRY_STATUS(transaction.commit());
        return std::move(*known);
    }
    const auto number = TRY(database_.integer("SELECT COUNT(*) + 1 FROM payment_order"));
    const auto day = base::iso8601_local(now);
    due.order_no =
        "JF" + day.substr(0, 4) + day.substr(5, 2) + day.substr(8, 2) + padded(number, 8);
    due.expires_at = base::iso8601_local(now + order_time);
    due.state = PaymentState::shown;
    due.qr_text = TRY(cashier.open(due));
    TRY_STATUS(database_.prepare("INSERT INTO payment_order VALUES (?, ?, ?, ?, ?, ?, ?, 0)")
                   .bind(due.order_no)
                   .bind(person)
                   .bind(due.fee_no)
                   .bind(key)
                   .bind(questions::payment_answer({due}))
                   .bind(state_text(due.state))
                   .bind(ms(now + order_time))
                   .run());
    TRY_STATUS(transaction.commit());
    return due;
}

Found OrderBook::find(base::ByteView person, const std::string& order_no, base::Instant now) {
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    TRY_STATUS(let_time_pass(now));
    TRY_STATUS(transaction.commit());
    store::Query query =
        database_.prepare("SELECT content FROM payment_order WHERE person = ? AND order_no = ?");
    query.bind(person).bind(order_no);
    return one(std::move(query));
}

Found OrderBook::cancel(base::ByteView person, const std::string& order_no, base::Instant now) {
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    TRY_STATUS(let_time_pass(now));
    store::Query query =
        database_.prepare("SELECT content FROM payment_order WHERE person = ? AND order_no = ?");
    query.bind(person).bind(order_no);
    auto order = TRY(one(std::move(query)));
    if (order && order->state == PaymentState::shown) {
        order->state = PaymentState::cancelled;
        order->qr_text.clear();
        TRY_STATUS(keep(*order));
    }
    TRY_STATUS(transaction.commit());
    return order;
}

base::Result<std::vector<PaymentOrder>> OrderBook::paid(base::ByteView person) {
    return paid_since(person, base::Instant{});
}

base::Result<std::vector<PaymentOrder>> OrderBook::paid_since(base::ByteView person,
                                                              base::Instant since) {
    store::Query query = database_.prepare(
        "SELECT content FROM payment_order WHERE person = ? AND state = 'paid' AND paid_at >= ?"
        " ORDER BY paid_at DESC, order_no DESC LIMIT ?");
    query.bind(person).bind(ms(since)).bind(orders_shown);
    return list(std::move(query));
}

base::Status OrderBook::pay(const std::string& order_no, base::Instant now) {
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    store::Query query = database_.prepare("SELECT content FROM payment_order WHERE order_no = ?");
    query.bind(order_no);
    auto order = TRY(one(std::move(query)));
    if (!order) return base::fail(FaultCode::AnswerNotFound, "no such order");
    if (order->state == PaymentState::paid) return transaction.commit();  // said twice
    const auto bill =
        TRY(database_.integer("SELECT COUNT(*) + 1 FROM payment_order WHERE state = 'paid'"));
    order->state = PaymentState::paid;
    order->qr_text.clear();
    order->bill_code = "99000126";  // no province's: bills of training
    order->bill_no = padded(bill, 10);
    TRY_STATUS(keep(*order));
    TRY_STATUS(database_.prepare("UPDATE payment_order SET paid_at = ?2 WHERE order_no = ?1")
                   .bind(order_no)
                   .bind(ms(now))
                   .run());
    return transaction.commit();
}

base::Status OrderBook::fail(const std::string& order_no) {
    store::Transaction transaction = TRY(store::Transaction::begin(database_));
    store::Query query = database_.prepare("SELECT content FROM payment_order WHERE order_no = ?");
    query.bind(order_no);
    auto order = TRY(one(std::move(query)));
    if (!order) return base::fail(FaultCode::AnswerNotFound, "no such order");
    if (order->state != PaymentState::shown)
        return base::fail(FaultCode::AnswerWrong, "not to be paid any more");
    order->state = PaymentState::failed;
    order->qr_text.clear();
    TRY_STATUS(keep(*order));
    return transaction.commit();
}

base::Result<std::vector<PaymentOrder>> OrderBook::all() {
    return list(database_.prepare("SELECT content FROM payment_order ORDER BY order_no"));
}

}  // namespace offline::intake
