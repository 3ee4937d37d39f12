// The other ways to sign, and the letter as it will be printed.
#include "app/present/page_builder.hpp"
#include "domain/masking.hpp"
#include "domain/strokes.hpp"

namespace app {

using catalogue::SignatureWay;
using screens::ButtonLook;
using screens::Sensitivity;
using screens::Tone;

namespace {

struct WayWords {
    MessageId title, note;
    const char *id, *icon;
};
WayWords words_of(SignatureWay way) {
    switch (way) {
        case SignatureWay::read_aloud:
            return {MessageId::way_read_aloud, MessageId::way_read_aloud_note, "way:read_aloud",
                    "ear"};
        case SignatureWay::thumb:
            return {MessageId::way_thumb, MessageId::way_thumb_note, "way:thumb", "fingerprint"};
        case SignatureWay::witnessed:
            return {MessageId::way_witnessed, MessageId::way_witnessed_note, "way:witnessed",
                    "users"};
        case SignatureWay::touch:
            break;
    }
    return {MessageId::way_touch, MessageId::way_touch_note, "way:touch", "pencil"};
}

MessageId refusal_text(domain::PrintQuality quality) {
    switch (quality) {
        case domain::PrintQuality::too_dark:
            return MessageId::thumb_too_dark;
        case domain::PrintQuality::no_print:
            return MessageId::thumb_no_print;
        case domain::PrintQuality::blurred:
            return MessageId::thumb_blurred;
        case domain::PrintQuality::no_picture:
        case domain::PrintQuality::good:
            break;
    }
    return MessageId::thumb_no_picture;
}

base::Secret<domain::Picture> shown(const domain::GreyPicture& grey) {
    domain::Picture out{grey.width, grey.height, {}};
    out.rgb.reserve(grey.grey.size() * 3);
    for (const auto pixel : grey.grey) out.rgb.insert(out.rgb.end(), 3, pixel);
    return base::Secret<domain::Picture>(std::move(out));
}

}  // namespace

void show(const flows::ChoosingWay& here, PageBuilder& b) {
    const auto& letter = b.item(here.letter.journey.item_code)->letter;
    b.title(b.say(MessageId::letter_ways_title), b.say(MessageId::letter_ways_subtitle));
    screens::Choices choices{screens::ChoiceStyle::rows, false, {}};
    for (const auto way : flows::open_ways(letter, b.in.health)) {
        const auto words = words_of(way);
        choices.choices.push_back({b.bind(words.id, session::WayChosen{way}), b.say(words.title),
                                   b.say(words.note), words.icon, false});
    }
    b.add(std::move(choices));
    b.add(screens::ButtonRow{
        {b.secondary("ways_back", MessageId::letter_view_back, session::WentBack{})}});
}

void show(const flows::TakingThumbPrint& here, PageBuilder& b) {
    if (!here.consented) {
        b.title(b.say(MessageId::thumb_title));
        screens::TextCard card;
        for (const auto text :
             {MessageId::thumb_how, MessageId::thumb_consent, MessageId::thumb_kept})
            card.paragraphs.push_back({{}, {}, b.say(text), false, {}});
        b.add(std::move(card));
        b.add(screens::ButtonRow{{b.button("thumb_yes", b.say(MessageId::thumb_yes),
                                           ButtonLook::equal, session::ThumbConsented{}),
                                  b.button("thumb_no", b.say(MessageId::thumb_no),
                                           ButtonLook::equal, session::OtherWaysOpened{})}});
        return;
    }
    if (here.print) {
        b.name("letter_thumb_taken");
        b.title(b.say(MessageId::thumb_seen_title));
        b.add(screens::PagePicture{"print",
                                   b.say(MessageId::thumb_seen_caption),
                                   {shown(*here.print)},
                                   Sensitivity::personal,
                                   false});
        b.add(screens::ButtonRow{
            {b.secondary("thumb_again", MessageId::thumb_again, session::ThumbRetaken{}),
             b.primary("thumb_use", MessageId::thumb_use, session::ThumbConfirmed{})}});
        return;
    }
    b.name("letter_thumb_camera");
    b.title(b.say(MessageId::thumb_look_title));
    b.add(screens::CameraPreview{
        b.say(here.refused ? refusal_text(*here.refused) : MessageId::thumb_look),
        b.say(MessageId::face_lamp),
        {},
        {},
        screens::PreviewFrame::paper});
    b.add(screens::ButtonRow{
        {b.secondary("thumb_no", MessageId::thumb_no, session::OtherWaysOpened{}),
         b.primary("thumb_take", MessageId::thumb_take, session::ThumbPictureWanted{})}});
}

void show(const flows::AwaitingWitness& here, PageBuilder& b) {
    b.title(b.say(MessageId::witness_title), b.say(MessageId::witness_subtitle));
    using flows::WitnessProblem;
    if (here.problem != WitnessProblem::none) {
        auto why = here.problem == WitnessProblem::is_the_citizen
                       ? b.say(MessageId::witness_is_citizen)
                   : here.problem == WitnessProblem::is_a_child
                       ? b.say(MessageId::witness_is_child)
                       : std::string(base::citizen_text(here.fault->code, b.locale()));
        b.add(screens::Notice{Tone::warn, "alert-circle", std::move(why), {}, false});
    } else if (here.in_the_way) {
        b.add(card_in_the_way(b));
    }
    b.add(b.reader_picture(screens::DevicePictureKind::place_card, b.say(MessageId::witness_notice),
                           false));
    screens::ButtonRow row{{b.secondary("witness_other_way", MessageId::witness_other_way,
                                        session::OtherWaysOpened{})}};
    if (!here.reading)
        row.buttons.push_back(
            b.primary("witness_again", MessageId::witness_again, session::CardTriedAgain{}));
    b.add(std::move(row));
}

void show(const flows::WitnessSigning& here, PageBuilder& b) {
    const auto& person = *here.witness;
    b.title(b.say(MessageId::witness_sign_title), b.say(MessageId::witness_attest));
    screens::KeyValues card;
    card.rows.push_back({b.say(MessageId::witness_name),
                         domain::masked_name(person.name(), b.in.settings.masking),
                         false,
                         {},
                         {},
                         Sensitivity::personal});
    card.rows.push_back({b.say(MessageId::witness_number),
                         domain::grouped_id_number(domain::masked_id_number(person.number().text(),
                                                                            b.in.settings.masking)),
                         false,
                         {},
                         {},
                         Sensitivity::personal});
    b.add(std::move(card));
    const bool card_lies = b.in.session.card_present && b.in.session.card_watched;
    if (card_lies)
        b.add(screens::Strip{
            "id", b.say(MessageId::witness_card_first), {}, {}, Tone::warn, Sensitivity::open});
    const bool signed_well = here.signature && domain::is_a_signature(*here.signature);
    if (here.incomplete_shown && !card_lies && !signed_well)
        b.add(screens::Notice{Tone::danger,
                              "alert-circle",
                              b.say(MessageId::letter_missing_title),
                              {b.say(MessageId::signature_short)},
                              false});
    b.add(screens::SignaturePad{"witness_signature", b.say(MessageId::witness_pad),
                                b.say(MessageId::letter_rewrite), here.signature});
    b.add(screens::ButtonRow{
        {b.secondary("letter_back", MessageId::letter_view_back, session::WentBack{}),
         b.primary("witness_submit", MessageId::witness_submit, session::LetterSubmitted{})}});
}

void show(const flows::ViewingLetter& here, PageBuilder& b) {
    b.title(b.say(MessageId::letter_view_title), b.say(MessageId::letter_withdraw));
    std::string caption =
        !here.pages.empty()
            ? b.say(MessageId::letter_view_caption, {{"n", std::to_string(here.pages.size())}})
            : b.say(here.failed ? MessageId::letter_view_failed : MessageId::letter_view_drawing);
    b.add(
        screens::PagePicture{"paper", std::move(caption), here.pages, Sensitivity::personal, true});
    b.add(screens::ButtonRow{
        {b.primary("view_back", MessageId::letter_view_back, session::WentBack{})}});
}

}  // namespace app
