#include "domain/print_queue_address.hpp"

#include <gtest/gtest.h>

namespace domain {
namespace {

TEST(print_queue_address, a_name_is_a_queue_of_this_machines_spooler) {
    EXPECT_EQ(print_queue_address("paper"), (PrintQueueAddress{"", 631, false, "/printers/paper"}));
    EXPECT_EQ(print_queue_address("HP_M404-2.b")->resource, "/printers/HP_M404-2.b");
}

TEST(print_queue_address, an_address_of_this_machine_is_taken_apart) {
    EXPECT_EQ(print_queue_address("ipp://localhost/printers/paper"),
              (PrintQueueAddress{"localhost", 631, false, "/printers/paper"}));
    EXPECT_EQ(print_queue_address("ipp://127.0.0.1:60000/ipp/print"),
              (PrintQueueAddress{"127.0.0.1", 60000, false, "/ipp/print"}));
    EXPECT_EQ(print_queue_address("ipps://[::1]:8631/ipp/print"),
              (PrintQueueAddress{"[::1]", 8631, true, "/ipp/print"}));
    EXPECT_EQ(print_queue_address("ipp://[::1]/ipp/print")->port, 631);
    EXPECT_EQ(print_queue_address("ipp://localhost/ipp/print?contimeout=30")->resource,
              "/ipp/print");
}

TEST(print_queue_address, the_app_has_no_network) {
    for (const auto* elsewhere :
         {"ipp://192.168.1.9/ipp/print", "ipp://printer.local/ipp/print", "http://localhost/a",
          "ipp://localhost.example.org/a", "ipp://127.0.0.1.example.org/ab", "usb://HP/M404"})
        EXPECT_FALSE(print_queue_address(elsewhere)) << elsewhere;
}

TEST(print_queue_address, anything_else_is_none) {
    for (const auto* wrong : {"", " ", "a b", "a/b", "ipp://", "ipp://localhost",
                              "ipp://localhost/", "ipp://localhost:0/a", "ipp://localhost:65536/ab",
                              "ipp://localhost:6x1/ab", "ipp://localhost:/ab", "ipp:///printers/a",
                              "ipp://localhost/a\nb", "ipp://[::1/ab", "队列"})
        EXPECT_FALSE(print_queue_address(wrong)) << wrong;
    EXPECT_FALSE(print_queue_address(std::string(300, 'a')));
}

}  // namespace
}  // namespace domain
