// What both databases promise to the intake, in one suite over both.
#include "tests/unit/offline/intake/case_store_fixture.hpp"

namespace {

using namespace offline_test;
using intake::CaseState;
using intake::EpochMet;
using intake::Met;

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
    const auto salvaged = new_case(7);
    const auto taken = store->take(salvaged, say_the_place).value();
    EXPECT_EQ(taken.met, Met::taken) << "of an earlier epoch, and still a citizen's";
    EXPECT_EQ(store->take(salvaged, say_the_place)->receipt, taken.receipt);
    const auto stored = store->with_sub_id(salvaged.content.sub_id)->at(0);
    EXPECT_EQ(stored.epoch, first_epoch);
    EXPECT_EQ(stored.seq, 7);
    EXPECT_EQ(meet(first_epoch), EpochMet::superseded) << "it does not live again";
    EXPECT_EQ(meet(second_epoch), EpochMet::live);
}

TEST_P(case_store, an_epoch_begins_with_a_hello_and_with_no_submission) {
    const sealing::Epoch never_named{3};
    store->meet(terminal_id, first_epoch, 1, start).value();
    store->take(new_case(9, "x", domain::SubId::draw(), terminal_id, never_named), say_the_place)
        .value();
    EXPECT_EQ(store->meet(terminal_id, first_epoch, 1, start).value(), EpochMet::live);
    EXPECT_EQ(store->terminals()->at(0).epoch, first_epoch);
    EXPECT_EQ(store->meet(terminal_id, never_named, 10, start).value(), EpochMet::begun);
}

TEST_P(case_store, what_a_hello_says_is_complete_is_of_its_own_epoch_only) {
    store->meet(terminal_id, first_epoch, 1, start).value();
    store->take(new_case(1), say_the_place).value();
    const intake::Said before{first_epoch, suite, 1, 4, 1, {}};
    const auto countersigned = store->countersign(terminal_id, before).value();
    EXPECT_EQ(countersigned.seq, 1);
    store->meet(terminal_id, second_epoch, 101, start).value();
    store->take(new_case(2), say_the_place).value();
    const intake::Said now{second_epoch, suite, 101, 104, 102, {}};
    const auto counter = store->countersign(terminal_id, now).value();
    EXPECT_EQ(counter.seq, 0) << "nothing of this epoch came";
    EXPECT_EQ(counter.missing, (std::vector<std::int64_t>{101, 102}))
        << "3 of the epoch before is the gap report's";
}

TEST_P(case_store, a_disk_that_is_older_than_what_it_sent_is_known_as_such) {
    store->take(new_case(7), say_the_place).value();
    EXPECT_EQ(store->meet(terminal_id, first_epoch, 8, start).value(), EpochMet::begun);
    EXPECT_EQ(store->meet(terminal_id, first_epoch, 8, start).value(), EpochMet::live);
    EXPECT_EQ(store->meet(terminal_id, first_epoch, 7, start).value(), EpochMet::rolled_back);
    store->refuse(refusal_of(new_case(9), "CentreRefused"), say_the_place).value();
    EXPECT_EQ(store->meet(terminal_id, first_epoch, 10, start).value(), EpochMet::live);
    EXPECT_EQ(store->meet(terminal_id, first_epoch, 9, start).value(), EpochMet::rolled_back)
        << "a number that was refused is used";
}

TEST_P(case_store, a_number_that_never_came_shows_as_a_gap) {
    for (const std::int64_t seq : {2, 3, 7}) store->take(new_case(seq), say_the_place).value();
    store->refuse(refusal_of(new_case(5), "CentreRefused"), say_the_place).value();
    store->meet(terminal_id, second_epoch, 11, start).value();
    for (const std::int64_t seq : {11, 13})
        store
            ->take(new_case(seq, "x", domain::SubId::draw(), terminal_id, second_epoch),
                   say_the_place)
            .value();
    const auto gaps = store->gaps().value();
    std::vector<std::pair<std::int64_t, std::int64_t>> found;
    for (const auto& gap : gaps) found.emplace_back(gap.from, gap.to);
    EXPECT_EQ(found, (std::vector<std::pair<std::int64_t, std::int64_t>>{
                         {1, 1}, {4, 4}, {6, 6}, {8, 10}, {12, 12}}))
        << "what the epoch before delivered is no gap of the new one";
    EXPECT_EQ(gaps[2].epoch, first_epoch);
    EXPECT_EQ(gaps[3].epoch, second_epoch);
    const auto terminals = store->terminals().value();
    ASSERT_EQ(terminals.size(), 1u);
    EXPECT_EQ(terminals[0].epoch, second_epoch);
    EXPECT_EQ(terminals[0].cases, 5);
    EXPECT_EQ(terminals[0].highest_seq, 13) << "numbers go on across epochs";
}

// Taken or refused: what came counts. The chain is the terminal's own, from its manifests.
TEST_P(case_store, the_chain_is_countersigned_as_far_as_nothing_is_missing) {
    sealing::Digest head = sealing::digest(suite, first_epoch);
    const auto follow = [&](const intake::NewCase& one) {
        head = papers::chain_after(suite, head, one.content.seq, one.content.manifest_digest);
    };
    store->meet(terminal_id, first_epoch, 1, start).value();
    const intake::Said nothing{first_epoch, suite, 5, 5, 4, {}};
    EXPECT_EQ(store->countersign(terminal_id, nothing)->seq, 0);

    std::vector<intake::NewCase> all;
    for (std::int64_t seq = 5; seq <= 9; ++seq) all.push_back(new_case(seq, std::to_string(seq)));
    for (const int i : {0, 2, 4}) store->take(all[i], say_the_place).value();
    const intake::Said said{first_epoch, suite, 5, 10, 6, {8, 9}};
    const auto first = store->countersign(terminal_id, said).value();
    follow(all[0]);
    EXPECT_EQ(first.seq, 5);
    EXPECT_EQ(first.head, head);
    EXPECT_EQ(first.missing, (std::vector<std::int64_t>{6, 8})) << "said to be complete";

    store->refuse(refusal_of(all[1], "CentreRefused"), say_the_place).value();
    for (int i = 1; i < 3; ++i) follow(all[i]);
    for (int again = 0; again < 2; ++again) {
        const auto next = store->countersign(terminal_id, said).value();
        EXPECT_EQ(next.seq, 7);
        EXPECT_EQ(next.head, head);
        EXPECT_EQ(next.missing, std::vector<std::int64_t>{8});
    }
    store->take(all[3], say_the_place).value();
    for (int i = 3; i < 5; ++i) follow(all[i]);
    const auto whole = store->countersign(terminal_id, said).value();
    EXPECT_EQ(whole.seq, 9);
    EXPECT_EQ(whole.head, head);
    EXPECT_TRUE(whole.missing.empty());
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

}  // namespace
