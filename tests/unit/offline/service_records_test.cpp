// Service records: the terminal's chain, the line to the technician's program, the centre's shelf.
#include "offline/intake/service_shelf.hpp"
#include "offline/post/service_lane.hpp"
#include "offline/post/service_line.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <semaphore>

namespace {

using namespace offline_test;
using post::ServiceBook;
namespace wire = papers::wire;

papers::ServiceContent content(const std::string& technician = "T-0007") {
    papers::ServiceContent out;
    out.kind = papers::ServiceKind::commissioning;
    out.made_at = start;
    out.technician = technician;
    out.software = "1.0";
    out.machine = {"system\tDebian"};
    out.devices = {"camera\t/dev/video0\t-\t-"};
    out.checks = {"disk\tpassed\tmachine\t1\t0\t硬盘\t40 GB\t",
                  "card\tfailed\tmachine\t1\t0\t读卡器\t\t"};
    return out;
}

class service_records : public testing::TestWithParam<domain::SuiteId> {
  protected:
    base::Result<ServiceBook> open() { return ServiceBook::open(place, terminal, disk); }
    void tamper(const std::string& name, const std::string& was, const std::string& is) {
        const auto path = place + "/" + name;
        std::string text(base::as_text(base::read_file(path).value()));
        ASSERT_NE(text.find(was), std::string::npos);
        text.replace(text.find(was), was.size(), is);
        ASSERT_TRUE(base::write_file(path, base::to_bytes(text)));
    }
    intake::Reply deliver(const post::KeptRecord& record, const std::string& as = terminal_id) {
        return shelf.keep(as,
                          wire::encode(wire::ServiceDelivery{world.certificate.file, record.file}));
    }

    std::string at_the_centre(const sealing::Epoch& of) const {
        return folder / ("centre/" + terminal_id + "/" + base::to_hex(of));
    }
    // Takes what comes from a lane and goes on until this is there.
    void run_until_there(post::ServiceLane& lane, std::counting_semaphore<>& woken,
                         const std::string& file) {
        for (int i = 0; i < 100; ++i) {
            lane.round(true);
            if (fs::exists(file)) return;
            ASSERT_TRUE(woken.try_acquire_for(std::chrono::seconds(20)));
        }
    }

    const World world{GetParam()};
    const Folder folder;
    const std::string place = folder / "service-records";
    const outbox::Terminal terminal = world.terminal();
    store::Disk& disk = store::real_disk();
    const sealing::Epoch epoch{7};
    base::SystemClock clock;
    base::NoEventLog log;
    intake::ServiceShelf shelf{{folder / "centre", world.pinned, world.intake}, clock, log};
};
INSTANTIATE_TEST_SUITE_P(suite, service_records,
                         testing::Values(domain::SuiteId::one, domain::SuiteId::national),
                         [](const auto& of) { return std::string(domain::name(of.param)); });

TEST_P(service_records, each_names_the_one_before_and_is_there_after_a_restart) {
    {
        auto book = open().value();
        const auto first = book.append(content(), epoch).value();
        const auto second = book.append(content("T-0008"), epoch).value();
        const auto read = papers::ServiceRecord::verify(second.file, world.certificate).value();
        EXPECT_EQ(read.number, 2);
        EXPECT_EQ(read.previous, first.digest);
        EXPECT_EQ(read.content, content("T-0008"));
    }
    auto book = open().value();
    EXPECT_EQ(book.newest(), 2);
    EXPECT_EQ(book.append(content(), epoch).value().number, 3);
}
TEST_P(service_records, one_that_was_changed_stops_the_book_and_names_the_file) {
    {
        auto book = open().value();
        ASSERT_TRUE(book.append(content(), epoch));
        ASSERT_TRUE(book.append(content(), epoch));
    }
    tamper("000001.json", "T-0007", "T-0009");
    const auto book = open();
    ASSERT_FALSE(book);
    EXPECT_EQ(book.error().code, FaultCode::OutboxCorrupt);
    EXPECT_NE(book.error().safe_detail.find("000002.json"), std::string::npos)
        << "the next one no longer fits";
}
TEST_P(service_records, the_newest_that_was_changed_stops_the_book) {
    {
        auto book = open().value();
        for (int i = 0; i < 2; ++i) ASSERT_TRUE(book.append(content(), epoch));
    }
    tamper("000002.json", "T-0007", "T-0009");
    const auto book = open();
    ASSERT_FALSE(book);
    EXPECT_EQ(book.error().code, FaultCode::OutboxCorrupt);
    EXPECT_NE(book.error().safe_detail.find("000002.json"), std::string::npos);
}
TEST_P(service_records, the_newest_that_were_taken_away_are_missed) {
    {
        auto book = open().value();
        for (int i = 0; i < 3; ++i) ASSERT_TRUE(book.append(content(), epoch));
        for (int i = 1; i < 4; ++i) ASSERT_TRUE(book.sent(i));
    }
    fs::remove(place + "/000003.json");
    const auto shorter = open();
    ASSERT_FALSE(shorter);
    EXPECT_NE(shorter.error().safe_detail.find("000003.json"), std::string::npos);
    fs::remove(place + "/head");
    EXPECT_FALSE(open()) << "the mark says that there was one";
}
TEST_P(service_records, a_machine_that_was_enrolled_anew_goes_on_with_its_book) {
    {
        auto book = open().value();
        for (int i = 0; i < 3; ++i) ASSERT_TRUE(book.append(content(), epoch));
    }
    const auto new_key = sealing::SigningKey::generate(GetParam());
    const outbox::Terminal anew{sealing::TerminalCertificate::issue(
                                    world.root, world.realm, terminal_id, new_key.public_key())
                                    .value(),
                                new_key};
    const auto open_anew = [&] { return ServiceBook::open(place, anew, disk); };
    EXPECT_EQ(open_anew().value().append(content(), epoch).value().number, 4);
    ASSERT_TRUE(open_anew());
    fs::remove(place + "/head");
    EXPECT_FALSE(open_anew()) << "nothing vouches for what the old key signed";
    const auto head = open();
    EXPECT_FALSE(head) << "nor does the old key for what the new one signed";
}
TEST_P(service_records, what_an_old_key_signed_is_held_by_the_chain) {
    {
        auto book = open().value();
        for (int i = 0; i < 3; ++i) ASSERT_TRUE(book.append(content(), epoch));
    }
    const auto new_key = sealing::SigningKey::generate(GetParam());
    const outbox::Terminal anew{sealing::TerminalCertificate::issue(
                                    world.root, world.realm, terminal_id, new_key.public_key())
                                    .value(),
                                new_key};
    ASSERT_TRUE(ServiceBook::open(place, anew, disk));
    tamper("000001.json", "T-0007", "T-0009");
    EXPECT_FALSE(ServiceBook::open(place, anew, disk));
}
TEST_P(service_records, a_cut_between_a_record_and_the_head_leaves_the_book_whole) {
    base::Bytes before;
    {
        auto book = open().value();
        ASSERT_TRUE(book.append(content(), epoch));
        before = base::read_file(place + "/head").value();
        ASSERT_TRUE(book.append(content(), epoch));
    }
    const auto after = base::read_file(place + "/head").value();
    ASSERT_TRUE(base::write_file(place + "/head", before));
    EXPECT_EQ(open().value().newest(), 2);
    EXPECT_EQ(base::read_file(place + "/head").value(), after);
}
TEST_P(service_records, one_that_was_taken_out_is_missed) {
    {
        auto book = open().value();
        for (int i = 0; i < 3; ++i) ASSERT_TRUE(book.append(content(), epoch));
    }
    fs::remove(place + "/000002.json");
    EXPECT_FALSE(open());
}
TEST_P(service_records, a_torn_write_leaves_the_chain_as_it_was) {
    {
        auto book = open().value();
        ASSERT_TRUE(book.append(content(), epoch));
    }
    ASSERT_TRUE(base::write_file(place + "/000002.json.part", base::to_bytes("{\"v")));
    auto book = open().value();
    EXPECT_EQ(book.newest(), 1);
    EXPECT_EQ(book.append(content(), epoch).value().number, 2);
}
TEST_P(service_records, what_its_own_reader_would_refuse_is_not_kept) {
    auto book = open().value();
    auto bad = content();
    bad.checks = {"two\nlines"};
    EXPECT_FALSE(book.append(bad, epoch));
    bad.checks = {std::string(papers::service_line_bytes_max + 1, 'x')};
    EXPECT_FALSE(book.append(bad, epoch));
    EXPECT_EQ(book.newest(), 0);
    EXPECT_TRUE(open());
}
TEST_P(service_records, the_oldest_that_the_centre_lacks_goes_first_until_it_is_there) {
    auto book = open().value();
    EXPECT_FALSE(book.unsent().value());
    ASSERT_TRUE(book.append(content(), epoch));
    ASSERT_TRUE(book.append(content(), epoch));
    EXPECT_EQ(book.unsent().value()->number, 1);
    ASSERT_TRUE(book.sent(1));
    EXPECT_EQ(book.unsent().value()->number, 2);
    EXPECT_EQ(open().value().unsent().value()->number, 2);
}

TEST_P(service_records, the_technicians_program_has_one_signed_over_the_line) {
    auto book = open().value();
    const auto server = courier::CallServer::listen(folder / "line", [&](const auto& question) {
        return post::answer_service(
            question, [&](const auto& said) -> base::Result<post::SignedRecord> {
                auto kept = TRY(book.append(said, epoch));
                return post::SignedRecord{kept.number, kept.digest, std::move(kept.file)};
            });
    });
    ASSERT_TRUE(server);
    const auto line = courier::CallClient::connect(folder / "line").value();
    const auto record = post::have_it_signed(*line, content());
    ASSERT_TRUE(record) << record.error().safe_detail;
    EXPECT_EQ(papers::ServiceRecord::verify(record->file, world.certificate)->content, content());
    auto bad = content();
    bad.machine = {"a\x01"};
    const auto refused = post::have_it_signed(*line, bad);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, FaultCode::PostMessageMalformed);
}
TEST_P(service_records, without_a_post_there_is_no_signature) {
    const auto line = courier::CallClient::connect(folder / "nobody");
    ASSERT_FALSE(line);
    EXPECT_EQ(line.error().code, FaultCode::PostUnreachable);
}

TEST_P(service_records, the_centre_answers_the_same_file_alike_and_signs_that_it_has_it) {
    auto book = open().value();
    const auto record = book.append(content(), epoch).value();
    const auto first = deliver(record), again = deliver(record);
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(again.status, 200);
    const auto kept = wire::service_kept(first.body, world.keys());
    ASSERT_TRUE(kept) << kept.error().safe_detail;
    EXPECT_EQ(*kept, (wire::ServiceKept{terminal_id, 1, record.digest}));
    EXPECT_NE(
        intake::service_records_text(folder / "centre", "")
            ->find(
                "000001\tcommissioning\t2026-11-22T09:41:00+08:00\tT-0007\t1 failed\t0 attention"),
        std::string::npos);
}
TEST_P(service_records,
       another_record_under_a_number_that_is_taken_is_refused_and_changes_nothing) {
    auto book = open().value();
    ASSERT_EQ(deliver(book.append(content(), epoch).value()).status, 200);
    const std::string kept = at_the_centre(epoch) + "/000001.json";
    const auto before = base::read_file(kept).value();
    fs::remove_all(place);
    auto forged = open().value();
    EXPECT_EQ(deliver(forged.append(content("T-0666"), epoch).value()).status, 409);
    EXPECT_EQ(base::read_file(kept).value(), before);
}
TEST_P(service_records, a_machine_that_replaces_another_counts_from_one_again_and_is_heard) {
    auto book = open().value();
    ASSERT_EQ(deliver(book.append(content(), epoch).value()).status, 200);
    const auto new_key = sealing::SigningKey::generate(GetParam());
    const outbox::Terminal replacement{
        sealing::TerminalCertificate::issue(world.root, world.realm, terminal_id,
                                            new_key.public_key())
            .value(),
        new_key};
    auto other = ServiceBook::open(folder / "other", replacement, disk).value();
    auto later = content("T-0008");
    later.made_at = start + std::chrono::hours(1);
    const auto first = other.append(later, sealing::Epoch{8}).value();
    EXPECT_EQ(first.number, 1);
    EXPECT_EQ(shelf
                  .keep(terminal_id, wire::encode(wire::ServiceDelivery{
                                         replacement.certificate.file, first.file}))
                  .status,
              200);
    const auto text = intake::service_records_text(folder / "centre", terminal_id).value();
    EXPECT_EQ(std::ranges::count(text, '\n'), 2);
    EXPECT_LT(text.find("T-0007"), text.find("T-0008"));
}
TEST_P(service_records, what_was_kept_before_epochs_had_folders_is_answered_alike) {
    auto book = open().value();
    const auto record = book.append(content(), epoch).value();
    fs::create_directories(folder / ("centre/" + terminal_id));
    ASSERT_TRUE(base::write_file(folder / ("centre/" + terminal_id + "/000001.json"), record.file));
    EXPECT_EQ(deliver(record).status, 200);
    const auto text = intake::service_records_text(folder / "centre", terminal_id).value();
    EXPECT_EQ(std::ranges::count(text, '\n'), 1) << "once";
}
TEST_P(service_records, one_that_is_refused_for_good_does_not_hold_up_those_behind_it) {
    {
        auto book = open().value();
        ASSERT_EQ(deliver(book.append(content("T-0666"), epoch).value()).status, 200);
    }
    fs::remove_all(place);
    intake::Desks desks;
    desks.service_records = std::make_unique<intake::ServiceShelf>(
        intake::ServiceShelfOptions{folder / "centre", world.pinned, world.intake}, clock, log);
    const auto centre = intake::IntakeServer::listen(
                            "127.0.0.1", 0, service_of(world, folder / "intake", clock, log),
                            std::nullopt, std::move(desks))
                            .value();
    const auto keys = world.keys();
    std::counting_semaphore<> woken{0};
    {
        post::ServiceLane lane({"http://127.0.0.1:" + std::to_string(centre->port())},
                               open().value(), terminal, keys,
                               {base::Millis{50}, base::Millis{200}, base::Millis{0}}, 1, clock,
                               log, [&] { woken.release(); });
        for (int i = 0; i < 3; ++i) ASSERT_TRUE(lane.append(content(), epoch));
        run_until_there(lane, woken, place + "/000003.sent");
    }
    EXPECT_TRUE(fs::exists(place + "/000001.refused")) << "for a person";
    EXPECT_FALSE(fs::exists(place + "/000001.sent"));
    EXPECT_TRUE(fs::exists(place + "/000002.sent"));
    EXPECT_TRUE(fs::exists(at_the_centre(epoch) + "/000003.json"));
    EXPECT_FALSE(open().value().unsent().value());
    fs::remove(place + "/000001.refused");
    EXPECT_EQ(open().value().unsent().value()->number, 1) << "somebody looked; it is sent again";
}
TEST_P(service_records, one_of_another_terminal_or_realm_or_key_is_refused) {
    auto book = open().value();
    const auto record = book.append(content(), epoch).value();
    EXPECT_EQ(deliver(record, "000101001001002").status, 403);
    const World stranger(GetParam());
    EXPECT_EQ(shelf
                  .keep(terminal_id,
                        wire::encode(wire::ServiceDelivery{stranger.certificate.file, record.file}))
                  .status,
              403);
    auto changed = record;
    changed.file[changed.file.size() / 2] ^= 1;
    EXPECT_GE(deliver(changed).status, 400);
    EXPECT_EQ(shelf.keep(terminal_id, base::to_bytes("rubbish")).status, 400);
    EXPECT_FALSE(fs::exists(folder / "centre"));
}

}  // namespace
