#include "tests/crawl/walk.hpp"

#include "app/training/gallery/every_page.hpp"
#include "app/training/gallery/painter.hpp"
#include "session/inactivity.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <random>
#include <set>

namespace crawl {
namespace {

using session::Overlay;
namespace samples = app::training::samples;

const std::vector<Place>& places(bool elder = false) {
    static const std::vector<Place> standard = every_place(false), old = every_place(true);
    return elder ? old : standard;
}

// The machine is doing something that must not be broken off and has a limit of its own, or it
// waits for its cabinet to be closed.
bool is_locked(const Place& place) {
    // A technician's pages: at work with a stick, judging a PIN, touch switched off for cleaning.
    for (const char* page : {"maintain_courier_work", "maintain_checking", "maintain_clean",
                             "set_up_keeping", "set_up_enrolling", "set_up_joining"})
        if (place.name == page) return true;
    return place.state == "handing_in" || place.state == "voice_keeping" ||
           place.state == "suspended";
}
// Over the whole panel: touches are what is tried there, and they end it.
bool tests_the_panel(const Place& place) {
    return place.name.starts_with("set_up_touch") || place.name.starts_with("set_up_cross") ||
           place.name.starts_with("set_up_display");
}
bool is_first_page(const Place& place) {
    return place.state == "home" && place.overlay == Overlay::none;
}
bool is_help(const Place& place) {
    return place.overlay == Overlay::help;
}
bool asks_the_first_question(const Place& place) {
    return place.name == "situation" || place.state == "situation";
}

TEST(walk, every_state_and_every_page_is_reached_by_single_taps) {
    std::set<std::string> states, pages;
    for (const Place& place : places()) {
        states.insert(place.state);
        pages.insert(place.name);
    }
    for (const auto& [name, session] : samples::states())
        EXPECT_TRUE(states.contains(session::name(session.state))) << name;
    std::set<std::string> listed;
    for (const auto& sample : app::training::gallery::every_page()) {
        if (!sample.in_service) continue;
        const auto page =
            page_of(sample, app::training::gallery::every_mode().front(), base::Locale::zh);
        listed.insert(page.screen.name);
        EXPECT_TRUE(pages.contains(page.screen.name)) << "no way by taps to " << sample.name;
    }
    for (const auto& page : pages)
        EXPECT_TRUE(listed.contains(page)) << page << " is missing in every_page()";
}

TEST(walk, no_page_is_a_dead_end) {
    for (const bool elder : {false, true}) {
        const auto taps = taps_to(places(elder), is_first_page);
        for (std::size_t i = 0; i < taps.size(); ++i)
            if (!is_locked(places(elder)[i])) {
                EXPECT_GE(taps[i], 0) << places(elder)[i].name << places(elder)[i].way;
            }
    }
}

TEST(walk, help_is_within_three_taps_of_every_page) {
    const auto taps = taps_to(places(), is_help);
    for (std::size_t i = 0; i < taps.size(); ++i) {
        if (places()[i].state == "maintain_clean") continue;  // no touch counts there
        if (tests_the_panel(places()[i])) continue;
        EXPECT_GE(taps[i], 0) << places()[i].name << places()[i].way;
        EXPECT_LE(taps[i], 3) << places()[i].name << places()[i].way;
    }
}

// Notice, card, identity and face are the way in; only the taps on other pages count.
bool is_the_way_in(const Place& place) {
    for (const char* state : {"notice", "place_card", "card_refused", "confirm_identity",
                              "face_consent", "face_check", "face_not_matched"})
        if (place.state == state) return true;
    return false;
}

int taps_to_the_first_question(bool elder) {
    const auto& all = places(elder);
    std::vector<int> taps(all.size(), -1);
    std::deque<std::size_t> open{0};
    taps[0] = 0;
    while (!open.empty()) {
        const std::size_t at = open.front();
        open.pop_front();
        if (asks_the_first_question(all[at])) return taps[at];
        for (const auto& [to, by_hand] : all[at].next) {
            const int cost = by_hand && !is_the_way_in(all[at]) ? 1 : 0;
            if (taps[to] >= 0 && taps[to] <= taps[at] + cost) continue;
            taps[to] = taps[at] + cost;
            cost == 0 ? open.push_front(to) : open.push_back(to);
        }
    }
    return -1;
}

TEST(walk, the_first_service_asks_its_first_question_after_three_taps_and_two_in_elder_mode) {
    EXPECT_GT(taps_to_the_first_question(false), 0);
    EXPECT_LE(taps_to_the_first_question(false), 3);
    EXPECT_GT(taps_to_the_first_question(true), 0);
    EXPECT_LE(taps_to_the_first_question(true), 2);
}

// No advertisement, no window that floats up: what lies over a page was asked for, besides the
// warning after silence.
TEST(walk, nothing_lies_over_a_page_that_nobody_asked_for) {
    int asked_for = 0;
    for (const bool elder : {false, true})
        for (const Place& place : places(elder))
            for (const auto& [to, by_hand] : place.next) {
                const Overlay over = places(elder)[to].overlay;
                if (over == Overlay::none || over == place.overlay) continue;
                EXPECT_TRUE(by_hand || over == Overlay::still_there)
                    << places(elder)[to].name << places(elder)[to].way;
                ++asked_for;
            }
    EXPECT_GT(asked_for, 10);
}

// What cannot be taken back has a page before it that names what will happen.
TEST(walk, nothing_is_handed_in_without_the_review_and_the_letter) {
    for (const char* left_out : {"review", "letter"}) {
        const auto& all = places();
        std::vector<bool> seen(all.size(), false);
        std::vector<std::size_t> open{0};
        seen[0] = true;
        while (!open.empty()) {
            const Place& place = all[open.back()];
            open.pop_back();
            EXPECT_NE(place.state, "handing_in") << "without " << left_out << place.way;
            for (const auto& [to, by_hand] : place.next)
                if (!seen[to] && all[to].state != left_out) {
                    seen[to] = true;
                    open.push_back(to);
                }
        }
        EXPECT_GT(std::count(seen.begin(), seen.end(), true), 20);
    }
}

TEST(walk, guides_and_help_need_no_card) {
    std::set<std::string> without_card;
    std::vector<std::size_t> open{0};
    std::set<std::size_t> seen{0};
    while (!open.empty()) {
        const Place& place = places()[open.back()];
        open.pop_back();
        without_card.insert(place.name);
        for (const auto& [to, by_hand] : place.next)
            if (by_hand && seen.insert(to).second) open.push_back(to);
    }
    for (const char* name : {"services", "guide", "guide_materials", "guide_terms", "guide_steps",
                             "guide_basis", "help", "comfort", "progress_code"})
        EXPECT_TRUE(without_card.contains(name)) << name;
    EXPECT_FALSE(without_card.contains("review"));
}

// What a press changes: the place, the session, an effect, the comfort or the language.
bool did_something(const session::Session& before, const session::Step& after,
                   const samples::Terminal& terminal) {
    const auto& now = after.session;
    return before.id != now.id || !after.effects.empty() || !(before.comfort == now.comfort) ||
           before.locale != now.locale ||
           place_of(before, page_at(before, terminal)) != place_of(now, page_at(now, terminal));
}

// Pressing what is chosen already, or asking again with the same thing missing, may change nothing.
bool may_do_nothing(const std::string& what, const app::Page& page) {
    const std::string id = what.substr(4);
    if (id == page.screen.name) return true;  // 求助 on the help page
    if (id == "panel_test") return true;      // a finger draws there
    if (id == "end" && page.screen.name == "maintain_resume") return true;  // it asks that already
    if (id == "ask_wait") return true;                                      // 再等等
    if (id == "letter_turn") return true;  // early: kept until the page has stood two seconds
    for (const auto& block : page.screen.blocks) {
        if (const auto* choices = std::get_if<ui::screens::Choices>(&block))
            for (const auto& choice : choices->choices)
                if (choice.id == id && choice.selected) return true;
        if (const auto* options = std::get_if<ui::screens::OptionRow>(&block))
            for (const auto& option : options->options)
                if (option.id == id && option.selected) return true;
        // Another level of what is rated already is the same place.
        if (const auto* options = std::get_if<ui::screens::OptionRow>(&block);
            options != nullptr && id.starts_with("rate_")) {
            const auto rated = [&](const auto& option) {
                return option.selected &&
                       option.id.substr(0, option.id.find('=')) == id.substr(0, id.find('='));
            };
            if (std::any_of(options->options.begin(), options->options.end(), rated)) return true;
        }
        if (const auto* date = std::get_if<ui::screens::DateField>(&block))
            if (date->id == id || (!date->error.empty() && id == "next")) return true;
        if (const auto* field = std::get_if<ui::screens::Field>(&block)) {
            if (field->id == id) return true;  // in focus, or locked: it explains itself
            if (!field->error.empty() &&
                (id == "next" || id == "look_up" || id == "place_written" ||
                 id == "maintain_sign_in" || id == "set_up_join" || id == "voice_next" ||
                 id.starts_with("fix:")))
                return true;
        }
        if (std::holds_alternative<ui::screens::ErrorSummary>(block) &&
            (id == "next" || id.starts_with("fix:")))
            return true;
        if (const auto* notice = std::get_if<ui::screens::Notice>(&block))
            if (notice->tone == ui::screens::Tone::danger &&
                (id == "submit" || id == "next" || id == "set_up_next"))
                return true;
    }
    return false;
}

TEST(walk, a_hundred_thousand_random_taps_under_faults_lose_no_press_and_find_no_dead_end) {
    std::mt19937 random(20261122);
    samples::Terminal terminal;
    samples::Walker walker;
    session::Session session = walker.session;
    std::set<std::string> states;
    int taps = 0, ended = 0, since_first_page = 0;
    while (taps < 120'000) {  // so many that more than a thousand people come and go
        const app::Page page = page_at(session, terminal);
        states.insert(session::name(session.state));
        auto moves = moves_at(session, page);
        // It lasts until the program is started again.
        std::erase_if(moves, [](const Move& move) {
            return std::holds_alternative<session::SetUpFound>(move.event);
        });
        if (std::holds_alternative<flows::TechnicianCleaning>(session.state)) {
            EXPECT_TRUE(moves.empty());  // touch is off until the time is over
            terminal.now += session::cleaning_time;
            session = step(std::move(session), session::TimePassed{}, terminal.world()).session;
            continue;
        }
        if (moves.empty()) {
            FAIL() << "nothing can happen on " << page.screen.name;
        }
        if (random() % 50 == 0) {  // silence, short or long
            terminal.now += std::chrono::seconds{random() % 4 == 0 ? 700 : 2};
            session = step(std::move(session), session::TimePassed{}, terminal.world()).session;
            continue;
        }
        // Fingers that go on more often than they leave come further.
        std::size_t chosen = random() % moves.size();
        for (int again = 0; again < 3; ++again)
            for (const char* away : {"tap home", "tap end", "tap not_me", "tap back", "tap leave"})
                if (moves[chosen].what == away) chosen = random() % moves.size();
        const Move& move = moves[chosen];
        const session::Session before = session;
        auto next = step(std::move(session), move.event, terminal.world());
        if (move.by_hand && move.what.starts_with("tap ")) {
            ++taps;
            if (!may_do_nothing(move.what, page)) {
                ASSERT_TRUE(did_something(before, next, terminal))
                    << move.what << " on " << page.screen.name << " did nothing";
            }
        }
        session = std::move(next.session);
        // A terminal out of service rests on its closed page, as long as a technician leaves it so.
        const bool rests =
            session.idle() || std::holds_alternative<flows::Suspended>(session.state);
        since_first_page = rests ? 0 : since_first_page + 1;
        ended += session.id != before.id;
        // Random fingers leave sooner or later; who cannot leave is caught.
        ASSERT_LT(since_first_page, 5000) << page.screen.name;
    }
    EXPECT_GT(ended, 1000);
    EXPECT_GT(states.size(), 15U);
}

// UX-250: a technician's way in is no control; nothing seen, heard or read in help leads there.
TEST(maintain_entry, is_in_no_tree_and_in_no_help) {
    const auto painter = app::training::gallery::Painter::create(
        app::training::gallery::every_panel().front(), ICON_FONT);
    ASSERT_TRUE(painter);
    const auto mode = app::training::gallery::every_mode().front();
    std::set<std::string> open;
    int drawn = 0;
    for (const auto& sample : app::training::gallery::every_page()) {
        const auto page = page_of(sample, mode, base::Locale::zh);
        for (const auto& [id, event] : page.on_press)
            EXPECT_FALSE(std::holds_alternative<session::TechnicianCalled>(event)) << id;
        if (page.screen.service_corner) open.insert(page.screen.name);
        if (session::below(sample.session.state) != nullptr) continue;
        (*painter)->draw(page.screen);
        for (const auto& node : (*painter)->tree().nodes())
            for (const char* word : {"技术员", "维护登录", "维护人员"})
                EXPECT_EQ(node.text.find(word), std::string::npos) << sample.name;
        ++drawn;
    }
    EXPECT_GT(drawn, 100);
    EXPECT_EQ(open,
              (std::set<std::string>{"comfort", "comfort_code", "comfort_scan", "help", "home",
                                     "out_of_service", "set_up_unfinished", "suspended"}));
}

// The same with a real finger on the drawn page: what is under it is what happens.
TEST(walk, a_finger_on_a_drawn_control_causes_that_controls_event) {
    const auto painter = app::training::gallery::Painter::create(
        app::training::gallery::every_panel().front(), ICON_FONT);
    ASSERT_TRUE(painter);
    const auto mode = app::training::gallery::every_mode().front();
    std::mt19937 random(20261122);
    int pressed = 0;
    for (const auto& sample : app::training::gallery::every_page()) {
        if (random() % 4 != 0) continue;
        // A finger draws there, and presses nothing.
        if (page_of(sample, mode, base::Locale::zh).screen.panel_test) continue;
        const auto page = page_of(sample, mode, base::Locale::zh);
        (*painter)->draw(page.screen);
        std::vector<std::string> ids;
        for (const auto& node : (*painter)->tree().nodes())
            if (node.interactive() && node.enabled && page.on_press.contains(node.id))
                ids.push_back(node.id);
        if (ids.empty()) continue;
        const std::string id = ids[random() % ids.size()];
        if (page.screen.overlay && id != page.screen.overlay->leave.id) continue;
        const auto action = (*painter)->tap(page.screen, id);
        ASSERT_TRUE(action) << id << " on " << sample.name << " did nothing";
        const auto* press = std::get_if<ui::screens::Pressed>(&*action);
        ASSERT_NE(press, nullptr) << id << " on " << sample.name;
        EXPECT_EQ(press->id, id) << sample.name;
        ++pressed;
    }
    EXPECT_GT(pressed, 10);
}

}  // namespace
}  // namespace crawl
