#include "drivers/printer/ledger.hpp"

#include "base/bytes.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>

namespace drivers::printer {
namespace {

using enum SheetFate;
using Fates = std::vector<SheetFate>;

struct Desk {
    std::filesystem::path folder =
        std::filesystem::path(::testing::TempDir()) / ("ledger" + std::to_string(::getpid()));
    std::string path = (folder / "printer" / "documents.ledger").string();
    base::ManualClock clock{base::Instant{base::Millis{1764125199000}}};

    Desk() { std::filesystem::remove_all(folder); }
    ~Desk() { std::filesystem::remove_all(folder); }
    std::unique_ptr<Ledger> open() {
        auto ledger = Ledger::open(path, clock);
        EXPECT_TRUE(ledger) << (ledger ? "" : ledger.error().safe_detail);
        return ledger ? std::move(*ledger) : nullptr;
    }
    base::Bytes bytes() { return base::read_file(path).value_or(base::Bytes{}); }
    void write(base::ByteView content) { ASSERT_TRUE(base::write_file(path, content)); }
};

Fates sheets(const Ledger& ledger, std::uint64_t serial) {
    const auto* job = ledger.book().find(serial);
    return job == nullptr ? Fates{} : job->sheets;
}

// A day at the printer, with every kind of line.
void a_day(Ledger& ledger) {
    const auto receipt = ledger.begin("receipt", 1, false);
    ASSERT_TRUE(receipt);
    ASSERT_TRUE(ledger.settle(*receipt, 1, printed));
    const auto letter = ledger.begin("letter", 3, false);
    ASSERT_TRUE(ledger.settle(*letter, 1, printed));
    ASSERT_TRUE(ledger.settle(*letter, 2, spoiled));
    ASSERT_TRUE(ledger.settle_rest(*letter, untouched));
    ASSERT_TRUE(ledger.supply_changed());
    const auto again = ledger.begin("letter", 2, true);
    ASSERT_TRUE(ledger.settle_rest(*again, printed));
    ASSERT_TRUE(ledger.begin("receipt", 2, true));
}

TEST(ledger, every_sheet_of_a_job_has_its_own_fate) {
    Desk desk;
    const auto ledger = desk.open();
    const auto serial = ledger->begin("letter", 4, false);
    ASSERT_TRUE(serial);
    EXPECT_EQ(sheets(*ledger, *serial), Fates(4, begun));
    ASSERT_TRUE(ledger->settle(*serial, 1, printed));
    ASSERT_TRUE(ledger->settle(*serial, 2, spoiled));
    EXPECT_FALSE(ledger->book().find(*serial)->settled());
    ASSERT_TRUE(ledger->settle_rest(*serial, untouched));
    EXPECT_EQ(sheets(*ledger, *serial), (Fates{printed, spoiled, untouched, untouched}));
    EXPECT_TRUE(ledger->book().find(*serial)->settled());
}

TEST(ledger, a_fate_once_said_stays) {
    Desk desk;
    const auto ledger = desk.open();
    const auto serial = ledger->begin("receipt", 2, false);
    ASSERT_TRUE(ledger->settle(*serial, 1, printed));
    EXPECT_FALSE(ledger->settle(*serial, 1, spoiled));
    EXPECT_FALSE(ledger->settle(*serial, 3, printed));
    EXPECT_FALSE(ledger->settle(*serial, 2, begun));
    EXPECT_FALSE(ledger->settle(*serial + 1, 1, printed));
    ASSERT_TRUE(ledger->settle_rest(*serial, unknown));
    EXPECT_TRUE(ledger->settle_rest(*serial, printed)) << "nothing is left to settle";
    EXPECT_EQ(sheets(*ledger, *serial), (Fates{printed, unknown}));
    EXPECT_EQ(sheets(*desk.open(), *serial), (Fates{printed, unknown}));
}

TEST(ledger, what_was_begun_before_a_restart_is_unknown_after_it) {
    Desk desk;
    a_day(*desk.open());
    const auto ledger = desk.open();
    EXPECT_EQ(sheets(*ledger, 4), Fates(2, unknown));
    EXPECT_EQ(ledger->found_unsettled(), 2);
    EXPECT_TRUE(ledger->book().find(4)->copy);
    EXPECT_EQ(ledger->book().find(4)->document, "receipt");
    EXPECT_EQ(desk.open()->found_unsettled(), 0) << "settled once, by the first start";
}

TEST(ledger, sheets_are_counted_since_the_last_change_of_paper) {
    Desk desk;
    {
        const auto ledger = desk.open();
        const auto first = ledger->begin("letter", 3, false);
        ASSERT_TRUE(ledger->settle(*first, 1, printed));
        ASSERT_TRUE(ledger->settle_rest(*first, spoiled));
        EXPECT_EQ(ledger->counters(), (SheetCounters{1, 2, 0, base::Instant{}}));
        desk.clock.forward(base::Millis{5});
        ASSERT_TRUE(ledger->supply_changed());
        const auto second = ledger->begin("receipt", 2, false);
        ASSERT_TRUE(ledger->settle(*second, 1, printed));
        ASSERT_TRUE(ledger->settle(*second, 2, untouched));
    }
    EXPECT_EQ(desk.open()->counters(), (SheetCounters{1, 0, 0, desk.clock.now()}));
}

TEST(ledger, cut_off_at_any_byte_it_says_what_stood_before_the_cut) {
    Desk desk;
    a_day(*desk.open());
    const auto whole = desk.bytes();
    ASSERT_GT(whole.size(), 200u);
    for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
        SCOPED_TRACE("cut at " + std::to_string(cut));
        const auto rest = base::ByteView(whole).first(cut);
        desk.write(rest);
        const auto text = base::as_text(rest);
        const auto sound = text.rfind('\n') == std::string_view::npos ? 0 : text.rfind('\n') + 1;
        auto expected = read_ledger(text.substr(0, sound));
        ASSERT_EQ(expected.sound_bytes, sound);
        const auto ledger = desk.open();
        ASSERT_TRUE(ledger);
        ASSERT_EQ(ledger->book().jobs.size(), expected.book.jobs.size());
        for (const auto& job : expected.book.jobs) {
            auto fates = job.sheets;
            std::replace(fates.begin(), fates.end(), begun, unknown);
            EXPECT_EQ(sheets(*ledger, job.serial), fates);
        }
        // And it goes on from there: the torn end does not swallow the next line.
        const auto next = ledger->begin("receipt", 1, false);
        ASSERT_TRUE(next);
        EXPECT_EQ(*next, expected.book.next_serial);
        ASSERT_TRUE(ledger->settle(*next, 1, printed));
        EXPECT_EQ(desk.open()->book(), ledger->book());
    }
}

TEST(ledger, zeros_and_changed_bytes_at_the_end_are_not_believed) {
    Desk desk;
    a_day(*desk.open());
    const auto whole = desk.bytes();
    auto zeros = whole;
    zeros.insert(zeros.end(), 512, 0);
    zeros.push_back('\n');
    EXPECT_EQ(read_ledger(base::as_text(zeros)).sound_bytes, whole.size());
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto changed = whole;
        changed[at] = static_cast<std::uint8_t>(changed[at] ^ 1);
        EXPECT_LE(read_ledger(base::as_text(changed)).sound_bytes, at) << "byte " << at;
    }
}

TEST(ledger, the_file_stays_small_and_forgets_no_number) {
    Desk desk;
    std::uint64_t last = 0;
    {
        const auto ledger = desk.open();
        for (int i = 0; i < 1500; ++i) {
            const auto serial = ledger->begin("letter", 2, i % 2 == 1);
            ASSERT_TRUE(serial);
            ASSERT_GT(*serial, last);
            last = *serial;
            ASSERT_TRUE(ledger->settle(last, 1, printed));
            ASSERT_TRUE(ledger->settle(last, 2, spoiled));
            ASSERT_LT(std::filesystem::file_size(desk.path), 80u * 1024);
        }
    }
    const auto ledger = desk.open();
    EXPECT_EQ(ledger->counters(), (SheetCounters{1500, 1500, 0, base::Instant{}}));
    EXPECT_EQ(ledger->book().next_serial, last + 1);
    EXPECT_EQ(ledger->book().jobs.size(), kept_jobs);
}

TEST(ledger, a_full_disk_refuses_the_job_and_harms_no_earlier_line) {
    Desk desk;
    const auto ledger = desk.open();
    const auto first = ledger->begin("receipt", 1, false);
    ASSERT_TRUE(first);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &limit), 0);
    const auto usual = limit.rlim_cur;
    limit.rlim_cur = desk.bytes().size() + 7;  // a part of the next line fits
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
    const auto refused = ledger->begin("receipt", 1, false);
    limit.rlim_cur = usual;
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, base::FaultCode::FileUnwritable);
    ASSERT_TRUE(ledger->settle(*first, 1, printed));
    EXPECT_EQ(desk.open()->book(), ledger->book());
}

TEST(ledger, only_a_word_names_a_document) {
    Desk desk;
    const auto ledger = desk.open();
    for (const auto* wrong : {"", "Wang Xiulan", "王秀兰", "a\nb", "letter/1"})
        EXPECT_FALSE(ledger->begin(wrong, 1, false)) << wrong;
    EXPECT_FALSE(ledger->begin("letter", 0, false));
    EXPECT_FALSE(ledger->begin("letter", most_sheets + 1, false));
    EXPECT_TRUE(desk.bytes().empty());
}

TEST(ledger, a_folder_that_cannot_be_written_is_said) {
    base::ManualClock clock{base::Instant{}};
    const auto ledger = Ledger::open("/proc/printer/documents.ledger", clock);
    ASSERT_FALSE(ledger);
    EXPECT_EQ(ledger.error().code, base::FaultCode::FileUnwritable);
}

}  // namespace
}  // namespace drivers::printer
