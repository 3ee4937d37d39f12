// A seeded part of the crawl, and the crawler's own tests: a bad page must be found.
#include "tests/crawl/report.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>

namespace crawl {
namespace {

// The seed changes with the day, so that the days together see everything; CW_CRAWL_SEED repeats
// one.
unsigned seed() {
    if (const char* wanted = std::getenv("CW_CRAWL_SEED")) return unsigned(std::atoi(wanted));
    const auto today = base::SystemClock().now().time_since_epoch();
    return unsigned(std::chrono::duration_cast<std::chrono::hours>(today).count() / 24);
}

TEST(crawl, a_seeded_part_of_all_pages_holds_what_was_asked) {
    Plan plan;
    plan.icon_font = ICON_FONT;
    plan.one_in = 40;
    plan.seed = seed();
    const auto outcome = crawl(plan);
    ASSERT_TRUE(outcome) << outcome.error().safe_detail;
    EXPECT_GT(outcome->pages, 50);
    const auto report = judge(*outcome, read_requirements(CRAWL_FOLDER "/requirements.txt"),
                              read_known(CRAWL_FOLDER "/known.txt"));
    for (const auto& one : report.new_findings)
        ADD_FAILURE() << one.check << " on " << one.page << ": " << one.what
                      << " (CW_CRAWL_SEED=" << plan.seed << ")";
}

struct Fixture {
    std::vector<SamplePage> pages = app::training::gallery::every_page();
    std::vector<Mode> modes = app::training::gallery::every_mode();
    std::vector<Panel> panels = app::training::gallery::every_panel();
    Drawn drawn{pages.front(),
                modes.front(),
                panels.front(),
                base::Locale::zh,
                page_of(pages.front(), modes.front(), base::Locale::zh),
                KeysShown::none,
                1,
                {},
                {}};
    std::set<std::string> found() {
        Memory memory;
        std::vector<Finding> findings;
        for (const Check& check : every_check()) {
            Sink sink(check.name, drawn, findings);
            check.look(drawn, sink, memory);
        }
        std::set<std::string> names;
        for (const auto& finding : findings) names.insert(finding.check);
        return names;
    }
};

Node control(std::string id, Rect rect) {
    Node node;
    node.id = std::move(id);
    node.role = Role::button;
    node.rect = node.hit = rect;
    return node;
}

TEST(crawl, a_bad_control_is_found) {
    Fixture fixture;
    fixture.drawn.nodes = {
        control("tiny", {500, 1500, 40, 40}), control("near", {545, 1500, 100, 100}),
        control("edge", {0, 1700, 100, 100}), control("high", {500, 100, 100, 100})};
    const auto found = fixture.found();
    for (const char* check : {"touch.floor", "touch.gaps", "touch.edges", "touch.reach",
                              "layout.names", "layout.means_an_event"})
        EXPECT_TRUE(found.contains(check)) << check;
}

TEST(crawl, bad_text_is_found) {
    Fixture fixture;
    Node node;
    node.role = Role::text;
    node.text = "系统异常，错误码 7";
    node.rect = {100, 100, 300, 60};
    node.em = 20;
    node.lines = {{"系统异常", {100, 100, 1900, 20}, 20}, {"，错误码 7…", {100, 110, 200, 20}, 20}};
    node.text_rect = {100, 100, 1900, 60};
    fixture.drawn.nodes = {node, node};
    const auto found = fixture.found();
    for (const char* check : {"text.sizes", "text.inside", "text.no_overlap", "text.line_length",
                              "text.line_breaks", "text.no_ellipsis", "wording.plain"})
        EXPECT_TRUE(found.contains(check)) << check;
}

TEST(crawl, faint_text_is_found_by_its_pixels) {
    Fixture fixture;
    fixture.drawn.pixels = {1080, 1920, std::vector<std::uint8_t>(1080 * 1920 * 3, 255)};
    for (std::size_t i = 0; i < 30; ++i)
        fixture.drawn.pixels.rgb.at((110 * 1080 + 110 + i) * 3) = 180;
    Node node;
    node.role = Role::text;
    node.text = "浅";
    node.lines = {{"浅", {100, 100, 30, 30}, 30}};
    fixture.drawn.nodes = {node};
    EXPECT_TRUE(fixture.found().contains("contrast.text"));
}

TEST(report, a_known_defect_fails_its_requirement_but_is_not_new) {
    Outcome outcome{10,
                    {{"touch.floor", "home elder/zh/portrait", "a"},
                     {"touch.gaps", "home elder/zh/portrait", "b"}}};
    const std::vector<Requirement> requirements{
        {"UX-001", "by", "check touch.floor", {"touch.floor"}},
        {"UX-005", "by", "test touch.x", {}}};
    const std::vector<KnownDefect> known{{"touch.floor", "home *", "small"},
                                         {"text.sizes", "*", "gone"}};
    const auto report = judge(outcome, requirements, known);
    EXPECT_EQ(report.met, 1);
    EXPECT_EQ(report.failed, 1);
    ASSERT_EQ(report.new_findings.size(), 1U);
    EXPECT_EQ(report.new_findings.front().check, "touch.gaps");
    ASSERT_EQ(report.mended.size(), 1U);
    EXPECT_EQ(report.mended.front().check, "text.sizes");
}

TEST(report, a_requirement_is_met_failed_or_not_applicable_with_its_reason) {
    const auto report = judge({},
                              {{"UX-001", "by", "test touch.x", {}},
                               {"UX-002", "open", "not built", {}},
                               {"UX-003", "none", "no payment here", {}}},
                              {});
    EXPECT_EQ(report.met, 1);
    EXPECT_EQ(report.failed, 1);
    EXPECT_EQ(report.not_applicable, 1);
    for (const char* line :
         {"UX-001 met: test touch.x\n", "UX-002 failed: nothing proves it; not built\n",
          "UX-003 not applicable: no payment here\n"})
        EXPECT_NE(report.text.find(line), std::string::npos) << line << report.text;
}

}  // namespace
}  // namespace crawl
