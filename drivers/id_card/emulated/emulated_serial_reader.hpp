// A reader on a serial port: the module of emulated_sam.hpp at the far end of a pseudo-terminal, on
// its own thread, with the line's speed. A host at another speed is not understood.
#pragma once

#include "drivers/id_card/emulated/emulated_sam.hpp"

#include <atomic>
#include <mutex>
#include <string>
#include <thread>

namespace drivers::id_card {

class EmulatedSerialReader {
  public:
    // `path` becomes the port's name while the reader is plugged in.
    EmulatedSerialReader(std::string path, int speed = 115200);
    ~EmulatedSerialReader();

    void plug();
    void unplug();
    void cut_replies(std::size_t bytes);  // the cable is pulled after so many bytes of a card
    void drip(std::size_t bytes);         // replies come so many bytes at a time; 0 = at once
    EmulatedSam& sam() { return sam_; }

  private:
    void serve(std::stop_token stop, int line);
    bool answer(int line, const EmulatedSam::Answer& answer);

    const std::string path_;
    const int speed_;
    EmulatedSam sam_;
    std::atomic<std::size_t> cut_{0}, drip_{0};
    std::jthread worker_;  // while plugged in
};

}  // namespace drivers::id_card
