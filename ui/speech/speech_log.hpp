// What was said, when and into what: tests and courses read it as a person hears it. It may hold
// personal words, so it exists in training only and is wiped with the session. Main thread.
#pragma once

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "ui/speech/voice.hpp"

#include <deque>
#include <string>

namespace ui::speech {

class SpeechLog {
  public:
    struct Line {
        base::Millis at{};
        Channel channel = Channel::loudspeaker;
        std::string text;  // empty for the chime
    };
    SpeechLog() = default;
    SpeechLog(const SpeechLog&) = delete;
    SpeechLog& operator=(const SpeechLog&) = delete;
    ~SpeechLog() { wipe(); }

    void heard(Line line) {
        constexpr std::size_t most = 1000;
        if (lines_.size() == most) {
            base::wipe(lines_.front().text);
            lines_.pop_front();
        }
        lines_.push_back(std::move(line));
    }
    // Since the last call.
    std::deque<Line> take() { return std::exchange(lines_, {}); }
    void wipe() {
        for (Line& line : lines_) base::wipe(line.text);
        lines_.clear();
    }

  private:
    std::deque<Line> lines_;
};

}  // namespace ui::speech
