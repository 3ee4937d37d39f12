// What the centre gives out about technicians, as a terminal reads it.
#include "offline/intake/technician_command.hpp"
#include "offline/papers/maintenance_answer.hpp"
#include "offline/papers/technician_roster.hpp"
#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>

namespace {

using namespace offline_test;
using domain::Right;

class technicians : public testing::TestWithParam<domain::SuiteId> {
  protected:
    technicians() {
        order.key = folder / "feed.key";
        order.realm = domain::Realm::training;
        EXPECT_TRUE(base::write_file(order.key, feed.as_file("feed-key", order.realm)));
    }
    base::Result<base::Bytes> list(const std::string& lines) {
        return intake::technician_list(order, text(lines), start);
    }
    static base::SecretText text(std::string value) { return base::SecretText(std::move(value)); }
    static sealing::KeySet keys_of(const sealing::SigningKey& feed) {
        const auto root = sealing::SigningKey::generate(GetParam());
        const auto centre = sealing::IntakeKeys::generate(domain::Realm::training, GetParam());
        const auto set = provisioning::enrolment::key_set_of(
            centre, sealing::SigningKey::generate(GetParam()).public_key(), &feed.public_key());
        return sealing::KeySet::verify(set.issue(root).value(),
                                       {domain::Realm::training, root.public_key()})
            .value();
    }

    const Folder folder;
    sealing::SigningKey feed = sealing::SigningKey::generate(GetParam());
    sealing::KeySet keys = keys_of(feed);
    intake::TechnicianOrder order;
};
INSTANTIATE_TEST_SUITE_P(suite, technicians,
                         testing::Values(domain::SuiteId::one, domain::SuiteId::national),
                         [](const auto& of) { return std::string(domain::name(of.param)); });

TEST_P(technicians, a_list_that_the_centre_signs_lets_in_who_stands_on_it_and_nobody_else) {
    order.version = 4;
    const auto file =
        list("T-0009 - CARD9 123456\n\nT-0007 courier,machine CARD7 654321\n").value();
    const std::string written(base::as_text(file));
    for (const char* secret : {"CARD7", "654321"})
        EXPECT_EQ(written.find(secret), std::string::npos);
    const auto roster = papers::TechnicianRoster::verify(file, keys, 4, start).value();
    EXPECT_EQ(roster.entries.size(), 2U);
    const auto who = [&](const char* card, const char* pin, base::Instant now = start) {
        const auto found = roster.matching(text(card), text(pin), now);
        return found ? found->label : std::string(base::name(found.error().code));
    };
    EXPECT_EQ(who("CARD7", "654321"), "T-0007");
    EXPECT_EQ(who("CARD9", "123456"), "T-0009");
    EXPECT_EQ(who("CARD9", "654321"), "TechnicianRefused");
    EXPECT_EQ(who("CARD7", "654321", start + std::chrono::hours{24 * 400}), "TechnicianRefused");
    EXPECT_EQ(roster.entries.front().technician.rights,
              (std::set<Right>{Right::courier, Right::machine}));
    EXPECT_FALSE(papers::TechnicianRoster::verify(file, keys, 5, start));
}

TEST_P(technicians, ConfigInvalid_names_the_line_that_is_wrong) {
    for (const char* wrong :
         {"T-0007 courier CARD", "T-0007 courier CARD 123456 more", "T-0007 fly CARD 123456",
          "Wang courier CARD 123456", "T-0007 courier CARD 12345", "T-0007 courier  123456"}) {
        const auto file = list("T-0001 - CARD 123456\n" + std::string(wrong));
        ASSERT_FALSE(file) << wrong;
        EXPECT_EQ(file.error().code, FaultCode::ConfigInvalid);
        EXPECT_NE(file.error().safe_detail.find("line 2"), std::string::npos) << wrong;
        EXPECT_EQ(file.error().safe_detail.find("123456"), std::string::npos);
    }
    EXPECT_FALSE(papers::TechnicianRoster::verify(
        list("T-0001 - CARD 123456\nT-0001 - CARD2 123456\n").value(), keys, 0, start))
        << "one label, two people";
}

TEST_P(technicians, an_answer_of_the_centre_opens_the_terminal_that_asked) {
    const papers::MaintenanceChallenge challenge{terminal_id, start, {1, 2, 3}};
    order.challenge = challenge.text();
    order.label = "T-0007";
    order.rights = "service,machine";
    const auto answer = intake::technician_answer(order).value();
    EXPECT_LE(answer.size(), papers::answer_text_max);
    const auto who = papers::read_maintenance_answer(answer, challenge, keys, start);
    ASSERT_TRUE(who);
    EXPECT_EQ(*who, (domain::Technician{"T-0007", {Right::service, Right::machine}}));
    order.challenge = "CWM1:x";
    EXPECT_EQ(intake::technician_answer(order).error().code, FaultCode::BytesMalformed);
    order.challenge = challenge.text();
    order.rights = "everything";
    EXPECT_EQ(intake::technician_answer(order).error().code, FaultCode::ConfigInvalid);
}

}  // namespace
