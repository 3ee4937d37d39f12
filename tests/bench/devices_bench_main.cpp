// Measures what passes between a device and the app: the emulated card reader behind device files,
// the real libusb and the real driver between. Prints name, value, unit, separated by tabs; medians
// of twenty, a mean where the device's own clock counts whole milliseconds. Ends with 77 where
// umockdev is not installed.
#include "drivers/emulation/people.hpp"
#include "drivers/id_card/codec/card_content.hpp"
#include "drivers/id_card/codec/card_record.hpp"
#include "drivers/id_card/emulated/emulated_id_card_reader.hpp"
#include "drivers/id_card/reader_models.hpp"
#include "drivers/id_card/sdt_id_card_reader.hpp"
#include "drivers/id_card/wires/usb_wire.hpp"
#include "drivers/usb/libusb_transport.hpp"
#include "tests/unit/drivers/event_inbox.hpp"
#include "tests/usbdevfs/mock_bus.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <numeric>

namespace {

using namespace drivers;
using Clock = std::chrono::steady_clock;

constexpr int rounds = 20, parses = 200;
constexpr int not_here = 77;
constexpr const char* people_folder = "drivers/emulation/people";

double milliseconds(Clock::duration span) {
    return std::chrono::duration<double, std::milli>(span).count();
}
void print(const char* name, std::vector<double> values) {
    std::sort(values.begin(), values.end());
    std::printf("%s\t%.3f\tms\n", name, values.at(values.size() / 2));
    std::fflush(stdout);
}

struct Bench {
    std::shared_ptr<id_card::EmulatedIdCardReader> device =
        std::make_shared<id_card::EmulatedIdCardReader>(id_card::PipeShape::two_pairs);
    usbdevfs::MockBus bus{device};
    testing::EventInbox inbox;
    std::atomic<std::int64_t> replied_at_ms{0};  // the driver goes on asking after a read
    domain::IdCardRecord person = emulation::load_people(people_folder)->at("wang_xiulan").record;
    id_card::SdtIdCardReader reader{
        std::make_unique<id_card::UsbWire>(
            std::make_shared<usb::LibusbTransport>(id_card::served_readers())),
        [this, sink = inbox.sink()](DeviceEvent event) {
            if (std::holds_alternative<CardReadFinished>(event))
                replied_at_ms = device->last_read().count();
            sink(std::move(event));
        }};
    std::uint64_t request = 0;

    bool becomes(domain::DeviceState state) {
        return inbox.next_health(domain::DeviceKind::id_card_reader, state).has_value();
    }
    id_card::EmulatedCard card() const {
        return {*id_card::encode_record(person), base::Bytes(1024, 0x57), {}};
    }
};

bool measure_reads(Bench& bench) {
    std::vector<double> values;
    for (int i = 0; i < rounds; ++i) {
        bench.device->place(bench.card());
        bench.reader.start_read({1, ++bench.request});
        const auto finished = bench.inbox.next<CardReadFinished>();
        const auto now = base::SystemClock{}.steady();
        if (!finished || !finished->record) return false;
        values.push_back(static_cast<double>(now.count() - bench.replied_at_ms));
    }
    bench.reader.stop();
    bench.device->lift();
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    print("card: last reply byte to record, mean", {sum / rounds});
    return true;
}

bool measure_parsing(const Bench& bench) {
    const auto card = bench.card();
    const auto frame = id_card::encode(
        id_card::Reply{0, 0, 0x90, id_card::join_text_and_photo(card.text, card.photo)});
    std::vector<double> values;
    for (int i = 0; i < parses; ++i) {
        const auto begun = Clock::now();
        const auto reply = id_card::decode_reply(frame);
        const auto parts = id_card::split_text_and_photo(reply->data);
        const auto record = id_card::decode_record(parts->text, parts->photo);
        const auto ended = Clock::now();
        if (!record || record->name != bench.person.name) return false;
        values.push_back(milliseconds(ended - begun));
    }
    print("card: the same frame only parsed (floor)", std::move(values));
    return true;
}

// `busy`: while somebody waits for a card.
bool measure_plugging(Bench& bench, bool busy, const char* unplugged, const char* plugged) {
    std::vector<double> out, in;
    for (int i = 0; i < rounds; ++i) {
        if (busy) bench.reader.start_read({1, ++bench.request});
        const auto pulled = Clock::now();
        bench.device->unplug();
        if (!bench.becomes(domain::DeviceState::unavailable)) return false;
        out.push_back(milliseconds(Clock::now() - pulled));
        bench.bus.settle();
        const auto put_in = Clock::now();
        bench.device->plug();
        if (!bench.becomes(domain::DeviceState::ready)) return false;
        in.push_back(milliseconds(Clock::now() - put_in));
    }
    bench.reader.stop();
    print(unplugged, std::move(out));
    print(plugged, std::move(in));
    return true;
}

}  // namespace

int main(int, char** argv) {
    usbdevfs::run_under_umockdev(argv);
    if (!usbdevfs::runs_under_umockdev()) return not_here;
    Bench bench;
    const bool well =
        bench.becomes(domain::DeviceState::ready) && measure_reads(bench) &&
        measure_parsing(bench) &&
        measure_plugging(bench, false, "card reader: unplug to message, idle",
                         "card reader: hot-plug to ready, idle") &&
        measure_plugging(bench, true, "card reader: unplug to message, waiting for a card",
                         "card reader: hot-plug to ready, waiting for a card");
    return well ? 0 : 1;
}
