#include "ui/speech/espeak_voice.hpp"

#include "base/secret.hpp"
#include "ui/speech/chime.hpp"
#include "ui/speech/espeak_process.hpp"
#include "ui/speech/sound_output.hpp"
#include "ui/speech/spoken_text.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace ui::speech {

namespace {

// What espeak-ng calls 226 words a minute are 200 Hanzi of its Mandarin; measured.
constexpr double words_a_minute = 226;

int speed(int rate_step) {
    return static_cast<int>(std::lround(words_a_minute * pace(rate_step)));
}

std::chrono::milliseconds length_of(std::size_t samples) {
    return std::chrono::milliseconds{samples * 1000 / sample_rate};
}

}  // namespace

struct EspeakVoice::Worker {
    Worker(EspeakOptions o, VoiceSink s) : options(std::move(o)), sink(std::move(s)) {
        thread = std::jthread([this](std::stop_token stop) {
            work(stop);
            SoundOutput::leave_thread();
        });
    }
    ~Worker() {
        thread.request_stop();
        silence();
        thread.join();
        ::close(interrupt);
    }

    void start(Utterance utterance) {
        std::lock_guard lock(mutex);
        hush();
        wanted = std::move(utterance);
        busy = true;
        woken.notify_one();
    }
    void silence() {
        std::lock_guard lock(mutex);
        hush();
        busy = false;
    }
    // With the mutex: after it nothing of the old utterance reaches the sound card.
    void hush() {
        ++generation;
        if (wanted) base::wipe(wanted->text);
        wanted.reset();
        if (output) output->clear();
        ::eventfd_write(interrupt, 1);
    }

    void work(std::stop_token stop) {
        {
            auto opened = std::make_unique<SoundOutput>();
            std::lock_guard lock(mutex);
            output = std::move(opened);
        }
        check();
        for (;;) {
            std::optional<Utterance> utterance;
            std::uint64_t mine = 0;
            {
                std::unique_lock lock(mutex);
                if (!woken.wait(lock, stop, [&] { return wanted.has_value(); })) return;
                utterance = std::exchange(wanted, std::nullopt);
                mine = generation;
                eventfd_t old = 0;
                ::eventfd_read(interrupt, &old);  // what was stopped before is over
            }
            const bool ended = utterance->chime ? play_all(chime(gain(utterance->volume)), mine)
                                                : say(*utterance, mine);
            base::wipe(utterance->text);
            {
                std::lock_guard lock(mutex);
                if (generation != mine) continue;
                output->rest();
                busy = false;
            }
            if (ended) sink(UtteranceEnded{utterance->id});
        }
    }

    // Whether both languages give sound, before anybody needs them.
    void check() {
        for (const std::string& voice : {options.chinese, options.english}) {
            auto process = EspeakProcess::start(options.program, voice, speed(3), "1");
            if (!process) return unavailable(process.error());
            std::vector<std::int16_t> samples;
            const int never = ::eventfd(0, EFD_CLOEXEC);
            const auto read = process->read(samples, never);
            ::close(never);
            if (read != EspeakProcess::Read::samples)
                return unavailable({base::FaultCode::SpeechVoiceMissing, voice});
        }
        if (output->fault()) return unavailable(*output->fault());
        sink(VoiceHealthChanged{
            {domain::DeviceState::ready, domain::Supply::unknown, std::nullopt}});
    }
    void unavailable(base::Fault fault) {
        sink(VoiceHealthChanged{
            {domain::DeviceState::unavailable, domain::Supply::unknown, std::move(fault)}});
    }

    bool say(const Utterance& utterance, std::uint64_t mine) {
        const bool chinese = utterance.language == base::Locale::zh;
        std::string text = for_voice(utterance.text);
        auto process =
            EspeakProcess::start(options.program, chinese ? options.chinese : options.english,
                                 speed(utterance.rate), text);
        base::wipe(text);
        if (!process) {
            unavailable(process.error());
            return false;
        }
        const double factor = gain(utterance.volume);
        std::vector<std::int16_t> samples;
        bool any = false;
        for (;;) {
            const auto read = process->read(samples, interrupt);
            if (read == EspeakProcess::Read::interrupted) return false;
            if (read == EspeakProcess::Read::end) break;
            any = true;
            for (auto& sample : samples)
                sample = static_cast<std::int16_t>(std::lround(sample * factor));
            if (!queue(samples, mine)) return false;
        }
        base::wipe(samples);
        if (!any) unavailable({base::FaultCode::SpeechVoiceMissing, "no sound"});
        return any && drained(mine);
    }
    bool play_all(const std::vector<std::int16_t>& samples, std::uint64_t mine) {
        return queue(samples, mine) && drained(mine);
    }
    bool queue(const std::vector<std::int16_t>& samples, std::uint64_t mine) {
        std::lock_guard lock(mutex);
        if (generation != mine) return false;
        output->play(samples);
        return true;
    }
    // Waits until everything has sounded; false when it was stopped.
    bool drained(std::uint64_t mine) {
        for (;;) {
            std::size_t left = 0;
            {
                std::lock_guard lock(mutex);
                if (generation != mine) return false;
                left = output->waiting();
            }
            if (left == 0) return true;
            pollfd waiting{interrupt, POLLIN, 0};
            const auto limit = static_cast<int>(length_of(left).count()) + 10;
            if (::poll(&waiting, 1, limit) > 0) return false;
        }
    }

    const EspeakOptions options;
    const VoiceSink sink;
    const int interrupt = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    mutable std::mutex mutex;
    std::condition_variable_any woken;
    std::optional<Utterance> wanted;
    std::uint64_t generation = 0;
    bool busy = false;
    std::unique_ptr<SoundOutput> output;
    std::jthread thread;
};

EspeakVoice::EspeakVoice(EspeakOptions options, VoiceSink sink)
    : worker_(std::make_unique<Worker>(std::move(options), std::move(sink))) {}
EspeakVoice::~EspeakVoice() = default;

void EspeakVoice::start(Utterance utterance) {
    worker_->start(std::move(utterance));
}
void EspeakVoice::stop() {
    worker_->silence();
}
bool EspeakVoice::speaking() const {
    std::lock_guard lock(worker_->mutex);
    return worker_->busy;
}

}  // namespace ui::speech
