// Many at once over one case store, and stores of an earlier version.
#include "offline/intake/uploads.hpp"
#include "offline/store/database.hpp"
#include "tests/unit/offline/intake/case_store_fixture.hpp"

namespace {

using namespace offline_test;
using intake::CaseState;

class case_store_races : public case_store {};
INSTANTIATE_TEST_SUITE_P(both, case_store_races, testing::Values("sqlite", "postgres"),
                         [](const auto& one) { return one.param; });

TEST_P(case_store_races, many_threads_racing_for_the_same_ids_make_one_case_and_one_effect_each) {
    constexpr int threads = 16, ids = 25;
    std::vector<intake::NewCase> fresh;
    for (int i = 0; i < ids; ++i) fresh.push_back(new_case(i + 1, std::to_string(i)));
    std::mutex mutex;
    std::map<domain::SubId, std::set<base::Bytes>> answers, completions;
    std::atomic<int> effects = 0, faults = 0;
    {
        std::vector<std::jthread> all;
        for (int t = 0; t < threads; ++t)
            all.emplace_back([&, t] {
                for (int i = 0; i < ids; ++i) {
                    const auto& mine = fresh[static_cast<std::size_t>((i + t * 7) % ids)];
                    const auto taken = store->take(mine, say_the_place);
                    const auto done =
                        store->complete(terminal_id, mine.content.sub_id, start, say_the_place);
                    const auto applied = store->apply_next(agree, start);
                    if (!taken || !done || !applied) {
                        ++faults;
                        continue;
                    }
                    if (*applied) ++effects;
                    std::lock_guard lock(mutex);
                    answers[mine.content.sub_id].insert(taken->receipt);
                    completions[mine.content.sub_id].insert(*done);
                }
            });
    }
    while (store->apply_next(agree, start).value()) ++effects;
    EXPECT_EQ(faults, 0);
    EXPECT_EQ(effects, ids);
    EXPECT_EQ(store->count().value(), ids);
    EXPECT_EQ(store->counts()->effects, ids);
    std::set<std::string> numbers, previous;
    std::set<std::int64_t> serials;
    const auto all_cases = store->all().value();
    for (const auto& stored : all_cases) {
        numbers.insert(stored.case_number);
        serials.insert(stored.serial);
        for (const auto& answer : answers[stored.sub_id])
            EXPECT_TRUE(answer == stored.receipt1 || answer == stored.receipt2);
        EXPECT_EQ(completions[stored.sub_id], std::set<base::Bytes>{stored.receipt2});
        for (const auto& paper : {stored.receipt1, stored.receipt2}) {
            const std::string text(base::as_text(paper));
            previous.insert(text.substr(text.rfind('|') + 1));
        }
    }
    EXPECT_EQ(numbers.size(), ids);
    EXPECT_EQ(*numbers.rbegin(), prefix + "0025") << "no number is left out";
    EXPECT_EQ(serials.size(), ids);
    EXPECT_EQ(previous.size(), 2u * ids) << "the chain has no fork";
}

// The rows as they are, with something that happens right after somebody looked.
class RowsWithAnInterruption final : public intake::UploadRows {
  public:
    RowsWithAnInterruption(intake::UploadRows& rows, std::function<void()> happens)
        : rows_(rows), happens_(std::move(happens)) {}
    base::Status add(const intake::UploadRow& row) override { return rows_.add(row); }
    base::Result<std::optional<intake::UploadRow>> find(const sealing::AttachmentId& id) override {
        auto found = rows_.find(id);
        if (happens_) std::exchange(happens_, nullptr)();
        return found;
    }
    base::Result<std::vector<intake::UploadRow>> of(const std::string& terminal,
                                                    const domain::SubId& id) override {
        return rows_.of(terminal, id);
    }
    base::Result<std::int64_t> begin_writing(const sealing::AttachmentId& id) override {
        return rows_.begin_writing(id);
    }
    base::Result<bool> move(const intake::UploadRow& row, std::int64_t from) override {
        return rows_.move(row, from);
    }

  private:
    intake::UploadRows& rows_;
    std::function<void()> happens_;
};

TEST_P(case_store_races, a_writer_that_was_held_up_changes_nothing_of_what_another_node_completed) {
    using Outcome = intake::Uploads::Outcome;
    const base::Bytes whole = base::to_bytes("nine byte");
    auto fresh = new_case(1);
    auto& line = fresh.attachments.front();
    line.digest = sealing::digest(suite, whole);
    store->take(fresh, say_the_place).value();
    intake::Uploads here(folder / "shared"), there(folder / "shared");
    auto& rows = store->uploads();
    const auto older = rows.begin_writing(line.id).value();
    RowsWithAnInterruption interrupted(rows, [&] {
        const auto newer = rows.begin_writing(line.id).value();
        EXPECT_EQ(there.write(rows, line.id, newer, 0, base::ByteView(whole).first(5))->outcome,
                  Outcome::moved);
        EXPECT_EQ(there.write(rows, line.id, newer, 5, base::ByteView(whole).subspan(5))->outcome,
                  Outcome::complete);
    });
    EXPECT_EQ(here.write(interrupted, line.id, older, 0, base::ByteView(whole).first(5))->outcome,
              Outcome::complete);
    EXPECT_EQ(base::read_file(here.path_of(line.id)).value(), whole);
}

TEST(sqlite_case_store, a_folder_of_the_first_version_is_carried_over) {
    Folder folder;
    fs::create_directories(folder / "intake");
    World world;
    papers::Manifest manifest;
    manifest.realm = world.realm;
    manifest.terminal = terminal_id;
    manifest.epoch = first_epoch;
    manifest.seq = 9;
    manifest.sub_id = domain::SubId::draw();
    manifest.local_number = papers::local_number(terminal_id, 9);
    manifest.item_code = item;
    manifest.item_version = 1;
    manifest.captured_at = manifest.kept_at = start;
    manifest.kid = "k";
    manifest.envelope_bytes = 3;
    {
        auto old =
            store::Database::open(folder / "intake/intake.sqlite", store::Access::shared).value();
        ASSERT_TRUE(old.execute(R"sql(
CREATE TABLE case_file(serial INTEGER PRIMARY KEY, terminal TEXT NOT NULL, sub_id BLOB NOT NULL,
 manifest_digest BLOB NOT NULL, manifest BLOB NOT NULL, signature BLOB NOT NULL,
 certificate BLOB NOT NULL, envelope BLOB NOT NULL, local_number TEXT NOT NULL,
 case_number TEXT NOT NULL UNIQUE, item_code TEXT NOT NULL, item_name TEXT NOT NULL,
 person BLOB NOT NULL, received_at INTEGER NOT NULL, receipt1 BLOB NOT NULL, receipt2 BLOB,
 completed_at INTEGER NOT NULL DEFAULT 0, UNIQUE (terminal, sub_id)) STRICT;
CREATE INDEX case_by_person ON case_file(person, serial);
CREATE TABLE refused(n INTEGER PRIMARY KEY, terminal TEXT NOT NULL, sub_id BLOB NOT NULL,
 manifest_digest BLOB NOT NULL, reason TEXT NOT NULL, manifest BLOB NOT NULL,
 envelope BLOB NOT NULL, receipt BLOB NOT NULL, received_at INTEGER NOT NULL,
 UNIQUE (terminal, sub_id, manifest_digest)) STRICT;
CREATE TABLE terminal(terminal TEXT PRIMARY KEY, last_receipt BLOB NOT NULL) STRICT;
INSERT INTO terminal VALUES ('000101001001001', zeroblob(32));
INSERT INTO refused VALUES (1, '000101001001001', zeroblob(16), zeroblob(32), 'CentreRefused',
 x'7b7d', x'00', x'01', 5);
PRAGMA user_version = 1;)sql"));
        auto row = old.prepare(
            "INSERT INTO case_file VALUES (1, ?, ?, zeroblob(32), ?, x'', x'', x'00', 'L', ?, ?,"
            " 'n', zeroblob(32), 5, x'01', x'02', 6)");
        ASSERT_TRUE(row.bind(terminal_id)
                        .bind(base::ByteView(manifest.sub_id.bytes))
                        .bind(base::ByteView(manifest.encode()))
                        .bind(prefix + "0001")
                        .bind(item)
                        .run());
    }
    const auto store = intake::IntakeStore::open(folder / "intake").value();
    const auto stored = store->all().value().at(0);
    EXPECT_EQ(stored.epoch, first_epoch);
    EXPECT_EQ(stored.seq, 9);
    EXPECT_EQ(stored.state, CaseState::received);
    EXPECT_EQ(store->quarantine()->size(), 1u);
    EXPECT_EQ(store->apply_next(agree, start).value()->state, CaseState::applied);
    EXPECT_EQ(store->take(new_case(10), say_the_place)->case_number, prefix + "0002");
}

}  // namespace
