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

}  // namespace
}  // namespace drivers
