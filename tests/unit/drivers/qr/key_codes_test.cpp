// A scanner that types: what its keys say, and that nothing else comes of them.
#include "drivers/qr/scanner/codec/key_codes.hpp"

#include "drivers/qr/scanner/emulated/key_presses.hpp"

#include <gtest/gtest.h>
#include <linux/input.h>

namespace drivers::qr {
namespace {

using base::Millis;
using Texts = std::vector<std::string>;

Texts texts(const std::vector<base::SecretText>& codes) {
    Texts out;
    for (const auto& code : codes) out.push_back(*code);
    return out;
}
base::Bytes keys(std::string_view names, Millis at = Millis{1000}) {
    return key_events(chords_from(names).value(), at);
}
base::Bytes typed(std::string_view code, Millis at = Millis{1000}) {
    return key_events(chords_of(code), at);
}
base::Bytes joined(base::Bytes one, const base::Bytes& other) {
    one.insert(one.end(), other.begin(), other.end());
    return one;
}

TEST(key_codes, every_letter_of_ascii_comes_as_it_was_scanned_whatever_the_pieces) {
    std::string all;
    for (char letter = ' '; letter <= '~'; ++letter) all += letter;
    const auto bytes = typed(all);
    for (const std::size_t piece : {1U, 7U, 24U, 1000U, 100'000U}) {
        KeyCodes codes;
        Texts out;
        for (std::size_t at = 0; at < bytes.size(); at += piece) {
            const auto part = base::ByteView(bytes).subspan(at, std::min(piece, bytes.size() - at));
            for (const auto& text : codes.take(part, Millis{0})) out.push_back(*text);
        }
        EXPECT_EQ(out, Texts{all}) << piece;
    }
}

TEST(key_codes, enter_keypad_enter_and_tab_end_a_code_and_the_keypad_types_digits) {
    KeyCodes codes;
    EXPECT_EQ(texts(codes.take(keys("a,Enter,b,Tab,c,Enter"), Millis{0})), (Texts{"a", "b", "c"}));
    base::Bytes keypad = key_events({{KEY_KP4}, {KEY_KP2}, {KEY_KPENTER}}, Millis{5000});
    EXPECT_EQ(texts(codes.take(keypad, Millis{1})), Texts{"42"});
}

TEST(key_codes, without_an_ending_key_silence_ends_a_code_and_a_gap_parts_two) {
    KeyCodes codes;
    EXPECT_EQ(texts(codes.take(joined(keys("a,b"), keys("c,d", Millis{1200})), Millis{0})),
              Texts{"ab"});
    EXPECT_TRUE(codes.waiting());
    EXPECT_EQ(texts(codes.take({}, Millis{79})), Texts{});
    EXPECT_EQ(texts(codes.take({}, Millis{80})), Texts{"cd"});
    EXPECT_FALSE(codes.waiting());
}

TEST(key_codes, of_a_scanner_that_ends_with_a_key_a_code_that_breaks_off_is_dropped) {
    KeyCodes codes;
    EXPECT_EQ(texts(codes.take(keys("a,Enter"), Millis{0})), Texts{"a"});
    EXPECT_EQ(texts(codes.take(keys("h,a,l,f", Millis{5000}), Millis{100})), Texts{});
    EXPECT_EQ(texts(codes.take({}, Millis{500})), Texts{});
    EXPECT_EQ(texts(codes.take(keys("w,Enter", Millis{9000}), Millis{600})), Texts{"w"});
}

TEST(key_codes, what_cannot_be_typed_leaves_a_mark_so_that_no_code_is_taken_for_another) {
    KeyCodes codes;
    EXPECT_EQ(texts(codes.take(typed("CW\x1D"
                                     "1"),
                               Millis{0})),
              Texts{std::string("CW") + untyped + "1"});
    EXPECT_EQ(texts(codes.take(keys("a,F5,b,Ctrl+c,Up,Enter", Millis{5000}), Millis{1})),
              Texts{std::string("a") + untyped + "b" + untyped + untyped});
    // two bytes under Alt are two marks, one each
    EXPECT_EQ(texts(codes.take(typed("\xC3\xA9.", Millis{9000}), Millis{2})),
              Texts{std::string(untyped) + untyped + "."});
}

TEST(key_codes, functions_and_combinations_alone_are_no_code_at_all) {
    KeyCodes codes;
    EXPECT_EQ(texts(codes.take(keys("Alt+F4,Ctrl+Alt+F1,F1,Esc,Enter,Enter"), Millis{0})), Texts{});
    EXPECT_EQ(texts(codes.take({}, Millis{1000})), Texts{});
    // Enter under Ctrl ends nothing
    EXPECT_EQ(texts(codes.take(keys("a,Ctrl+Enter,b,Enter", Millis{5000}), Millis{2000})),
              Texts{std::string("a") + untyped + "b"});
}

TEST(key_codes, locks_and_repeats_are_passed_over) {
    KeyCodes codes;
    auto bytes = key_events({{KEY_CAPSLOCK}, {KEY_NUMLOCK}, {KEY_A}}, Millis{1000});
    input_event repeat{};
    repeat.input_event_sec = 1;
    repeat.input_event_usec = 20'000;
    repeat.type = EV_KEY;
    repeat.code = KEY_A;
    repeat.value = 2;
    const auto* raw = reinterpret_cast<const std::uint8_t*>(&repeat);
    bytes.insert(bytes.end(), raw, raw + sizeof repeat);
    bytes = joined(std::move(bytes), keys("Enter", Millis{1030}));
    EXPECT_EQ(texts(codes.take(bytes, Millis{0})), Texts{"a"});
}

TEST(key_codes, a_code_in_which_the_kernel_lost_events_is_dropped_to_its_end) {
    input_event lost{};
    lost.type = EV_SYN;
    lost.code = SYN_DROPPED;
    const auto* raw = reinterpret_cast<const std::uint8_t*>(&lost);
    auto bytes = keys("a,b");
    bytes.insert(bytes.end(), raw, raw + sizeof lost);
    KeyCodes codes;
    EXPECT_EQ(texts(codes.take(joined(std::move(bytes), keys("c,Enter", Millis{1010})), Millis{0})),
              Texts{});
    EXPECT_EQ(texts(codes.take(keys("d,Enter", Millis{3000}), Millis{1})), Texts{"d"});
}

TEST(key_codes, a_scanner_that_never_stops_typing_says_nothing_until_it_does) {
    KeyCodes codes;
    EXPECT_EQ(texts(codes.take(typed(std::string(longest_code + 1, 'x')), Millis{0})), Texts{});
    EXPECT_EQ(texts(codes.take(typed("next", Millis{90'000}), Millis{1})), Texts{"next"});
    EXPECT_EQ(
        texts(codes.take(typed(std::string(longest_code, 'x'), Millis{99'000}), Millis{2})).size(),
        1U);
}

TEST(key_codes, what_was_begun_before_it_was_asked_for_is_dropped_to_its_end) {
    KeyCodes codes;
    EXPECT_EQ(texts(codes.take(keys("s,e,c"), Millis{0})), Texts{});
    codes.drop_begun();
    EXPECT_EQ(texts(codes.take(keys("r,e,t,Enter", Millis{1020}), Millis{1})), Texts{});
    EXPECT_EQ(texts(codes.take(keys("o,k,Enter", Millis{3000}), Millis{2})), Texts{"ok"});
}

}  // namespace
}  // namespace drivers::qr
