#include "app/present/readiness/readiness_words.hpp"

#include <utility>

namespace app {

domain::Readiness readiness_of(const PageBuilder& b, const catalogue::ServiceItem* item) {
    const bool proof = item != nullptr && item->handling == catalogue::Handling::proof;
    domain::ServiceNeeds needs{true, !proof, true, false};
    needs.face = item != nullptr && b.in.settings.face_check_wanted &&
                 item->identity_level == catalogue::IdentityLevel::chip_and_face;
    auto now = domain::readiness(needs, b.in.health, b.in.post, b.in.session.power);
    // Whoever wants a paper gets nothing without a printer.
    if (proof)
        for (const auto& missing : now.spared)
            if (missing.lack == domain::Lack::paper || missing.lack == domain::Lack::printer)
                now.prevents.push_back(missing);
    // What room there is may be too little for a form.
    const auto* guide = std::get_if<flows::ReadingGuide>(&b.in.session.state);
    if (guide != nullptr && guide->no_room && now.is_possible())
        now.prevents.push_back({domain::Lack::room, base::Mender::technician});
    return now;
}

bool can_apply(const PageBuilder& b) {
    return readiness_of(b).is_possible();
}

std::string service_note(const PageBuilder& b, const std::string& item_code,
                         const catalogue::Text& usual) {
    const auto* item = b.item(item_code);
    if (item != nullptr && !item->terms.taken_on(base::local_date(b.in.now)))
        return b.say(MessageId::terms_tile);
    if (item != nullptr && item->handling == catalogue::Handling::counter)
        return b.say(MessageId::services_at_counter);
    const auto now = readiness_of(b, item);
    if (!now.is_possible()) return b.say(MessageId::tile_not_now);
    if (now.is_whole()) return b.say(usual);
    return b.say(now.spared.front().lack == domain::Lack::face ? MessageId::tile_without_face
                                                               : MessageId::tile_without_paper);
}

namespace {

MessageId prevented(domain::Lack lack) {
    switch (lack) {
        case domain::Lack::power:
            return MessageId::entry_power_low;
        case domain::Lack::card_reader:
            return MessageId::entry_no_reader;
        case domain::Lack::paper:
        case domain::Lack::printer:
            return MessageId::proof_no_printer;
        default:
            return MessageId::entry_not_taking;
    }
}

}  // namespace

std::optional<MissingSaid> what_is_missing(const PageBuilder& b,
                                           const catalogue::ServiceItem& item) {
    const auto now = readiness_of(b, &item);
    if (now.is_whole()) return std::nullopt;
    if (!now.is_possible())
        return MissingSaid{"alert-triangle", prevented(now.prevents.front().lack),
                           b.say(MessageId::entry_counter, {{"hours", b.say(b.pack.hours)}})};
    const auto note_of = [&](domain::Lack lack) {
        switch (lack) {
            case domain::Lack::face:
                return b.say(MessageId::entry_no_face_note);
            case domain::Lack::paper:
                return b.say(MessageId::entry_no_paper_note);
            default:
                return b.say(MessageId::entry_no_printer_note);
        }
    };
    MissingSaid said{"printer", MessageId::entry_no_printer, {}};
    if (now.spared.front().lack == domain::Lack::paper) said.title = MessageId::entry_no_paper;
    if (now.spared.front().lack == domain::Lack::face)
        said = {"face-id", MessageId::entry_no_face, {}};
    for (const auto& missing : now.spared)
        said.note += (said.note.empty() ? "" : "\n") + note_of(missing.lack);
    return said;
}

}  // namespace app
