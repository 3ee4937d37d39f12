// What both databases promise to the intake, in one suite over both.
#include "offline/intake/intake_store.hpp"
#include "offline/sealing/signing.hpp"
#include "tests/unit/offline/intake/private_postgres.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace {

using namespace offline_test;
using intake::CaseState;
using intake::EpochMet;
using intake::Met;

constexpr auto suite = sealing::SuiteId::one;
const std::string prefix = implementation + "20261122";
const sealing::Epoch first_epoch{1}, second_epoch{2};

// In place of the intake's signature: what the store said, as text.
base::Result<intake::Signed> say_the_place(const intake::Place& place) {
    base::Bytes paper = base::to_bytes(std::to_string(place.serial) + "|" + place.case_number +
                                       "|" + base::to_hex(place.previous));
    const auto digest = sealing::digest(suite, paper);
    return intake::Signed{std::move(paper), digest};
}

// With one attachment: it is complete only when the commit comes.
intake::NewCase new_case(std::int64_t seq, const std::string& text = "content",
                         domain::SubId id = domain::SubId::draw(),
                         const std::string& terminal = terminal_id,
                         const sealing::Epoch& epoch = first_epoch) {
    intake::NewCase fresh;
    auto& content = fresh.content;
    content.terminal = terminal;
    content.epoch = epoch;
    content.seq = seq;
    content.sub_id = id;
    content.manifest = base::to_bytes("manifest of " + text);
    content.manifest_digest = sealing::digest(suite, content.manifest);
    content.signature = base::Bytes(64, 1);
    content.certificate = base::Bytes(200, 2);
    content.envelope = base::Bytes{0, 255, 0, '\'', '\\'};
    content.local_number = "234567";
    content.item_code = item;
    content.item_name = "高龄津贴申领";
    content.person = base::Bytes(32, 7);
    content.received_at = start;
    fresh.number_prefix = prefix;
    fresh.attachments.push_back(
        {base::random_bytes<16>(), terminal, id, suite, {}, 9, 0, 0, false});
    return fresh;
}

intake::Refusal refusal_of(const intake::NewCase& fresh, const std::string& reason) {
    const auto& content = fresh.content;
    return {content.terminal,
            content.epoch,
            content.seq,
            content.sub_id,
            content.manifest_digest,
            reason,
            content.manifest,
            content.signature,
            content.certificate,
            content.envelope,
            {},
            start};
}

base::Result<intake::Verdict> agree(const intake::StoredCase&) {
    return intake::Verdict{};
}

class case_store : public testing::TestWithParam<std::string> {
  protected:
    void SetUp() override {
        if (GetParam() == "sqlite") {
            store = intake::IntakeStore::open(folder / "intake").value();
            return;
        }
        if (!PrivatePostgres::is_installed())
            GTEST_SKIP() << "PostgreSQL 15 is not installed: provisioning/setup --tests";
        auto& postgres = PrivatePostgres::instance();
        auto opened = intake::IntakeStore::connect(postgres.url(postgres.new_database()));
        ASSERT_TRUE(opened) << opened.error().safe_detail;
        store = std::move(*opened);
    }
    base::Bytes complete(const intake::NewCase& fresh) {
        return store->complete(fresh.content.terminal, fresh.content.sub_id, start, say_the_place)
            .value();
    }

    Folder folder;
    std::shared_ptr<intake::CaseStore> store;
};

INSTANTIATE_TEST_SUITE_P(both, case_store, testing::Values("sqlite", "postgres"),
                         [](const auto& one) { return one.param; });

TEST_P(case_store, what_is_taken_comes_back_as_it_was) {
    const auto fresh = new_case(4);
    const auto taken = store->take(fresh, say_the_place).value();
    EXPECT_EQ(taken.met, Met::taken);
    EXPECT_EQ(taken.case_number, prefix + "0001");
    complete(fresh);
    const auto found = store->with_sub_id(fresh.content.sub_id).value();
    ASSERT_EQ(found.size(), 1u);
    const auto& stored = found.front();
    EXPECT_EQ(stored.terminal, terminal_id);
    EXPECT_EQ(stored.epoch, first_epoch);
    EXPECT_EQ(stored.seq, 4);
    EXPECT_EQ(stored.manifest, fresh.content.manifest);
    EXPECT_EQ(stored.manifest_digest, fresh.content.manifest_digest);
    EXPECT_EQ(stored.signature, fresh.content.signature);
    EXPECT_EQ(stored.certificate, fresh.content.certificate);
    EXPECT_EQ(stored.envelope, fresh.content.envelope);
    EXPECT_EQ(stored.item_name, "高龄津贴申领");
    EXPECT_EQ(stored.person, fresh.content.person);
    EXPECT_EQ(stored.received_at, start);
    EXPECT_EQ(stored.receipt1, taken.receipt);
    EXPECT_EQ(stored.state, CaseState::received);
    EXPECT_EQ(store->of_person(fresh.content.person).value().size(), 1u);
    EXPECT_EQ(store->all().value().size(), 1u);
    EXPECT_EQ(store->count().value(), 1);
}

TEST_P(case_store, the_same_submission_is_taken_once_and_answered_with_the_same_bytes) {
    const auto fresh = new_case(1);
    const auto first = store->take(fresh, say_the_place).value();
    const auto again = store->take(fresh, say_the_place).value();
    EXPECT_EQ(again.met, Met::again);
    EXPECT_EQ(again.receipt, first.receipt);
    EXPECT_EQ(again.case_number, first.case_number);
    const auto receipt = complete(fresh);
    EXPECT_EQ(complete(fresh), receipt);
    EXPECT_EQ(store->known(terminal_id, fresh.content.sub_id).value()->receipt2, receipt);
    EXPECT_EQ(store->count().value(), 1);
    EXPECT_EQ(store->counts()->waiting_effects, 1);
}

TEST_P(case_store, other_content_under_the_same_id_changes_nothing) {
    const auto fresh = new_case(1);
    const auto first = store->take(fresh, say_the_place).value();
    const auto other = new_case(1, "other", fresh.content.sub_id);
    EXPECT_EQ(store->take(other, say_the_place)->met, Met::other_content);
    const auto refused = store->refuse(refusal_of(other, "other-content"), say_the_place).value();
    EXPECT_EQ(store->refuse(refusal_of(other, "other-content"), say_the_place)->receipt,
              refused.receipt);
    EXPECT_EQ(store->take(fresh, say_the_place)->receipt, first.receipt);
    EXPECT_EQ(store->with_sub_id(fresh.content.sub_id)->at(0).manifest, fresh.content.manifest);
    EXPECT_EQ(store->counts()->refusals, 1);
}

TEST_P(case_store, what_was_refused_is_not_taken_and_what_was_taken_is_not_refused) {
    const auto poor = new_case(1), good = new_case(2);
    const auto refused = store->refuse(refusal_of(poor, "CentreRefused"), say_the_place).value();
    EXPECT_FALSE(refused.taken_before);
    const auto met = store->take(poor, say_the_place).value();
    EXPECT_EQ(met.met, Met::refused_before);
    EXPECT_EQ(met.receipt, refused.receipt);
    const auto taken = store->take(good, say_the_place).value();
    const auto late = store->refuse(refusal_of(good, "CentreRefused"), say_the_place).value();
    EXPECT_TRUE(late.taken_before);
    EXPECT_EQ(late.receipt, taken.receipt);
    EXPECT_EQ(store->count().value(), 1);
}

TEST_P(case_store, receipts_of_one_terminal_form_a_chain_whatever_they_say) {
    const auto one = new_case(1), two = new_case(2), three = new_case(3);
    const auto digest = [](const base::Bytes& paper) {
        return base::to_hex(sealing::digest(suite, paper));
    };
    const auto previous = [](const base::Bytes& paper) {
        const std::string text(base::as_text(paper));
        return text.substr(text.rfind('|') + 1);
    };
    const auto a = store->take(one, say_the_place)->receipt;
    const auto b = store->refuse(refusal_of(two, "CentreRefused"), say_the_place)->receipt;
    const auto c = complete(one);
    const auto elsewhere =
        store->take(new_case(1, "x", domain::SubId::draw(), "000101001001002"), say_the_place)
            ->receipt;
    const auto d = store->take(three, say_the_place)->receipt;
    EXPECT_EQ(previous(a), std::string(64, '0'));
    EXPECT_EQ(previous(b), digest(a));
    EXPECT_EQ(previous(c), digest(b));
    EXPECT_EQ(previous(d), digest(c));
    EXPECT_EQ(previous(elsewhere), std::string(64, '0'));
}

TEST_P(case_store, a_receipt_that_cannot_be_signed_leaves_nothing_behind) {
    const auto fresh = new_case(1);
    const intake::Sign fails = [](const intake::Place&) -> base::Result<intake::Signed> {
        return base::fail(FaultCode::KeyAbsent, "receipt key");
    };
    EXPECT_EQ(store->take(fresh, fails).error().code, FaultCode::KeyAbsent);
    EXPECT_EQ(store->refuse(refusal_of(fresh, "x"), fails).error().code, FaultCode::KeyAbsent);
    EXPECT_EQ(store->counts()->cases + store->counts()->refusals, 0);
    ASSERT_EQ(store->take(fresh, say_the_place)->case_number, prefix + "0001");
    EXPECT_EQ(store->complete(terminal_id, fresh.content.sub_id, start, fails).error().code,
              FaultCode::KeyAbsent);
    EXPECT_EQ(store->counts()->waiting_effects, 0);
}

TEST_P(case_store, each_item_of_a_batch_has_a_result_of_its_own) {
    const auto known = new_case(1), two = new_case(2), three = new_case(3);
    const auto first = store->take(known, say_the_place).value();
    auto other = new_case(1, "other", known.content.sub_id), thief = new_case(4),
         plain = new_case(5);
    thief.attachments.front().id = known.attachments.front().id;
    plain.attachments.clear();
    const auto refused = new_case(6);
    store->refuse(refusal_of(refused, "CentreRefused"), say_the_place).value();
    std::vector<intake::Fresh> items;
    for (const intake::NewCase* fresh : std::initializer_list<const intake::NewCase*>{
             &known, &two, &other, &thief, &two, &plain, &refused, &three})
        items.push_back({fresh, say_the_place});
    const auto taken = store->take_batch(items);
    EXPECT_EQ(taken[0]->met, Met::again);
    EXPECT_EQ(taken[0]->receipt, first.receipt);
    EXPECT_EQ(taken[1]->met, Met::taken);
    EXPECT_EQ(taken[3].error().code, FaultCode::PostRefused);
    EXPECT_EQ(taken[4]->met, Met::again) << "twice in one batch";
    EXPECT_EQ(taken[4]->receipt, taken[1]->receipt);
    EXPECT_EQ(taken[5]->met, Met::taken);
    EXPECT_EQ(taken[6]->met, Met::refused_before);
    EXPECT_EQ(taken[7]->met, Met::taken);
    EXPECT_EQ(store->count().value(), 4);
    EXPECT_EQ(store->counts()->waiting_effects, 1);
    EXPECT_EQ(taken[2]->met, Met::other_content);
}

TEST_P(case_store, what_has_no_attachments_is_complete_at_once) {
    auto fresh = new_case(1);
    fresh.attachments.clear();
    const auto taken = store->take(fresh, say_the_place).value();
    EXPECT_EQ(store->with_sub_id(fresh.content.sub_id)->at(0).receipt2, taken.receipt);
    EXPECT_EQ(complete(fresh), taken.receipt);
    EXPECT_EQ(store->apply_next(agree, start).value()->state, CaseState::applied);
}

TEST_P(case_store, an_attachment_is_moved_by_its_newest_writer_alone) {
    const auto fresh = new_case(1);
    store->take(fresh, say_the_place).value();
    const auto id = fresh.attachments.front().id;
    auto& uploads = store->uploads();
    const auto older = uploads.begin_writing(id).value(), newer = uploads.begin_writing(id).value();
    auto row = uploads.find(id).value().value();
    EXPECT_EQ(row.length, 9);
    EXPECT_EQ(row.terminal, terminal_id);
    row.offset = 5;
    row.generation = older;
    EXPECT_FALSE(uploads.move(row, 0).value());
    row.generation = newer;
    EXPECT_TRUE(uploads.move(row, 0).value());
    EXPECT_FALSE(uploads.move(row, 0).value());
    row.offset = 9;
    row.complete = true;
    EXPECT_TRUE(uploads.move(row, 5).value());
    EXPECT_TRUE(uploads.of(terminal_id, fresh.content.sub_id)->at(0).complete);
    auto thief = new_case(2);
    thief.attachments.front().id = id;
    EXPECT_EQ(store->take(thief, say_the_place).error().code, FaultCode::PostRefused);
    EXPECT_EQ(store->count().value(), 1);
}

TEST_P(case_store, a_terminal_is_told_where_its_cases_stand_the_newest_first) {
    const auto one = new_case(1), two = new_case(2);
    for (const auto* fresh : {&one, &two}) store->take(*fresh, say_the_place).value();
    complete(one);
    store->apply_next([](const auto&) { return intake::Verdict{false, "x"}; }, start).value();
    const auto told = store->statuses_of(terminal_id).value();
    ASSERT_EQ(told.size(), 2u);
    EXPECT_EQ(told[0].state, "UPLOADED");
    EXPECT_EQ(told[1].state, "REFUSED");
}

TEST_P(case_store, a_complete_case_has_its_effect_once) {
    const auto fresh = new_case(1);
    store->take(fresh, say_the_place).value();
    EXPECT_FALSE(store->apply_next(agree, start).value()) << "an incomplete one has none";
    complete(fresh);
    EXPECT_EQ(store->apply_next(agree, start).value()->state, CaseState::applied);
    EXPECT_FALSE(store->apply_next(agree, start).value());
    complete(fresh);
    EXPECT_FALSE(store->apply_next(agree, start).value());
    EXPECT_FALSE(store->replay(fresh.content.sub_id, start));
    EXPECT_EQ(store->with_sub_id(fresh.content.sub_id)->at(0).state, CaseState::applied);
    EXPECT_EQ(store->counts()->effects, 1);
}

TEST_P(case_store, a_rejection_is_an_effect_with_a_reason) {
    const auto fresh = new_case(1);
    store->take(fresh, say_the_place).value();
    complete(fresh);
    const auto applied = store->apply_next(
        [](const auto&) {
            return intake::Verdict{false, "ItemCancelled"};
        },
        start);
    EXPECT_EQ(applied.value()->state, CaseState::rejected);
    const auto stored = store->with_sub_id(fresh.content.sub_id)->at(0);
    EXPECT_EQ(stored.state, CaseState::rejected);
    EXPECT_EQ(stored.reason, "ItemCancelled");
    EXPECT_EQ(stored.decided_at, start);
}

TEST_P(case_store, poison_does_not_hold_up_the_others_and_waits_dead_for_an_operator) {
    const auto poison = new_case(1), good = new_case(2);
    for (const auto* fresh : {&poison, &good}) {
        store->take(*fresh, say_the_place).value();
        complete(*fresh);
    }
    const intake::Judge judge =
        [&](const intake::StoredCase& complete) -> base::Result<intake::Verdict> {
        if (complete.sub_id == poison.content.sub_id)
            return base::fail(FaultCode::KeyUnknown, "kid");
        return intake::Verdict{};
    };
    base::Instant now = start;
    EXPECT_EQ(store->apply_next(judge, now).value()->state, CaseState::received);
    EXPECT_EQ(store->apply_next(judge, now).value()->state, CaseState::applied);
    EXPECT_FALSE(store->apply_next(judge, now).value()) << "not due again yet";
    for (int attempt = 2; attempt < intake::effect_attempts_max; ++attempt) {
        now += base::Millis{3600000};
        EXPECT_EQ(store->apply_next(judge, now).value()->state, CaseState::received);
    }
    now += base::Millis{3600000};
    EXPECT_EQ(store->apply_next(judge, now).value()->state, CaseState::dead);
    EXPECT_FALSE(store->apply_next(judge, now).value());
    EXPECT_EQ(store->counts()->dead, 1);
    EXPECT_EQ(store->with_sub_id(poison.content.sub_id)->at(0).reason, "KeyUnknown");
    ASSERT_TRUE(store->replay(poison.content.sub_id, now));
    EXPECT_EQ(store->apply_next(agree, now).value()->state, CaseState::applied);
    EXPECT_EQ(store->counts()->effects, 2);
}

TEST_P(case_store, a_sub_id_has_one_effect_for_all_time_whoever_brings_it) {
    const auto here = new_case(1);
    const auto there = new_case(1, "content", here.content.sub_id, "000101001001002");
    for (const auto* fresh : {&here, &there}) {
        store->take(*fresh, say_the_place).value();
        complete(*fresh);
    }
    EXPECT_EQ(store->apply_next(agree, start).value()->state, CaseState::applied);
    EXPECT_EQ(store->apply_next(agree, start).value()->state, CaseState::rejected);
    EXPECT_EQ(store->counts()->effects, 1);
    EXPECT_EQ(store->with_sub_id(here.content.sub_id)->at(1).reason, "other-effect");
}

TEST_P(case_store, a_new_epoch_supersedes_the_one_before_and_the_old_one_is_known_as_such) {
    const auto meet = [&](const sealing::Epoch& epoch, std::int64_t next_seq = 1) {
        return store->meet(terminal_id, epoch, next_seq, start).value();
    };
    EXPECT_EQ(meet(first_epoch), EpochMet::begun);
    EXPECT_EQ(meet(first_epoch), EpochMet::live);
    EXPECT_EQ(meet(second_epoch), EpochMet::begun);
    EXPECT_EQ(meet(first_epoch), EpochMet::superseded);
    EXPECT_EQ(store->meet("000101001001002", first_epoch, 1, start).value(), EpochMet::begun);
    EXPECT_EQ(meet(second_epoch), EpochMet::live);
    EXPECT_EQ(store->take(new_case(7), say_the_place)->met, Met::taken)
        << "what was salvaged from an earlier epoch is still a citizen's";
    EXPECT_EQ(meet(second_epoch), EpochMet::live);
}

TEST_P(case_store, a_disk_that_is_older_than_what_it_sent_is_known_as_such) {
    store->take(new_case(7), say_the_place).value();
    EXPECT_EQ(store->meet(terminal_id, first_epoch, 8, start).value(), EpochMet::begun);
    EXPECT_EQ(store->meet(terminal_id, first_epoch, 8, start).value(), EpochMet::live);
    EXPECT_EQ(store->meet(terminal_id, first_epoch, 7, start).value(), EpochMet::rolled_back);
}

TEST_P(case_store, a_number_that_never_came_shows_as_a_gap) {
    for (const std::int64_t seq : {2, 3, 7}) store->take(new_case(seq), say_the_place).value();
    store->refuse(refusal_of(new_case(5), "CentreRefused"), say_the_place).value();
    store->take(new_case(2, "x", domain::SubId::draw(), terminal_id, second_epoch), say_the_place)
        .value();
    store->meet(terminal_id, second_epoch, 3, start).value();
    const auto gaps = store->gaps().value();
    std::vector<std::pair<std::int64_t, std::int64_t>> found;
    for (const auto& gap : gaps) found.emplace_back(gap.from, gap.to);
    EXPECT_EQ(found,
              (std::vector<std::pair<std::int64_t, std::int64_t>>{{1, 1}, {4, 4}, {6, 6}, {1, 1}}));
    const auto terminals = store->terminals().value();
    ASSERT_EQ(terminals.size(), 1u);
    EXPECT_EQ(terminals[0].epoch, second_epoch);
    EXPECT_EQ(terminals[0].cases, 4);
    EXPECT_EQ(terminals[0].highest_seq, 2);
}

TEST_P(case_store, what_leaves_the_quarantine_is_judged_again) {
    const auto fresh = new_case(1);
    const auto first = store->refuse(refusal_of(fresh, "CentreRefused"), say_the_place)->receipt;
    const auto kept = store->quarantine().value();
    ASSERT_EQ(kept.size(), 1u);
    EXPECT_EQ(kept[0].sub_id, fresh.content.sub_id);
    EXPECT_EQ(kept[0].reason, "CentreRefused");
    EXPECT_EQ(kept[0].envelope, fresh.content.envelope);
    EXPECT_EQ(kept[0].receipt, first);
    ASSERT_TRUE(store->release(fresh.content.sub_id, start));
    EXPECT_EQ(store->release(fresh.content.sub_id, start).error().code, FaultCode::AnswerNotFound);
    EXPECT_TRUE(store->quarantine()->empty());
    EXPECT_EQ(store->take(fresh, say_the_place)->met, Met::taken);
}

TEST_P(case_store, many_threads_racing_for_the_same_ids_make_one_case_and_one_effect_each) {
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
