// The courier's commands beside programs that run, and attachments on their way.
#include "courier_fixture.hpp"
#include "offline/courier/centre/running_intake.hpp"
#include "offline/courier/terminal/commands.hpp"
#include "offline/courier/terminal/running_post.hpp"
#include "offline/papers/local_number.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <mutex>

namespace courier_test {
namespace {

class Running : public Courier {
  protected:
    // Answers as the post does: one question at a time, on the side that owns the outbox.
    std::unique_ptr<CallServer> serve_post() {
        return CallServer::listen(socket,
                                  [this](const formats::Record& question) {
                                      std::lock_guard lock(owner);
                                      return answer(terminal.depot, question);
                                  })
            .value();
    }
    std::string socket = call_socket_in(folder.path());
    std::mutex owner;
};

INSTANTIATE_TEST_SUITE_P(EverySuite, Running, ::testing::Values(sealing::SuiteId::one));

TEST_P(Running, a_post_that_runs_hands_out_and_takes_in_as_the_outbox_itself) {
    accept(5);
    const auto post = serve_post();
    RunningPost depot(CallClient::connect(socket).value());
    const auto stick_number =
        check_stick(stick, terminal.sticks(), terminal.outbox.terminal()).value();
    const auto exported = Exporter(depot, stick, terminal.marks, terminal.outbox.terminal(),
                                   terminal.keys, terminal.clock, terminal.log, terminal.options)
                              .run(stick_number)
                              .value();
    EXPECT_EQ(exported.submissions, 5);
    ASSERT_TRUE(centre.import_from(stick)[0].status);
    const auto imported =
        Importer(depot, stick, terminal.marks, {store::real_disk(), folder / "courier/staging"},
                 terminal.outbox.terminal(), world.pinned, terminal.keys, terminal.log)
            .run()
            .value();
    EXPECT_TRUE(imported.refused.empty());
    EXPECT_TRUE(all_complete());
}

TEST_P(Running, a_post_that_ends_in_the_middle_loses_nothing) {
    accept(3);
    auto post = serve_post();
    RunningPost depot(CallClient::connect(socket).value());
    post.reset();
    const auto waiting = depot.waiting(0, 10);
    ASSERT_FALSE(waiting);
    EXPECT_EQ(waiting.error().code, FaultCode::PostUnreachable);
    EXPECT_FALSE(CallClient::connect(socket));
    EXPECT_EQ(terminal.waiting(), 3u);
}

TEST_P(Running, a_question_of_no_version_is_a_fault_and_the_next_is_answered) {
    accept(1);
    const auto post = serve_post();
    const auto line = CallClient::connect(socket).value();
    const std::vector<formats::Record> nonsense = {
        {},
        {{"v", std::int64_t{2}}, {"ask", std::string("waiting")}},
        {{"v", std::int64_t{1}}, {"ask", std::string("everything")}},
        {{"v", std::int64_t{1}}, {"ask", std::string("waiting")}, {"after", std::int64_t{0}}},
        {{"v", std::int64_t{1}},
         {"ask", std::string("waiting")},
         {"after", std::int64_t{0}},
         {"most", std::int64_t{1'000'000}}},
    };
    for (const auto& question : nonsense) {
        const auto got = line->call(question);
        ASSERT_FALSE(got);
        EXPECT_EQ(got.error().code, FaultCode::PostMessageMalformed);
    }
    EXPECT_TRUE(line->call({{"v", std::int64_t{1}},
                            {"ask", std::string("waiting")},
                            {"after", std::int64_t{0}},
                            {"most", std::int64_t{9}}}));
}

TEST_P(Running, a_client_that_sends_rubbish_is_dropped_and_the_next_one_served) {
    const auto post = serve_post();
    {
        const int rubbish = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::copy(socket.begin(), socket.end(), address.sun_path);
        ASSERT_EQ(::connect(rubbish, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        const base::Bytes bytes(64, 0xff);
        ASSERT_GT(::write(rubbish, bytes.data(), bytes.size()), 0);
        std::uint8_t byte = 0;
        EXPECT_LE(::read(rubbish, &byte, 1), 0);
        ::close(rubbish);
    }
    RunningPost depot(CallClient::connect(socket).value());
    EXPECT_TRUE(depot.waiting(0, 10));
}

TEST_P(Running, only_its_own_user_may_speak_with_it) {
    const auto post = serve_post();
    struct stat facts {};
    ASSERT_EQ(::stat(socket.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0600u);
}

TEST_P(Running, the_commands_tell_a_technician_what_happened) {
    // The outbox is with "the post"; stick and courier's folder are the command's.
    accept(3);
    const auto outbox_folder = folder / "outbox";
    const auto post =
        CallServer::listen(call_socket_in(outbox_folder), [this](const formats::Record& question) {
            std::lock_guard lock(owner);
            return answer(terminal.depot, question);
        }).value();
    Folder own_stick;
    const CommandSettings settings{folder / "own", outbox_folder, 64 << 20, folder / "feeds"};
    std::string said;
    const auto command = [&](Command what) {
        said.clear();
        return run_command(what, own_stick.path(), settings, terminal.outbox.terminal(),
                           world.pinned, terminal.keys, terminal.clock, terminal.log,
                           [&](const std::string& line) { said += line + "\n"; });
    };
    const auto unregistered = command(Command::export_bundle);
    ASSERT_FALSE(unregistered);
    EXPECT_EQ(unregistered.error().code, FaultCode::MediumUnfit);
    ASSERT_TRUE(command(Command::register_stick));
    ASSERT_TRUE(command(Command::export_bundle));
    EXPECT_NE(said.find("已导出 3 件"), std::string::npos) << said;
    ASSERT_TRUE(command(Command::export_bundle));
    EXPECT_NE(said.find("又读了一遍，完好"), std::string::npos) << said;
    ASSERT_TRUE(command(Command::list));
    EXPECT_NE(said.find("其中 3 件无回执  已导出，等回执"), std::string::npos) << said;
    Stick at_centre(own_stick.path());
    ASSERT_TRUE(centre.import_from(at_centre)[0].status);
    const auto imported = command(Command::import_returns);
    ASSERT_TRUE(imported);
    EXPECT_TRUE(imported->all_well);
    EXPECT_NE(said.find("还有 0 件待送达"), std::string::npos) << said;
    ASSERT_TRUE(command(Command::list));
    EXPECT_NE(said.find("已全部回执"), std::string::npos) << said;
    change_byte(only_folder(at_centre, ".back") + "/bundle.cwb", 300);
    const auto refused = command(Command::import_returns);
    ASSERT_TRUE(refused);
    EXPECT_FALSE(refused->all_well);
    EXPECT_NE(said.find("被拒绝"), std::string::npos) << said;
}

TEST_P(Running, a_newer_key_set_is_put_where_the_programs_look_for_it) {
    accept(1);
    const CommandSettings settings{folder / "own", folder / "outbox", 64 << 20, folder / "feeds"};
    Folder own_stick;
    const auto post =
        CallServer::listen(call_socket_in(folder / "outbox"), [this](
                                                                  const formats::Record& question) {
            std::lock_guard lock(owner);
            return answer(terminal.depot, question);
        }).value();
    const auto command = [&](Command what) {
        return run_command(what, own_stick.path(), settings, terminal.outbox.terminal(),
                           world.pinned, terminal.keys, terminal.clock, terminal.log,
                           [](const std::string&) {})
            .has_value();
    };
    ASSERT_TRUE(command(Command::register_stick) && command(Command::export_bundle));
    auto content = world.key_set();
    content.version = 2;
    const auto file = content.issue(world.root).value();
    Stick at_centre(own_stick.path());
    ASSERT_TRUE(Station(centre.door, at_centre, store::real_disk(), world.intake,
                        {world.pinned, file, folder / "staging"}, centre.clock, centre.log)
                    .run()
                    .value()[0]
                    .status);
    ASSERT_TRUE(command(Command::import_returns));
    EXPECT_EQ(base::read_file(folder / "feeds/key_set-2.json").value(), file);
    EXPECT_TRUE(all_complete());
}

TEST_P(Running, a_stick_put_in_again_is_read_once_more_and_found_out) {
    accept(3);
    ASSERT_TRUE(terminal.export_to(stick));
    EXPECT_EQ(terminal.export_to(stick).value().looked_at, 1);
    change_byte(only_folder(stick, "") + "/objects/0001", 2000);
    const auto looked = terminal.export_to(stick);
    ASSERT_FALSE(looked);
    EXPECT_EQ(looked.error().code, FaultCode::MediumUnfit);
    EXPECT_FALSE(is_exported());
    EXPECT_EQ(terminal.export_to(stick).value().submissions, 3);
    ASSERT_TRUE(centre.import_from(stick)[0].status);
}

// ---- attachments ----

struct Upload {
    base::Bytes bytes;
    std::int64_t length = 0;
};

// An intake that puts attachments together and says R1, then R2.
class AssemblingDoor final : public IntakeDoor {
  public:
    explicit AssemblingDoor(const World& of) : world(of) {}
    Answer submit(const std::string&, const std::string&, base::ByteView body) override {
        order += "S";
        const auto delivered = papers::wire::delivered(body).value();
        manifest = papers::Manifest::parse(delivered.manifest).value();
        digest = sealing::digest(manifest.suite, delivered.manifest);
        return say(papers::ReceiptKind::r1);
    }
    Answer commit(const std::string&, const std::string&) override {
        order += "C";
        for (const auto& line : manifest.attachments) {
            const auto& upload = uploads[line.id];
            if (sealing::digest(manifest.suite, upload.bytes) != line.digest) return {409, {}};
        }
        return say(papers::ReceiptKind::r2);
    }
    Answer upload(const Slice& slice, std::int64_t length, const sealing::Digest&,
                  sealing::SuiteId) override {
        if (order.back() != 'P') order += "P";
        auto& upload = uploads[slice.attachment];
        EXPECT_EQ(slice.offset, static_cast<std::int64_t>(upload.bytes.size()));
        upload.length = length;
        upload.bytes.insert(upload.bytes.end(), slice.bytes.begin(), slice.bytes.end());
        return {204, {}};
    }

    const World& world;
    std::string order;
    papers::Manifest manifest;
    sealing::Digest digest{};
    std::map<sealing::AttachmentId, Upload> uploads;

  private:
    Answer say(papers::ReceiptKind kind) const {
        papers::CentreReceipt receipt;
        receipt.kind = kind;
        receipt.realm = manifest.realm;
        receipt.terminal = manifest.terminal;
        receipt.seq = manifest.seq;
        receipt.sub_id = manifest.sub_id;
        receipt.manifest_digest = digest;
        receipt.server_time = start;
        receipt.serial = 1;
        if (kind == papers::ReceiptKind::r2) receipt.case_number = "CASE0001";
        return {200, papers::wire::encode_receipt(receipt.sign(world.receipt_key()).value())};
    }
};

// One submission with attachments.
class DepotOfOne final : public Depot {
  public:
    explicit DepotOfOne(const World& world, std::vector<std::size_t> sizes) {
        papers::Manifest manifest;
        manifest.suite = world.suite;
        manifest.realm = world.realm;
        manifest.terminal = terminal_id;
        manifest.seq = 1;
        manifest.sub_id = domain::SubId::draw();
        manifest.local_number = papers::local_number(terminal_id, 1);
        manifest.item_code = item;
        manifest.item_version = 3;
        manifest.captured_at = manifest.kept_at = start;
        manifest.kid = sealing::key_id(world.keys().sealing_key(start).value());
        const auto envelope =
            world.seal(manifest.sub_id, base::to_bytes(submission_text())).value();
        manifest.envelope_digest = sealing::digest(world.suite, envelope);
        manifest.envelope_bytes = static_cast<std::int64_t>(envelope.size());
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            sealing::AttachmentId id{};
            id[0] = static_cast<std::uint8_t>(i + 1);
            base::Bytes bytes(sizes[i]);
            base::fill_random(bytes.data(), bytes.size());
            manifest.attachments.push_back({id, sealing::digest(world.suite, bytes),
                                            static_cast<std::int64_t>(bytes.size()), "M01"});
            stored[id] = std::move(bytes);
        }
        const auto text = manifest.encode();
        const auto signature = world.terminal_key.sign(sealing::context::manifest, text).value();
        submission = papers::wire::encode(papers::wire::Delivered{
            world.certificate.file, text, {signature.begin(), signature.end()}, envelope});
        lines = manifest.attachments;
    }
    base::Result<std::vector<courier::Waiting>> waiting(std::int64_t after, std::size_t) override {
        std::vector<courier::Waiting> out;
        if (after < 1) out.push_back({1, 1 << 20});
        return out;
    }
    base::Result<std::optional<Package>> package(std::int64_t) override {
        return std::optional(Package{submission, lines});
    }
    base::Result<base::Bytes> attachment(const sealing::AttachmentId& id, std::int64_t at,
                                         std::size_t most) override {
        const auto& bytes = stored.at(id);
        const auto from = std::min<std::size_t>(static_cast<std::size_t>(at), bytes.size());
        const auto size = std::min(most, bytes.size() - from);
        const auto piece = base::ByteView(bytes).subspan(from, size);
        return base::Bytes(piece.begin(), piece.end());
    }
    base::Result<Taken> take_receipt(base::ByteView bytes) override {
        receipts.emplace_back(bytes.begin(), bytes.end());
        return Taken::changed;
    }

    base::Bytes submission;
    std::vector<papers::AttachmentLine> lines;
    std::map<sealing::AttachmentId, base::Bytes> stored;
    std::vector<base::Bytes> receipts;
};

TEST_P(Running, attachments_travel_behind_their_submission_and_complete_it) {
    DepotOfOne own(world, {700'000, 1, 1'300'000});
    // Over both lines, as with programs that run.
    Folder sockets;
    const auto post = CallServer::listen(sockets / "post", [&](const formats::Record& question) {
                          return answer(own, question);
                      }).value();
    RunningPost depot(CallClient::connect(sockets / "post").value());
    const auto number = check_stick(stick, terminal.sticks(), terminal.outbox.terminal()).value();
    ASSERT_EQ(Exporter(depot, stick, terminal.marks, terminal.outbox.terminal(), terminal.keys,
                       terminal.clock, terminal.log, terminal.options)
                  .run(number)
                  .value()
                  .submissions,
              1);
    AssemblingDoor behind(world);
    const auto intake =
        CallServer::listen(sockets / "intake", [&](const formats::Record& question) {
            return answer(behind, question);
        }).value();
    RunningIntake door(CallClient::connect(sockets / "intake").value());
    const auto results =
        Station(door, stick, store::real_disk(), world.intake,
                {world.pinned, world.key_set_file(), folder / "staging"}, centre.clock, centre.log)
            .run()
            .value();
    ASSERT_EQ(results.size(), 1u);
    ASSERT_TRUE(results[0].status) << results[0].status.error().safe_detail;
    EXPECT_EQ(behind.order, "SPC");
    for (const auto& [id, bytes] : own.stored) {
        EXPECT_EQ(behind.uploads[id].bytes, bytes);
        EXPECT_EQ(behind.uploads[id].length, static_cast<std::int64_t>(bytes.size()));
    }
    EXPECT_EQ(results[0].receipts, 2);
    ASSERT_EQ(
        Importer(depot, stick, terminal.marks, {store::real_disk(), folder / "courier/staging"},
                 terminal.outbox.terminal(), world.pinned, terminal.keys, terminal.log)
            .run()
            .value()
            .receipts,
        2);
    ASSERT_EQ(own.receipts.size(), 2u);
    EXPECT_EQ(papers::CentreReceipt::verify(own.receipts[1], terminal.keys).value().kind,
              papers::ReceiptKind::r2);
}

TEST_P(Running, i18_attachments_that_the_network_began_are_completed_by_the_bundle_and_once) {
    DepotOfOne own(world, {700'000, 1, 1'300'000});
    const auto delivered = papers::wire::delivered(own.submission).value();
    const auto sub_id = papers::Manifest::parse(delivered.manifest).value().sub_id.text();
    ASSERT_EQ(centre.service.submit(terminal_id, sub_id, own.submission).status, 200);
    const auto& half = own.stored.at(own.lines[2].id);
    const auto begun = base::ByteView(half).first(600'000);
    ASSERT_LT(
        centre.service
            .patch(base::to_hex(own.lines[2].id), papers::upload::slice_headers(0, begun), begun)
            .status,
        300);
    const auto number = check_stick(stick, terminal.sticks(), terminal.outbox.terminal()).value();
    ASSERT_TRUE(Exporter(own, stick, terminal.marks, terminal.outbox.terminal(), terminal.keys,
                         terminal.clock, terminal.log, terminal.options)
                    .run(number));
    for (int again = 0; again < 2; ++again) {
        const auto results = centre.import_from(stick);
        ASSERT_TRUE(results[0].status) << results[0].status.error().safe_detail;
        own.receipts.clear();
        ASSERT_TRUE(Importer(own, stick, terminal.marks,
                             {store::real_disk(), folder / "courier/staging"},
                             terminal.outbox.terminal(), world.pinned, terminal.keys, terminal.log)
                        .run());
        ASSERT_FALSE(own.receipts.empty());
        EXPECT_EQ(papers::CentreReceipt::verify(own.receipts.back(), terminal.keys).value().kind,
                  papers::ReceiptKind::r2);
    }
    EXPECT_EQ(centre.cases(), 1);
}

TEST_P(Running, an_intake_that_goes_away_in_the_middle_is_asked_again_later) {
    accept(3);
    ASSERT_TRUE(terminal.export_to(stick));
    struct Away final : IntakeDoor {
        Answer submit(const std::string&, const std::string&, base::ByteView) override {
            return {503, {}};
        }
        Answer commit(const std::string&, const std::string&) override { return {503, {}}; }
        Answer upload(const Slice&, std::int64_t, const sealing::Digest&,
                      sealing::SuiteId) override {
            return {503, {}};
        }
    } away;
    const auto results =
        Station(away, stick, store::real_disk(), world.intake,
                {world.pinned, world.key_set_file(), folder / "staging"}, centre.clock, centre.log)
            .run()
            .value();
    ASSERT_FALSE(results[0].status);
    EXPECT_EQ(results[0].status.error().code, FaultCode::CentreFailed);
    EXPECT_TRUE(only_folder(stick, ".back").empty());
    ASSERT_TRUE(centre.import_from(stick)[0].status);
    ASSERT_TRUE(terminal.import_from(stick));
    EXPECT_TRUE(all_complete());
}

}  // namespace
}  // namespace courier_test
