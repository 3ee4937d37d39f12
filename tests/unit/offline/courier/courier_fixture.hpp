// A terminal with an outbox, an intake in the same process, and sticks that can be trusted or not.
#pragma once

#include "../offline_fixture.hpp"
#include "offline/courier/centre/intake_door.hpp"
#include "offline/courier/terminal/export.hpp"
#include "offline/courier/terminal/import.hpp"
#include "offline/courier/terminal/outbox_depot.hpp"
#include "offline/courier/terminal/registration.hpp"
#include "offline/papers/wire.hpp"
#include "offline/sync/receipt_check.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <memory>
#include <optional>

namespace courier_test {

using namespace offline_test;
using namespace offline::courier;

// Keeps the lines of the event log.
class Lines final : public base::EventLog {
  public:
    void write_line(std::string line) override { all += line + "\n"; }
    bool has(const std::string& word) const { return all.find(word) != std::string::npos; }
    std::string all;
};

class TestClock final : public base::Clock {
  public:
    base::Instant now() const override { return start + base::Millis{++ticks_}; }
    base::Millis steady() const override { return base::Millis{++ticks_}; }

  private:
    mutable std::int64_t ticks_ = 0;
};

// A real folder behind a switchboard of bad habits.
class Stick final : public Medium {
  public:
    explicit Stick(const std::string& folder) : path(folder), real_(open_medium(folder).value()) {}

    std::string path;
    std::int64_t pulled_after = -1;    // so many writes and flushes; -1: never
    std::int64_t real_capacity = -1;   // bytes; later ones are taken and forgotten
    std::optional<std::int64_t> room;  // what it says is free
    bool other_bytes_the_second_time = false;
    bool endless = false;
    std::string identity = "0102-0304";
    std::map<std::string, int> reads;  // how often each file was opened

    base::Result<MediumFacts> facts() override { return MediumFacts{identity, "vfat", true, true}; }
    base::Result<std::int64_t> free_bytes() override {
        return room ? base::Result<std::int64_t>(*room) : real_->free_bytes();
    }
    bool exists(const std::string& at) override { return !is_pulled() && real_->exists(at); }
    base::Result<std::vector<Entry>> list(const std::string& at, std::size_t most) override {
        if (is_pulled()) return gone();
        return real_->list(at, most);
    }
    base::Result<std::unique_ptr<InFile>> open(const std::string& at) override {
        if (is_pulled()) return gone();
        auto file = TRY(real_->open(at));
        const bool changed = other_bytes_the_second_time && ++reads[at] > 1;
        return std::make_unique<In>(std::move(file), changed, endless);
    }
    base::Result<std::unique_ptr<InFile>> open_uncached(const std::string& at) override {
        return open(at);
    }
    base::Result<std::unique_ptr<store::OutFile>> create(const std::string& at) override {
        if (is_pulled()) return gone();
        return std::make_unique<Out>(*this, TRY(real_->create(at)));
    }
    base::Status make_folder(const std::string& at) override {
        return act([&] { return real_->make_folder(at); });
    }
    base::Status rename(const std::string& from, const std::string& to) override {
        return act([&] { return real_->rename(from, to); });
    }
    base::Status remove(const std::string& at) override {
        return act([&] { return real_->remove(at); });
    }
    base::Status sync_folder(const std::string& at) override {
        return act([&] { return real_->sync_folder(at); });
    }
    base::Status sync_all() override {
        return act([&] { return real_->sync_all(); });
    }
    std::int64_t acts() const { return acts_; }

  private:
    static tl::unexpected<base::Fault> gone() {
        return base::fail(FaultCode::MediumUnfit, "pulled");
    }
    bool is_pulled() const { return pulled_after >= 0 && acts_ >= pulled_after; }
    template <class Act>
    base::Status act(Act what) {
        if (is_pulled()) return gone();
        ++acts_;
        return what();
    }

    class In final : public InFile {
      public:
        In(std::unique_ptr<InFile> file, bool changed, bool endless)
            : file_(std::move(file)), changed_(changed), endless_(endless) {}
        base::Result<base::Bytes> read(std::size_t most) override {
            auto bytes = TRY(file_->read(most));
            if (changed_ && !bytes.empty()) bytes[bytes.size() / 2] ^= 1;
            if (endless_ && bytes.empty()) bytes.assign(most, 0x20);
            return bytes;
        }

      private:
        std::unique_ptr<InFile> file_;
        bool changed_, endless_;
    };
    class Out final : public store::OutFile {
      public:
        Out(Stick& stick, std::unique_ptr<store::OutFile> file)
            : stick_(stick), file_(std::move(file)) {}
        base::Status write(base::ByteView bytes) override {
            return stick_.act([&]() -> base::Status {
                stick_.written_ += static_cast<std::int64_t>(bytes.size());
                const bool kept =
                    stick_.real_capacity < 0 || stick_.written_ <= stick_.real_capacity;
                return kept ? file_->write(bytes) : file_->write(base::Bytes(bytes.size()));
            });
        }
        base::Status sync() override {
            return stick_.act([&] { return file_->sync(); });
        }

      private:
        Stick& stick_;
        std::unique_ptr<store::OutFile> file_;
    };

    std::unique_ptr<Medium> real_;
    std::int64_t acts_ = 0, written_ = 0;
};

class Terminal {
  public:
    explicit Terminal(const World& of, const std::string& folder)
        : world(of),
          keys(of.keys()),
          folder_(folder),
          outbox(
              outbox::Outbox::open({folder + "/outbox", 64 << 20}, of.terminal(), clock).value()),
          depot(outbox, keys, log),
          marks(Marks::open(store::real_disk(), folder + "/courier/marks").value()) {}

    domain::SubId accept() {
        const auto id = domain::SubId::draw();
        codes[id] = outbox.accept(acceptance(world, submission_text(), id)).value().qr_text;
        return id;
    }
    // One that stands in the database and one in a file.
    domain::SubId accept_with_attachments() {
        auto one = acceptance(world);
        for (const std::size_t size : {1'000u, 200'000u}) {
            const sealing::AttachmentId id = base::random_bytes<16>();
            auto sealer = sealing::StreamSealer::begin(world.realm, keys.sealing_key(start).value(),
                                                       {one.sub_id, id})
                              .value();
            auto writer = outbox.begin_attachment(one.sub_id, id, "M01").value();
            EXPECT_TRUE(writer.append(sealer.append(base::Bytes(size, 7)).value()));
            EXPECT_TRUE(writer.append(sealer.finish().value()));
            EXPECT_TRUE(writer.finish());
            one.attachments.push_back(id);
        }
        codes[one.sub_id] = outbox.accept(one).value().qr_text;
        return one.sub_id;
    }
    Sticks sticks() { return {&store::real_disk(), folder_ + "/courier/sticks"}; }
    std::string register_on(Stick& stick) {
        return register_stick(stick, sticks(), outbox.terminal()).value();
    }
    base::Result<Exported> export_to(Stick& stick) {
        const auto number = TRY(check_stick(stick, sticks(), outbox.terminal()));
        return Exporter(depot, stick, marks, outbox.terminal(), keys, clock, log, options)
            .run(number);
    }
    base::Result<Imported> import_from(Stick& stick) {
        return Importer(depot, stick, marks, {store::real_disk(), folder_ + "/courier/staging"},
                        outbox.terminal(), world.pinned, keys, log)
            .run();
    }
    // As after a restart of the machine.
    void read_marks_again() {
        marks = Marks::open(store::real_disk(), folder_ + "/courier/marks").value();
    }
    std::size_t waiting() { return outbox.waiting().value().size(); }

    const World& world;
    TestClock clock;
    Lines log;
    sealing::KeySet keys;
    std::string folder_;
    outbox::Outbox outbox;
    OutboxDepot depot;
    Marks marks;
    ExportOptions options;
    std::map<domain::SubId, std::string> codes;
};

class Centre {
  public:
    Centre(const World& of, const std::string& folder)
        : world(of),
          folder_(folder),
          service(intake::IntakeStore::open(folder).value(), of.pinned, of.intake,
                  read_small_submission, clock, log),
          door(service) {
        intake::IntakeLimits limits;
        limits.attachments_folder = folder + "/attachments";
        service.use(std::move(limits));
    }

    std::vector<BundleResult> import_from(Stick& stick) {
        return Station(door, stick, store::real_disk(), world.intake,
                       {world.pinned, world.key_set_file(), folder_ + "/staging"}, clock, log)
            .run()
            .value();
    }
    std::int64_t cases() const { return cases_in(folder_); }
    // sub_id → digest of the manifest of what is stored.
    std::map<std::string, std::string> stored() const {
        std::map<std::string, std::string> out;
        const auto cases = intake::IntakeStore::open_to_read(folder_).value()->all().value();
        for (const auto& one : cases) out[one.sub_id.text()] = base::to_hex(one.manifest_digest);
        return out;
    }

    const World& world;
    TestClock clock;
    Lines log;
    std::string folder_;
    intake::IntakeService service;
    ServiceDoor door;
};

// The next slice of what is missing; false: nothing is.
inline bool deliver_slice(Terminal& terminal, Centre& centre, const outbox::Parcel& parcel) {
    for (const auto& [line, acked, seq] : parcel.attachments) {
        const auto name = base::to_hex(line.id);
        const auto there = centre.service.upload_offset(name);
        const auto offset = papers::upload::offset_in(there.headers).value();
        if (offset.complete) continue;
        const auto bytes = terminal.outbox.read_attachment(line.id, offset.at, 70'000).value();
        EXPECT_LT(centre.service.patch(name, papers::upload::slice_headers(offset.at, bytes), bytes)
                      .status,
                  300);
        return true;
    }
    return false;
}

// What the network does with one parcel: S, or P as long as something is missing, or C.
inline void deliver_one(Terminal& terminal, Centre& centre, const outbox::Waiting& item) {
    const auto parcel = terminal.outbox.parcel(item.seq).value();
    if (!parcel) return;
    if (item.state == outbox::ParcelState::envelope_sent &&
        deliver_slice(terminal, centre, *parcel))
        return;
    const auto reply =
        item.state == outbox::ParcelState::queued
            ? centre.service.submit(terminal_id, parcel->sub_id.text(),
                                    papers::wire::encode(papers::wire::Delivered{
                                        terminal.outbox.terminal().certificate.file,
                                        parcel->manifest, parcel->signature, parcel->envelope}))
            : centre.service.commit(terminal_id, parcel->sub_id.text());
    const auto bytes = papers::wire::receipt(reply.body);
    ASSERT_TRUE(bytes) << reply.status;
    const auto receipt =
        sync::check_receipt(*bytes, *parcel, terminal.outbox.terminal().certificate, terminal.keys);
    ASSERT_TRUE(receipt) << receipt.error().safe_detail;
    const auto stored = terminal.outbox.store_receipt(*receipt, *bytes);
    ASSERT_TRUE(stored) << stored.error().safe_detail;
}

inline void deliver_all(Terminal& terminal, Centre& centre) {
    while (terminal.waiting() > 0 && !::testing::Test::HasFailure()) {
        const auto waiting = terminal.outbox.waiting().value();
        for (const auto& item : waiting) deliver_one(terminal, centre, item);
    }
}

// The only folder on the stick that `is`.
inline std::string only_folder(const Stick& stick, const std::string& ending) {
    std::string found;
    for (const auto& entry : fs::directory_iterator(stick.path)) {
        const std::string name = entry.path().filename();
        if (entry.is_directory() && name.size() == 35 + ending.size() && name.ends_with(ending))
            found = entry.path();
    }
    return found;
}

inline void change_byte(const std::string& file, std::int64_t at) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(at);
    const auto byte = static_cast<char>(stream.get() ^ 1);
    stream.seekp(at);
    stream.put(byte);
}

// Terminal, centre and a registered stick, in both suites.
class Courier : public ::testing::TestWithParam<sealing::SuiteId> {
  protected:
    Courier() {
        terminal.options.object_bytes = 4 * 1024;  // several objects
        terminal.register_on(stick);
    }
    void accept(int count) {
        for (int i = 0; i < count; ++i) ids.push_back(terminal.accept());
    }
    bool all_complete() {
        for (const auto& id : ids) {
            const auto status = terminal.outbox.look_up(terminal.codes.at(id)).value();
            if (status.case_number.empty()) return false;
        }
        return terminal.waiting() == 0;
    }
    bool is_exported() const {
        for (const auto& [id, mark] : terminal.marks.all())
            if (mark.verified) return true;
        return false;
    }
    void expect_refused_without_effect() {
        const auto results = centre.import_from(stick);
        ASSERT_EQ(results.size(), 1u);
        EXPECT_FALSE(results[0].status);
        EXPECT_EQ(centre.cases(), 0);
        EXPECT_TRUE(centre.log.has("BundleRefused"));
        EXPECT_TRUE(only_folder(stick, ".back").empty());
    }

    World world{GetParam()};
    Folder folder, centre_folder, stick_folder;
    Terminal terminal{world, folder.path()};
    Centre centre{world, centre_folder.path()};
    Stick stick{stick_folder.path()};
    std::vector<domain::SubId> ids;
};

}  // namespace courier_test
