// Decides when the terminal speaks: a page when it appears, a stop of the keys, what is new, the
// warning again at half time and in the last ten seconds (UX-063). It looks at the semantic tree
// after every frame. Everything goes through one gate: what is personal reaches headphones only.
// Main thread. Without a voice, or with one that cannot speak, it does nothing.
#pragma once

#include "base/clock.hpp"
#include "ui/screens/screen.hpp"
#include "ui/speech/prompts.hpp"
#include "ui/speech/speech_log.hpp"
#include "ui/speech/voice.hpp"
#include "ui/widgets/semantic_tree.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace app {

class Announcer {
  public:
    // Both may be null.
    Announcer(ui::speech::Voice* voice, ui::speech::SpeechLog* log, const base::Clock& clock);
    ~Announcer();
    Announcer(const Announcer&) = delete;
    Announcer& operator=(const Announcer&) = delete;

    void able(bool can_speak) { able_ = can_speak; }
    // The page as it was just drawn.
    void look(const ui::widgets::SemanticTree& tree, const ui::screens::Screen& screen);
    // A finger or a key: silence at once.
    void hush();
    // The last part again; asked once more, character by character; then the whole page.
    void repeat() { ++repeats_; }
    void other_key() { repeats_ = 0; }
    void say_last_again();
    void pause_or_go_on();
    void headphones(bool plugged);
    // 请取走身份证, 还有 n 张没取: for everybody, whether or not pages speak (UX-106, UX-163).
    void call(std::string_view words);
    // Speech is about to begin for somebody who may not see: what the keys do is said first.
    void orient() { orient_ = true; }
    void end_session();

    // True when a whole page, or one of its texts, was now told to its end.
    bool ended(ui::speech::UtteranceId id);
    bool speaking() const { return speaking_; }
    bool paused() const { return paused_; }

  private:
    enum class About { page, text, call, other };
    struct Item {
        ui::speech::Prompt prompt;
        bool chime = false;
    };
    using Tree = ui::widgets::SemanticTree;

    void say_page(const Tree& tree, bool with_chime);
    void look_at_keys(const Tree& tree);
    void look_at_typing(const Tree& tree);
    void look_at_tidings(const Tree& tree);
    void say_again(const Tree& tree);
    void say(ui::speech::Prompts prompts, About about,
             ui::speech::InPlaceOfPersonal place = ui::speech::InPlaceOfPersonal::hint,
             bool with_chime = false);
    void add_tidings(ui::speech::Prompts prompts);
    ui::speech::Prompts through_the_gate(ui::speech::Prompts prompts,
                                         ui::speech::InPlaceOfPersonal place) const;
    void begin_item();
    void forget_page();
    void forget_sequence();

    ui::speech::Voice* voice_;
    ui::speech::SpeechLog* log_;
    const base::Clock& clock_;
    bool able_ = false, orient_ = false;
    ui::speech::Channel channel_ = ui::speech::Channel::loudspeaker;
    base::Locale locale_ = base::Locale::zh;
    int rate_ = 0, volume_ = 0;

    // What is being said, or was said last.
    std::vector<Item> sequence_;
    std::size_t item_ = 0, tidings_from_ = 0;
    About about_ = About::other;
    bool speaking_ = false, paused_ = false;
    int repeats_ = 0, repeats_done_ = 0;
    ui::speech::UtteranceId newest_ = 0;

    // What was told of the page already. Words are remembered by their hashes only.
    std::string page_;
    int warning_seconds_ = 0, warnings_ = 0;
    std::string place_;
    std::size_t state_ = 0, typed_ = 0;
    std::string field_;
    std::set<std::size_t> told_;
};

}  // namespace app
