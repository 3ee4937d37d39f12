// Commands and replies over a transport: chooses the shape of the pipes from the descriptors, puts
// replies together from pieces, resends once when a frame was garbled. One worker thread. A link is
// up only after the module has told its status and its id. Faults: those of UsbTransport as
// CardReaderAbsent, CardReaderUnplugged, CardReaderSilent; CardFrameGarbled;
// CardReaderModuleFailed.
#pragma once

#include "drivers/id_card/card_frames.hpp"
#include "drivers/usb/usb_transport.hpp"

#include <memory>
#include <stop_token>

namespace drivers::id_card {

class CardLink {
  public:
    explicit CardLink(std::shared_ptr<usb::UsbTransport> transport);
    ~CardLink();

    base::Status open(std::stop_token stop);
    void close();
    bool is_open() const { return open_; }
    // One command, one reply. A module that is out of service is a fault; other SW3 are the
    // caller's.
    base::Result<Reply> ask(Command command, std::stop_token stop);

  private:
    // Where the two parts of a frame go: two pairs of pipes (U1) or one (U2).
    struct Pipes {
        std::uint8_t out_header = 0, out_body = 0, in_header = 0, in_body = 0;
        bool split() const { return out_header != out_body; }
    };
    base::Status choose_pipes();
    base::Result<Reply> ask_once(Command command, std::stop_token stop);
    base::Status send(Command command);
    base::Result<Reply> receive(int slices, std::stop_token stop);
    void drain();

    std::shared_ptr<usb::UsbTransport> transport_;
    Pipes pipes_;
    bool open_ = false;
    bool leftovers_ =
        false;  // a reply was given up half-way: empty the pipes before the next command
};

}  // namespace drivers::id_card
