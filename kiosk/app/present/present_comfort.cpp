// 声音与显示 (S10): how the terminal looks, sounds and stands. Every option is one tap and at once
// in effect; what stands on the page is the whole state.
#include "app/present/page_builder.hpp"
#include "domain/comfort_code.hpp"

#include <array>

namespace app {

namespace {

using domain::Comfort;

// One row of options; `set` makes the comfort that the option means.
template <class Value, std::size_t n>
void row(PageBuilder& b, std::string id, screens::IconName icon, MessageId label,
         Value Comfort::*part, const std::array<std::pair<Value, std::string>, n>& options) {
    const Comfort& now = b.in.session.comfort;
    screens::OptionRow out{std::move(icon), b.say(label), {}};
    int number = 0;
    for (const auto& [value, text] : options) {
        Comfort next = now;
        next.*part = value;
        out.options.push_back(
            {b.bind(id + ":" + std::to_string(number++), session::ComfortChosen{next}), text,
             now.*part == value});
    }
    b.add(std::move(out));
}

void on_off(PageBuilder& b, std::string id, screens::IconName icon, MessageId label,
            bool Comfort::*part) {
    row<bool, 2>(b, std::move(id), std::move(icon), label, part,
                 {{{false, b.say(MessageId::comfort_off)}, {true, b.say(MessageId::comfort_on)}}});
}

}  // namespace

void comfort_page(PageBuilder& b) {
    using domain::Contrast;
    using domain::TextSize;
    b.name("comfort");
    b.title(b.say(MessageId::comfort_title), b.say(MessageId::comfort_subtitle));
    if (b.in.session.settings_came)
        b.add(screens::Notice{
            screens::Tone::success, "circle-check", b.say(MessageId::comfort_came), {}, false});
    row<TextSize, 3>(b, "text", "zoom-in", MessageId::comfort_text, &Comfort::text,
                     {{{TextSize::standard, b.say(MessageId::comfort_text_standard)},
                       {TextSize::large, b.say(MessageId::comfort_text_large)},
                       {TextSize::largest, b.say(MessageId::comfort_text_largest)}}});
    row<Contrast, 2>(b, "contrast", "contrast", MessageId::comfort_contrast, &Comfort::contrast,
                     {{{Contrast::standard, b.say(MessageId::comfort_contrast_standard)},
                       {Contrast::high, b.say(MessageId::comfort_contrast_high)}}});
    on_off(b, "low", "wheelchair", MessageId::comfort_low, &Comfort::low);
    on_off(b, "left", "hand-finger", MessageId::comfort_left, &Comfort::left_hand);
    on_off(b, "still", "player-pause", MessageId::comfort_still, &Comfort::still);
    if (b.in.health.speech.state == domain::DeviceState::ready) {
        on_off(b, "speech", "volume", MessageId::comfort_speech, &Comfort::speech);
        row<int, 6>(b, "volume", "speakerphone", MessageId::comfort_volume, &Comfort::volume,
                    {{{1, "1"}, {2, "2"}, {3, "3"}, {4, "4"}, {5, "5"}, {6, "6"}}});
        row<int, 6>(b, "rate", "ear", MessageId::comfort_rate, &Comfort::rate,
                    {{{1, "1"}, {2, "2"}, {3, "3"}, {4, "4"}, {5, "5"}, {6, "6"}}});
        on_off(b, "blank", "moon", MessageId::comfort_blank, &Comfort::blank);
    }
    screens::ButtonRow code{{b.secondary("comfort_take", MessageId::comfort_take,
                                         session::ComfortCodeOpened{}, "qrcode")}};
    if (b.in.health.camera.state == domain::DeviceState::ready &&
        !session::uses_camera(b.in.session.state))
        code.buttons.push_back(b.secondary("comfort_scan", MessageId::comfort_scan,
                                           session::ComfortScanOpened{}, "scan"));
    b.add(std::move(code));
    b.add(screens::ButtonRow{
        {b.button("language", b.say(MessageId::other_language), screens::ButtonLook::secondary,
                  session::LanguageToggled{}, "language"),
         b.primary("comfort_close", MessageId::comfort_close, session::ComfortClosed{})}});
}

void comfort_code_page(PageBuilder& b) {
    const Comfort& now = b.in.session.comfort;
    b.name("comfort_code");
    b.title(b.say(MessageId::comfort_code_title), b.say(MessageId::comfort_code_subtitle));
    screens::KeyValues card;
    const auto row = [&](MessageId label, std::string value, bool strong) {
        card.rows.push_back({b.say(label), std::move(value), strong, {}, {}, {}});
    };
    row(MessageId::comfort_code_label, domain::comfort_code(now), true);
    row(MessageId::comfort_code_how_label, b.say(MessageId::comfort_code_how), false);
    card.qr_text = domain::comfort_code(now);
    b.add(std::move(card));
    b.add(screens::ButtonRow{
        {b.secondary("comfort_back", MessageId::comfort_back, session::ComfortOpened{}),
         b.primary("comfort_close", MessageId::comfort_close, session::ComfortClosed{})}});
}

void comfort_scan_page(PageBuilder& b) {
    b.name("comfort_scan");
    b.title(b.say(MessageId::comfort_scan_title), b.say(MessageId::comfort_scan_subtitle));
    screens::CameraPreview preview;
    preview.guidance = b.say(b.in.session.scan.note ? MessageId::comfort_scan_strange
                                                    : MessageId::comfort_scan_guide);
    preview.lamp_text = b.say(MessageId::face_lamp);
    preview.frame = screens::PreviewFrame::code;
    b.add(std::move(preview));
    b.add(screens::ButtonRow{
        {b.secondary("comfort_back", MessageId::comfort_back, session::ComfortOpened{})}});
    b.line(b.say(MessageId::comfort_scan_note));
}

}  // namespace app
