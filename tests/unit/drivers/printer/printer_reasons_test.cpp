#include "drivers/printer/queue/printer_reasons.hpp"

#include "drivers/printer/queue/printer_condition.hpp"

#include <gtest/gtest.h>

#include <set>

namespace drivers::printer {
namespace {

using base::FaultCode;
using domain::DeviceState;
using domain::Supply;

// A printer that was asked this moment.
PrinterView saying(std::vector<std::string> reasons, PrinterState state = PrinterState::idle) {
    PrinterView view;
    view.state = state;
    view.reasons = std::move(reasons);
    view.fresh = true;
    return view;
}

TEST(printer_reasons, each_keyword_stands_once_and_says_who_can_mend_it_and_in_whose_words) {
    std::set<std::string_view> seen;
    for (const auto& entry : known_reasons()) {
        EXPECT_TRUE(seen.insert(entry.keyword).second) << entry.keyword;
        EXPECT_EQ(safe_keyword(entry.keyword), entry.keyword);
        if (entry.means == ReasonMeans::nothing) continue;
        const auto mender = base::entry(entry.fault).mender;
        EXPECT_TRUE(mender == base::Mender::attendant || mender == base::Mender::technician)
            << entry.keyword;
        for (const auto locale : {base::Locale::zh, base::Locale::en})
            EXPECT_FALSE(base::citizen_text(entry.fault, locale).empty()) << entry.keyword;
        EXPECT_FALSE(base::entry(entry.fault).technician_zh.empty()) << entry.keyword;
    }
}

TEST(printer_reasons, those_that_matter_to_a_citizen_are_known) {
    for (const auto* keyword : {"media-empty",
                                "media-needed",
                                "media-jam",
                                "media-low",
                                "cover-open",
                                "door-open",
                                "input-tray-missing",
                                "output-area-full",
                                "toner-empty",
                                "toner-low",
                                "marker-supply-empty",
                                "marker-supply-low",
                                "marker-waste-full",
                                "marker-waste-almost-full",
                                "offline",
                                "paused",
                                "shutdown",
                                "connecting-to-device",
                                "timed-out",
                                "spool-area-full",
                                "moving-to-paused",
                                "other"})
        EXPECT_TRUE(read_reason(keyword).known) << keyword;
}

// RFC 8011, 5.4.12, without "none".
TEST(printer_reasons, those_of_the_standard_are_known) {
    for (const auto* keyword : {"connecting-to-device",
                                "cover-open",
                                "developer-empty",
                                "developer-low",
                                "door-open",
                                "fuser-over-temp",
                                "fuser-under-temp",
                                "input-tray-missing",
                                "interlock-open",
                                "interpreter-resource-unavailable",
                                "marker-supply-empty",
                                "marker-supply-low",
                                "marker-waste-almost-full",
                                "marker-waste-full",
                                "media-empty",
                                "media-jam",
                                "media-low",
                                "media-needed",
                                "moving-to-paused",
                                "opc-life-over",
                                "opc-near-eol",
                                "other",
                                "output-area-almost-full",
                                "output-area-full",
                                "output-tray-missing",
                                "paused",
                                "shutdown",
                                "spool-area-full",
                                "stopped-partly",
                                "stopping",
                                "timed-out",
                                "toner-empty",
                                "toner-low"})
        EXPECT_TRUE(read_reason(keyword).known) << keyword;
}

TEST(printer_reasons, the_suffix_is_taken_off_and_kept_as_severity) {
    EXPECT_EQ(split_reason("media-empty-error").keyword, "media-empty");
    EXPECT_EQ(split_reason("media-empty-error").severity, Severity::error);
    EXPECT_EQ(split_reason("toner-low-report").severity, Severity::report);
    EXPECT_EQ(split_reason("cover-open-warning").severity, Severity::warning);
    EXPECT_EQ(split_reason("cover-open").severity, Severity::unsaid);
    // A keyword that ends like a suffix stays whole.
    EXPECT_EQ(split_reason("cups-certificate-error").keyword, "cups-certificate-error");
    EXPECT_EQ(split_reason("-error").keyword, "");
}

TEST(printer_reasons, an_unknown_keyword_weighs_as_much_as_its_suffix) {
    EXPECT_EQ(read_reason("vendor-flux-error").means, ReasonMeans::no_printing);
    EXPECT_EQ(read_reason("vendor-flux-warning").means, ReasonMeans::weak);
    EXPECT_EQ(read_reason("vendor-flux").means, ReasonMeans::weak);
    EXPECT_EQ(read_reason("vendor-flux-report").means, ReasonMeans::nothing);
    EXPECT_FALSE(read_reason("vendor-flux").known);
}

TEST(printer_reasons, empty_toner_stops_only_the_printer_that_says_so) {
    EXPECT_EQ(read_reason("toner-empty").means, ReasonMeans::no_printing);
    EXPECT_EQ(read_reason("toner-empty-error").means, ReasonMeans::no_printing);
    EXPECT_EQ(read_reason("toner-empty-warning").means, ReasonMeans::low);
    EXPECT_EQ(read_reason("media-empty-warning").means, ReasonMeans::no_supply);
}

TEST(printer_reasons, what_goes_into_a_log_is_a_keyword_and_short) {
    EXPECT_EQ(safe_keyword("media-jam"), "media-jam");
    EXPECT_EQ(safe_keyword("王秀兰\n x"), "x");
    EXPECT_EQ(safe_keyword(std::string(500, 'a')).size(), 40u);
}

struct Case {
    const char* reason;
    DeviceState state;
    Supply supply;
    std::optional<FaultCode> fault;
};

TEST(printer_condition, every_reason_has_its_health_and_supply) {
    const Case cases[] = {
        {"media-empty", DeviceState::unavailable, Supply::out, FaultCode::PrinterPaperOut},
        {"media-needed-error", DeviceState::unavailable, Supply::out, FaultCode::PrinterPaperOut},
        {"media-low-warning", DeviceState::ready, Supply::low, {}},
        {"media-jam", DeviceState::unavailable, Supply::unknown, FaultCode::PrinterJammed},
        {"cover-open-error", DeviceState::unavailable, Supply::unknown,
         FaultCode::PrinterCoverOpen},
        {"door-open", DeviceState::unavailable, Supply::unknown, FaultCode::PrinterCoverOpen},
        {"input-tray-missing", DeviceState::unavailable, Supply::unknown,
         FaultCode::PrinterTrayMissing},
        {"output-area-full", DeviceState::unavailable, Supply::unknown,
         FaultCode::PrinterOutputFull},
        {"toner-empty-error", DeviceState::unavailable, Supply::unknown, FaultCode::PrinterInkOut},
        {"toner-low", DeviceState::ready, Supply::low, {}},
        {"marker-supply-low-report", DeviceState::ready, Supply::low, {}},
        {"marker-waste-full", DeviceState::unavailable, Supply::unknown, FaultCode::PrinterWorn},
        {"marker-waste-almost-full", DeviceState::degraded, Supply::unknown,
         FaultCode::PrinterWorn},
        {"offline-report", DeviceState::unavailable, Supply::unknown, FaultCode::PrinterAbsent},
        {"timed-out", DeviceState::unavailable, Supply::unknown, FaultCode::PrinterAbsent},
        {"connecting-to-device", DeviceState::ready, Supply::unknown, {}},
        {"paused", DeviceState::unavailable, Supply::unknown, FaultCode::PrinterStopped},
        {"cups-missing-filter-warning", DeviceState::unavailable, Supply::unknown,
         FaultCode::PrinterSetUpWrong},
        {"cups-waiting-for-job-completed", DeviceState::ready, Supply::unknown, {}},
        {"other", DeviceState::degraded, Supply::unknown, FaultCode::PrinterFailed},
        {"other-report", DeviceState::ready, Supply::unknown, {}},
    };
    for (const auto& one : cases) {
        SCOPED_TRACE(one.reason);
        const auto health = condition_of(saying({one.reason})).health;
        EXPECT_EQ(health.state, one.state);
        EXPECT_EQ(health.supply, one.supply);
        ASSERT_EQ(health.fault.has_value(), one.fault.has_value());
        if (one.fault) {
            EXPECT_EQ(health.fault->code, *one.fault);
        }
    }
}

TEST(printer_condition, a_printer_without_complaint_is_ready) {
    auto view = saying({});
    EXPECT_EQ(condition_of(view).health,
              (domain::DeviceHealth{DeviceState::ready, Supply::unknown, std::nullopt}));
    view.media_ready = {"iso_a4_210x297mm"};
    EXPECT_EQ(condition_of(view).health.supply, Supply::plenty);
    EXPECT_FALSE(condition_of(view).obstacle);
}

TEST(printer_condition, stopped_or_not_accepting_or_without_pdf_nothing_is_begun) {
    EXPECT_EQ(condition_of(saying({}, PrinterState::stopped)).obstacle->code,
              FaultCode::PrinterStopped);
    auto closed = saying({});
    closed.accepting = false;
    EXPECT_EQ(condition_of(closed).obstacle->code, FaultCode::PrinterStopped);
    auto raster_only = saying({});
    raster_only.takes_pdf = false;
    EXPECT_EQ(condition_of(raster_only).obstacle->code, FaultCode::PrinterSetUpWrong);
    // The printer's own word comes before the standstill that follows from it.
    EXPECT_EQ(condition_of(saying({"media-jam"}, PrinterState::stopped)).obstacle->code,
              FaultCode::PrinterJammed);
}

TEST(printer_condition, what_a_spooler_remembers_of_an_idle_printer_does_not_shut_it) {
    auto remembered = saying({"media-empty-warning", "media-jam-error"});
    remembered.fresh = false;
    const auto idle = condition_of(remembered);
    EXPECT_FALSE(idle.obstacle);
    EXPECT_EQ(idle.health.state, DeviceState::degraded);
    remembered.state = PrinterState::processing;
    EXPECT_EQ(condition_of(remembered).obstacle->code, FaultCode::PrinterPaperOut);
    // What the spooler says of its own queue always counts.
    auto paused = saying({"paused"});
    paused.fresh = false;
    EXPECT_EQ(condition_of(paused).obstacle->code, FaultCode::PrinterStopped);
}

TEST(printer_condition, one_empty_tray_beside_a4_in_another_is_no_obstacle) {
    auto view = saying({"media-empty-report"});
    EXPECT_TRUE(condition_of(view).obstacle);
    view.media_ready = {"na_letter_8.5x11in", "iso_a4_210x297mm"};
    EXPECT_FALSE(condition_of(view).obstacle);
    EXPECT_EQ(condition_of(view).health.supply, Supply::low);
    view.reasons = {"media-empty-error"};
    EXPECT_TRUE(condition_of(view).obstacle);
}

TEST(printer_condition, little_toner_is_low_and_unknown_levels_are_nothing) {
    auto view = saying({});
    view.marker_levels = {-1, -2, -3, 80};
    EXPECT_EQ(condition_of(view).health.supply, Supply::unknown);
    view.marker_levels = {80, 3};
    EXPECT_EQ(condition_of(view).health.supply, Supply::low);
    EXPECT_EQ(condition_of(view).health.state, DeviceState::ready);
}

TEST(printer_condition, toner_is_told_by_its_name_and_what_cannot_be_measured_has_no_percentage) {
    auto view = saying({});
    view.marker_levels = {64, -2, -1, 30, 250};
    view.marker_names = {"Black Toner", "Waste", "Fuser", "\x01\x02"};
    const std::vector<domain::InkLevel> expected{
        {"Black Toner", 64}, {"Waste", std::nullopt}, {"", 30}, {"", std::nullopt}};
    EXPECT_EQ(ink_of(view), expected);
    view.marker_levels.assign(100, 50);
    EXPECT_LE(ink_of(view).size(), 8U) << "a page has room for so many";
}

TEST(printer_condition, a_jam_may_eat_a_sheet_and_the_end_of_the_paper_does_not) {
    EXPECT_TRUE(condition_of(saying({"media-jam"})).may_eat_sheets);
    EXPECT_TRUE(condition_of(saying({"cover-open"})).may_eat_sheets);
    EXPECT_FALSE(condition_of(saying({"media-empty"})).may_eat_sheets);
    EXPECT_FALSE(condition_of(saying({"output-area-full"})).may_eat_sheets);
}

TEST(printer_condition, the_printers_own_word_replaces_what_its_queue_remembers) {
    PrinterView queue = saying({"media-empty-warning", "paused"});
    queue.fresh = false;
    queue.holds_jobs = true;
    queue.error_policy = "abort-job";
    const auto both = joined(queue, saying({"cover-open"}));
    EXPECT_EQ(both.reasons, (std::vector<std::string>{"paused", "cover-open"}));
    EXPECT_TRUE(both.fresh);
    EXPECT_TRUE(both.holds_jobs);
    EXPECT_EQ(joined(queue, saying({}, PrinterState::stopped)).state, PrinterState::stopped);
}

}  // namespace
}  // namespace drivers::printer
