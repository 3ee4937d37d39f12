// One run of espeak-ng: words in on its stdin, samples out of its stdout. One thread.
#pragma once

#include "base/result.hpp"

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ui::speech {

class EspeakProcess {
  public:
    // `words_a_minute` as espeak-ng counts. Fault: SpeechProgramMissing.
    static base::Result<EspeakProcess> start(const std::string& program, const std::string& voice,
                                             int words_a_minute, std::string_view text);
    EspeakProcess(EspeakProcess&& other) noexcept;
    EspeakProcess& operator=(EspeakProcess&&) = delete;
    ~EspeakProcess();  // ends it

    enum class Read { samples, end, interrupted };
    // Waits for samples, the end, or `interrupt` (a descriptor) to become readable.
    Read read(std::vector<std::int16_t>& samples, int interrupt);

  private:
    EspeakProcess(pid_t pid, int output) : pid_(pid), output_(output) {}

    pid_t pid_ = -1;
    int output_ = -1;
    std::vector<std::uint8_t> bytes_;  // of a header or half a sample
    bool header_passed_ = false;
};

}  // namespace ui::speech
