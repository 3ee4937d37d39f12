// An outbox whose files were changed behind its back: a byte here, a cut there, in the database, in
// its log, in the file of the epoch. Whatever it says, it says it as a fault; it never ends the
// program, and never razes what was there.
//
// The input is a list of changes of 4 bytes: which file and where (3 bytes), and what to turn over
// there; turning nothing over cuts the file off at that place.
#include "tests/power_loss/cuts/outbox_workload.hpp"

#include <cstdlib>

namespace {

using namespace power_loss;
using Kind = offline::papers::ReceiptKind;

struct Before {
    Image closed, open;
    std::string slip;
};

const Before& before() {
    static const Before made = [] {
        Before out;
        RecordingDisk disk;
        OutboxWorkload work(disk, 1);
        if (!work.open()) std::abort();
        for (int i = 0; i < 4; ++i)
            if (!work.accept(1024)) std::abort();
        work.take(0, Kind::r1);
        work.take(0, Kind::r2);
        work.take(1, Kind::r1);
        work.take(2, Kind::refused);
        out.slip = work.history().items[3].slip->qr_text;
        out.open = disk.now();
        work.close();
        out.closed = disk.now();
        return out;
    }();
    return made;
}

Image changed(Image image, const std::uint8_t* data, std::size_t size) {
    for (std::size_t at = 0; at + 4 <= size; at += 4) {
        auto file = image.begin();
        std::advance(file, data[at] % image.size());
        auto& bytes = file->second;
        if (bytes.empty()) continue;
        const std::size_t where = (std::size_t{data[at]} / image.size() << 16 |
                                   std::size_t{data[at + 1]} << 8 | data[at + 2]) %
                                  bytes.size();
        if (data[at + 3] == 0)
            bytes.resize(where);
        else
            bytes[where] ^= data[at + 3];
    }
    return image;
}

bool database_is_there(const Image& image) {
    for (const auto& [path, bytes] : image)
        if (path.starts_with(database_path)) return true;
    return false;
}

void use(offline::outbox::Outbox& box, Random& random) {
    const auto waiting = box.waiting();
    for (std::size_t i = 0; waiting && i < waiting->size() && i < 10; ++i) {
        [[maybe_unused]] const auto parcel = box.parcel(waiting->at(i).seq);
        offline::papers::CentreReceipt receipt;
        receipt.seq = waiting->at(i).seq;
        for (const Kind kind : {Kind::r1, Kind::r2}) {
            receipt.kind = kind;
            [[maybe_unused]] const auto taken = box.store_receipt(receipt, {});
        }
    }
    [[maybe_unused]] const auto summary = box.summary();
    [[maybe_unused]] const auto unshown = box.unshown();
    [[maybe_unused]] const auto found = box.look_up(before().slip);
    [[maybe_unused]] const auto kept = box.accept(an_acceptance(random, 1024));
    [[maybe_unused]] const auto room = box.has_room();
    [[maybe_unused]] const auto moved = box.checkpoint_when_due(0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const base::ManualClock clock(the_start());
    const Image& image = data[0] % 2 == 0 ? before().closed : before().open;
    RecordingDisk disk(changed(image, data + 1, size - 1));
    const bool was_there = database_is_there(disk.now());
    {
        auto box = open_outbox(disk, clock);
        Random random(1);
        if (box) use(*box, random);
    }
    if (was_there && !database_is_there(disk.now())) std::abort();
    return 0;
}
