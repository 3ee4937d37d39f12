// The voice of espeak-ng (Debian: espeak-ng, espeak-ng-data), one child process per utterance. The
// words go to its stdin, never on a command line where others could read them, and nothing is
// written to files; its samples come back on a pipe and go to the sound card. One worker thread.
// Health: SpeechProgramMissing, SpeechVoiceMissing, AudioDeviceMissing.
#pragma once

#include "ui/speech/voice.hpp"

#include <memory>
#include <string>

namespace ui::speech {

struct EspeakOptions {
    std::string program = "espeak-ng";
    std::string chinese = "cmn", english = "en";
};

class EspeakVoice final : public Voice {
  public:
    EspeakVoice(EspeakOptions options, VoiceSink sink);
    ~EspeakVoice() override;

    void start(Utterance utterance) override;
    void stop() override;
    bool speaking() const override;

  private:
    struct Worker;
    std::unique_ptr<Worker> worker_;
};

}  // namespace ui::speech
