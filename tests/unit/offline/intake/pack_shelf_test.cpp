// Which pack judges a submission, and what becomes of a service that was taken out.
#include "offline/intake/pack_shelf.hpp"

#include "../../catalogue/sample.hpp"
#include "../offline_fixture.hpp"

#include <unistd.h>

#include <filesystem>

namespace {

using offline::intake::PackShelf;

std::shared_ptr<const catalogue::Pack> county(std::int64_t version, const std::string& built_on,
                                              bool with_item) {
    auto pack = sample::pack();
    pack.version = version;
    pack.built_on = built_on;
    if (!with_item)
        std::erase_if(pack.items, [](const auto& item) { return item.code == sample::item_code; });
    return std::make_shared<const catalogue::Pack>(std::move(pack));
}

struct pack_shelf : testing::Test {
    pack_shelf()
        : folder(testing::TempDir() + "pack_shelf_" + std::to_string(::getpid())),
          shelf(county(sample::pack().version, "2026-11-01", true), folder, world.keys()) {
        std::filesystem::create_directories(folder);
    }
    ~pack_shelf() override { std::filesystem::remove_all(folder); }
    bool takes(base::Date captured_on) {
        return shelf.check(base::to_bytes(sample::submission_json().dump()), captured_on)
            .has_value();
    }
    offline_test::World world;
    std::string folder;
    PackShelf shelf;
};

TEST_F(pack_shelf, a_service_that_the_newest_pack_took_out_is_refused_when_captured_after_it) {
    ASSERT_TRUE(takes(sample::today));
    shelf.keep(county(sample::pack().version + 1, "2026-11-21", false));
    EXPECT_FALSE(takes(sample::today)) << "captured a day after it was taken out";
}

TEST_F(pack_shelf, what_was_captured_before_a_service_was_taken_out_stays_accepted) {
    shelf.keep(county(sample::pack().version + 1, "2026-11-23", false));
    EXPECT_TRUE(takes(sample::today));
    shelf.keep(county(sample::pack().version + 2, "2026-11-22", false));
    EXPECT_TRUE(takes(sample::today)) << "on the day itself the terminal cannot have known";
}

TEST_F(pack_shelf, a_service_that_is_still_there_is_judged_as_before) {
    shelf.keep(county(sample::pack().version + 1, "2026-11-01", true));
    EXPECT_TRUE(takes(sample::today));
}

}  // namespace
