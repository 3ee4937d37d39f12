// What both databases promise about terminals, in one suite over both.
#include "tests/unit/offline/intake/case_store_fixture.hpp"

namespace {

using namespace offline_test;
using namespace std::chrono_literals;
using intake::Ended;
using intake::Enrolling;
namespace wire = papers::wire;

class terminal_book : public case_store {
  protected:
    intake::OpenInvitation invite(const std::string& number, const std::string& replaces = "") {
        intake::OpenInvitation out{
            number,
            {terminal_id, terminal_id.substr(0, 12), "一楼大厅", wire::Profile::village},
            replaces,
            start + 72h,
            base::Bytes(32, 1),
            base::Bytes(64, 2)};
        EXPECT_TRUE(store->book().invite(out, start).value());
        return out;
    }
    // In place of the issuer.
    intake::RegisteredCertificate certificate(const intake::OpenInvitation& of,
                                              const std::string& id, std::uint8_t key) {
        intake::RegisteredCertificate out;
        out.id = id;
        out.place = of.place;
        out.key = {suite, base::Bytes(32, key)};
        out.file = base::Bytes{0, 255, 1};
        out.facts = {"1.0", "型号", "0123456789abcdef", wire::KeyStoreKind::file};
        out.issued_at = start;
        out.not_after = start + std::chrono::days(400);
        return out;
    }
    intake::TerminalBook::Outcome enrol(const std::string& number, const std::string& id,
                                        std::uint8_t key, base::Instant now = start) {
        return store->book()
            .enrol(number, {suite, base::Bytes(32, key)}, now,
                   [&](const intake::OpenInvitation& of) {
                       return base::Result<intake::RegisteredCertificate>(certificate(of, id, key));
                   })
            .value();
    }
};

INSTANTIATE_TEST_SUITE_P(both, terminal_book, testing::Values("sqlite", "postgres"),
                         [](const auto& one) { return one.param; });

TEST_P(terminal_book, an_invitation_and_its_certificate_come_back_as_they_were) {
    const auto open = invite("2345");
    const auto read = store->book().invitation("2345").value();
    ASSERT_TRUE(read);
    EXPECT_EQ(read->place.point, "一楼大厅");
    EXPECT_EQ(read->place.profile, wire::Profile::village);
    EXPECT_EQ(read->until, open.until);
    EXPECT_EQ(read->key(sealing::SuiteId::national).bytes, open.key_national);
    EXPECT_FALSE(store->book().invitation("2346").value());
    EXPECT_FALSE(
        store->book()
            .invite(
                {"2345", {"000101001001009", "000101001001", "x", {}}, "", start + 1h, {1}, {1}},
                start)
            .value())
        << "the number is taken";
    EXPECT_EQ(enrol("2345", "aa", 5).is, Enrolling::enrolled);
    const auto present = store->book().present(terminal_id).value();
    ASSERT_TRUE(present);
    EXPECT_EQ(present->id, "aa");
    EXPECT_EQ(present->file, (base::Bytes{0, 255, 1}));
    EXPECT_EQ(present->facts.model, "型号");
    EXPECT_EQ(present->not_after, start + std::chrono::days(400));
    EXPECT_EQ(store->book().all_present()->size(), 1u);
    EXPECT_EQ(enrol("2345", "bb", 5, start + 100h).certificate->id, "aa") << "the same again";
    EXPECT_EQ(enrol("2345", "bb", 6).is, Enrolling::used);
}

TEST_P(terminal_book, errors_are_counted_and_lock) {
    invite("2345");
    for (int i = 0; i < intake::wrong_codes_max; ++i)
        ASSERT_TRUE(store->book().count_wrong("2345"));
    EXPECT_EQ(enrol("2345", "aa", 5).is, Enrolling::locked);
    invite("2346");
    EXPECT_FALSE(store->book().invitation("2345").value()) << "the next ends the one before";
    EXPECT_EQ(enrol("2346", "aa", 5, start + 72h).is, Enrolling::expired);
}

TEST_P(terminal_book, what_ended_is_revoked_with_the_number_that_was_countersigned) {
    invite("2345");
    enrol("2345", "aa", 5);
    ASSERT_TRUE(store->meet(terminal_id, first_epoch, 1, start));
    for (int seq = 1; seq <= 2; ++seq) ASSERT_TRUE(store->take(new_case(seq), say_the_place));
    ASSERT_TRUE(store->countersign(terminal_id, {first_epoch, suite, 1, 6, 0, {}}));
    const auto numbers = store->book().unsent(terminal_id).value();
    EXPECT_EQ(numbers.highest, 5);
    EXPECT_EQ(numbers.countersigned, 2);
    EXPECT_EQ(numbers.missing, 3);
    ASSERT_TRUE(store->book().renew(
        "aa", certificate(*store->book().invitation("2345").value(), "bb", 5), start));
    EXPECT_TRUE(store->book().revoked()->empty());
    EXPECT_EQ(
        store->book()
            .renew("aa", certificate(*store->book().invitation("2345").value(), "cc", 5), start)
            .error()
            .code,
        FaultCode::AnswerNotFound);
    ASSERT_TRUE(store->book().end(terminal_id, Ended::lost, start + 1h));
    const auto revoked = store->book().revoked().value();
    ASSERT_EQ(revoked.size(), 2u) << "the renewed one, too";
    EXPECT_EQ(revoked.front(), (papers::RevokedTerminal{"aa", start + 1h, 2}));
    EXPECT_EQ(store->book().end(terminal_id, Ended::lost, start).error().code,
              FaultCode::AnswerNotFound);
    invite("2347");
    EXPECT_EQ(enrol("2347", "dd", 5).is, Enrolling::revoked) << "with that key";
    EXPECT_EQ(enrol("2347", "dd", 6).is, Enrolling::enrolled);
}

TEST_P(terminal_book, two_machines_with_one_code_at_once_make_one_terminal) {
    for (int round = 0; round < 20; ++round) {
        const std::string number = "23" + std::to_string(22 + round);
        invite(number, terminal_id);
        std::atomic<int> enrolled{0}, used{0};
        {
            std::vector<std::jthread> machines;
            for (std::uint8_t key = 1; key <= 4; ++key)
                machines.emplace_back([&, key] {
                    const auto outcome =
                        enrol(number, "c" + std::to_string(round) + std::to_string(key), key);
                    ++(outcome.is == Enrolling::enrolled ? enrolled : used);
                });
        }
        EXPECT_EQ(enrolled, 1);
        EXPECT_EQ(used, 3);
    }
    EXPECT_EQ(store->book().revoked()->size(), 19u);
}

}  // namespace
