// When the terminal speaks, through the app without its window: what a person would hear.
#include "../session/samples.hpp"
#include "app/present/present.hpp"
#include "app/speech/announcer.hpp"
#include "base/messages.hpp"
#include "ui/shell/interface.hpp"
#include "ui/speech/spoken_text.hpp"
#include "ui/theme/theme.hpp"
#include "ui/widgets/key_walk.hpp"

#include <gtest/gtest.h>

#include <cctype>
#include <cmath>
#include <set>

namespace app {
namespace {

using namespace std::chrono_literals;
using session::samples::Walker;

// Speaks until it is told to stop or the test says that the utterance is over.
struct HeldVoice final : ui::speech::Voice {
    void start(ui::speech::Utterance utterance) override {
        now = std::move(utterance);
        sounding = true;
        ++started;
    }
    void stop() override { sounding = false; }
    bool speaking() const override { return sounding; }
    ui::speech::Utterance now;
    bool sounding = false;
    int started = 0;
};

struct Panel {
    Panel() {
        ui::shell::Interface::Options options;
        options.icon_font = CW_ICON_FONT;
        auto made = ui::shell::Interface::create(options, clock);
        EXPECT_TRUE(made);
        ui = std::move(*made);
        announcer.able(true);
    }
    Page page_of(const session::Session& session) {
        terminal.health.speech = {domain::DeviceState::ready, domain::Supply::unknown, {}};
        domain::PostStatus post;
        post.line = domain::Line::offline;
        return present({session, &session::samples::pack(), terminal.settings, terminal.health,
                        post, terminal.now});
    }
    void show(const session::Session& session) {
        const Page page = page_of(session);
        ui->frame(page.screen);
        announcer.look(ui->tree(), page.screen);
    }
    void finish() {
        while (voice.sounding) {
            voice.sounding = false;
            announcer.ended(voice.now.id);
        }
    }
    std::vector<std::string> heard() {
        finish();
        std::vector<std::string> lines;
        for (const auto& line : log.take()) lines.push_back(line.text);
        return lines;
    }

    base::ManualClock clock{base::Instant{}};
    session::samples::Terminal terminal;
    std::unique_ptr<ui::shell::Interface> ui;
    HeldVoice voice;
    ui::speech::SpeechLog log;
    Announcer announcer{&voice, &log, clock};
};

session::Session speaking(session::Session session) {
    session.comfort.speech = true;
    return session;
}

bool holds(const std::vector<std::string>& lines, const std::string& words) {
    return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
        return line.find(words) != std::string::npos;
    });
}

TEST(speech, every_page_of_every_state_says_something_in_short_prompts_in_both_languages) {
    Panel panel;
    for (const auto& [name, sample] : session::samples::states())
        for (const bool elder : {false, true})
            for (const auto locale : {base::Locale::zh, base::Locale::en}) {
                auto session = speaking(sample);
                session.locale = locale;
                session.comfort.elder = elder;
                panel.announcer.end_session();
                panel.show(session);
                const auto lines = panel.heard();
                EXPECT_TRUE(!lines.empty() || panel.page_of(session).screen.panel_test) << name;
                for (const auto& line : lines)
                    EXPECT_LE(ui::speech::hanzi_in(line), ui::speech::most_hanzi) << name << line;
                // Its title, when it has one, before anything else of its own.
                const auto title = panel.page_of(session).screen.title;
                if (!title.empty()) {
                    EXPECT_TRUE(title.starts_with(lines.front().substr(0, 6))) << name << title;
                }
            }
}

TEST(speech, nothing_personal_reaches_the_loudspeaker_and_headphones_get_it) {
    Panel panel;
    const std::vector<std::string> personal{"兰",      "0023",   "1943",   "三组大塘边", "6217",
                                            "83 周岁", "100 元", "示例村", "女"};
    int private_words = 0;
    for (const bool plugged : {false, true}) {
        panel.announcer.headphones(plugged);
        for (const auto& [name, sample] : session::samples::states()) {
            panel.announcer.end_session();
            panel.show(speaking(sample));
            // And each stop of the keys.
            const auto stops = ui::widgets::key_stops(panel.ui->tree()).size();
            for (std::size_t i = 0; i < stops; ++i) {
                panel.clock.forward(1s);
                panel.ui->key(ui::screens::Key::next);
                panel.show(speaking(sample));
            }
            panel.finish();
            // The guide and the list of villages are the same for everybody.
            if (name == "guide" || name == "services") continue;
            for (const auto& line : panel.log.take())
                for (const auto& word : personal)
                    if (line.text.find(word) != std::string::npos) {
                        EXPECT_EQ(line.channel, ui::speech::Channel::headphones)
                            << name << ": " << line.text;
                        ++private_words;
                    }
        }
    }
    EXPECT_GT(private_words, 10);
}

TEST(speech, a_text_that_is_turned_over_is_read_on_in_whole_sentences) {
    Panel panel;
    Walker walker;
    walker.on(session::ItemChosen{session::samples::item_code})
        .on(session::GuidePageOpened{flows::GuidePage::basis});
    walker.session.comfort.text = domain::TextSize::largest;
    const auto session = speaking(walker.session);
    panel.show(session);
    const auto first = panel.heard();
    EXPECT_TRUE(holds(first, "国家建立和完善老年人福利制度")) << "broken where the line is";
    EXPECT_FALSE(holds(first, "第八条"));
    std::vector<std::string> turned;
    while (const auto* on = panel.ui->tree().find("guide_text.on")) {
        if (on->id != "guide_text.on") break;
        panel.clock.forward(1s);
        ASSERT_TRUE(panel.ui->tap("guide_text.on"));
        panel.show(session);
        panel.clock.forward(1s);
        panel.show(session);
        for (auto& line : panel.heard()) turned.push_back(std::move(line));
    }
    EXPECT_TRUE(holds(turned, "第八条"));
    EXPECT_FALSE(holds(turned, "返回指南")) << "the whole page is not told again";
}

TEST(speech, a_touch_silences_it_at_once_and_two_are_never_heard) {
    Panel panel;
    panel.show(speaking(Walker{}.session));
    EXPECT_TRUE(panel.voice.sounding);
    const auto id = panel.voice.now.id;
    panel.announcer.hush();
    EXPECT_FALSE(panel.voice.sounding);
    EXPECT_FALSE(panel.announcer.ended(id)) << "what was cut off is not followed by the next";
    EXPECT_FALSE(panel.voice.sounding);
}

TEST(speech, without_the_wish_for_it_nothing_is_said_but_the_warning) {
    Panel panel;
    Walker walker;
    walker.to_questions();
    panel.show(walker.session);
    EXPECT_EQ(panel.voice.started, 0);
    walker.wait(181s);
    panel.terminal.now = walker.terminal.now;
    panel.show(walker.session);
    EXPECT_TRUE(panel.voice.now.chime);
    EXPECT_TRUE(holds(panel.heard(), "您还在吗"));
}

TEST(speech, the_warning_comes_again_at_half_time_and_in_the_last_ten_seconds) {
    Panel panel;
    Walker walker;
    walker.to_questions().wait(181s);
    std::vector<int> at;
    for (int second = 0; second < 44; ++second) {
        panel.terminal.now = walker.terminal.now;
        panel.show(walker.session);
        if (holds(panel.heard(), "您还在吗")) at.push_back(second);
        walker.wait(1s);
    }
    EXPECT_EQ(at, (std::vector<int>{0, 23, 35}));
}

TEST(speech, an_error_on_the_page_is_told_when_it_comes) {
    Panel panel;
    Walker walker;
    walker.to_form();
    while (walker.in<flows::FillingForm>()->page < 1) walker.on(session::PageCompleted{});
    panel.show(speaking(walker.session));
    panel.heard();
    walker.on(session::PageCompleted{});
    panel.show(speaking(walker.session));
    EXPECT_TRUE(holds(panel.heard(), "门牌或住址"));
}

TEST(speech, what_has_to_be_mended_is_focused_and_told_in_the_same_frame) {
    for (const bool by_keys : {false, true}) {
        Panel panel;
        Walker walker;
        walker.to_form();
        auto screen = panel.page_of(speaking(walker.session)).screen;
        panel.ui->frame(screen);
        panel.announcer.look(panel.ui->tree(), screen);
        if (by_keys) {
            panel.ui->key(ui::screens::Key::next);
            panel.ui->frame(screen);
            panel.announcer.look(panel.ui->tree(), screen);
        }
        panel.heard();
        screen.blocks.insert(
            screen.blocks.begin(),
            ui::screens::ErrorSummary{"有 2 处需要修改", {{"a", "请填写姓名"}, {"b", "请选择"}}});
        panel.ui->frame(screen);
        panel.announcer.look(panel.ui->tree(), screen);
        ASSERT_TRUE(panel.voice.sounding);
        EXPECT_NE(panel.voice.now.text.find("有 2 处需要修改"), std::string::npos)
            << panel.voice.now.text;
        const auto focus = panel.ui->tree().key_focus();
        ASSERT_EQ(focus.has_value(), by_keys);
        if (focus) {
            EXPECT_EQ(panel.ui->tree().nodes()[*focus].id, "faults");
        }
    }
}

TEST(speech, pause_keeps_the_place_and_going_on_says_the_same_prompt_again) {
    Panel panel;
    panel.show(speaking(Walker{}.session));
    panel.announcer.ended(panel.voice.now.id);
    const auto words = panel.voice.now.text;
    panel.announcer.hush();  // the finger on the button
    panel.announcer.pause_or_go_on();
    EXPECT_TRUE(panel.announcer.paused());
    EXPECT_FALSE(panel.voice.sounding);
    panel.announcer.pause_or_go_on();
    EXPECT_EQ(panel.voice.now.text, words);
    EXPECT_TRUE(panel.voice.sounding);
}

TEST(speech, a_session_that_ends_leaves_no_word_behind) {
    Panel panel;
    panel.show(speaking(Walker{}.to_identity().session));
    panel.announcer.end_session();
    EXPECT_FALSE(panel.voice.sounding);
    EXPECT_TRUE(panel.log.take().empty());
}

TEST(speech, the_repeat_button_says_the_last_part_again_and_nothing_else) {
    Panel panel;
    const auto session = speaking(Walker{}.session);
    panel.show(session);
    panel.heard();
    panel.clock.forward(1s);
    panel.ui->key(ui::screens::Key::next);
    panel.show(session);
    const auto stop = panel.heard();
    ASSERT_FALSE(stop.empty());
    panel.announcer.say_last_again();
    EXPECT_TRUE(panel.voice.sounding);
    panel.finish();
    EXPECT_EQ(panel.voice.now.text, stop.back());
    EXPECT_FALSE(panel.voice.sounding);
}

TEST(speech, a_call_is_heard_by_everybody_until_a_touch) {
    Panel panel;
    Walker walker;
    walker.to_questions();
    panel.show(walker.session);
    ASSERT_FALSE(walker.session.comfort.speech);
    panel.announcer.call("请取走身份证");
    EXPECT_TRUE(panel.voice.now.chime);
    panel.show(walker.session);
    EXPECT_TRUE(panel.voice.sounding) << "the next frame must not cut it off";
    EXPECT_TRUE(holds(panel.heard(), "请取走身份证"));
    panel.announcer.call("请取走身份证");
    panel.announcer.hush();
    EXPECT_FALSE(panel.voice.sounding);
}

// What somebody hears, somebody who does not hear can read (UX-187): the page's own words, round
// which the voice puts what a control is and where it stands.
std::string letters_of(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        const std::string one = text.substr(i, length);
        const bool hanzi = length >= 3 && one >= "㐀" && one != "，" && one != "。" &&
                           one != "：" && one != "；" && one != "、" && one != "？" &&
                           one != "！" && one != "（" && one != "）";
        if (hanzi || (length == 1 && std::isalnum(byte) != 0)) out += one;
        i += length;
    }
    return out;
}

bool is_said_of_controls(const std::string& line) {
    using base::MessageId;
    for (int id = static_cast<int>(MessageId::speech_personal);
         id <= static_cast<int>(MessageId::speech_orientation_3); ++id) {
        const std::string pattern(base::text(static_cast<MessageId>(id), base::Locale::zh));
        if (pattern.find("{text}") != std::string::npos) continue;
        // Digits stand for its numbers.
        std::string plain, said;
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            if (pattern[i] == '{')
                i = pattern.find('}', i);
            else if (std::isdigit(static_cast<unsigned char>(pattern[i])) == 0)
                plain += pattern[i];
        }
        for (const char c : line)
            if (std::isdigit(static_cast<unsigned char>(c)) == 0) said += c;
        if (letters_of(plain) == letters_of(said)) return true;
    }
    return false;
}

TEST(speech, what_is_said_of_a_page_stands_on_it) {
    Panel panel;
    panel.announcer.headphones(true);
    int own_words = 0;
    for (const auto& [name, sample] : session::samples::states()) {
        const auto session = speaking(sample);
        panel.announcer.end_session();
        panel.show(session);
        std::string shown;
        for (const auto& node : panel.ui->tree().nodes())
            shown += node.label + node.text + node.value;
        // Masks and signs are said as words.
        std::string read;
        for (std::size_t i = 0; i < shown.size(); ++i)
            if (shown[i] != '*') read += shown[i];
        read = letters_of(read);
        for (auto line : panel.heard()) {
            if (is_said_of_controls(line)) continue;
            for (auto at = line.find("已隐藏"); at != std::string::npos; at = line.find("已隐藏"))
                line.erase(at, std::string("已隐藏").size());
            EXPECT_NE(read.find(letters_of(line)), std::string::npos) << name << ": " << line;
            ++own_words;
        }
    }
    EXPECT_GT(own_words, 100);
}

TEST(speech, the_receipt_is_told_in_headphones) {
    Panel panel;
    panel.announcer.headphones(true);
    Walker walker;
    walker.to_receipt();
    panel.show(speaking(walker.session));
    const auto lines = panel.heard();
    const auto& receipt = walker.in<flows::ShowingReceipt>()->receipt;
    for (const std::string& words : {receipt.local_number.substr(0, 4), std::string("尚未送达"),
                                     receipt.look_up_code.substr(0, 4)})
        EXPECT_TRUE(holds(lines, words)) << words;
}

TEST(speech, headphones_begin_with_what_the_keys_do) {
    Panel panel;
    panel.announcer.headphones(true);
    Walker walker;
    walker.on(session::HeadphonesPlugged{});
    panel.show(walker.session);
    EXPECT_EQ(panel.voice.now.channel, ui::speech::Channel::headphones);
    const auto lines = panel.heard();
    ASSERT_GE(lines.size(), 3U);
    EXPECT_EQ(lines[0], "语音已打开");
    EXPECT_TRUE(holds(lines, "前一个"));
    panel.show(walker.on(session::ServicesOpened{}).session);
    EXPECT_FALSE(holds(panel.heard(), "语音已打开")) << "once is enough";
    panel.announcer.headphones(false);
    EXPECT_FALSE(panel.voice.sounding);
    panel.show(walker.on(session::HeadphonesUnplugged{}).session);
    EXPECT_FALSE(panel.voice.sounding) << "never on into the loudspeaker";
}

TEST(speech, elder_mode_speaks_at_once_louder_and_slower) {
    const auto elder = domain::Comfort::for_elders();
    const domain::Comfort standard;
    EXPECT_TRUE(elder.speech);
    EXPECT_GE(20 * std::log10(ui::speech::gain(elder.volume) / ui::speech::gain(standard.volume)),
              6.0);
    EXPECT_DOUBLE_EQ(ui::speech::pace(elder.rate), 0.85);
    Panel panel;
    panel.show(Walker{}.on(session::ElderModeToggled{}).session);
    EXPECT_TRUE(panel.voice.sounding);
    EXPECT_EQ(panel.voice.now.volume, elder.volume);
    EXPECT_EQ(panel.voice.now.rate, elder.rate);
}

TEST(keys, every_page_can_be_walked_all_the_way_round_and_back) {
    Panel panel;
    for (const auto& [name, sample] : session::samples::states()) {
        const auto page = panel.page_of(speaking(sample));
        panel.ui->frame(page.screen);
        const auto stops = ui::widgets::key_stops(panel.ui->tree());
        ASSERT_FALSE(stops.empty()) << name;
        for (const bool forward : {true, false}) {
            std::set<std::size_t> reached;
            for (std::size_t i = 0; i < stops.size(); ++i) {
                panel.ui->key(forward ? ui::screens::Key::next : ui::screens::Key::previous);
                panel.ui->frame(page.screen);
                ASSERT_TRUE(panel.ui->tree().key_focus()) << name;
                reached.insert(*panel.ui->tree().key_focus());
            }
            EXPECT_EQ(reached.size(), stops.size()) << name;
        }
        // Every control that does something is a stop.
        for (std::size_t i = 0; i < panel.ui->tree().nodes().size(); ++i) {
            const auto& node = panel.ui->tree().nodes()[i];
            const bool wanted =
                node.interactive() && node.enabled && !panel.page_of(sample).screen.overlay;
            EXPECT_TRUE(!wanted || std::count(stops.begin(), stops.end(), i) == 1)
                << name << node.id;
        }
    }
}

TEST(keys, select_does_what_a_tap_does) {
    Panel panel;
    const auto page = panel.page_of(Walker{}.session);
    panel.ui->frame(page.screen);
    panel.clock.forward(1s);
    while (!panel.ui->tree().key_focus() ||
           panel.ui->tree().nodes()[*panel.ui->tree().key_focus()].id != "services") {
        panel.ui->key(ui::screens::Key::next);
        EXPECT_EQ(panel.ui->frame(page.screen),
                  ui::screens::Action{ui::screens::KeyUsed{ui::screens::Key::next}});
    }
    panel.ui->key(ui::screens::Key::select);
    EXPECT_EQ(panel.ui->frame(page.screen), ui::screens::Action{ui::screens::Pressed{"services"}});
}

TEST(keys, a_darkened_panel_is_black_and_a_touch_only_wakes_it) {
    Panel panel;
    auto session = speaking(Walker{}.session);
    session.comfort.blank = true;
    const auto page = panel.page_of(session);
    panel.ui->frame(page.screen);
    const auto pixels = *panel.ui->pixels();
    EXPECT_TRUE(std::all_of(pixels.rgb.begin(), pixels.rgb.end(), [](auto v) { return v == 0; }));
    panel.clock.forward(1s);
    ASSERT_TRUE(panel.ui->tap("services"));
    const auto action = panel.ui->frame(page.screen);
    ASSERT_EQ(action, ui::screens::Action{ui::screens::Woken{}});
    const auto event = page.event_for(*action);
    EXPECT_FALSE(std::get<session::ComfortChosen>(event).comfort.blank);
}

TEST(keys, the_ring_is_seen_in_its_two_colours) {
    Panel panel;
    const auto page = panel.page_of(Walker{}.session);
    panel.ui->frame(page.screen);
    panel.clock.forward(1s);
    panel.ui->key(ui::screens::Key::next);
    panel.ui->frame(page.screen);
    panel.ui->frame(page.screen);  // the frame that takes a key up is not shown
    const auto rect = panel.ui->tree().nodes()[*panel.ui->tree().key_focus()].rect;
    const auto pixels = *panel.ui->pixels();
    const auto look = ui::theme::make_theme(page.screen.comfort, 4.034F, ui::theme::Shape::tall);
    int ring = 0, edge = 0;
    const auto y = static_cast<std::size_t>(rect.centre_y());
    for (auto x = static_cast<std::size_t>(rect.x - 14); x < static_cast<std::size_t>(rect.x + 6);
         ++x) {
        const auto at = (y * static_cast<std::size_t>(pixels.width) + x) * 3;
        const ui::theme::Colour c{pixels.rgb[at], pixels.rgb[at + 1], pixels.rgb[at + 2]};
        ring += c == look.colour.focus;
        edge += c == look.colour.focus_edge;
    }
    EXPECT_GE(ring, 4);
    EXPECT_GE(edge, 2);
    EXPECT_GE(ui::theme::contrast(look.colour.focus, look.colour.focus_edge), 3.0);
}

}  // namespace
}  // namespace app
