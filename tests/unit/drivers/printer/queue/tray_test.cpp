// What a printer says of its output trays (printer-output-tray), and what is made of it.
#include "drivers/printer/cups/ipp_reading.hpp"

#include <cups/ipp.h>
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace drivers::printer {
namespace {

std::optional<int> room_of(const std::vector<std::string>& trays) {
    const std::unique_ptr<ipp_t, decltype(&ippDelete)> answer(ippNew(), ippDelete);
    ipp_attribute_t* all = nullptr;
    for (const auto& tray : trays)
        if (all == nullptr)
            all = ippAddOctetString(answer.get(), IPP_TAG_PRINTER, "printer-output-tray",
                                    tray.data(), static_cast<int>(tray.size()));
        else
            ippSetOctetString(answer.get(), &all, ippGetCount(all), tray.data(),
                              static_cast<int>(tray.size()));
    return read_printer(answer.get()).tray_room;
}

TEST(output_tray, that_tells_has_room_for_so_many_sheets) {
    EXPECT_EQ(room_of({"type=unRemovableBin;maxcapacity=250;remaining=248;status=0"}), 248);
    EXPECT_EQ(room_of({"remaining=0;maxcapacity=250"}), 0);
}

TEST(output_tray, several_are_counted_together_as_far_as_they_tell) {
    EXPECT_EQ(room_of({"maxcapacity=250;remaining=200;name=a", "maxcapacity=50;remaining=-2;name=b",
                       "maxcapacity=100;remaining=99;name=c"}),
              299);
}

TEST(output_tray, that_cannot_tell_is_not_believed) {
    EXPECT_EQ(room_of({}), std::nullopt);
    for (const auto* tray :
         {"", ";;;", "remaining", "remaining=3", "maxcapacity=250",
          "maxcapacity=250;remaining=", "maxcapacity=250;remaining=-3",
          "maxcapacity=-2;remaining=7", "maxcapacity=250;remaining=251",
          "maxcapacity=250;remaining=12 sheets", "maxcapacity=250;remaining=99999999999999999999",
          "maxcapacity=2000000;remaining=1000000"})
        EXPECT_EQ(room_of({tray}), std::nullopt) << tray;
}

TEST(markers, are_read_with_their_names) {
    const std::unique_ptr<ipp_t, decltype(&ippDelete)> answer(ippNew(), ippDelete);
    const std::array levels{64, -2};
    const std::array names{"Black Toner", "Waste"};
    ippAddIntegers(answer.get(), IPP_TAG_PRINTER, IPP_TAG_INTEGER, "marker-levels", 2,
                   levels.data());
    ippAddStrings(answer.get(), IPP_TAG_PRINTER, IPP_TAG_NAME, "marker-names", 2, nullptr,
                  names.data());
    const auto view = read_printer(answer.get());
    EXPECT_EQ(view.marker_levels, (std::vector{64, -2}));
    EXPECT_EQ(view.marker_names, (std::vector<std::string>{"Black Toner", "Waste"}));
}

}  // namespace
}  // namespace drivers::printer
