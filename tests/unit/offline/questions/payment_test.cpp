// Orders to pay, from the app's question to the centre's book: sums, one order for one key, money
// that comes late.
#include "offline/intake/paying/cashier_commands.hpp"
#include "offline/intake/paying/payment_answerer.hpp"
#include "tests/unit/offline/sealing/every_suite.hpp"

namespace {

using namespace offline_test;
using namespace offline::questions;
using domain::PaymentOrder;
using domain::PaymentState;

const Person payer{"000101194601020124", "王秀兰"},
    other_person{"000101194102030121", "王𬱖兰"};

const char* const payers_fees = R"({"certificates": [], "fees": [
    {"payer": {"id_number": "000101194601020124", "name": "王秀兰"}, "order_no": "F-1",
     "case_number": "", "payee": "示例县医疗保障局", "purpose": "居民医保缴费", "basis": "示例 1 号",
     "due_fen": 40000, "paid_fen": 0, "since": "2026-11-01T08:00:00+08:00",
     "relief_fen": 15000, "relief_basis": "低保对象减免"},
    {"payer": {"id_number": "000101194601020124", "name": "王秀兰"}, "order_no": "F-2",
     "case_number": "", "payee": "示例县自然资源局", "purpose": "不动产登记费", "basis": "示例 2 号",
     "due_fen": 8000, "paid_fen": 0, "since": "2026-11-01T08:00:00+08:00",
     "relief_fen": 8000, "relief_basis": "免收"}]})";

class Payments : public EverySuite {
  protected:
    Payments() {
        EXPECT_EQ(intake::AnswerBook::open(folder.path()).value().load(payers_fees, world.intake),
                  2);
        take_money(domain::Realm::training);
    }
    void take_money(domain::Realm realm) {
        answerer.emplace(intake::OrderBook::open(folder.path()).value(),
                         intake::AnswerBook::open(folder.path()).value(), intake::cashier_of(realm),
                         world.intake, clock, log);
    }
    base::Result<std::vector<PaymentOrder>> ask(const PaymentAsked& asked) {
        offline::sealing::OpenedQuestion question;
        question.plaintext = base::Secret<std::string>(std::string(*payment_question(asked)));
        return read_payment_answer(**answerer->answer(question, {}));
    }
    std::vector<PaymentOrder> list(const Person& person = payer) {
        return ask({PaymentAction::list, person, "", ""}).value();
    }
    PaymentOrder create(const std::string& key, const std::string& fee = "F-1") {
        return ask({PaymentAction::create, payer, fee, key}).value().at(0);
    }
    PaymentOrder state_of(const PaymentOrder& order) {
        return ask({PaymentAction::ask, payer, order.order_no, ""}).value().at(0);
    }
    // As the cashier says it, from another program.
    base::Status pay(const PaymentOrder& order) {
        return intake::OrderBook::open(folder.path()).value().pay(order.order_no, clock.now());
    }

    Folder folder;
    base::ManualClock clock{start};
    base::NoEventLog log;
    std::optional<intake::PaymentAnswerer> answerer;
};

TEST_P(Payments, what_is_due_comes_with_its_relief_and_what_is_waived_costs_nothing) {
    const auto due = list();
    ASSERT_EQ(due.size(), 2u);
    EXPECT_EQ(due[0].state, PaymentState::due);
    EXPECT_EQ(due[0].total_fen, 25000);
    EXPECT_EQ(due[0].items.at(0).relief_basis, "低保对象减免");
    EXPECT_EQ(due[1].state, PaymentState::waived);
    EXPECT_EQ(due[1].total_fen, 0);
    EXPECT_TRUE(list(other_person).empty());
    const auto refused = ask({PaymentAction::create, payer, "F-2", "k"});
    EXPECT_EQ(refused.error().safe_detail, refusal::nothing_to_pay);
}

TEST_P(Payments, one_key_makes_one_order_and_one_fee_has_one_code_at_a_time) {
    const auto first = create("key-1");
    EXPECT_EQ(first.state, PaymentState::shown);
    EXPECT_FALSE(first.qr_text.empty());
    EXPECT_EQ(create("key-1"), first);
    EXPECT_EQ(create("key-2"), first);
    ASSERT_EQ(intake::OrderBook::open(folder.path()).value().all().value().size(), 1u);
}

TEST_P(Payments, only_the_cashier_makes_an_order_paid_and_then_it_has_its_bill) {
    const auto order = create("key-1");
    EXPECT_EQ(state_of(order).state, PaymentState::shown);
    ASSERT_TRUE(pay(order));
    const auto paid = state_of(order);
    EXPECT_EQ(paid.state, PaymentState::paid);
    EXPECT_EQ(paid.bill_code.size(), 8u);
    EXPECT_EQ(paid.bill_no.size(), 10u);
    // It is due no more, nobody pays it twice, and it is told.
    EXPECT_EQ(create("key-2"), paid);
    const auto after = list();
    ASSERT_EQ(after.size(), 2u);
    EXPECT_EQ(after[0].state, PaymentState::waived);
    EXPECT_EQ(after[1], paid);
    ASSERT_TRUE(pay(order));  // said twice
    EXPECT_EQ(state_of(order), paid);
}

TEST_P(Payments, money_that_comes_after_the_time_or_after_leaving_is_kept_and_shown) {
    const auto late = create("key-1");
    clock.forward(intake::order_time + base::Millis{1000});
    EXPECT_EQ(state_of(late).state, PaymentState::timed_out);
    ASSERT_TRUE(pay(late));
    EXPECT_EQ(state_of(late).state, PaymentState::paid);
}

TEST_P(Payments, an_order_that_was_left_is_cancelled_and_money_for_it_is_kept_all_the_same) {
    const auto left = create("key-1");
    const auto cancelled = ask({PaymentAction::cancel, payer, left.order_no, ""}).value().at(0);
    EXPECT_EQ(cancelled.state, PaymentState::cancelled);
    EXPECT_TRUE(cancelled.qr_text.empty());
    EXPECT_NE(create("key-2").order_no, left.order_no);
    ASSERT_TRUE(pay(left));
    EXPECT_EQ(list().back().order_no, left.order_no);
}

TEST_P(Payments, nobody_sees_or_cancels_the_order_of_somebody_else) {
    const auto order = create("key-1");
    for (const auto action : {PaymentAction::ask, PaymentAction::cancel})
        EXPECT_EQ(ask({action, other_person, order.order_no, ""}).error().safe_detail,
                  refusal::no_such_order);
    EXPECT_EQ(state_of(order).state, PaymentState::shown);
}

TEST_P(Payments, in_service_no_money_is_taken_before_a_cashier_is_connected) {
    take_money(domain::Realm::service);
    EXPECT_EQ(ask({PaymentAction::create, payer, "F-1", "k"}).error().safe_detail,
              refusal::no_cashier);
    intake::Site site;
    site.folder = folder.path();
    site.realm = domain::Realm::service;
    EXPECT_EQ(intake::cashier_text(site, intake::CashierAct::pay, "JF1", start).error().code,
              base::FaultCode::RealmMismatch);
}

INSTANTIATE_TEST_SUITE_P(suites, Payments, both_suites, suite_name);

PaymentOrder sound() {
    PaymentOrder out;
    out.order_no = "JF1";
    out.fee_no = "F-1";
    out.payee = "p";
    out.items = {{"a", "b", 300, 100, "r"}, {"c", "", 5, 0, ""}};
    out.total_fen = 205;
    out.expires_at = "2026-11-22T09:51:00+08:00";
    out.qr_text = "https://x";
    out.state = PaymentState::shown;
    return out;
}

TEST(payment_papers, what_is_written_reads_back_and_a_sum_that_is_wrong_does_not) {
    EXPECT_EQ(read_payment_answer(payment_answer({sound()})).value(), std::vector{sound()});
    const auto refused = [](auto change) {
        auto order = sound();
        change(order);
        const auto read = read_payment_answer(payment_answer({order}));
        return !read && read.error().code == base::FaultCode::CentreNonsense;
    };
    EXPECT_TRUE(refused([](auto& o) { o.total_fen = 206; }));
    EXPECT_TRUE(refused([](auto& o) { o.items[0].relief_fen = 301; }));
    EXPECT_TRUE(refused([](auto& o) { o.items[0].relief_basis.clear(); }));
    EXPECT_TRUE(refused([](auto& o) { o.items[0].amount_fen = -1; }));
    EXPECT_TRUE(refused([](auto& o) { o.items.clear(); }));
    EXPECT_TRUE(refused([](auto& o) { o.qr_text.clear(); }));
    EXPECT_TRUE(refused([](auto& o) { o.expires_at = "soon"; }));
    EXPECT_TRUE(refused([](auto& o) { o.bill_no = "0000000001"; }));
    EXPECT_TRUE(refused([](auto& o) {
        o.state = PaymentState::paid;
        o.qr_text.clear();
    }));
    for (const char* wrong : {R"({"kind":"payment"})", R"({"kind":"payment","orders":[{}]})",
                              R"({"kind":"payment","orders":[],"x":1})", "[]", ""})
        EXPECT_EQ(read_payment_answer(wrong).error().code, base::FaultCode::CentreNonsense);
}

TEST(payment_papers, a_question_has_what_its_action_needs_and_nothing_else) {
    const PaymentAsked good{PaymentAction::create, payer, "F-1", "k"};
    EXPECT_EQ(read_payment_question(*payment_question(good)).value(), good);
    for (const PaymentAsked& wrong : {PaymentAsked{PaymentAction::create, payer, "F-1", ""},
                                      PaymentAsked{PaymentAction::create, payer, "", "k"},
                                      PaymentAsked{PaymentAction::ask, payer, "JF1", "k"},
                                      PaymentAsked{PaymentAction::list, payer, "F-1", ""},
                                      PaymentAsked{PaymentAction::list, {"", ""}, "", ""}})
        EXPECT_FALSE(read_payment_question(*payment_question(wrong)));
}

TEST(payment_papers, yuan_are_written_with_two_digits_and_in_thousands) {
    EXPECT_EQ(domain::yuan_text(0), "0.00");
    EXPECT_EQ(domain::yuan_text(105), "1.05");
    EXPECT_EQ(domain::yuan_text(123456789), "1,234,567.89");
}

}  // namespace
