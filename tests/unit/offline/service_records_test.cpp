// Service records: the terminal's chain, the line to the technician's program, the centre's shelf.
#include "offline/intake/service_shelf.hpp"
#include "offline/post/service_book.hpp"
#include "offline/post/service_line.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>

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

class service_records : public testing::Test {
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

    const World world;
    const Folder folder;
    const std::string place = folder / "service-records";
    const outbox::Terminal terminal = world.terminal();
    store::Disk& disk = store::real_disk();
    const sealing::Epoch epoch{7};
    base::SystemClock clock;
    base::NoEventLog log;
    intake::ServiceShelf shelf{{folder / "centre", world.pinned, world.intake}, clock, log};
};

TEST_F(service_records, each_names_the_one_before_and_is_there_after_a_restart) {
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
TEST_F(service_records, one_that_was_changed_stops_the_book_and_names_the_file) {
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
TEST_F(service_records, one_that_was_taken_out_is_missed) {
    {
        auto book = open().value();
        for (int i = 0; i < 3; ++i) ASSERT_TRUE(book.append(content(), epoch));
    }
    fs::remove(place + "/000002.json");
    EXPECT_FALSE(open());
}
TEST_F(service_records, a_torn_write_leaves_the_chain_as_it_was) {
    {
        auto book = open().value();
        ASSERT_TRUE(book.append(content(), epoch));
    }
    ASSERT_TRUE(base::write_file(place + "/000002.json.part", base::to_bytes("{\"v")));
    auto book = open().value();
    EXPECT_EQ(book.newest(), 1);
    EXPECT_EQ(book.append(content(), epoch).value().number, 2);
}
TEST_F(service_records, what_its_own_reader_would_refuse_is_not_kept) {
    auto book = open().value();
    auto bad = content();
    bad.checks = {"two\nlines"};
    EXPECT_FALSE(book.append(bad, epoch));
    bad.checks = {std::string(papers::service_line_bytes_max + 1, 'x')};
    EXPECT_FALSE(book.append(bad, epoch));
    EXPECT_EQ(book.newest(), 0);
    EXPECT_TRUE(open());
}
TEST_F(service_records, the_oldest_that_the_centre_lacks_goes_first_until_it_is_there) {
    auto book = open().value();
    EXPECT_FALSE(book.unsent().value());
    ASSERT_TRUE(book.append(content(), epoch));
    ASSERT_TRUE(book.append(content(), epoch));
    EXPECT_EQ(book.unsent().value()->number, 1);
    ASSERT_TRUE(book.sent(1));
    EXPECT_EQ(book.unsent().value()->number, 2);
    EXPECT_EQ(open().value().unsent().value()->number, 2);
}

TEST_F(service_records, the_technicians_program_has_one_signed_over_the_line) {
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
TEST_F(service_records, without_a_post_there_is_no_signature) {
    const auto line = courier::CallClient::connect(folder / "nobody");
    ASSERT_FALSE(line);
    EXPECT_EQ(line.error().code, FaultCode::PostUnreachable);
}

TEST_F(service_records, the_centre_answers_the_same_file_alike_and_signs_that_it_has_it) {
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
TEST_F(service_records,
       another_record_under_a_number_that_is_taken_is_refused_and_changes_nothing) {
    auto book = open().value();
    ASSERT_EQ(deliver(book.append(content(), epoch).value()).status, 200);
    const auto before =
        base::read_file(folder / ("centre/" + terminal_id + "/000001.json")).value();
    fs::remove_all(place);
    auto forged = open().value();
    EXPECT_EQ(deliver(forged.append(content("T-0666"), epoch).value()).status, 409);
    EXPECT_EQ(base::read_file(folder / ("centre/" + terminal_id + "/000001.json")).value(), before);
}
TEST_F(service_records, one_of_another_terminal_or_realm_or_key_is_refused) {
    auto book = open().value();
    const auto record = book.append(content(), epoch).value();
    EXPECT_EQ(deliver(record, "000101001001002").status, 403);
    const World stranger;
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
