// Runs the tests again under umockdev's library; without it they say that they were skipped.
#include "tests/usbdevfs/mock_bus.hpp"

#include <gtest/gtest.h>

int main(int argc, char** argv) {
    usbdevfs::run_under_umockdev(argv);
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
