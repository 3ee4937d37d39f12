// A receipt printer in memory: takes the host's true bytes, burns them into a paper roll and
// answers as such printers do. The panel's thread takes its paper away, opens its cover, jams its
// cutter, slows it down or pulls its cable at any byte. While something stops it, it takes nothing
// more; what it has taken stays in its buffer until it is printed or thrown away, cable or not.
#pragma once

#include "drivers/printer/escpos/codec/replies.hpp"
#include "drivers/printer/escpos/emulated/command_parser.hpp"
#include "drivers/usb/emulated_usb_device.hpp"

#include <optional>
#include <string>
#include <vector>

namespace drivers::printer::escpos {

// What a model can do; clones can less.
struct PrinterTraits {
    usb::DeviceId id{0x04B8, 0x0E15};
    bool vendor_class = false;  // its interface says so instead of the printer class
    bool automatic_status = true, process_answers = true, order_answers = true;
    bool realtime_answers = true, port_status = true;
    bool resets_for_other = false;  // wants SOFT_RESET for that recipient
};

class EmulatedReceiptPrinter final : public usb::EmulatedUsbDevice {
  public:
    // Slips that were cut off go into that folder as slip_1.pbm, …; empty = they are kept in memory
    // only.
    explicit EmulatedReceiptPrinter(PrinterTraits traits = {}, std::string output_folder = {});

    void set_paper(bool in);
    void set_paper_low(bool low);
    void end_paper_after(int rows);  // so many dot rows from now
    void open_cover(bool open);
    void jam_cutter(bool jammed);
    void overheat(bool hot);
    void break_down();                      // cannot be mended by anybody here
    void slow_down(int rows);               // printed per transfer; 0 = at once
    void unplug_after(std::size_t bytes);   // of its OUT pipe from now
    void lose_status_byte();                // the first one of the next automatic status
    void hold_realtime_answers(bool hold);  // they come when it ends
    void hold_order_answers(bool hold);

    std::vector<domain::BitPicture> slips() const;  // cut off so far, the last few
    int hanging_rows() const;                       // printed and not cut off
    std::size_t text_bytes() const;                 // printed as characters: garbage
    bool buttons_work() const;
    std::size_t bytes_taken() const;

  private:
    struct Band {
        RasterBand raster;
        int printed = 0;
    };

    usb::InterfaceSetting interface() const override;
    void host_wrote(std::uint8_t endpoint, base::ByteView bytes) override;
    std::size_t room_for(std::uint8_t endpoint, std::size_t size) override;
    void transfer_began() override;
    std::optional<base::Bytes> host_asked(const usb::ClassRequest& request) override;
    bool host_told(const usb::ClassRequest& request) override;

    template <class Change>
    void change(Change make);
    bool stopped() const;
    void work(int rows);
    bool print_band(int& rows);
    void carry_out(Command command);
    void cut();
    base::Bytes status_bytes() const;
    std::uint8_t realtime_byte(RealtimeQuery query) const;
    void say_status(bool even_if_known);
    void release(base::Bytes& held, bool hold);

    const PrinterTraits traits_;
    const std::string output_folder_;
    std::deque<std::uint8_t> buffer_;
    std::optional<Band> band_;
    bool paper_ = true, paper_low_ = false, cover_open_ = false, cutter_jammed_ = false;
    bool hot_ = false, broken_ = false, buttons_ = true;
    bool cutter_error_ = false;  // it was to cut while it was jammed
    std::optional<int> rows_left_;
    int rows_per_transfer_ = 0;
    std::size_t taken_ = 0, unplug_at_byte_ = 0, text_bytes_ = 0;
    std::uint8_t status_mask_ = 0;
    base::Bytes last_status_;
    bool lose_next_ = false, hold_realtime_ = false, hold_order_ = false;
    base::Bytes held_realtime_, held_order_;
    std::vector<base::Bytes> hanging_;  // dot rows
    std::vector<domain::BitPicture> slips_;
    int cut_off_ = 0;
};

}  // namespace drivers::printer::escpos
