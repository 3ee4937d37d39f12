#include "drivers/qr/scanner/codec/key_codes.hpp"

#include "drivers/qr/scanner/codec/key_table.hpp"

#include <linux/input.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace drivers::qr {

namespace {

constexpr base::Millis silence{80};
constexpr int press = 1, release = 0;

constexpr unsigned shift = 0b11, alt = 0b1100;
constexpr std::array<std::uint16_t, 8> modifiers{KEY_LEFTSHIFT, KEY_RIGHTSHIFT, KEY_LEFTALT,
                                                 KEY_RIGHTALT,  KEY_LEFTCTRL,   KEY_RIGHTCTRL,
                                                 KEY_LEFTMETA,  KEY_RIGHTMETA};

unsigned modifier_bit(std::uint16_t code) {
    const auto* found = std::find(modifiers.begin(), modifiers.end(), code);
    return found == modifiers.end() ? 0 : 1U << static_cast<unsigned>(found - modifiers.begin());
}

bool is_lock(std::uint16_t code) {
    return code == KEY_CAPSLOCK || code == KEY_NUMLOCK || code == KEY_SCROLLLOCK;
}
bool is_end(std::uint16_t code) {
    return code == KEY_ENTER || code == KEY_KPENTER || code == KEY_TAB;
}

}  // namespace

KeyCodes::~KeyCodes() {
    base::wipe(text_);
    base::wipe(rest_);
}

void KeyCodes::drop_begun() {
    dropped_ = begun_;
    base::wipe(text_);
}

void KeyCodes::end(Texts& out) {
    if (!dropped_ && typed_) out.emplace_back(text_);
    base::wipe(text_);
    begun_ = dropped_ = typed_ = false;
}

void KeyCodes::fall_silent(Texts& out) {
    if (ends_with_key_) drop_begun();
    end(out);
}

void KeyCodes::put(std::string_view letters, bool typed) {
    begun_ = true;
    typed_ = typed_ || typed;
    if (text_.size() + letters.size() > longest_code) drop_begun();
    if (!dropped_) text_ += letters;
}

void KeyCodes::pressed(std::uint16_t code, Texts& out) {
    if (is_lock(code)) return;
    if (const auto bit = modifier_bit(code); bit != 0) {
        held_ |= bit;
        if ((bit & alt) != 0) alt_said_ = false;
        return;
    }
    const bool alone = (held_ & ~shift) == 0;
    if (alone && is_end(code)) {
        ends_with_key_ = ends_with_key_ || (begun_ && typed_);
        end(out);
        return;
    }
    const auto letter = letter_of({code, (held_ & shift) != 0});
    if (alone && letter) {
        put({&*letter, 1}, true);
        return;
    }
    // The digits of one Alt-numpad number are one character.
    if ((held_ & alt) != 0 && alt_said_) return;
    alt_said_ = (held_ & alt) != 0;
    put(untyped, false);
}

void KeyCodes::event(const Event& event, Texts& out) {
    if (event.type == EV_SYN && event.code == SYN_DROPPED) {
        held_ = 0;
        begun_ = true;
        drop_begun();
    }
    if (event.type != EV_KEY) return;
    if (event.value == release) held_ &= ~modifier_bit(event.code);
    if (event.value != press) return;
    // A clock that was set back says nothing about the gap: it ends what has begun, too.
    const auto gap = event.at - last_key_;
    if (begun_ && (gap >= silence || gap < base::Millis{0})) fall_silent(out);
    last_key_ = event.at;
    pressed(event.code, out);
}

std::vector<base::SecretText> KeyCodes::take(base::ByteView bytes, base::Millis now) {
    Texts out;
    if (bytes.empty()) {
        if (begun_ && now - last_taken_ >= silence) fall_silent(out);
        return out;
    }
    last_taken_ = now;
    rest_.insert(rest_.end(), bytes.begin(), bytes.end());
    std::size_t at = 0;
    for (; rest_.size() - at >= sizeof(input_event); at += sizeof(input_event)) {
        input_event told;
        std::memcpy(&told, rest_.data() + at, sizeof told);
        // Whatever stands in the time, the sum has room for it.
        const auto seconds = std::clamp<std::int64_t>(told.input_event_sec, 0, 1LL << 40U);
        const auto micros = std::clamp<std::int64_t>(told.input_event_usec, 0, 999'999);
        event({base::Millis{seconds * 1000 + micros / 1000}, told.type, told.code, told.value},
              out);
    }
    base::wipe_memory(rest_.data(), at);
    rest_.erase(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(at));
    return out;
}

std::vector<base::SecretText> KeyDecoder::take(std::size_t line, base::ByteView bytes,
                                               base::Millis now) {
    return lines_.at(line).take(bytes, now);
}
bool KeyDecoder::waiting() const {
    return std::any_of(lines_.begin(), lines_.end(),
                       [](const KeyCodes& line) { return line.waiting(); });
}
void KeyDecoder::drop_begun() {
    for (auto& line : lines_) line.drop_begun();
}

}  // namespace drivers::qr
