#include "app/kiosk_loop.hpp"

#include "base/heap.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace app {

namespace {

using namespace std::chrono_literals;

// Of what moves by itself: camera picture, busy dots. Touches and results do not wait for it.
constexpr base::Millis frame_time{33};

// Real time for what is drawn and waited for, also when the session lives in a training clock.
base::Millis real_now() {
    return std::chrono::duration_cast<base::Millis>(
        std::chrono::steady_clock::now().time_since_epoch());
}

// Each way of input that turns out to be missing is told once.
void report_missing_input(Kiosk& kiosk, ui::shell::Interface& interface,
                          std::set<std::string, std::less<>>& told) {
    for (const std::string_view method : interface.missing_input())
        if (told.emplace(method).second) kiosk.input_missing(method);
}

void look_after(Kiosk& kiosk, ui::shell::Interface& interface, Caretaker& care) {
    const auto wish = care.look({kiosk.nobody_here(), kiosk.in_service(),
                                 kiosk.catalogue_outdated(), kiosk.health(), kiosk.post_status()});
    if (wish.give_up_memory && kiosk.nobody_here()) {
        interface.forget_glyphs();
        base::give_back_freed_memory();
    }
    if (wish.restart) kiosk.begin_anew();
}

}  // namespace

void run_loop(Kiosk& kiosk, ui::shell::Interface& interface, const base::Clock& clock,
              drivers::Camera& camera, Companion* companion, base::ServiceNotice& notice,
              Caretaker& care) {
    std::string drawn_page;
    domain::SessionId drawn_session = kiosk.session().id;
    bool must_draw = true;
    bool glyphs_of_somebody = false;
    base::Millis asked_at{
        -1};  // when the turn began that changes the page; < 0: nothing changes it
    std::set<std::string, std::less<>> missing_input;
    auto tick_at = clock.steady() + kiosk.next_tick_in();
    bool served = false;
    for (;;) {
        auto wait = std::max(tick_at - clock.steady(), 0ms);
        if (must_draw)
            wait = 0ms;
        else if (interface.needs_another_frame())
            wait = std::min<base::Millis>(wait, frame_time);
        if (companion != nullptr) wait = std::min(wait, companion->patience());
        wait = std::min(wait, care.due_in());
        if (care.is_well()) wait = std::min(wait, notice.due_in());
        if (!interface.wait(wait)) return;
        if (interface.used()) kiosk.hush();

        const auto began = real_now();
        if (kiosk.take_incoming()) {
            must_draw = true;
            if (asked_at < 0ms) asked_at = began;
        }
        for (const auto key : kiosk.take_pad_keys()) interface.key(key);
        if (interface.used()) kiosk.hush();
        if (clock.steady() >= tick_at) {
            kiosk.tick();
            must_draw = true;
            look_after(kiosk, interface, care);
        }
        if (kiosk.session().id != drawn_session) {
            drawn_session = kiosk.session().id;
            interface.end_session();
            glyphs_of_somebody = true;
        }
        // Who is told that it is well is told of a frame that was seen.
        const bool prove = care.wants_proof() || (care.is_well() && notice.due_in() == 0ms);
        if (must_draw || interface.needs_another_frame() || prove) {
            if (prove) interface.prove_next_frame();
            const auto action = interface.frame(
                kiosk.page().screen,
                {&camera.frames(), companion != nullptr ? companion->drawer() : nullptr});
            must_draw = false;
            if (!std::exchange(served, true)) notice.ready();
            if (const auto proof = interface.take_proof()) care.screen_proved(*proof);
            if (care.is_well()) notice.alive();
            if (!action) kiosk.drawn(interface.tree());
            if (action) {
                kiosk.act(*action);
                must_draw = true;  // what it changed is shown in the next turn
                if (asked_at < 0ms) asked_at = began;
            }
            if (!action && kiosk.page().screen.name != drawn_page) {
                drawn_page = kiosk.page().screen.name;
                if (companion != nullptr)
                    companion->page_drawn(drawn_page,
                                          real_now() - (asked_at < 0ms ? began : asked_at));
                if (std::exchange(glyphs_of_somebody, false)) {
                    interface.forget_glyphs();
                    base::give_back_freed_memory();  // the face models are large
                }
                report_missing_input(kiosk, interface, missing_input);
            }
            if (!action) asked_at = -1ms;
        }
        if (const auto news = interface.take_news(); !news.empty()) {
            kiosk.hear(news);
            must_draw = true;
        }
        tick_at = std::min(tick_at, clock.steady() + kiosk.next_tick_in());
        if (clock.steady() >= tick_at) tick_at = clock.steady() + kiosk.next_tick_in();
        if (companion != nullptr && !companion->work()) return;
        if (kiosk.ending()) return;
    }
}

}  // namespace app
