// The set of a real terminal on a machine that has none of its devices: honest, and never a crash.
#include "drivers/real_devices.hpp"

#include "event_inbox.hpp"

#include <gtest/gtest.h>

namespace drivers {
namespace {

using base::FaultCode;
using domain::DeviceKind;
using domain::DeviceState;

TEST(real_devices, say_what_is_not_there) {
    base::SystemClock clock;
    testing::EventInbox inbox;
    auto devices = make_real_devices({"", "", "/nonexistent/video"}, clock, inbox.sink());
    devices.camera->start();
    const auto camera = inbox.next_health(DeviceKind::camera, DeviceState::unavailable);
    ASSERT_TRUE(camera);
    EXPECT_EQ(camera->fault->code, FaultCode::CameraAbsent);
    devices.camera->stop();

    EXPECT_EQ(devices.document_printer->health().fault->code, FaultCode::PrinterAbsent);
    devices.document_printer->print({1, 1}, {"receipt", 1, base::Secret(base::Bytes{1})});
    const auto printed = inbox.next<PrintFinished>();
    ASSERT_TRUE(printed && !printed->outcome);
    EXPECT_EQ(printed->outcome.error().code, FaultCode::PrinterAbsent);

    EXPECT_EQ(devices.receipt_printer, nullptr);
    auto with_slips = make_real_devices({.models_folder = "",
                                         .photo_decoder = "",
                                         .camera_device = "/nonexistent/video",
                                         .receipt_printer = true},
                                        clock, inbox.sink());
    const auto slips = inbox.next_health(DeviceKind::receipt_printer, DeviceState::unavailable);
    ASSERT_TRUE(slips);
    EXPECT_EQ(slips->fault->code, FaultCode::PrinterAbsent);

    devices.face_checker->start_check({1, 2}, base::Secret(base::Bytes(1024)));
    const auto checked = inbox.next<FaceCheckFinished>();
    ASSERT_TRUE(checked && !checked->verdict);
    EXPECT_EQ(checked->verdict.error().code, FaultCode::FaceModelsAbsent);

    devices.id_card_reader->start_read({1, 3});
    const auto read = inbox.next<CardReadFinished>();
    ASSERT_TRUE(read && !read->record);
    EXPECT_EQ(read->record.error().code, FaultCode::CardReaderAbsent);
}

TEST(real_devices, a_scanner_that_is_configured_and_not_there_is_said) {
    base::SystemClock clock;
    testing::EventInbox inbox;
    RealDeviceOptions options{"", "", "/nonexistent/video"};
    options.code_scanner = {domain::ScannerKind::serial, "/nonexistent/port"};
    const auto devices = make_real_devices(options, clock, inbox.sink());
    const auto scanner = inbox.next_health(DeviceKind::code_scanner, DeviceState::unavailable);
    ASSERT_TRUE(scanner);
    EXPECT_EQ(scanner->fault->code, FaultCode::CodeScannerAbsent);
}

TEST(real_devices, a_cabinet_that_is_not_wired_as_configured_says_so_and_one_without_is_none) {
    base::SystemClock clock;
    testing::EventInbox inbox;
    EXPECT_EQ(make_real_devices({"", "", "/nonexistent/video"}, clock, inbox.sink()).cabinet,
              nullptr);
    RealDeviceOptions options{"", "", "/nonexistent/video"};
    options.cabinet.board = domain::CabinetSettings::Board::gpio;
    options.cabinet.chip = "/nonexistent/gpiochip";
    options.cabinet.lines[0] = 4;
    const auto devices = make_real_devices(options, clock, inbox.sink());
    ASSERT_TRUE(devices.cabinet);
    const auto health = inbox.next_health(DeviceKind::cabinet, DeviceState::degraded);
    ASSERT_TRUE(health);
    EXPECT_EQ(health->fault->code, FaultCode::CabinetBoardAbsent);
}

TEST(real_devices, a_queue_that_is_not_there_is_an_absent_printer_too) {
    base::SystemClock clock;
    testing::EventInbox inbox;
    RealDeviceOptions options{"", "", "/nonexistent/video"};
    options.document_queue = "ipp://127.0.0.1:1/printers/paper";
    options.printer_ledger = ::testing::TempDir() + "real_devices/documents.ledger";
    auto devices = make_real_devices(options, clock, inbox.sink());
    const auto health = inbox.next_health(DeviceKind::document_printer, DeviceState::unavailable);
    ASSERT_TRUE(health);
    EXPECT_EQ(health->fault->code, FaultCode::PrinterAbsent);
    devices.document_printer->print({1, 1}, {"receipt", 1, base::Secret(base::to_bytes("%PDF-"))});
    const auto printed = inbox.next<PrintFinished>();
    ASSERT_TRUE(printed && !printed->outcome);
    EXPECT_EQ(printed->outcome.error().code, FaultCode::PrinterAbsent);
}

}  // namespace
}  // namespace drivers
