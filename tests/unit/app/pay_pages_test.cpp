// What is read while somebody pays, and on the bill.
#include "app/papers.hpp"
#include "page_of.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace app {
namespace {

using domain::PaymentState;
using session::samples::Walker;

bool has(const ui::screens::KeyValues& card, const std::string& words) {
    return std::any_of(card.rows.begin(), card.rows.end(),
                       [&](const auto& row) { return row.value.find(words) != std::string::npos; });
}

TEST(pay_pages, a_fee_says_who_gets_it_by_which_rule_and_what_is_waived_by_which) {
    const auto page = page_of(Walker{}.to_due().on(session::DueChosen{0}));
    const auto* card = block<ui::screens::KeyValues>(page);
    ASSERT_TRUE(card);
    for (const char* words : {"200.00", "示例县医疗保障局", "400.00", "1 号", "低保对象减半"})
        EXPECT_TRUE(has(*card, words)) << words;
    EXPECT_TRUE(page.on_press.contains("pay_go"));
    const auto waived = page_of(Walker{}.to_due().on(session::DueChosen{1}));
    EXPECT_TRUE(has(*block<ui::screens::KeyValues>(waived), "免收"));
    EXPECT_FALSE(waived.on_press.contains("pay_go"));
}

TEST(pay_pages, the_code_stands_with_amount_and_time_and_goes_when_its_time_is_over) {
    Walker walker;
    walker.to_pay_code();
    const auto page = page_of(walker);
    const auto* card = block<ui::screens::KeyValues>(page);
    ASSERT_TRUE(card);
    EXPECT_EQ(card->qr_text, "https://cashier.training.invalid/pay/JF2026112200000001");
    EXPECT_TRUE(has(*card, "200.00"));
    EXPECT_TRUE(has(*card, "10 分 0 秒"));
    const auto over = page_of(walker.wait(std::chrono::seconds{605}));
    EXPECT_TRUE(block<ui::screens::KeyValues>(over)->qr_text.empty());
}

TEST(pay_pages, every_page_of_paying_that_can_be_left_tells_of_other_ways) {
    const Walker pages[] = {
        Walker{}.to_due(), Walker{}.to_due().on(session::DueChosen{0}), Walker{}.to_pay_code(),
        Walker{}.to_pay_code().ask_whether_paid().pay_answer(PaymentState::failed)};
    for (const auto& walker : pages) EXPECT_TRUE(page_of(walker).on_press.contains("pay_ways"));
}

TEST(pay_pages, a_bill_says_that_it_is_no_invoice_and_repeats_the_relief_with_its_rule) {
    const auto bill =
        bill_document(session::samples::pack(), session::samples::pay_order(PaymentState::paid),
                      "**兰", base::Locale::zh);
    EXPECT_EQ(bill.job, "bill");
    EXPECT_NE(bill.explanation.at(0).find("非发票"), std::string::npos);
    const auto says = [&](const std::string& words) {
        return std::any_of(bill.rows.begin(), bill.rows.end(), [&](const auto& row) {
            return row.value.find(words) != std::string::npos;
        });
    };
    for (const char* words : {"200.00", "低保对象减半", "99000126", "0000000001", "**兰"})
        EXPECT_TRUE(says(words)) << words;
}

}  // namespace
}  // namespace app
