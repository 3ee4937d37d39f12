#include "offline/sealing/keys/trust.hpp"
#include "offline/sealing/opening.hpp"
#include "tests/unit/offline/sealing/every_suite.hpp"

namespace {

using namespace offline_test;

constexpr base::Millis day{86'400'000};

class key_set_promises : public EverySuite {
  protected:
    sealing::KeySet verified(const sealing::KeySetContent& content) {
        return sealing::KeySet::verify(content.issue(world.root).value(), world.pinned).value();
    }
    // The intake gets new keys that count from then on.
    sealing::KeySet rotated(base::Instant from) {
        world.intake.rotate(GetParam(), from);
        auto content = world.key_set();
        content.version = 2;
        content.issued_at = start;
        return verified(content);
    }
};
INSTANTIATE_TEST_SUITE_P(suite, key_set_promises, both_suites, suite_name);

TEST_P(key_set_promises, a_rotated_key_set_opens_old_and_new) {
    const auto before = world.keys();
    const auto old_receipt_key = world.receipt_key();
    const auto after = rotated(start + 30 * day);
    EXPECT_EQ(after.version(), 2);
    // Nobody uses the new one before its day, everybody from then on.
    EXPECT_EQ(after.sealing_key(start).value(), before.sealing_key(start).value());
    const auto renewed = after.sealing_key(start + 30 * day).value();
    EXPECT_NE(renewed, before.sealing_key(start).value());

    const auto id = domain::SubId::draw();
    const auto text = base::to_bytes("kept for months");
    for (const auto& [keys, now] :
         {std::pair(&before, start + 400 * day), {&after, start}, {&after, start + 400 * day}}) {
        const auto envelope = sealing::seal_submission(*keys, now, id, text).value();
        EXPECT_EQ(**sealing::open_submission(world.intake, id, envelope), "kept for months");
    }
    // Receipts and answers of before and after are believed by those who have the new set.
    const auto new_receipt_key = world.receipt_key(start + 400 * day);
    EXPECT_NE(new_receipt_key.public_key(), old_receipt_key.public_key());
    papers::CentreReceipt receipt;
    receipt.kind = papers::ReceiptKind::r1;
    receipt.terminal = terminal_id;
    receipt.seq = 1;
    for (const auto* key : {&old_receipt_key, &new_receipt_key})
        EXPECT_TRUE(papers::CentreReceipt::verify(receipt.sign(*key).value(), after));
    EXPECT_EQ(
        papers::CentreReceipt::verify(receipt.sign(new_receipt_key).value(), before).error().code,
        FaultCode::KeyUnknown);
    const auto asked = sealing::SealedQuestion::make(after, start, text).value();
    const auto question = sealing::open_question(world.intake, asked.bytes()).value();
    EXPECT_EQ(
        **asked.open_answer(sealing::seal_answer(world.intake, start, question, text).value()),
        "kept for months");
}

TEST_P(key_set_promises, a_clock_that_fell_back_still_seals_with_a_key_of_its_time) {
    const auto keys = rotated(start - 30 * day);
    const auto newest = keys.sealing_key(start).value();
    // The set was signed at `start`, so it is later than the dead clock says.
    EXPECT_EQ(keys.sealing_key(base::Instant{}).value(), newest);
}

TEST_P(key_set_promises, before_its_first_key_begins_the_first_key_is_used) {
    auto content = world.key_set();
    for (auto& key : content.keys) key.not_before = start + 10 * day;
    EXPECT_TRUE(verified(content).sealing_key(start));
}

TEST_P(key_set_promises, a_revoked_key_serves_nothing_any_more) {
    const auto sealed_with = key_id(world.keys().sealing_key(start).value());
    const auto signed_with = key_id(world.receipt_key().public_key());
    const auto pack_signer = key_id(world.pack.public_key());
    auto content = rotated(start).content();
    content.revoked = {sealed_with, signed_with, pack_signer};
    const auto keys = verified(content);
    EXPECT_NE(key_id(keys.sealing_key(start).value()), sealed_with);
    EXPECT_EQ(keys.key(sealing::KeyPurpose::receipt, signed_with).error().code,
              FaultCode::KeyUnknown);
    const auto pack = base::to_bytes("{}");
    EXPECT_EQ(
        sealing::verify_pack(keys, pack, world.pack.sign(sealing::context::pack, pack).value())
            .error()
            .code,
        FaultCode::SignatureWrong);
    auto all = content;
    for (const auto& key : content.keys) all.revoked.push_back(key.kid());
    all.revoked.erase(all.revoked.begin(), all.revoked.begin() + 3);
    EXPECT_EQ(verified(all).sealing_key(start).error().code, FaultCode::KeyAbsent);
}

TEST_P(key_set_promises, a_key_for_one_purpose_serves_no_other) {
    const auto keys = world.keys();
    const auto kid = key_id(keys.sealing_key(start).value());
    EXPECT_TRUE(keys.key(sealing::KeyPurpose::seal, kid));
    EXPECT_EQ(keys.key(sealing::KeyPurpose::receipt, kid).error().code, FaultCode::KeyUnknown);
    // The pack signer's name under a receipt does not make it one.
    papers::CentreReceipt receipt;
    receipt.terminal = terminal_id;
    receipt.seq = 1;
    EXPECT_EQ(papers::CentreReceipt::verify(receipt.sign(world.pack).value(), keys).error().code,
              FaultCode::KeyUnknown);
}

class Files {
  public:
    explicit Files(const World& world) : world_(world) {
        write("root.pub", provisioning::enrolment::root_file(world.pinned.key, world.realm));
    }
    void put(const sealing::KeySetContent& content) {
        write("key_set.json", content.issue(world_.root).value());
    }
    base::Result<sealing::Trust> read(sealing::SuiteId suite) const {
        return sealing::read_trust(
            {folder_ / "root.pub", folder_ / "key_set.json", folder_ / "floor"},
            domain::Realm::training, suite);
    }

  private:
    void write(const std::string& name, const base::Bytes& bytes) {
        ASSERT_TRUE(base::write_file(folder_ / name, bytes));
    }
    const World& world_;
    Folder folder_;
};

TEST_P(key_set_promises, an_older_key_set_is_refused) {
    Files files(world);
    const auto first = world.key_set();
    auto second = first;
    second.version = 2;
    files.put(first);
    EXPECT_EQ(files.read(GetParam())->keys.version(), 1);
    files.put(second);
    const auto trust = files.read(GetParam());
    EXPECT_EQ(trust->keys.version(), 2);
    EXPECT_TRUE(trust->floor_kept);
    files.put(first);
    EXPECT_EQ(files.read(GetParam()).error().code, FaultCode::KeySetOutdated);
    files.put(second);
    EXPECT_TRUE(files.read(GetParam())) << "the same once more is not older";
}

TEST_P(key_set_promises, keys_that_are_not_in_order_or_twice_are_refused) {
    auto twice = world.key_set();
    twice.keys.push_back(twice.keys.front());
    EXPECT_FALSE(sealing::KeySet::verify(twice.issue(world.root).value(), world.pinned));
    auto no_kid = world.key_set();
    no_kid.revoked = {"all"};
    EXPECT_FALSE(sealing::KeySet::verify(no_kid.issue(world.root).value(), world.pinned));
}

TEST(key_set, SuiteMismatch_a_national_profile_wants_a_national_root) {
    const World one;
    Files files(one);
    files.put(one.key_set());
    EXPECT_EQ(files.read(sealing::SuiteId::national).error().code, FaultCode::SuiteMismatch);
    EXPECT_TRUE(files.read(sealing::SuiteId::one));
}

// A realm that changes over: the root is national, terminals of both suites are under it.
TEST(key_set, one_intake_serves_terminals_of_both_suites_under_a_national_root) {
    World world(sealing::SuiteId::national);
    world.intake.rotate(sealing::SuiteId::one, base::Instant{});
    const auto file = world.key_set_file();
    for (const auto suite : {sealing::SuiteId::one, sealing::SuiteId::national}) {
        const auto keys = sealing::KeySet::verify(file, world.pinned, {suite, 0}).value();
        const auto id = domain::SubId::draw();
        const auto envelope =
            sealing::seal_submission(keys, start, id, base::to_bytes("x")).value();
        EXPECT_EQ(envelope[4], static_cast<std::uint8_t>(suite));
        EXPECT_TRUE(sealing::open_submission(world.intake, id, envelope));
        papers::CentreReceipt receipt;
        receipt.terminal = terminal_id;
        receipt.seq = 1;
        for (const auto signer : {sealing::SuiteId::one, sealing::SuiteId::national}) {
            const auto bytes =
                receipt.sign(world.intake.receipt_key(signer, start).value()).value();
            const auto read = papers::CentreReceipt::verify(bytes, keys);
            EXPECT_EQ(read.has_value(), signer == suite) << "a receipt of the terminal's own suite";
        }
    }
}

TEST(key_set, SuiteMismatch_what_holds_for_the_realm_is_of_the_roots_suite) {
    World world(sealing::SuiteId::national);
    auto content = world.key_set();
    content.keys.push_back({sealing::KeyPurpose::pack,
                            sealing::SigningKey::generate().public_key(),
                            {},
                            sealing::without_end});
    EXPECT_FALSE(sealing::KeySet::verify(content.issue(world.root).value(), world.pinned));
}

}  // namespace
