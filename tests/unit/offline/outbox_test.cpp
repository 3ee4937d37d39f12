#include "offline/sync/receipt_check.hpp"
#include "tests/unit/offline/outbox_fixture.hpp"

#include <fstream>

namespace {

using namespace offline_test;
class outbox_promises : public OutboxTest {};

TEST_F(outbox_promises, what_was_accepted_is_there_after_opening_again) {
    const auto given = acceptance(world);
    const auto receipt = box->accept(given).value();
    EXPECT_EQ(receipt.seq, 1);
    EXPECT_EQ(receipt.sub_id, given.sub_id);
    open();
    const auto parcel = box->parcel(1).value().value();
    EXPECT_EQ(parcel.envelope, given.envelope);
    const auto manifest = papers::Manifest::parse(parcel.manifest).value();
    EXPECT_EQ(manifest.local_number, receipt.local_number);
    EXPECT_EQ(manifest.kid, sealing::key_id(world.keys().sealing_key(start).value()));
    EXPECT_TRUE(sealing::verify(world.certificate.key, sealing::context::manifest, parcel.manifest,
                                parcel.signature));
    EXPECT_TRUE(papers::verify_receipt_code(receipt.qr_text, world.certificate.key));
}

TEST_F(outbox_promises, the_same_submission_asked_again_gets_the_same_slip) {
    const auto given = acceptance(world);
    const auto first = box->accept(given).value();
    clock.forward(base::Millis{5000});
    EXPECT_EQ(box->accept(given).value(), first);
    open();
    EXPECT_EQ(box->accept(given).value(), first);
    take(1, papers::ReceiptKind::r1);
    take(1, papers::ReceiptKind::r2);
    EXPECT_EQ(box->accept(given).value(), first) << "even after it was purged";
    EXPECT_EQ(box->summary()->next_seq, 2);
}

TEST_F(outbox_promises, OutboxConflict_the_same_number_with_other_content_is_refused) {
    const auto given = acceptance(world);
    ASSERT_TRUE(box->accept(given));
    auto other = acceptance(world, submission_text("李四"), given.sub_id);
    EXPECT_EQ(box->accept(other).error().code, FaultCode::OutboxConflict);
    EXPECT_EQ(box->parcel(1).value()->envelope, given.envelope);
    take(1, papers::ReceiptKind::r1);
    take(1, papers::ReceiptKind::r2);
    EXPECT_EQ(box->accept(other).error().code, FaultCode::OutboxConflict) << "also after the purge";
}

TEST_F(outbox_promises, RealmMismatch_and_what_is_no_envelope_are_not_kept) {
    auto given = acceptance(world);
    given.envelope[5] ^= 1;
    EXPECT_EQ(box->accept(given).error().code, FaultCode::RealmMismatch);
    given.envelope = base::to_bytes("plain text of a citizen");
    EXPECT_EQ(box->accept(given).error().code, FaultCode::PostRefused);
    EXPECT_EQ(box->summary()->next_seq, 1);
}

TEST_F(outbox_promises, sequence_has_no_gap_and_the_chain_links_every_manifest) {
    sealing::Digest chain = sealing::digest(world.suite, box->epoch());
    for (std::int64_t seq = 1; seq <= 5; ++seq) {
        ASSERT_EQ(box->accept(acceptance(world))->seq, seq);
        const auto parcel = box->parcel(seq).value().value();
        EXPECT_EQ(papers::Manifest::parse(parcel.manifest)->chain_before, chain);
        chain = papers::chain_after(world.suite, chain, seq, parcel.manifest_digest);
    }
    EXPECT_EQ(box->summary()->chain_head, chain);
}

TEST_F(outbox_promises, DiskFull_the_quota_refuses_cleanly_and_loses_nothing) {
    open(1024 * 1024);
    std::vector<domain::LocalReceipt> kept;
    std::optional<base::Fault> fault;
    while (!fault && kept.size() < 1000) {
        const auto receipt =
            box->accept(acceptance(world, submission_text(std::string(30'000, 'x'))));
        if (receipt)
            kept.push_back(*receipt);
        else
            fault = receipt.error();
    }
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->code, FaultCode::DiskFull);
    EXPECT_FALSE(box->has_room().value());
    open(1024 * 1024);
    EXPECT_EQ(box->waiting()->size(), kept.size());

    // Receipts and purges still work, and then there is room again.
    for (const auto& receipt : kept) {
        take(receipt.seq, papers::ReceiptKind::r1);
        take(receipt.seq, papers::ReceiptKind::r2);
    }
    EXPECT_TRUE(box->waiting()->empty());
    EXPECT_TRUE(box->has_room().value());
    EXPECT_EQ(box->accept(acceptance(world))->seq, static_cast<std::int64_t>(kept.size()) + 1)
        << "a refused one used no number";
}

TEST_F(outbox_promises, nothing_is_purged_before_its_R2) {
    ASSERT_TRUE(box->accept(acceptance(world)));
    take(1, papers::ReceiptKind::r1);
    EXPECT_EQ(box->waiting()->at(0).state, outbox::ParcelState::envelope_sent);
    take(1, papers::ReceiptKind::r2);
    EXPECT_FALSE(box->parcel(1).value());
    EXPECT_EQ(box->summary()->waiting, 0);
}

TEST_F(outbox_promises, an_R2_is_enough_also_for_one_that_was_refused_before) {
    for (int i = 0; i < 2; ++i) ASSERT_TRUE(box->accept(acceptance(world)));
    take(2, papers::ReceiptKind::refused);
    for (const std::int64_t seq : {1, 2}) {
        take(seq, papers::ReceiptKind::r2);
        EXPECT_FALSE(box->parcel(seq).value()) << seq;
    }
}

TEST_F(outbox_promises, a_refused_one_keeps_its_bytes_and_is_not_sent_again) {
    const auto receipt = box->accept(acceptance(world)).value();
    take(1, papers::ReceiptKind::refused);
    EXPECT_TRUE(box->waiting()->empty());
    EXPECT_TRUE(box->parcel(1).value());
    EXPECT_EQ(box->summary()->waiting, 1);
    EXPECT_EQ(box->look_up(receipt.qr_text)->delivery, domain::Delivery::attention);
}

TEST_F(outbox_promises, a_slip_that_was_not_shown_is_offered_until_it_was) {
    const auto receipt = box->accept(acceptance(world)).value();
    open();
    ASSERT_EQ(box->unshown()->size(), 1u);
    EXPECT_EQ(box->unshown()->at(0).local_number, receipt.local_number);
    take(1, papers::ReceiptKind::r1);
    take(1, papers::ReceiptKind::r2);
    EXPECT_EQ(box->unshown()->size(), 1u) << "delivery does not show a slip";
    ASSERT_TRUE(box->receipt_shown(receipt.local_number));
    EXPECT_TRUE(box->unshown()->empty());
}

TEST_F(outbox_promises, the_slip_finds_its_submission_on_the_whole_way) {
    const auto receipt = box->accept(acceptance(world)).value();
    const auto code = papers::parse_receipt_code(receipt.qr_text).value();
    const std::string typed = code.local_number.substr(0, 4) + "-" + code.local_number.substr(4) +
                              " " + papers::token_text(code.token);
    EXPECT_EQ(box->look_up(typed)->delivery, domain::Delivery::kept);
    take(1, papers::ReceiptKind::r1);
    EXPECT_EQ(box->look_up(receipt.qr_text)->delivery, domain::Delivery::sending);
    take(1, papers::ReceiptKind::r2);
    const auto status = box->look_up(receipt.qr_text).value();
    EXPECT_EQ(status.delivery, domain::Delivery::received);
    EXPECT_EQ(status.case_number, "CASE0001");
    EXPECT_EQ(status.local_number, receipt.local_number);
}

TEST_F(outbox_promises, AnswerNotFound_a_number_without_its_token_says_nothing) {
    const auto receipt = box->accept(acceptance(world)).value();
    const std::string wrong_token(8, '2');
    for (const std::string& asked :
         {receipt.local_number, receipt.local_number + wrong_token,
          papers::local_number(terminal_id, 99) + wrong_token, std::string("hello"), std::string()})
        EXPECT_EQ(box->look_up(asked).error().code, FaultCode::AnswerNotFound) << asked;
}

TEST_F(outbox_promises, a_damaged_schema_is_salvaged_and_ends_no_program) {
    ASSERT_TRUE(box->accept(acceptance(world)));
    box.reset();
    for (const char* damage : {"DROP INDEX submission_to_send", "DROP TABLE tombstone"}) {
        const Folder other;
        fs::copy(folder / "outbox", other / "outbox", fs::copy_options::recursive);
        {
            auto database =
                store::Database::open(other / "outbox/outbox.sqlite", store::Access::owner_only)
                    .value();
            ASSERT_TRUE(database.execute(damage));
        }
        auto opened = Outbox::open({other / "outbox", quota}, world.terminal(), clock);
        ASSERT_TRUE(opened) << damage;
        EXPECT_EQ(opened->opened().began, outbox::Began::damaged) << damage;
        EXPECT_EQ(opened->opened().carried, 1) << damage;
    }
}

TEST_F(outbox_promises, a_second_owner_is_refused) {
    EXPECT_EQ(Outbox::open({folder / "outbox", quota}, world.terminal(), clock).error().code,
              FaultCode::PostRefused);
}

TEST_F(outbox_promises, row_69_the_second_owner_changes_nothing_and_after_the_first_it_is_let_in) {
    ASSERT_TRUE(box->accept(acceptance(world)));
    const auto files = [this] {
        std::map<std::string, base::Bytes> out;
        for (const auto& entry : fs::recursive_directory_iterator(folder / "outbox"))
            if (entry.is_regular_file())
                out[entry.path().string()] = base::read_file(entry.path().string()).value();
        return out;
    };
    const auto before = files();
    EXPECT_FALSE(Outbox::open({folder / "outbox", quota}, world.terminal(), clock));
    EXPECT_EQ(files(), before);
    ASSERT_TRUE(box->accept(acceptance(world))) << "the first one goes on";
    open();
    EXPECT_EQ(box->waiting()->size(), 2u);
    EXPECT_EQ(box->opened().began, outbox::Began::whole);
}

TEST_F(outbox_promises, no_byte_of_a_person_stands_on_the_disk) {
    ASSERT_TRUE(box->accept(acceptance(world)));
    box.reset();
    for (const auto& entry : fs::directory_iterator(folder / "outbox")) {
        if (entry.is_directory()) continue;
        const auto bytes = base::read_file(entry.path().string()).value();
        EXPECT_EQ(base::as_text(bytes).find("王秀兰"), std::string_view::npos) << entry.path();
        EXPECT_EQ(base::as_text(bytes).find("194601020124"), std::string_view::npos)
            << entry.path();
    }
}

TEST_F(outbox_promises, only_a_receipt_about_exactly_this_parcel_is_believed) {
    ASSERT_TRUE(box->accept(acceptance(world)));
    ASSERT_TRUE(box->accept(acceptance(world)));
    const auto parcel = box->parcel(1).value().value();
    const auto fault = [&](papers::CentreReceipt receipt, const sealing::SigningKey& key) {
        const auto checked =
            sync::check_receipt(receipt.sign(key).value(), parcel, world.certificate, world.keys());
        return checked ? std::string("believed") : std::string(base::name(checked.error().code));
    };
    const auto good = receipt_about(1, papers::ReceiptKind::r2);
    const auto key = world.receipt_key();
    EXPECT_EQ(fault(good, key), "believed");
    EXPECT_EQ(fault(good, World().receipt_key()), "KeyUnknown");
    EXPECT_EQ(fault(receipt_about(2, papers::ReceiptKind::r2), key), "CentreNonsense");
    auto changed = good;
    changed.manifest_digest[0] ^= 1;
    EXPECT_EQ(fault(changed, key), "CentreNonsense");
    changed = good;
    changed.epoch[0] ^= 1;
    EXPECT_EQ(fault(changed, key), "CentreNonsense");
    changed = good;
    changed.terminal = "000101001001002";
    EXPECT_EQ(fault(changed, key), "CentreNonsense");
    changed = good;
    changed.realm = domain::Realm::service;
    EXPECT_EQ(fault(changed, key), "RealmMismatch");
}

}  // namespace
