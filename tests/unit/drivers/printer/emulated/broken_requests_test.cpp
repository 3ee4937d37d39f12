// Whoever speaks to the emulated printer speaks wrongly: it says so, and prints the next document.
#include "emulated_bench.hpp"

#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>

namespace drivers::printer {
namespace {

using namespace testing;

// One line to the printer, byte by byte.
class Client {
  public:
    explicit Client(const EmulatedBench& bench) : line_(::socket(AF_UNIX, SOCK_STREAM, 0)) {
        sockaddr_un at{};
        at.sun_family = AF_UNIX;
        const auto path = bench.socket();
        std::memcpy(at.sun_path, path.data(), path.size());
        EXPECT_EQ(::connect(line_, reinterpret_cast<const sockaddr*>(&at), sizeof at), 0);
    }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    ~Client() { ::close(line_); }

    // As much of it as the other end takes.
    Client& say(const std::string& bytes) {
        for (std::size_t at = 0; at < bytes.size();) {
            const auto sent = ::send(line_, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
            if (sent <= 0) break;
            at += static_cast<std::size_t>(sent);
        }
        return *this;
    }
    Client& say_no_more() {
        ::shutdown(line_, SHUT_WR);
        return *this;
    }
    // All that is said until the line ends.
    std::string answer() {
        std::string all;
        char block[4096];
        for (ssize_t got = 0; (got = ::recv(line_, block, sizeof block, 0)) > 0;)
            all.append(block, static_cast<std::size_t>(got));
        return all;
    }
    // Of HTTP; 0 = none came.
    int status() {
        const auto all = answer();
        return all.starts_with("HTTP/1.1 ") ? std::stoi(all.substr(9, 3)) : 0;
    }
    // Of IPP, where HTTP said yes.
    int ipp_status() {
        const auto all = answer();
        const auto body = all.find("\r\n\r\n");
        if (!all.starts_with("HTTP/1.1 200") || body == std::string::npos || all.size() < body + 8)
            return -1;
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(all[body + i]); };
        return byte(6) << 8 | byte(7);
    }

  private:
    const int line_;
};

std::string post(std::size_t length, const std::string& more = {}) {
    return "POST /ipp/print HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/ipp\r\n" +
           more + "Content-Length: " + std::to_string(length) + "\r\n\r\n";
}
std::string posted(const std::string& body) {
    return post(body.size()) + body;
}

std::string two(int number) {
    return {static_cast<char>(number >> 8), static_cast<char>(number)};
}
std::string attribute(char kind, const std::string& name, const std::string& value) {
    return kind + two(static_cast<int>(name.size())) + name + two(static_cast<int>(value.size())) +
           value;
}
std::string head(int operation, int version = 0x0200, char request = 1) {
    return two(version) + two(operation) + std::string(3, '\0') + request;
}
const std::string charset = "\x01" + attribute(0x47, "attributes-charset", "utf-8");
const std::string language = attribute(0x48, "attributes-natural-language", "en");
const std::string target = attribute(0x45, "printer-uri", "ipp://localhost/ipp/print");
const std::string begin = charset + language + target;
constexpr int get_printer = IPP_OP_GET_PRINTER_ATTRIBUTES;

std::string named(const std::string& job) {
    return attribute(0x42, "job-name", job);
}
std::string numbered(int job) {
    return attribute(0x21, "job-id", two(0) + two(job));
}
const std::string last_document = attribute(0x22, "last-document", "\x01");

class broken_request : public ::testing::Test {
  protected:
    void TearDown() override {
        bench.start();
        bench.send(9, 2);
        EXPECT_EQ(name(bench.real.outcome()), "printed") << "it is as well as before";
    }
    Client client() const { return Client(bench); }
    EmulatedBench bench;
};

TEST_F(broken_request, a_whole_one_is_answered) {
    EXPECT_EQ(client().say(posted(head(get_printer) + begin + "\x03")).ipp_status(), IPP_STATUS_OK);
}

TEST_F(broken_request, rubbish_is_none) {
    EXPECT_EQ(client().say(std::string(100, '\xAA') + "\r\n\r\n").say_no_more().status(), 400);
    EXPECT_EQ(client().say(std::string(100000, 'A')).say_no_more().status(), 400);
    EXPECT_EQ(client().say("\r\n\r\n\r\n").say_no_more().status(), 400);
    EXPECT_EQ(client().say(std::string(1000, '\n')).status(), 400);
    EXPECT_EQ(client().say(posted(std::string(64, '\xFF'))).status(), 400);
    EXPECT_EQ(client().say(post(0)).status(), 400);
}

TEST_F(broken_request, what_is_no_business_of_a_printer_is_turned_down) {
    EXPECT_EQ(client().say("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").status(), 405);
    EXPECT_EQ(client().say("POST /admin HTTP/1.1\r\nHost: localhost\r\n\r\n").status(), 404);
    EXPECT_EQ(client()
                  .say("POST /ipp/print HTTP/1.1\r\nContent-Type: text/html\r\n"
                       "Content-Length: 3\r\n\r\nabc")
                  .status(),
              415);
}

TEST_F(broken_request, half_of_it_is_refused_when_no_more_comes) {
    const auto whole = posted(head(get_printer) + begin + "\x03");
    for (const auto part : {whole.size() - 1, whole.size() - 40, whole.find("\r\n\r\n") + 6})
        EXPECT_EQ(client().say(whole.substr(0, part)).say_no_more().status(), 400) << part;
}

TEST_F(broken_request, half_of_it_and_silence_is_not_waited_for_for_ever) {
    auto waiting = client();
    EXPECT_EQ(waiting.say(post(200) + head(get_printer)).status(), 400);
}

TEST_F(broken_request, a_huge_length_is_refused_before_anything_is_read) {
    EXPECT_EQ(client().say(post(1ULL << 40)).status(), 413);
}

TEST_F(broken_request, attributes_without_an_end_are_refused) {
    std::string flood = head(get_printer) + begin;
    for (int i = 0; i < 20000; ++i) flood += attribute(0x44, "requested-attributes", "media-ready");
    EXPECT_EQ(client().say(posted(flood + "\x03")).say_no_more().status(), 400);
}

TEST_F(broken_request, an_attribute_that_lies_about_its_length_is_refused) {
    const auto lying = "\x44" + two(5) + "media" + two(0x7FFF) + "x";
    EXPECT_EQ(client().say(posted(head(get_printer) + begin + lying + "\x03")).status(), 400);
    const auto bodiless = "\x44" + two(0xFFFF);
    EXPECT_EQ(client().say(posted(head(get_printer) + begin + bodiless)).status(), 400);
}

TEST_F(broken_request, what_the_standard_forbids_has_the_error_of_the_standard) {
    const auto status = [&](const std::string& body) {
        return client().say(posted(body)).ipp_status();
    };
    const std::string end = "\x03";
    EXPECT_EQ(status(head(get_printer, 0x0900) + begin + end),
              IPP_STATUS_ERROR_VERSION_NOT_SUPPORTED);
    EXPECT_EQ(status(head(get_printer, 0x0200, 0) + begin + end), IPP_STATUS_ERROR_BAD_REQUEST);
    EXPECT_EQ(status(head(get_printer) + end), IPP_STATUS_ERROR_BAD_REQUEST);
    EXPECT_EQ(status(head(get_printer) + charset + end), IPP_STATUS_ERROR_BAD_REQUEST);
    EXPECT_EQ(status(head(get_printer) + charset + language + end), IPP_STATUS_ERROR_BAD_REQUEST);
    EXPECT_EQ(status(head(get_printer) + "\x01" + language + target + end),
              IPP_STATUS_ERROR_BAD_REQUEST);
    EXPECT_EQ(status(head(get_printer) + "\x01" + attribute(0x47, "attributes-charset", "gb18030") +
                     language + target + end),
              IPP_STATUS_ERROR_CHARSET);
    EXPECT_EQ(status(head(0x3FFF) + begin + end), IPP_STATUS_ERROR_OPERATION_NOT_SUPPORTED);
    for (const auto operation : {IPP_OP_CANCEL_JOB, IPP_OP_RELEASE_JOB, IPP_OP_SEND_DOCUMENT,
                                 IPP_OP_GET_JOB_ATTRIBUTES, IPP_OP_HOLD_JOB}) {
        EXPECT_EQ(status(head(operation) + begin + end), IPP_STATUS_ERROR_BAD_REQUEST) << operation;
        EXPECT_EQ(status(head(operation) + begin + numbered(77) + end), IPP_STATUS_ERROR_NOT_FOUND)
            << operation;
    }
    EXPECT_EQ(status(head(IPP_OP_PRINT_JOB) + begin +
                     attribute(0x49, "document-format", "text/html") + end + "<html>"),
              IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED);
}

TEST_F(broken_request, a_document_that_was_cut_off_is_not_printed) {
    ASSERT_EQ(
        client().say(posted(head(IPP_OP_CREATE_JOB) + begin + named("cut") + "\x03")).ipp_status(),
        IPP_STATUS_OK);
    const auto attributes =
        head(IPP_OP_SEND_DOCUMENT) + begin + numbered(1) + last_document + "\x03";
    const auto pdf = std::string(base::as_text(EmulatedBench::paper(1)));
    auto half = client();
    half.say(post(attributes.size() + pdf.size()) + attributes + pdf.substr(0, pdf.size() / 2));
    EXPECT_EQ(half.say_no_more().ipp_status(), IPP_STATUS_ERROR_BAD_REQUEST);
    EXPECT_TRUE(std::filesystem::is_empty(bench.printed()));
    EXPECT_EQ(client().say(posted(attributes + pdf)).ipp_status(), IPP_STATUS_OK)
        << "it may be sent again";
    EXPECT_TRUE(std::filesystem::exists(bench.printed() / "cut.pdf"));
    EXPECT_EQ(client().say(posted(attributes + pdf)).ipp_status(), IPP_STATUS_ERROR_NOT_POSSIBLE)
        << "and no second time";
}

TEST_F(broken_request, more_jobs_than_it_can_hold_are_turned_down) {
    const auto create = posted(head(IPP_OP_CREATE_JOB) + begin + named("one") + "\x03");
    for (std::size_t i = 0; i < PaperMachine::most_jobs; ++i)
        ASSERT_EQ(client().say(create).ipp_status(), IPP_STATUS_OK);
    EXPECT_EQ(client().say(create).ipp_status(), IPP_STATUS_ERROR_BUSY);
    bench.by_hand([](auto& machine) { machine.lose_power(); });
}

TEST(emulated_printer, ends_within_a_moment_while_somebody_is_silent_on_its_line) {
    EmulatedBench bench;
    Client silent(bench);
    silent.say("POST /ipp/pri");
    bench.machine.reset();
    (void)silent.answer();  // the line has ended
    EXPECT_FALSE(std::filesystem::exists(bench.socket()));
}

TEST(emulated_printer, says_so_where_no_socket_can_be_made) {
    base::SystemClock clock;
    const auto nowhere = EmulatedIppPrinter::start({"/nonexistent/printer.sock"}, clock);
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().code, base::FaultCode::FileUnwritable);
    EXPECT_FALSE(EmulatedIppPrinter::start({"/tmp/" + std::string(200, 'x')}, clock));
}

TEST(emulated_printer, takes_the_place_of_one_that_was_killed) {
    EmulatedBench bench;
    bench.machine.reset();
    ASSERT_TRUE(base::write_file(bench.socket(), base::to_bytes("left over")));
    auto started = EmulatedIppPrinter::start({bench.socket(), {}, base::Millis{0}}, bench.time);
    ASSERT_TRUE(started);
    bench.machine = std::move(*started);
    bench.start();
    bench.send();
    EXPECT_EQ(name(bench.real.outcome()), "printed");
}

}  // namespace
}  // namespace drivers::printer
