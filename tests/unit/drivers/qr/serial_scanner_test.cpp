// A scanner on a serial port: how its bytes become codes, and the same over a pseudo terminal.
#include "../event_inbox.hpp"
#include "drivers/qr/scanner/codec/serial_codes.hpp"
#include "drivers/qr/scanner/scanner.hpp"
#include "drivers/qr/scanner/wires/serial_wire.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace drivers::qr {
namespace {

using base::Millis;

std::vector<std::string> taken(SerialCodes& codes, std::string_view bytes, int ms) {
    std::vector<std::string> out;
    for (const auto& text : codes.take(0, base::to_bytes(bytes), Millis{ms})) out.push_back(*text);
    return out;
}
using Texts = std::vector<std::string>;

TEST(serial_codes, an_end_of_line_of_any_kind_ends_a_code_in_whatever_pieces_it_comes) {
    SerialCodes codes;
    EXPECT_EQ(taken(codes, "CWG", 0), Texts{});
    EXPECT_EQ(taken(codes, "1:1\r\nCWG1:2\nC", 10), (Texts{"CWG1:1", "CWG1:2"}));
    EXPECT_EQ(taken(codes, "WG1:3\r", 20), Texts{"CWG1:3"});
}

TEST(serial_codes, a_scanner_that_sends_no_end_is_ended_by_silence) {
    SerialCodes codes;
    EXPECT_EQ(taken(codes, "CWG1:1", 0), Texts{});
    EXPECT_EQ(taken(codes, "", 79), Texts{});
    EXPECT_EQ(taken(codes, "", 80), Texts{"CWG1:1"});
    EXPECT_FALSE(codes.waiting());
}

TEST(serial_codes, a_scanner_that_never_stops_sending_says_nothing_until_it_does) {
    SerialCodes codes;
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(taken(codes, std::string(500, 'x'), i), Texts{});
    EXPECT_EQ(taken(codes, "x\r", 1000), Texts{});
    EXPECT_EQ(taken(codes, "next\r", 1001), Texts{"next"});
}

TEST(serial_codes, binary_bytes_come_as_they_are) {
    SerialCodes codes;
    const std::string binary("\x00\x03\x1B\xFF\xC3(", 6);
    EXPECT_EQ(taken(codes, binary + "\r", 0), Texts{binary});
}

TEST(serial_codes, what_was_begun_before_it_was_asked_for_is_dropped_to_its_end) {
    SerialCodes codes;
    EXPECT_EQ(taken(codes, "CWG1:se", 0), Texts{});
    codes.drop_begun();
    EXPECT_EQ(taken(codes, "cret\rCWG1:2\r", 10), Texts{"CWG1:2"});
}

// The scanner's end of a pseudo terminal.
class Line {
  public:
    Line() : number_(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
        ::grantpt(number_);
        ::unlockpt(number_);
    }
    ~Line() { unplug(); }
    std::string path() const { return ::ptsname(number_); }
    void send(std::string_view bytes) const {
        EXPECT_EQ(::write(number_, bytes.data(), bytes.size()), std::ssize(bytes));
    }
    void unplug() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }
    // Its other end is open and set to bytes as they are.
    bool heard() const {
        termios settings{};
        return ::tcgetattr(number_, &settings) == 0 && (settings.c_lflag & ICANON) == 0;
    }

  private:
    int number_;
};

bool comes_true(const std::function<bool()>& what) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (!what() && std::chrono::steady_clock::now() < end) std::this_thread::yield();
    return what();
}

TEST(serial_scanner, says_what_is_scanned_with_the_ticket_of_the_request) {
    const Line line;
    const base::SystemClock clock;
    testing::EventInbox inbox;
    Scanner scanner(std::make_unique<SerialScannerWire>(line.path()), clock, inbox.sink());
    ASSERT_TRUE(comes_true([&] { return line.heard(); }));
    scanner.start({3, 4}, LookWith::scanner);
    // what came before the request was seen is nobody's: a code that lies there again is said
    std::optional<CodeSeen> seen;
    for (int i = 0; i < 20 && !seen; ++i) {
        line.send("CWG1:1\r");
        seen = inbox.next<CodeSeen>(std::chrono::milliseconds(200));
    }
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->ticket, (domain::Ticket{3, 4}));
    EXPECT_EQ(*seen->text, "CWG1:1");
}

TEST(serial_scanner, what_is_scanned_while_nobody_asked_is_never_said) {
    const Line line;
    const base::SystemClock clock;
    testing::EventInbox inbox;
    Scanner scanner(std::make_unique<SerialScannerWire>(line.path()), clock, inbox.sink());
    ASSERT_TRUE(comes_true([&] { return line.heard(); }));
    line.send("CWG1:early\r");
    EXPECT_FALSE(inbox.next<CodeSeen>(std::chrono::milliseconds(300)));
    scanner.start({3, 4}, LookWith::scanner);
    EXPECT_FALSE(inbox.next<CodeSeen>(std::chrono::milliseconds(300)));
}

TEST(serial_scanner, a_port_that_is_not_there_or_no_port_is_said) {
    EXPECT_EQ(SerialScannerWire("/nonexistent/port").open().error().code,
              base::FaultCode::CodeScannerAbsent);
    EXPECT_EQ(SerialScannerWire("/dev/null").open().error().code,
              base::FaultCode::CodeScannerWrongMode);
}

TEST(serial_scanner, a_port_that_was_unplugged_in_the_middle_of_a_code_is_found_again) {
    Line line;
    const base::SystemClock clock;
    testing::EventInbox inbox;
    const auto folder =
        std::filesystem::temp_directory_path() / ("serial-scanner-" + std::to_string(::getpid()));
    std::filesystem::create_directory(folder);
    const auto path = folder / "scanner";
    std::filesystem::create_symlink(line.path(), path);
    Scanner scanner(std::make_unique<SerialScannerWire>(path), clock, inbox.sink());
    ASSERT_TRUE(comes_true([&] { return line.heard(); }));
    scanner.start({3, 4}, LookWith::scanner);
    line.send("CWG1:half");
    const Line again;  // before the first goes, so that it is another one
    std::filesystem::remove(path);
    std::filesystem::create_symlink(again.path(), path);
    line.unplug();
    ASSERT_TRUE(comes_true([&] { return again.heard(); }));
    std::optional<CodeSeen> seen;
    for (int i = 0; i < 20 && !seen; ++i) {
        again.send("CWG1:whole\r");
        seen = inbox.next<CodeSeen>(std::chrono::milliseconds(200));
        // half a code may have been silent for long enough before the cable came out
        if (seen && *seen->text == "CWG1:half") seen.reset();
    }
    std::filesystem::remove_all(folder);
    ASSERT_TRUE(seen);
    EXPECT_EQ(*seen->text, "CWG1:whole");
}

}  // namespace
}  // namespace drivers::qr
