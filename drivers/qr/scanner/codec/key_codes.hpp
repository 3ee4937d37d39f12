// The keys of a scanner that types, as the kernel tells them (struct input_event of linux/input.h),
// put together to texts. Pure; sees whatever the device sends. Nothing is acted upon:
//
// - Enter, keypad Enter and Tab end a text, and so do 80 ms without a key, until an ending key was
//   met once: from then on a text that breaks off is dropped.
// - A key that types no letter of ASCII (functions, arrows, Ctrl or Alt with anything, digits of
// the
//   keypad under Alt) leaves U+FFFD in its place, so that no code that could not be typed is taken
//   for another one. Such keys alone are no text. Locks and repeats are passed over.
// - A text longer than any code, or in which the kernel lost events, is dropped to its end.
#pragma once

#include "drivers/qr/scanner/code_decoder.hpp"

#include <cstdint>
#include <string>

namespace drivers::qr {

inline constexpr const char* untyped = "\xEF\xBF\xBD";  // U+FFFD

class KeyCodes {
  public:
    KeyCodes() = default;
    ~KeyCodes();
    KeyCodes(KeyCodes&&) = default;
    KeyCodes& operator=(KeyCodes&&) = delete;
    KeyCodes(const KeyCodes&) = delete;

    // Events in any pieces; `now` ends what has fallen silent.
    std::vector<base::SecretText> take(base::ByteView bytes, base::Millis now);
    bool waiting() const { return begun_; }
    void drop_begun();

  private:
    using Texts = std::vector<base::SecretText>;
    struct Event {
        base::Millis at{};
        std::uint16_t type = 0, code = 0;
        std::int32_t value = 0;
    };
    void event(const Event& event, Texts& out);
    void pressed(std::uint16_t code, Texts& out);
    void put(std::string_view letters, bool typed);
    void end(Texts& out);
    void fall_silent(Texts& out);

    base::Bytes rest_;  // no whole event yet
    std::string text_;
    bool begun_ = false, dropped_ = false, typed_ = false, ends_with_key_ = false;
    unsigned held_ = 0;      // modifiers, a bit each
    bool alt_said_ = false;  // since Alt went down
    base::Millis last_key_{}, last_taken_{};
};

// Several event nodes of one device, each for itself.
class KeyDecoder final : public CodeDecoder {
  public:
    explicit KeyDecoder(std::size_t lines) : lines_(lines) {}
    std::vector<base::SecretText> take(std::size_t line, base::ByteView bytes,
                                       base::Millis now) override;
    bool waiting() const override;
    void drop_begun() override;

  private:
    std::vector<KeyCodes> lines_;
};

}  // namespace drivers::qr
