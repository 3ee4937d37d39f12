// Paying, page by page.
#include "app/training/gallery/sample_walks.hpp"

namespace app::training::gallery {

using namespace session;
using domain::PaymentState;
using samples::Walker;

namespace {

Walker answered(PaymentState state) {
    return Walker{}.to_pay_code().ask_whether_paid().pay_answer(state);
}

Walker due_answered(base::Result<base::Secret<domain::PaymentOrders>> orders) {
    Walker walker;
    walker.to_due_wait();
    return walker.on(PaymentAnswered{walker.in<flows::AskingDue>()->ticket, std::move(orders)});
}

Walker bill(const base::Result<PrintResult>& result) {
    Walker walker = answered(PaymentState::paid).on(BillWanted{});
    return walker.on(PrintEnded{walker.in<flows::PaymentKnown>()->ticket, result});
}

Walker timed_out() {
    Walker walker;
    walker.to_pay_code();
    for (int i = 0; i < 3; ++i) walker.ask_whether_paid().pay_answer(PaymentState::timed_out);
    return walker;
}

Walker never_heard() {
    Walker walker;
    walker.to_pay_code();
    return walker.wait(std::chrono::minutes{11});
}

Walker line_lost() {
    Walker walker;
    walker.to_pay_code().ask_whether_paid();
    return walker.on(PaymentAnswered{walker.in<flows::ShowingPayCode>()->ticket,
                                     base::fail(base::FaultCode::NetworkUnreachable)});
}

}  // namespace

void pay_pages(Collector& pages) {
    pages.add("guide_pay", Walker{}.on(ItemChosen{"992036002000"}));
    pages.add("notice_pay", Walker{}.on(PayOpened{}));
    pages.add("pay_wait", Walker{}.to_due_wait());
    pages.add("pay_due", Walker{}.to_due());
    pages.add("pay_due_nothing", due_answered(samples::orders({})));
    pages.add("pay_due_failed", due_answered(base::fail(base::FaultCode::NetworkUnreachable)));
    pages.add("pay_due_paid",
              due_answered(samples::orders(
                  {samples::waived_fee(), samples::pay_order(PaymentState::paid)})));
    pages.add("pay_ways", Walker{}.to_due().on(PayWaysOpened{}));
    pages.add("pay_fee", Walker{}.to_due().on(DueChosen{0}));
    pages.add("pay_fee_waived", Walker{}.to_due().on(DueChosen{1}));
    pages.add("pay_order", Walker{}.to_pay_order());
    pages.add("pay_code", Walker{}.to_pay_code());
    pages.add("pay_code_line_lost", line_lost());
    pages.add("pay_code_over", Walker{}.to_pay_code().wait(std::chrono::seconds{605}));
    pages.add("pay_result", answered(PaymentState::paid));
    pages.add("pay_result_printing", answered(PaymentState::paid).on(BillWanted{}));
    pages.add("pay_result_printed", bill(PrintResult::printed));
    pages.add("pay_result_paper_out", bill(base::fail(base::FaultCode::PrinterPaperOut)));
    pages.add("pay_result_timed_out", timed_out());
    pages.add("pay_result_failed", answered(PaymentState::failed));
    pages.add("pay_result_unknown", never_heard());
    pages.add("rating_pay", answered(PaymentState::paid).on(PayFinished{}));
}

}  // namespace app::training::gallery
