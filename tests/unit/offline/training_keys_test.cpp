#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <map>

namespace {

using namespace offline_test;
namespace enrolment = provisioning::enrolment;

class training_keys : public testing::TestWithParam<domain::SuiteId> {
  protected:
    Folder folder;
    int made = 0;
    bool rotate = false;
    domain::SuiteId suite = GetParam();

    void pack_says(const std::string& text) { std::ofstream(folder / "given.json") << text; }
    base::Status run(const std::string& terminal = terminal_id) {
        made = 0;
        return enrolment::make_training_keys(
            {folder / "state", terminal, folder / "given.json", suite, start, rotate},
            [this](const std::string&, bool is_new) { made += is_new; });
    }
    std::map<std::string, base::Bytes> files() {
        std::map<std::string, base::Bytes> out;
        for (const auto& entry : fs::recursive_directory_iterator(folder / "state"))
            if (entry.is_regular_file())
                out[fs::relative(entry.path(), folder / "state")] =
                    base::read_file(entry.path()).value();
        return out;
    }
    unsigned mode(const std::string& name) {
        struct stat info {};
        return ::stat((folder / ("state/" + name)).c_str(), &info) == 0 ? info.st_mode & 0777 : 0;
    }
    void SetUp() override {
        pack_says(R"({"items":[]})");
        ASSERT_TRUE(run());
    }
};

INSTANTIATE_TEST_SUITE_P(suite, training_keys,
                         testing::Values(domain::SuiteId::one, domain::SuiteId::national),
                         [](const auto& of) { return std::string(domain::name(of.param)); });

TEST_P(training_keys, everything_the_programs_need_is_there_and_verifies) {
    const auto all = files();
    const auto root = sealing::PinnedRoot::parse(all.at("keys/root.pub")).value();
    const auto keys = sealing::KeySet::verify(all.at("keys/key_set.json"), root).value();
    EXPECT_EQ(keys.realm(), domain::Realm::training);
    EXPECT_TRUE(sealing::verify_pack(keys, all.at("pack/pack.json"), all.at("pack/pack.sig")));
    const auto certificate =
        sealing::TerminalCertificate::verify(all.at("post/terminal.cert"), root).value();
    const auto key =
        sealing::SigningKey::parse(all.at("post/terminal.key"), "terminal-key", root.realm);
    EXPECT_EQ(certificate.terminal, terminal_id);
    EXPECT_EQ(certificate.key, key->public_key());
    const auto intake = sealing::IntakeKeys::parse(all.at("intake/intake.keys")).value();
    EXPECT_TRUE(intake.sealing_pair(sealing::key_id(keys.sealing_key(start).value())));
    EXPECT_TRUE(keys.key(sealing::KeyPurpose::receipt,
                         sealing::key_id(intake.receipt_key(keys.suite(), start)->public_key())));
}

TEST_P(training_keys, private_keys_are_for_their_owner_only) {
    for (const char* name : {"root/root.key", "root/pack.key", "post/terminal.key",
                             "intake/intake.keys", "intake/issuer.key", "intake/tls_ca.key.pem"})
        EXPECT_EQ(mode(name), 0600u) << name;
    for (const char* name : {"root", "post", "intake"}) EXPECT_EQ(mode(name), 0700u) << name;
    for (const char* name :
         {"keys/root.pub", "keys/key_set.json", "pack/pack.json", "pack/pack.sig"})
        EXPECT_EQ(mode(name), 0644u) << name;
}

TEST_P(training_keys, a_second_run_keeps_everything) {
    const auto before = files();
    ASSERT_TRUE(run());
    EXPECT_EQ(made, 0);
    EXPECT_EQ(files(), before);
}

TEST_P(training_keys, a_changed_pack_is_signed_again_and_no_key_changes) {
    const auto before = files();
    pack_says(R"({"items":[1]})");
    ASSERT_TRUE(run());
    auto after = files();
    const auto root = sealing::PinnedRoot::parse(after.at("keys/root.pub")).value();
    const auto keys = sealing::KeySet::verify(after.at("keys/key_set.json"), root).value();
    EXPECT_TRUE(sealing::verify_pack(keys, after.at("pack/pack.json"), after.at("pack/pack.sig")));
    EXPECT_NE(after.at("pack/pack.sig"), before.at("pack/pack.sig"));
    after["pack/pack.json"] = before.at("pack/pack.json");
    after["pack/pack.sig"] = before.at("pack/pack.sig");
    EXPECT_EQ(after, before);
}

TEST_P(training_keys, a_rotation_gives_the_next_version_and_keeps_what_the_old_keys_open) {
    const auto root = sealing::PinnedRoot::parse(files().at("keys/root.pub")).value();
    const auto set = [&] {
        return sealing::KeySet::verify(files().at("keys/key_set.json"), root).value();
    };
    const auto before = set();
    EXPECT_EQ(before.version(), 1);
    rotate = true;
    ASSERT_TRUE(run());
    const auto after = set();
    EXPECT_EQ(after.version(), 2);
    EXPECT_EQ(after.content().keys.size(), before.content().keys.size() + 2);
    for (const auto& key : before.content().keys)
        EXPECT_TRUE(after.key(key.purpose, key.kid())) << key.text();
    EXPECT_NE(after.sealing_key(start).value(), before.sealing_key(start).value());
    const auto intake = sealing::IntakeKeys::parse(files().at("intake/intake.keys")).value();
    for (const auto* keys : {&before, &after})
        EXPECT_TRUE(intake.sealing_pair(key_id(keys->sealing_key(start).value())));
    rotate = false;
    ASSERT_TRUE(run());
    EXPECT_EQ(made, 0) << "and then all stays";
}

TEST_P(training_keys, SuiteMismatch_a_folder_of_the_other_suite_is_refused_and_stays) {
    const auto before = files();
    suite = suite == domain::SuiteId::one ? domain::SuiteId::national : domain::SuiteId::one;
    EXPECT_EQ(run().error().code, FaultCode::SuiteMismatch);
    EXPECT_EQ(files(), before);
}

TEST_P(training_keys, another_terminal_gets_a_certificate_of_its_own) {
    ASSERT_TRUE(run("000101001001002"));
    const auto all = files();
    const auto root = sealing::PinnedRoot::parse(all.at("keys/root.pub")).value();
    EXPECT_EQ(sealing::TerminalCertificate::verify(all.at("post/terminal.cert"), root)->terminal,
              "000101001001002");
    EXPECT_EQ(run("12").error().code, FaultCode::ConfigInvalid);
}

TEST_P(training_keys, KeyAbsent_a_damaged_key_is_reported_and_not_replaced) {
    std::ofstream(folder / "state/root/root.key") << "not a key";
    const auto before = files();
    EXPECT_FALSE(run());
    EXPECT_EQ(files(), before);
}

}  // namespace
