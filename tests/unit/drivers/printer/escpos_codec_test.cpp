// The bytes of receipt printers, both ways.
#include "drivers/printer/escpos/codec/printer_state.hpp"
#include "drivers/printer/escpos/emulated/command_parser.hpp"
#include "slip_bench.hpp"

#include <gtest/gtest.h>

namespace drivers::printer::escpos {
namespace {

using base::Bytes;
using base::FaultCode;
using domain::DeviceState;
using domain::Supply;

template <class... Replies>
std::vector<Reply> replies(Replies... all) {
    return {Reply{all}...};
}

const Bytes well{0x10, 0, 0, 0};
const Bytes cover{0x38, 0, 0, 0};  // offline and open

TEST(escpos_commands, are_the_bytes_of_the_manuals) {
    EXPECT_EQ(initialise(), (Bytes{0x1B, 0x40}));
    EXPECT_EQ(panel_buttons(false), (Bytes{0x1B, 0x63, 0x35, 1}));
    EXPECT_EQ(automatic_status(true), (Bytes{0x1D, 0x61, 0xFF}));
    EXPECT_EQ(feed_lines(3), (Bytes{0x1B, 0x64, 3}));
    EXPECT_EQ(partial_cut(2), (Bytes{0x1D, 0x56, 0x42, 2}));
    EXPECT_EQ(ask_now(RealtimeQuery::paper), (Bytes{0x10, 0x04, 4}));
    EXPECT_EQ(ask_paper_in_order(), (Bytes{0x1D, 0x72, 1}));
    EXPECT_EQ(ask_process_id(process_id(42)),
              (Bytes{0x1D, 0x28, 0x48, 6, 0, 0x30, 0x30, '0', '0', '4', '2'}));
    EXPECT_EQ(process_id(10042), process_id(42));
    EXPECT_NE(process_id(1), process_id(2));
}

TEST(escpos_commands, a_picture_goes_in_bands_of_at_most_256_rows_with_blank_edges) {
    domain::BitPicture picture{12, 600, Bytes(1200, 0xFF)};
    const auto bytes = raster(picture);
    EXPECT_EQ(Bytes(bytes.begin(), bytes.begin() + 10),
              (Bytes{0x1D, 0x76, 0x30, 0, 2, 0, 0, 1, 0xFF, 0xF0}));
    std::deque<std::uint8_t> sent(bytes.begin(), bytes.end());
    int rows = 0, bands = 0;
    while (const auto command = take_command(sent)) {
        const auto* band = std::get_if<RasterBand>(&*command);
        ASSERT_TRUE(band);
        EXPECT_LE(band->rows, band_rows_max);
        rows += band->rows;
        ++bands;
    }
    EXPECT_EQ(rows, 600);
    EXPECT_EQ(bands, 3);
    EXPECT_TRUE(sent.empty());
}

TEST(escpos_commands, the_emulated_printer_understands_what_the_driver_sends_however_it_is_cut) {
    const auto all = slip(sample_slip(384, 20));
    for (std::size_t piece = 1; piece < 40; ++piece) {
        std::deque<std::uint8_t> waiting;
        std::size_t commands = 0, texts = 0;
        for (std::size_t at = 0; at < all.size(); at += piece) {
            const auto end = std::min(all.size(), at + piece);
            waiting.insert(waiting.end(), all.begin() + static_cast<std::ptrdiff_t>(at),
                           all.begin() + static_cast<std::ptrdiff_t>(end));
            while (const auto command = take_command(waiting)) {
                ++commands;
                texts += std::holds_alternative<TextByte>(*command);
            }
        }
        EXPECT_EQ(commands, 5u);
        EXPECT_EQ(texts, 0u);
    }
}

TEST(escpos_replies, automatic_status_says_cover_cutter_head_and_roll) {
    AutomaticStatus open;
    open.offline = open.cover_open = true;
    EXPECT_EQ(ReplyReader{}.read(cover), replies(open));
    AutomaticStatus all;
    all.offline = all.cutter_error = all.unrecoverable_error = all.overheated = true;
    all.recoverable_error = all.paper_near_end = all.paper_end = true;
    EXPECT_EQ(ReplyReader{}.read(Bytes{0x18, 0x6C, 0x0F, 0}), replies(all));
}

TEST(escpos_replies, near_end_needs_both_bits_as_some_leave_one_set) {
    const auto one = ReplyReader{}.read(Bytes{0x10, 0, 0x05, 0});
    EXPECT_EQ(one, replies(AutomaticStatus{}));
}

TEST(escpos_replies, are_told_apart_in_one_stream_however_it_is_cut) {
    Bytes stream = well;
    for (const Bytes& more : {Bytes{0x12}, Bytes{0x37, 0x22, '0', '0', '0', '7', 0}, cover})
        stream.insert(stream.end(), more.begin(), more.end());
    AutomaticStatus open;
    open.offline = open.cover_open = true;
    const auto expected =
        replies(AutomaticStatus{}, RealtimeAnswer{0x12}, ProcessAnswer{process_id(7)}, open);
    for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
        ReplyReader reader;
        std::vector<Reply> got;
        for (std::size_t at = 0; at < stream.size(); at += piece)
            for (auto& reply : reader.read(
                     base::ByteView(stream).subspan(at, std::min(piece, stream.size() - at))))
                got.push_back(reply);
        EXPECT_EQ(got, expected) << piece;
    }
}

TEST(escpos_replies, a_lost_status_byte_resynchronises_with_the_next_status) {
    for (std::size_t lost = 0; lost < 4; ++lost) {
        ReplyReader reader;
        Bytes stream = well;
        stream.erase(stream.begin() + static_cast<std::ptrdiff_t>(lost));
        stream.insert(stream.end(), cover.begin(), cover.end());
        AutomaticStatus open;
        open.offline = open.cover_open = true;
        EXPECT_EQ(reader.read(stream), replies(open)) << lost;
        EXPECT_EQ(reader.strays(), 3u) << lost;
    }
}

TEST(escpos_replies, what_is_left_of_a_status_is_never_an_answer_in_order) {
    EXPECT_EQ(ReplyReader{}.read(Bytes{0, 0, 0}), replies());
    EXPECT_EQ(ReplyReader{}.read(Bytes{0}), replies(LoneByte{0}));
    EXPECT_EQ(ReplyReader{}.read(Bytes{0xFF}), replies());
}

TEST(escpos_port, status_and_name_are_read_and_nonsense_is_none) {
    EXPECT_EQ(read_port_status(Bytes{0x18}), (PortStatus{true, true, false}));
    EXPECT_EQ(read_port_status(Bytes{0x30}), (PortStatus{false, true, true}));
    EXPECT_EQ(read_port_status({}), std::nullopt);
    auto id = base::to_bytes("..MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;CLS:PRINTER;");
    id[0] = 0;
    id[1] = static_cast<std::uint8_t>(id.size());
    EXPECT_EQ(read_device_id(id), (Ieee1284Id{"EPSON", "TM-T20II", "ESC/POS"}));
    id[0] = 9;
    EXPECT_EQ(read_device_id(id), std::nullopt);
    EXPECT_EQ(read_device_id(Bytes{0, 1}), std::nullopt);
    EXPECT_EQ(read_device_id(Bytes{0, 2}), Ieee1284Id{});
}

TEST(escpos_port, requests_are_those_of_the_printer_class) {
    const usb::InterfaceSetting second{1, 2, 7, 1, 2, {}};
    EXPECT_EQ(get_port_status(second).request, 1);
    EXPECT_EQ(get_port_status(second).index, 1);
    EXPECT_EQ(get_device_id(second).index, 0x0102);
    EXPECT_EQ(soft_reset(second, usb::Recipient::other).request, 2);
}

PrinterState told(const AutomaticStatus& status) {
    PrinterState state;
    apply(state, status);
    return state;
}

TEST(escpos_state, each_thing_that_stops_it_has_its_own_fault_and_the_worst_is_said) {
    AutomaticStatus status;
    EXPECT_EQ(health_of(told(status)),
              (domain::DeviceHealth{DeviceState::ready, Supply::plenty, std::nullopt}));
    status.offline = true;
    EXPECT_EQ(stop_cause(told(status)), FaultCode::PrinterFailed);
    status.recoverable_error = true;
    EXPECT_EQ(stop_cause(told(status)), FaultCode::PrinterJammed);
    status.paper_end = true;
    EXPECT_EQ(stop_cause(told(status)), FaultCode::PrinterPaperOut);
    EXPECT_EQ(health_of(told(status)).supply, Supply::out);
    status.cover_open = true;
    EXPECT_EQ(stop_cause(told(status)), FaultCode::ReceiptPrinterCoverOpen);
    status.cutter_error = true;
    EXPECT_EQ(stop_cause(told(status)), FaultCode::ReceiptPrinterCutterStuck);
    status.unrecoverable_error = true;
    EXPECT_EQ(stop_cause(told(status)), FaultCode::ReceiptPrinterBroken);
    EXPECT_EQ(health_of(told(status)).state, DeviceState::unavailable);
}

TEST(escpos_state, a_hot_head_stops_nothing_for_good) {
    AutomaticStatus status;
    status.offline = status.overheated = true;
    EXPECT_EQ(stop_cause(told(status)), std::nullopt);
    EXPECT_EQ(health_of(told(status)).state, DeviceState::degraded);
}

TEST(escpos_state, the_port_knows_of_missing_paper_and_health_is_said_without_it_too) {
    PrinterState state;
    EXPECT_EQ(health_of(state),
              (domain::DeviceHealth{DeviceState::ready, Supply::unknown, std::nullopt}));
    state.port = PortStatus{false, true, true};
    EXPECT_EQ(stop_cause(state), FaultCode::PrinterPaperOut);
    state.port = PortStatus{false, true, false};
    EXPECT_EQ(stop_cause(state), FaultCode::PrinterFailed);
}

TEST(escpos_state, the_answers_to_dle_eot_mean_what_was_asked) {
    PrinterState state;
    apply(state, RealtimeQuery::paper, {0x12 | 0x0C});
    EXPECT_TRUE(state.status.paper_near_end);
    EXPECT_FALSE(state.status.paper_end);
    apply(state, RealtimeQuery::paper, {0x12 | 0x6C});
    EXPECT_TRUE(state.status.paper_end);
    apply(state, RealtimeQuery::paper, {0x12});
    apply(state, RealtimeQuery::offline_cause, {0x12 | 0x04});
    EXPECT_TRUE(state.status.cover_open);
    apply(state, RealtimeQuery::error_cause, {0x12 | 0x68});
    EXPECT_TRUE(state.status.cutter_error);
    EXPECT_TRUE(state.status.unrecoverable_error);
    EXPECT_TRUE(state.status.overheated);
    apply(state, RealtimeQuery::printer, {0x12 | 0x08});
    EXPECT_TRUE(state.status.offline);
}

usb::InterfaceSetting setting(std::uint8_t number, std::uint8_t kind, std::uint8_t protocol,
                              bool in = true) {
    usb::InterfaceSetting out{number, 0, kind, 1, protocol, {{0x01, usb::TransferKind::bulk, 64}}};
    if (in) out.endpoints.push_back({0x82, usb::TransferKind::bulk, 64});
    return out;
}

TEST(escpos_interface, the_bidirectional_printer_class_is_preferred_and_others_never_chosen) {
    using usb::Wanted;
    const std::vector all{setting(0, 3, 0), setting(1, 7, 1, false), setting(2, 7, 2),
                          setting(3, 7, 3)};
    ASSERT_NE(usb::choose_setting(all, Wanted::printer), nullptr);
    EXPECT_EQ(usb::choose_setting(all, Wanted::printer)->number, 2);
    EXPECT_EQ(usb::choose_setting(all, Wanted::first_interface)->number, 0);
    const std::vector one_way{all[0], all[1]}, wrapped{all[0], all[3]};
    ASSERT_NE(usb::choose_setting(one_way, Wanted::printer), nullptr);
    EXPECT_EQ(usb::choose_setting(one_way, Wanted::printer)->number, 1);
    EXPECT_EQ(usb::choose_setting(wrapped, Wanted::printer), nullptr);
}

TEST(escpos_interface, a_vendors_own_class_needs_a_bulk_pair) {
    using usb::Wanted;
    const std::vector vendor{setting(0, 0xFF, 0)}, half{setting(0, 0xFF, 0, false)};
    EXPECT_NE(usb::choose_setting(vendor, Wanted::printer), nullptr);
    EXPECT_EQ(usb::choose_setting(half, Wanted::printer), nullptr);
    EXPECT_EQ(usb::choose_setting({}, Wanted::printer), nullptr);
}

}  // namespace
}  // namespace drivers::printer::escpos
