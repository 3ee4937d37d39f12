#include "offline/intake/case_view.hpp"
#include "offline/papers/wire.hpp"
#include "offline/questions/progress_question.hpp"
#include "tests/unit/offline/delivery_fixture.hpp"

#include <gtest/gtest.h>

namespace {

using namespace offline_test;
namespace wire = papers::wire;

class intake_promises : public testing::Test {
  protected:
    Folder folder;
    World world;
    base::ManualClock clock{start};
    base::NoEventLog log;
    outbox::Outbox box =
        outbox::Outbox::open({folder / "outbox", 8 << 20}, world.terminal(), clock).value();
    intake::IntakeService service{intake::IntakeStore::open(folder / "intake").value(),
                                  world.pinned,
                                  world.intake,
                                  read_small_submission,
                                  clock,
                                  log};

    struct Sent {
        std::string sub_id;
        wire::Delivered delivered;
    };
    Sent sent(const outbox::Acceptance& given) {
        const auto receipt = box.accept(given).value();
        const auto parcel = box.parcel(receipt.seq).value().value();
        return {given.sub_id.text(),
                {world.certificate.file, parcel.manifest, parcel.signature, parcel.envelope}};
    }
    intake::Reply put(const Sent& s) {
        return service.submit(terminal_id, s.sub_id, wire::encode(s.delivered));
    }
    papers::CentreReceipt receipt_in(const intake::Reply& reply) {
        const auto bytes = wire::receipt(reply.body).value();
        return papers::CentreReceipt::verify(bytes, world.receipt_key().public_key()).value();
    }
};

TEST_F(intake_promises, a_duplicate_gets_the_same_receipts_byte_for_byte_and_makes_no_second_case) {
    const auto s = sent(acceptance(world));
    const auto first = put(s);
    EXPECT_EQ(first.status, 200);
    clock.forward(base::Millis{60000});
    EXPECT_EQ(put(s).body, first.body);
    const auto complete = service.commit(terminal_id, s.sub_id);
    clock.forward(base::Millis{60000});
    EXPECT_EQ(service.commit(terminal_id, s.sub_id).body, complete.body);
    EXPECT_EQ(put(s).body, first.body);
    EXPECT_EQ(receipt_in(complete).kind, papers::ReceiptKind::r2);
    EXPECT_EQ(receipt_in(complete).case_number, implementation + "202611220001");
    EXPECT_EQ(cases_in(folder / "intake"), 1);
}

TEST_F(intake_promises, the_same_number_with_other_content_is_refused_and_changes_nothing) {
    const auto given = acceptance(world);
    const auto s = sent(given);
    const auto first = put(s);
    // The same terminal lost its outbox and says something else under the same id.
    Folder elsewhere;
    auto other_box =
        outbox::Outbox::open({elsewhere / "outbox", 8 << 20}, world.terminal(), clock).value();
    ASSERT_TRUE(other_box.accept(acceptance(world, submission_text("李四"), given.sub_id)));
    const auto parcel = other_box.parcel(1).value().value();
    const Sent other{s.sub_id,
                     {world.certificate.file, parcel.manifest, parcel.signature, parcel.envelope}};
    const auto refused = put(other);
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(receipt_in(refused).kind, papers::ReceiptKind::refused);
    EXPECT_EQ(put(other).body, refused.body);
    EXPECT_EQ(put(s).body, first.body);
    EXPECT_EQ(cases_in(folder / "intake"), 1);
}

TEST_F(intake_promises, what_does_not_verify_is_not_opened) {
    const auto s = sent(acceptance(world));
    const auto status = [&](auto change) {
        Sent changed = s;
        change(changed);
        return put(changed).status;
    };
    EXPECT_EQ(status([](Sent& c) { c.delivered.signature[0] ^= 1; }), 403);
    EXPECT_EQ(status([](Sent& c) { c.delivered.manifest[40] ^= 1; }), 403);
    EXPECT_EQ(status([](Sent& c) { c.delivered.envelope[100] ^= 1; }), 400);
    EXPECT_EQ(status([](Sent& c) { c.delivered.certificate = World().certificate.file; }), 403);
    EXPECT_EQ(status([](Sent& c) { c.sub_id = domain::SubId::draw().text(); }), 400);
    EXPECT_EQ(service.submit("000101001001002", s.sub_id, wire::encode(s.delivered)).status, 403);
    EXPECT_EQ(service.submit(terminal_id, s.sub_id, base::to_bytes("garbage")).status, 400);
    EXPECT_EQ(cases_in(folder / "intake"), 0);
}

TEST_F(intake_promises, what_breaks_a_rule_is_refused_with_a_signed_reason_and_kept_aside) {
    const auto s = sent(acceptance(world, R"({"item":"unknown"})"));
    const auto refused = put(s);
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(receipt_in(refused).kind, papers::ReceiptKind::refused);
    EXPECT_EQ(receipt_in(refused).reason, "CentreRefused");
    EXPECT_EQ(put(s).body, refused.body);
    EXPECT_EQ(service.commit(terminal_id, s.sub_id).status, 404);
    EXPECT_EQ(cases_in(folder / "intake"), 0);
}

TEST_F(intake_promises, receipts_of_one_terminal_form_a_chain_and_case_numbers_count_up) {
    const auto one = sent(acceptance(world)), two = sent(acceptance(world));
    const auto first = wire::receipt(put(one).body).value();
    const auto second = receipt_in(put(two));
    EXPECT_EQ(second.previous, sealing::digest(world.suite, first));
    EXPECT_EQ(receipt_in(service.commit(terminal_id, two.sub_id)).case_number,
              implementation + "202611220002");
}

TEST_F(intake_promises, progress_is_answered_to_the_person_and_unreadable_to_others) {
    MemoryParcels parcels(world);
    const auto seq = parcels.keep({content(100)});
    const auto& parcel = parcels.waiting.at(seq).parcel;
    put({parcel.sub_id.text(),
         {world.certificate.file, parcel.manifest, parcel.signature, parcel.envelope}});
    const auto ask = [&](const std::string& number, const std::string& name) {
        const auto text = questions::progress_question(number, name);
        const auto question = world.question(base::to_bytes(*text)).value();
        const auto reply = service.ask(
            wire::encode(wire::AskRequest{world.certificate.file, "progress", question.bytes()},
                         world.terminal_key)
                .value());
        EXPECT_EQ(reply.status, 200);
        const auto sealed = wire::answer(reply.body).value();
        EXPECT_EQ(base::as_text(sealed).find(implementation), std::string_view::npos);
        return questions::read_progress_answer(**question.open_answer(sealed)).value();
    };
    auto found = ask("000101194601020124", "王秀兰");
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].delivery, domain::Delivery::sending);
    const auto attachment = parcels.upload(seq).id;
    const auto& bytes = parcels.bytes.at(attachment);
    service.use({folder / "intake/attachments"});
    EXPECT_EQ(
        service.patch(base::to_hex(attachment), papers::upload::slice_headers(0, bytes), bytes)
            .status,
        200);
    found = ask("000101194601020124", "王秀兰");
    EXPECT_EQ(found.at(0).delivery, domain::Delivery::received);
    EXPECT_EQ(found.at(0).centre_state, "RECEIVED");
    EXPECT_EQ(found.at(0).item_name, "高龄津贴申领");
    EXPECT_EQ(found.at(0).case_number, implementation + "202611220001");
    EXPECT_EQ(found.at(0).since, "2026-11-22T09:41:00+08:00");
    ASSERT_TRUE(service.apply_next().value());
    intake::CaseEvent accepted;
    accepted.move = {domain::OfficeState::accepted, "示例县民政局", "", "", ""};
    accepted.at = clock.now();
    accepted.promised_days = 5;
    ASSERT_TRUE(service.store()->life().move(found.at(0).case_number, accepted));
    found = ask("000101194601020124", "王秀兰");
    EXPECT_EQ(found.at(0).centre_state, "ACCEPTED");
    EXPECT_EQ(found.at(0).office, "示例县民政局");
    EXPECT_EQ(found.at(0).due, "2026-11-27") << "a Sunday, and five days of the week after it";
    EXPECT_TRUE(ask("000101194601020124", "李四").empty()) << "the number alone is not enough";
}

TEST_F(intake_promises, no_byte_of_a_person_stands_on_the_intakes_disk_unsealed) {
    put(sent(acceptance(world)));
    for (const auto& entry : fs::directory_iterator(folder / "intake")) {
        const auto bytes = base::read_file(entry.path().string()).value();
        EXPECT_EQ(base::as_text(bytes).find("王秀兰"), std::string_view::npos) << entry.path();
        EXPECT_EQ(base::as_text(bytes).find("194601020124"), std::string_view::npos)
            << entry.path();
    }
}

TEST_F(intake_promises, a_clerk_sees_the_opened_case_as_it_was_entered) {
    const auto s = sent(acceptance(world));
    put(s);
    auto store = intake::IntakeStore::open_to_read(folder / "intake").value();
    const auto text = intake::case_as_json(store->all()->at(0), world.intake).value();
    const auto shown = nlohmann::json::parse(text);
    EXPECT_EQ(shown["submission"]["name"], "王秀兰");
    EXPECT_EQ(shown["sub_id"], s.sub_id);
    EXPECT_EQ(shown["state"], "RECEIVED");
}

TEST(progress_question, CentreNonsense_an_answer_that_is_not_one_is_refused) {
    for (const char* text :
         {"", "{}", "[]", R"({"kind":"progress","cases":{}})",
          R"({"kind":"progress","cases":[{}]})", R"({"kind":"progress","cases":[],"more":1})"})
        EXPECT_EQ(questions::read_progress_answer(text).error().code, FaultCode::CentreNonsense)
            << text;
    EXPECT_FALSE(questions::read_progress_question(R"({"kind":"other","id_number":"","name":""})"));
}

TEST_F(intake_promises, row_67_a_revoked_terminal_is_believed_up_to_what_was_countersigned) {
    const auto early = sent(acceptance(world)), late = sent(acceptance(world));
    intake::IntakeLimits limits;
    limits.revoked = [&] { return papers::Revocations{{{world.certificate.id(), start, 1}}, {}}; };
    service.use(std::move(limits));
    EXPECT_EQ(put(early).status, 200) << "however late it comes";
    const auto refused = put(late);
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(receipt_in(refused).kind, papers::ReceiptKind::refused);
    EXPECT_EQ(put(late).body, refused.body);
    const auto kept = service.store()->quarantine().value();
    ASSERT_EQ(kept.size(), 1u) << "whole, for a person to look at";
    EXPECT_EQ(kept[0].reason, "revoked");
    EXPECT_EQ(kept[0].envelope, late.delivered.envelope);
}

}  // namespace
