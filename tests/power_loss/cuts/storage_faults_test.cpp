// The medium misbehaves without a cut: flushes fail, there is no room, names and files come in the
// wrong order. And what one submission costs, counted.
#include "tests/power_loss/cuts/power_cuts.hpp"

#include <gtest/gtest.h>

namespace power_loss {
namespace {

using base::FaultCode;
using offline::outbox::Outbox;
using offline::store::Access;
using offline::store::Database;

const std::string wal_path = database_path + "-wal";

struct Bench {
    explicit Bench(const Image& image = {}) : disk(image), random(image.size()) {}
    RecordingDisk disk;
    Random random;  // other submissions than those the image has
    base::ManualClock clock{the_start()};
    std::optional<Outbox> box;

    void open() { box.emplace(open_outbox(disk, clock).value()); }
    base::Result<domain::LocalReceipt> accept(std::size_t padded = 1024) {
        return box->accept(an_acceptance(random, padded));
    }
    std::int64_t log_bytes() const {
        return static_cast<std::int64_t>(disk.find(wal_path)->bytes.size());
    }
};

TEST(storage, one_submission_is_exactly_one_flush) {
    Bench bench;
    bench.open();
    for (const int start : {1, 2}) {
        for (int i = 0; i < 60; ++i) {
            const auto before = bench.disk.counters.flushes();
            ASSERT_TRUE(bench.accept(16 * 1024));
            ASSERT_EQ(bench.disk.counters.flushes() - before, 1)
                << "submission " << i << " after start " << start;
            ASSERT_TRUE(bench.box->checkpoint_when_due());
        }
        bench.box.reset();
        bench.open();
    }
}

TEST(storage, the_log_stays_near_one_megabyte_when_its_owner_looks_after_it) {
    Bench bench;
    bench.open();
    for (int i = 0; i < 200; ++i) {
        ASSERT_TRUE(bench.accept(16 * 1024));
        ASSERT_TRUE(bench.box->checkpoint_when_due());
        ASSERT_LE(bench.log_bytes(), 1200 * 1024);
    }
}

TEST(storage, the_log_is_bounded_even_when_nobody_looks_after_it) {
    Bench bench;
    bench.open();
    for (int i = 0; i < 400; ++i) {
        ASSERT_TRUE(bench.accept(64 * 1024));
        ASSERT_LE(bench.log_bytes(), 11 * 1024 * 1024);
    }
}

std::int64_t generation_of(RecordingDisk& disk) {
    return offline::outbox::read_epoch_mark(disk, outbox_folder + "/outbox.epoch")
        .value()
        ->generation;
}

// Answered after the second try on the same connection, which is safe; what comes after it waits
// until everything stands in a file that no failed flush has touched.
TEST(fault_matrix, row_08_a_flush_that_fails_once_is_tried_again_and_then_all_is_copied) {
    Bench bench;
    bench.open();
    bench.disk.fail_flush(1, RecordingDisk::Times::once);
    const auto slip = bench.accept();
    EXPECT_EQ(slip.value().seq, 1);
    EXPECT_TRUE(bench.box->is_suspect());
    EXPECT_TRUE(bench.disk.exists(outbox_folder + "/outbox.suspect"));
    EXPECT_FALSE(bench.box->has_room().value());
    EXPECT_FALSE(bench.box->reserve(domain::SubId{{9}}, 1000));
    ASSERT_TRUE(bench.box->checkpoint_when_due());
    EXPECT_FALSE(bench.box->is_suspect());
    EXPECT_FALSE(bench.disk.exists(outbox_folder + "/outbox.suspect"));
    EXPECT_EQ(generation_of(bench.disk), 1);
    EXPECT_FALSE(bench.disk.exists(database_path)) << "the old one";
    EXPECT_TRUE(bench.box->has_room().value());
    EXPECT_EQ(bench.box->look_up(slip->qr_text)->delivery, domain::Delivery::kept);
    EXPECT_EQ(bench.accept().value().seq, 2);
    const auto before = bench.disk.counters.flushes();
    EXPECT_TRUE(bench.accept());
    EXPECT_EQ(bench.disk.counters.flushes() - before, 1) << "the new file has its log";
}

TEST(fault_matrix, row_09_when_flushes_keep_failing_nothing_is_taken_and_the_kept_is_given_out) {
    Bench bench;
    bench.open();
    ASSERT_TRUE(bench.accept());
    bench.disk.fail_flush(1, RecordingDisk::Times::for_ever);
    const auto refused = bench.accept();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, FaultCode::StoreWriteFailed);
    EXPECT_FALSE(bench.box->has_room().value());
    EXPECT_FALSE(bench.box->checkpoint_when_due());
    EXPECT_EQ(bench.box->waiting().value().size(), 1u) << "delivery goes on";
    EXPECT_TRUE(bench.box->parcel(1).value());
    EXPECT_EQ(bench.box->summary().value().next_seq, 2) << "the refused one used no number";
    EXPECT_EQ(generation_of(bench.disk), 0);
    bench.disk.mend();
    EXPECT_FALSE(bench.accept()) << "not a copy with every citizen";
    bench.clock.forward(base::Millis{61'000});
    ASSERT_TRUE(bench.box->checkpoint_when_due());
    EXPECT_EQ(bench.accept().value().seq, 2);
}

// The row of the failed commit may stand in the kernel's memory and be seen after a restart: it is
// no answer until it was copied and flushed.
TEST(fault_matrix, row_10_killed_after_a_failed_flush_the_next_start_copies_before_it_answers) {
    for (const auto times : {RecordingDisk::Times::once, RecordingDisk::Times::for_ever}) {
        Bench bench;
        bench.open();
        ASSERT_TRUE(bench.accept());
        bench.disk.fail_flush(1, times);
        const auto given = an_acceptance(bench.random, 1024);
        ASSERT_EQ(bench.box->accept(given).has_value(), times == RecordingDisk::Times::once);
        // Killed: nothing is closed in order; names and bytes are as programs see them.
        Bench next(bench.disk.now());
        next.open();
        EXPECT_FALSE(next.box->is_suspect());
        EXPECT_EQ(generation_of(next.disk), 1) << "everything stands in a new file";
        EXPECT_EQ(next.box->accept(given).value().seq, 2);
        EXPECT_EQ(next.box->opened().began, offline::outbox::Began::whole);
    }
}

TEST(fault_matrix, row_15_a_medium_that_became_read_only_gives_out_what_it_has) {
    Bench bench;
    bench.open();
    Item item{an_acceptance(bench.random, 4096), {}, {}, {}, {}};
    item.acceptance.attachments.push_back({1});
    item.attachments.push_back(noise(bench.random, 6000));
    ASSERT_TRUE(hand_in(*bench.box, item));
    bench.disk.become_read_only();
    EXPECT_FALSE(bench.accept());
    EXPECT_FALSE(bench.box->begin_attachment({}, {2}, "photo")->append(base::Bytes(9000, 1)));
    EXPECT_FALSE(bench.box->has_room().value());
    EXPECT_EQ(bench.box->waiting()->size(), 1u);
    EXPECT_EQ(bench.box->parcel(1).value()->envelope, item.acceptance.envelope);
    EXPECT_EQ(bench.box->read_attachment({1}, 0, 9999).value(), item.attachments[0]);
    bench.disk.mend();
    bench.clock.forward(base::Millis{61'000});
    ASSERT_TRUE(bench.box->checkpoint_when_due());
    EXPECT_EQ(bench.accept().value().seq, 2);
}

// The pages of a commit that failed stand in the page cache; a program started anew reads them.
TEST(storage, who_was_told_no_stays_refused_when_the_program_is_killed_afterwards) {
    for (std::int64_t nth = 1; nth <= 3; ++nth) {
        Bench bench;
        bench.open();
        ASSERT_TRUE(bench.accept());
        bench.disk.fail_flush(1, RecordingDisk::Times::for_ever);
        for (std::int64_t i = 0; i < nth; ++i) ASSERT_FALSE(bench.accept(16 * 1024));
        Bench next(bench.disk.now());
        next.open();
        EXPECT_EQ(next.box->waiting().value().size(), 1u) << nth;
        EXPECT_EQ(next.box->summary().value().next_seq, 2) << nth;
        EXPECT_EQ(next.accept().value().seq, 2) << nth;
    }
}

// SQLite flushes the folder of a new log, but does not ask whether that worked.
TEST(storage, StoreWriteFailed_a_log_whose_name_is_not_durable_takes_nothing) {
    Bench first;
    first.open();
    first.box.reset();
    const Image image = first.disk.now();
    Bench bench(image);
    bench.open();
    const auto flushes_of_a_start = bench.disk.counters.flushes();
    for (std::int64_t nth = 1; nth <= flushes_of_a_start; ++nth) {
        Bench again(image);
        again.disk.fail_flush(nth, RecordingDisk::Times::for_ever);
        auto opened = open_outbox(again.disk, again.clock);
        if (!opened) {
            EXPECT_EQ(opened.error().code, FaultCode::StoreWriteFailed) << nth;
            continue;
        }
        EXPECT_FALSE(opened->has_room().value()) << nth;
        const auto given = an_acceptance(again.random, 1024);
        EXPECT_EQ(opened->accept(given).error().code, FaultCode::StoreWriteFailed) << nth;
        again.disk.mend();
        EXPECT_TRUE(opened->checkpoint_when_due()) << nth;
        EXPECT_TRUE(opened->has_room().value()) << nth;
        EXPECT_TRUE(opened->accept(given)) << nth;
    }
}

TEST(fault_matrix, row_11_a_full_disk_at_any_write_keeps_nothing_half_and_uses_no_number) {
    Bench first;
    first.open();
    ASSERT_TRUE(first.accept());
    first.box.reset();
    const Image image = first.disk.now();
    int refused = 0, kept = 0;
    for (std::int64_t room = 0; room < 128 * 1024; room += 512) {
        Bench bench(image);
        bench.disk.leave_room(room);
        bench.open();
        const auto given = an_acceptance(bench.random, 16 * 1024);
        const auto slip = bench.box->accept(given);
        kept += slip ? 1 : 0;
        if (!slip) {
            ++refused;
            ASSERT_EQ(slip.error().code, FaultCode::DiskFull) << room;
            ASSERT_EQ(bench.box->waiting().value().size(), 1u) << room;
        }
        bench.box.reset();
        bench.disk.mend();
        bench.open();
        ASSERT_EQ(bench.box->waiting().value().size(), slip ? 2u : 1u) << room;
        ASSERT_EQ(bench.box->accept(given).value().seq, 2) << room;
    }
    EXPECT_GT(refused, 10);
    EXPECT_GT(kept, 10);
}

// The same with attachments: while they are written, when they get their names, at the commit.
TEST(fault_matrix, row_11_a_full_disk_with_attachments_and_row_14_no_inodes) {
    Bench first;
    first.open();
    ASSERT_TRUE(first.accept());
    first.box.reset();
    const Image image = first.disk.now();
    int refused = 0, kept = 0;
    for (std::int64_t room = 0; room <= 128 * 1024; room += 2048) {
        Bench bench(image);
        if (room == 128 * 1024)
            bench.disk.leave_names(1);
        else
            bench.disk.leave_room(room);
        bench.open();
        Item item{an_acceptance(bench.random, 4096), {}, {}, {}, {}};
        for (std::uint8_t n = 1; n <= 2; ++n) {
            item.acceptance.attachments.push_back({n});
            item.attachments.push_back(noise(bench.random, 6000));
        }
        const auto slip = hand_in(*bench.box, item);
        kept += slip ? 1 : 0;
        if (!slip) {
            ++refused;
            ASSERT_EQ(slip.error().code, FaultCode::DiskFull) << room;
            bench.box->abandon(item.acceptance.sub_id);
            ASSERT_EQ(bench.disk.list(outbox_folder + "/attachments")->size(), 0u) << room;
        }
        bench.box.reset();
        bench.disk.mend();
        bench.open();
        ASSERT_EQ(bench.box->waiting().value().size(), slip ? 2u : 1u) << room;
        ASSERT_EQ(hand_in(*bench.box, item).value().seq, 2) << room;
        ASSERT_EQ(bench.box->read_attachment({2}, 0, 9999).value(), item.attachments[1]);
    }
    EXPECT_GT(refused, 10);
    EXPECT_GT(kept, 10);
}

TEST(fault_matrix, row_12_receipts_and_purges_work_when_others_filled_the_disk) {
    Bench bench;
    OutboxWorkload work(bench.disk, 12);
    ASSERT_TRUE(work.open(256 * 1024));
    std::size_t kept = 0;
    for (; kept < 4; ++kept) ASSERT_TRUE(work.accept(16 * 1024, {9000}));
    ASSERT_TRUE(work.outbox().checkpoint_when_due(1));
    bench.disk.leave_room(0);
    while (work.accept(16 * 1024)) ++kept;  // what the log still held
    ASSERT_LT(kept, 10u);
    EXPECT_EQ(work.outbox().reserve(domain::SubId{{9}}, 1000).error().code, FaultCode::DiskFull);
    EXPECT_EQ(work.outbox().disk_use()->level, offline::outbox::DiskLevel::full);
    for (std::size_t i = 0; i < kept; ++i) {
        EXPECT_TRUE(work.take(i, offline::papers::ReceiptKind::r1)) << i;
        EXPECT_TRUE(work.take(i, offline::papers::ReceiptKind::r2)) << i;
    }
    EXPECT_EQ(work.outbox().summary()->waiting, 0);
    EXPECT_FALSE(bench.disk.exists(outbox_folder + "/outbox.ballast")) << "it was given up";
    ASSERT_TRUE(work.outbox().checkpoint_when_due(1));
    EXPECT_TRUE(work.accept(1024)) << "the purged made room";
    bench.disk.mend();
    ASSERT_TRUE(work.outbox().checkpoint_when_due());
    EXPECT_TRUE(bench.disk.exists(outbox_folder + "/outbox.ballast")) << "and made again";
}

TEST(fault_matrix, row_13_what_was_reserved_fits_whatever_others_hand_in) {
    Bench bench;
    offline::outbox::OutboxOptions options{outbox_folder, 1 << 20, &bench.disk};
    auto box = Outbox::open(options, the_terminal(), bench.clock).value();
    const Item mine{an_acceptance(bench.random, 64 * 1024), {}, {}, {}, {}};
    ASSERT_TRUE(box.reserve(mine.acceptance.sub_id, 400'000));
    int others = 0;
    while (box.accept(an_acceptance(bench.random, 30'000))) ++others;
    EXPECT_GT(others, 5);
    EXPECT_FALSE(box.has_room().value());
    EXPECT_EQ(box.reserve(domain::SubId{{9}}, 200'000).error().code, FaultCode::DiskFull);
    Item item = mine;
    item.acceptance.attachments.push_back({1});
    item.attachments.push_back(noise(bench.random, 300'000));
    EXPECT_TRUE(hand_in(box, item)) << "its room was kept";
}

// How files stand beside rows: written, flushed, renamed, the folder flushed, and only then
// the row. With the folder's flush left out the harness has to find a row without its file.
int rows_without_files(bool folder_flushed) {
    RecordingDisk disk;
    seed_sqlite(1);
    {
        auto database = Database::open("/f/rows.sqlite", Access::owner_only, disk).value();
        EXPECT_TRUE(database.execute("CREATE TABLE row(n INTEGER PRIMARY KEY)"));
        EXPECT_TRUE(disk.sync_folder("/f"));
        for (std::int64_t n = 1; n <= 20; ++n) {
            const std::string path = "/f/" + std::to_string(n);
            auto file = disk.create(path + ".part").value();
            EXPECT_TRUE(file->write(base::Bytes(3000, static_cast<std::uint8_t>(n))));
            EXPECT_TRUE(file->sync());
            EXPECT_TRUE(disk.rename(path + ".part", path));
            if (folder_flushed) {
                EXPECT_TRUE(disk.sync_folder("/f"));
            }
            EXPECT_TRUE(database.prepare("INSERT INTO row VALUES (?)").bind(n).run());
            disk.mark(n);
        }
    }
    int found = 0;
    CrashStates states(disk);
    Random random(1);
    for (std::size_t at = 0; at <= disk.log().size(); ++at) {
        states.advance_to(at);
        RecordingDisk left(states.cut(random));
        auto database = Database::open("/f/rows.sqlite", Access::owner_only, left).value();
        const std::int64_t rows = database.integer("SELECT count(*) FROM row").value_or(0);
        EXPECT_GE(rows, states.mark());
        for (std::int64_t n = 1; n <= rows; ++n) {
            const auto bytes = left.read("/f/" + std::to_string(n), 0, 5000);
            found += bytes && *bytes == base::Bytes(3000, static_cast<std::uint8_t>(n)) ? 0 : 1;
        }
    }
    return found;
}

TEST(power_cut, a_file_that_came_before_its_row_is_there_with_it) {
    EXPECT_EQ(rows_without_files(true), 0);
}

TEST(power_cut, a_folder_that_was_not_flushed_before_the_row_is_found_out) {
    EXPECT_GT(rows_without_files(false), 0);
}

}  // namespace
}  // namespace power_loss
