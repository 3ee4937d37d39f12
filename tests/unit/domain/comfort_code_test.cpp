#include "domain/comfort_code.hpp"

#include "domain/quiet_hours.hpp"

#include <gtest/gtest.h>

#include <set>

namespace domain {
namespace {

// Every Comfort there is: 2^7 switches, three sizes, six volumes, six rates.
template <class Use>
void every_comfort(Use use) {
    for (unsigned flags = 0; flags < 128; ++flags)
        for (int size = 0; size < 3; ++size)
            for (int volume = 1; volume <= Comfort::volume_steps; ++volume)
                for (int rate = 1; rate <= Comfort::rate_steps; ++rate) {
                    Comfort c;
                    c.elder = (flags & 1U) != 0;
                    c.contrast = (flags & 2U) != 0 ? Contrast::high : Contrast::standard;
                    c.low = (flags & 4U) != 0;
                    c.left_hand = (flags & 8U) != 0;
                    c.still = (flags & 16U) != 0;
                    c.speech = (flags & 32U) != 0;
                    c.blank = (flags & 64U) != 0;
                    c.text = static_cast<TextSize>(size);
                    c.volume = volume;
                    c.rate = rate;
                    use(c);
                }
}

TEST(comfort_code, every_comfort_comes_back_as_it_was) {
    std::set<std::string> codes;
    int all = 0;
    every_comfort([&](const Comfort& comfort) {
        const auto code = comfort_code(comfort);
        ASSERT_EQ(code.size(), 10U);
        ASSERT_EQ(comfort_from_code(code), comfort) << code;
        codes.insert(code);
        ++all;
    });
    EXPECT_EQ(codes.size(), static_cast<std::size_t>(all)) << "two wishes share a code";
}

TEST(comfort_code, names_nobody_for_the_same_wishes_are_the_same_code) {
    EXPECT_EQ(comfort_code(Comfort{}), comfort_code(Comfort{}));
    EXPECT_EQ(comfort_code(Comfort::for_elders()).substr(0, 5), "CWC1:");
}

TEST(comfort_code, one_wrong_letter_is_noticed_wherever_it_stands) {
    const std::string alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    for (const Comfort& comfort : {Comfort{}, Comfort::for_elders()}) {
        const auto code = comfort_code(comfort);
        for (std::size_t at = 0; at < code.size(); ++at)
            for (const char letter : alphabet) {
                auto wrong = code;
                wrong[at] = letter;
                if (wrong != code) {
                    EXPECT_FALSE(comfort_from_code(wrong)) << wrong;
                }
            }
    }
}

TEST(comfort_code, whatever_else_a_camera_reads_is_no_settings) {
    const auto code = comfort_code(Comfort{});
    for (const std::string& text :
         {std::string(), std::string("CWC1:"), code + " ", " " + code, code + code,
          "CWC2:" + code.substr(5), std::string("https://example.org/CWC1:00000"),
          std::string("王秀兰 00010119430518002X"), std::string(10, '\0'),
          std::string("cwc1:") + code.substr(5), std::string(3000, 'A')})
        EXPECT_FALSE(comfort_from_code(text)) << text;
}

TEST(quiet_hours, may_go_over_midnight_and_need_not_be) {
    constexpr QuietHours night{21 * 60, 7 * 60, 2}, noon{12 * 60, 14 * 60, 2}, none{};
    for (const int minute : {21 * 60, 23 * 60 + 59, 0, 6 * 60 + 59})
        EXPECT_TRUE(night.holds(minute)) << minute;
    for (const int minute : {7 * 60, 12 * 60, 20 * 60 + 59})
        EXPECT_FALSE(night.holds(minute)) << minute;
    EXPECT_TRUE(noon.holds(12 * 60));
    EXPECT_FALSE(noon.holds(14 * 60));
    for (int minute = 0; minute < 1440; ++minute) EXPECT_FALSE(none.holds(minute));
}

}  // namespace
}  // namespace domain
