// Commands and replies over a wire: puts replies together from pieces, resends once when a frame
// was garbled. One worker thread. A link is up only after the module has told its status and its id
// (quirk Q3). Faults: those of ReaderWire, CardReaderSilent when no byte comes, CardFrameGarbled,
// CardReaderModuleFailed.
#pragma once

#include "drivers/id_card/codec/card_frames.hpp"
#include "drivers/id_card/wires/reader_wire.hpp"

#include <memory>
#include <stop_token>
#include <string>
#include <utility>

namespace drivers::id_card {

class CardLink {
  public:
    explicit CardLink(std::unique_ptr<ReaderWire> wire);
    ~CardLink();

    // Tries every way the wire knows when nobody is understood.
    base::Status open(std::stop_token stop);
    void close();
    bool is_open() const { return open_; }
    // Of the module that was opened last, as printed on it; it names no person.
    const std::string& module() const { return module_; }
    // Where the wire leads, for technicians.
    std::string where() const { return wire_->where(); }
    void on_plugging(std::function<void()> tell) { wire_->on_plugging(std::move(tell)); }
    // One command, one reply. A module that is out of service is a fault; other SW3 are the
    // caller's.
    base::Result<Reply> ask(Command command, std::stop_token stop);

  private:
    base::Status open_once(std::stop_token stop);
    base::Result<Reply> ask_once(Command command, std::stop_token stop);
    base::Result<Reply> receive(int slices, std::stop_token stop);

    std::unique_ptr<ReaderWire> wire_;
    bool open_ = false;
    std::string module_;
    bool leftovers_ = false;  // a reply was given up half-way: drained before the next command
};

}  // namespace drivers::id_card
