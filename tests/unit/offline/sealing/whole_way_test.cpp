// From the seal to the receipt that allows deletion, through outbox and intake, in both suites.
#include "offline/sync/receipt_check.hpp"
#include "tests/unit/offline/sealing/every_suite.hpp"

namespace {

using namespace offline_test;
namespace wire = papers::wire;

class whole_way : public EverySuite {
  protected:
    Folder folder;
    base::ManualClock clock{start};
    base::NoEventLog log;

    outbox::Outbox outbox_of_terminal() {
        return outbox::Outbox::open({folder / "outbox", 8 << 20}, world.terminal(), clock).value();
    }
    intake::IntakeService service_with(const sealing::IntakeKeys& keys) {
        return {intake::IntakeStore::open(folder / "intake").value(),
                world.pinned,
                keys,
                read_small_submission,
                clock,
                log};
    }
    intake::Reply put(intake::IntakeService& service, const outbox::Parcel& parcel) {
        return service.submit(terminal_id, parcel.sub_id.text(),
                              wire::encode(wire::Delivered{world.certificate.file, parcel.manifest,
                                                           parcel.signature, parcel.envelope}));
    }
    // Believes the receipt as the terminal does and stores it.
    papers::ReceiptKind take(outbox::Outbox& box, const outbox::Parcel& parcel,
                             const intake::Reply& reply, const sealing::KeySet& keys) {
        const auto bytes = wire::receipt(reply.body).value();
        const auto receipt = sync::check_receipt(bytes, parcel, world.certificate, keys).value();
        EXPECT_TRUE(box.store_receipt(receipt, bytes));
        return receipt.kind;
    }
};
INSTANTIATE_TEST_SUITE_P(suite, whole_way, both_suites, suite_name);

TEST_P(whole_way, what_was_kept_is_delivered_receipted_and_leaves_the_terminal) {
    auto box = outbox_of_terminal();
    auto service = service_with(world.intake);
    const auto receipt = box.accept(acceptance(world)).value();
    EXPECT_TRUE(papers::verify_receipt_code(receipt.qr_text, world.certificate.key));
    const auto parcel = box.parcel(receipt.seq).value().value();
    const auto manifest = papers::Manifest::parse(parcel.manifest).value();
    EXPECT_EQ(manifest.suite, GetParam());
    EXPECT_EQ(manifest.envelope_digest, suite.digest(parcel.envelope));
    const auto reply = put(service, parcel);
    EXPECT_EQ(take(box, parcel, reply, world.keys()), papers::ReceiptKind::r2)
        << "nothing is left to come: complete at once";
    EXPECT_EQ(service.commit(terminal_id, parcel.sub_id.text()).body, reply.body);
    EXPECT_TRUE(box.waiting()->empty());
    EXPECT_EQ(cases_in(folder / "intake"), 1);
}

TEST_P(whole_way, SuiteMismatch_an_envelope_of_the_other_suite_is_not_kept) {
    auto box = outbox_of_terminal();
    const World elsewhere(GetParam() == sealing::SuiteId::one ? sealing::SuiteId::national
                                                              : sealing::SuiteId::one);
    EXPECT_EQ(box.accept(acceptance(elsewhere)).error().code, FaultCode::SuiteMismatch);
    EXPECT_TRUE(box.waiting()->empty());
    EXPECT_EQ(box.accept(acceptance(world))->seq, 1) << "no number was used";
}

TEST_P(whole_way, KeyUnknown_what_the_intake_has_no_key_for_stays_with_the_terminal) {
    auto box = outbox_of_terminal();
    const auto receipt = box.accept(acceptance(world)).value();
    const auto parcel = box.parcel(receipt.seq).value().value();
    {
        auto service = service_with(other.intake);  // a node that was given the wrong key file
        const auto reply = put(service, parcel);
        EXPECT_EQ(reply.status, 415);
        EXPECT_TRUE(wire::is_refusal(reply.body)) << "nothing signed: the terminal tries again";
    }
    EXPECT_EQ(cases_in(folder / "intake"), 0);
    auto service = service_with(world.intake);
    EXPECT_EQ(take(box, parcel, put(service, parcel), world.keys()), papers::ReceiptKind::r2);
}

class fault_matrix : public whole_way {};
INSTANTIATE_TEST_SUITE_P(suite, fault_matrix, both_suites, suite_name);

TEST_P(fault_matrix, row_56_the_intakes_keys_were_rotated_while_the_terminal_was_away_12_months) {
    auto box = outbox_of_terminal();
    const auto receipt = box.accept(acceptance(world)).value();
    const auto parcel = box.parcel(receipt.seq).value().value();

    const auto before = world.keys();
    clock.forward(base::Millis{std::int64_t{180} * 86'400'000});
    world.intake.rotate(GetParam(), clock.now());
    auto next = world.key_set();
    next.version = 2;
    next.issued_at = clock.now();
    clock.forward(base::Millis{std::int64_t{185} * 86'400'000});

    auto service = service_with(world.intake);
    const auto reply = put(service, parcel);
    ASSERT_EQ(reply.status, 200) << "the old key still opens";
    // With the set of a year ago the new receipt is not believed and nothing is lost …
    const auto bytes = wire::receipt(reply.body).value();
    EXPECT_EQ(sync::check_receipt(bytes, parcel, world.certificate, before).error().code,
              FaultCode::KeyUnknown);
    EXPECT_EQ(box.waiting()->size(), 1u);
    // … with the new one it is.
    const auto keys = sealing::KeySet::verify(next.issue(world.root).value(), world.pinned).value();
    EXPECT_EQ(take(box, parcel, reply, keys), papers::ReceiptKind::r2);
    EXPECT_TRUE(box.waiting()->empty());
}

}  // namespace
