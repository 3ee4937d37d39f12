// What devices tell the app. Workers push these into the one inbox; each request ends in exactly
// one completion (…Finished), which carries the ticket of its request.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "domain/cabinet.hpp"
#include "domain/device_health.hpp"
#include "domain/face_verdict.hpp"
#include "domain/id_card_record.hpp"
#include "domain/identifiers.hpp"
#include "domain/photographed_sheet.hpp"
#include "domain/picture.hpp"

#include <optional>
#include <variant>

namespace drivers {

// A card answered "find": reading has begun.
struct CardFound {
    domain::Ticket ticket;
};
struct CardReadFinished {
    domain::Ticket ticket;
    base::Result<base::Secret<domain::IdCardRecord>> record;
};
// A read is wanted, and a card lies there that has had its turn: it has to be lifted first.
// CardRemoved with the same ticket follows when it is.
struct CardInTheWay {
    domain::Ticket ticket;
};
// After a finished read the reader goes on looking whether the card is still there (where it can
// tell) and says once when it is gone. Of a card that could not be read it says so as long as
// somebody reads or watches.
struct CardRemoved {
    domain::Ticket ticket;
};
// The reader cannot tell whether that card is still there; CardRemoved will not come.
struct CardWatchEnded {
    domain::Ticket ticket;
};
struct FaceGuided {
    domain::Ticket ticket;
    domain::FaceMeasures measures;
};
struct FaceCheckFinished {
    domain::Ticket ticket;
    base::Result<domain::FaceVerdict> verdict;
};
struct PrintProgressed {
    domain::Ticket ticket;
    int page = 0;
    int pages = 0;
};
// What the document camera's preview shows, when that changed.
struct SheetSeen {
    domain::Ticket ticket;
    domain::SheetGuidance guidance{};
};
struct CapturedSheet {
    domain::SheetGuidance guidance{};              // why there is no page, or good
    std::optional<domain::PhotographedPage> page;  // what is kept
    base::Secret<domain::Picture> picture;         // its pixels, to be shown; as page
};
struct DocumentCaptured {
    domain::Ticket ticket;
    base::Result<CapturedSheet> sheet;
};
enum class PrintOutcome { printed, spoiled, unknown };
struct PrintFinished {
    domain::Ticket ticket;
    base::Result<PrintOutcome> outcome;
    // The printer has a sensor at its tray and sees the paper there: PaperTaken will follow.
    // Printers that cannot tell leave it false, and the citizen is asked.
    bool lies_in_tray = false;
};
struct PaperTaken {
    domain::Ticket ticket;  // of the newest job whose paper lay there
};
// What paper_changed() asked for stands in the printer's ledger, or could not be written.
struct PaperChangeNoted {
    domain::Ticket ticket;
    base::Status noted;
};
// A presence sensor, where a terminal has one, saw somebody come or the last one go. A terminal
// without a sensor never sends it, and nothing depends on it.
struct PresenceChanged {
    bool somebody = false;
};
// A door that stood open before the start is said first.
struct DoorOpened {
    domain::Door door{};
};
struct DoorClosed {
    domain::Door door{};
};
// One of the five keys of the cabinet's own pad went down.
struct PadKeyPressed {
    domain::PadKey key{};
};
// The UPS: mains went or came back, or its charge moved by a tenth. Mains are not said at the
// start.
struct PowerChanged {
    domain::Power power;
};
struct HealthChanged {
    domain::DeviceKind device{};
    domain::DeviceHealth health;
};

// The headphone jack: a person's own headphones came in or went out.
struct HeadphonesChanged {
    bool plugged = false;
};

// Some code stood before the camera or the scanner. Whatever it says may be a person's own; it may
// be no text at all.
struct CodeSeen {
    domain::Ticket ticket;
    base::SecretText text;
};
// So many codes were scanned while nobody asked for one, and dropped.
struct CodesIgnored {
    int count = 0;
};

using DeviceEvent =
    std::variant<SheetSeen, DocumentCaptured, CardFound, CardReadFinished, CardInTheWay,
                 CardRemoved, CardWatchEnded, FaceGuided, FaceCheckFinished, PrintProgressed,
                 PrintFinished, PaperTaken, PaperChangeNoted, PresenceChanged, DoorOpened,
                 DoorClosed, PadKeyPressed, PowerChanged, HealthChanged, HeadphonesChanged,
                 CodeSeen, CodesIgnored>;

}  // namespace drivers
