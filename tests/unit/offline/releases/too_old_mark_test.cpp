// The mark that says that the centre finds this program too old.
#include "offline/post/too_old_mark.hpp"

#include "tests/unit/offline/offline_fixture.hpp"

#include <gtest/gtest.h>

namespace {

using namespace offline_test;

TEST(too_old_mark, stands_as_long_as_the_centre_says_so_and_says_since_when) {
    Folder folder;
    const std::string file = folder / post::too_old_file;
    post::TooOldMark mark(folder.path(), store::real_disk());
    mark.follow(false, start);
    EXPECT_FALSE(fs::exists(file));
    mark.follow(true, start);
    mark.follow(true, start + std::chrono::hours(1));
    post::TooOldMark after_a_restart(folder.path(), store::real_disk());
    after_a_restart.follow(true, start + std::chrono::hours(2));
    EXPECT_EQ(base::as_text(base::read_file(file).value()), base::iso8601_local(start));
    after_a_restart.follow(false, start + std::chrono::hours(3));
    EXPECT_FALSE(fs::exists(file));
}

}  // namespace
