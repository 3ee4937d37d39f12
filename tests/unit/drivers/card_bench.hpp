// The real reader driver over an emulated USB reader, for tests of what can go wrong.
#pragma once

#include "drivers/emulation/people.hpp"
#include "drivers/id_card/codec/card_record.hpp"
#include "drivers/id_card/emulated/emulated_id_card_reader.hpp"
#include "drivers/id_card/sdt_id_card_reader.hpp"
#include "drivers/id_card/wires/usb_wire.hpp"
#include "event_inbox.hpp"
#include "test_files.hpp"

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>

namespace drivers::id_card {

struct CardBench {
    using Record = base::Result<base::Secret<domain::IdCardRecord>>;

    testing::EventInbox inbox;
    std::shared_ptr<EmulatedIdCardReader> device;
    emulation::People people = *emulation::load_people(testing::people_folder);
    std::unique_ptr<SdtIdCardReader> reader;
    std::uint64_t request = 0;

    explicit CardBench(PipeShape shape = PipeShape::two_pairs)
        : device(std::make_shared<EmulatedIdCardReader>(shape)) {}
    void place(const std::string& id, CardFault fault = CardFault::none) {
        device->set_fault(fault);
        device->place({*encode_record(people.at(id).record), base::Bytes(1024, 0x57), {}});
    }
    domain::Ticket start() {
        if (!reader)
            reader = std::make_unique<SdtIdCardReader>(
                std::make_unique<UsbWire>(std::make_shared<usb::EmulatedUsbTransport>(device)),
                inbox.sink());
        const domain::Ticket ticket{1, ++request};
        reader->start_read(ticket);
        return ticket;
    }
    Record finished() {
        auto event = inbox.next<CardReadFinished>();
        if (!event) return base::fail(base::FaultCode::InternalError, "no completion");
        EXPECT_EQ(event->ticket.request, request);
        return event->record;
    }
    Record read() {
        start();
        return finished();
    }
    bool is_ready() {
        return inbox.next_health(domain::DeviceKind::id_card_reader, domain::DeviceState::ready)
            .has_value();
    }
};

inline constexpr std::array all_shapes{PipeShape::two_pairs, PipeShape::one_pair,
                                       PipeShape::reports, PipeShape::reports_by_request};

}  // namespace drivers::id_card
