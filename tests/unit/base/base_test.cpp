#include "base/bounded_queue.hpp"
#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/event_log.hpp"
#include "base/fault.hpp"
#include "base/messages.hpp"
#include "base/secret.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <set>

namespace base {
namespace {

Result<int> half(int n) {
    if (n % 2 != 0) return fail(FaultCode::BytesMalformed, "odd");
    return n / 2;
}
Result<int> quarter(int n) {
    const int first = TRY(half(n));
    return half(first);
}

TEST(result, a_fault_leaves_the_function_that_tried) {
    EXPECT_EQ(quarter(12).value(), 3);
    EXPECT_EQ(quarter(6).error().safe_detail, "odd");
    EXPECT_EQ(half(8).map([](int n) { return n + 1; }).value(), 5);
}

TEST(fault, every_code_has_words_for_the_citizen_and_the_technician) {
    std::set<std::string_view> names;
    for (int i = 0; i < fault_code_count; ++i) {
        const auto& row = entry(static_cast<FaultCode>(i));
        EXPECT_TRUE(names.insert(row.name).second) << row.name;
        EXPECT_FALSE(row.citizen_zh.empty()) << row.name;
        EXPECT_FALSE(row.citizen_en.empty()) << row.name;
        EXPECT_FALSE(row.technician_zh.empty()) << row.name;
    }
}

TEST(messages, named_holes_are_filled_in_both_languages) {
    EXPECT_EQ(text(MessageId::form_counter, Locale::zh, {{"n", "3"}, {"m", "6"}}),
              "第 3 题，共 6 题");
    EXPECT_EQ(text(MessageId::form_counter, Locale::en, {{"m", "6"}, {"n", "3"}}),
              "Question 3 of 6");
}

// Stands where a person's data would and says when its bytes were overwritten.
struct Watched {
    std::string text;
    bool* wiped = nullptr;
    void wipe() {
        base::wipe(text);
        *wiped = true;
    }
};

TEST(secret, the_last_handle_wipes_and_nobody_before_it) {
    const long before = live_secrets();
    bool wiped = false;
    {
        const Secret<Watched> first(Watched{"王秀兰", &wiped});
        {
            const Secret<Watched> second = first;
            EXPECT_EQ(live_secrets(), before + 1);
            EXPECT_EQ(second->text, "王秀兰");
        }
        EXPECT_FALSE(wiped);
    }
    EXPECT_TRUE(wiped);
    EXPECT_EQ(live_secrets(), before);
}

TEST(secret, wiping_overwrites_the_bytes_in_place) {
    std::string text(200, 'x');
    const char* bytes = text.data();
    wipe(text);
    EXPECT_TRUE(text.empty());
    for (int i = 1; i < 200; ++i) ASSERT_EQ(bytes[i], 0);
}

TEST(secret, has_no_formatter) {
    EXPECT_FALSE((fmt::is_formattable<SecretText>::value));
}

TEST(bytes, hex_and_base64url_round_trip_and_refuse_rubbish) {
    const Bytes bytes{0, 1, 2, 250, 255};
    EXPECT_EQ(from_hex(to_hex(bytes)).value(), bytes);
    EXPECT_EQ(from_base64url(to_base64url(bytes)).value(), bytes);
    EXPECT_FALSE(from_hex("0g"));
    EXPECT_FALSE(from_hex("012"));
    EXPECT_FALSE(from_base64url("ab+d"));
    EXPECT_FALSE(from_base64url("a"));
    EXPECT_FALSE(from_base64url("ab=="));
}

TEST(bytes, rare_characters_survive_utf16) {
    const std::string name = "王𠅤𬱖·𠮷";
    EXPECT_EQ(utf8_from_utf16le(utf16le_from_utf8(name)).value(), name);
    EXPECT_EQ(count_code_points(name), 5u);
}

TEST(bytes, broken_utf_never_passes) {
    EXPECT_FALSE(is_valid_utf8("\xC0\x80"));          // overlong
    EXPECT_FALSE(is_valid_utf8("\xED\xA0\x80"));      // surrogate
    EXPECT_FALSE(is_valid_utf8("\xF4\x90\x80\x80"));  // beyond Unicode
    EXPECT_FALSE(is_valid_utf8("\xE7\x8E"));          // cut
    EXPECT_FALSE(utf8_from_utf16le(Bytes{0x00, 0xD8}));
    EXPECT_FALSE(utf8_from_utf16le(Bytes{0x00, 0xDC, 0x41, 0x00}));
    EXPECT_FALSE(utf8_from_utf16le(Bytes{0x41}));
}

TEST(clock, china_is_eight_hours_ahead_and_text_round_trips) {
    Instant instant;
    ASSERT_TRUE(parse_iso8601("2026-11-22T23:30:00+08:00", instant));
    EXPECT_EQ(iso8601_local(instant), "2026-11-22T23:30:00+08:00");
    EXPECT_EQ(local_date(instant),
              (Date{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{22}}));
    Instant same;
    ASSERT_TRUE(parse_iso8601("2026-11-22T15:30:00Z", same));
    EXPECT_EQ(instant, same);
    for (const char* wrong :
         {"2026-02-30T00:00:00Z", "2026-11-22", "2026-11-22T25:00:00Z", "2026-11-22T00:00:00+8"})
        EXPECT_FALSE(parse_iso8601(wrong, same)) << wrong;
}

class LinesLog final : public EventLog {
  public:
    void write_line(std::string line) override { lines.push_back(std::move(line)); }
    std::vector<std::string> lines;
};

TEST(event_log, free_text_cannot_slip_into_a_word) {
    LinesLog log;
    log.record(log::PageShown{7, "王秀兰\",\"x\":\"1"});
    ASSERT_EQ(log.lines.size(), 1u);
    EXPECT_EQ(log.lines[0].find("王"), std::string::npos);
    EXPECT_EQ(log.lines[0].find("\"x\""), std::string::npos);
    EXPECT_NE(log.lines[0].find("\"session\":7"), std::string::npos);
}

// A pipe whose other end may be read, or not.
struct LogPipe {
    std::array<int, 2> ends{-1, -1};
    LogPipe() { EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0); }
    ~LogPipe() {
        for (const int end : ends) ::close(end);
    }
    // As much as goes in, without the writer's waiting.
    void fill() const {
        const int flags = ::fcntl(ends[1], F_GETFL);
        ::fcntl(ends[1], F_SETFL, flags | O_NONBLOCK);
        while (::write(ends[1], "{}\n", 3) == 3) {
        }
        ::fcntl(ends[1], F_SETFL, flags);
    }
    std::string all() const {
        ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
        std::string out;
        std::array<char, 4096> block;
        for (ssize_t got = 0; (got = ::read(ends[0], block.data(), block.size())) > 0;)
            out.append(block.data(), static_cast<std::size_t>(got));
        return out;
    }
};

TEST(event_log, a_pipe_that_nobody_reads_on_holds_nobody_up_and_goes_on_when_somebody_does) {
    const LogPipe pipe;
    const SystemClock clock;
    DescriptorEventLog log(pipe.ends[1], clock);
    pipe.fill();
    log.record(log::PageShown{7, "home"});  // would wait for ever
    const auto held = pipe.all();
    EXPECT_EQ(held.find("PageShown"), std::string::npos);
    EXPECT_TRUE(held.ends_with("{}\n")) << "no line is torn";
    log.record(log::PageShown{8, "home"});
    const auto after = pipe.all();
    EXPECT_NE(after.find("\"session\":8"), std::string::npos);
    EXPECT_TRUE(after.ends_with("}\n"));
}

TEST(bounded_queue, a_full_queue_says_so_and_keeps_order) {
    BoundedQueue<int> queue(2);
    EXPECT_TRUE(queue.push(1));
    EXPECT_TRUE(queue.push(2));
    EXPECT_FALSE(queue.push(3));
    EXPECT_EQ(queue.try_pop(), 1);
    EXPECT_EQ(queue.try_pop(), 2);
    EXPECT_FALSE(queue.try_pop());
}

}  // namespace
}  // namespace base
