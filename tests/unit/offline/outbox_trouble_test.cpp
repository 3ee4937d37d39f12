// What goes wrong with the medium, and what the outbox does about it: nothing that verifies is
// lost, nothing is silently made anew, no number is given out twice.
#include "tests/unit/offline/outbox_fixture.hpp"

#include <fstream>
#include <set>

namespace {

using namespace offline_test;
using outbox::Began;

class LinesLog final : public base::EventLog {
  public:
    void write_line(std::string line) override { lines.push_back(std::move(line)); }
    bool has(const std::string& a, const std::string& b = {}) const {
        for (const auto& line : lines)
            if (line.find(a) != std::string::npos && line.find(b) != std::string::npos) return true;
        return false;
    }
    std::vector<std::string> lines;
};

class outbox_trouble : public OutboxTest {
  protected:
    LinesLog log;
    std::vector<domain::LocalReceipt> slips;
    std::vector<outbox::Acceptance> given;
    const std::string database = folder / "outbox/outbox.sqlite";

    void SetUp() override {
        options.log = &log;
        open();
    }
    void keep(int many) {
        for (int i = 0; i < many; ++i) {
            given.push_back(acceptance(world));
            const sealing::AttachmentId id{static_cast<std::uint8_t>(given.size())};
            given.back().attachments = {id};
            auto writer = box->begin_attachment(given.back().sub_id, id, "photo").value();
            ASSERT_TRUE(writer.append(base::Bytes(given.size() % 2 == 0 ? 100'000 : 500, id[0])));
            ASSERT_TRUE(writer.finish());
            slips.push_back(box->accept(given.back()).value());
        }
    }
    void change(const std::string& path, std::int64_t at, const std::string& bytes) {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        ASSERT_TRUE(file.seekp(at));
        file << bytes;
    }
    void run(const std::string& sql) {
        box.reset();
        auto file = store::Database::open(database, store::Access::owner_only).value();
        ASSERT_TRUE(file.execute(sql)) << sql;
    }
    // Where the envelope of this submission lies in the closed file.
    std::int64_t place_of(const base::Bytes& envelope) {
        const auto bytes = base::read_file(database).value();
        const auto found =
            std::search(bytes.begin(), bytes.end(), envelope.begin() + 200, envelope.begin() + 264);
        EXPECT_NE(found, bytes.end());
        return std::distance(bytes.begin(), found);
    }
    int asides() const {
        int count = 0;
        for (const auto& entry : fs::directory_iterator(options.folder))
            count += entry.path().string().find("damaged") != std::string::npos ? 1 : 0;
        return count;
    }
    std::string only_file() const {
        return fs::directory_iterator(options.folder + "/attachments")->path().string();
    }
};

TEST_F(outbox_trouble, row_18_a_broken_tree_costs_what_it_hides_and_the_rest_goes_on) {
    keep(20);
    take(1, papers::ReceiptKind::r2);
    const auto before = box->epoch();
    box.reset();
    // One page of the tree of submissions becomes noise; the others still lead to their rows.
    std::int64_t leaf = 0;
    {
        auto file = store::Database::open(database, store::Access::owner_only).value();
        leaf = file.integer(
                       "SELECT max(pageno) FROM dbstat WHERE name = 'submission' AND pagetype"
                       " = 'leaf'")
                   .value_or(0);
    }
    if (leaf == 0) leaf = 30;  // SQLite without dbstat: some page of the middle
    change(database, (leaf - 1) * 4096, std::string(4096, '\xA5'));
    open();
    const auto opened = box->opened();
    EXPECT_EQ(opened.began, Began::damaged);
    EXPECT_GT(opened.carried, 0);
    EXPECT_LT(opened.carried, 20);
    EXPECT_EQ(opened.carried + opened.missing, 19) << "and one that was complete";
    EXPECT_NE(box->epoch(), before);
    EXPECT_GE(asides(), 1) << "the damaged file stays";
    EXPECT_TRUE(log.has("OutboxSalvaged"));
    EXPECT_TRUE(log.has("EpochBegun", "damaged"));
    // What was carried is signed as it was; new ones are of the new epoch, above every number.
    std::set<std::string> numbers;
    const auto waiting = box->waiting().value();
    for (const auto& item : waiting) {
        const auto parcel = box->parcel(item.seq).value().value();
        EXPECT_EQ(parcel.epoch, before);
        EXPECT_EQ(box->read_attachment(parcel.attachments[0].line.id, 0, 1 << 20)->size(),
                  static_cast<std::size_t>(parcel.attachments[0].line.length));
        numbers.insert(parcel.local_number);
        EXPECT_TRUE(box->look_up(slips[static_cast<std::size_t>(item.seq) - 1].qr_text));
    }
    const auto next = box->accept(acceptance(world)).value();
    EXPECT_GT(next.seq, 20);
    EXPECT_FALSE(numbers.contains(next.local_number));
    EXPECT_EQ(box->summary()->first_seq, next.seq);
    EXPECT_EQ(box->standing()->low, next.seq - 1);
    open();
    EXPECT_EQ(box->opened().began, Began::whole) << "once";
}

TEST_F(outbox_trouble, row_18_an_unreadable_file_is_set_aside_whole) {
    keep(3);
    box.reset();
    change(database, 0, std::string(4096, '\xA5'));
    open();
    EXPECT_EQ(box->opened().began, Began::damaged);
    EXPECT_EQ(box->opened().carried, 0);
    EXPECT_GE(box->opened().missing, 3);
    EXPECT_TRUE(fs::exists(database + ".damaged"));
    EXPECT_TRUE(fs::exists(options.folder + "/attachments.0.damaged")) << "sealed bytes, too";
    EXPECT_TRUE(box->accept(acceptance(world)));
}

TEST_F(outbox_trouble, row_19_a_vanished_or_emptied_database_begins_a_new_epoch_and_says_so) {
    for (const bool emptied : {false, true}) {
        keep(2);
        const auto number = slips.back().local_number;
        const auto before = box->epoch();
        const auto seq = slips.back().seq;
        box.reset();
        for (const auto& entry : fs::directory_iterator(options.folder)) {
            if (entry.path().extension() != ".sqlite") continue;
            if (emptied)
                fs::resize_file(entry.path(), 0);
            else
                fs::remove(entry.path());
        }
        open();
        EXPECT_EQ(box->opened().began, Began::vanished);
        EXPECT_GE(box->opened().missing, 2);
        EXPECT_NE(box->epoch(), before);
        EXPECT_TRUE(log.has("EpochBegun", "vanished"));
        EXPECT_TRUE(box->waiting()->empty());
        const auto next = box->accept(acceptance(world)).value();
        EXPECT_GT(next.seq, seq);
        EXPECT_NE(next.local_number, number);
        given.clear();
        take(next.seq, papers::ReceiptKind::r2);
    }
}

TEST_F(outbox_trouble, row_19_without_its_database_and_its_epoch_nothing_is_made_up) {
    keep(1);
    box.reset();
    fs::remove(database);
    change(options.folder + "/outbox.epoch", 3, "xx");
    const auto opened = outbox::Outbox::open(options, world.terminal(), clock);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, FaultCode::OutboxCorrupt);
}

TEST_F(outbox_trouble, an_epochs_file_that_does_not_read_is_made_again_from_the_database) {
    keep(2);
    const auto epoch = box->epoch();
    box.reset();
    change(options.folder + "/outbox.epoch", 3, "xx");
    open();
    EXPECT_EQ(box->opened().began, Began::whole);
    EXPECT_EQ(box->epoch(), epoch);
    EXPECT_EQ(box->accept(acceptance(world))->seq, 3);
}

TEST_F(outbox_trouble, row_20_a_database_that_is_older_than_its_epochs_file_is_no_base_to_go_on) {
    box.reset();
    fs::remove_all(options.folder);
    options.ceiling_block = 4;
    open();
    keep(2);
    box.reset();
    fs::copy(database, database + ".backup");
    open();
    keep(8);
    box.reset();
    fs::copy(database + ".backup", database, fs::copy_options::overwrite_existing);
    open();
    EXPECT_EQ(box->opened().began, Began::superseded);
    EXPECT_TRUE(log.has("EpochBegun", "superseded"));
    EXPECT_EQ(box->waiting()->size(), 2u) << "what it held is offered again, by its id";
    EXPECT_GT(box->accept(acceptance(world))->seq, 10);
}

TEST_F(outbox_trouble, row_20_when_the_centre_knows_more_of_an_epoch_a_new_one_begins_above_that) {
    keep(2);
    const auto before = box->epoch();
    ASSERT_TRUE(box->begin_epoch(Began::superseded, 5'000));
    EXPECT_NE(box->epoch(), before);
    keep(1);
    EXPECT_EQ(slips.back().seq, 5'001);
    EXPECT_EQ(box->parcel(1).value()->epoch, before);
    EXPECT_EQ(box->parcel(5'001).value()->epoch, box->epoch());
    EXPECT_EQ(papers::Manifest::parse(box->parcel(5'001).value()->manifest)->chain_before,
              sealing::digest(world.suite, box->epoch()));
    EXPECT_EQ(box->standing()->low, 5'000);
    open();
    EXPECT_EQ(box->opened().began, Began::whole);
    EXPECT_EQ(box->waiting()->size(), 3u);
    for (const std::int64_t seq : {1, 5'001}) take(seq, papers::ReceiptKind::r2);
    ASSERT_TRUE(box->forget(9'000));
}

TEST_F(outbox_trouble, row_16_a_flipped_bit_is_found_by_the_scrub_set_aside_and_not_sent) {
    keep(3);
    box.reset();
    const auto at = place_of(given[1].envelope);
    change(database, at, "\x01\x02\x03");
    open();
    EXPECT_EQ(box->opened().began, Began::whole) << "no tree is broken";
    const auto round = box->scrub().value();
    EXPECT_EQ(round.checked, 3);
    EXPECT_EQ(round.damaged, 1);
    while (!box->scrub()->round_done) {
    }
    EXPECT_TRUE(log.has("OutboxChecked", "\"damaged\":1"));
    EXPECT_TRUE(log.has("SubmissionSetAside", slips[1].local_number));
    EXPECT_EQ(box->waiting()->size(), 2u);
    EXPECT_EQ(box->look_up(slips[1].qr_text)->delivery, domain::Delivery::attention);
    EXPECT_EQ(box->summary()->waiting, 3) << "its bytes stay";
    take(2, papers::ReceiptKind::r2);
    EXPECT_EQ(box->summary()->waiting, 2) << "the centre had it after all";
}

TEST_F(outbox_trouble, row_17_a_damaged_attachment_is_found_when_it_is_asked_for) {
    keep(2);
    EXPECT_TRUE(box->check(2).value());
    change(only_file(), 50'000, "xx");
    EXPECT_FALSE(box->check(2).value());
    EXPECT_TRUE(box->check(1).value());
    EXPECT_EQ(box->waiting()->size(), 1u);
    EXPECT_EQ(box->check(99).error().code, FaultCode::AnswerNotFound);
}

TEST_F(outbox_trouble, rows_16_17_what_is_damaged_is_mended_from_the_second_medium) {
    options.mirror_folder = folder / "mirror";
    open();
    keep(4);
    EXPECT_FALSE(fs::exists(options.mirror_folder + "/1.kept")) << "no citizen waits for it";
    ASSERT_TRUE(box->checkpoint_when_due());
    EXPECT_TRUE(log.has("MirrorChanged", "whole"));
    take(1, papers::ReceiptKind::r2);
    EXPECT_FALSE(fs::exists(options.mirror_folder + "/1.kept")) << "purged there, too";
    take(4, papers::ReceiptKind::r2);
    box.reset();
    change(database, place_of(given[2].envelope), "xxx");
    change(only_file(), 50'000, "xx");
    open();
    const auto round = box->scrub().value();
    EXPECT_EQ(round.mended, 2);
    EXPECT_EQ(round.damaged, 0);
    EXPECT_EQ(box->parcel(3).value()->envelope, given[2].envelope);
    EXPECT_EQ(box->read_attachment({2}, 0, 1 << 20).value(), base::Bytes(100'000, 2));
    EXPECT_EQ(box->waiting()->size(), 2u);
}

TEST_F(outbox_trouble, row_19_what_the_second_medium_holds_comes_back_after_the_first_one_died) {
    options.mirror_folder = folder / "mirror";
    open();
    keep(3);
    ASSERT_TRUE(box->checkpoint_when_due());
    box.reset();
    fs::remove(database);
    fs::remove_all(options.folder + "/attachments");
    open();
    EXPECT_EQ(box->opened().began, Began::vanished);
    EXPECT_EQ(box->opened().carried, 3);
    EXPECT_EQ(box->parcel(2).value()->envelope, given[1].envelope);
    EXPECT_EQ(box->read_attachment({2}, 0, 1 << 20).value(), base::Bytes(100'000, 2));
}

TEST_F(outbox_trouble, a_second_medium_that_is_away_holds_nobody_up) {
    options.mirror_folder = folder / "file";
    std::ofstream(options.mirror_folder) << "not a folder";
    options.mirror_folder += "/mirror";
    open();
    keep(2);
    EXPECT_TRUE(box->checkpoint_when_due());
    EXPECT_TRUE(log.has("MirrorChanged", "absent"));
}

}  // namespace
