#include "provisioning/technician/card_recording.hpp"

#include "drivers/id_card/codec/card_redaction.hpp"
#include "drivers/id_card/sdt_id_card_reader.hpp"
#include "drivers/id_card/wires/usb_wire.hpp"
#include "drivers/usb/recording/recorded_transport.hpp"

#include <fmt/format.h>

#include <utility>

namespace provisioning::technician {

namespace {

constexpr unsigned for_everybody = 0644;  // nobody is in it

void read_one_card(Bench& bench, const std::shared_ptr<drivers::usb::UsbTransport>& transport) {
    DevicesAtWork work([&](drivers::DeviceSink sink) {
        drivers::DeviceSet devices;
        devices.id_card_reader = std::make_unique<drivers::id_card::SdtIdCardReader>(
            std::make_unique<drivers::id_card::UsbWire>(transport), std::move(sink));
        return devices;
    });
    bench.say("请把一张身份证放在读卡区");
    work.devices().id_card_reader->start_read({1, 1});
    const auto finished =
        work.next_of<drivers::CardReadFinished>(bench.stop, bench.patience, bench.clock);
    if (!finished)
        bench.say("没有读卡结果，录到这里为止");
    else if (!finished->record)
        bench.say(fmt::format("没有读成（{} {}），过程已录下",
                              base::name(finished->record.error().code),
                              finished->record.error().safe_detail));
    else
        bench.say("读成了，过程已录下");
}

}  // namespace

bool record_card(Bench& bench, std::shared_ptr<drivers::usb::UsbTransport> reader,
                 const std::string& path) {
    const auto write = [&](const drivers::usb::Recording& recording) {
        const bool written =
            base::write_file(path, base::to_bytes(drivers::usb::as_text(recording)), for_everybody)
                .has_value();
        if (!written) bench.say("写不进文件：" + path);
        return written;
    };
    if (!write({})) return false;  // before anybody has to place a card
    const auto transport =
        std::make_shared<drivers::usb::RecordedTransport>(std::move(reader), bench.clock);
    read_one_card(bench, transport);  // the reader's thread has ended afterwards
    const auto recording = transport->redacted(drivers::id_card::without_people);
    if (!write(recording)) return false;
    bench.say(fmt::format("已写入 {}，{} 次传输；卡上的人已换成样例人", path,
                          recording.exchanges.size()));
    return true;
}

}  // namespace provisioning::technician
