#include "app/care/caretaker.hpp"
#include "app/care/night.hpp"
#include "app/care/paper_forecast.hpp"
#include "app/care/pressure.hpp"
#include "base/bytes.hpp"
#include "base/pulse.hpp"
#include "drivers/printer/ledger.hpp"
#include "drivers/printer/roll_use.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <future>
#include <latch>
#include <mutex>
#include <set>
#include <thread>

namespace {

using app::Pressure;
using base::Instant;
using base::Millis;
using namespace std::chrono_literals;

Instant at(const char* text) {
    Instant out;
    EXPECT_TRUE(base::parse_iso8601(text, out));
    return out;
}

app::MemoryFacts holding(std::int64_t mib) {
    return {mib * 1024, 3 * 1024 * 1024, 4 * 1024 * 1024};
}

TEST(care, memory_that_grows_goes_through_the_steps_and_a_value_on_the_border_does_not_dance) {
    EXPECT_EQ(app::memory_pressure(holding(500), 1000, Pressure::ample), Pressure::ample);
    EXPECT_EQ(app::memory_pressure(holding(600), 1000, Pressure::ample), Pressure::low);
    EXPECT_EQ(app::memory_pressure(holding(590), 1000, Pressure::low), Pressure::low);
    EXPECT_EQ(app::memory_pressure(holding(540), 1000, Pressure::low), Pressure::ample);
    EXPECT_EQ(app::memory_pressure(holding(800), 1000, Pressure::low), Pressure::short_);
    EXPECT_EQ(app::memory_pressure(holding(960), 1000, Pressure::ample), Pressure::critical);
}

TEST(care, memory_that_others_have_eaten_does_not_make_the_program_begin_anew) {
    const app::MemoryFacts eaten{100 * 1024, 1024, 4 * 1024 * 1024};
    EXPECT_EQ(app::memory_pressure(eaten, 1000, Pressure::ample), Pressure::low);
}

TEST(care, a_disk_that_fills_is_low_then_short_then_critical) {
    const auto filled = [](int percent, Pressure before) {
        return app::disk_pressure({100 - percent, 100}, before);
    };
    EXPECT_EQ(filled(50, Pressure::ample), Pressure::ample);
    EXPECT_EQ(filled(90, Pressure::ample), Pressure::low);
    EXPECT_EQ(filled(95, Pressure::low), Pressure::short_);
    EXPECT_EQ(filled(99, Pressure::short_), Pressure::critical);
    EXPECT_EQ(filled(86, Pressure::low), Pressure::low);
    EXPECT_EQ(filled(84, Pressure::low), Pressure::ample);
}

TEST(care, this_machine_says_what_memory_and_disk_it_has) {
    const auto memory = app::read_memory();
    ASSERT_TRUE(memory.has_value());
    EXPECT_GT(memory->resident_kib, 1000);
    EXPECT_GT(memory->total_kib, memory->resident_kib);
    const auto disk = app::read_disk("/");
    ASSERT_TRUE(disk.has_value());
    EXPECT_GE(disk->total_kib, disk->free_kib);
    EXPECT_FALSE(app::read_disk("/nowhere/at/all").has_value());
}

constexpr const char* terminal = "000101001001001";

TEST(care, the_self_test_is_made_once_a_night_in_the_window_and_only_when_nobody_is_here) {
    app::NightWatch watch({}, terminal);
    const auto due = [&](const char* when, bool nobody) {
        return watch.due({at(when), 1h, nobody, Pressure::ample}).self_test;
    };
    EXPECT_FALSE(due("2026-11-22T14:00:00+08:00", true)) << "by day";
    EXPECT_FALSE(due("2026-11-23T04:29:00+08:00", false)) << "somebody is here";
    EXPECT_TRUE(due("2026-11-23T04:29:00+08:00", true));
    EXPECT_FALSE(due("2026-11-23T04:29:30+08:00", true)) << "done";
    EXPECT_TRUE(due("2026-11-24T04:00:00+08:00", true)) << "the next night";
}

TEST(care, terminals_are_spread_over_the_first_half_of_the_window) {
    std::set<int> minutes;
    for (int i = 0; i < 50; ++i) {
        app::NightWatch watch({}, "0001010010010" + std::to_string(10 + i));
        for (int minute = 0; minute < 120; ++minute)
            if (watch
                    .due({at("2026-11-23T02:30:00+08:00") + std::chrono::minutes{minute}, 1h, true,
                          Pressure::ample})
                    .self_test) {
                minutes.insert(minute);
                EXPECT_LE(minute, 60);
                break;
            }
    }
    EXPECT_GT(minutes.size(), 10U);
}

TEST(care, a_program_that_has_run_for_a_week_begins_anew_at_night_after_its_self_test) {
    app::NightWatch watch({}, terminal);
    const auto due = [&](const char* when, Millis up, bool nobody) {
        return watch.due({at(when), up, nobody, Pressure::ample});
    };
    EXPECT_FALSE(due("2026-11-22T14:00:00+08:00", 24h * 30, true).restart) << "not by day";
    EXPECT_EQ(due("2026-11-23T04:10:00+08:00", 24h * 8, true), (app::NightWatch::Due{true, false}));
    EXPECT_FALSE(due("2026-11-23T04:11:00+08:00", 24h * 8, false).restart);
    EXPECT_TRUE(due("2026-11-23T04:12:00+08:00", 24h * 8, true).restart);
    EXPECT_FALSE(due("2026-11-23T04:13:00+08:00", 24h * 6, true).restart) << "not a week yet";
}

TEST(care, short_memory_makes_it_begin_anew_between_two_people_and_not_twice_in_a_row) {
    app::NightWatch watch({}, terminal);
    const auto restart = [&](Millis up, bool nobody, Pressure memory) {
        return watch.due({at("2026-11-22T14:00:00+08:00"), up, nobody, memory}).restart;
    };
    EXPECT_TRUE(restart(2h, true, Pressure::short_));
    EXPECT_TRUE(restart(2h, true, Pressure::critical));
    EXPECT_FALSE(restart(2h, true, Pressure::low));
    EXPECT_FALSE(restart(2h, false, Pressure::critical)) << "somebody is here";
    EXPECT_FALSE(restart(1min, true, Pressure::critical)) << "it has just begun anew";
}

TEST(care, a_clock_at_1970_makes_no_night) {
    app::NightWatch watch({}, terminal);
    const auto due = watch.due({Instant{} + 19h + 30min, 24h * 30, true, Pressure::ample});
    EXPECT_EQ(due, app::NightWatch::Due{});
}

TEST(care, the_self_test_names_every_part_that_is_not_well_and_none_that_is) {
    app::SelfTestFacts facts;
    facts.now = at("2026-11-23T03:00:00+08:00");
    facts.in_service = true;
    facts.post.taking = true;
    EXPECT_TRUE(app::self_test(facts).empty());
    facts.health.document_printer = {domain::DeviceState::ready, domain::Supply::low, std::nullopt};
    facts.health.id_card_reader = {domain::DeviceState::unavailable, domain::Supply::unknown,
                                   base::Fault{base::FaultCode::CardReaderSilent, {}}};
    facts.post.attention = 2;
    facts.disk = Pressure::short_;
    facts.screen = domain::ScreenProof::frozen;
    const std::vector<std::string> expected{"id_card_reader:CardReaderSilent",
                                            "document_printer:supply_low", "outbox:attention",
                                            "disk:short", "screen:frozen"};
    EXPECT_EQ(app::self_test(facts), expected);
}

drivers::printer::LedgerBook used(std::int64_t sheets, Instant since) {
    drivers::printer::LedgerBook book;
    book.counters = {sheets - 3, 2, 1, since};
    return book;
}

std::optional<int> hours_left(const drivers::printer::LedgerBook& book, std::int64_t holds,
                              Instant now) {
    const auto forecast = app::paper_forecast(book, holds, now);
    return forecast ? std::optional(forecast->hours) : std::nullopt;
}

TEST(care, paper_is_foretold_from_its_own_pace) {
    const auto now = at("2026-11-22T14:00:00+08:00");
    EXPECT_EQ(hours_left(used(100, now - 50h), 500, now), 200);
    EXPECT_EQ(hours_left(used(500, now - 50h), 500, now), 0);
    EXPECT_EQ(hours_left(used(600, now - 50h), 500, now), 0) << "more than was said";
}

TEST(care, too_little_knowledge_foretells_nothing) {
    const auto now = at("2026-11-22T14:00:00+08:00");
    EXPECT_EQ(hours_left(used(100, now - 50h), 0, now), std::nullopt);
    EXPECT_EQ(hours_left(used(5, now - 50h), 500, now), std::nullopt);
    EXPECT_EQ(hours_left(used(100, now - 2h), 500, now), std::nullopt);
    auto since_ever = used(100, Instant{});
    since_ever.next_serial = 100;  // the jobs' times are long forgotten
    EXPECT_EQ(hours_left(since_ever, 500, now), std::nullopt);
}

TEST(care, a_forecast_says_what_it_is_based_on) {
    const auto now = at("2026-11-22T14:00:00+08:00");
    const auto forecast = app::paper_forecast(used(100, now - 50h), 500, now);
    EXPECT_EQ(forecast, (domain::PaperForecast{200, 100, 50, 500}));
}

class Lines final : public base::EventLog {
  public:
    void write_line(std::string line) override {
        std::lock_guard lock(mutex_);
        lines_.push_back(std::move(line));
    }
    bool has(std::string_view part) const {
        std::lock_guard lock(mutex_);
        return std::ranges::any_of(
            lines_, [&](const std::string& line) { return line.find(part) != std::string::npos; });
    }
    std::ptrdiff_t count(std::string_view part) const {
        std::lock_guard lock(mutex_);
        return std::ranges::count_if(
            lines_, [&](const std::string& line) { return line.find(part) != std::string::npos; });
    }

  private:
    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
};

class Home : public testing::Test {
  protected:
    Home()
        : folder_(testing::TempDir() + "care_home_" +
                  testing::UnitTest::GetInstance()->current_test_info()->name()) {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }
    ~Home() override { std::filesystem::remove_all(folder_); }

    const std::string folder_;
    base::ManualClock clock_{at("2026-11-23T03:45:00+08:00")};
    Lines log_;
    domain::TerminalHealth health_;
    domain::PostStatus post_;
};

TEST_F(Home, a_screen_that_shows_nothing_new_is_not_told_as_well) {
    app::Caretaker care({{}, terminal, folder_, {}}, clock_, log_);
    using domain::ScreenProof;
    EXPECT_TRUE(care.wants_proof());
    care.screen_proved(ScreenProof::drawn);
    EXPECT_FALSE(care.wants_proof()) << "not with every frame";
    EXPECT_TRUE(care.is_well());
    care.screen_proved(ScreenProof::frozen);
    care.screen_proved(ScreenProof::frozen);
    EXPECT_TRUE(care.is_well()) << "a look between two pictures convicts nobody";
    care.screen_proved(ScreenProof::frozen);
    EXPECT_FALSE(care.is_well());
    care.screen_proved(ScreenProof::frozen);
    EXPECT_EQ(log_.count("frozen"), 1);
    care.screen_proved(ScreenProof::drawn);
    EXPECT_TRUE(care.is_well());
    EXPECT_EQ(log_.count("\"drawn\""), 2);
}

TEST_F(Home, a_screen_that_cannot_be_asked_is_no_reason_to_begin_anew) {
    app::Caretaker care({{}, terminal, folder_, {}}, clock_, log_);
    for (int i = 0; i < 10; ++i) care.screen_proved(domain::ScreenProof::unknown);
    EXPECT_TRUE(care.is_well());
    EXPECT_FALSE(log_.has("ScreenProved"));
}

TEST_F(Home, a_worker_that_hangs_is_named_once_and_nobody_hears_that_all_is_well) {
    app::Caretaker care({{}, terminal, folder_, {}}, clock_, log_);
    ASSERT_TRUE(care.is_well());
    std::latch begun(2);
    std::promise<void> let_go;
    std::jthread worker([&] {
        const base::Pulse pulse("card_reader", Millis{0});
        begun.arrive_and_wait();
        let_go.get_future().wait();
    });
    begun.arrive_and_wait();
    while (care.is_well()) std::this_thread::yield();  // until its limit is over
    EXPECT_FALSE(care.is_well());
    EXPECT_EQ(log_.count(R"("WorkerSilent","worker":"card_reader")"), 1);
    let_go.set_value();
    worker.join();
    EXPECT_TRUE(care.is_well()) << "it goes on";
}

TEST_F(Home, what_the_self_test_found_and_cannot_be_written_is_told) {
    std::filesystem::remove_all(folder_);
    post_.taking = true;
    app::Caretaker care({{}, terminal, folder_, {}}, clock_, log_);
    (void)care.look({true, true, false, health_, post_});
    while (!log_.has("SelfTestNotKept")) std::this_thread::yield();
    EXPECT_TRUE(log_.has("SelfTestDone"));
}

TEST_F(Home, the_self_test_is_written_down_and_old_leftovers_go_but_nothing_else) {
    const auto file = [&](const char* name, std::chrono::hours old) {
        const std::string path = folder_ + "/" + name;
        std::ofstream(path) << "half";
        std::filesystem::last_write_time(path, std::filesystem::file_time_type::clock::now() - old);
        return path;
    };
    const auto left = file("pack_floor.part", 48h), young = file("audit.part", 1h),
               kept = file("technician_gate", 9000h);
    std::filesystem::create_directory(folder_ + "/outbox");
    const auto others = file("outbox/00000001.part", 48h);
    post_.attention = 1;
    post_.taking = true;
    {
        app::Caretaker care({{}, terminal, folder_, {}}, clock_, log_);
        (void)care.look({true, true, false, health_, post_});
        while (!std::filesystem::exists(folder_ + "/care.json")) std::this_thread::yield();
    }
    EXPECT_TRUE(log_.has("SelfTestDone"));
    EXPECT_TRUE(log_.has("CleanedUp"));
    EXPECT_FALSE(std::filesystem::exists(left));
    for (const auto& path : {young, kept, others})
        EXPECT_TRUE(std::filesystem::exists(path)) << path;
    const auto note = base::read_file(folder_ + "/care.json");
    ASSERT_TRUE(note.has_value());
    // As the report reads it (diagnostics_test).
    EXPECT_EQ(base::as_text(*note), R"({"at":"2026-11-23T03:45:00+08:00",)"
                                    R"("problems":["outbox:attention"],"screen":"unknown"})");
}

// Prints `sheets` one by one, one an hour.
void print_hourly(drivers::printer::Ledger& ledger, base::ManualClock& clock, int sheets) {
    for (int i = 0; i < sheets; ++i) {
        const auto serial = ledger.begin("receipt", 1, false);
        ASSERT_TRUE(serial);
        ASSERT_TRUE(ledger.settle_rest(*serial, drivers::printer::SheetFate::printed));
        clock.forward(1h);
    }
}

std::vector<domain::PaperUse> read_papers(app::Caretaker& care) {
    std::promise<std::vector<domain::PaperUse>> told;
    care.read_papers([&](std::vector<domain::PaperUse> papers) { told.set_value(papers); });
    return told.get_future().get();
}

TEST_F(Home, a_tray_topped_up_in_time_is_forecast_anew) {
    const std::string file = folder_ + "/documents.ledger";
    auto ledger = drivers::printer::Ledger::open(file, clock_);
    ASSERT_TRUE(ledger);
    domain::CareSettings settings;
    settings.sheets_in_full_tray = 40;
    app::Caretaker care({settings, terminal, folder_, file}, clock_, log_);
    (void)read_papers(care);  // its look at the start is over
    print_hourly(**ledger, clock_, 40);
    auto papers = read_papers(care);
    ASSERT_EQ(papers.size(), 1U);
    EXPECT_EQ(papers[0].printed, 40);
    EXPECT_EQ(care.paper_hours(), 0) << "as far as anybody knows";
    EXPECT_EQ(log_.count(R"("SupplyForecast","supply":"paper","hours":0)"), 1);

    // Before the printer ever said that it was out.
    ASSERT_TRUE((*ledger)->supply_changed());
    papers = read_papers(care);
    EXPECT_EQ(papers[0].printed, 0);
    EXPECT_EQ(papers[0].since, clock_.now());
    EXPECT_EQ(care.paper_hours(), 40) << "a full tray, at the pace of the prints before";
    EXPECT_EQ(papers[0].newest.size(), domain::printed_lines_shown) << "what was printed stands";

    print_hourly(**ledger, clock_, 30);
    (void)read_papers(care);
    EXPECT_EQ(care.paper_hours(), 10) << "and from then on at its own";
}

TEST_F(Home, the_roll_is_forecast_by_what_slips_took) {
    const std::string file = folder_ + "/slips.ledger";
    auto ledger = drivers::printer::Ledger::open(file, clock_);
    ASSERT_TRUE(ledger);
    domain::CareSettings settings;
    settings.roll_metres = 10;
    app::Caretaker care({settings, terminal, folder_, {}, file}, clock_, log_);
    (void)read_papers(care);
    ASSERT_TRUE((*ledger)->supply_changed());
    print_hourly(**ledger, clock_, 30);
    auto papers = read_papers(care);
    ASSERT_EQ(papers.size(), 1U);
    EXPECT_EQ(papers[0].printer, domain::DeviceKind::receipt_printer);
    EXPECT_EQ(care.roll_hours(), std::nullopt) << "nobody knows yet how long a slip is";

    const auto lengths = drivers::printer::roll_use_file(file);
    drivers::printer::RollUse use;
    for (const int millimetres : {150, 250}) use.add(millimetres);
    ASSERT_TRUE(base::write_file(lengths, base::to_bytes(drivers::printer::as_text(use))));
    papers = read_papers(care);
    ASSERT_TRUE(papers[0].forecast);
    EXPECT_EQ(papers[0].forecast->holds, 50) << "10 m of 200 mm each";
    EXPECT_EQ(care.roll_hours(), 20);
    EXPECT_EQ(log_.count(R"("SupplyForecast","supply":"roll","hours":20)"), 1);

    ASSERT_TRUE(base::write_file(lengths, base::to_bytes("2 many")));
    (void)read_papers(care);
    EXPECT_EQ(care.roll_hours(), std::nullopt) << "what is torn is no length";
}

TEST_F(Home, a_ledger_that_cannot_be_read_is_said_and_one_that_is_not_there_is_empty) {
    std::filesystem::create_directory(folder_ + "/documents.ledger");
    app::Caretaker care(
        {{}, terminal, folder_, folder_ + "/documents.ledger", folder_ + "/slips.ledger"}, clock_,
        log_);
    const auto papers = read_papers(care);
    ASSERT_EQ(papers.size(), 2U);
    EXPECT_FALSE(papers[0].readable);
    EXPECT_TRUE(papers[1].readable);
    EXPECT_EQ(papers[1].printed, 0);
    EXPECT_EQ(care.paper_hours(), std::nullopt);
}

}  // namespace
