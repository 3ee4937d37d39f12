// A voice without a sound that is done as soon as it begins: for terminals without loudspeaker in
// tests, where what is said is read from the speech log. Main thread.
#pragma once

#include "base/secret.hpp"
#include "ui/speech/voice.hpp"

#include <utility>

namespace ui::speech {

class SilentVoice final : public Voice {
  public:
    explicit SilentVoice(VoiceSink sink) : sink_(std::move(sink)) {
        sink_(VoiceHealthChanged{
            {domain::DeviceState::ready, domain::Supply::unknown, std::nullopt}});
    }
    void start(Utterance utterance) override {
        const auto id = utterance.id;
        base::wipe(utterance.text);
        sink_(UtteranceEnded{id});
    }
    void stop() override {}
    bool speaking() const override { return false; }

  private:
    VoiceSink sink_;
};

}  // namespace ui::speech
