// The power goes at any write, flush, truncation or rename of the outbox at work: what was answered
// is there, whole, once; what was not is absent or whole; nothing has to be repaired. The tests
// that are named after rows of the fault matrix (offline-sync.md 4.2) aim at one of them.
#include "offline/outbox/schema.hpp"
#include "tests/power_loss/cuts/power_cuts.hpp"

#include <gtest/gtest.h>

namespace power_loss {
namespace {

std::string all_of(const Findings& findings) {
    std::string text = findings.line();
    for (const auto& line : findings.first) text += "\n" + line;
    return text;
}

std::int64_t writes_to(const RecordingDisk& disk, const std::string& path, std::size_t from) {
    const int number = disk.find(path)->number;
    std::int64_t count = 0;
    for (std::size_t at = from; at < disk.log().size(); ++at)
        count += disk.log()[at].did == Did::write && disk.log()[at].file == number ? 1 : 0;
    return count;
}

TEST(power_cut, what_was_answered_outlives_every_cut) {
    const Plan plan = plan_of_this_run();
    const Findings findings = cut_the_power(plan);
    report().push_back(findings.line());
    EXPECT_EQ(findings.states, plan.cuts);
    EXPECT_EQ(findings.all(), 0) << all_of(findings);
}

TEST(fault_matrix, row_01_power_cut_at_any_write_or_sync_of_accept) {
    RecordingDisk disk;
    OutboxWorkload work(disk, 1);
    ASSERT_TRUE(work.open());
    ASSERT_TRUE(work.accept(1024));
    const std::size_t from = disk.log().size();
    ASSERT_TRUE(work.accept(16 * 1024));
    ASSERT_GE(writes_to(disk, database_path + "-wal", from), 5);
    const Findings findings =
        cut_everywhere(disk, work.history(), from, 12, {.signatures = true, .goes_on = true});
    report().push_back("row 1: " + findings.line());
    EXPECT_EQ(findings.all(), 0) << all_of(findings);
}

TEST(fault_matrix, row_02_power_cut_between_the_names_of_files_and_the_rows) {
    RecordingDisk disk;
    OutboxWorkload work(disk, 12);
    ASSERT_TRUE(work.open());
    ASSERT_TRUE(work.accept(1024));
    const std::size_t from = disk.log().size();
    ASSERT_TRUE(work.accept(1024, {8000, 500, 4000}));
    std::int64_t renames = 0;
    for (std::size_t at = from; at < disk.log().size(); ++at)
        renames += disk.log()[at].did == Did::rename ? 1 : 0;
    ASSERT_EQ(renames, 2);
    const Findings findings = cut_everywhere(disk, work.history(), from, 12, {.goes_on = true});
    report().push_back("row 2: " + findings.line());
    EXPECT_EQ(findings.all(), 0) << all_of(findings);
}

TEST(fault_matrix, row_03_power_cut_between_the_purge_and_its_files) {
    RecordingDisk disk;
    OutboxWorkload work(disk, 13);
    ASSERT_TRUE(work.open());
    for (int i = 0; i < 2; ++i) ASSERT_TRUE(work.accept(1024, {8000, 500, 4000}));
    ASSERT_TRUE(work.take(0, offline::papers::ReceiptKind::r1));
    const std::size_t from = disk.log().size();
    ASSERT_TRUE(work.take(0, offline::papers::ReceiptKind::r2));
    std::int64_t unlinks = 0;
    for (std::size_t at = from; at < disk.log().size(); ++at)
        unlinks += disk.log()[at].did == Did::unlink ? 1 : 0;
    ASSERT_EQ(unlinks, 2);
    const Findings findings = cut_everywhere(disk, work.history(), from, 12, {.goes_on = true});
    report().push_back("row 3: " + findings.line());
    EXPECT_EQ(findings.all(), 0) << all_of(findings);
}

TEST(fault_matrix, row_04_power_cut_during_a_checkpoint_and_the_next_log) {
    RecordingDisk disk;
    OutboxWorkload work(disk, 2);
    ASSERT_TRUE(work.open());
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(work.accept(16 * 1024));
    const std::size_t from = disk.log().size();
    ASSERT_TRUE(work.outbox().checkpoint_when_due(1));
    ASSERT_GE(writes_to(disk, database_path, from), 12) << "pages went from the log into the file";
    ASSERT_TRUE(work.accept(1024));
    const Findings findings = cut_everywhere(disk, work.history(), from, 12, {.goes_on = true});
    report().push_back("row 4: " + findings.line());
    EXPECT_EQ(findings.all(), 0) << all_of(findings);
}

TEST(fault_matrix, row_05_power_cut_on_first_boot) {
    RecordingDisk disk;
    OutboxWorkload work(disk, 3);
    ASSERT_TRUE(work.open());
    ASSERT_TRUE(work.accept(1024));
    const Findings findings = cut_everywhere(disk, work.history(), 0, 6, {.goes_on = true});
    report().push_back("row 5: " + findings.line());
    EXPECT_GT(findings.tears.names, 0) << "names that were not durable yet";
    EXPECT_EQ(findings.all(), 0) << all_of(findings);
}

TEST(fault_matrix, row_06_torn_sectors_and_writes_in_another_order) {
    Plan plan;
    plan.cuts = 512;
    plan.seed = 6 * 256;
    const Findings findings = cut_the_power(plan);
    report().push_back("row 6: " + std::to_string(findings.tears.torn) + " writes torn, " +
                       std::to_string(findings.tears.dropped) + " lost, " +
                       std::to_string(findings.tears.reordered) + " before an earlier one");
    EXPECT_GT(findings.tears.torn, 100);
    EXPECT_GT(findings.tears.dropped, 100);
    EXPECT_GT(findings.tears.reordered, 100);
    EXPECT_EQ(findings.all(), 0) << all_of(findings);
}

// A detector that cannot detect is worthless: here it has to find losses.
TEST(fault_matrix, row_07_flushes_that_lie_are_found_out) {
    for (const int permille : {10, 100}) {
        Plan plan;
        plan.cuts = 1024;
        plan.seed = 7 * 256;
        plan.stride = 4;
        plan.lying_permille = permille;
        const Findings findings = cut_the_power(plan);
        report().push_back("row 7, " + std::to_string(permille) +
                           " of 1000 flushes lie: " + findings.line());
        EXPECT_GT(findings.count(Breach::lost), 0) << all_of(findings);
        // What is wrong with the file itself is said, and by its name.
        EXPECT_EQ(findings.count(Breach::unopenable), 0) << all_of(findings);
    }
}

Plan with_a_flush_that_fails(bool padded_log) {
    Plan plan;
    plan.cuts = 1536;
    plan.seed = 8 * 256;
    plan.stride = 4;
    plan.failing_flush = true;
    plan.padded_log = padded_log;
    return plan;
}

TEST(power_cut, after_a_flush_that_failed_nothing_that_was_answered_is_lost) {
    const Findings findings = cut_the_power(with_a_flush_that_fails(false));
    report().push_back("one flush of each workload fails: " + findings.line());
    EXPECT_EQ(findings.all() - findings.count(Breach::corrupt), 0) << all_of(findings);
}

// Why SQLite has to be told POWERSAFE_OVERWRITE, as it tells itself on Linux: when it pads its log,
// the end of a commit's last page is left for the next flush. If that one fails, the page is never
// whole, and the log ends there for whoever reads it after the cut.
TEST(power_cut, a_padded_log_after_a_flush_that_failed_is_found_out) {
    const Findings findings = cut_the_power(with_a_flush_that_fails(true));
    report().push_back("the same with a padded log: " + findings.line());
    EXPECT_GT(findings.count(Breach::lost), 0) << all_of(findings);
}

// An outbox as version 1 of the tables has it: envelopes within the rows, the file of the epoch
// without a ceiling.
Image version_1_of(const Image& image) {
    using namespace offline;
    RecordingDisk disk(image);
    sealing::Epoch epoch{};
    {
        auto database =
            store::Database::open(database_path, store::Access::owner_only, disk).value();
        EXPECT_TRUE(database.execute(
            "ALTER TABLE terminal RENAME TO t2; ALTER TABLE submission RENAME TO s2;"
            "ALTER TABLE tombstone RENAME TO b2;"));
        EXPECT_TRUE(database.execute(outbox::schema_1));
        EXPECT_TRUE(database.execute(
            "INSERT INTO terminal SELECT 1, terminal, epoch, next_seq, chain_head FROM t2;"
            "INSERT INTO submission SELECT seq, sub_id, local_number, token_hash, kept_at,"
            " clock_trust, manifest, signature, manifest_digest, envelope_digest, body.bytes,"
            " chain_after, state, attempts, last_fault, since, receipt1, receipt2, refusal,"
            " case_number, receipt_shown FROM s2 JOIN body ON place = seq * 64;"
            "INSERT INTO tombstone SELECT * FROM b2;"
            "DROP TABLE t2; DROP TABLE s2; DROP TABLE b2; DROP TABLE body;"
            "DROP TABLE attachment; PRAGMA user_version = 1"));
        auto row = database.prepare("SELECT epoch FROM terminal");
        EXPECT_TRUE(row.row().value());
        const auto bytes = row.bytes(0);
        std::copy(bytes.begin(), bytes.end(), epoch.begin());
    }
    EXPECT_TRUE(store::replace_file(disk, outbox_folder + "/outbox.epoch",
                                    base::to_bytes(base::to_hex(epoch))));
    return disk.now();
}

// After a flush that failed: the copy into a new file, and the moment from which it counts.
TEST(fault_matrix, row_08_power_cut_while_everything_is_copied_into_a_new_file) {
    RecordingDisk disk;
    OutboxWorkload work(disk, 8);
    ASSERT_TRUE(work.open());
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(work.accept(4096, {5000}));
    ASSERT_TRUE(work.take(0, offline::papers::ReceiptKind::r2));
    disk.fail_flush(1, RecordingDisk::Times::once);
    ASSERT_TRUE(work.accept(1024));
    ASSERT_TRUE(work.outbox().is_suspect());
    const std::size_t from = disk.log().size();
    ASSERT_TRUE(work.outbox().checkpoint_when_due());
    ASSERT_FALSE(work.outbox().is_suspect());
    ASSERT_TRUE(work.accept(1024));
    const Findings findings = cut_everywhere(disk, work.history(), from, 6, {.goes_on = true});
    report().push_back("row 8: " + findings.line());
    EXPECT_EQ(findings.all(), 0) << all_of(findings);
}

// A salvage that is cut off is done again, or was done: nothing that verifies is lost either way.
TEST(fault_matrix, row_18_power_cut_during_a_salvage) {
    RecordingDisk disk;
    OutboxWorkload work(disk, 18);
    ASSERT_TRUE(work.open());
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(work.accept(1024, {5000, 500}));
    work.close();
    {
        auto database =
            offline::store::Database::open(database_path, offline::store::Access::owner_only, disk)
                .value();
        ASSERT_TRUE(database.execute("DROP INDEX submission_to_send"));
    }
    RecordingDisk broken(disk.now());
    broken.mark(History::answered(work.history().steps.size() - 1));
    const base::ManualClock clock(the_start());
    ASSERT_EQ(open_outbox(broken, clock)->opened().carried, 4);
    const Findings findings =
        cut_everywhere(broken, work.history(), 1, 4, {.signatures = true, .goes_on = true});
    report().push_back("row 18: " + findings.line());
    EXPECT_EQ(findings.all() - findings.count(Breach::corrupt), 0) << all_of(findings);
    EXPECT_GT(findings.count(Breach::corrupt), 0) << "salvaged again";
    EXPECT_LT(findings.count(Breach::corrupt), findings.states) << "or done";
}

TEST(fault_matrix, row_26_power_cut_at_any_write_of_a_migration) {
    RecordingDisk disk;
    OutboxWorkload work(disk, 26);
    ASSERT_TRUE(work.open());
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(work.accept(8 * 1024));
    ASSERT_TRUE(work.take(0, offline::papers::ReceiptKind::r2));
    ASSERT_TRUE(work.take(1, offline::papers::ReceiptKind::r1));
    ASSERT_TRUE(work.take(2, offline::papers::ReceiptKind::refused));
    work.close();
    RecordingDisk old(version_1_of(disk.now()));
    old.mark(History::answered(work.history().steps.size() - 1));
    const base::ManualClock clock(the_start());
    ASSERT_TRUE(open_outbox(old, clock));
    const Findings findings =
        cut_everywhere(old, work.history(), 1, 4, {.signatures = true, .goes_on = true});
    report().push_back("row 26: " + findings.line());
    EXPECT_EQ(findings.all(), 0) << all_of(findings);
}

TEST(fault_matrix, row_27_a_newer_schema_is_refused_and_kept) {
    RecordingDisk disk;
    OutboxWorkload work(disk, 27);
    ASSERT_TRUE(work.open());
    ASSERT_TRUE(work.accept(1024, {5000}));
    work.close();
    {
        auto database =
            offline::store::Database::open(database_path, offline::store::Access::owner_only, disk)
                .value();
        ASSERT_TRUE(database.execute("PRAGMA user_version = 3"));
    }
    const Image before = disk.now();
    const base::ManualClock clock(the_start());
    EXPECT_EQ(open_outbox(disk, clock).error().code, base::FaultCode::PostRefused);
    EXPECT_EQ(disk.now(), before) << "not renamed, not written";
}

// The questions themselves: whatever is done to the tables of a whole outbox, they notice.
TEST(power_cut, each_kind_of_breach_is_noticed) {
    RecordingDisk disk;
    OutboxWorkload work(disk, 10);
    ASSERT_TRUE(work.open());
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(work.accept(1024));
    ASSERT_TRUE(work.accept(1024, {1000, 5000}));
    ASSERT_TRUE(work.take(0, offline::papers::ReceiptKind::r1));
    ASSERT_TRUE(work.take(0, offline::papers::ReceiptKind::r2));
    ASSERT_TRUE(work.take(1, offline::papers::ReceiptKind::r1));
    work.close();
    const std::int64_t mark = History::answered(work.history().steps.size() - 1);
    const auto breach_after = [&](const std::string& statement) {
        RecordingDisk changed(disk.now());
        {
            auto database = offline::store::Database::open(
                                database_path, offline::store::Access::owner_only, changed)
                                .value();
            EXPECT_TRUE(statement.empty() || database.execute(statement)) << statement;
        }
        Random random(1);
        return check_outbox(changed.now(), work.history(), mark,
                            {.signatures = true, .goes_on = true}, random)
            .breach;
    };
    EXPECT_EQ(breach_after(""), Breach::none);
    for (const auto& [statement, breach] : {
             std::pair{"DELETE FROM submission WHERE seq = 3", Breach::lost},
             {"DELETE FROM tombstone", Breach::lost},
             {"UPDATE submission SET state = 'QUEUED' WHERE seq = 2", Breach::lost},
             {"UPDATE tombstone SET case_number = 'ANOTHER'", Breach::lost},
             {"UPDATE terminal SET next_seq = 99", Breach::corrupt},
             {"UPDATE tombstone SET receipt2 = zeroblob(9)", Breach::no_body},
             {"UPDATE submission SET sub_id = zeroblob(16) WHERE seq = 3", Breach::ghost},
             {"UPDATE body SET bytes = zeroblob(99) WHERE place = 3 * 64", Breach::ghost},
             {"UPDATE submission SET signature = zeroblob(64) WHERE seq = 3", Breach::ghost},
             {"UPDATE terminal SET chain_head = zeroblob(32)", Breach::corrupt},
             {"UPDATE tombstone SET manifest_digest = zeroblob(32)", Breach::corrupt},
             {"UPDATE body SET bytes = zeroblob(1000) WHERE place = 4 * 64 + 1", Breach::no_body},
             {"DELETE FROM attachment WHERE place = 4 * 64 + 1", Breach::no_body},
             {"UPDATE attachment SET file = 'another' WHERE file <> ''", Breach::no_body},
             {"UPDATE terminal SET base_chain = zeroblob(32)", Breach::corrupt},
             {"DROP INDEX submission_to_send", Breach::corrupt},
             {"DROP TABLE tombstone", Breach::lost},
         })
        EXPECT_EQ(breach_after(statement), breach)
            << statement << " → " << name(breach_after(statement));
}

TEST(power_cut, the_same_seed_leaves_the_same_disk) {
    const auto state_of = [] {
        RecordingDisk disk({}, 9);
        OutboxWorkload work(disk, 9);
        EXPECT_TRUE(work.run(20));
        CrashStates states(disk);
        states.advance_to(disk.log().size() / 2);
        Random random(9);
        return states.cut(random);
    };
    EXPECT_EQ(state_of(), state_of());
}

}  // namespace
}  // namespace power_loss
