// What a terminal promised: I1, I3, I5, I8 as the citizen sees it, I16 (a full disk takes
// receipts), I17 as far as it is the time floor, I21.
#include "tests/simulator/checks/checks.hpp"

#include <algorithm>
#include <charconv>
#include <map>

namespace simulator {

using namespace offline;

namespace {

class TerminalChecks final : public Check {
  public:
    using Check::Check;

    void told(const Intent& intent, const base::Result<domain::LocalReceipt>& answer) override {
        if (!answer || intent.told != Told::kept || intent.forgotten) return;
        if (*answer != *intent.slip) broken("I1", intent.name() + " asked again, another slip");
    }

    void after_step(Machine& machine) override {
        if (!machine.post) return;
        look_at(machine, false);
        if (machine.post->receipts_without_room() > 0)
            broken("I16", machine.name() + " had a ballast and no room for a receipt");
        Floor& floor = floor_of(machine);
        if (machine.post->time_floor() < floor.in_memory)
            broken("I17", machine.name() + " believes in an earlier time than before");
        floor.in_memory = machine.post->time_floor();
        read_floor(machine, floor);
    }
    void after_boot(Machine& machine) override {
        look_at(machine, true);
        Floor& floor = floor_of(machine);
        read_floor(machine, floor);
        if (machine.post->time_floor() < floor.in_file)
            broken("I17", machine.name() + " forgot its time floor");
        floor.in_memory = machine.post->time_floor();
    }

    void drained() override {
        for (auto& machine : world_.machines()) {
            look_at(*machine, true);
            const auto waiting = machine->post->outbox().waiting();
            if (!waiting || !waiting->empty())
                broken("I15", machine->name() + " still has something waiting");
            for (const auto& line : machine->log.lines)
                if (line.find(canary) != std::string::npos) broken("I21", "a person in a log");
            for (const auto& [path, bytes] : machine->disk->now())
                if (base::as_text(bytes).find(canary) != std::string_view::npos)
                    broken("I14", "a person on the disk, in " + path);
        }
        for (const auto& intent : world_.intents()) {
            const auto* effect = world_.effect_of(intent->given.sub_id);
            if (intent->told == Told::refused && !intent->unanswered && effect != nullptr)
                broken("I3", intent->name() + " was told no, and a case was opened");
            if (intent->told != Told::kept || intent->forgotten || !intent->readable) continue;
            if (world_.centre_restores() > 0) continue;
            if ((effect == nullptr || !effect->complete) && !is_set_aside(*intent))
                broken("I15", intent->name() + " was kept and has no complete case");
        }
    }

  private:
    // An old image of the disk has an old floor; of a post that ended only what is in the file is
    // promised.
    struct Floor {
        int put_back = 0;
        base::Instant in_memory{};
        base::Instant in_file{};  // and durable
    };
    Floor& floor_of(Machine& machine) {
        Floor& floor = floors_[machine.number];
        if (floor.put_back != machine.put_back) floor = {machine.put_back};
        return floor;
    }
    void read_floor(Machine& machine, Floor& floor) {
        const auto bytes = machine.disk->read(floor_path(), 0, 32);
        std::int64_t ms = 0;
        if (bytes) {
            const auto text = base::as_text(*bytes);
            std::from_chars(text.data(), text.data() + text.size(), ms);
        }
        const base::Instant found{base::Millis{ms}};
        if (found < floor.in_file)
            broken("I17", machine.name() + " has an earlier time floor in its file");
        if (found > floor.in_file && is_durable(*machine.disk)) floor.in_file = found;
    }
    // A folder that was not flushed may give the file's old content back when the power is cut.
    static bool is_durable(const power_loss::RecordingDisk& disk) {
        const auto& log = disk.log();
        const auto last = std::find_if(log.rbegin(), log.rend(), [](const power_loss::Op& op) {
            return (op.did == power_loss::Did::sync_folder && op.name == outbox_folder) ||
                   (op.did == power_loss::Did::rename && op.to == floor_path());
        });
        return last == log.rend() || last->did == power_loss::Did::sync_folder;
    }
    static std::string floor_path() { return std::string(outbox_folder) + "/clock.floor"; }

    // Refused by the centre: what the machine kept has another case's number.
    bool is_set_aside(const Intent& intent) {
        auto& machine = *world_.machines().at(static_cast<std::size_t>(intent.machine));
        const auto status = machine.post->outbox().look_up(intent.slip->qr_text);
        return status && status->delivery == domain::Delivery::attention;
    }
    void look_at(Machine& machine, bool whole) {
        const auto waiting = machine.post->outbox().waiting();
        if (!waiting) return;  // its disk fails just now
        for (const auto& intent : world_.intents()) {
            if (intent->machine != machine.number || intent->told != Told::kept) continue;
            if (intent->forgotten) continue;
            const std::int64_t seq = intent->slip->seq;
            const bool waits = std::any_of(waiting->begin(), waiting->end(),
                                           [&](const auto& item) { return item.seq == seq; });
            if (waits && whole) bytes_are_there(machine, *intent);
            if (!waits && (whole || !intent->at_rest)) rests_rightly(machine, *intent);
        }
    }

    void bytes_are_there(Machine& machine, const Intent& intent) {
        const auto parcel = machine.post->outbox().parcel(intent.slip->seq);
        if (!parcel) return;
        if (!*parcel || (*parcel)->sub_id != intent.given.sub_id ||
            (*parcel)->envelope != intent.given.envelope)
            return broken("I1", intent.name() + " is not there as it was handed in");
        for (std::size_t i = 0; i < intent.photos.size(); ++i) {
            const auto& id = intent.given.attachments[i];
            const auto photo =
                machine.post->outbox().read_attachment(id, 0, intent.photos[i].size() + 1);
            if (!photo || *photo != intent.photos[i])
                broken("I4", intent.name() + " is there and its photo is not");
        }
    }

    void rests_rightly(Machine& machine, Intent& intent) {
        const auto status = machine.post->outbox().look_up(intent.slip->qr_text);
        if (!status) {
            const auto code = status.error().code;
            if (code == base::FaultCode::AnswerNotFound || code == base::FaultCode::BytesMalformed)
                broken("I1", intent.name() + " was told yes, and its slip finds nothing");
            return;
        }
        intent.at_rest = true;
        if (status->delivery == domain::Delivery::attention)
            return bytes_are_there(machine, intent);
        if (status->delivery != domain::Delivery::received)
            return broken("I1", intent.name() + " neither waits nor rests");
        const auto* effect = world_.effect_of(intent.given.sub_id);
        if (world_.centre_restores() == 0 &&
            (effect == nullptr || !effect->complete || effect->case_number != status->case_number))
            broken("I5", intent.name() + " is purged and the centre has no complete case");
        if (!machine.log.says("DeliveryReceipted", intent.slip->local_number))
            broken("I21", intent.name() + " was purged without an event");
    }

    std::map<int, Floor> floors_;
};

}  // namespace

std::unique_ptr<Check> terminal_checks(World& world) {
    return std::make_unique<TerminalChecks>(world);
}

}  // namespace simulator
