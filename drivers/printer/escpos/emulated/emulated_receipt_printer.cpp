#include "drivers/printer/escpos/emulated/emulated_receipt_printer.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace drivers::printer::escpos {

namespace {

constexpr std::uint8_t out_pipe = 0x01, in_pipe = 0x82;
constexpr std::size_t buffer_size = 32 * 1024;
constexpr std::size_t slips_kept = 16;
constexpr int at_once = std::numeric_limits<int>::max();
constexpr std::string_view device_id = "MFG:Training;CMD:ESC/POS;MDL:Slip;CLS:PRINTER;";

// Portable bitmap: exactly what lies on the paper.
base::Bytes as_pbm(const domain::BitPicture& slip) {
    auto out = base::to_bytes("P4\n" + std::to_string(slip.width) + " " +
                              std::to_string(slip.height) + "\n");
    out.insert(out.end(), slip.bits.begin(), slip.bits.end());
    return out;
}

}  // namespace

EmulatedReceiptPrinter::EmulatedReceiptPrinter(PrinterTraits traits, std::string output_folder)
    : EmulatedUsbDevice(traits.id, {{out_pipe, usb::TransferKind::bulk, 64},
                                    {in_pipe, usb::TransferKind::bulk, 64}}),
      traits_(traits),
      output_folder_(std::move(output_folder)) {
    reads_wait();
}

template <class Change>
void EmulatedReceiptPrinter::change(Change make) {
    std::lock_guard lock(mutex_);
    make();
    say_status(false);
}

void EmulatedReceiptPrinter::set_paper(bool in) {
    change([&] {
        paper_ = in;
        if (in) rows_left_.reset();
    });
}
void EmulatedReceiptPrinter::set_paper_low(bool low) {
    change([&] { paper_low_ = low; });
}
void EmulatedReceiptPrinter::end_paper_after(int rows) {
    change([&] { rows_left_ = rows; });
}
void EmulatedReceiptPrinter::open_cover(bool open) {
    change([&] { cover_open_ = open; });
}
void EmulatedReceiptPrinter::jam_cutter(bool jammed) {
    change([&] {
        cutter_jammed_ = jammed;
        if (!jammed) cutter_error_ = false;
    });
}
void EmulatedReceiptPrinter::overheat(bool hot) {
    change([&] { hot_ = hot; });
}
void EmulatedReceiptPrinter::break_down() {
    change([&] { broken_ = true; });
}
void EmulatedReceiptPrinter::slow_down(int rows) {
    change([&] { rows_per_transfer_ = rows; });
}
void EmulatedReceiptPrinter::unplug_after(std::size_t bytes) {
    change([&] { unplug_at_byte_ = taken_ + bytes; });
}
void EmulatedReceiptPrinter::lose_status_byte() {
    change([&] { lose_next_ = true; });
}
void EmulatedReceiptPrinter::hold_realtime_answers(bool hold) {
    change([&] {
        hold_realtime_ = hold;
        release(held_realtime_, hold);
    });
}
void EmulatedReceiptPrinter::hold_order_answers(bool hold) {
    change([&] {
        hold_order_ = hold;
        release(held_order_, hold);
    });
}
void EmulatedReceiptPrinter::release(base::Bytes& held, bool hold) {
    if (!hold && !held.empty()) answer(in_pipe, std::exchange(held, {}));
}

std::vector<domain::BitPicture> EmulatedReceiptPrinter::slips() const {
    std::lock_guard lock(mutex_);
    return slips_;
}
int EmulatedReceiptPrinter::hanging_rows() const {
    std::lock_guard lock(mutex_);
    return static_cast<int>(hanging_.size());
}
std::size_t EmulatedReceiptPrinter::text_bytes() const {
    std::lock_guard lock(mutex_);
    return text_bytes_;
}
bool EmulatedReceiptPrinter::buttons_work() const {
    std::lock_guard lock(mutex_);
    return buttons_;
}
std::size_t EmulatedReceiptPrinter::bytes_taken() const {
    std::lock_guard lock(mutex_);
    return taken_;
}

usb::InterfaceSetting EmulatedReceiptPrinter::interface() const {
    if (traits_.vendor_class) return {0, 0, 0xFF, 0, 0, endpoints()};
    return {0, 0, 7, 1, 2, endpoints()};
}

// A jammed cutter is noticed when it is to cut; from then on it stops the printer like the others.
bool EmulatedReceiptPrinter::stopped() const {
    return !paper_ || cover_open_ || broken_ || hot_ || cutter_error_;
}

std::size_t EmulatedReceiptPrinter::room_for(std::uint8_t, std::size_t size) {
    if (stopped()) return 0;
    std::size_t held = buffer_.size();
    if (band_) {
        const auto rows = static_cast<std::size_t>(band_->raster.rows - band_->printed);
        held += rows * static_cast<std::size_t>(band_->raster.row_bytes);
    }
    auto room = buffer_size - std::min(buffer_size, held);
    if (unplug_at_byte_ > taken_) room = std::min(room, unplug_at_byte_ - taken_);
    return std::min(size, room);
}

void EmulatedReceiptPrinter::host_wrote(std::uint8_t, base::ByteView bytes) {
    taken_ += bytes.size();
    buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
    if (rows_per_transfer_ == 0) work(at_once);
    if (unplug_at_byte_ != 0 && taken_ >= unplug_at_byte_) {
        unplug_at_byte_ = 0;
        pulled();
    }
}

void EmulatedReceiptPrinter::transfer_began() {
    work(rows_per_transfer_ == 0 ? at_once : rows_per_transfer_);
}

void EmulatedReceiptPrinter::work(int rows) {
    while (!stopped()) {
        if (band_ && !print_band(rows)) break;
        auto command = take_command(buffer_);
        if (!command) break;
        carry_out(std::move(*command));
    }
    say_status(false);
}

// True when all of it is on the paper.
bool EmulatedReceiptPrinter::print_band(int& rows) {
    const auto& raster = band_->raster;
    for (; band_->printed < raster.rows; ++band_->printed, --rows) {
        if (rows_left_ && *rows_left_ == 0) {
            paper_ = false;
            return false;
        }
        if (rows == 0) return false;
        if (rows_left_) --*rows_left_;
        const auto from =
            raster.bits.begin() + static_cast<std::ptrdiff_t>(band_->printed) * raster.row_bytes;
        hanging_.emplace_back(from, from + raster.row_bytes);
    }
    band_.reset();
    return true;
}

void EmulatedReceiptPrinter::carry_out(Command command) {
    if (auto* raster = std::get_if<RasterBand>(&command)) {
        band_ = Band{std::move(*raster), 0};
    } else if (std::holds_alternative<Initialise>(command)) {
        status_mask_ = 0;
        buttons_ = true;
    } else if (const auto* buttons = std::get_if<PanelButtons>(&command)) {
        buttons_ = buttons->enabled;
    } else if (const auto* wanted = std::get_if<AutomaticStatusWanted>(&command)) {
        status_mask_ = traits_.automatic_status ? wanted->mask : std::uint8_t{0};
        say_status(true);
    } else if (std::holds_alternative<Cut>(command)) {
        cut();
    } else if (const auto* process = std::get_if<ProcessQuestion>(&command)) {
        const auto& id = process->id;
        if (traits_.process_answers) answer(in_pipe, {0x37, 0x22, id[0], id[1], id[2], id[3], 0});
    } else if (std::holds_alternative<OrderQuestion>(command)) {
        const auto paper = static_cast<std::uint8_t>(paper_low_ ? 0x03 : 0);
        if (!traits_.order_answers) return;
        if (hold_order_)
            held_order_.push_back(paper);
        else
            answer(in_pipe, {paper});
    } else if (const auto* question = std::get_if<RealtimeQuestion>(&command)) {
        if (!traits_.realtime_answers) return;
        const auto byte = realtime_byte(question->query);
        if (hold_realtime_)
            held_realtime_.push_back(byte);
        else
            answer(in_pipe, {byte});
    } else if (std::holds_alternative<TextByte>(command)) {
        ++text_bytes_;
    }
}

void EmulatedReceiptPrinter::cut() {
    if (cutter_jammed_) {
        cutter_error_ = true;
        return;
    }
    if (hanging_.empty()) return;
    domain::BitPicture slip;
    for (const auto& row : hanging_)
        slip.width = std::max(slip.width, static_cast<int>(row.size()) * 8);
    slip.height = static_cast<int>(hanging_.size());
    for (auto& row : hanging_) {
        row.resize(slip.row_bytes());
        slip.bits.insert(slip.bits.end(), row.begin(), row.end());
    }
    hanging_.clear();
    if (slips_.size() == slips_kept) slips_.erase(slips_.begin());
    slips_.push_back(std::move(slip));
    ++cut_off_;
    if (output_folder_.empty()) return;
    const auto path = output_folder_ + "/slip_" + std::to_string(cut_off_) + ".pbm";
    // A course without its pictures goes on all the same.
    (void)base::write_file(path, as_pbm(slips_.back()));
}

base::Bytes EmulatedReceiptPrinter::status_bytes() const {
    const auto flag = [](bool set, unsigned bits) { return set ? bits : 0U; };
    return {static_cast<std::uint8_t>(0x10U | flag(stopped(), 0x08) | flag(cover_open_, 0x20)),
            static_cast<std::uint8_t>(flag(cutter_error_, 0x08) | flag(broken_, 0x20) |
                                      flag(hot_, 0x40)),
            static_cast<std::uint8_t>(flag(paper_low_ || !paper_, 0x03) | flag(!paper_, 0x0C)), 0};
}

std::uint8_t EmulatedReceiptPrinter::realtime_byte(RealtimeQuery query) const {
    unsigned bits = 0x12;
    switch (query) {
        case RealtimeQuery::printer:
            bits |= stopped() ? 0x08U : 0U;
            break;
        case RealtimeQuery::offline_cause:
            bits |= (cover_open_ ? 0x04U : 0U) | (paper_ ? 0U : 0x20U) |
                    (cutter_error_ || broken_ ? 0x40U : 0U);
            break;
        case RealtimeQuery::error_cause:
            bits |= (cutter_error_ ? 0x08U : 0U) | (broken_ ? 0x20U : 0U) | (hot_ ? 0x40U : 0U);
            break;
        case RealtimeQuery::paper:
            bits |= (paper_low_ || !paper_ ? 0x0CU : 0U) | (paper_ ? 0U : 0x60U);
            break;
    }
    return static_cast<std::uint8_t>(bits);
}

void EmulatedReceiptPrinter::say_status(bool even_if_known) {
    if (status_mask_ == 0) return;
    auto bytes = status_bytes();
    if (!even_if_known && bytes == last_status_) return;
    last_status_ = bytes;
    if (std::exchange(lose_next_, false)) bytes.erase(bytes.begin());
    answer(in_pipe, std::move(bytes));
}

std::optional<base::Bytes> EmulatedReceiptPrinter::host_asked(const usb::ClassRequest& request) {
    if (request.request == 1 && traits_.port_status) {
        const bool error = stopped();
        return base::Bytes{
            static_cast<std::uint8_t>(0x10 | (error ? 0 : 0x08) | (paper_ ? 0 : 0x20))};
    }
    if (request.request != 0) return std::nullopt;
    const auto size = device_id.size() + 2;
    base::Bytes out{static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size & 0xFF)};
    out.insert(out.end(), device_id.begin(), device_id.end());
    return out;
}

bool EmulatedReceiptPrinter::host_told(const usb::ClassRequest& request) {
    const bool for_other = request.recipient == usb::Recipient::other;
    if (request.request != 2 || for_other != traits_.resets_for_other) return false;
    buffer_.clear();
    band_.reset();
    status_mask_ = 0;
    buttons_ = true;
    return true;
}

}  // namespace drivers::printer::escpos
