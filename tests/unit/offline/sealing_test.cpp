#include "offline/sealing/opening.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>

namespace {

using namespace offline_test;

base::FaultCode fault_of_key_set(base::Bytes file, const sealing::PinnedRoot& root) {
    return sealing::KeySet::verify(file, root).error().code;
}

TEST(sealing, what_was_sealed_only_the_intake_opens_and_it_is_the_same) {
    const World world;
    const auto id = domain::SubId::draw();
    for (const std::size_t size : {0u, 1u, 1020u, 1021u, 100'000u}) {
        const std::string text(size, 'x');
        const auto envelope = sealing::seal_submission(world.keys(), id, base::to_bytes(text));
        ASSERT_TRUE(envelope);
        EXPECT_EQ(**sealing::open_submission(world.intake, id, *envelope), text);
    }
}

TEST(sealing, envelopes_of_different_content_have_the_size_of_their_step) {
    const World world;
    const auto size_for = [&](std::size_t content) {
        return sealing::seal_submission(world.keys(), domain::SubId::draw(), base::Bytes(content))
            ->size();
    };
    EXPECT_EQ(size_for(1), size_for(1020));
    EXPECT_EQ(size_for(1021), size_for(2044));
    EXPECT_EQ(size_for(2045), size_for(4092));
    EXPECT_EQ(size_for(2045) - size_for(1021), 2048u);
    EXPECT_FALSE(
        sealing::seal_submission(world.keys(), domain::SubId::draw(), base::Bytes(600'000)));
}

TEST(sealing, every_changed_byte_of_an_envelope_is_refused) {
    const World world;
    const auto id = domain::SubId::draw();
    const auto envelope =
        sealing::seal_submission(world.keys(), id, base::to_bytes("secret")).value();
    for (std::size_t i = 0; i < envelope.size(); ++i) {
        base::Bytes changed = envelope;
        changed[i] ^= 1;
        EXPECT_FALSE(sealing::open_submission(world.intake, id, changed)) << "byte " << i;
    }
    for (std::size_t size = 0; size < envelope.size(); size += 7)
        EXPECT_FALSE(
            sealing::open_submission(world.intake, id, base::ByteView(envelope).first(size)));
}

TEST(sealing, an_envelope_moved_to_another_submission_or_intake_is_refused) {
    const World world, other;
    const auto id = domain::SubId::draw();
    const auto envelope = sealing::seal_submission(world.keys(), id, base::to_bytes("x")).value();
    EXPECT_EQ(sealing::open_submission(world.intake, domain::SubId::draw(), envelope).error().code,
              FaultCode::SealBroken);
    EXPECT_EQ(sealing::open_submission(other.intake, id, envelope).error().code,
              FaultCode::KeyAbsent);
}

TEST(sealing, a_key_set_is_taken_only_from_its_own_root_and_unchanged) {
    const World world, other;
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

TEST(sealing, RealmMismatch_a_key_set_of_the_other_realm_is_refused) {
    World world;
    world.realm = domain::Realm::service;
    EXPECT_EQ(fault_of_key_set(world.key_set_file(), world.pinned), FaultCode::RealmMismatch);
}

TEST(sealing, RealmMismatch_a_submission_sealed_in_the_other_realm_is_refused) {
    World world;
    const auto id = domain::SubId::draw();
    auto envelope = sealing::seal_submission(world.keys(), id, base::to_bytes("x")).value();
    envelope[5] = static_cast<std::uint8_t>(domain::Realm::service);
    EXPECT_EQ(sealing::open_submission(world.intake, id, envelope).error().code,
              FaultCode::RealmMismatch);
}

TEST(sealing, a_terminal_certificate_is_believed_only_with_the_roots_signature) {
    const World world, other;
    EXPECT_TRUE(sealing::TerminalCertificate::verify(world.certificate.file, world.pinned));
    EXPECT_EQ(
        sealing::TerminalCertificate::verify(world.certificate.file, other.pinned).error().code,
        FaultCode::SignatureWrong);
}

TEST(sealing, a_pack_with_one_changed_byte_is_refused) {
    const World world;
    base::Bytes pack = base::to_bytes("{\"items\":[]}");
    const auto signature = world.pack.sign(sealing::context::pack, pack);
    EXPECT_TRUE(sealing::verify_pack(world.keys(), pack, signature));
    pack[2] ^= 1;
    EXPECT_EQ(sealing::verify_pack(world.keys(), pack, signature).error().code,
              FaultCode::SignatureWrong);
}

TEST(sealing, a_signature_made_for_one_purpose_serves_no_other) {
    const World world;
    const base::Bytes bytes = base::to_bytes("same bytes");
    const auto signature = world.pack.sign(sealing::context::manifest, bytes);
    EXPECT_FALSE(sealing::verify_pack(world.keys(), bytes, signature));
}

TEST(sealing, an_answer_opens_only_for_the_question_it_answers) {
    const World world, other;
    const auto asked =
        sealing::SealedQuestion::make(world.keys(), base::to_bytes("how far?")).value();
    const auto other_asked =
        sealing::SealedQuestion::make(world.keys(), base::to_bytes("how far?")).value();
    const auto opened = sealing::open_question(world.intake, asked.bytes()).value();
    EXPECT_EQ(*opened.plaintext, "how far?");
    const auto answer =
        sealing::seal_answer(world.intake, opened, base::to_bytes("received")).value();
    EXPECT_EQ(**asked.open_answer(answer), "received");
    EXPECT_FALSE(other_asked.open_answer(answer));

    // Whoever is not the intake may know the one-time key and still cannot answer.
    const auto forged =
        sealing::seal_answer(other.intake, opened, base::to_bytes("forged")).value();
    EXPECT_EQ(asked.open_answer(forged).error().code, FaultCode::SignatureWrong);
    for (std::size_t i = 0; i < answer.size(); i += 3) {
        base::Bytes changed = answer;
        changed[i] ^= 1;
        EXPECT_FALSE(asked.open_answer(changed)) << "byte " << i;
    }
}

TEST(sealing, the_intakes_key_file_reads_back_as_the_same_keys) {
    const World world;
    const auto again = sealing::IntakeKeys::parse(world.intake.as_file()).value();
    EXPECT_EQ(again.sealing_key(), world.intake.sealing_key());
    EXPECT_EQ(again.receipt_key().public_key(), world.intake.receipt_key().public_key());
    const auto id = domain::SubId::draw();
    const auto envelope = sealing::seal_submission(world.keys(), id, base::to_bytes("x")).value();
    EXPECT_TRUE(sealing::open_submission(again, id, envelope));
}

}  // namespace
