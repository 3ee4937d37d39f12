// What kiosk-post staged is looked at as if a stranger had put it there.
#include "app/staged_catalogue.hpp"

#include "../session/samples.hpp"
#include "app/start.hpp"
#include "base/random.hpp"
#include "offline/papers/feed.hpp"
#include "offline/papers/feed_contents.hpp"
#include "offline/sealing/sealing.hpp"
#include "provisioning/enrolment/training_keys.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

namespace app {
namespace {

namespace fs = std::filesystem;
namespace sealing = offline::sealing;
using offline::papers::Feed;

struct Staging : testing::Test {
    Staging() {
        std::string pattern = fs::temp_directory_path() / "cw-staged-XXXXXX";
        folder = ::mkdtemp(pattern.data());
        fs::create_directories(folder + "/feeds");
        config.terminal.id = "000101001001001";
        config.terminal.state_folder = folder;
        config.terminal.root_key = folder + "/root.pub";
        config.terminal.key_set = folder + "/key_set.json";
        config.terminal.feeds_folder = folder + "/feeds";
        write("/root.pub",
              provisioning::enrolment::root_file(root.public_key(), domain::Realm::training));
        write("/key_set.json", key_set(1));
        auto text = base::read_file(CW_SOURCE_DIR "/kiosk/catalogue/packs/sample_county/pack.json");
        sample = std::string(base::as_text(text.value()));
    }
    ~Staging() override { fs::remove_all(folder); }

    void write(const std::string& name, const base::Bytes& bytes) {
        ASSERT_TRUE(base::write_file(folder + name, bytes));
    }
    base::Bytes key_set(std::int64_t version) const {
        auto content = provisioning::enrolment::key_set_of(intake, pack_key.public_key(),
                                                           &feed_key.public_key());
        content.version = version;
        return content.issue(root).value();
    }
    std::string pack_of(std::int64_t version) const {
        std::string text = sample;
        const std::string was = "\"version\": 1,";
        return text.replace(text.find(was), was.size(),
                            "\"version\": " + std::to_string(version) + ",");
    }
    void stage_configuration(std::int64_t version, const std::string& toml) {
        const auto content = base::to_bytes(toml);
        offline::papers::FeedHead head;
        head.feed = Feed::configuration;
        head.realm = domain::Realm::training;
        head.version = version;
        head.digest = sealing::digest(sealing::SuiteId::one, content);
        head.length = static_cast<std::int64_t>(content.size());
        auto file = offline::papers::feed_file_beginning(head.sign(feed_key).value());
        file.insert(file.end(), content.begin(), content.end());
        write("/feeds/" + offline::papers::feed_file_name(Feed::configuration, version), file);
    }
    // What the terminal does at its start, and whenever a configuration comes.
    std::int64_t lay_over() {
        laid_over = config;
        return apply_overrides(config_file, laid_over);
    }
    void stage(std::int64_t head_version, const std::string& pack,
               const sealing::SigningKey& signer) {
        const auto bytes = base::to_bytes(pack);
        const auto content = offline::papers::encode_pack_content(
            signer.sign(sealing::context::pack, bytes).value(), bytes);
        offline::papers::FeedHead head;
        head.realm = domain::Realm::training;
        head.version = head_version;
        head.digest = sealing::digest(sealing::SuiteId::one, content);
        head.length = static_cast<std::int64_t>(content.size());
        auto file = offline::papers::feed_file_beginning(head.sign(feed_key).value());
        file.insert(file.end(), content.begin(), content.end());
        write("/feeds/" + offline::papers::feed_file_name(Feed::pack, head_version), file);
    }
    CatalogueStaged look(InUse in_use = {1, 1}) {
        return look_for_staged(config, in_use, seen, config_file);
    }

    std::string folder, sample;
    const std::string config_file = CW_SOURCE_DIR "/provisioning/config/kiosk.example.toml";
    provisioning::config::Config config, laid_over;
    std::set<std::string> seen;
    sealing::SigningKey root = sealing::SigningKey::generate();
    sealing::SigningKey pack_key = sealing::SigningKey::generate();
    sealing::SigningKey feed_key = sealing::SigningKey::generate();
    sealing::IntakeKeys intake = sealing::IntakeKeys::generate(domain::Realm::training);
};

TEST_F(Staging, a_newer_pack_that_holds_is_found_once_and_raises_the_floor) {
    stage(2, pack_of(2), pack_key);
    const auto found = look();
    ASSERT_TRUE(found.pack);
    EXPECT_EQ(found.pack->pack.version, 2);
    EXPECT_EQ(read_pack_floor(config), 2);
    const auto again = look({1, 2});
    EXPECT_FALSE(again.pack);
    EXPECT_TRUE(again.refused.empty());
}

TEST_F(Staging, what_does_not_hold_is_refused_and_the_next_best_is_taken) {
    stage(2, pack_of(2), pack_key);
    stage(3, pack_of(3), sealing::SigningKey::generate());  // not the pack signer
    stage(4, pack_of(2), pack_key);                         // the head of another version
    stage(5, "{\"version\": 5}", pack_key);                 // not without a problem
    const auto found = look();
    ASSERT_TRUE(found.pack);
    EXPECT_EQ(found.pack->pack.version, 2);
    EXPECT_EQ(found.refused.size(), 3U);
    EXPECT_EQ(read_pack_floor(config), 2);
}

TEST_F(Staging, what_does_not_hold_is_said_once_whatever_else_comes) {
    stage(3, pack_of(3), sealing::SigningKey::generate());
    stage_configuration(4, "[post]\nintake_url = \"http://127.0.0.1:1\"\n");
    const auto first = look();
    EXPECT_EQ(first.refused.size(), 1U);
    EXPECT_EQ(first.configurations_refused.size(), 1U);
    stage(2, pack_of(2), pack_key);
    const auto next = look();
    EXPECT_TRUE(next.pack) << "it does not hide one before";
    EXPECT_TRUE(next.refused.empty());
    EXPECT_TRUE(next.configurations_refused.empty());
    // With other keys it may be another thing that is wrong with it.
    write("/feeds/key_set-2.json", key_set(2));
    EXPECT_EQ(look({1, 2}).refused.size(), 1U);
}

TEST_F(Staging, a_pack_below_the_floor_is_not_taken_whatever_the_post_has_staged) {
    ASSERT_TRUE(keep_pack_floor(config, 7));
    stage(6, pack_of(6), pack_key);
    EXPECT_FALSE(look({1, 0}).pack);
    EXPECT_EQ(read_pack_floor(config), 7);
}

TEST_F(Staging, a_changed_byte_of_a_staged_pack_refuses_it) {
    stage(2, pack_of(2), pack_key);
    const std::string name = "/feeds/pack-2.feed";
    auto bytes = base::read_file(folder + name).value();
    bytes.back() ^= 1;
    write(name, bytes);
    const auto found = look();
    EXPECT_FALSE(found.pack);
    EXPECT_EQ(found.refused, std::vector{base::FaultCode::FeedWrong});
}

TEST_F(Staging, a_new_key_set_is_found_and_one_that_the_root_did_not_sign_is_not) {
    root = sealing::SigningKey::generate();
    write("/feeds/key_set-3.json", key_set(3));
    const auto found = look();
    EXPECT_TRUE(!found.keys || found.keys->version() == 1);
    EXPECT_EQ(trusted_keys(config).value().keys.version(), 1);
}

TEST_F(Staging, a_new_key_set_of_the_root_is_in_force_and_its_floor_is_kept) {
    write("/feeds/key_set-2.json", key_set(2));
    const auto found = look();
    ASSERT_TRUE(found.keys);
    EXPECT_EQ(found.keys->version(), 2);
    // It does not go back, even when its file is taken away.
    fs::remove(folder + "/feeds/key_set-2.json");
    EXPECT_EQ(trusted_keys(config).error().code, base::FaultCode::KeySetOutdated);
}

TEST_F(Staging,
       a_newer_configuration_that_holds_is_found_once_and_its_floor_is_kept_when_it_is_used) {
    stage_configuration(3, "[times]\nbrowse_s = 45\n");
    const auto found = look();
    EXPECT_EQ(found.configuration, 3);
    EXPECT_EQ(read_configuration_floor(config), 0) << "found is not in use";
    EXPECT_EQ(lay_over(), 3);
    EXPECT_EQ(laid_over.times.standard.browse.quiet, base::Millis{45'000});
    EXPECT_EQ(read_configuration_floor(config), 3);
    seen.clear();
    EXPECT_FALSE(look({1, 1, 3}).configuration);
}

TEST_F(Staging, an_older_configuration_is_not_taken_whatever_the_post_has_staged) {
    stage_configuration(7, "[times]\nbrowse_s = 45\n");
    ASSERT_EQ(lay_over(), 7);
    fs::remove(folder + "/feeds/" + offline::papers::feed_file_name(Feed::configuration, 7));
    stage_configuration(6, "[times]\nbrowse_s = 50\n");
    EXPECT_FALSE(look({1, 1, 7}).configuration);
    // Nor after a start that knows nothing but the floor.
    seen.clear();
    EXPECT_FALSE(look().configuration);
    EXPECT_EQ(lay_over(), 0);
    EXPECT_EQ(read_configuration_floor(config), 7);
}

TEST_F(Staging, a_configuration_that_this_file_does_not_take_is_refused_and_hides_none_before) {
    stage_configuration(3, "[times]\nbrowse_s = 45\n");
    stage_configuration(4, "[post]\nintake_url = \"http://127.0.0.1:1\"\n");
    const auto found = look();
    EXPECT_EQ(found.configuration, 3);
    EXPECT_EQ(found.configurations_refused, std::vector{base::FaultCode::ConfigInvalid});
    EXPECT_EQ(lay_over(), 3);
    // A changed byte: nobody signed that.
    stage_configuration(5, "[times]\nbrowse_s = 50\n");
    const std::string name = "/feeds/" + offline::papers::feed_file_name(Feed::configuration, 5);
    auto bytes = base::read_file(folder + name).value();
    bytes.back() ^= 1;
    write(name, bytes);
    EXPECT_FALSE(look({1, 1, 3}).configuration);
    EXPECT_EQ(lay_over(), 3);
}

}  // namespace
}  // namespace app
