// The devices of one terminal, in domain words. The app talks to these interfaces only; main
// decides whether real or emulated ones stand behind them. All calls come from the main thread and
// return at once; results arrive as DeviceEvents through the sink given at construction.
#pragma once

#include "base/bounded_queue.hpp"
#include "base/bytes.hpp"
#include "domain/cabinet.hpp"
#include "domain/picture.hpp"
#include "domain/supplies.hpp"
#include "drivers/device_event.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace drivers {

// Called from worker threads; must not block.
using DeviceSink = std::function<void(DeviceEvent)>;

class IdCardReader {
  public:
    virtual ~IdCardReader() = default;
    // Looks for a card until one is read, the read fails, or stop(): CardFound?, CardReadFinished,
    // later CardRemoved. A stopped request ends without completion; its ticket is dead.
    virtual void start_read(domain::Ticket ticket) = 0;
    // Only whether a card lies there: CardFound once, nothing is read, no CardReadFinished (the
    // first page, where the notice on personal data has not been shown yet). Ended by stop() or
    // start_read().
    virtual void start_watch(domain::Ticket ticket) = 0;
    virtual void stop() = 0;
    virtual domain::DeviceHealth health() const = 0;
};

class Camera {
  public:
    virtual ~Camera() = default;
    virtual void start() = 0;
    virtual void stop() = 0;  // clears the latest frame
    virtual const base::LatestValue<domain::Frame>& frames() const = 0;
    virtual domain::DeviceHealth health() const = 0;
};

class FaceChecker {
  public:
    virtual ~FaceChecker() = default;
    // Compares the camera's frames with the portrait on the chip (1024 bytes as read). Sends
    // FaceGuided while it looks, FaceCheckFinished once. Keeps no picture.
    virtual void start_check(domain::Ticket ticket,
                             base::Secret<std::vector<std::uint8_t>> chip_photo) = 0;
    virtual void stop() = 0;
    virtual domain::DeviceHealth health() const = 0;
};

// A second camera that looks at paper.
class DocumentCamera {
  public:
    virtual ~DocumentCamera() = default;
    // The preview: SheetSeen whenever what is to be said changes, until stop().
    virtual void start(domain::Ticket ticket) = 0;
    // One page while the preview runs, which then goes on: one DocumentCaptured, unless stop() or
    // another request comes first.
    virtual void capture(domain::Ticket ticket) = 0;
    virtual void stop() = 0;  // clears the latest frame
    virtual const base::LatestValue<domain::Frame>& frames() const = 0;
    virtual domain::DeviceHealth health() const = 0;
};
enum class LookWith { scanner, scanner_and_camera };

class CodeReader {
  public:
    virtual ~CodeReader() = default;
    // Sends CodeSeen for every code that comes before the scanner or the camera, once until it has
    // gone, until stop(). The camera is started and stopped by who asks. A scanner tells its health
    // as code_scanner and, with the next request, how many codes nobody had asked for.
    virtual void start(domain::Ticket ticket, LookWith with) = 0;
    virtual void stop() = 0;
};

// The jack: says HeadphonesChanged by itself; what was plugged in before the start is said first.
class Headphones {
  public:
    virtual ~Headphones() = default;
    virtual domain::DeviceHealth health() const = 0;
};

// The cabinet round the devices: says DoorOpened, DoorClosed, PresenceChanged, PadKeyPressed,
// HeadphonesChanged (where the jack hangs on its board) and PowerChanged by itself.
class Cabinet {
  public:
    virtual ~Cabinet() = default;
    virtual void light(const domain::Lamps& lamps) = 0;
    virtual void set_brightness(int percent) = 0;  // of the panel, 1 to 100
    virtual domain::DeviceHealth health() const = 0;
};

struct PrintJob {
    std::string document;  // a word for the log: receipt, letter, notice
    int pages = 1;
    base::Secret<base::Bytes> pdf;
    bool copy = false;                        // of something printed before, and marked so on it
    base::Secret<domain::BitPicture> slip{};  // the same for a receipt printer; none: not for one
};

class DocumentPrinter {
  public:
    virtual ~DocumentPrinter() = default;
    virtual void print(domain::Ticket ticket, PrintJob job) = 0;
    virtual void purge() = 0;  // forgets what is not printed yet
    // Somebody filled the tray up or put a new roll in: the ledger counts anew from now on, behind
    // the print under way. One PaperChangeNoted.
    virtual void paper_changed(domain::Ticket ticket) = 0;
    virtual domain::DeviceHealth health() const = 0;
    // Toner or ink as the printer said it last; empty: it has none, or does not tell.
    virtual std::vector<domain::InkLevel> ink() const { return {}; }
};

struct DeviceSet {
    std::unique_ptr<IdCardReader> id_card_reader;
    std::unique_ptr<Camera> camera;
    std::unique_ptr<FaceChecker> face_checker;
    std::unique_ptr<DocumentCamera> document_camera;  // null where the terminal has none
    std::unique_ptr<DocumentPrinter> document_printer;
    std::unique_ptr<DocumentPrinter> receipt_printer;  // prints slips; null: the terminal has none
    std::unique_ptr<CodeReader> code_reader;
    std::unique_ptr<Headphones> headphones;
    std::unique_ptr<Cabinet> cabinet;  // null: a terminal without sensors, lamps and UPS
};

}  // namespace drivers
