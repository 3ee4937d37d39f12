// The receipt printer driver: what a slip becomes, whatever happens to paper, cover, cutter, cable.
#include "drivers/printer/roll_use.hpp"
#include "slip_bench.hpp"

#include <unistd.h>

#include <filesystem>

namespace drivers::printer::escpos {
namespace {

using base::FaultCode;
using domain::DeviceState;
using domain::Supply;

TEST(receipt_printer, a_slip_comes_out_dot_by_dot_cut_off_once_and_proved) {
    for (const int width : slip_widths) {
        SlipBench bench;
        bench.slip = sample_slip(width);
        bench.send();
        const auto progress = bench.inbox.next<PrintProgressed>();
        ASSERT_TRUE(progress);
        EXPECT_EQ(progress->page, 1);
        EXPECT_EQ(*bench.outcome(), PrintOutcome::printed);
        EXPECT_EQ(bench.whole_slips(), 1);
        EXPECT_EQ(bench.device->slips().size(), 1u);
        EXPECT_EQ(bench.device->hanging_rows(), 0);
        EXPECT_EQ(bench.device->text_bytes(), 0u);
    }
}

TEST(receipt_printer, its_feed_button_does_nothing_in_a_public_place) {
    SlipBench bench;
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    EXPECT_FALSE(bench.device->buttons_work());
    ASSERT_TRUE(bench.is_printed());
    EXPECT_FALSE(bench.device->buttons_work());
}

TEST(receipt_printer, one_says_who_it_is_while_it_is_open) {
    auto device = std::make_shared<EmulatedReceiptPrinter>();
    PrinterLink link(std::make_shared<usb::EmulatedUsbTransport>(device));
    EXPECT_EQ(link.says_it_is(), Ieee1284Id{});
    ASSERT_TRUE(link.open(false));
    EXPECT_EQ(link.says_it_is(), (Ieee1284Id{"Training", "Slip", "ESC/POS"}));
    link.close();
    EXPECT_EQ(link.says_it_is(), Ieee1284Id{});
}

TEST(receipt_printer, one_with_a_vendors_own_class_is_found_by_its_pipes) {
    PrinterTraits traits;
    traits.id = {0x04B8, 0x0202};
    traits.vendor_class = true;
    SlipBench bench(traits);
    EXPECT_TRUE(bench.is_printed());
}

TEST(receipt_printer, without_process_ids_the_answer_in_order_proves_it) {
    PrinterTraits traits;
    traits.id = {0x0FE6, 0x811E};
    traits.process_answers = false;
    SlipBench clone(traits);
    EXPECT_TRUE(clone.is_printed());
    EXPECT_EQ(clone.device->text_bytes(), 0u);
    traits.id = {0x04B8, 0x0202};  // expected to know them, and too old
    SlipBench old(traits);
    EXPECT_TRUE(old.is_printed());
    traits.id = {0x154F, 0x0517};  // named by the configuration, in no table
    SlipBench unlisted(traits);
    EXPECT_TRUE(unlisted.is_printed());
    EXPECT_EQ(unlisted.device->text_bytes(), 0u);
}

TEST(receipt_printer, one_that_proves_nothing_leaves_the_slip_unknown) {
    PrinterTraits traits;
    traits.process_answers = traits.order_answers = false;
    SlipBench bench(traits);
    EXPECT_EQ(*bench.print(), PrintOutcome::unknown);
    EXPECT_EQ(bench.whole_slips(), 1);
}

TEST(receipt_printer, a_slow_one_gets_the_slip_as_fast_as_it_takes_it) {
    SlipBench bench;
    bench.slip = sample_slip(576, 1500);  // several times its buffer
    bench.device->slow_down(60);
    EXPECT_TRUE(bench.is_printed());
    EXPECT_EQ(bench.whole_slips(), 1);
}

TEST(receipt_printer, without_paper_nothing_is_begun) {
    SlipBench bench;
    bench.device->set_paper(false);
    const auto outcome = bench.print();
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, FaultCode::PrinterPaperOut);
    EXPECT_EQ(bench.printer->health().supply, Supply::out);
    bench.device->set_paper(true);
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    EXPECT_EQ(bench.device->slips().size(), 0u);
    EXPECT_EQ(bench.device->hanging_rows(), 0);
    EXPECT_TRUE(bench.is_printed());
}

TEST(receipt_printer, paper_that_ends_in_the_middle_spoils_the_slip_and_the_rest_never_comes) {
    SlipBench bench;
    bench.slip = sample_slip(576, 1500);
    bench.device->end_paper_after(300);
    EXPECT_EQ(*bench.print(), PrintOutcome::spoiled);
    EXPECT_TRUE(bench.becomes(Supply::out));
    EXPECT_EQ(bench.device->hanging_rows(), 300);
    bench.device->set_paper(true);
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    EXPECT_EQ(bench.device->hanging_rows(), 300);
    // What hangs there is cut off before the next slip, which is whole.
    EXPECT_TRUE(bench.is_printed());
    ASSERT_EQ(bench.device->slips().size(), 2u);
    EXPECT_EQ(bench.device->slips()[0].height, 300);
    EXPECT_EQ(bench.whole_slips(), 1);
}

TEST(receipt_printer, paper_that_ends_with_the_last_row_leaves_it_unknown_or_proved_but_not_twice) {
    SlipBench bench;
    bench.device->end_paper_after(bench.slip.height);
    const auto outcome = bench.print();
    ASSERT_TRUE(outcome);
    EXPECT_EQ(*outcome, PrintOutcome::printed);  // its proof came before the roll's end was met
    EXPECT_EQ(bench.whole_slips(), 1);
}

TEST(receipt_printer, paper_taken_away_after_a_slip_does_not_change_what_became_of_it) {
    SlipBench bench;
    ASSERT_TRUE(bench.is_printed());
    bench.device->set_paper(false);
    EXPECT_TRUE(bench.becomes(FaultCode::PrinterPaperOut));
    EXPECT_FALSE(bench.inbox.next<PrintFinished>(std::chrono::milliseconds{1}));
}

TEST(receipt_printer, an_open_cover_is_said_and_closing_it_is_enough) {
    SlipBench bench;
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    bench.device->open_cover(true);
    ASSERT_TRUE(bench.becomes(FaultCode::ReceiptPrinterCoverOpen));
    const auto outcome = bench.print();
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, FaultCode::ReceiptPrinterCoverOpen);
    bench.device->open_cover(false);
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    EXPECT_TRUE(bench.is_printed());
}

TEST(receipt_printer, a_roll_that_is_nearly_used_up_warns_and_goes_on_printing) {
    SlipBench bench;
    ASSERT_TRUE(bench.becomes(Supply::plenty));
    bench.device->set_paper_low(true);
    ASSERT_TRUE(bench.becomes(Supply::low));
    EXPECT_EQ(bench.printer->health().state, DeviceState::ready);
    EXPECT_TRUE(bench.is_printed());
}

TEST(receipt_printer, a_cutter_that_jams_leaves_the_slip_unknown_and_needs_somebody) {
    SlipBench bench;
    ASSERT_TRUE(bench.is_printed());
    bench.device->jam_cutter(true);
    EXPECT_EQ(*bench.print(), PrintOutcome::unknown);
    EXPECT_TRUE(bench.becomes(FaultCode::ReceiptPrinterCutterStuck));
    bench.device->jam_cutter(false);
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    EXPECT_TRUE(bench.is_printed());
    EXPECT_EQ(bench.whole_slips(), 3);  // the one that hung there was cut off before the next
}

TEST(receipt_printer, a_hot_head_makes_it_wait_and_not_give_up) {
    SlipBench bench;
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    bench.device->overheat(true);
    ASSERT_TRUE(bench.becomes(DeviceState::degraded));
    EXPECT_TRUE(bench.becomes(FaultCode::ReceiptPrinterHot));
    bench.send();
    bench.device->overheat(false);
    EXPECT_EQ(*bench.outcome(), PrintOutcome::printed);
}

TEST(receipt_printer, a_broken_one_is_for_the_technician) {
    SlipBench bench;
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    bench.device->break_down();
    ASSERT_TRUE(bench.becomes(FaultCode::ReceiptPrinterBroken));
    EXPECT_EQ(bench.print().error().code, FaultCode::ReceiptPrinterBroken);
}

TEST(receipt_printer, an_unplugged_one_is_absent_and_works_again_when_it_is_back) {
    SlipBench bench;
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    bench.device->unplug();
    ASSERT_TRUE(bench.becomes(FaultCode::PrinterAbsent));
    EXPECT_EQ(bench.print().error().code, FaultCode::PrinterAbsent);
    bench.device->plug();
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    EXPECT_TRUE(bench.is_printed());
}

TEST(receipt_printer, without_automatic_status_it_is_asked_and_the_roll_is_known_all_the_same) {
    PrinterTraits traits;
    traits.automatic_status = false;
    SlipBench bench(traits);
    ASSERT_TRUE(bench.becomes(Supply::plenty));
    bench.device->set_paper_low(true);
    ASSERT_TRUE(bench.becomes(Supply::low));
    EXPECT_TRUE(bench.is_printed());
}

TEST(receipt_printer, one_that_only_knows_its_port_says_paper_out_and_nothing_it_cannot_know) {
    PrinterTraits traits;
    traits.automatic_status = traits.realtime_answers = false;
    SlipBench bench(traits);
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    EXPECT_EQ(bench.printer->health().supply, Supply::unknown);
    bench.device->set_paper(false);
    EXPECT_TRUE(bench.becomes(FaultCode::PrinterPaperOut));
}

TEST(receipt_printer, one_that_does_not_know_the_port_request_lives_by_its_status) {
    PrinterTraits traits;
    traits.port_status = false;
    traits.resets_for_other = true;
    SlipBench bench(traits);
    bench.slip = sample_slip(576, 1500);
    bench.device->end_paper_after(200);
    EXPECT_EQ(*bench.print(), PrintOutcome::spoiled);
    bench.device->set_paper(true);
    ASSERT_TRUE(bench.becomes(Supply::plenty));
    EXPECT_TRUE(bench.is_printed());
    EXPECT_EQ(bench.whole_slips(), 1);
}

TEST(receipt_printer, what_is_no_slip_is_refused) {
    SlipBench bench;
    bench.slip.width = 500;
    EXPECT_EQ(bench.print().error().code, FaultCode::PrinterFailed);
    bench.slip = sample_slip();
    bench.slip.bits.pop_back();
    EXPECT_EQ(bench.print().error().code, FaultCode::PrinterFailed);
    bench.printer->print({1, ++bench.request}, {"letter", 1, base::Secret(base::Bytes{1})});
    EXPECT_EQ(bench.outcome().error().code, FaultCode::PrinterFailed);
    EXPECT_EQ(bench.device->slips().size(), 0u);
}

TEST(receipt_printer, purged_slips_do_not_come_out_later) {
    SlipBench bench;
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    bench.device->overheat(true);  // it waits with the first slip
    ASSERT_TRUE(bench.becomes(DeviceState::degraded));
    bench.send();
    bench.send();
    bench.printer->purge();
    for (int i = 0; i < 2; ++i) {
        const auto finished = bench.inbox.next<PrintFinished>();
        ASSERT_TRUE(finished);
        EXPECT_FALSE(finished->outcome && *finished->outcome == PrintOutcome::printed);
    }
    bench.device->overheat(false);
    ASSERT_TRUE(bench.becomes(DeviceState::ready));
    EXPECT_EQ(bench.device->slips().size(), 0u);
    EXPECT_EQ(base::live_secrets(), 0);
}

TEST(receipt_printer, every_slip_stands_in_the_ledger_with_what_became_of_it) {
    const auto folder =
        std::filesystem::path(::testing::TempDir()) / ("slips" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    const auto file = (folder / "slips.ledger").string();
    {
        SlipBench bench;
        bench.options.ledger_file = file;
        ASSERT_TRUE(bench.is_printed());
        bench.device->open_cover(true);
        ASSERT_TRUE(bench.becomes(FaultCode::ReceiptPrinterCoverOpen));
        EXPECT_FALSE(bench.print());
        bench.device->open_cover(false);
        ASSERT_TRUE(bench.becomes(DeviceState::ready));
        bench.slip = sample_slip(576, 1500);
        bench.device->end_paper_after(300);
        EXPECT_EQ(*bench.print(), PrintOutcome::spoiled);
    }
    const auto read = base::read_file(file);
    ASSERT_TRUE(read);
    const auto book = read_ledger(base::as_text(*read)).book;
    ASSERT_EQ(book.jobs.size(), 3u);
    EXPECT_EQ(book.jobs[0].sheets, std::vector{SheetFate::printed});
    EXPECT_EQ(book.jobs[1].sheets, std::vector{SheetFate::untouched});
    EXPECT_EQ(book.jobs[2].sheets, std::vector{SheetFate::spoiled});
    std::filesystem::remove_all(folder);
}

TEST(receipt_printer, a_new_roll_begins_the_count_of_slips_anew_and_what_slips_take_stays_known) {
    const auto folder =
        std::filesystem::path(::testing::TempDir()) / ("rolls" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    const auto file = (folder / "slips.ledger").string();
    SlipBench bench;
    bench.options.ledger_file = file;
    bench.slip = sample_slip(576, 800);
    ASSERT_TRUE(bench.is_printed());
    ASSERT_TRUE(bench.is_printed());
    bench.printer->paper_changed({5, 6});
    const auto noted = bench.inbox.next<PaperChangeNoted>();
    ASSERT_TRUE(noted);
    EXPECT_EQ(noted->ticket, (domain::Ticket{5, 6}));
    EXPECT_TRUE(noted->noted);
    const auto book = read_ledger(base::as_text(base::read_file(file).value())).book;
    EXPECT_EQ(book.counters.printed, 0);
    EXPECT_NE(book.counters.since, base::Instant{});
    const auto use = read_roll_use(base::as_text(base::read_file(roll_use_file(file)).value()));
    EXPECT_EQ(use.slips, 2);
    EXPECT_GT(use.millimetres, 2 * 100) << "800 dots and what is fed to the cutter";
    std::filesystem::remove_all(folder);
}

TEST(receipt_printer, a_new_roll_counts_although_nothing_was_printed_since_the_start) {
    const auto folder =
        std::filesystem::path(::testing::TempDir()) / ("fresh_roll" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    const auto file = (folder / "slips.ledger").string();
    {
        SlipBench bench;
        bench.options.ledger_file = file;
        ASSERT_TRUE(bench.is_printed());
    }
    ASSERT_EQ(read_ledger(base::as_text(base::read_file(file).value())).book.counters.printed, 1);
    {
        SlipBench bench;  // started anew, with the roll at its end
        bench.options.ledger_file = file;
        bench.device->set_paper(false);
        ASSERT_TRUE(bench.becomes(domain::Supply::out));
        bench.device->set_paper(true);
        ASSERT_TRUE(bench.becomes(domain::Supply::plenty));
    }
    const auto book = read_ledger(base::as_text(base::read_file(file).value())).book;
    EXPECT_EQ(book.counters.printed, 0);
    EXPECT_NE(book.counters.since, base::Instant{});
    std::filesystem::remove_all(folder);
}

TEST(receipt_printer, a_new_roll_is_noted_while_the_printer_is_away_and_told_when_it_cannot_be) {
    SlipBench bench;
    bench.options.ledger_file = "/proc/nowhere/slips.ledger";
    bench.device->unplug();
    bench.start();
    bench.printer->paper_changed({5, 6});
    const auto noted = bench.inbox.next<PaperChangeNoted>();
    ASSERT_TRUE(noted);
    EXPECT_FALSE(noted->noted);
}

TEST(roll_use, what_was_long_ago_counts_less_and_what_is_torn_is_nothing) {
    RollUse use;
    for (int i = 0; i < 5000; ++i) use.add(100);
    for (int i = 0; i < 1000; ++i) use.add(200);
    EXPECT_NEAR(static_cast<double>(use.millimetres) / static_cast<double>(use.slips), 200, 15);
    EXPECT_EQ(read_roll_use(as_text(use)), use);
    EXPECT_EQ(slips_of_a_roll(use, 0), 0);
    EXPECT_EQ(slips_of_a_roll({}, 50), 0);
    EXPECT_EQ(slips_of_a_roll({4, 800}, 50), 250);
    for (const auto* torn : {"", "4", "4 ", "4 800", "4 800\n\n", "0 0\n", "-4 800\n", "4 -800\n",
                             "4 3\n", "500 50000\n", "4 99999999999999999999\n"})
        EXPECT_EQ(read_roll_use(torn), RollUse{}) << torn;
}

TEST(receipt_printer, a_slip_that_cannot_be_written_down_is_not_begun) {
    SlipBench bench;
    bench.options.ledger_file = "/proc/nowhere/slips.ledger";
    const auto outcome = bench.print();
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().safe_detail, "ledger");
    EXPECT_EQ(bench.device->slips().size(), 0u);
}

}  // namespace
}  // namespace drivers::printer::escpos
