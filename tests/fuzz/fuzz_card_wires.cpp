// A reader that sends anything in pieces of any size over any of the three USB shapes: opening and
// asking end in a reply or a fault. First byte: the shape; second: the size of the pieces.
#include "drivers/id_card/card_link.hpp"
#include "drivers/id_card/wires/usb_wire.hpp"

#include <algorithm>
#include <cstdlib>

namespace {

using namespace drivers;
using usb::TransferKind;

class AnyBytes final : public usb::UsbTransport {
  public:
    AnyBytes(int shape, std::size_t piece, base::ByteView bytes)
        : shape_(shape), piece_(piece), left_(bytes) {}

    base::Status open() override { return {}; }
    void close() override {}
    // Speaks as its descriptors show, and needs no pauses, in every shape.
    usb::DeviceId id() const override { return {0x0400, 0xC35A}; }
    std::vector<usb::Endpoint> endpoints() const override {
        if (shape_ == 0)
            return {{0x02, TransferKind::bulk, 64},
                    {0x06, TransferKind::bulk, 64},
                    {0x81, TransferKind::bulk, 64},
                    {0x85, TransferKind::bulk, 64}};
        const auto kind = shape_ == 1 ? TransferKind::bulk : TransferKind::interrupt;
        return {{0x02, kind, 64}, {0x81, kind, 64}};
    }
    base::Status write(std::uint8_t, base::ByteView bytes, base::Millis) override {
        if (shape_ == 2 && bytes.size() != id_card::report_size) std::abort();
        draining_ = false;
        return {};
    }
    base::Result<std::size_t> read(std::uint8_t, std::span<std::uint8_t> into,
                                   base::Millis) override {
        // What comes answers a command: nothing is there to be thrown away before the first one.
        if (draining_ || left_.empty()) return base::fail(base::FaultCode::UsbTimedOut);
        const auto size = std::min({piece_, into.size(), left_.size()});
        std::copy_n(left_.begin(), size, into.begin());
        left_ = left_.subspan(size);
        return size;
    }

  private:
    const int shape_;
    const std::size_t piece_;
    base::ByteView left_;
    bool draining_ = true;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace drivers::id_card;
    if (size < 2) return 0;
    CardLink link(std::make_unique<UsbWire>(std::make_shared<AnyBytes>(
        data[0] % 3, std::size_t{data[1]} + 1, base::ByteView(data + 2, size - 2))));
    if (!link.open({})) return 0;
    const auto reply = link.ask(read_text_and_photo, {});
    if (reply && *decode_reply(encode(*reply)) != *reply) std::abort();
    return 0;
}
