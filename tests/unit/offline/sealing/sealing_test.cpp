#include "offline/sealing/envelope.hpp"
#include "offline/sealing/opening.hpp"
#include "tests/fuzz/fixed_keys.hpp"
#include "tests/unit/offline/sealing/every_suite.hpp"

#include <gtest/gtest.h>

namespace {

using namespace offline_test;

using sealing_promises = EverySuite;
INSTANTIATE_TEST_SUITE_P(suite, sealing_promises, both_suites, suite_name);

base::FaultCode fault_of_key_set(base::Bytes file, const sealing::PinnedRoot& root) {
    return sealing::KeySet::verify(file, root).error().code;
}

TEST_P(sealing_promises, what_was_sealed_only_the_intake_opens_and_it_is_the_same) {
    const auto id = domain::SubId::draw();
    for (const std::size_t size : {0u, 1u, 1020u, 1021u, 100'000u}) {
        const std::string text(size, 'x');
        const auto envelope = world.seal(id, base::to_bytes(text));
        ASSERT_TRUE(envelope);
        EXPECT_EQ(**sealing::open_submission(world.intake, id, *envelope), text);
    }
}

TEST_P(sealing_promises, envelopes_of_different_content_have_the_size_of_their_step) {
    const auto size_for = [&](std::size_t content) {
        return world.seal(domain::SubId::draw(), base::Bytes(content))->size();
    };
    EXPECT_EQ(size_for(1), size_for(1020));
    EXPECT_EQ(size_for(1021), size_for(2044));
    EXPECT_EQ(size_for(2045), size_for(4092));
    EXPECT_EQ(size_for(2045) - size_for(1021), 2048u);
    EXPECT_FALSE(world.seal(domain::SubId::draw(), base::Bytes(600'000)));
}

TEST_P(sealing_promises, every_changed_byte_of_an_envelope_is_refused) {
    const auto id = domain::SubId::draw();
    const auto envelope = world.seal(id, base::to_bytes("secret")).value();
    for (std::size_t i = 0; i < envelope.size(); i += i < 200 ? 1 : 13) {
        base::Bytes changed = envelope;
        changed[i] ^= 1;
        EXPECT_FALSE(sealing::open_submission(world.intake, id, changed)) << "byte " << i;
    }
    for (std::size_t size = 0; size < envelope.size(); size += 7)
        EXPECT_FALSE(
            sealing::open_submission(world.intake, id, base::ByteView(envelope).first(size)));
}

TEST_P(sealing_promises, an_envelope_moved_to_another_submission_or_intake_is_refused) {
    const auto id = domain::SubId::draw();
    const auto envelope = world.seal(id, base::to_bytes("x")).value();
    EXPECT_EQ(sealing::open_submission(world.intake, domain::SubId::draw(), envelope).error().code,
              FaultCode::SealBroken);
    EXPECT_EQ(sealing::open_submission(other.intake, id, envelope).error().code,
              FaultCode::KeyUnknown);
}

TEST_P(sealing_promises, a_key_set_is_taken_only_from_its_own_root_and_unchanged) {
    EXPECT_TRUE(sealing::KeySet::verify(world.key_set_file(), world.pinned));
    EXPECT_EQ(fault_of_key_set(world.key_set_file(), other.pinned), FaultCode::SignatureWrong);
    const base::Bytes file = world.key_set_file();
    for (std::size_t i = 0; i + 1 < file.size(); ++i) {
        base::Bytes changed = file;
        changed[i] ^= 1;
        EXPECT_FALSE(sealing::KeySet::verify(changed, world.pinned)) << "byte " << i;
    }
    base::Bytes spaced = file;
    spaced.insert(spaced.begin() + 1, ' ');
    EXPECT_EQ(fault_of_key_set(spaced, world.pinned), FaultCode::BytesMalformed);
}

TEST_P(sealing_promises, RealmMismatch_a_key_set_of_the_other_realm_is_refused) {
    world.realm = domain::Realm::service;
    EXPECT_EQ(fault_of_key_set(world.key_set_file(), world.pinned), FaultCode::RealmMismatch);
}

TEST_P(sealing_promises, RealmMismatch_a_submission_sealed_in_the_other_realm_is_refused) {
    const auto id = domain::SubId::draw();
    auto envelope = world.seal(id, base::to_bytes("x")).value();
    envelope[5] = static_cast<std::uint8_t>(domain::Realm::service);
    EXPECT_EQ(sealing::open_submission(world.intake, id, envelope).error().code,
              FaultCode::RealmMismatch);
}

TEST_P(sealing_promises, a_terminal_certificate_is_believed_only_with_the_roots_signature) {
    EXPECT_TRUE(sealing::TerminalCertificate::verify(world.certificate.file, world.pinned));
    EXPECT_EQ(
        sealing::TerminalCertificate::verify(world.certificate.file, other.pinned).error().code,
        FaultCode::SignatureWrong);
}

TEST_P(sealing_promises, a_pack_with_one_changed_byte_is_refused) {
    base::Bytes pack = base::to_bytes("{\"items\":[]}");
    const auto signature = world.pack.sign(sealing::context::pack, pack).value();
    EXPECT_TRUE(sealing::verify_pack(world.keys(), pack, signature));
    pack[2] ^= 1;
    EXPECT_EQ(sealing::verify_pack(world.keys(), pack, signature).error().code,
              FaultCode::SignatureWrong);
}

TEST_P(sealing_promises, a_signature_made_for_one_purpose_serves_no_other) {
    const base::Bytes bytes = base::to_bytes("same bytes");
    const auto signature = world.pack.sign(sealing::context::manifest, bytes).value();
    EXPECT_FALSE(sealing::verify_pack(world.keys(), bytes, signature));
}

TEST_P(sealing_promises, an_answer_opens_only_for_the_question_it_answers) {
    const auto asked = world.question(base::to_bytes("how far?")).value();
    const auto other_asked = world.question(base::to_bytes("how far?")).value();
    const auto opened = sealing::open_question(world.intake, asked.bytes()).value();
    EXPECT_EQ(*opened.plaintext, "how far?");
    const auto answer =
        sealing::seal_answer(world.intake, start, opened, base::to_bytes("received")).value();
    EXPECT_EQ(**asked.open_answer(answer), "received");
    EXPECT_FALSE(other_asked.open_answer(answer));

    // Whoever is not the intake may know the one-time key and still cannot answer.
    const auto forged =
        sealing::seal_answer(other.intake, start, opened, base::to_bytes("forged")).value();
    EXPECT_EQ(asked.open_answer(forged).error().code, FaultCode::SignatureWrong);
    for (std::size_t i = 0; i < answer.size(); i += 3) {
        base::Bytes changed = answer;
        changed[i] ^= 1;
        EXPECT_FALSE(asked.open_answer(changed)) << "byte " << i;
    }
}

// The bytes of both formats are kept: this one was sealed long ago.
TEST_P(sealing_promises, an_envelope_of_before_still_opens) {
    const std::string name = GetParam() == sealing::SuiteId::one ? "one" : "national";
    const auto kept = base::read_file("tests/fuzz/corpus/envelope/" + name).value();
    const auto opened = sealing::envelope::open(
        sealing::envelope::submission_magic, domain::Realm::training,
        fuzz::sealing_pair(GetParam()), base::Bytes(16, 1), base::ByteView(kept).subspan(1));
    ASSERT_TRUE(opened);
    EXPECT_EQ(base::as_text(*opened), "kept");
}

TEST_P(sealing_promises, the_intakes_key_file_reads_back_as_the_same_keys) {
    const auto again = sealing::IntakeKeys::parse(world.intake.as_file()).value();
    EXPECT_EQ(again.listed(), world.intake.listed());
    EXPECT_EQ(again.index(base::to_bytes("x")), world.intake.index(base::to_bytes("x")));
    const auto id = domain::SubId::draw();
    const auto envelope = world.seal(id, base::to_bytes("x")).value();
    EXPECT_TRUE(sealing::open_submission(again, id, envelope));
}

}  // namespace
