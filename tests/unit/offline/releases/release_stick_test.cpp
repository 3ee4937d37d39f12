// A release that travels by stick: made by the owner's commands, published by the centre's, and
// taken by a terminal; and sticks on which something is not as it should be, which change nothing.
#include "offline/courier/terminal/release_import.hpp"
#include "offline/intake/release_command.hpp"
#include "offline/releases/package_shelf.hpp"
#include "tests/unit/offline/releases/release_world.hpp"
#include "tests/unit/offline/sealing/every_suite.hpp"

namespace {

using namespace offline_test;

class ReleaseStick : public EverySuite {
  protected:
    void SetUp() override {
        for (const char* made : {"repository/pool", "stick", "feeds", "centre"})
            fs::create_directories(folder / made);
        write("repository/pool/citizen-window-kiosk_2.0_all.deb", kiosk);
        write("repository/pool/citizen-window-post_2.0_all.deb", post);
        write("release.key", world.release.as_file("release-key", world.realm));
        publish(1);
        ASSERT_EQ(
            intake::write_release_stick(folder / "centre", folder / "repository", folder / "stick")
                .value(),
            2);
    }
    void write(const std::string& name, base::ByteView bytes) {
        ASSERT_TRUE(base::write_file(folder / name, bytes, 0644));
    }
    intake::ReleaseOrder order(std::int64_t number) const {
        intake::ReleaseOrder out;
        out.realm = world.realm;
        out.key = folder / "release.key";
        out.repository = folder / "repository";
        out.packages = {"pool/citizen-window-kiosk_2.0_all.deb",
                        "pool/citizen-window-post_2.0_all.deb"};
        out.number = number;
        out.software = "2.0";
        return out;
    }
    void publish(std::int64_t number) {
        const auto list = intake::make_release(order(number), start);
        ASSERT_TRUE(list) << list.error().safe_detail;
        ASSERT_TRUE(intake::publish({folder / "centre", world.keys(), start, {}}, Feed::release,
                                    number, *list, world.feed, {}, store::real_disk()));
    }
    base::Result<std::optional<courier::ReleaseFromStick>> import() {
        const auto medium = courier::open_medium(folder / "stick").value();
        return courier::import_release(*medium, folder / "feeds", world.keys(), terminal_id,
                                       store::real_disk());
    }
    std::string on_stick(base::ByteView bytes) const {
        return folder / ("stick/cw-release/" + base::to_hex(suite.digest(bytes)) + ".deb");
    }
    void expect_refused(FaultCode code) {
        const auto taken = import();
        ASSERT_FALSE(taken);
        EXPECT_EQ(taken.error().code, code) << taken.error().safe_detail;
        EXPECT_TRUE(feeds::staged_versions(folder / "feeds", Feed::release).empty());
    }

    Folder folder;
    const base::Bytes kiosk = base::Bytes(600'000, 'k'), post = base::to_bytes("post");
};
INSTANTIATE_TEST_SUITE_P(suites, ReleaseStick, both_suites, suite_name);

TEST_P(ReleaseStick, brings_the_list_and_its_packages) {
    const auto taken = import().value();
    ASSERT_TRUE(taken);
    EXPECT_EQ(*taken, (courier::ReleaseFromStick{1, true, 2, 0}));
    EXPECT_EQ(
        base::read_file(folder / ("feeds/packages/" + base::to_hex(suite.digest(kiosk)) + ".deb"))
            .value(),
        kiosk);
    EXPECT_TRUE(
        feeds::newest_staged(folder / "feeds", Feed::release, 1, world.keys(), terminal_id));
    EXPECT_EQ(import().value()->packages, 0) << "once";
}

TEST_P(ReleaseStick, that_carries_none_says_nothing) {
    fs::remove_all(folder / "stick/cw-release");
    EXPECT_FALSE(import().value());
}

TEST_P(ReleaseStick, a_package_that_is_missing_is_missing_and_the_line_may_bring_it) {
    fs::remove(on_stick(kiosk));
    const auto taken = import().value();
    EXPECT_EQ(*taken, (courier::ReleaseFromStick{1, true, 1, 1}));
}

TEST_P(ReleaseStick, goes_on_with_what_a_broken_line_left) {
    const auto list = release_list(world, 1, {});
    auto shelf =
        releases::PackageShelf::open(folder / "feeds/packages", GetParam(), store::real_disk())
            .value();
    const auto package = package_of(world, "citizen-window-kiosk", "2.0", kiosk);
    ASSERT_TRUE(shelf.append(package, base::ByteView(kiosk).first(100'000)));
    EXPECT_EQ(import().value()->packages, 2);
}

TEST_P(ReleaseStick, with_a_changed_package_changes_nothing) {
    auto changed = kiosk;
    changed[300'000] ^= 1;
    ASSERT_TRUE(base::write_file(on_stick(kiosk), changed));
    expect_refused(FaultCode::ReleaseWrong);
}

TEST_P(ReleaseStick, with_a_package_that_is_cut_off_changes_nothing) {
    fs::resize_file(on_stick(kiosk), 400'000);
    expect_refused(FaultCode::ReleaseWrong);
}

TEST_P(ReleaseStick, with_a_package_without_an_end_is_read_to_the_signed_length_only) {
    fs::resize_file(on_stick(kiosk), 40'000'000);
    EXPECT_EQ(import().value()->packages, 2);
}

TEST_P(ReleaseStick, with_a_link_in_place_of_a_package_changes_nothing) {
    fs::rename(on_stick(kiosk), folder / "elsewhere");
    fs::create_symlink(folder / "elsewhere", on_stick(kiosk));
    const auto taken = import();
    EXPECT_TRUE(!taken || (*taken)->missing == 1) << "it is not followed";
    EXPECT_FALSE(
        fs::exists(folder / ("feeds/packages/" + base::to_hex(suite.digest(kiosk)) + ".deb")));
}

TEST_P(ReleaseStick, with_a_changed_list_changes_nothing) {
    const std::string path = folder / "stick/cw-release/release.feed";
    auto bytes = base::read_file(path).value();
    bytes[bytes.size() - 10] ^= 1;
    ASSERT_TRUE(base::write_file(path, bytes));
    expect_refused(FaultCode::FeedWrong);
}

TEST_P(ReleaseStick, with_an_endless_list_changes_nothing) {
    ASSERT_TRUE(
        base::write_file(folder / "stick/cw-release/release.feed", base::Bytes(4u << 20, 'x')));
    expect_refused(FaultCode::BundleWrong);
}

TEST_P(ReleaseStick, with_an_older_release_changes_nothing) {
    const auto old = base::read_file(folder / "stick/cw-release/release.feed").value();
    publish(2);
    ASSERT_TRUE(
        intake::write_release_stick(folder / "centre", folder / "repository", folder / "stick"));
    ASSERT_TRUE(import());
    ASSERT_TRUE(base::write_file(folder / "stick/cw-release/release.feed", old));
    const auto taken = import();
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, FaultCode::ReleaseOutdated);
    EXPECT_EQ(feeds::staged_versions(folder / "feeds", Feed::release).front(), 2);
}

TEST_P(ReleaseStick, is_not_written_when_a_package_is_not_what_was_published) {
    write("repository/pool/citizen-window-post_2.0_all.deb", base::to_bytes("tsop"));
    fs::remove_all(folder / "stick/cw-release");
    EXPECT_FALSE(
        intake::write_release_stick(folder / "centre", folder / "repository", folder / "stick"));
    EXPECT_FALSE(fs::exists(folder / "stick/cw-release"));
}

TEST_P(ReleaseStick, an_order_with_a_wrong_window_or_a_file_of_no_package_is_refused) {
    auto wrong = order(1);
    for (const char* window : {"", "1-5", "25:00-26:00", "01:00", "01:00-01:00", "0a:00-05:00"}) {
        wrong.window = window;
        EXPECT_FALSE(intake::make_release(wrong, start)) << window;
    }
    wrong = order(1);
    wrong.packages = {"pool/kiosk.deb"};
    EXPECT_FALSE(intake::make_release(wrong, start));
}

}  // namespace
