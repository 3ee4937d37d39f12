// The real espeak-ng on SDL's dummy sound card, which takes samples at their own pace.
#include "ui/speech/chime.hpp"
#include "ui/speech/espeak_process.hpp"
#include "ui/speech/espeak_voice.hpp"
#include "ui/speech/sound_output.hpp"

#include <dirent.h>
#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdlib>
#include <fstream>
#include <mutex>

using namespace ui::speech;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

struct Events {
    void put(VoiceEvent event) {
        std::lock_guard lock(mutex);
        if (const auto* ended = std::get_if<UtteranceEnded>(&event)) last_ended = ended->id;
        if (const auto* changed = std::get_if<VoiceHealthChanged>(&event)) health = changed->health;
        changed_.notify_all();
    }
    template <class Holds>
    bool wait(Holds holds) {
        std::unique_lock lock(mutex);
        return changed_.wait_for(lock, 20s, holds);
    }
    std::mutex mutex;
    std::condition_variable changed_;
    UtteranceId last_ended = 0;
    std::optional<domain::DeviceHealth> health;
};

class voice : public testing::Test {
  protected:
    voice() { ::setenv("SDL_AUDIODRIVER", "dummy", 1); }
    void open(EspeakOptions options = {}) {
        voice_.emplace(std::move(options), [this](VoiceEvent event) { events.put(event); });
        ASSERT_TRUE(events.wait([&] { return events.health.has_value(); }));
    }
    static Utterance words(UtteranceId id, std::string text) {
        Utterance u;
        u.id = id;
        u.text = std::move(text);
        u.rate = u.volume = 3;
        return u;
    }
    bool ended(UtteranceId id) {
        return events.wait([&] { return events.last_ended == id; });
    }
    Events events;
    std::optional<EspeakVoice> voice_;
};

// Programs this process has started that still run.
int children() {
    int count = 0;
    DIR* folder = ::opendir("/proc");
    while (const dirent* entry = ::readdir(folder)) {
        std::ifstream stat(std::string("/proc/") + entry->d_name + "/stat");
        std::string pid, name, state, parent;
        if (stat >> pid >> name >> state >> parent && parent == std::to_string(::getpid())) ++count;
    }
    ::closedir(folder);
    return count;
}

const std::string long_text =
    "请核对您的信息然后按下一步继续办理高龄津贴申领请把身份证平放在读卡区上";

double seconds_of(int words_a_minute) {
    auto process = EspeakProcess::start("espeak-ng", "cmn", words_a_minute, long_text);
    EXPECT_TRUE(process);
    const int never = ::eventfd(0, 0);
    std::vector<std::int16_t> samples;
    std::size_t all = 0;
    while (process->read(samples, never) == EspeakProcess::Read::samples) all += samples.size();
    ::close(never);
    return static_cast<double>(all) / sample_rate;
}

}  // namespace

TEST_F(voice, says_chinese_and_english_to_the_end) {
    open();
    EXPECT_EQ(events.health->state, domain::DeviceState::ready);
    voice_->start(words(1, "您好"));
    EXPECT_TRUE(ended(1));
    auto english = words(2, "Hello");
    english.language = base::Locale::en;
    voice_->start(std::move(english));
    EXPECT_TRUE(ended(2));
    EXPECT_FALSE(voice_->speaking());
}
TEST_F(voice, a_stop_is_silent_within_a_tenth_of_a_second_and_leaves_no_program) {
    open();
    for (int round = 0; round < 5; ++round) {
        voice_->start(words(10, long_text));
        // Let it get into the middle of its work, a little further each round.
        const auto until = steady_clock::now() + 40ms * round;
        while (steady_clock::now() < until) {
        }
        const auto before = steady_clock::now();
        voice_->stop();
        EXPECT_LT(steady_clock::now() - before, 50ms);  // and the card holds 46 ms at most
        EXPECT_FALSE(voice_->speaking());
        while (children() > 0 && steady_clock::now() - before < 5s) {
        }
        EXPECT_EQ(children(), 0);
    }
    EXPECT_EQ(events.last_ended, 0U) << "what was stopped has not ended";
}
TEST_F(voice, a_new_utterance_takes_the_place_of_the_old_one) {
    open();
    voice_->start(words(1, long_text));
    voice_->start(words(2, "您好"));
    EXPECT_TRUE(ended(2));
    EXPECT_LE(children(), 1);
    auto chime = words(3, "");
    chime.chime = true;
    voice_->start(std::move(chime));
    EXPECT_TRUE(ended(3));
}
TEST_F(voice, a_missing_program_is_a_technicians_fault) {
    open({"no-such-espeak", "cmn", "en"});
    EXPECT_EQ(events.health->state, domain::DeviceState::unavailable);
    ASSERT_TRUE(events.health->fault);
    EXPECT_EQ(events.health->fault->code, base::FaultCode::SpeechProgramMissing);
    voice_->start(words(1, "您好"));
    voice_->stop();
}
TEST_F(voice, a_missing_language_is_a_technicians_fault) {
    open({"espeak-ng", "xx-none", "en"});
    ASSERT_TRUE(events.health->fault);
    EXPECT_EQ(events.health->fault->code, base::FaultCode::SpeechVoiceMissing);
}
TEST_F(voice, a_missing_sound_card_is_a_technicians_fault_and_time_goes_on) {
    ::setenv("SDL_AUDIODRIVER", "no-such-driver", 1);
    open();
    ASSERT_TRUE(events.health->fault);
    EXPECT_EQ(events.health->fault->code, base::FaultCode::AudioDeviceMissing);
    voice_->start(words(1, "您好"));
    EXPECT_TRUE(ended(1));
}
TEST(pace, is_about_200_hanzi_a_minute_and_from_half_to_double_in_six_steps) {
    const double hanzi = 35;
    EXPECT_NEAR(hanzi / seconds_of(226) * 60, 200, 20);
    EXPECT_DOUBLE_EQ(pace(1), 0.5);
    EXPECT_DOUBLE_EQ(pace(3), 1.0);
    EXPECT_DOUBLE_EQ(pace(6), 2.0);
    EXPECT_GT(seconds_of(113), 1.7 * seconds_of(226));
    EXPECT_LT(seconds_of(450), 0.6 * seconds_of(226));
}
TEST(volume, has_six_steps_of_4_dB) {
    for (int step = 2; step <= 6; ++step)
        EXPECT_NEAR(20 * std::log10(gain(step) / gain(step - 1)), 4, 1e-9);
    const auto quiet = chime(gain(1)), loud = chime(gain(6));
    EXPECT_GE(20 * std::log10(double(*std::max_element(loud.begin(), loud.end())) /
                              double(*std::max_element(quiet.begin(), quiet.end()))),
              18);
}
